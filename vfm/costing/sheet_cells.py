"""The rows of a provision map in a spreadsheet, read cell by cell (costing §9), and gathered by intervention."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from typing import NamedTuple

from vfm.costing.sheet_columns import COLUMNS, NUMBERS, CellError, Exact, Headings, WrongCell, read_headings, rounded
from vfm.sheets.table import Mark, Row, SheetError, Table, column_letters

UNPAID = frozenset({"volunteer", "other pupil"})
UNUSABLE: Mapping[Mark | None, str] = {
    Mark.UNSAVED: "expected the formula's saved value; open the file in a spreadsheet program and save it",
    Mark.ERROR: "expected a value, not a formula's error",
}


class Line(NamedTuple):
    """One row: the texts of its filled cells by column, and the numbers among them that could be read."""

    row: int
    texts: dict[str, str]
    numbers: dict[str, Exact]

    @property
    def name(self) -> str:
        """The intervention that it belongs to."""
        return self.texts.get("intervention", "")

    @property
    def paid(self) -> bool:
        """Whether its staff cost anything: volunteers and other pupils do not, nor does nobody."""
        return "staff" in self.texts and self.texts["staff"].lower() not in UNPAID

    @property
    def sessions(self) -> Exact:
        """Sessions run; 0 on a row without hours."""
        if "sessions_total" in self.numbers:
            return self.numbers["sessions_total"]
        return self.numbers.get("sessions_per_week", 0) * self.numbers.get("weeks", 0)

    @property
    def minutes(self) -> Exact:
        """Minutes × sessions; 0 on a row without hours."""
        return self.numbers.get("minutes", 0) * self.sessions

    @property
    def pupils(self) -> tuple[str, ...]:
        """The names in it, trimmed, in order; a repeat counts once."""
        names = (name.strip() for name in self.texts.get("pupils", "").split(";"))
        return tuple(dict.fromkeys(name for name in names if name))


@dataclass(frozen=True, slots=True)
class Group:
    """One intervention: its rows, its pupils in first-seen order, who carries it all, and how many it is for.

    `named` False: its only pupil is the one who carries it. `size` None: neither names nor a size were given.
    """

    name: str
    lines: Sequence[Line]
    pupils: tuple[str, ...]
    named: bool
    carrier: str
    size: int | None

    @property
    def contact_hours(self) -> Fraction:
        """Hours: the largest minutes × sessions among its rows."""
        return Fraction(max(line.minutes for line in self.lines)) / 60


def gathered(lines: Sequence[Line]) -> list[Group]:
    """The interventions in order of first appearance; rows without a name are left out."""
    by_name: dict[str, list[Line]] = {}
    for line in lines:
        if line.name:
            by_name.setdefault(line.name, []).append(line)
    return [_group(name, its) for name, its in by_name.items()]


def _group(name: str, lines: Sequence[Line]) -> Group:
    pupils = tuple(dict.fromkeys(pupil for line in lines for pupil in line.pupils))
    carrier = next((line.texts["whole_cost_to"] for line in lines if "whole_cost_to" in line.texts), "")
    size = next((int(line.numbers["group_size"]) for line in lines if "group_size" in line.numbers), None)
    if pupils:
        return Group(name, lines, pupils, True, carrier, len(pupils))
    if carrier:
        return Group(name, lines, (carrier,), False, carrier, size or 1)
    return Group(name, lines, (), False, "", size)


@dataclass(frozen=True, slots=True)
class Cells:
    """What was read of a sheet, cell by cell, before its rows are held against each other."""

    headings: Headings
    lines: Sequence[Line]
    wrong: Sequence[WrongCell]


def read_cells(table: Table) -> Cells:
    """Every row of the table under the headings in row 1; refuses with a SheetError a sheet without data rows."""
    titled = bool(table.rows) and table.rows[0].number == 1
    headings = read_headings(table.rows[0] if titled else None)
    rows = table.rows[1:] if titled else table.rows
    if not rows:
        raise SheetError("it has no rows under its headings")
    reading = _Reading(table, headings)
    lines = [reading.line(row) for row in rows]
    return Cells(headings, lines, reading.wrong)


class _Meanings(dict[str, Exact | str]):
    """What each text means in one column: its number, or what was expected. Worked out once: texts come again and again."""

    def __init__(self, column: str) -> None:
        super().__init__()
        self.column = column

    def __missing__(self, text: str) -> Exact | str:
        try:
            self[text] = NUMBERS[self.column](text)
        except CellError as wrong:
            self[text] = str(wrong)
        return self[text]


class _Reading:
    """Reads rows cell by cell, and gathers the wrong ones."""

    def __init__(self, table: Table, headings: Headings) -> None:
        self.marks = table.marks
        self.headings = headings
        self.places = sorted((place, column) for column, place in headings.places.items())
        self.first_gap = next(place for place in count() if place not in headings.named)
        self.meanings = {column: _Meanings(column) for column in NUMBERS}
        self.wrong: list[WrongCell] = []

    def line(self, row: Row) -> Line:
        line, width = Line(row.number, {}, {}), len(row.cells)
        for place, column in self.places:
            text = row.cells[place].strip() if place < width else ""
            mark = self.marks.get((row.number, place)) if self.marks else None
            if text or mark:
                line.texts[column] = text
                self._understand(line, column, text, mark)
        self._look_beyond(row)
        return line

    def _understand(self, line: Line, column: str, text: str, mark: Mark | None) -> None:
        if column not in self.meanings and mark not in UNUSABLE:
            return
        number = self._number(column, text, mark)
        if isinstance(number, str):
            self.wrong.append(WrongCell(line.row, column, text, number))
        else:
            line.numbers[column] = number

    def _number(self, column: str, text: str, mark: Mark | None) -> Exact | str:
        """The number, or what was expected in its place."""
        if mark in UNUSABLE:
            return UNUSABLE[mark]
        return self.meanings[column][rounded(text, column) if mark is Mark.FORMULA else text]

    def _look_beyond(self, row: Row) -> None:
        """Names what stands under no heading; where there are no headings at all, saying so once is enough."""
        if not self.headings.named:
            return
        for place in range(self.first_gap, len(row.cells)):
            text = row.cells[place].strip()
            if text and place not in self.headings.named:
                expected = "expected nothing, since row 1 has no heading there"
                self.wrong.append(WrongCell(row.number, column_letters(place), text, expected))


def in_order(wrong: Sequence[WrongCell]) -> list[WrongCell]:
    """By row, then by column as costing §9 lists them; a cell is named once, for the first thing that is wrong with it."""
    first: dict[tuple[int, str], WrongCell] = {}
    for cell in wrong:
        first.setdefault((cell.row, cell.column), cell)
    place = {column: number for number, column in enumerate(COLUMNS)}
    return sorted(first.values(), key=lambda cell: (cell.row, place.get(cell.column, len(COLUMNS))))
