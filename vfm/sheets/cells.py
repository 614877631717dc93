"""The cells of one worksheet, as a stream: each text as it was saved, and which cells a formula made."""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from typing import NamedTuple
from xml.sax.xmlreader import AttributesImpl

from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.utils.datetime import WINDOWS_EPOCH, from_excel

from vfm.sheets.parts import Format, Part
from vfm.sheets.table import Limits, Mark, Moment, SheetError, check_place

# A spreadsheet works in binary and keeps 15 digits: a typed 1.1 is saved as 1.1000000000000001.
FIFTEEN = Context(prec=15, rounding=ROUND_HALF_EVEN)
SHORT = re.compile(r"-?[0-9]{1,15}", re.ASCII)
LARGEST, SMALLEST = 20, -30
LAST_ROW = 1_048_576


class Book(NamedTuple):
    """What the cells of a worksheet point at: shared texts, the formats of styles, and the day that dates count from."""

    texts: Sequence[str] = ()
    formats: Sequence[Format] = ()
    epoch: dt.datetime = WINDOWS_EPOCH


class Cells(Part):
    """The filled cells of a worksheet by row and column, with their marks and dates, and the ranges that are merged."""

    def __init__(self, limits: Limits, book: Book) -> None:
        super().__init__(limits)
        self.book = book
        self.rows: dict[int, dict[int, str]] = {}
        self.marks: dict[tuple[int, int], Mark] = {}
        self.dates: dict[tuple[int, int], Moment] = {}
        self.merged: list[str] = []
        self.row = 0
        self.column = -1
        self.kind = ""
        self.style = 0
        self.formula = False
        self.saved = ""
        self.aside = False

    def opened(self, tag: str, attrs: AttributesImpl) -> None:
        if self.kind:
            self._opened_inside(tag)
        elif tag == "c":
            self._opened_cell(attrs)
        elif tag == "row":
            self.row, self.column = _row_number(attrs.get("r"), self.row), -1
        elif tag == "mergeCell":
            self.merged.append(attrs.get("ref", ""))

    def _opened_cell(self, attrs: AttributesImpl) -> None:
        self.kind = attrs.get("t") or "n"
        self.style = int(attrs.get("s") or 0)
        self.formula, self.saved = False, ""
        name = attrs.get("r")
        self.column = coordinate_to_tuple(name)[1] - 1 if name else self.column + 1

    def _opened_inside(self, tag: str) -> None:
        if tag == "f":
            self.formula = True
        elif tag == "rPh":
            self.aside = True
        elif tag == "v" or (tag == "t" and not self.aside):
            self.texts = []

    def closed(self, tag: str) -> None:
        if tag in ("v", "t") and self.texts is not None:
            self.saved += self.taken()
        elif tag == "rPh":
            self.aside = False
        elif tag == "c" and self.kind:
            self._closed_cell()
            self.kind = ""

    def _closed_cell(self) -> None:
        place = (self.row, self.column)
        # A formula may well make an empty text; it is a number that cannot be empty.
        if not self.saved and self.formula and self.kind != "str":
            self._keep("", Mark.UNSAVED)
        elif self.saved:
            text, moment = self._understood()
            if moment is not None:
                self.dates[place] = moment
            wrong = self.kind == "e"
            self._keep(text, Mark.ERROR if wrong else Mark.FORMULA if self.formula else None)

    def _keep(self, text: str, mark: Mark | None) -> None:
        if text.strip() or mark is Mark.UNSAVED:
            check_place(self.row, self.column + 1, self.limits)
            self.rows.setdefault(self.row, {})[self.column] = text
            if mark:
                self.marks[self.row, self.column] = mark

    def _understood(self) -> tuple[str, Moment | None]:
        if self.kind == "n":
            return self._number()
        if self.kind == "s":
            return self.book.texts[int(self.saved)], None
        if self.kind == "b":
            return ("FALSE" if self.saved == "0" else "TRUE"), None
        if self.kind == "d":
            return _moment_written(self.saved)
        return self.saved, None

    def _number(self) -> tuple[str, Moment | None]:
        shown = self.book.formats[self.style] if self.style < len(self.book.formats) else Format.PLAIN
        if shown is Format.PLAIN:
            return plain_number(self.saved), None
        if shown is Format.PERCENT:
            return plain_number(self.saved, hundredfold=True) + "%", None
        moment = _moment(self.saved, self.book.epoch, shown is Format.DURATION)
        return (str(moment), moment) if moment is not None else (plain_number(self.saved), None)


def plain_number(saved: str, *, hundredfold: bool = False) -> str:
    """A saved number in plain digits, to the 15 that a spreadsheet keeps; as it was saved where it is none."""
    if not hundredfold and SHORT.fullmatch(saved):
        return saved
    try:
        number = FIFTEEN.create_decimal(saved)
    except InvalidOperation:
        return saved
    if not number.is_finite() or (number and not SMALLEST < number.adjusted() < LARGEST):
        return saved
    return _plain(number.scaleb(2) if hundredfold else number)


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _row_number(written: str | None, before: int) -> int:
    number = int(written) if written else before + 1
    if not 1 <= number <= LAST_ROW:
        raise SheetError(f"it has a row that is numbered {written}")
    return number


def _moment(saved: str, epoch: dt.datetime, duration: bool) -> Moment | None:
    """A day or time from a spreadsheet's count of days; None where the count is outside the calendar."""
    try:
        moment = from_excel(float(saved), epoch, timedelta=duration)
    except (ValueError, OverflowError):
        return None
    return _day_alone(moment)


def _moment_written(saved: str) -> tuple[str, Moment | None]:
    try:
        moment = _day_alone(dt.datetime.fromisoformat(saved))
    except ValueError:
        return saved, None
    return str(moment), moment


def _day_alone(moment: Moment | None) -> Moment | None:
    """A date without its time where the time is midnight."""
    if isinstance(moment, dt.datetime) and moment.time() == dt.time():
        return moment.date()
    return moment
