"""An intervention on the provision map: what it is, when it runs, who gives it, what else it costs, who it is for.

Values as they were entered; an intervention that contradicts itself cannot be made (InterventionError says why).
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from vfm.costing.delivery import Delivery, NotRun, OnDays, Weekly
from vfm.costing.other_cost import OtherCost
from vfm.costing.rates import Method
from vfm.costing.sharing import Basis
from vfm.costing.stays import most_at_once
from vfm.money import Number, Ratio, add_up


class InterventionError(ValueError):
    """What was entered contradicts itself; the message says how, for the person who entered it."""


class Tier(StrEnum):
    """How far beyond what every pupil gets."""

    UNIVERSAL = "universal"
    TARGETED = "targeted"
    SPECIALIST = "specialist"


class TimeKind(StrEnum):
    """What the time is spent on."""

    INTERVENTION = "intervention"
    IN_CLASS_SUPPORT = "in-class-support"
    PERSONAL_CARE = "personal-care"
    LUNCHTIME = "lunchtime"
    REVIEW_MEETING = "review-meeting"
    AGENCY_MEETING = "agency-meeting"
    TRANSITION = "transition"
    EXAM_ACCESS = "exam-access"

    @property
    def words(self) -> str:
        return {
            "intervention": "An intervention", "in-class-support": "Support in class", "personal-care": "Personal care",
            "lunchtime": "Lunchtime support", "review-meeting": "Review meetings", "agency-meeting": "Meetings with agencies",
            "transition": "Transition", "exam-access": "Access to examinations",
        }[self.value]  # fmt: skip


class Giver(StrEnum):
    """Who gives it. Volunteers and other pupils cost nothing themselves; an agency's invoice is an other cost."""

    STAFF = "staff"
    AGENCY = "agency"
    VOLUNTEER = "volunteer"
    OTHER_PUPIL = "other-pupil"

    @property
    def words(self) -> str:
        return {
            "staff": "Staff", "agency": "Outside agency", "volunteer": "Volunteers", "other-pupil": "Other pupils",
        }[self.value]  # fmt: skip


class Result(StrEnum):
    """Whether a pupil met the intended outcome. None beside a pupil is "not recorded", never "not met"."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not"


@dataclass(frozen=True, slots=True)
class Staff:
    """So many of one role in the same sessions. `preparation`: minutes a session, the intervention's own if None.

    `rate` is a price on this row itself, such as an agency's hour; `person` the key of a member of staff, if named.
    """

    role: str
    number: Number = 1
    kind: Giver = Giver.STAFF
    preparation: Number | None = None
    rate: Method | None = None
    person: str = ""

    @property
    def paid(self) -> bool:
        """Whether their hours cost anything: staff always, an agency where its price an hour was typed."""
        return self.kind is Giver.STAFF or (self.kind is Giver.AGENCY and self.rate is not None)


@dataclass(frozen=True, slots=True)
class Membership:
    """A pupil (by the register's key) in an intervention from joining to leaving, both days included.

    Without dates: from its start to its end. `percent` is for stated shares; `result` says whether the outcome was met,
    None where nothing is recorded. `received`: the sessions that were logged for the pupil, None where nobody logged any.
    """

    pupil: str
    joined: dt.date | None = None
    left: dt.date | None = None
    percent: Number | None = None
    result: Result | None = None
    received: Number | None = None


@dataclass(frozen=True, slots=True)
class FundingShare:
    """A source that pays for an intervention, and the percentage that it pays."""

    source: str
    percent: Number = 100


@dataclass(frozen=True, slots=True)
class Intervention:
    """One line of the provision map. Minutes are of one session; `counts_percent` is the share that is additional.

    Left empty, `counts_percent` is 100 for targeted and specialist, 0 for universal. `group_size` and `group_with_sen`
    count pupils who are not named; where pupils are named, the names win. `whole_to` is a pupil's key. `counted`: sessions
    as the school counted them, which wins over what the calendar says.
    """

    name: str
    tier: Tier = Tier.TARGETED
    need: str = ""
    minutes: Number = 0
    delivery: Delivery | None = None
    preparation: Number = 0
    staff: Sequence[Staff] = ()
    other_costs: Sequence[OtherCost] = ()
    members: Sequence[Membership] = ()
    basis: Basis = Basis.SHARED
    places: int | None = None
    whole_to: str | None = None
    whole_reason: str = ""
    group_size: int | None = None
    group_with_sen: int | None = None
    counts_percent: Number | None = None
    counts_reason: str = ""
    funding: Sequence[FundingShare] = ()
    time_kind: TimeKind = TimeKind.INTERVENTION
    withdrawn: bool = False
    withdrawn_reason: str = ""
    lesson: str = ""
    programme: str = ""
    lead: str = ""
    outcome: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    counted: Number | None = None
    not_run: Sequence[NotRun] = ()
    review_on: dt.date | None = None
    reviewed_on: dt.date | None = None
    reviewed_by: str = ""
    estimated: bool = False
    id: str = ""

    def __post_init__(self) -> None:
        for problem in _problems(self):
            raise InterventionError(problem)

    @property
    def pupils(self) -> int | None:
        """How many it is for: those named, else the size of the group, else None."""
        return len(self.members) or self.group_size or None

    @property
    def counts(self) -> Fraction:
        """The part of the cost that is additional, from 0 to 1. A universal part needs its reason, else it is 0."""
        return Fraction(*self.counts_ratio)

    @property
    def counts_ratio(self) -> Ratio:
        """`counts` as a numerator and a denominator."""
        universal = self.tier is Tier.UNIVERSAL
        if self.counts_percent is None or (universal and not self.counts_reason):
            return (0, 1) if universal else (1, 1)
        above, below = self.counts_percent.as_integer_ratio()
        return above, below * 100

    @property
    def counted_by_calendar(self) -> bool:
        """Whether its sessions are counted in the school's calendar, not typed."""
        return self.counted is None and (isinstance(self.delivery, OnDays) or self._weeks_not_typed)

    @property
    def _weeks_not_typed(self) -> bool:
        return isinstance(self.delivery, Weekly) and self.delivery.weeks is None

    @property
    def has_outcome(self) -> bool:
        """Whether a result is recorded for any pupil."""
        return any(member.result is not None for member in self.members)


def _problems(it: Intervention) -> Iterator[str]:
    yield from _wrong_numbers(it)
    yield from _wrong_dates(it)
    pupils = [member.pupil for member in it.members]
    if len(set(pupils)) < len(pupils):
        yield "a pupil is in the group twice"
    if add_up(Fraction(share.percent) for share in it.funding) > 100:
        yield "the funding shares come to more than 100%"
    if it.basis is Basis.WHOLE:
        yield from _wrong_whole(it, pupils)
    elif it.basis is Basis.BY_PLACE:
        yield from _wrong_places(it)
    elif it.basis is Basis.STATED and pupils and add_up(Fraction(m.percent or 0) for m in it.members) != 100:
        yield "the stated percentages must add up to 100"


def _wrong_numbers(it: Intervention) -> Iterator[str]:
    numbers = [it.minutes, it.preparation, it.counted, it.group_size, it.group_with_sen, it.counts_percent]
    numbers += [number for staff in it.staff for number in (staff.number, staff.preparation)]
    numbers += [*_of_delivery(it.delivery), *(each.sessions for each in it.not_run)]
    numbers += [number for member in it.members for number in (member.percent, member.received)]
    numbers += [share.percent for share in it.funding]
    if any(number is not None and number < 0 for number in numbers):
        yield "a number is below 0"
    if it.counts_percent is not None and it.counts_percent > 100:
        yield "the share that counts as additional is more than 100%"
    if (it.group_with_sen or 0) > (it.group_size or 0):
        yield "there are more pupils with SEN than pupils in the group"


def _of_delivery(delivery: Delivery | None) -> list[Number | None]:
    if isinstance(delivery, OnDays):
        return [slot.minutes for slot in delivery.slots]
    if isinstance(delivery, Weekly):
        return [delivery.sessions_a_week, delivery.weeks]
    return [delivery.sessions_in_total] if delivery else []


def _wrong_dates(it: Intervention) -> Iterator[str]:
    if it.starts_on and it.ends_on and it.ends_on < it.starts_on:
        yield "the last day is before the first day"
    if any(member.joined and member.left and member.left < member.joined for member in it.members):
        yield "a pupil left before joining"


def _wrong_whole(it: Intervention, pupils: Sequence[str]) -> Iterator[str]:
    if pupils and it.whole_to not in pupils:
        yield "the pupil who carries the whole cost must be in the group"
    if not it.whole_reason:
        yield "say why one pupil carries the whole cost"


def _wrong_places(it: Intervention) -> Iterator[str]:
    places = it.places or 0
    if places < 1:
        yield "sharing by place needs the number of places"
    most = most_at_once((member.joined, member.left) for member in it.members) if it.members else it.group_size or 0
    if most > places:
        yield "there are more pupils than places"
