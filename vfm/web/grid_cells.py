"""The cells of the grid in which many interventions are entered at once: what each holds, and what is wrong with it."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from vfm.money import MoneyError, read_number
from vfm.web.cells import LONGEST_CELL, Cell, Fault, Faults, Line, check_line
from vfm.web.text import LONGEST_LINE, normal

TIERS = ("universal", "targeted", "specialist")
MOST_LINES = 100
CELLS = (
    Cell("name", "Name", width=20, numeric=False),
    Cell("tier", "Tier", "Empty: targeted", width=10, numeric=False, offered="tier-offered"),
    Cell("role", "Who gives it", "A role on your list, or agency", width=20, numeric=False, offered="role-offered"),
    Cell("number", "How many", "Empty: 1"),
    Cell("minutes", "Minutes a session"),
    Cell("a_week", "Sessions a week"),
    Cell("weeks", "Weeks", "Empty: your calendar’s"),
    Cell("pupils", "Pupils", "Empty: chosen later"),
    Cell("preparation", "Preparation", "In minutes"),
)


def paste_into(lines: list[Line], text: str) -> str:
    """Puts the rows of a sheet (tabs between cells) into the empty lines, adding lines; returns what is wrong, in words."""
    rows = [[normal(cell) for cell in row.split("\t")] for row in text.split("\n") if row.strip()]
    if rows and rows[0][0].casefold() in ("name", "intervention"):
        rows = rows[1:]
    for number, row in enumerate(rows, start=1):
        if any(row[len(CELLS) :]):
            return f"Row {number} of what you pasted has {len(row)} cells: there are {len(CELLS)} columns"
        if max(map(len, row)) > LONGEST_CELL:
            return f"Row {number} of what you pasted has a cell of more than {LONGEST_CELL:,} characters"
    empty = [line for line in lines if not line.filled]
    room = len(empty) + MOST_LINES - len(lines)
    if len(rows) > room:
        return f"You pasted {len(rows)} rows, and there is room for {room}: enter the others afterwards"
    while len(empty) < len(rows):
        lines.append(Line(len(lines) + 1, dict.fromkeys((cell.name for cell in CELLS), "")))
        empty.append(lines[-1])
    for line, row in zip(empty, rows, strict=False):
        line.typed = {
            cell.name: text[:LONGEST_CELL] for cell, text in zip(CELLS, [*row, *[""] * len(CELLS)], strict=False)
        }
    return ""


def check_lines(lines: list[Line], roles: Mapping[str, int | None], there: set[str]) -> Faults:
    """Every wrong cell by the name of its field, with row and column in words.

    `roles`: who may give it by name in small letters, and the role's id; `there`: names on the map in small letters.
    """
    filled, names = [line for line in lines if line.filled], set(there)
    read = READ | {"name": partial(_name, names=names), "role": partial(_role, roles=roles)}
    faults = [fault for line in filled for fault in check_line(line, CELLS, read)]
    return faults if filled else [Fault("name-1", "Enter at least one intervention")]


def _name(text: str, *, names: set[str]) -> str:
    name = " ".join(text.split())
    if not name:
        raise MoneyError("enter the name of the intervention")
    if len(name) > LONGEST_LINE:
        raise MoneyError(f"must be {LONGEST_LINE} characters or fewer")
    if name.casefold() in names:
        raise MoneyError(f"“{name}” is on your map or in another row already")
    names.add(name.casefold())
    return name


def _tier(text: str) -> str:
    tier = text.casefold() or "targeted"
    if tier not in TIERS:
        raise MoneyError("enter universal, targeted or specialist")
    return tier


def _role(text: str, *, roles: Mapping[str, int | None]) -> int | None:
    if not text:
        raise MoneyError("enter who gives it")
    if text.casefold() not in roles:
        raise MoneyError(f"“{text[:60]}” is not on your list of staff roles: add it there, or enter another")
    return roles[text.casefold()]


def _number(
    high: int, *, low: str = "0", places: int = 2, missing: str = "", default: Decimal | None = None
) -> Callable[[str], Decimal | None]:  # fmt: skip
    def read(text: str) -> Decimal | None:
        if not text and missing:
            raise MoneyError(missing)
        return read_number(text, low=Decimal(low), high=Decimal(high), places=places) if text else default

    return read


READ: dict[str, Callable[[str], Any]] = {
    "tier": _tier,
    "number": _number(100, default=Decimal(1)),
    "minutes": _number(1_000, low="0.01", missing="enter the minutes of one session"),
    "a_week": _number(100, missing="enter how many sessions a week"),
    "weeks": _number(53),
    "pupils": _number(10_000, places=0),
    "preparation": _number(1_000),
}
