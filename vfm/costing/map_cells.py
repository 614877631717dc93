"""Reads the cells of one row of a school's provision map, each by what its column holds; what cannot be read is named."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from vfm.costing.map_lines import MapSheet, Said
from vfm.costing.map_meanings import DATES, LINES, NUMBERS
from vfm.costing.map_roles import Roles
from vfm.costing.map_words import GivenBy, days_in, need_in, staff_in, tier_in, time_kind_in
from vfm.costing.typed_cells import cell_of, day_cell, money_cell, number_cell
from vfm.sheets.days import ambiguous
from vfm.sheets.headings import Layout, called, headings_of, plain
from vfm.sheets.table import Mark, Table
from vfm.sheets.wrong import CellError, WrongCell

UNITS = re.compile(
    r"([0-9][0-9.,]*)\s*(x|times|mins?|minutes?|weeks?|wks?|sessions?|pupils?|children)?\s*(a week|per week|weekly|each)?",
    re.IGNORECASE | re.ASCII,
)
HOURS = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(?:h|hrs?|hours?)", re.IGNORECASE | re.ASCII)
AN_HOUR = re.compile(r"\s*(/|per|an|a|p/?)?\s*(h|hr|hour)\.?$", re.IGNORECASE)
OFTEN = {"daily": "5", "every day": "5", "weekly": "1", "once": "1", "twice": "2", "fortnightly": "0.5"}
LONGEST_NAME, LONGEST_GROUP, LONGEST_TIER, MOST_TIERS = 200, 60, 60, 8


class Cells:
    """The cells of a sheet, and what has been found out about it while they were read."""

    def __init__(
        self, table: Table, layout: Layout, roles: Roles, answers: Mapping[str, str], found: MapSheet
    ) -> None:  # fmt: skip
        self.table, self.layout, self.roles, self.answers, self.found = table, layout, roles, answers, found
        self.headings = headings_of(table, layout)
        self.days_first = False

    def text(self, place: int, meaning: str) -> str:
        """A cell by what its column holds."""
        return cell_of(self.table, place, self.layout.column(meaning))[0]

    def raw(self, place: int, column: int) -> str:
        """A cell's text with its lines."""
        cells = self.table.rows[place].cells
        return cells[column] if column < len(cells) else ""

    def read(self, place: int, column: int | None, read: Callable[[str, Mark | None], Any]) -> Any:
        """What a cell holds, None where it is empty; a cell that cannot be read is named."""
        text, mark = cell_of(self.table, place, column)
        if column is None or (not text and mark is None):
            return None
        try:
            return read(text, mark)
        except CellError as wrong:
            self.refuse(place, column, str(wrong))
            return None

    def refuse(self, place: int, column: int, expected: str) -> None:
        """Names a cell that cannot be used."""
        value = cell_of(self.table, place, column)[0]
        self.found.wrong.append(
            WrongCell(self.table.rows[place].number, called(self.headings, column), value, expected)
        )

    def values(self, place: int) -> dict[str, Said]:
        """What the row says, with the column of each."""
        found: dict[str, Said] = {}
        for column, meaning in self.layout.columns.items():
            read = self._reading(meaning, place)
            value = self.read(place, column, read) if read else None
            if value is not None:
                found[meaning] = Said(value, column)
        return found

    def cost(self, place: int) -> Decimal | None:
        """The sheet's own cost of the row."""
        cost: Decimal | None = self.read(place, self.layout.column("cost"), money_cell)
        return cost

    def size(self, place: int, column: int) -> Any:
        """A number of pupils."""
        return self.read(place, column, lambda text, mark: number_in("group_size", text, mark))

    def group(self, place: int) -> str:
        """The class or year group of the row; a bare number is a year."""
        text = self.text(place, "group")[:LONGEST_GROUP]
        heading = plain(called(self.headings, self.layout.column("group") or 0))
        return f"Year {text}" if re.fullmatch(r"[0-9]{1,2}", text) and "year" in heading else text

    def staff(self, place: int) -> tuple[GivenBy, ...]:
        """Who gives it, with the number that may stand in a column of its own; what an hour costs is kept by role."""
        column = self.layout.column("staff")
        if column is None:
            return ()
        raw = self.raw(place, column)
        found: list[GivenBy] = self.read(place, column, lambda text, mark: staff_in(raw, self.roles.names)) or []
        if any(len(each.role) > LONGEST_NAME for each in found):
            self.refuse(place, column, "expected at most 200 letters for a role")
            return ()
        number = self.read(place, self.layout.column("number"), lambda text, mark: number_in("number", text, mark))
        self._keep_rate(place, found)
        return tuple(each if each.number or len(found) > 1 else each._replace(number=number) for each in found)

    def _keep_rate(self, place: int, staff: list[GivenBy]) -> None:
        rate = self._rate(place)
        if rate and len(staff) == 1 and staff[0].role:
            rows = self.found.rates.setdefault(self.roles.key(staff[0].role), {}).setdefault(rate, [])
            rows.append(self.table.rows[place].number)

    def _rate(self, place: int) -> Decimal | None:
        """What an hour costs. It is only offered, so one that cannot be read holds nothing up."""
        text, mark = cell_of(self.table, place, self.layout.column("hourly_rate"))
        try:
            return money_cell(AN_HOUR.sub("", text), mark, places=4)
        except CellError:
            row = self.table.rows[place].number
            self.found.notes.append(f"Row {row}: “{text[:60]}” is not read as a rate, so it is not offered")
            return None

    def _reading(self, meaning: str, place: int) -> Callable[[str, Mark | None], Any] | None:
        words: dict[str, Callable[[str], Any]] = {
            "tier": lambda text: self._tier(text, place), "need": need_in, "time_kind": lambda text: time_kind_in(text).value,
            "days": days_in,
        }  # fmt: skip
        if meaning in words:
            return lambda text, mark: words[meaning](text)
        if meaning in NUMBERS and meaning != "number":
            return lambda text, mark: number_in(meaning, text, mark)
        if meaning in DATES:
            return lambda text, mark: self._day(text)
        if meaning in LINES:
            return lambda text, mark: _line(text, LINES[meaning])
        return (lambda text, mark: money_cell(text, mark)) if meaning == "other_cost" else None

    def _tier(self, text: str, place: int) -> str:
        """The tier; a word that is none is asked about once, for all rows that hold it."""
        try:
            return tier_in(text).value
        except CellError:
            key = "-".join(plain(text).split())
            many = key not in self.found.tiers and len(self.found.tiers) >= MOST_TIERS
            if not key or many or len(text) > LONGEST_TIER:
                raise
            self.found.tiers.setdefault(key, (text, []))[1].append(self.table.rows[place].number)
            return self.answers.get(f"tier_{key}", "targeted")

    def _day(self, text: str) -> Any:
        day = day_cell(text, month_first=self.answers.get("dates") == "month")
        if ambiguous(text):
            self.found.unclear = self.found.unclear or text
        elif re.match(r"(1[3-9]|2[0-9]|3[01])\s*[/.-]", text):
            self.days_first = True
        return day


def _line(text: str, longest: int) -> str:
    if len(text) > longest:
        raise CellError(f"expected at most {longest:,} letters")
    return text


def number_in(meaning: str, text: str, mark: Mark | None) -> Any:
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
