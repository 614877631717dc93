"""What sessions cost that were planned and did not run: their staff were paid all the same. Exact pence."""

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction

from vfm.costing.calendar import Period
from vfm.costing.costed import CostedIntervention
from vfm.costing.delivery import NotRun, OnDays
from vfm.costing.rates import Rate
from vfm.costing.staffing import StaffLine
from vfm.money import Number, add_up

NOTHING = Fraction(0)


def cancelled_cost(each: CostedIntervention, period: Period) -> Fraction:
    """Pence of staff in a period for an intervention's cancelled sessions.

    One with a date costs that day's rate, in the period that holds the day; the others go in step with those that ran.
    """
    year = each.calendar.year.period
    days = year.within(period.first, period.last)
    if days is None or not each.run.cancelled:
        return NOTHING
    entered = each.intervention.not_run
    dated = [(one.on, one.sessions) for one in entered if one.on and year.holds(one.on)]
    loose = _sessions(one for one in entered if not (one.on and year.holds(one.on)))
    cost = add_up(Fraction(sessions) * _session(each, day) for day, sessions in dated if days.holds(day))
    # Whoever enters more than was planned has cancelled all of it, and no more.
    return (cost + loose * _loose(each, days)) * each.run.cancelled / _sessions(entered)


def _sessions(every: Iterable[NotRun]) -> Fraction:
    return add_up(Fraction(one.sessions) for one in every)


def _loose(each: CostedIntervention, days: Period) -> Fraction:
    """What one session without a date costs in the period: as those that ran, else by the days between start and end."""
    if each.sessions:
        return each.staff_between(days.first, days.last) / each.sessions
    first, last = each.run.first, each.run.last
    start, end = max(first, each.calendar.place(days.first)), min(last, each.calendar.place(days.last))
    if end < start:
        return NOTHING
    part = Fraction(_days(each, start, end), _days(each, first, last))
    return part * _session(each, each.calendar.year.first_day + dt.timedelta(days=end))


def _days(each: CostedIntervention, first: int, last: int) -> int:
    """Pupil days between two day numbers; all days where the whole of it is in the holidays."""
    marks = each.calendar.every_day
    none = marks[each.run.last + 1] == marks[each.run.first]
    return last + 1 - first if none else marks[last + 1] - marks[first]


def _session(each: CostedIntervention, day: dt.date) -> Fraction:
    minutes = Fraction(_minutes(each, day))
    return add_up(_worth(line, minutes, each.calendar.place(day)) for line in each.staff_lines)


def _minutes(each: CostedIntervention, day: dt.date) -> Number:
    it = each.intervention
    slots = it.delivery.slots if isinstance(it.delivery, OnDays) else ()
    own = (slot.minutes for slot in slots if slot.weekday == day.weekday() and slot.minutes is not None)
    return next(own, it.minutes)


def _worth(line: StaffLine, minutes: Fraction, place: int) -> Fraction:
    rate = _rate(line, place)
    if rate is None:
        return NOTHING
    preparation = NOTHING if rate.covers_preparation else Fraction(*line.preparation)
    return Fraction(line.staff.number) * (minutes + preparation) / 60 * rate.per_hour


def _rate(line: StaffLine, place: int) -> Rate | None:
    return next((each.rate for each in line.segments if each.first <= place <= each.last), None)
