"""A table of cells as it came out of a file: texts by row and column, and the little else that a file says of a cell."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple, TypeAlias

Place: TypeAlias = tuple[int, int]
"""Where a cell stands: its row as a spreadsheet counts (from 1), and its column counted from 0."""

Moment: TypeAlias = dt.date | dt.time | dt.timedelta
"""What a cell that is formatted as a date or a time holds; a datetime is a date too."""


class SheetError(ValueError):
    """The file as a whole cannot be used; the message says why, for the person who chose it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read at most. Sizes are bytes; `ratio` is how far one part of a workbook may be squeezed."""

    size: int = 5 * 1024 * 1024
    members: int = 1_000
    unpacked: int = 50 * 1024 * 1024
    ratio: int = 200
    elements: int = 2_000_000
    rows: int = 10_000
    columns: int = 200


class Mark(Enum):
    """What a workbook says of a cell beside its text."""

    FORMULA = "a formula made it"
    UNSAVED = "a formula without a saved value"
    ERROR = "a spreadsheet's error, such as #DIV/0!"


class Row(NamedTuple):
    """One row that is not blank: its number as a spreadsheet counts it, and its texts from the first column on."""

    number: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file that are not blank, in order, and what is known of some of their cells."""

    rows: Sequence[Row]
    marks: Mapping[Place, Mark] = field(default_factory=dict)
    dates: Mapping[Place, Moment] = field(default_factory=dict)


def kept_rows(rows: Iterable[Row], limits: Limits) -> Iterator[Row]:
    """The rows that are not blank; refuses more rows or columns than the limits allow."""
    for row in rows:
        if "".join(row.cells).strip():
            check_place(row.number, len(row.cells) if any(row.cells[limits.columns :]) else 0, limits)
            yield row


def check_place(number: int, columns: int, limits: Limits) -> None:
    """Refuses a filled cell beyond the limits."""
    if number > limits.rows:
        raise SheetError(f"it has more than {limits.rows:,} rows")
    if columns > limits.columns:
        raise SheetError(f"it has more than {limits.columns:,} columns")


def column_letters(column: int) -> str:
    """How a spreadsheet names a column that is counted from 0: A to Z, AA and so on."""
    letters = ""
    column += 1
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def visible(text: str) -> str:
    """A text on one line that cannot steer a terminal: what is not printable stands as its escape."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)
