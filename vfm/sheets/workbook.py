"""Excel workbooks: the first worksheet of an .xlsx file -> a table of cells, within limits, and without running anything.

openpyxl finds the way through the package; the cells are then streamed, so that memory stays flat, every number keeps
the digits it was saved with, and a formula that made an empty text is told from one that was never worked out.
"""

import io
import warnings
import zipfile

import openpyxl
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.cell import range_boundaries
from openpyxl.xml.constants import ARC_STYLE, SHARED_STRINGS

from vfm.sheets.archive import UNREADABLE, check_honest, open_archive
from vfm.sheets.cells import Book, Cells
from vfm.sheets.parts import SharedTexts, Styles, read_part
from vfm.sheets.table import Limits, Place, Row, SheetError, Table

if not openpyxl.DEFUSEDXML:
    raise ImportError("vfm reads workbooks only with defusedxml, which refuses XML bombs: install it")


def read_workbook(data: bytes, limits: Limits, *, lenient: bool = False) -> Table:
    """The first worksheet's table: saved values only.

    `lenient`: each cell of a merged range has the value of its first. Refuses with a SheetError what is too large or
    cannot be read.
    """
    with open_archive(data, limits) as archive:
        cells = _cells(archive, data, limits)
    if lenient:
        _fill_merged(cells)
    rows = [Row(number, _in_line(cells.rows[number])) for number in sorted(cells.rows)]
    if not rows:
        raise SheetError("it is empty")
    return Table(rows, cells.marks, cells.dates)


def _cells(archive: zipfile.ZipFile, data: bytes, limits: Limits) -> Cells:
    try:
        check_honest(archive)
        package = _package(data)
        cells = Cells(limits, _book(archive, package, limits))
        read_part(archive, _first_sheet(archive, package), cells)
    except SheetError:
        raise
    # A broken workbook makes openpyxl and the XML reader fail in more ways than can be named; to a person it is one.
    except Exception as wrong:
        raise SheetError(UNREADABLE) from wrong
    return cells


def _package(data: bytes) -> ExcelReader:
    reader = ExcelReader(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader.read_manifest()
        reader.read_workbook()
    return reader


def _first_sheet(archive: zipfile.ZipFile, package: ExcelReader) -> str:
    parts = set(archive.namelist())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _, link in package.parser.find_sheets():
            if link.target in parts and "chartsheet" not in str(link.Type):
                return str(link.target)
    raise SheetError("it has no worksheet")


def _book(archive: zipfile.ZipFile, package: ExcelReader, limits: Limits) -> Book:
    texts, styles = SharedTexts(limits), Styles(limits)
    shared = package.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
    if shared is not None:
        read_part(archive, shared.PartName.lstrip("/"), texts)
    if ARC_STYLE in archive.namelist():
        read_part(archive, ARC_STYLE, styles)
    return Book(texts.found, styles.found, package.wb.epoch)


def _in_line(cells: dict[int, str]) -> list[str]:
    line = [""] * (max(cells) + 1)
    for column, text in cells.items():
        line[column] = text
    return line


def _fill_merged(cells: Cells) -> None:
    """Copies the first cell of each merged range to the others; ranges of empty cells cost nothing."""
    left = cells.limits.rows * cells.limits.columns
    for merged in cells.merged:
        column, row, last_column, last_row = _corners(merged)
        if column in cells.rows.get(row, {}):
            across = range(column, min(last_column, cells.limits.columns - 1) + 1)
            down = range(row, min(last_row, cells.limits.rows) + 1)
            left -= len(across) * len(down)
            if left < 0:
                raise SheetError("it merges more cells than it may have")
            _fill(cells, (row, column), [(one, other) for one in down for other in across])


def _corners(merged: str) -> tuple[int, int, int, int]:
    """First column, first row, last column, last row; columns counted from 0."""
    try:
        first_column, first_row, last_column, last_row = (int(bound or 1) for bound in range_boundaries(merged))
    except (ValueError, TypeError) as wrong:
        raise SheetError(UNREADABLE) from wrong
    return first_column - 1, first_row, last_column - 1, last_row


def _fill(cells: Cells, first: Place, places: list[Place]) -> None:
    text = cells.rows[first[0]][first[1]]
    for row, column in places:
        cells.rows.setdefault(row, {})[column] = text
    if first in cells.marks:
        cells.marks.update(dict.fromkeys(places, cells.marks[first]))
    if first in cells.dates:
        cells.dates.update(dict.fromkeys(places, cells.dates[first]))
