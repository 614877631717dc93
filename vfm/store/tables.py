"""What every table shares: names of constraints, the school's key, and the types of columns."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, ForeignKeyConstraint, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from vfm.store.columns import Moment, Pence, Rate4
from vfm.store.ids import new_id

LONGEST_TEXT = 5_000

Words = Annotated[str, mapped_column(String(200))]
Prose = Annotated[str, mapped_column(Text)]
Money = Annotated[Decimal, mapped_column(Pence)]
Rate = Annotated[Decimal, mapped_column(Rate4)]
Id = Annotated[int, mapped_column(BigInteger, primary_key=True, default=new_id)]
SchoolId = Annotated[int, mapped_column(BigInteger, ForeignKey("school.id", ondelete="CASCADE"), primary_key=True)]


class Table(DeclarativeBase):
    """A row of any table. Constraints are named, so that a migration can change one and a test can break one."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {dt.datetime: Moment, dt.date: Date, str: String(200), int: BigInteger}  # noqa: RUF012


class OfSchool:
    """A row that belongs to one school: its key begins with the school, so that no row can point into another's."""

    school_id: Mapped[SchoolId]
    id: Mapped[Id]


def refers(column: str, table: str, *, ondelete: str = "RESTRICT") -> ForeignKeyConstraint:
    """A reference to another row of the same school."""
    return ForeignKeyConstraint(["school_id", column], [f"{table}.school_id", f"{table}.id"], ondelete=ondelete)


def money_within(column: str, *, below_zero: bool = False) -> CheckConstraint:
    """Money up to £99,999,999.99. The upper bound also keeps a NaN out of a PostgreSQL column."""
    low = -9_999_999_999 if below_zero else 0
    return CheckConstraint(f"{column} BETWEEN {low} AND 9999999999", name=f"{column}_range")


def rate_within(column: str, high: int) -> CheckConstraint:
    """A rate, a number of hours or a percentage from nought to `high`, both included."""
    return CheckConstraint(f"{column} BETWEEN 0 AND {high * 10_000}", name=f"{column}_range")


def one_of(column: str, values: Any) -> CheckConstraint:
    """Only the words that the code knows."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")
