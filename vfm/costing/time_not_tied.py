"""Paid time for SEN that is tied to no intervention (costing §5, §6): a line of its own by kind, never smeared. Exact pence.

Hours are typed as hours at work, which is what a rate is over, or as paid hours, holidays included: a paid hour then costs
the part of an hour at work that productive hours are of paid ones, so that both ways come to the same pay.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from vfm.costing.calendar import ONE_DAY, Period, days_between
from vfm.costing.rates import Rate, RateBook
from vfm.money import Number, add_up

Books = Sequence[tuple[Period, RateBook]]
"""The rates of each academic year that a period touches, with the days for which they stand."""


class TimeKind(StrEnum):
    """What paid time for SEN is for, where it belongs to no intervention."""

    SENCO = "senco"
    COORDINATION = "co-ordination"
    REVIEWS = "reviews"
    NOT_ON_MAP = "not-on-map"

    @property
    def words(self) -> str:
        return {
            "senco": "SENCO time",
            "co-ordination": "Co-ordination and administration",
            "reviews": "Reviews and meetings in general",
            "not-on-map": "Paid hours that are not on the map",
        }[self.value]


@dataclass(frozen=True, slots=True)
class TimeNotTied:
    """Hours of a role in the financial year that are on no intervention, and the percentage of them that is SEN.

    `paid`: the hours are paid hours, holidays included, as payroll has them; else hours at work, as a timetable has them.
    """

    kind: TimeKind
    role: str
    hours: Number
    sen_share: Number = 100
    name: str = ""
    estimated: bool = True
    id: str = ""
    paid: bool = False


@dataclass(frozen=True, slots=True)
class TimeCost:
    """What some time costs: hours × what an hour of it costs on the average day (pence; None: no rate) × SEN share.

    `rates` are those that this reader may see, in order of time.
    """

    entered: TimeNotTied
    per_hour: Fraction | None
    rates: tuple[Rate, ...] = ()

    @property
    def cost(self) -> Fraction:
        """Pence; nought while there is no rate."""
        return Fraction(self.entered.hours) * (self.per_hour or 0) * Fraction(self.entered.sen_share) / 100

    @property
    def substitute(self) -> bool:
        """Costed at the authority's rate or a pay point, because the actual rate would give somebody's pay away."""
        return any(rate.substitute for rate in self.rates)

    @property
    def estimated(self) -> bool:
        """Whether the hours or a rate are estimates."""
        return self.entered.estimated or any(rate.estimated for rate in self.rates)


def cost_time(entered: TimeNotTied, books: Books, *, leadership: bool) -> TimeCost:
    """Some time at the rates of the days of a period, spread evenly over them; no cost where part of it has no rate."""
    priced = [part for days, book in books for part in _parts(entered, days, book, leadership)]
    rates = tuple(dict.fromkeys(rate for rate, _, _ in priced if rate is not None))
    days = sum(days for _, _, days in priced)
    if not days or any(price is None for _, price, _ in priced):
        return TimeCost(entered, None, rates)
    return TimeCost(entered, add_up((price or 0) * Fraction(each) for _, price, each in priced) / days, rates)


def _parts(
    entered: TimeNotTied, days: Period, book: RateBook, leadership: bool
) -> list[tuple[Rate | None, Fraction | None, int]]:
    """Each rate of the role from the first to the last of the days: it, what an hour costs, for how many days."""
    line = book.timeline(entered.role, leadership, days.first, days.last)
    ends = [day - ONE_DAY for day, _ in line[1:]] + [days.last]
    return [
        (rate, _price(entered, rate, book, day), days_between(day, end))
        for (day, rate), end in zip(line, ends, strict=True)
    ]


def _price(entered: TimeNotTied, rate: Rate | None, book: RateBook, day: dt.date) -> Fraction | None:
    part = book.worked_part(entered.role, day) if entered.paid else Fraction(1)
    return None if rate is None or part is None else rate.per_hour * part
