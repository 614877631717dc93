"""The pack: what one pupil got over the years, as words and printed figures, frozen on a day; made from a PupilRecord.

It names no other child and no member of staff, and no figure in it tells of another child (decision 19).
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from vfm.plan.frozen import FrozenError, frozen, thawed

FORMAT = 1


class PackError(Exception):
    """A stored pack cannot be read: its format is not one that this program knows, or it is damaged."""


class Reader(StrEnum):
    """For whom it is written."""

    FULL = "full"
    PARENT = "parent"

    @property
    def words(self) -> str:
        return {"full": "For an annual review or a tribunal", "parent": "For a parent or carer"}[self.value]


@dataclass(frozen=True, slots=True)
class Saying:
    """Whose view, on which day, and in their words; `worth_it` is what they answered where it was asked."""

    voice: str
    on: dt.date
    said: str
    worth_it: bool | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting about the pupil."""

    on: dt.date
    kind: str
    who: str
    agreed: str


@dataclass(frozen=True, slots=True)
class Repeated:
    """Something that is repeated over the years, and the rows that show it: year, name, outcome, what the review decided."""

    title: str
    says: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Hours:
    """Printed hours: planned, run, and received with how that is known ("" and "not shown to be received" or "not ended yet")."""

    planned: str
    run: str
    received: str
    how: str


@dataclass(frozen=True, slots=True)
class Supported:
    """The pupil's part in one support of a year. `group` counts everybody in it; `cost` is "" in a pack without cost."""

    name: str
    programme: str
    kind: str
    tier: str
    need: str
    given_by: str
    how_often: str
    group: int
    first: dt.date
    last: dt.date
    hours: Hours
    cost: str
    shared: str
    no_rate: tuple[str, ...]
    estimated: bool
    withdrawn: bool
    withdrawn_why: str
    lesson: str
    intended: str
    outcome: str
    decision: str
    because: str
    reviewed_on: dt.date | None
    reviewed_by: str
    views: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class YearOfPack:
    """One academic year. `asked`: hours of Section F; `not_shown`: supports whose hours are not shown to be received.

    `ended` says whether it was over on the day of the pack: if not, planned hours and cost are those of the whole year.
    """

    words: str
    first: dt.date
    last: dt.date
    year_group: str
    status: str
    need: str
    hours: Hours
    not_shown: int
    asked: str
    attendance: str
    cost: str
    ended: bool
    supports: tuple[Supported, ...]
    views: tuple[Saying, ...]
    meetings: tuple[Meeting, ...]
    repeats: tuple[Repeated, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """The whole pack. `left_out` are years of the record that were not chosen; `methods` how the hours were priced."""

    format: int
    school: str
    pupil: str
    number: int
    reference: str
    made_on: dt.date
    reader: Reader
    with_cost: bool
    ask: str
    made_by: str
    years: tuple[YearOfPack, ...]
    left_out: tuple[str, ...]
    hours: Hours
    cost: str
    methods: tuple[str, ...]
    cost_apart: bool

    @property
    def span(self) -> str:
        """Such as 2019 to 2026; nothing where the record is empty."""
        if not self.years:
            return ""
        return f"{min(each.first.year for each in self.years)} to {max(each.last.year for each in self.years)}"


def to_json(pack: Pack) -> str:
    """The pack as it is stored: the same pack gives the same bytes."""
    return frozen(pack)


def from_json(text: str) -> Pack:
    """A stored pack. Raises PackError when its format is unknown or it is damaged."""
    try:
        return thawed(text, Pack, FORMAT)
    except FrozenError as wrong:
        raise PackError(f"pack {wrong}") from wrong
