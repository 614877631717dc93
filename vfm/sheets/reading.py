"""What comes in rows: the bytes of a CSV file or an Excel workbook -> a table of cells, or what is wrong with the file."""

from vfm.sheets.delimited import read_delimited
from vfm.sheets.kind import Kind, kind_of
from vfm.sheets.table import Limits, Table
from vfm.sheets.workbook import read_workbook

DEFAULT = Limits()


def read_table(data: bytes, *, lenient: bool = False, limits: Limits = DEFAULT) -> Table:
    """The table of the file's first sheet, whatever the file is called.

    `lenient`: semicolons, tabs and UTF-16 are understood, and every cell of a merged range has the range's value.
    Refuses with a SheetError what is too large, empty or unreadable; the limits on size hold before anything is unpacked.
    """
    read = read_workbook if kind_of(data, limits) is Kind.WORKBOOK else read_delimited
    return read(data, limits, lenient=lenient)
