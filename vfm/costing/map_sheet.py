"""Reads a school's provision map from a sheet in any of three layouts: a row an intervention, a row a pupil, years across.

Rows of one name are one intervention. Every cell that cannot be understood is named; nothing is guessed.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from vfm.costing.map_meanings import DATES, LINES, NUMBERS
from vfm.costing.map_words import GivenBy, days_in, entries_in, need_in, staff_in, tier_in, time_kind_in
from vfm.costing.typed_cells import ambiguous, cell_of, day_cell, money_cell, number_cell
from vfm.money import pounds
from vfm.sheets.headings import Layout, called, headings_of, plain, says_total
from vfm.sheets.preview import Fate, Outcome
from vfm.sheets.table import Mark, Table
from vfm.sheets.wrong import CellError, WrongCell

TICKS = frozenset({"x", "✓", "✔", "y", "yes", "•", "tick"})
UNITS = re.compile(
    r"([0-9][0-9.,]*)\s*(x|times|mins?|minutes?|weeks?|wks?|sessions?|pupils?|children)?\s*(a week|per week|weekly|each)?",
    re.IGNORECASE | re.ASCII,
)
HOURS = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(?:h|hrs?|hours?)", re.IGNORECASE | re.ASCII)
OFTEN = {"daily": "5", "every day": "5", "weekly": "1", "once": "1", "twice": "2", "fortnightly": "0.5"}
SECTION = re.compile(r"\b(universal|targeted|specialist|wave|tier|quality first)\b", re.IGNORECASE)
LONGEST_NAME = 200


@dataclass(slots=True)
class Entry:
    """An intervention as far as the sheet says: values by the name of what they are, None where it says nothing."""

    name: str
    rows: list[int] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    staff: list[GivenBy] = field(default_factory=list)
    pupils: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        return self.name.casefold()


@dataclass(slots=True)
class MapSheet:
    """What a map's sheet says. `unclear` is a day that could be read two ways; `across` whether years stand across."""

    entries: dict[str, Entry] = field(default_factory=dict)
    left_out: list[Outcome] = field(default_factory=list)
    wrong: list[WrongCell] = field(default_factory=list)
    totals: list[str] = field(default_factory=list)
    own_cost: Decimal | None = None
    unclear: str = ""
    across: bool = False


def read_map(table: Table, layout: Layout, roles: Sequence[str], answers: Mapping[str, str]) -> MapSheet:
    """The rows below the headings. `answers`: `dates` month where the month stands first, `matrix` own for a group a year."""
    reader = _Reader(table, layout, roles, answers)
    for place in range(layout.start + 1, len(table.rows)):
        reader.read(place)
    if reader.days_first:
        reader.found.unclear = ""  # a day above 12 elsewhere says which way round they are written
    return reader.found


class _Reader:
    def __init__(self, table: Table, layout: Layout, roles: Sequence[str], answers: Mapping[str, str]) -> None:
        self.table, self.layout, self.roles, self.answers = table, layout, roles, answers
        self.headings = headings_of(table, layout)
        self.name, self.years = layout.column("name"), layout.every("year_group")
        self.found = MapSheet()
        self.tier = ""
        self.since_total = Decimal(0)
        self.days_first = False

    def read(self, place: int) -> None:
        number, cells = self.table.rows[place].number, self.table.rows[place].cells
        filled = [" ".join(cell.split()) for cell in cells if cell.strip()]
        first = filled[0]
        if [plain(cell) for cell in cells] == [plain(cell) for cell in self.headings]:
            self._leave(number, first, "the headings stand here again")
        elif says_total(self._text(place, "name") or first):
            self._total(place, number, first)
        elif len(set(filled)) == 1 and len(self.layout.columns) > 1 and (self.name is not None or len(filled) > 1):
            self._section(number, first)
        elif self.name is None:
            self._across(place)
        else:
            self._intervention(place)

    def _text(self, place: int, meaning: str) -> str:
        return cell_of(self.table, place, self.layout.column(meaning))[0]

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
        said = self._cost(place)
        if said is not None and said not in (self.since_total, self.found.own_cost or Decimal(0)):
            sums = f"the sheet says {pounds(said)}, the rows above it add up to {pounds(self.since_total)}"
            self.found.totals.append(f"Row {number}, {words}: {sums}")
        self.since_total = Decimal(0)

    def _cost(self, place: int) -> Decimal | None:
        column = self.layout.column("cost")
        return self._try(place, column, lambda text, mark: money_cell(text, mark)) if column is not None else None

    def _try(self, place: int, column: int, read: Callable[[str, Mark | None], Any]) -> Any:
        """What a cell holds, None where it is empty; a cell that cannot be read is named."""
        text, mark = cell_of(self.table, place, column)
        if not text and mark is None:
            return None
        try:
            return read(text, mark)
        except CellError as wrong:
            self._refuse(place, column, str(wrong))
            return None

    def _refuse(self, place: int, column: int, expected: str) -> None:
        value = cell_of(self.table, place, column)[0]
        self.found.wrong.append(
            WrongCell(self.table.rows[place].number, called(self.headings, column), value, expected)
        )

    def _entry(self, place: int, name: str, column: int) -> Entry | None:
        if not name or len(name) > LONGEST_NAME:
            wanted = "the name of the intervention" if not name else "at most 200 letters"
            self._refuse(place, column, f"expected {wanted}")
            return None
        entry = self.found.entries.setdefault(name.casefold(), Entry(name))
        entry.rows.append(self.table.rows[place].number)
        return entry

    def _intervention(self, place: int) -> None:
        name = self._text(place, "name")
        values = self._values(place)
        cost = self._cost(place)
        if cost is not None:
            self.since_total += cost
            self.found.own_cost = (self.found.own_cost or Decimal(0)) + cost
        for suffix, size, pupils in self._groups(place):
            entry = self._entry(place, f"{name} ({suffix})" if name and suffix else name, self.name or 0)
            if entry is not None:
                more = {} if size is None else {"group_size": (size, self.years[0])}
                for meaning, (value, column) in (values | more).items():
                    self._put(place, entry, meaning, value, column)
                entry.staff += [each for each in self._staff(place) if each not in entry.staff]
                entry.pupils += [each for each in pupils if each not in entry.pupils]

    def _values(self, place: int) -> dict[str, tuple[Any, int]]:
        """What the row says, with the column of each."""
        found: dict[str, tuple[Any, int]] = {}
        for column, meaning in self.layout.columns.items():
            read = self._reading(meaning)
            value = self._try(place, column, read) if read else None
            if value is not None:
                found[meaning] = value, column
        if "tier" not in found and self.tier:
            found["tier"] = self.tier, self.name or 0
        return found

    def _reading(self, meaning: str) -> Callable[[str, Mark | None], Any] | None:
        words: dict[str, Callable[[str], Any]] = {
            "tier": lambda text: tier_in(text).value, "need": need_in, "time_kind": lambda text: time_kind_in(text).value,
            "days": days_in,
        }  # fmt: skip
        if meaning in words:
            return lambda text, mark: words[meaning](text)
        if meaning in NUMBERS and meaning != "number":
            return lambda text, mark: _number(meaning, text, mark)
        if meaning in DATES:
            return lambda text, mark: self._day(text)
        if meaning in LINES:
            return lambda text, mark: _line(text, LINES[meaning])
        return (lambda text, mark: money_cell(text, mark)) if meaning == "other_cost" else None

    def _day(self, text: str) -> Any:
        day = day_cell(text, month_first=self.answers.get("dates") == "month")
        if ambiguous(text):
            self.found.unclear = self.found.unclear or text
        elif re.match(r"(1[3-9]|2[0-9]|3[01])\s*[/.-]", text):
            self.days_first = True
        return day

    def _staff(self, place: int) -> list[GivenBy]:
        column, numbers = self.layout.column("staff"), self.layout.column("number")
        if column is None:
            return []
        raw = self._raw(place, column)
        found: list[GivenBy] = self._try(place, column, lambda text, mark: staff_in(raw, self.roles)) or []
        if any(len(each.role) > LONGEST_NAME for each in found):
            self._refuse(place, column, "expected at most 200 letters for a role")
            return []
        number = None
        if numbers is not None:
            number = self._try(place, numbers, lambda text, mark: _number("number", text, mark))
        return [each if each.number or len(found) > 1 else each._replace(number=number) for each in found]

    def _raw(self, place: int, column: int) -> str:
        """A cell's text with its lines."""
        cells = self.table.rows[place].cells
        return cells[column] if column < len(cells) else ""

    def _groups(self, place: int) -> list[tuple[str, int | None, list[str]]]:
        """The groups of a row: one, or one for each year group across. Each: what to add to the name, its size, its pupils."""
        column = self.layout.column("pupils")
        named = entries_in(self._raw(place, column)) if column is not None else []
        years = [(each, *self._in_year(place, each)) for each in self.years if cell_of(self.table, place, each)[0]]
        self.found.across = self.found.across or len(years) > 1
        if years and self.answers.get("matrix") == "own":
            return [(called(self.headings, year), size, pupils) for year, size, pupils in years]
        sizes = [size for _, size, _ in years if size is not None]
        return [("", sum(sizes) if sizes else None, [*named, *(one for *_, pupils in years for one in pupils)])]

    def _in_year(self, place: int, column: int) -> tuple[int | None, list[str]]:
        """A cell under a year group: a number of pupils, a tick, or their names."""
        text = cell_of(self.table, place, column)[0]
        if re.match(r"[-−]?[0-9]", text):
            return self._try(place, column, lambda text, mark: _number("group_size", text, mark)), []
        return None, [] if text.casefold() in TICKS else entries_in(self._raw(place, column))

    def _across(self, place: int) -> None:
        """A row of a map whose cells are names of interventions, by year group; what stands before them may be the tier."""
        self.found.across = True
        labels = {"tier": tier_in, "need": need_in}
        said = {name: _known(read, self._label(place)) for name, read in labels.items()} | {
            "tier": self._tier_of(place)
        }
        for column in self.years:
            for name in entries_in(self._raw(place, column)):
                own = f" ({called(self.headings, column)})" if self.answers.get("matrix") == "own" else ""
                entry = self._entry(place, name + own, column)
                for meaning, value in said.items():
                    if entry is not None and value:
                        entry.values.setdefault(meaning, value)

    def _label(self, place: int) -> str:
        cells = self.table.rows[place].cells
        return " ".join(cell for column, cell in enumerate(cells) if column not in self.years)

    def _tier_of(self, place: int) -> str:
        tier = _known(tier_in, self._label(place))
        return tier.value if tier else self.tier

    def _put(self, place: int, entry: Entry, meaning: str, value: Any, column: int) -> None:
        """Keeps a value; rows of one intervention must not say different things."""
        before = entry.values.setdefault(meaning, value)
        if meaning == "other_cost" and len(entry.rows) > 1 and before is not value:
            entry.values[meaning] = before + value if not self.layout.column("pupils") else before
        elif before != value:
            self._refuse(
                place, column, f"expected what row {entry.rows[0]} says of the same intervention, or another name"
            )


def _known(read: Callable[[str], Any], text: str) -> Any:
    try:
        return read(text)
    except CellError:
        return None


def _line(text: str, longest: int) -> str:
    if len(text) > longest:
        raise CellError(f"expected at most {longest:,} letters")
    return text


def _number(meaning: str, text: str, mark: Mark | None) -> Any:
    """A number with the words that people write beside it: 30 mins, 1 hour, 3 times a week, daily."""
    low, high, places = NUMBERS[meaning]
    hours, unit = HOURS.fullmatch(text), UNITS.fullmatch(text)
    if meaning == "minutes" and hours:
        text = str(Decimal(hours.group(1)) * 60)
    elif meaning == "sessions_a_week" and plain(text) in OFTEN:
        text = OFTEN[plain(text)]
    elif unit and mark is not Mark.FORMULA:
        text = unit.group(1)
    number = number_cell(text, mark, low=low, high=high, places=places)
    return number if number is None or places else int(number)
