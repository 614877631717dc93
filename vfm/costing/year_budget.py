"""The income side of a financial year (costing §6): each kind as budgeted, by its profile to a date, and as expected.

All amounts are exact pence; the printed_… ones are whole pence that add up.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from vfm.costing.budget import IncomeKind, IncomeLine
from vfm.costing.calendar import ONE_DAY, Calendar, Period, years_after
from vfm.costing.profile import part_of
from vfm.money import add_up, apportion

NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One kind of income in the year: as first notified, as revised, by its profile to date, and as now expected."""

    kind: IncomeKind
    original: Fraction
    revised: Fraction
    to_date: Fraction
    expected: Fraction
    estimated: bool = True

    @property
    def amounts(self) -> tuple[Fraction, ...]:
        return self.original, self.revised, self.to_date, self.expected


@dataclass(frozen=True)
class YearBudget:
    """The income register in one financial year at the end of a day of it; profiles go by the school's calendars."""

    period: Period
    as_at: dt.date
    income: tuple[IncomeLine, ...]
    calendars: tuple[Calendar, ...]

    @cached_property
    def lines(self) -> tuple[BudgetLine, ...]:
        """The income that counts in the year, by kind in order of first appearance."""
        counted = [line for line in self.income if _counts(line, self.period)]
        kinds = dict.fromkeys(line.kind for line in counted)
        return tuple(self._line(kind, [line for line in counted if line.kind is kind]) for kind in kinds)

    def _line(self, kind: IncomeKind, lines: Sequence[IncomeLine]) -> BudgetLine:
        revised = [line.budgeted(self.period, line.latest_budget) for line in lines]
        parts = [part_of(line, self.period, self.as_at, self.calendars) for line in lines]
        return BudgetLine(
            kind=kind,
            original=add_up(line.budgeted(self.period, line.notified) for line in lines),
            revised=add_up(revised),
            to_date=add_up(amount * part for amount, part in zip(revised, parts, strict=True)),
            expected=add_up(line.within(self.period, line.amount) or NOTHING for line in lines),
            estimated=any(line.estimated for line in lines),
        )

    @cached_property
    def profile(self) -> tuple[Fraction, ...]:
        """The revised budget month by month, by the lines' profiles; it adds up to the revised budget."""
        totals = [NOTHING] * (len(self.period.months) + 1)
        for line in self.income:
            amount = line.budgeted(self.period, line.latest_budget)
            for place, month in enumerate(self.period.months if amount else (), start=1):
                totals[place] += amount * part_of(line, self.period, month.last, self.calendars)
        return tuple(after - before for before, after in pairwise(totals))

    def budgeted_on(self, days: Period) -> Fraction:
        """The revised budget that its profiles put on some days of the year."""
        totals = NOTHING
        for line in self.income:
            amount = line.budgeted(self.period, line.latest_budget)
            if amount:
                ends = days.last, days.first - ONE_DAY
                after, before = (part_of(line, self.period, day, self.calendars) for day in ends)
                totals += amount * (after - before)
        return totals

    @cached_property
    def following(self) -> Period:
        """The next financial year."""
        first = self.period.last + ONE_DAY
        return Period(f"Financial year {first.year} to {first.year + 1}", first, years_after(first, 1) - ONE_DAY)

    @cached_property
    def next_lines(self) -> tuple[tuple[IncomeKind, Fraction], ...]:
        """What is expected in the following year, by kind in order of first appearance."""
        sums: dict[IncomeKind, Fraction] = {}
        for line in self.income:
            amount = line.within(self.following, line.amount)
            if amount:
                sums[line.kind] = sums.get(line.kind, NOTHING) + amount
        return tuple(sums.items())

    @property
    def not_counted_yet(self) -> Fraction:
        """The amounts of lines without dates or share: in no other figure."""
        return add_up(line.not_counted_in(self.period) for line in self.income)

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
    def next_year(self) -> Fraction:
        """The income expected in the following financial year."""
        return add_up(amount for _, amount in self.next_lines)

    @property
    def income_estimated(self) -> bool:
        """Whether any income that counts in the year is an estimate."""
        return any(line.estimated for line in self.lines)

    @property
    def profile_estimated(self) -> bool:
        """Whether the budget to date leans on a calendar that nobody has confirmed."""
        leans = any(not line.months and _counts(line, self.period) for line in self.income)
        return leans and any(calendar.typical for calendar in self.calendars)

    @property
    def next_estimated(self) -> bool:
        """Whether any income of the following year is an estimate."""
        return any(line.estimated for line in self.income if line.within(self.following, line.amount))

    @property
    def printed_lines(self) -> list[tuple[int, ...]]:
        """Each line's four amounts in whole pence; each column adds up to its printed total."""
        columns = zip(*(line.amounts for line in self.lines), strict=True)
        return list(zip(*(apportion(list(column)) for column in columns), strict=True))


def _counts(line: IncomeLine, period: Period) -> bool:
    amounts = line.notified, line.latest_budget
    return any(line.budgeted(period, amount) for amount in amounts) or bool(line.within(period, line.amount))
