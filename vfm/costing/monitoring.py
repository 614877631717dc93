"""Budget monitoring (costing §6): what was budgeted, what should have gone by now, what has gone, and how the year will end.

All amounts are exact pence for special and additional needs, in one financial year, at a date; the printed_… ones are
whole pence that add up. The notional budget is a guide: nothing here calls it unspent, overspent or owed.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from vfm.costing.budget import TOLERANCE, IncomeKind, IncomeLine
from vfm.costing.calendar import ONE_DAY, AcademicYear, Calendar, Period, years_after
from vfm.costing.in_year import InYear, Spend, by_tier, in_year, runs_on, spend_by, still_spread
from vfm.costing.profile import part_of
from vfm.costing.provision_map import CostedMap
from vfm.costing.variance import TO_DATE, YEAR_END, Variance, key_of, name_of
from vfm.money import add_up, apportion, half_up

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


@dataclass(frozen=True, slots=True)
class Monitoring:
    """The report that governors need, as values. Every list adds up to the figure that it breaks down.

    `profile`: the revised budget month by month. `unmapped`: parts of the year for which no provision is entered, so
    that spend leaves them out. `runs_on` holds `still_spread`. `on_authority`: the forecast on the authority's card.
    `private`: rates went into it that leadership alone is shown.
    """

    period: Period
    as_at: dt.date
    lines: tuple[BudgetLine, ...]
    spend: InYear
    tiers: dict[str, InYear]
    months: tuple[tuple[Period, Spend], ...]
    terms: tuple[tuple[Period, Spend], ...]
    profile: tuple[Fraction, ...]
    following: Period
    next_lines: tuple[tuple[IncomeKind, Fraction], ...]
    runs_on: Spend
    still_spread: Spend
    unmapped: tuple[Period, ...] = ()
    not_counted_yet: Fraction = NOTHING
    on_authority: Spend | None = None
    method: str = ""
    tolerance: Fraction = TOLERANCE
    spend_estimated: bool = True
    profile_estimated: bool = True
    next_estimated: bool = True
    private: bool = False

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
    def nothing(self) -> bool:
        """Whether there is neither money nor provision in the year, so that there is nothing to show."""
        return not (self.lines or self.spend.forecast.whole)

    @property
    def income_estimated(self) -> bool:
        """Whether any income that counts in the year is an estimate."""
        return any(line.estimated for line in self.lines)

    @property
    def spent_estimated(self) -> bool:
        """Whether spend to date is an estimate; where provision of a time before the date is not entered it is."""
        return self.spend_estimated or any(gap.first <= self.as_at for gap in self.unmapped)

    @property
    def forecast_estimated(self) -> bool:
        """The same of the whole year."""
        return self.spend_estimated or bool(self.unmapped)

    @property
    def estimated(self) -> bool:
        """Whether anything that went into the report is an estimate."""
        return self.income_estimated or self.forecast_estimated

    @property
    def actual_and_ordered(self) -> Fraction:
        """Spent to date and ordered, for pupils with SEN."""
        return self.spend.spent.sen + self.spend.ordered.sen

    @property
    def balance(self) -> Fraction:
        """Forecast balance: expected income − forecast spend for pupils with SEN."""
        return self.expected - self.spend.forecast.sen

    @property
    def printed_balance(self) -> int:
        """The same in whole pence: printed expected income − printed forecast, so that a calculator agrees."""
        return half_up(self.expected) - half_up(self.spend.forecast.sen)

    @property
    def next_year(self) -> Fraction:
        """The income expected in the following financial year."""
        return add_up(amount for _, amount in self.next_lines)

    @property
    def left_for_next_year(self) -> Fraction | None:
        """Next year's expected income − what is bound to run on past this year's last day; None: no income known yet."""
        return self.next_year - self.runs_on.sen if self.next_lines else None

    @property
    def printed_left(self) -> int | None:
        """The same in whole pence, from the two amounts as they are printed."""
        return half_up(self.next_year) - half_up(self.runs_on.sen) if self.next_lines else None

    @property
    def printed_spend(self) -> tuple[int, int, int]:
        """Spent, still to run and ordered for pupils with SEN in whole pence, adding up to the printed forecast."""
        spend = self.spend
        spent, to_run, ordered = apportion([spend.spent.sen, spend.to_run.sen, spend.ordered.sen])
        return spent, to_run, ordered

    @property
    def printed_lines(self) -> list[tuple[int, ...]]:
        """Each line's four amounts in whole pence; each column adds up to its printed total."""
        columns = zip(*(line.amounts for line in self.lines), strict=True)
        return list(zip(*(apportion(list(column)) for column in columns), strict=True))

    @property
    def variances(self) -> tuple[Variance, ...]:
        """What can be compared: spend to date, the year's end, and each kind of income against what was notified.

        Spend is compared only where the provision behind it is entered.
        """
        spend = self.spend
        spent, _, _ = self.printed_spend
        found = []
        if not any(gap.first <= self.as_at for gap in self.unmapped):
            pair = half_up(self.to_date), spent
            found.append(Variance(TO_DATE, name_of(TO_DATE), self.to_date, spend.spent.sen, self.tolerance, pair))
        if not self.unmapped:
            found.append(Variance(YEAR_END, name_of(YEAR_END), self.revised, spend.forecast.sen, self.tolerance))
        return (*found, *self._of_income())

    def _of_income(self) -> list[Variance]:
        return [
            Variance(
                key_of(line.kind),
                name_of(key_of(line.kind)),
                line.original,
                line.expected,
                self.tolerance,
                (first, now),
            )
            for line, (first, _, _, now) in zip(self.lines, self.printed_lines, strict=True)
            if line.original
        ]


def monitoring(
    income: Sequence[IncomeLine], maps: Sequence[CostedMap], period: Period, as_at: dt.date, *,
    tolerance: Fraction = TOLERANCE, on_authority: Sequence[CostedMap] = (),
) -> Monitoring:  # fmt: skip
    """The report of a financial year at the end of a day of it, from the maps of the academic years that it touches."""
    following = _following(period)
    spend = in_year(maps, period, as_at)
    calendars = [costed.calendar for costed in maps]
    spans = [span for calendar in calendars for span in calendar.spans]
    return Monitoring(
        period=period,
        as_at=spend.as_at,
        lines=tuple(_budget_lines(income, period, spend.as_at, calendars)),
        spend=spend,
        tiers=by_tier(maps, period, as_at),
        months=spend_by(maps, period.months),
        terms=spend_by(maps, [cut for span in spans if (cut := span.within(period.first, period.last))]),
        profile=_profile(income, period, calendars),
        following=following,
        next_lines=tuple(_next_lines(income, following)),
        runs_on=runs_on(maps, period, following),
        still_spread=still_spread(maps, period, following),
        unmapped=_unmapped(maps, period),
        not_counted_yet=add_up(line.not_counted_in(period) for line in income),
        on_authority=in_year(on_authority, period, as_at).forecast if on_authority else None,
        method=next((costed.method for costed in maps if costed.substitute), maps[0].method if maps else ""),
        tolerance=tolerance,
        spend_estimated=any(costed.estimated for costed in maps),
        profile_estimated=any(_leans_on_dates(line, period) for line in income) and any(c.typical for c in calendars),
        private=any(costed.pooled_difference for costed in maps),
        next_estimated=any(line.estimated for line in income if line.within(following, line.amount)),
    )


def _following(period: Period) -> Period:
    first = period.last + ONE_DAY
    return Period(f"Financial year {first.year} to {first.year + 1}", first, years_after(first, 1) - ONE_DAY)


def _counts(line: IncomeLine, period: Period) -> bool:
    amounts = line.notified, line.latest_budget
    return any(line.budgeted(period, amount) for amount in amounts) or bool(line.within(period, line.amount))


def _leans_on_dates(line: IncomeLine, period: Period) -> bool:
    return not line.months and _counts(line, period)


def _budget_lines(
    income: Sequence[IncomeLine], period: Period, as_at: dt.date, calendars: Sequence[Calendar]
) -> list[BudgetLine]:
    """The lines that count in the year, by kind in order of first appearance."""
    counted = [line for line in income if _counts(line, period)]
    kinds = dict.fromkeys(line.kind for line in counted)
    return [
        _budget_line(kind, [line for line in counted if line.kind is kind], period, as_at, calendars) for kind in kinds
    ]


def _budget_line(
    kind: IncomeKind, lines: Sequence[IncomeLine], period: Period, as_at: dt.date, calendars: Sequence[Calendar]
) -> BudgetLine:
    revised = [line.budgeted(period, line.latest_budget) for line in lines]
    parts = [part_of(line, period, as_at, calendars) for line in lines]
    return BudgetLine(
        kind=kind,
        original=add_up(line.budgeted(period, line.notified) for line in lines),
        revised=add_up(revised),
        to_date=add_up(amount * part for amount, part in zip(revised, parts, strict=True)),
        expected=add_up(line.within(period, line.amount) or NOTHING for line in lines),
        estimated=any(line.estimated for line in lines),
    )


def _profile(income: Sequence[IncomeLine], period: Period, calendars: Sequence[Calendar]) -> tuple[Fraction, ...]:
    """The revised budget month by month, by the lines' profiles; it adds up to the revised budget."""
    totals = [NOTHING] * (len(period.months) + 1)
    for line in income:
        amount = line.budgeted(period, line.latest_budget)
        if amount:
            for place, month in enumerate(period.months, start=1):
                totals[place] += amount * part_of(line, period, month.last, calendars)
    return tuple(after - before for before, after in pairwise(totals))


def _next_lines(income: Sequence[IncomeLine], following: Period) -> list[tuple[IncomeKind, Fraction]]:
    """What is expected in the following year, by kind in order of first appearance."""
    sums: dict[IncomeKind, Fraction] = {}
    for line in income:
        amount = line.within(following, line.amount)
        if amount:
            sums[line.kind] = sums.get(line.kind, NOTHING) + amount
    return list(sums.items())


def _unmapped(maps: Sequence[CostedMap], period: Period) -> tuple[Period, ...]:
    """The parts of the period that fall in academic years for which no provision is entered."""
    entered = {costed.calendar.year for costed in maps if costed.interventions}
    years = {AcademicYear.holding(day) for day in (period.first, period.last)}
    missing = sorted(years - entered, key=lambda year: year.start)
    cuts = (year.period.within(period.first, period.last) for year in missing)
    return tuple(cut for cut in cuts if cut)
