"""Makes one year of a pupil's record from the lines that the pupil is in, costed as the year's map costs them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from vfm.costing.claim import Claim, ClaimRules, claim
from vfm.costing.costed import CostedIntervention
from vfm.costing.how_often import how_often
from vfm.costing.intervention import Membership
from vfm.costing.methods import used_in
from vfm.costing.provision_map import CostedMap
from vfm.pupils.pupil import NEED_TYPES, Pupil
from vfm.value.noticed import Noticed
from vfm.value.pupil_record import How, PupilReview, PupilYear, Received, Support, View
from vfm.value.section_f import MINUTES, SectionF, asked_in, planned_and_run
from vfm.value.taken import Taken

NOTHING = Fraction(0)
YOUNGEST = -2


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of a pupil's year beside the map. `views` by the key of a line, the year's own under an empty one.

    `asked` is what the plan says now; it is left out of years for which nobody knows what it said.
    """

    views: Mapping[str, Sequence[View]] = field(default_factory=dict)
    asked: SectionF | None = None
    attendance: Fraction | None = None
    reviews: Sequence[PupilReview] = ()
    noticed: Sequence[Noticed] = ()


def pupil_year(
    pupil: Pupil, actual: CostedMap, authority: CostedMap, rules: ClaimRules, taken: Sequence[Taken], beside: Beside,
    today: dt.date,
) -> PupilYear:  # fmt: skip
    """One academic year. The maps are of the same lines, all of them the pupil's; `actual` on the rates that the reader may see."""
    year, claimed = actual.calendar.year, claim(pupil.id, authority, rules)
    mine = {each.line: each for each in taken if each.year == year.start}
    supports = tuple(
        _support(pupil, each, mine[each.intervention.id], claimed, beside, today) for each in actual.interventions
    )
    lines = {each.line for each in supports}
    views = [view for line, views in beside.views.items() if line not in lines for view in views]
    this_year = year.period.holds(today) or today < year.first_day
    return PupilYear(
        start=year.start, words=year.words, year_group=pupil.year_in(year.start),
        status=pupil.status_on(min(max(today, year.first_day), year.last_day)),
        need=NEED_TYPES[pupil.need].words if this_year and pupil.need in NEED_TYPES else "",
        supports=supports, asked=asked_in(beside.asked, pupil, actual.calendar) if beside.asked else None,
        attendance=beside.attendance, claim=claimed.total if claimed.lines else None,
        views=tuple(sorted(views, key=lambda view: view.on)), reviews=tuple(beside.reviews), noticed=tuple(beside.noticed),
    )  # fmt: skip


def _support(
    pupil: Pupil, each: CostedIntervention, taken: Taken, claimed: Claim, beside: Beside, today: dt.date
) -> Support:
    it, term = each.intervention, each.calendar.year
    planned, run = planned_and_run(each, pupil.id)
    member = next(one for one in it.members if one.pupil == pupil.id)
    on_claim = next((line.cost for line in claimed.lines if line.intervention == it.id), None)
    return Support(
        line=it.id, name=it.name, programme=it.programme, tier=it.tier, need=it.need, kind=it.time_kind,
        given_by=tuple(dict.fromkeys(line.label for line in each.staff_lines)), group=len(it.members), basis=it.basis,
        first=max(taken.first, term.first_day), last=min(taken.last, term.last_day), planned=planned, run=run,
        received=received(each, member, each.hours_of(pupil.id, until=today), beside.attendance), cost=each.shares.by_pupil.get(pupil.id, NOTHING),
        rate_missing=each.rate_missing, estimated=each.estimated, methods=tuple(used.words for used in used_in([each])),
        how_often=how_often(it), on_claim=on_claim, withdrawn=it.withdrawn, withdrawn_why=it.withdrawn_reason, lesson=it.lesson, intended=it.outcome,
        result=member.result, decision=taken.decision, because=taken.because, reviewed_on=it.reviewed_on,
        reviewed_by=it.reviewed_by, views=tuple(beside.views.get(it.id, ())),
    )  # fmt: skip


def received(each: CostedIntervention, member: Membership, run: Fraction, attendance: Fraction | None) -> Received:
    """Hours that a pupil received: of the sessions that were logged, else what has run × attendance (percent), an estimate.

    Where neither is known, or nothing ran, it is not shown that any were received (costing §5).
    """
    if member.received is not None:
        return Received(Fraction(member.received) * _hours_of_a_session(each), How.RECORDED)
    if attendance is None or not run:
        return Received(None, How.NOT_SHOWN)
    return Received(run * attendance / 100, How.ESTIMATED)


def _hours_of_a_session(each: CostedIntervention) -> Fraction:
    """The mean of those that ran, where their minutes differ from day to day."""
    return each.contact_hours / each.sessions if each.sessions else Fraction(each.intervention.minutes) / MINUTES
