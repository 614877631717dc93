"""Reads the rows of a school's provision map in any of three layouts: a row an intervention, a row a pupil, years across.

Every cell that cannot be understood is named; nothing is guessed.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from vfm.costing.map_cells import LONGEST_NAME, Cells
from vfm.costing.map_lines import Line, MapSheet, Said
from vfm.costing.map_roles import Roles
from vfm.costing.map_words import entries_in, need_in, tier_in
from vfm.costing.typed_cells import cell_of
from vfm.money import pounds
from vfm.sheets.headings import Layout, called, plain, says_total
from vfm.sheets.preview import Fate, Outcome
from vfm.sheets.table import Table
from vfm.sheets.wrong import CellError

TICKS = frozenset({"x", "✓", "✔", "y", "yes", "•", "tick"})
SECTION = re.compile(r"\b(universal|targeted|specialist|wave|tier|quality first)\b", re.IGNORECASE)


def read_rows(table: Table, layout: Layout, roles: Roles, answers: Mapping[str, str]) -> tuple[MapSheet, Cells]:
    """The lines below the headings, with the cells for whoever has to name one later."""
    reader = _Reader(table, layout, roles, answers)
    for place in range(layout.start + 1, len(table.rows)):
        reader.read(place)
    if reader.cells.days_first:
        reader.found.unclear = ""  # a day above 12 elsewhere says which way round they are written
    return reader.found, reader.cells


class _Reader:
    def __init__(self, table: Table, layout: Layout, roles: Roles, answers: Mapping[str, str]) -> None:
        self.table, self.layout, self.answers = table, layout, answers
        self.found = MapSheet()
        self.cells = Cells(table, layout, roles, answers, self.found)
        self.name, self.years = layout.column("name"), layout.every("year_group")
        self.tier = ""
        self.since_total = Decimal(0)

    def read(self, place: int) -> None:
        number, cells = self.table.rows[place].number, self.table.rows[place].cells
        filled = [" ".join(cell.split()) for cell in cells if cell.strip()]
        first = filled[0]
        if [plain(cell) for cell in cells] == [plain(cell) for cell in self.cells.headings]:
            self._leave(number, first, "the headings stand here again")
        elif says_total(self.cells.text(place, "name") or first):
            self._total(place, number, first)
        elif len(set(filled)) == 1 and len(self.layout.columns) > 1 and (self.name is not None or len(filled) > 1):
            self._section(number, first)
        elif self.name is None:
            self._across(place)
        else:
            self._intervention(place)

    def _leave(self, number: int, words: str, reason: str) -> None:
        self.found.left_out.append(Outcome((number,), words[:LONGEST_NAME], Fate.LEFT_OUT, (reason,)))

    def _section(self, number: int, text: str) -> None:
        """A row with one text: a heading inside the sheet, which may say the tier of the rows below it."""
        try:
            self.tier = tier_in(text if SECTION.search(text) else "").value
            self._leave(number, text, f"a heading inside the sheet: the rows below it are {self.tier}")
        except CellError:
            self._leave(number, text, "nothing else stands in this row")

    def _total(self, place: int, number: int, words: str) -> None:
        self._leave(number, words, "it is a total: it is checked, not brought in")
        said = self.cells.cost(place)
        if said is not None and said not in (self.since_total, self.found.own_cost or Decimal(0)):
            sums = f"the sheet says {pounds(said)}, the rows above it add up to {pounds(self.since_total)}"
            self.found.totals.append(f"Row {number}, {words}: {sums}")
        self.since_total = Decimal(0)

    def _line(self, place: int, name: str, column: int, **more: Any) -> None:
        """Keeps what a row says of one intervention."""
        if not name or len(name) > LONGEST_NAME:
            wanted = "the name of the intervention" if not name else "at most 200 letters"
            self.cells.refuse(place, column, f"expected {wanted}")
            return
        self.found.lines.append(Line(place, self.table.rows[place].number, name, **more))

    def _intervention(self, place: int) -> None:
        values, staff, cost = self.cells.values(place), self.cells.staff(place), self.cells.cost(place)
        if cost is not None:
            self.since_total += cost
            self.found.own_cost = (self.found.own_cost or Decimal(0)) + cost
        if "tier" not in values and self.tier:
            values["tier"] = Said(self.tier, self.name or 0)
        values, notes = _weeks_of_total(values)
        groups = self._groups(place)
        for year, size, pupils in groups:
            more = {} if size is None else {"group_size": Said(size, self.years[0])}
            self._line(
                place, self.cells.text(place, "name"), self.name or 0, values=values | more, staff=staff, notes=notes,
                pupils=tuple(dict.fromkeys(pupils)), year=year, group=self.cells.group(place),
                cost=cost if len(groups) == 1 else None,
            )  # fmt: skip

    def _groups(self, place: int) -> list[tuple[str, int | None, list[str]]]:
        """The groups of a row: one, or one for each year group across. Each: its year, its size, its pupils."""
        column = self.layout.column("pupils")
        named = entries_in(self.cells.raw(place, column)) if column is not None else []
        years = [(each, *self._in_year(place, each)) for each in self.years if cell_of(self.table, place, each)[0]]
        self.found.across = self.found.across or len(years) > 1
        if years and self.answers.get("matrix") == "own":
            return [(called(self.cells.headings, year), size, pupils) for year, size, pupils in years]
        sizes = [size for _, size, _ in years if size is not None]
        return [("", sum(sizes) if sizes else None, [*named, *(one for *_, pupils in years for one in pupils)])]

    def _in_year(self, place: int, column: int) -> tuple[int | None, list[str]]:
        """A cell under a year group: a number of pupils, a tick, or their names."""
        text = cell_of(self.table, place, column)[0]
        if re.match(r"[-−]?[0-9]", text):
            return self.cells.size(place, column), []
        return None, [] if text.casefold() in TICKS else entries_in(self.cells.raw(place, column))

    def _across(self, place: int) -> None:
        """A row of a map whose cells are names of interventions, by year group; what stands before them may be the tier."""
        self.found.across = True
        tier, need = _known(tier_in, self._label(place)), _known(need_in, self._label(place))
        said = {"need": need, "tier": tier.value if tier else self.tier}
        for column in self.years:
            values = {meaning: Said(value, column) for meaning, value in said.items() if value}
            own = called(self.cells.headings, column) if self.answers.get("matrix") == "own" else ""
            for name in entries_in(self.cells.raw(place, column)):
                self._line(place, name, column, values=values, year=own)

    def _label(self, place: int) -> str:
        cells = self.table.rows[place].cells
        return " ".join(cell for column, cell in enumerate(cells) if column not in self.years)


def _known(read: Callable[[str], Any], text: str) -> Any:
    try:
        return read(text)
    except CellError:
        return None


def _weeks_of_total(values: Mapping[str, Said]) -> tuple[dict[str, Said], tuple[str, ...]]:
    """Sessions in total beside weeks: so many a week where that comes out whole, else the total. Says what was done."""
    said = dict(values)
    if "sessions_a_week" in said or not {"weeks", "sessions_in_total"} <= set(said):
        return said, ()
    total, weeks = said["sessions_in_total"].value, said["weeks"].value
    words = f"{_plain(total)} sessions in total over {_plain(weeks)} weeks"
    if total % weeks:
        del said["weeks"]
        return said, (f"{words} are not so many whole sessions a week: the total is kept and the weeks are left out",)
    said["sessions_a_week"] = Said(total / weeks, said.pop("sessions_in_total").column)
    return said, (f"{words} are {_plain(total / weeks)} a week",)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
