"""The columns of a provision map in a spreadsheet (costing §9): their headings, and how one cell of each is read."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from vfm.money import LARGEST, MoneyError, RangeError, half_up, in_pence, read_money
from vfm.sheets.table import Row
from vfm.sheets.wrong import CellError as CellError
from vfm.sheets.wrong import WrongCell as WrongCell

Exact: TypeAlias = int | Fraction
"""A number that was typed, or pence; a whole one is an int, which is faster."""

_DIGITS = re.compile(r"[0-9]+\.?[0-9]*|\.[0-9]+", re.ASCII)
_SIGNED = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
_SPACES = re.compile(r"[\s-]")
LONGEST_WHOLE, LONGEST_DECIMALS = len("99999999"), 30
HUGE = f"expected a number of at most 99,999,999, with at most {LONGEST_DECIMALS} decimals"


def read_number(text: str, expected: str) -> Exact:
    """A number of 0 or more: digits with at most one point."""
    if not _DIGITS.fullmatch(text):
        raise CellError(expected)
    whole, _, decimals = text.partition(".")
    whole, decimals = whole.lstrip("0"), decimals.rstrip("0")
    if len(whole) > LONGEST_WHOLE or len(decimals) > LONGEST_DECIMALS:
        raise CellError(HUGE)
    return Fraction(f"{whole or '0'}.{decimals}") if decimals else int(whole or "0")


def nought_or_more(text: str) -> Exact:
    """Weeks, number of staff, preparation."""
    return read_number(text, "expected a number of 0 or more")


def above_nought(text: str) -> Exact:
    """Minutes, sessions."""
    expected = "expected a number above 0"
    number = read_number(text, expected)
    if number == 0:
        raise CellError(expected)
    return number


def whole_above_nought(text: str) -> Exact:
    """The size of a group."""
    expected = "expected a whole number above 0"
    number = read_number(text, expected)
    if number == 0 or not isinstance(number, int):
        raise CellError(expected)
    return number


def percent(text: str) -> Exact:
    """0 to 100."""
    expected = "expected a number from 0 to 100"
    number = read_number(text, expected)
    if number > 100:
        raise CellError(expected)
    return number


def money(text: str, places: int) -> Exact:
    """Exact pence from pounds as costing §1 lets people type them."""
    try:
        pence = in_pence(read_money(text, places=places))
    except RangeError as wrong:
        raise CellError(f"expected an amount from £0 to £{LARGEST:,}") from wrong
    except MoneyError as wrong:
        raise CellError(f"expected pounds with at most {places} decimals, such as 1,234.50") from wrong
    return pence.numerator if pence.denominator == 1 else pence


def hourly_rate(text: str) -> Exact:
    """Pence an hour, from pounds with at most four decimals."""
    return money(text, MONEY_PLACES["hourly_rate"])


def pounds_and_pence(text: str) -> Exact:
    """Pence, from pounds with at most two decimals."""
    return money(text, 2)


def rounded(text: str, column: str) -> str:
    """What a formula made in a money column, half up to the column's decimals; as it was if it is not a number."""
    if column not in MONEY_PLACES or not _SIGNED.fullmatch(text):
        return text
    places = MONEY_PLACES[column]
    return format(Decimal(half_up(Fraction(text) * 10**places)).scaleb(-places), "f")


MONEY_PLACES = {"hourly_rate": 4, "weekly_hour_price": 2, "other_cost": 2}
NUMBERS: Mapping[str, Callable[[str], Exact]] = {
    "hourly_rate": hourly_rate,
    "weekly_hour_price": pounds_and_pence,
    "number": nought_or_more,
    "minutes": above_nought,
    "sessions_per_week": above_nought,
    "weeks": nought_or_more,
    "sessions_total": above_nought,
    "prep_minutes": nought_or_more,
    "other_cost": pounds_and_pence,
    "counts_percent": percent,
    "group_size": whole_above_nought,
}
LABELS = ("tier", "area_of_need", "funding")
COLUMNS = (
    "intervention", "staff", "hourly_rate", "weekly_hour_price", "number", "minutes", "sessions_per_week", "weeks",
    "sessions_total", "prep_minutes", "other_cost", "counts_percent", "pupils", "group_size", "whole_cost_to",
    "area_of_need", "tier", "funding",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Headings:
    """Where each column stands, counted from 0. `named`: every place under a heading, known or not."""

    places: Mapping[str, int]
    named: frozenset[int]
    unknown: tuple[str, ...]
    twice: tuple[str, ...]

    def has(self, *columns: str) -> bool:
        """Whether any of the columns is there, and once."""
        return any(column in self.places and column not in self.twice for column in columns)


def read_headings(row: Row | None) -> Headings:
    """The headings in the first row; case, outer spaces, and spaces or hyphens for underscores do not matter."""
    texts = [(place, text.strip()) for place, text in enumerate(row.cells if row else ()) if text.strip()]
    first: dict[str, int] = {}
    twice = []
    for place, text in texts:
        if first.setdefault(_plain(text), place) != place:
            twice.append(_plain(text))
    return Headings(
        places={column: first[column] for column in COLUMNS if column in first},
        named=frozenset(place for place, _ in texts),
        unknown=tuple(text for place, text in texts if _plain(text) not in COLUMNS and first[_plain(text)] == place),
        twice=tuple(dict.fromkeys(twice)),
    )


def _plain(heading: str) -> str:
    return _SPACES.sub("_", heading.lower())
