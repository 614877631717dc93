"""What one pupil gets and got, year by year: exact figures and what people wrote, for the page and for the pack.

Nothing in it tells of another child: others in a group are a number. Nothing in it tells who a member of staff is: whoever
gives support is a role.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from vfm.costing.intervention import Result, Tier, TimeKind
from vfm.costing.sharing import Basis
from vfm.money import add_up
from vfm.pupils.pupil import Pupil, SenStatus
from vfm.value.noticed import Noticed


class Voice(StrEnum):
    """Whose view it is."""

    PUPIL = "pupil"
    PARENT = "parent"

    @property
    def words(self) -> str:
        return {"pupil": "The pupil", "parent": "A parent or carer"}[self.value]


class How(StrEnum):
    """How hours received are known. Not recorded is never nothing, and never "not met" (costing page, section 5)."""

    RECORDED = "recorded"
    ESTIMATED = "estimated"
    NOT_SHOWN = "not-shown"

    @property
    def words(self) -> str:
        return {"recorded": "recorded", "estimated": "estimated", "not-shown": "not shown to be received"}[self.value]


@dataclass(frozen=True, slots=True)
class View:
    """What the pupil or a parent said on a day, in their words as somebody wrote them down; `worth_it` where it was asked."""

    voice: Voice
    on: dt.date
    said: str
    worth_it: bool | None = None


@dataclass(frozen=True, slots=True)
class PupilReview:
    """A meeting about the pupil: its kind in words, who took part as roles, what was agreed."""

    on: dt.date
    kind: str
    who: str
    agreed: str


@dataclass(frozen=True, slots=True)
class Received:
    """Hours received of those planned; None where neither sessions nor the pupil's attendance are recorded."""

    hours: Fraction | None
    how: How


@dataclass(frozen=True, slots=True)
class Support:
    """The pupil's part in one line (by key) of a year's map, from `first` to `last`, both included.

    `planned` and `run` are contact hours while the pupil was in it, before and after sessions that did not run. `cost` is
    the pupil's share on the rates that the reader may see, `on_claim` what the authority's rules make of it (None: they
    leave it out, or its card has no rate); exact pence, at the rates of their days. `group` counts everyone in it, this
    pupil included. `given_by` are roles. `decision`, `because`, `reviewed_on` and `reviewed_by` are of the line's review.
    """

    line: str
    name: str
    programme: str
    tier: Tier
    need: str
    kind: TimeKind
    given_by: tuple[str, ...]
    group: int
    basis: Basis
    first: dt.date
    last: dt.date
    planned: Fraction
    run: Fraction
    received: Received
    cost: Fraction
    rate_missing: tuple[str, ...] = ()
    estimated: bool = False
    methods: tuple[str, ...] = ()
    how_often: str = ""
    on_claim: Fraction | None = None
    withdrawn: bool = False
    withdrawn_why: str = ""
    lesson: str = ""
    intended: str = ""
    result: Result | None = None
    decision: str = ""
    because: str = ""
    reviewed_on: dt.date | None = None
    reviewed_by: str = ""
    views: tuple[View, ...] = ()


def total_received(supports: Sequence[Support]) -> Received:
    """Hours received in all of them, as far as any are shown; estimated as soon as one of them is."""
    shown = [each.received for each in supports if each.received.hours is not None]
    if not shown:
        return Received(None, How.NOT_SHOWN)
    how = How.ESTIMATED if any(each.how is How.ESTIMATED for each in shown) else How.RECORDED
    return Received(add_up(each.hours or Fraction(0) for each in shown), how)


@dataclass(frozen=True, slots=True)
class PupilYear:
    """One academic year of a pupil. `asked` is the hours of Section F in the year (None: not entered, or an earlier year).

    `claim` is the authority's rules' total with their caps, in exact pence, None where they accept nothing. `attendance` is
    a percentage, None where it is not known. `need` is the register's, which knows today's only. `noticed` is what is
    repeated, as seen from that year.
    """

    start: int
    words: str
    year_group: int | None
    status: SenStatus
    need: str
    supports: tuple[Support, ...]
    asked: Fraction | None = None
    attendance: Fraction | None = None
    claim: Fraction | None = None
    views: tuple[View, ...] = ()
    reviews: tuple[PupilReview, ...] = ()
    noticed: tuple[Noticed, ...] = ()

    @property
    def planned(self) -> Fraction:
        """Contact hours planned in the year."""
        return add_up(each.planned for each in self.supports)

    @property
    def run(self) -> Fraction:
        """Contact hours that ran while the pupil was in the group."""
        return add_up(each.run for each in self.supports)

    @property
    def received(self) -> Received:
        """Hours received, as far as any are shown; estimated as soon as one of them is. `not_shown` are not in it."""
        return total_received(self.supports)

    @property
    def not_shown(self) -> tuple[Support, ...]:
        """Support with sessions of which it is not shown that the pupil received them."""
        return tuple(each for each in self.supports if each.run and each.received.hours is None)

    @property
    def by_kind(self) -> Mapping[TimeKind, tuple[Support, ...]]:
        """The support of each kind of time, in the order in which they first stand."""
        kinds = dict.fromkeys(each.kind for each in self.supports)
        return {kind: tuple(each for each in self.supports if each.kind is kind) for kind in kinds}

    @property
    def cost(self) -> Fraction:
        """The pupil's share of everything in the year, exact pence."""
        return add_up(each.cost for each in self.supports)


@dataclass(frozen=True, slots=True)
class PupilRecord:
    """Every year in which something is known of a pupil, the newest first."""

    pupil: Pupil
    years: tuple[PupilYear, ...]
