"""Many rows typed on one page: the cells of each row, what was typed in them, what it means, and what is wrong with it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from vfm.money import MoneyError
from vfm.web.text import normal

LONGEST_CELL = 300


class Fault(NamedTuple):
    """What is wrong with a field: its name, what is said beside it, and, for the list of all, row and column in words."""

    key: str
    said: str
    place: str = ""

    @property
    def words(self) -> str:
        """What the summary of all says."""
        return f"{self.place}: {self.said}" if self.place else self.said


Faults = list[Fault]


@dataclass(frozen=True, slots=True)
class Cell:
    """A column: the name of its fields, its heading, a hint, how wide it is in characters, and how it is typed.

    `offered` is the list of suggestions that the page has for it.
    """

    name: str
    title: str
    hint: str = ""
    width: int = 4
    numeric: bool = True
    offered: str = ""


@dataclass
class Line:
    """One row as it was typed, and what it means. `number` tells its fields from those of other rows."""

    number: int
    typed: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    named: str = ""

    @property
    def filled(self) -> bool:
        return any(self.typed.values())

    @property
    def words(self) -> str:
        """What the row is called in a message."""
        return self.named or f"Row {self.number}"

    def key(self, name: str) -> str:
        """The name of the field of one of its cells."""
        return f"{name}-{self.number}"

    def fault(self, cell: Cell, wrong: object) -> Fault:
        """What is wrong with one of its cells."""
        return Fault(self.key(cell.name), str(wrong), f"{self.words}, {cell.title[0].lower()}{cell.title[1:]}")


def lines_of(typed: Mapping[str, str] | None, numbers: Iterable[int], cells: Sequence[Cell]) -> list[Line]:
    """The rows of a request by their numbers; a cell that was not sent is empty."""
    kept = typed or {}
    return [
        Line(n, {cell.name: normal(kept.get(f"{cell.name}-{n}", ""))[:LONGEST_CELL] for cell in cells}) for n in numbers
    ]


def check_line(line: Line, cells: Sequence[Cell], read: Mapping[str, Callable[[str], Any]]) -> Faults:
    """Reads every cell of a row into its values; returns the wrong ones."""
    faults = []
    for cell in cells:
        try:
            line.values[cell.name] = read[cell.name](line.typed[cell.name])
        except MoneyError as wrong:
            faults.append(line.fault(cell, wrong))
    return faults


def said_beside(faults: Faults) -> dict[str, str]:
    """What is said beside each wrong field, by its name."""
    return {fault.key: fault.said for fault in reversed(faults)}
