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


@dataclass(frozen=True, slots=True)
class Outcome:
    """One thing of the sheet: the rows it stands in, its name, what becomes of it, and what is to be said of that."""

    rows: tuple[int, ...]
    name: str
    fate: Fate
    says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What the sheet does not say and a person must: radios, and what has been answered so far."""

    name: str
    words: str
    options: tuple[tuple[str, str], ...]
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """Every row's fate; the cells that are wrong; where the sheet's own totals do not add up; what else to know.

    While one cell is wrong nothing can be brought in.
    """

    outcomes: Sequence[Outcome] = ()
    wrong: Sequence[WrongCell] = ()
    totals: Sequence[str] = ()
    notes: Sequence[str] = ()
    asked: Sequence[Asked] = ()

    def of(self, fate: Fate) -> list[Outcome]:
        """Those with one fate, in the order of the sheet."""
        return [each for each in self.outcomes if each.fate is fate]

    @property
    def changes(self) -> int:
        """How many things would be added or changed."""
        return len(self.of(Fate.ADDED)) + len(self.of(Fate.CHANGED))

    @property
    def mark(self) -> str:
        """The same for the same preview, so that what is confirmed is what was seen."""
        seen = [(each.rows, each.name, each.fate.value, each.says) for each in self.outcomes]
        return hashlib.sha256(repr((seen, [*self.wrong], [*self.totals], [*self.notes])).encode()).hexdigest()


def rows_words(rows: Sequence[int]) -> str:
    """Such as: row 5, or rows 5, 9 and 12."""
    if len(rows) == 1:
        return f"row {rows[0]}"
    return f"rows {', '.join(str(row) for row in rows[:-1])} and {rows[-1]}"
