"""Budget monitoring (costing §6): what was budgeted, what should have gone by now, what has gone, and how the year will end.

All amounts are exact pence for special and additional needs, in one financial year, at a date; the printed_… ones are
whole pence that add up. The notional budget is a guide: nothing here calls it unspent, overspent or owed.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from vfm.costing.budget import TOLERANCE, IncomeLine
from vfm.costing.calendar import ONE_DAY, AcademicYear, Period
from vfm.costing.in_year import InYear, Spend, by_tier, in_year, runs_on, spend_by, still_spread
from vfm.costing.provision_map import CostedMap
from vfm.costing.variance import TO_DATE, YEAR_END, Variance, key_of, name_of
from vfm.costing.year_budget import YearBudget
from vfm.money import apportion, half_up

NOTHING = Fraction(0)


@dataclass(frozen=True)
class Monitoring(YearBudget):
    """The report that governors need. Every list adds up to the figure that it breaks down; each is made when asked for.

    It is of a financial year at the end of a day of it, from the maps of the academic years that the year touches.
    """

    maps: tuple[CostedMap, ...]
    tolerance: Fraction = TOLERANCE
    authority_maps: tuple[CostedMap, ...] = ()

    @cached_property
    def spend(self) -> InYear:
        """Spent, still to run and ordered."""
        return in_year(self.maps, self.period, self.as_at)

    @cached_property
    def tiers(self) -> dict[str, InYear]:
        """The same by tier."""
        return by_tier(self.maps, self.period, self.as_at)

    @cached_property
    def months(self) -> tuple[tuple[Period, Spend], ...]:
        """What falls in each month."""
        return spend_by(self.maps, self.period.months)

    @cached_property
    def terms(self) -> tuple[tuple[Period, Spend], ...]:
        """What falls in each term, as far as it lies in the year."""
        spans = (span.within(self.period.first, self.period.last) for each in self.calendars for span in each.spans)
        return spend_by(self.maps, [cut for cut in spans if cut])

    @cached_property
    def runs_on(self) -> Spend:
        """What is bound to run on past the year's last day; it holds what is still spread."""
        return runs_on(self.maps, self.period, self.following)

    @cached_property
    def still_spread(self) -> Spend:
        """The licences, equipment and training of it."""
        return still_spread(self.maps, self.period, self.following)

    @cached_property
    def on_authority(self) -> Spend | None:
        """The forecast on the authority's card; None where that was not asked for."""
        return in_year(self.authority_maps, self.period, self.as_at).forecast if self.authority_maps else None

    @cached_property
    def unmapped(self) -> tuple[Period, ...]:
        """The parts of the year for which no provision is entered, so that spend leaves them out."""
        entered = {costed.calendar.year for costed in self.maps if costed.interventions}
        years = {AcademicYear.holding(day) for day in (self.period.first, self.period.last)}
        missing = sorted(years - entered, key=lambda year: year.start)
        cuts = (year.period.within(self.period.first, self.period.last) for year in missing)
        return tuple(cut for cut in cuts if cut)

    @property
    def method(self) -> str:
        """Which rates the maps were costed with; nothing without a map."""
        return next((each.method for each in self.maps if each.substitute), self.maps[0].method if self.maps else "")

    @property
    def private(self) -> bool:
        """Whether rates went into it that leadership alone is shown."""
        return any(costed.pooled_difference for costed in self.maps)

    @property
    def spend_estimated(self) -> bool:
        """Whether anything on the maps is an estimate."""
        return any(costed.estimated for costed in self.maps)

    @property
    def nothing(self) -> bool:
        """Whether there is neither money nor provision in the year, so that there is nothing to show."""
        return not (self.lines or self.spend.forecast.whole)

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
    """The report of a financial year at a day; one outside it is moved to its last day, or the day before its first."""
    as_at = min(max(as_at, period.first - ONE_DAY), period.last)
    calendars = tuple(costed.calendar for costed in maps)
    return Monitoring(period, as_at, tuple(income), calendars, tuple(maps), tolerance, tuple(on_authority))
