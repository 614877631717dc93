"""CSV: bytes in an unknown encoding, with commas (or, leniently, semicolons or tabs) -> a table of cells."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from vfm.sheets.table import Limits, Row, SheetError, Table, kept_rows

DELIMITERS = (",", ";", "\t")
LOOKED_AT = 50
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_delimited(data: bytes, limits: Limits, *, lenient: bool = False) -> Table:
    """The table in a CSV file.

    Strict: commas, in UTF-8 with or without its mark, else Windows-1252. `lenient`: also UTF-16 with its mark, and
    semicolons or tabs where they divide the rows more evenly. Refuses with a SheetError what is not text.
    """
    text = decoded(data, lenient=lenient)
    if not text.strip():
        raise SheetError("it is empty")
    delimiter = likely_delimiter(text) if lenient else ","
    return Table(list(kept_rows(_rows(text, delimiter), limits)))


def decoded(data: bytes, *, lenient: bool = False) -> str:
    """The text in the bytes."""
    if data.startswith(UTF_16) and not lenient:
        raise SheetError("it is written in UTF-16; save it as CSV in UTF-8")
    text = _decoded(data, ("utf-16",) if data.startswith(UTF_16) else ("utf-8-sig", "cp1252"))
    if "\0" in text:
        raise SheetError("it is not a CSV file or an Excel workbook")
    return text


def _decoded(data: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetError("its letters cannot be read; save it as CSV in UTF-8")


def likely_delimiter(text: str) -> str:
    """Which sign gives most rows the same number of cells, above one; commas before semicolons before tabs."""
    return max(DELIMITERS, key=lambda delimiter: _evenness(text, delimiter))


def _evenness(text: str, delimiter: str) -> tuple[int, int]:
    """How many of the first rows share the commonest width above one, and that width."""
    widths: Counter[int] = Counter()
    try:
        widths.update(len(row.cells) for row in islice(_rows(text, delimiter), LOOKED_AT))
    except SheetError:
        return 0, 0
    return max(((rows, width) for width, rows in widths.items() if width > 1), default=(0, 0))


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    number = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            yield Row(number, cells)
    except csv.Error as wrong:
        raise SheetError(f"row {number + 1} cannot be read: {_plainly(wrong)}") from wrong


def _plainly(wrong: csv.Error) -> str:
    if "field larger" in str(wrong):
        return f"a cell holds more than {csv.field_size_limit():,} letters"
    return "a quotation mark is not closed, or something stands behind the closing one"
