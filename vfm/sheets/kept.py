"""A table put away between two pages as plain lists, and made a table again."""

import unicodedata
from typing import Any

from vfm.sheets.table import Mark, Row, SheetError, Table

LONGEST_CELL = 2_000
MOST_LETTERS = 3_000_000


def to_plain(table: Table) -> dict[str, Any]:
    """Rows and marks as JSON can hold them. Texts are cleaned and cut; refuses a sheet that holds a book."""
    rows, letters = [], 0
    for row in table.rows:
        cells = [clean(cell) for cell in row.cells]
        while cells and not cells[-1]:
            cells.pop()
        letters += sum(map(len, cells)) + len(cells)
        if letters > MOST_LETTERS:
            raise SheetError("it holds far more text than a table of this kind")
        rows.append([row.number, cells])
    return {"rows": rows, "marks": [[*place, mark.name] for place, mark in table.marks.items()]}


def from_plain(kept: dict[str, Any]) -> Table:
    """The table again."""
    rows = [Row(number, cells) for number, cells in kept["rows"]]
    return Table(rows, {(row, column): Mark[name] for row, column, name in kept["marks"]})


def clean(text: str) -> str:
    """A cell's text with one spelling of each letter and nothing invisible but line ends, as forms keep it."""
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize(
            "NFC", "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))
        )
        text = "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs", "Cn"))
    return text.strip()[:LONGEST_CELL]
