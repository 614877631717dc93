"""What one intervention costs (costing §4): its staff, its other costs, whose it is, and how it falls on its pupils.

All amounts are exact pence, all times exact hours; rounding is for whoever prints, with the printed_… functions. Inside,
numbers are whole numbers over a denominator (money.Ratio): a big map is costed in the time of a bare loop.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from vfm.costing.calendar import Calendar
from vfm.costing.delivery import Run, run_of
from vfm.costing.group import days_in_it, own_counts, split_of, whose
from vfm.costing.intervention import Intervention
from vfm.costing.other_cost import CostKind, OtherCost
from vfm.costing.sharing import Shares, Split
from vfm.costing.staffing import ALWAYS, Rates, StaffLine, staff_line
from vfm.money import Ratio, add_up, apportion
from vfm.pupils.pupil import Pupil

NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class OtherLine:
    """The part of one other cost that counts in this year (exact pence)."""

    entered: OtherCost
    cost: Fraction

    @property
    def kind(self) -> CostKind:
        return self.entered.kind

    @property
    def name(self) -> str:
        return self.entered.name


@dataclass(slots=True)
class CostedIntervention:
    """One intervention with its cost. for_sen + for_other_needs + universal = total = shares.total.

    `additional` is the part that counts as additional; it differs from for_sen + for_other_needs only where a universal
    intervention without named pupils has a share that counts. `total_ratio`, `sen_part` and `needs_part` are what it is
    made of: pence, and the parts of it that are for pupils with SEN and for other needs.
    """

    intervention: Intervention
    calendar: Calendar
    run: Run
    staff_lines: tuple[StaffLine, ...]
    other_lines: tuple[OtherLine, ...]
    staff_ratio: Ratio
    total_ratio: Ratio
    split: Split
    sen_part: Ratio
    needs_part: Ratio

    @property
    def name(self) -> str:
        return self.intervention.name

    @property
    def contact_hours(self) -> Fraction:
        """Minutes ÷ 60 × sessions run."""
        return Fraction(*self.run.contact(0, ALWAYS)) / 60

    @property
    def sessions(self) -> Fraction:
        """Sessions run in the year."""
        return self.run.sessions()

    @property
    def staff(self) -> Fraction:
        return Fraction(*self.staff_ratio)

    @property
    def other(self) -> Fraction:
        return add_up(line.cost for line in self.other_lines)

    @property
    def total(self) -> Fraction:
        return Fraction(*self.total_ratio)

    @property
    def additional(self) -> Fraction:
        return self.total * self.intervention.counts

    @property
    def for_sen(self) -> Fraction:
        return self.total * Fraction(*self.sen_part)

    @property
    def for_other_needs(self) -> Fraction:
        return self.total * Fraction(*self.needs_part)

    @property
    def universal(self) -> Fraction:
        return self.total - self.for_sen - self.for_other_needs

    @property
    def shares(self) -> Shares:
        return Shares(self.total, self.split)

    @property
    def substitute(self) -> bool:
        """Marked: some of its staff are costed at a substitute rate."""
        return any(line.substitute for line in self.staff_lines)

    @property
    def estimated(self) -> bool:
        """Whether anything that went into it is marked estimated, or leans on a calendar that nobody has confirmed."""
        leans = self.calendar.typical and self.intervention.counted_by_calendar
        return leans or self.intervention.estimated or any(line.estimated for line in self.staff_lines)

    @property
    def rate_missing(self) -> tuple[str, ...]:
        """Roles that have no rate for some of their time, which is not in the total."""
        return tuple(line.label for line in self.staff_lines if line.rate_missing)

    @property
    def pupil_hours(self) -> Fraction:
        """Σ hours of the sessions run for the pupils in the group; contact hours × size where they are not named."""
        it = self.intervention
        if not it.members:
            return self.contact_hours * (it.group_size or 0)
        return add_up(self.hours_of(member.pupil) for member in it.members)

    def hours_of(self, pupil: str, until: dt.date | None = None) -> Fraction:
        """Contact hours of the sessions run while a pupil (by key) was in it, up to a day; 0 for somebody who was not."""
        year = self.calendar.year
        if until is not None and until < year.first_day:
            return NOTHING
        end = self.calendar.place(min(until or year.last_day, year.last_day))
        spans = (
            days_in_it(self.calendar, self.run, member.joined, member.left)
            for member in self.intervention.members
            if member.pupil == pupil
        )
        return add_up(Fraction(*self.run.contact(first, min(last, end))) / 60 for first, last in spans)

    @property
    def cost_per_pupil(self) -> Fraction | None:
        """Total ÷ everyone in it; None where nobody is named and no size is given."""
        return self.total / self.intervention.pupils if self.intervention.pupils else None

    @property
    def cost_per_hour(self) -> Fraction | None:
        """Total ÷ contact hours; None where it has none."""
        return self.total / self.contact_hours if self.contact_hours else None

    @property
    def cost_per_pupil_hour(self) -> Fraction | None:
        """Total ÷ pupil hours; None where there are none."""
        return self.total / self.pupil_hours if self.pupil_hours else None

    def between(self, first: dt.date, last: dt.date) -> Fraction:
        """Exact pence of it that fall on the days from `first` to `last`, both included, of this academic year."""
        first, last = self._of_year(first, last)
        if last < first:
            return NOTHING
        a, b = self.calendar.place(first), self.calendar.place(last)
        others = (_other_between(line.entered, self.run, self.calendar, a, b) for line in self.other_lines)
        return self.staff_between(first, last) + add_up(others)

    def staff_between(self, first: dt.date, last: dt.date) -> Fraction:
        """Exact pence of its staff alone on those days."""
        first, last = self._of_year(first, last)
        if last < first:
            return NOTHING
        a, b = self.calendar.place(first), self.calendar.place(last)
        return add_up(Fraction(*line.between(a, b)) for line in self.staff_lines)

    def charged_between(self, first: dt.date, last: dt.date) -> Fraction:
        """Exact pence of it that are charged on a date of their own from `first` to `last`, of this academic year."""
        first, last = self._of_year(first, last)
        dated = (line.entered for line in self.other_lines if line.entered.starts and not line.entered.spread)
        return add_up(cost.a_year for cost in dated if cost.starts and first <= cost.starts <= last)

    def _of_year(self, first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
        return max(first, self.calendar.year.first_day), min(last, self.calendar.year.last_day)

    def printed_staff_and_other(self) -> tuple[int, int]:
        """Staff and other cost in whole pence, adding up to the printed total."""
        staff, other = apportion([self.staff, self.other])
        return staff, other

    def printed_shares(self) -> list[int]:
        """Whole pence: each pupil in list order, then not attributed, then unfilled; they add up to the total."""
        shares = self.shares
        return apportion([*shares.by_pupil.values(), shares.not_attributed, shares.unfilled])


def cost_intervention(
    it: Intervention, rates: Rates, pupils: Mapping[str, Pupil], calendar: Calendar
) -> CostedIntervention:
    """The cost of one intervention in the calendar's year. Its members stand on the register, else InterventionError."""
    run = run_of(it.delivery, it.minutes, calendar, it.starts_on, it.ends_on, it.counted, it.not_run)
    lines = tuple([staff_line(it, staff, rates, run) for staff in it.staff])
    staff = total = _sum([line.ratio for line in lines])
    others: tuple[OtherLine, ...] = ()
    if it.other_costs:
        last = calendar.last_place
        others = tuple(OtherLine(cost, _other_between(cost, run, calendar, 0, last)) for cost in it.other_costs)
        total = _sum([staff, *(line.cost.as_integer_ratio() for line in others)])
    own = own_counts(it, calendar, run)
    split = split_of(it, run, own)
    sen, needs = whose(it, split, own, pupils, run, calendar)
    return CostedIntervention(it, calendar, run, lines, others, staff, total, split, sen, needs)


def _sum(ratios: Sequence[Ratio]) -> Ratio:
    total, over = 0, 1
    for above, below in ratios:
        if below == over:
            total += above
        elif total == 0:
            total, over = above, below
        else:
            common = lcm(over, below)
            total, over = total * (common // over) + above * (common // below), common
    return total, over


def _other_between(cost: OtherCost, run: Run, calendar: Calendar, first: int, last: int) -> Fraction:
    """Pence between two day numbers; what has no date goes with the sessions."""
    if cost.starts is not None:
        day = calendar.year.first_day
        return cost.counted(day + dt.timedelta(days=first), day + dt.timedelta(days=last))
    if run.all:
        return cost.a_year * Fraction(run.count(first, last), run.all)
    return cost.a_year if first <= run.first <= last else NOTHING
