"""A usual English school year to begin with: 190 pupil days and 5 INSET days, which the school then makes its own.

Holiday weeks differ from authority to authority; what is given here is marked typical until a person has looked at it.
Bank holidays come from the package `holidays`, which is kept up with one-off ones.
"""

import datetime as dt
from collections.abc import Sequence
from itertools import islice

import holidays

from vfm.costing.calendar import ONE_DAY, AcademicYear, Calendar, Closed, Closing, Period

STAFF_DAYS = 195
WEEK = dt.timedelta(days=7)
FRIDAY = dt.timedelta(days=4)


def usual_calendar(year: AcademicYear) -> Calendar:
    """Three terms, each with its half-term, two weeks at Easter, and as much of July as makes 195 staff days."""
    autumn = Period("Autumn term", _weekday(dt.date(year.start, 9, 1)), _friday_before(dt.date(year.start, 12, 22)))
    banks = bank_holidays(year)
    easter = _monday_from(dt.date(year.start + 1, 3, 29))
    spring_starts = _open(_monday_from(dt.date(year.start + 1, 1, 2)), banks)
    spring = Period("Spring term", spring_starts, _open(easter - 3 * ONE_DAY, banks, -ONE_DAY))
    summer_starts = _open(easter + 2 * WEEK, banks)
    closed = [*_half_terms(year), *_banks(year)]
    open_already = Calendar(year, (autumn, spring), closed)
    so_far = len(open_already.pupil_days)
    longest = Calendar(year, (Period("Summer term", summer_starts, year.last_day),), closed)
    *_, last = islice(longest.pupil_days, STAFF_DAYS - so_far)
    summer = Period("Summer term", summer_starts, last)
    within = [each for each in closed if any(term.holds(each.first) for term in (autumn, spring, summer))]
    inset = _inset(Calendar(year, (autumn, spring, summer), within))
    return Calendar(
        year, (autumn, spring, summer), sorted([*within, *inset], key=lambda each: each.first), typical=True
    )


def bank_holidays(year: AcademicYear) -> dict[dt.date, str]:
    """The bank holidays of England that fall on a weekday of an academic year, by day."""
    found = holidays.country_holidays("GB", subdiv="ENG", years=[year.start, year.start + 1])
    return {day: name for day, name in sorted(found.items()) if year.period.holds(day) and day.weekday() <= FRIDAY.days}


def _half_terms(year: AcademicYear) -> Sequence[Closed]:
    """The weeks of the last Monday in October, of the Monday nearest to 15 February, and of the last Monday in May."""
    mondays = (
        _monday_from(dt.date(year.start, 10, 25)),
        _monday_from(dt.date(year.start + 1, 2, 12)),
        _monday_from(dt.date(year.start + 1, 5, 25)),
    )
    return [Closed(Closing.HALF_TERM, monday, monday + FRIDAY) for monday in mondays]


def _banks(year: AcademicYear) -> Sequence[Closed]:
    away = {each.first + n * ONE_DAY for each in _half_terms(year) for n in range(5)}
    days = bank_holidays(year).items()
    return [Closed(Closing.BANK_HOLIDAY, day, day, name) for day, name in days if day not in away]


def _inset(calendar: Calendar) -> Sequence[Closed]:
    """The first two days of the year, the first of the other terms, and the last of all."""
    days = calendar.pupil_days
    firsts = [next(day for day in days if day >= term.first) for term in calendar.terms[1:]]
    return [Closed(Closing.INSET, day, day) for day in (days[0], days[1], *firsts, days[-1])]


def _weekday(day: dt.date) -> dt.date:
    return day if day.weekday() <= FRIDAY.days else _monday_from(day)


def _monday_from(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=-day.weekday() % 7)


def _friday_before(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=(day.weekday() - 4) % 7)


def _open(day: dt.date, away: dict[dt.date, str], step: dt.timedelta = ONE_DAY) -> dt.date:
    """The day, or the first one on from it (back from it, with a step backwards) that is no bank holiday."""
    while day in away:
        day += step
    return day
