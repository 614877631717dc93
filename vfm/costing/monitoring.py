"""Budget monitoring (costing §6): what was budgeted, what should have gone by now, what has gone, and how the year will end.

All amounts are exact pence for special and additional needs, in one financial year, at a date. A variance is a question
to explain: the notional budget is a guide, and nothing here calls it unspent, overspent or owed.
"""

import datetime as dt
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from vfm.costing.budget import TOLERANCE, IncomeKind, IncomeLine
from vfm.costing.calendar import ONE_DAY, Calendar, Period, days_between, years_after
from vfm.costing.in_year import InYear, Spend, by_tier, in_year, runs_on, spend_by
from vfm.costing.provision_map import CostedMap
from vfm.money import Number, add_up

NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One kind of income in the year: as first notified, as revised, by its profile to date, and as now expected."""

    kind: IncomeKind
    original: Fraction
    revised: Fraction
    to_date: Fraction
    expected: Fraction


@dataclass(frozen=True, slots=True)
class Variance:
    """What was planned against what is: `key` names it for good, so that a note keeps to it."""

    key: str
    name: str
    planned: Fraction
    actual: Fraction
    tolerance: Fraction = TOLERANCE

    @property
    def difference(self) -> Fraction:
        """Actual − planned, in pence."""
        return self.actual - self.planned

    @property
    def percent(self) -> Fraction | None:
        """The difference as a percentage of what was planned; None where nothing was."""
        return self.difference * 100 / abs(self.planned) if self.planned else None

    @property
    def beyond(self) -> bool:
        """Whether it is above the tolerance, either way; exactly at it is within."""
        return abs(self.difference) > self.tolerance * abs(self.planned)


@dataclass(frozen=True, slots=True)
class Monitoring:
    """The report that governors need, as values. Every list adds up to the figure that it breaks down."""

    period: Period
    as_at: dt.date
    lines: tuple[BudgetLine, ...]
    spend: InYear
    tiers: dict[str, InYear]
    months: tuple[tuple[Period, Spend], ...]
    terms: tuple[tuple[Period, Spend], ...]
    next_year: Fraction
    runs_on: Spend
    tolerance: Fraction = TOLERANCE
    estimated: bool = True

    @property
    def original(self) -> Fraction:
        return add_up(line.original for line in self.lines)

    @property
    def revised(self) -> Fraction:
        return add_up(line.revised for line in self.lines)

    @property
    def to_date(self) -> Fraction:
        """The revised budget as it should have gone by the date, by its profile."""
        return add_up(line.to_date for line in self.lines)

    @property
    def expected(self) -> Fraction:
        return add_up(line.expected for line in self.lines)

    @property
    def actual_and_ordered(self) -> Fraction:
        """Spent to date and ordered, for pupils with SEN."""
        return self.spend.spent.sen + self.spend.ordered.sen

    @property
    def balance(self) -> Fraction:
        """Forecast balance: expected income − forecast spend for pupils with SEN."""
        return self.expected - self.spend.forecast.sen

    @property
    def left_for_next_year(self) -> Fraction:
        """Next year's expected income − what is bound to run on past this year's last day."""
        return self.next_year - self.runs_on.sen

    @property
    def variances(self) -> tuple[Variance, ...]:
        """Spend to date against the profiled budget, the year's end, and each kind of income against what was notified."""
        tolerance, spend = self.tolerance, self.spend
        lines = (
            Variance(f"income:{line.kind.value}", line.kind.value, line.original, line.expected, tolerance)
            for line in self.lines
            if line.original
        )
        return (
            Variance("to-date", "Spend to date", self.to_date, spend.spent.sen, tolerance),
            Variance("year-end", "Estimate to the year's end", self.revised, spend.forecast.sen, tolerance),
            *lines,
        )


def monitoring(
    income: Sequence[IncomeLine], maps: Sequence[CostedMap], period: Period, as_at: dt.date, *,
    tolerance: Fraction = TOLERANCE,
) -> Monitoring:  # fmt: skip
    """The report of a financial year at the end of a day of it."""
    following = Period("", period.last + ONE_DAY, years_after(period.last + ONE_DAY, 1) - ONE_DAY)
    spend = in_year(maps, period, as_at)
    calendars = [costed.calendar for costed in maps]
    kinds = dict.fromkeys(line.kind for line in income if line.within(period, line.amount))
    spans = [span for calendar in calendars for span in calendar.spans]
    return Monitoring(
        period=period,
        as_at=spend.as_at,
        lines=tuple(_budget_line(kind, income, period, spend.as_at, calendars) for kind in kinds),
        spend=spend,
        tiers=by_tier(maps, period, as_at),
        months=spend_by(maps, period.months),
        terms=spend_by(maps, [cut for span in spans if (cut := span.within(period.first, period.last))]),
        next_year=add_up(line.within(following, line.amount) or NOTHING for line in income),
        runs_on=runs_on(maps, period, following),
        tolerance=tolerance,
        estimated=any(line.estimated for line in income) or any(costed.estimated for costed in maps),
    )


def _budget_line(
    kind: IncomeKind, income: Sequence[IncomeLine], period: Period, as_at: dt.date, calendars: Sequence[Calendar]
) -> BudgetLine:  # fmt: skip
    lines = [line for line in income if line.kind is kind]
    firsts = [line.original if line.original is not None else line.amount for line in lines]
    latest = [next((a for a in (line.revised, line.original) if a is not None), line.amount) for line in lines]
    return BudgetLine(
        kind=kind,
        original=add_up(line.within(period, amount) or NOTHING for line, amount in zip(lines, firsts, strict=True)),
        revised=add_up(line.within(period, amount) or NOTHING for line, amount in zip(lines, latest, strict=True)),
        to_date=add_up(
            (line.within(period, amount) or NOTHING) * _part(line, period, as_at, calendars)
            for line, amount in zip(lines, latest, strict=True)
        ),
        expected=add_up(line.within(period, line.amount) or NOTHING for line in lines),
    )


def _part(line: IncomeLine, period: Period, as_at: dt.date, calendars: Sequence[Calendar]) -> Fraction:
    """The part (0 to 1) of a line's money of the period that its profile puts on the days up to a date."""
    first, last = max(line.starts or period.first, period.first), min(line.ends or period.last, period.last)
    last = min(last, line.until or last)
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
    if last < first:
        return NOTHING
    total = NOTHING
    for month in Period("", first, last).months:
        total += (
            Fraction(months[month.first.month - 1]) * month.days / monthrange(month.first.year, month.first.month)[1]
        )
    return total


def _pupil_days(calendars: Sequence[Calendar], first: dt.date, last: dt.date) -> Fraction:
    days = (day for calendar in calendars for day in calendar.pupil_days)
    return Fraction(sum(first <= day <= last for day in days))
