"""A sheet as people make it: where its headings stand among titles and blank rows, and what each column holds."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from vfm.sheets.table import Row, Table, column_letters
from vfm.sheets.wrong import WrongCell

LOOKED_AT = 40
"""Headings stand in one of the first rows."""
TOTALS = frozenset({"total", "totals", "subtotal", "subtotals"})


class Meaning(NamedTuple):
    """What a column may hold: its permanent name, its words on a menu, and headings that mean it, likeliest first."""

    name: str
    words: str
    phrases: tuple[str, ...]
    needed: bool = False
    several: bool = False  # whether more than one column may hold it


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a table begins: the place of its headings among the table's rows, and the meaning of columns by number."""

    start: int
    columns: Mapping[int, str]

    def column(self, meaning: str) -> int | None:
        """Which column holds it."""
        return next(iter(self.every(meaning)), None)

    def every(self, meaning: str) -> list[int]:
        """All columns that hold it."""
        return [column for column, name in self.columns.items() if name == meaning]


def plain(text: str) -> str:
    """A heading without capitals and signs, so that “Actual (£)” and “actual” are one."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def find_layout(table: Table, meanings: Sequence[Meaning], remembered: Mapping[str, str]) -> Layout:
    """The row in which most headings are known, and what they mean. `remembered`: meanings by plain heading, "" for none."""
    matched = [match(row.cells, meanings, remembered) for row in table.rows[:LOOKED_AT]]
    start = max(range(len(matched)), key=lambda place: len(matched[place]))
    if not matched[start]:
        start = next((n for n, row in enumerate(table.rows[:LOOKED_AT]) if _looks_like_headings(row)), 0)
    return Layout(start, matched[start])


def _looks_like_headings(row: Row) -> bool:
    filled = [cell for cell in row.cells if cell.strip()]
    return len(filled) > 1 and not any(re.fullmatch(r"[\s£,.%()\d-]+", cell) for cell in filled)


def match(headings: Sequence[str], meanings: Sequence[Meaning], remembered: Mapping[str, str]) -> dict[int, str]:
    """What each column means, as far as its heading says; a meaning stands once, unless several columns may hold it."""
    words = [plain(heading) for heading in headings]
    known = {meaning.name for meaning in meanings}
    several = {meaning.name for meaning in meanings if meaning.several}
    found: dict[int, str] = {}
    for column, heading in enumerate(words):
        meaning = remembered.get(heading, "")
        if meaning in known and (meaning in several or meaning not in found.values()):
            found[column] = meaning
    scored = [
        (score, -column, meaning.name)
        for column, heading in enumerate(words)
        if heading and heading not in remembered
        for meaning in meanings
        if (score := _score(heading, meaning))
    ]
    for _, column, meaning in sorted(scored, reverse=True):
        if -column not in found and (meaning in several or meaning not in found.values()):
            found[-column] = meaning
    return dict(sorted(found.items()))


def certain(table: Table, layout: Layout, meanings: Sequence[Meaning], remembered: Mapping[str, str]) -> set[int]:
    """The columns whose heading says exactly what they hold, or was explained before. The others are guesses."""
    phrases = {meaning.name: meaning.phrases for meaning in meanings}
    headings = [plain(cell) for cell in headings_of(table, layout)]
    return {
        column
        for column, meaning in layout.columns.items()
        if column < len(headings)
        and (remembered.get(headings[column]) == meaning or headings[column] in phrases[meaning])
    }


def _score(heading: str, meaning: Meaning) -> int:
    """How well a heading says a meaning: the very words first, then words among others; 0 for not at all."""
    padded = f" {heading} "
    for place, phrase in enumerate(meaning.phrases):
        if phrase == heading:
            return 1000 - place
    return max((500 - place for place, p in enumerate(meaning.phrases) if f" {p} " in padded), default=0)


def headings_of(table: Table, layout: Layout) -> Sequence[str]:
    """The cells of the heading row."""
    return table.rows[layout.start].cells if table.rows else ()


def called(headings: Sequence[str], column: int) -> str:
    """A column as people call it: by its heading, else by its letter."""
    heading = headings[column].strip() if column < len(headings) else ""
    return heading or column_letters(column)


def repeated(table: Table, layout: Layout) -> list[WrongCell]:
    """A heading that stands twice: which column is meant cannot be told."""
    row = table.rows[layout.start]
    counted = Counter(plain(cell) for cell in row.cells)
    seen: set[str] = set()
    wrong = []
    for column, cell in enumerate(row.cells):
        heading = plain(cell)
        if heading and counted[heading] > 1 and heading in seen:
            wrong.append(WrongCell(row.number, column_letters(column), cell, "expected each heading once"))
        seen.add(heading)
    return wrong


def says_total(text: str) -> bool:
    """Whether a row calls itself a total: it is checked, and not a row of its own."""
    words = plain(text).replace("sub total", "subtotal").split()
    return bool(words) and (words[0] in TOTALS or words[-1] in TOTALS or words[:2] == ["grand", "total"])
