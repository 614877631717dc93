"""Spend at a date (costing §6): what has run, what is still to run, what is ordered, and so the forecast. Exact pence.

A financial year may cross two academic years, so it is read from one map or two. What falls on a day belongs to the
period that holds it. An intervention has one split for all its days: the part of it that is additional and for pupils
with SEN is the same at every date, so that what was said to be spent does not change when a pupil joins in June.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from vfm.costing.calendar import ONE_DAY, Period
from vfm.costing.costed import CostedIntervention
from vfm.costing.other_cost import OtherCost
from vfm.costing.provision_map import CostedMap
from vfm.money import add_up

NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Spend:
    """Pence of the whole map, and of them the additional part for pupils with SEN."""

    whole: Fraction = NOTHING
    sen: Fraction = NOTHING

    def __add__(self, other: "Spend") -> "Spend":
        return Spend(self.whole + other.whole, self.sen + other.sen)

    def __sub__(self, other: "Spend") -> "Spend":
        return Spend(self.whole - other.whole, self.sen - other.sen)


@dataclass(frozen=True, slots=True)
class InYear:
    """A period at a date: spent + still to run + ordered = forecast. On the last day the forecast is the outturn."""

    period: Period
    as_at: dt.date
    spent: Spend
    to_run: Spend
    ordered: Spend

    @property
    def forecast(self) -> Spend:
        return self.spent + self.to_run + self.ordered


def in_year(maps: Sequence[CostedMap], period: Period, as_at: dt.date) -> InYear:
    """Where spend stands at the end of a day of the period; a day outside it is moved to the period's edge."""
    as_at = min(max(as_at, period.first - ONE_DAY), period.last)
    spent, rest, ordered = Spend(), Spend(), Spend()
    for each in _interventions(maps):
        spent += _split(each, each.between(period.first, as_at))
        rest += _split(each, each.between(as_at + ONE_DAY, period.last))
        ordered += _split(each, each.charged_between(as_at + ONE_DAY, period.last))
    return InYear(period, as_at, spent, rest - ordered, ordered)


def spend_by(maps: Sequence[CostedMap], periods: Iterable[Period]) -> tuple[tuple[Period, Spend], ...]:
    """What falls in each of some periods, such as the months or terms of a year; it adds up to the year's."""
    return tuple((period, spend_in(maps, period.first, period.last)) for period in periods)


def spend_in(maps: Sequence[CostedMap], first: dt.date, last: dt.date) -> Spend:
    """What falls on the days from `first` to `last`, both included."""
    total = Spend()
    for each in _interventions(maps):
        total += _split(each, each.between(first, last))
    return total


def by_tier(maps: Sequence[CostedMap], period: Period, as_at: dt.date) -> dict[str, InYear]:
    """The same, tier by tier, in order of first appearance; it adds up to `in_year`."""
    tiers = dict.fromkeys(each.intervention.tier.value for each in _interventions(maps))
    return {tier: in_year([_only(costed, tier) for costed in maps], period, as_at) for tier in tiers}


def runs_on(maps: Sequence[CostedMap], period: Period, following: Period) -> Spend:
    """What is bound to run on past the period's last day into the following one.

    Interventions that began in time, as far as they are planned, and licences, equipment and training that are still
    being spread. What has not begun is not bound. A year's map holds all that counts in it, so the newest map speaks.
    """
    total = still_spread(maps, period, following)
    for each in _newest(maps, period):
        began = (each.intervention.starts_on or each.calendar.year.first_day) <= period.last
        if began:
            over = min(following.last, each.calendar.year.last_day)
            spread = add_up(cost.counted(following.first, over) for cost in _spread(each, period))
            total += _split(each, each.between(following.first, over) - spread)
    return total


def still_spread(maps: Sequence[CostedMap], period: Period, following: Period) -> Spend:
    """The part of it that is licences, equipment and training, begun by the period's last day and not yet used up."""
    total = Spend()
    for each in _newest(maps, period):
        total += _split(each, add_up(cost.counted(following.first, following.last) for cost in _spread(each, period)))
    return total


def _newest(maps: Sequence[CostedMap], period: Period) -> Iterable[CostedIntervention]:
    """What is on the map that holds the period's last day; older maps have handed on what they still spread."""
    return _interventions(costed for costed in maps if costed.calendar.year.last_day >= period.last)


def _spread(each: CostedIntervention, period: Period) -> Iterable[OtherCost]:
    costs = (line.entered for line in each.other_lines if line.entered.spread)
    return (cost for cost in costs if cost.starts and cost.starts <= period.last)


def _interventions(maps: Iterable[CostedMap]) -> Iterable[CostedIntervention]:
    return (each for costed in maps for each in costed.interventions)


def _only(costed: CostedMap, tier: str) -> CostedMap:
    chosen = tuple(each for each in costed.interventions if each.intervention.tier.value == tier)
    return CostedMap(chosen, costed.calendar, costed.card, costed.leadership)


def _split(each: CostedIntervention, cost: Fraction) -> Spend:
    return Spend(cost, cost * each.sen_part[0] / each.sen_part[1])
