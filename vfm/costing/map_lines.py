"""What a map's sheet says, as values: its lines as they stand, and the interventions that they make."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from vfm.costing.map_words import GivenBy
from vfm.sheets.preview import Outcome
from vfm.sheets.wrong import WrongCell


class Said(NamedTuple):
    """A value, and the column in which it stands."""

    value: Any
    column: int


@dataclass(frozen=True, slots=True)
class Line:
    """What one row says of one intervention. `year`: the year group across under which it stands; `group`: its class."""

    place: int
    row: int
    name: str
    values: Mapping[str, Said] = field(default_factory=dict)
    staff: tuple[GivenBy, ...] = ()
    pupils: tuple[str, ...] = ()
    year: str = ""
    group: str = ""
    cost: Decimal | None = None
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Entry:
    """An intervention as far as the sheet says: values by the name of what they are, None where it says nothing."""

    name: str
    rows: list[int] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    staff: list[GivenBy] = field(default_factory=list)
    pupils: list[str] = field(default_factory=list)
    cost: Decimal | None = None
    notes: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        return self.name.casefold()


@dataclass(slots=True)
class MapSheet:
    """What a map's sheet says.

    `unclear` is a day that could be read two ways; `across` whether years stand across; `repeated` names of several rows
    of which it must be said whether they are one, and `same_name` what is taken for now; `tiers` words in the tier's
    column that are no tier, by key, with their rows; `rates` what an hour costs by key of the role, with the rows.
    """

    lines: list[Line] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    left_out: list[Outcome] = field(default_factory=list)
    wrong: list[WrongCell] = field(default_factory=list)
    totals: list[str] = field(default_factory=list)
    own_cost: Decimal | None = None
    unclear: str = ""
    across: bool = False
    repeated: list[str] = field(default_factory=list)
    same_name: str = ""
    warned: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tiers: dict[str, tuple[str, list[int]]] = field(default_factory=dict)
    rates: dict[str, dict[Decimal, list[int]]] = field(default_factory=dict)
