"""The spend side of a financial year (costing §6): what the maps put into it, when, and for which days there is no map.

All amounts are exact pence for special and additional needs; the printed_… ones are whole pence that add up.
"""

from dataclasses import dataclass
from functools import cached_property

from vfm.costing.calendar import AcademicYear, Period
from vfm.costing.in_year import InYear, Spend, by_tier, in_year, runs_on, spend_by, spend_in, still_spread
from vfm.costing.methods import counted_words, used_in
from vfm.costing.provision_map import CostedMap
from vfm.costing.year_budget import YearBudget
from vfm.money import apportion


@dataclass(frozen=True)
class YearSpend(YearBudget):
    """A financial year at the end of a day of it, from the maps of the academic years that it touches."""

    maps: tuple[CostedMap, ...]
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
        """The forecast on the authority's card; None where that was not asked for, or the card has no rate for a map."""
        known = self.authority_maps and all(costed.rated for costed in self.authority_maps)
        return spend_in(self.authority_maps, self.period.first, self.period.last) if known else None

    @cached_property
    def unmapped(self) -> tuple[Period, ...]:
        """The parts of the year for which no provision is entered, so that spend leaves them out."""
        entered = {costed.calendar.year for costed in self.maps if costed.interventions}
        years = {AcademicYear.holding(day) for day in (self.period.first, self.period.last)}
        missing = sorted(years - entered, key=lambda year: year.start)
        cuts = (year.period.within(self.period.first, self.period.last) for year in missing)
        return tuple(cut for cut in cuts if cut)

    @property
    def whole(self) -> bool:
        """Whether every part of the year has a map, so that something can be said of how it will end."""
        return not self.unmapped

    @cached_property
    def mapped(self) -> Period | None:
        """The part of the year for which provision is entered, all on end; None where there is no map at all."""
        cuts = [
            each.calendar.year.period.within(self.period.first, self.period.last)
            for each in self.maps
            if each.interventions
        ]
        held = [cut for cut in cuts if cut]
        return Period(self.period.name, held[0].first, held[-1].last) if held else None

    @property
    def end_mapped(self) -> bool:
        """Whether there is a map of the year's last day, which says what runs on past it."""
        return not any(gap.holds(self.period.last) for gap in self.unmapped)

    @cached_property
    def method(self) -> str:
        """Which cards and methods the maps were costed with, and for how many roles each."""
        return counted_words(used_in(each for costed in self.maps for each in costed.interventions)) or "no staff rate"

    @property
    def private(self) -> bool:
        """Whether rates went into it that leadership alone is shown."""
        return any(costed.pooled_difference for costed in self.maps)

    @property
    def spend_estimated(self) -> bool:
        """Whether anything on the maps is an estimate."""
        return any(costed.estimated for costed in self.maps)

    @property
    def spent_estimated(self) -> bool:
        """Whether spend to date is an estimate; where provision of a time before the date is not entered it is."""
        return self.spend_estimated or any(gap.first <= self.as_at for gap in self.unmapped)

    @property
    def forecast_estimated(self) -> bool:
        """The same of the whole year."""
        return self.spend_estimated or bool(self.unmapped)

    @property
    def printed_spend(self) -> tuple[int, int, int]:
        """Spent, still to run and ordered for pupils with SEN in whole pence, adding up to the printed forecast."""
        spend = self.spend
        spent, to_run, ordered = apportion([spend.spent.sen, spend.to_run.sen, spend.ordered.sen])
        return spent, to_run, ordered
