"""The kinds of column that keep values exact on both databases."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect
from sqlalchemy.types import TypeDecorator


class _Scaled(TypeDecorator[Decimal]):
    """A decimal held as a whole number, so that SUM is exact on SQLite and PostgreSQL alike."""

    impl = BigInteger
    cache_ok = True
    places = 2

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if not isinstance(value, Decimal):
            raise TypeError(f"this column holds Decimal, not {type(value).__name__}")
        whole = value.scaleb(self.places)
        if whole != whole.to_integral_value():
            raise ValueError(f"{value} has more than {self.places} decimals")
        return int(whole)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(int(value)).scaleb(-self.places)


class Pence(_Scaled):
    """Pounds, exact to the penny; whole pence in the column. SQL may SUM and compare it, never average or divide it."""

    cache_ok = True
    places = 2


class Rate4(_Scaled):
    """Rates, hours, weeks and percentages with four decimals."""

    cache_ok = True
    places = 4


class Moment(TypeDecorator[dt.datetime]):
    """An instant in UTC. SQLite forgets the zone, so it is put back when a row is read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        moment: dt.datetime = value.astimezone(dt.UTC)
        return moment

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        moment: dt.datetime = value if value.tzinfo else value.replace(tzinfo=dt.UTC)
        return moment.astimezone(dt.UTC)


def exact(value: Decimal | None) -> Fraction:
    """A column's value for arithmetic; nothing typed counts as nought."""
    return Fraction(value) if value is not None else Fraction(0)
