"""Makes a pack of a pupil's record: prints each figure once, so that parts add up, and holds back what tells of another child."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from vfm.costing.calendar import AcademicYear
from vfm.costing.intervention import Tier, TimeKind
from vfm.money import apportion, half_up, hours_and_minutes, percent_words
from vfm.plan.pack import FORMAT, Hours, Meeting, Pack, Reader, Repeated, Saying, Supported, YearOfPack
from vfm.plan.pack_costs import IN_THE_TOTAL, printed_costs
from vfm.value.noticed import Noticed
from vfm.value.pupil_record import How, PupilRecord, PupilReview, PupilYear, Received, Support, View
from vfm.value.taken import RESULT_WORDS

KINDS = {
    TimeKind.INTERVENTION: "Intervention", TimeKind.IN_CLASS_SUPPORT: "Support in class", TimeKind.PERSONAL_CARE: "Personal care",
    TimeKind.LUNCHTIME: "Lunchtime support", TimeKind.REVIEW_MEETING: "Review meeting", TimeKind.AGENCY_MEETING: "Meeting with agencies",
    TimeKind.TRANSITION: "Help with a move", TimeKind.EXAM_ACCESS: "Access to examinations",
}  # fmt: skip
TIERS = {Tier.UNIVERSAL: "for every pupil", Tier.TARGETED: "extra support", Tier.SPECIALIST: "specialist support"}

NOT_ENDED = "not ended yet"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asked for: `years` by their first calendar year; `called` is what the pupil is called in it.

    `made_by` is a role, and so is who to `ask`.
    """

    school: str
    called: str
    number: int
    reference: str
    made_on: dt.date
    reader: Reader
    with_cost: bool
    years: Collection[int]
    ask: str = ""
    made_by: str = "The school"


@dataclass(frozen=True, slots=True)
class _Minutes:
    """Whole minutes as they are printed; received None where it is not shown, or estimated and not over."""

    planned: int
    run: int
    received: int | None
    how: How

    @property
    def words(self) -> Hours:
        if self.received is None:
            return Hours(
                _time(self.planned), _time(self.run), "", NOT_ENDED if self.how is How.ESTIMATED else self.how.words
            )
        return Hours(_time(self.planned), _time(self.run), _time(self.received), self.how.words)


def make_pack(record: PupilRecord, asked: Asked) -> Pack:
    """The pack of a record in which nobody else is named (record_words.without_others), made without any private rate."""
    years = [_so_far(year, asked.made_on) for year in record.years if year.start in asked.years]
    total, by_year = _spread([_exact(year.supports) for year in years], _exact([s for y in years for s in y.supports]))
    costs = printed_costs(years)
    made = tuple(
        _year(year, minutes, costs.years[place], costs.supports[place], asked)
        for place, (year, minutes) in enumerate(zip(years, by_year, strict=True))
    )
    return Pack(
        format=FORMAT, school=asked.school, pupil=asked.called, number=asked.number, reference=asked.reference,
        made_on=asked.made_on, reader=asked.reader, with_cost=asked.with_cost, ask=asked.ask, made_by=asked.made_by, years=made,
        left_out=tuple(year.words for year in record.years if year.start not in asked.years and _holds_something(year)),
        hours=total.words, cost=costs.total if asked.with_cost else "",
        methods=_methods(years) if asked.with_cost else (), cost_apart=asked.with_cost and costs.held_back,
    )  # fmt: skip


def _so_far(year: PupilYear, on: dt.date) -> PupilYear:
    """What is estimated of days to come has not been received: it stands in no pack. What was logged stands."""
    supports = tuple(
        replace(each, received=Received(None, each.received.how)) if _goes_on(each, on) else each
        for each in year.supports
    )
    return replace(year, supports=supports)


def _goes_on(each: Support, on: dt.date) -> bool:
    return each.received.how is How.ESTIMATED and each.last > on


def _holds_something(year: PupilYear) -> bool:
    return bool(year.supports or year.views or year.reviews)


def _methods(years: Sequence[PupilYear]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words for year in years for each in year.supports for words in each.methods))


@dataclass(frozen=True, slots=True)
class _Exact:
    """Exact hours of some supports."""

    planned: Fraction
    run: Fraction
    received: Fraction | None
    how: How


def _exact(supports: Sequence[Support]) -> _Exact:
    shown = [each.received for each in supports if each.received.hours is not None]
    kinds = {each.how for each in shown} if shown else {each.received.how for each in supports}
    how = How.ESTIMATED if How.ESTIMATED in kinds else How.RECORDED if shown else How.NOT_SHOWN
    received = sum((each.hours or Fraction(0) for each in shown), Fraction(0)) if shown else None
    return _Exact(
        sum((each.planned for each in supports), Fraction(0)), sum((each.run for each in supports), Fraction(0)), received, how
    )  # fmt: skip


def _one(support: Support) -> _Exact:
    return _Exact(support.planned, support.run, support.received.hours, support.received.how)


def _spread(parts: Sequence[_Exact], whole: _Exact, printed: _Minutes | None = None) -> tuple[_Minutes, list[_Minutes]]:
    """Parts in whole minutes that add up to the whole as it is printed, in each of the three columns."""
    printed = printed or _Minutes(
        half_up(whole.planned * 60), half_up(whole.run * 60), None if whole.received is None else half_up(whole.received * 60), whole.how
    )  # fmt: skip
    planned = apportion([each.planned * 60 for each in parts], printed.planned)
    run = apportion([each.run * 60 for each in parts], printed.run)
    known = [each.received * 60 for each in parts if each.received is not None]
    received = iter(apportion(known, printed.received or 0))
    rows = zip(parts, planned, run, strict=True)
    return printed, [_Minutes(p, r, None if each.received is None else next(received), each.how) for each, p, r in rows]


def _time(minutes: int) -> str:
    return hours_and_minutes(Fraction(minutes))


def _year(year: PupilYear, printed: _Minutes, cost: str, costs: Sequence[str], asked: Asked) -> YearOfPack:
    _, minutes = _spread([_one(each) for each in year.supports], _exact(year.supports), printed)
    period = AcademicYear(year.start)
    supports = tuple(
        _support(*one, with_cost=asked.with_cost) for one in zip(year.supports, minutes, costs, strict=True)
    )
    return YearOfPack(
        words=year.words, first=period.first_day, last=period.last_day, year_group=group_words(year.year_group),
        status=year.status.words, need=year.need, hours=printed.words,
        not_shown=sum(each.received.how is How.NOT_SHOWN and each.run > 0 for each in year.supports), ended=period.last_day < asked.made_on,
        asked=_time(half_up(year.asked * 60)) if year.asked is not None else "",
        attendance=percent_words(year.attendance) if year.attendance is not None else "",
        cost=cost if asked.with_cost else "", supports=supports, views=_sayings(year.views),
        meetings=tuple(_meeting(each) for each in year.reviews), repeats=tuple(_repeated(each) for each in year.noticed),
    )  # fmt: skip


def group_words(group: int | None) -> str:
    """Such as Year 4, Reception or Nursery; nothing where it is not known."""
    if group is None:
        return ""
    return {0: "Reception", -1: "Nursery"}.get(group, f"Year {group}" if group > 0 else "Before nursery")


def _support(each: Support, minutes: _Minutes, cost: str, *, with_cost: bool) -> Supported:
    apart = cost == IN_THE_TOTAL
    return Supported(
        name=each.name, programme="" if each.programme == each.name else each.programme, kind=KINDS[each.kind], tier=TIERS[each.tier],
        need=each.need, given_by=", ".join(each.given_by), how_often=each.how_often, group=each.group, first=each.first, last=each.last,
        hours=minutes.words, cost=cost if with_cost else "", shared=_shared(each) if with_cost and not apart else "",
        no_rate=each.rate_missing if with_cost else (), estimated=with_cost and each.estimated,
        withdrawn=each.withdrawn, withdrawn_why=each.withdrawn_why, lesson=each.lesson, intended=each.intended,
        outcome=RESULT_WORDS[each.result], decision=each.decision, because=each.because,
        reviewed_on=each.reviewed_on, reviewed_by=each.reviewed_by, views=_sayings(each.views),
    )  # fmt: skip


def _shared(each: Support) -> str:
    """How a group's cost fell on its pupils; percentages that were typed are never said."""
    return each.basis.words if each.group > 1 else ""


def _sayings(views: Sequence[View]) -> tuple[Saying, ...]:
    return tuple(Saying(each.voice.words, each.on, each.said, each.worth_it) for each in views)


def _meeting(each: PupilReview) -> Meeting:
    return Meeting(each.on, each.kind, each.who, each.agreed)


def _repeated(each: Noticed) -> Repeated:
    return Repeated(each.pattern.title, each.says, tuple(row.cells for row in each.rows))
