"""Reads one cell of a school's own sheet, leniently: £ and commas, brackets below nought, days, what formulas made."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from vfm.money import MoneyError, read_money, read_number
from vfm.sheets.days import read_day
from vfm.sheets.table import Mark, Table
from vfm.sheets.wrong import CellError

NOTHING = frozenset({"", "-", "–", "—", "n/a", "nil"})
BRACKETS = re.compile(r"\((.+)\)")
EXPONENT = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
UNUSABLE = {
    Mark.UNSAVED: "expected the formula's saved value; open the file in a spreadsheet program and save it",
    Mark.ERROR: "expected a value, not a formula's error",
}


def cell_of(table: Table, place: int, column: int | None) -> tuple[str, Mark | None]:
    """The text and the mark of a cell; empty where the row or the sheet has no such cell."""
    row = table.rows[place]
    if column is None:
        return "", None
    text = " ".join(row.cells[column].split()) if column < len(row.cells) else ""
    return text, table.marks.get((row.number, column))


def money_cell(text: str, mark: Mark | None, *, below_zero: bool = False, places: int = 2) -> Decimal | None:
    """Pounds to the penny (or to `places` decimals, for an hourly rate); None for an empty cell or a dash. What a formula made is rounded half up.

    (1,234.50) and 1,234.50- stand below nought. Refuses with a CellError.
    """
    if mark in UNUSABLE:
        raise CellError(UNUSABLE[mark])
    if text.casefold() in NOTHING:
        return None
    if mark is Mark.FORMULA and EXPONENT.fullmatch(text):
        text = format(Decimal(text).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), "f")
    return _read(lambda: read_money(_signed(text), places=places, below_zero=below_zero))


def _signed(text: str) -> str:
    bracketed = BRACKETS.fullmatch(text)
    if bracketed:
        return "-" + bracketed.group(1).lstrip("-")
    return "-" + text[:-1] if text.endswith("-") and not text.startswith("-") else text


def number_cell(
    text: str, mark: Mark | None, *, low: str = "0", high: str = "10000", places: int = 2
) -> Decimal | None:
    """A number in its range; None for an empty cell. What a formula made is rounded half up. Refuses with a CellError."""
    if mark in UNUSABLE:
        raise CellError(UNUSABLE[mark])
    if text.casefold() in NOTHING:
        return None
    if mark is Mark.FORMULA and EXPONENT.fullmatch(text):
        text = format(Decimal(text).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), "f")
    return _read(lambda: read_number(text, places=places, low=Decimal(low), high=Decimal(high)))


def _read(read: Callable[[], Decimal]) -> Decimal:
    try:
        return read()
    except MoneyError as wrong:
        raise CellError(str(wrong)) from wrong


def day_cell(text: str, *, month_first: bool = False) -> dt.date | None:
    """A day: 3/9/2026, 2026-09-03 or 3 September 2026; None for an empty cell. Refuses with a CellError."""
    if text.casefold() in NOTHING:
        return None
    try:
        return read_day(text, month_first=month_first)
    except ValueError as wrong:
        raise CellError("expected a day, such as 3/9/2026 or 3 September 2026") from wrong
