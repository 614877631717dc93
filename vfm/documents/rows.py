"""Takes tables out as CSV and Excel: numbers as numbers, and nothing that somebody typed can run as a formula."""

import csv
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from vfm.money import half_up

RUNS = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so is taken for a formula by spreadsheets that open a CSV file."""
NARROWEST, WIDEST = 9, 60
LONGEST_TITLE = 31


class Share(NamedTuple):
    """A percentage, such as 12.5."""

    percent: Decimal


class Count(NamedTuple):
    """A number of hours, weeks or sessions, with as many decimals as it has."""

    number: Decimal


Cell = str | int | Decimal | Count | dt.date | Share | None
"""A text; a whole number; pounds, with two decimals; another number; a day; a percentage; nothing."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its title, its headings, its rows, and the last row that adds them up, if it has one."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()

    @property
    def lines(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows with the total below them."""
        return (*self.rows, self.total) if self.total else self.rows


def hundredths(number: Fraction) -> Count:
    """An exact number with two decimals, half up."""
    return Count(Decimal(half_up(number * 100)).scaleb(-2))


def in_pounds(pence: int) -> Decimal:
    """Whole pence as pounds with two decimals."""
    return Decimal(pence).scaleb(-2)


def as_csv(sheet: Sheet) -> bytes:
    """The table as CSV, in UTF-8 with its mark so that Excel reads every letter; dates as 2026-09-01."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_harmless(heading) for heading in sheet.headings])
    writer.writerows([_in_csv(cell) for cell in line] for line in sheet.lines)
    return out.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(RUNS) else text


def _in_csv(cell: Cell) -> str:
    if isinstance(cell, str):
        return _harmless(cell)
    if isinstance(cell, Share):
        return f"{cell.percent.normalize():f}%"
    if isinstance(cell, Count):
        return f"{cell.number.normalize():f}"
    return "" if cell is None else format(cell, "f") if isinstance(cell, Decimal) else str(cell)


def as_excel(sheets: Sequence[Sheet]) -> bytes:
    """A workbook with a worksheet for each table. Every text is a text, whatever it looks like."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(book, sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write(book: Workbook, sheet: Sheet) -> None:
    page: Any = book.create_sheet(sheet.title[:LONGEST_TITLE])
    page.freeze_panes = "A2"
    for column, width in enumerate(_widths(sheet), start=1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.append([_bold(_typed(page, heading)) for heading in sheet.headings])
    for line in sheet.rows:
        page.append([_typed(page, cell) for cell in line])
    if sheet.total:
        page.append([_bold(_typed(page, cell)) for cell in sheet.total])


def _bold(cell: Any) -> Any:
    cell.font = Font(bold=True)
    return cell


def _typed(page: Any, value: Cell) -> Any:
    if isinstance(value, str):
        return _text(page, value)
    if isinstance(value, Share):
        percent: Any = value.percent / 100
        cell = WriteOnlyCell(page, percent)
        cell.number_format = "0.##%" if value.percent != value.percent.to_integral_value() else "0%"
        return cell
    number: Any = value.number if isinstance(value, Count) else value
    cell = WriteOnlyCell(page, number)
    if isinstance(value, Decimal):
        cell.number_format = "#,##0.00"
    elif isinstance(value, dt.date):
        cell.number_format = "dd/mm/yyyy"
    return cell


def _text(page: Any, text: str) -> Any:
    """A text cell. Its kind is set after its value: openpyxl takes whatever begins with = for a formula."""
    cell = WriteOnlyCell(page, ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    if text.startswith(RUNS):
        cell.quotePrefix = True  # so that it stays a text when somebody edits the cell in Excel
    if "\n" in text or len(text) > WIDEST:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _widths(sheet: Sheet) -> list[int]:
    columns = zip(sheet.headings, *sheet.lines, strict=True)
    return [min(WIDEST, max(NARROWEST, *(len(_in_csv(cell)) + 2 for cell in column))) for column in columns]
