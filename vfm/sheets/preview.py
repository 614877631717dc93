"""What bringing a sheet in would do, row by row, before anything is done."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from vfm.sheets.wrong import WrongCell


class Fate(Enum):
    """What becomes of a row."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "left as it is"
    LEFT_OUT = "left out"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One thing of the sheet: the rows it stands in, its name, what becomes of it, and what is to be said of that.

    `queries`: what a person should look at, though it stops nothing.
    """

    rows: tuple[int, ...]
    name: str
    fate: Fate
    says: tuple[str, ...] = ()
    queries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What the sheet does not say and a person must: radios, and what has been answered so far or will often be right.

    Without options a day is asked for, answered as 2026-11-24 and no later than `latest`, if that is given. A `late` one changes nothing of what would be done, so it is asked beside the last button.
    """

    name: str
    words: str
    options: tuple[tuple[str, str], ...] = ()
    answer: str = ""
    late: bool = False
    hint: str = ""
    latest: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """The sheet's own amounts beside ours: a row for each that differs, and the totals as the last row."""

    caption: str
    headings: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Preview:
    """Every row's fate; the cells that are wrong; where the sheet's own totals do not add up; what else to know.

    `warned` is what must not be overlooked, above the `notes`.

    While one cell is wrong nothing can be brought in.
    """

    outcomes: Sequence[Outcome] = ()
    wrong: Sequence[WrongCell] = ()
    totals: Sequence[str] = ()
    notes: Sequence[str] = ()
    asked: Sequence[Asked] = ()
    warned: Sequence[str] = ()
    beside: Beside | None = None

    def of(self, fate: Fate) -> list[Outcome]:
        """Those with one fate, in the order of the sheet."""
        return [each for each in self.outcomes if each.fate is fate]

    @property
    def changes(self) -> int:
        """How many things would be added, changed or ended."""
        return sum(each.fate in (Fate.ADDED, Fate.CHANGED, Fate.ENDED) for each in self.outcomes)

    @property
    def mark(self) -> str:
        """The same for the same preview, so that what is confirmed is what was seen."""
        seen = [(each.rows, each.name, each.fate.value, each.says, each.queries) for each in self.outcomes]
        words = [*self.totals], [*self.warned], [*self.notes], self.beside
        return hashlib.sha256(repr((seen, [*self.wrong], words)).encode()).hexdigest()


def rows_words(rows: Sequence[int]) -> str:
    """Such as: row 5, or rows 5, 9 and 12."""
    if len(rows) == 1:
        return f"row {rows[0]}"
    return f"rows {joined([str(row) for row in rows])}"


def joined(words: Sequence[str]) -> str:
    """Such as: 5, 9 and 12."""
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)
