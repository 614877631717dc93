"""Prints what a pupil's provision cost, and holds back what would give the other child's share in a group of two away.

The share of one of two is what the other's leaves. Whoever knows what an hour costs, from a line that the pupil had alone,
could work out how much of it was the other's: when that child came and went, or the percentage that was agreed. So the
cost of a group of two is printed only together with another cost: within a year, else within all years (decision 19).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from vfm.money import apportion, half_up, pounds
from vfm.value.pupil_record import PupilYear, Support

IN_THE_TOTAL = "In the total"
NOT_BY_ITSELF = "Not shown by itself"
NOUGHT = Fraction(0)


@dataclass(frozen=True, slots=True)
class Costs:
    """Printed costs of all years together, of each year, and of each support of each year; `held_back`: some are not shown."""

    total: str
    years: tuple[str, ...]
    supports: tuple[tuple[str, ...], ...]
    held_back: bool


def printed_costs(years: Sequence[PupilYear]) -> Costs:
    """Parts add up to totals as printed: the years to the total, the supports to their year."""
    alone = [_only_the_other_is_left(year.supports) for year in years]
    hidden = together([year.cost for year in years], alone)
    total = half_up(sum((year.cost for year in years), NOUGHT))
    by_year = apportion([year.cost for year in years], total)
    supports = tuple(
        _of_year(year, pence, hidden=place in hidden) for place, (year, pence) in enumerate(zip(years, by_year, strict=True))
    )  # fmt: skip
    shown = tuple(IN_THE_TOTAL if place in hidden else pounds(pence) for place, pence in enumerate(by_year))
    if len(hidden) == 1:
        return Costs(NOT_BY_ITSELF, tuple(NOT_BY_ITSELF for _ in shown), _none_shown(supports), held_back=True)
    return Costs(pounds(total), shown, supports, any(IN_THE_TOTAL in row for row in (shown, *supports)))


def _of_year(year: PupilYear, pence: int, *, hidden: bool) -> tuple[str, ...]:
    costs = [each.cost for each in year.supports]
    apart = together(costs, [each.group == 2 for each in year.supports])
    return tuple(
        IN_THE_TOTAL if hidden or place in apart else pounds(part) for place, part in enumerate(apportion(costs, pence))
    )


def _none_shown(supports: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(NOT_BY_ITSELF for _ in row) for row in supports)


def _only_the_other_is_left(supports: Sequence[Support]) -> bool:
    """Whether a year's cost is that of one group of two: then it may not stand alone any more than the group's."""
    apart = together([each.cost for each in supports], [each.group == 2 for each in supports])
    return len(apart) == 1


def together(costs: Sequence[Fraction], alone: Sequence[bool]) -> frozenset[int]:
    """The places whose costs are printed only in the total: those that may not stand alone, and one more if there is but one.

    The one more is the dearest of the others, which hides best; one that costs nothing hides nothing.
    """
    apart = {place for place, each in enumerate(alone) if each}
    others = [place for place, cost in enumerate(costs) if place not in apart and cost > 0]
    if len(apart) == 1 and others:
        apart.add(max(others, key=lambda place: costs[place]))
    return frozenset(apart)
