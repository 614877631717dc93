"""When in a period a line of income is meant to be spent: as the pupil days go, or by the months that the school typed."""

import datetime as dt
from calendar import monthrange
from collections.abc import Sequence
from fractions import Fraction

from vfm.costing.budget import IncomeLine
from vfm.costing.calendar import Calendar, Period, days_between
from vfm.money import Number, add_up

EVENLY: tuple[int, ...] = (1,) * 12
"""A profile of twelve equal months, for money that goes on in the holidays too."""


def part_of(line: IncomeLine, period: Period, as_at: dt.date, calendars: Sequence[Calendar]) -> Fraction:
    """The part (0 to 1) of a line's money of the period that its profile puts on the days up to a date.

    Where its months or the pupil days leave nothing to go by (all of its days in August), it goes by days.
    """
    first, last = max(line.starts or period.first, period.first), min(line.ends or period.last, period.last)
    if as_at >= last:
        return Fraction(1)
    if line.months:
        so_far, everything = (_by_month(line.months, first, day) for day in (as_at, last))
    else:
        so_far, everything = (_pupil_days(calendars, first, day) for day in (as_at, last))
    if not everything:
        so_far, everything = Fraction(days_between(first, as_at)), Fraction(days_between(first, last))
    return so_far / everything


def _by_month(months: Sequence[Number], first: dt.date, last: dt.date) -> Fraction:
    """Σ the months' parts from `first` to `last`; a month that is cut counts by its days."""
    spans = Period("", first, last).months if first <= last else ()
    return add_up(
        Fraction(months[each.first.month - 1]) * each.days / monthrange(each.first.year, each.first.month)[1]
        for each in spans
    )


def _pupil_days(calendars: Sequence[Calendar], first: dt.date, last: dt.date) -> Fraction:
    return Fraction(sum(calendar.days_from(first, last) for calendar in calendars))
