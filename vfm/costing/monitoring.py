"""Budget monitoring (costing §6): what was budgeted, what should have gone by now, what has gone, and how the year will end.

All amounts are exact pence for special and additional needs, in one financial year, at a date; the printed_… ones are
whole pence that add up. The notional budget is a guide: nothing here calls it unspent, overspent or owed.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from vfm.costing.budget import TOLERANCE, IncomeLine
from vfm.costing.calendar import ONE_DAY, Period
from vfm.costing.provision_map import CostedMap
from vfm.costing.variance import TO_DATE, YEAR_END, Variance, key_of, name_of
from vfm.costing.year_spend import YearSpend
from vfm.money import half_up


@dataclass(frozen=True)
class Monitoring(YearSpend):
    """The report that governors need. Every list adds up to the figure that it breaks down; each is made when asked for.

    It is of a financial year at the end of a day of it, from the maps of the academic years that the year touches. Where one
    of them has no map, nothing here sets twelve months of income against the cost of fewer: see `same_days`.
    """

    tolerance: Fraction = TOLERANCE

    @property
    def nothing(self) -> bool:
        """Whether there is neither money nor provision in the year, so that there is nothing to show."""
        return not (self.lines or self.spend.forecast.whole)

    @property
    def estimated(self) -> bool:
        """Whether anything that went into the report is an estimate."""
        return self.income_estimated or self.forecast_estimated

    @property
    def actual_and_ordered(self) -> Fraction:
        """Spent to date and ordered, for pupils with SEN."""
        return self.spend.spent.sen + self.spend.ordered.sen

    @property
    def balance(self) -> Fraction | None:
        """Forecast balance: expected income − forecast spend for pupils with SEN; None: part of the year has no map."""
        return self.expected - self.spend.forecast.sen if self.whole else None

    @property
    def printed_balance(self) -> int | None:
        """The same in whole pence: printed expected income − printed forecast, so that a calculator agrees."""
        return half_up(self.expected) - half_up(self.spend.forecast.sen) if self.whole else None

    @property
    def left_for_next_year(self) -> Fraction | None:
        """Next year's expected income − what is bound to run on past this year's last day.

        None: no income of next year is known yet, or there is no map of the last day, which alone says what runs on.
        """
        return self.next_year - self.runs_on.sen if self.next_lines and self.end_mapped else None

    @property
    def printed_left(self) -> int | None:
        """The same in whole pence, from the two amounts as they are printed."""
        return None if self.left_for_next_year is None else half_up(self.next_year) - half_up(self.runs_on.sen)

    @property
    def to_date_mapped(self) -> bool:
        """Whether all days of the year up to the date have a map, so that spend to date can be compared."""
        return not any(gap.first <= self.as_at for gap in self.unmapped)

    @property
    def same_days(self) -> tuple[tuple[Period, Variance], ...]:
        """Where part of the year has no map: the budget by its profile and the cost of the days that have one.

        First as far as the date, unless it comes before them, then all of them. Nothing where the year is whole.
        """
        days = None if self.whole else self.mapped
        if days is None:
            return ()
        spent, forecast = self.printed_spend[0], half_up(self.spend.forecast.sen)
        every = [(days, YEAR_END, self.spend.forecast.sen, forecast)]
        so_far = days.within(days.first, self.as_at)
        if so_far and so_far != days:
            every.insert(0, (so_far, TO_DATE, self.spend.spent.sen, spent))
        return tuple((cut, self._of_days(cut, key, cost, printed)) for cut, key, cost, printed in every)

    def _of_days(self, days: Period, key: str, cost: Fraction, printed: int) -> Variance:
        budget = self.budgeted_on(days)
        name = f"Cost against the budget by its profile, {days.dates}"
        return Variance(key, name, budget, cost, self.tolerance, (half_up(budget), printed))

    @property
    def variances(self) -> tuple[Variance, ...]:
        """What can be compared: spend to date, the year's end, and each kind of income against what was notified.

        Spend is compared only where the provision behind it is entered.
        """
        spend = self.spend
        spent, _, _ = self.printed_spend
        found = []
        if self.to_date_mapped:
            pair = half_up(self.to_date), spent
            found.append(Variance(TO_DATE, name_of(TO_DATE), self.to_date, spend.spent.sen, self.tolerance, pair))
        if self.whole:
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
    """The report of a financial year at a day; one outside it is moved to its last day, or the day before its first."""
    as_at = min(max(as_at, period.first - ONE_DAY), period.last)
    calendars = tuple(costed.calendar for costed in maps)
    return Monitoring(period, as_at, tuple(income), calendars, tuple(maps), tuple(on_authority), tolerance)
