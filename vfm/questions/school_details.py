"""Reads a school's details from an extract of the national register of schools (Get Information about Schools)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vfm.sheets.headings import plain
from vfm.sheets.table import Row, SheetError, Table

URN = re.compile(r"[0-9]{6}", re.ASCII)
OLDEST = 25
NAMES = {
    "urn": "urn", "name": "establishmentname", "type": "typeofestablishment name", "group": "establishmenttypegroup name",
    "lowest_age": "statutorylowage", "highest_age": "statutoryhighage", "unit": "typeofresourcedprovision name",
}  # fmt: skip
"""The extract's own headings, without capitals and signs."""
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class SchoolDetails:
    """What the extract says of one school. None or empty: it does not say. `kind` is one of our kinds of school."""

    urn: str
    name: str
    kind: str
    academy: bool | None
    lowest_age: int | None
    highest_age: int | None
    unit: bool | None


def heading_row(table: Table) -> tuple[Row, dict[str, int]]:
    """The row of headings, and the column of each thing that we read. Refuses with a SheetError what is no such extract."""
    for row in table.rows[:5]:
        found = {plain(cell): column for column, cell in reversed(list(enumerate(row.cells)))}
        columns = {name: found[heading] for name, heading in NAMES.items() if heading in found}
        if "urn" in columns and "name" in columns:
            return row, columns
    raise SheetError(
        "it is not an extract of Get Information about Schools: the columns URN and EstablishmentName are missing"
    )


def find_school(table: Table, urn: str, name: str) -> Row:
    """The school's row: by its number if there is one, else by its name. Refuses with a SheetError none or several."""
    start, columns = heading_row(table)
    rows = [row for row in table.rows if row.number > start.number]
    if urn:
        found = [row for row in rows if _cell(row, columns["urn"]) == urn]
        missing = f"it has no school with the number {urn}"
    else:
        found = [row for row in rows if plain(_cell(row, columns["name"])) == plain(name)]
        missing = f"it has no school called {name}: enter the school's number"
    if not found:
        raise SheetError(missing)
    if len(found) > 1:
        raise SheetError(f"it has {len(found)} schools called {name}: enter the school's number")
    return found[0]


def details_of(headings: Sequence[str], cells: Sequence[str]) -> SchoolDetails:
    """What the row of a school says."""
    row, columns = heading_row(Table([Row(1, headings)]))
    said = {name: _cell(Row(row.number, cells), column) for name, column in columns.items()}
    kind, group = said.get("type", ""), plain(said.get("group", ""))
    unit = plain(said.get("unit", ""))
    return SchoolDetails(
        urn=said["urn"] if URN.fullmatch(said["urn"]) else "",
        name=said["name"][:LONGEST_NAME],
        kind=_kind(plain(kind)),
        academy=group.startswith(("academ", "free school")) if group else None,
        lowest_age=_age(said.get("lowest_age", "")),
        highest_age=_age(said.get("highest_age", "")),
        unit=None if not unit else unit.startswith(("resourced", "sen unit")),
    )


def _cell(row: Row, column: int) -> str:
    return " ".join(row.cells[column].split()) if column < len(row.cells) else ""


def _kind(words: str) -> str:
    """Our kind of school for a type of establishment; a hospital school is not told from other special schools."""
    if not words:
        return ""
    named = (
        ("nursery", "nursery"),
        ("pupil referral", "pru"),
        ("alternative provision", "pru"),
        ("special", "special"),
    )
    return next((kind for phrase, kind in named if phrase in words), "mainstream")


def _age(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and int(text) <= OLDEST else None
