"""The provision map: every intervention of a year, costed, and its total broken down. Exact pence; printed_… rounds.

Whoever is not leadership, and every document, gets a map in which private rates were never used: the total is that of
the rates shown, and what leadership's total has beside it is one pooled difference, on leadership's map only.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import lcm

from vfm.costing.calendar import Calendar
from vfm.costing.costed import CostedIntervention, cost_intervention
from vfm.costing.intervention import Intervention
from vfm.costing.rates import Card, RateBook
from vfm.costing.sharing import Basis
from vfm.costing.staffing import ALWAYS, Rates
from vfm.money import Ratio, add_ratios, apportion, apportion_over, half_up, over_one
from vfm.pupils.pupil import Pupil

NOT_STATED = "not stated"
Labelled = list[tuple[str, Ratio]]


@dataclass(frozen=True, slots=True)
class PrintedPupils:
    """Whole pence as printed: pupils, then not attributed, then unfilled places; they add up to the printed total."""

    by_pupil: Mapping[str, int]
    not_attributed: int
    unfilled: int


@dataclass(frozen=True)
class CostedMap:
    """A costed provision map. for_sen + for_other_needs + universal = total; every breakdown adds up to total.

    `pooled_difference`: actual less substitute cost of private rates, included in leadership's total; else None.
    """

    interventions: tuple[CostedIntervention, ...]
    calendar: Calendar
    card: Card = Card.ACTUAL
    leadership: bool = False
    pooled_difference: Fraction | None = None

    @cached_property
    def total(self) -> Fraction:
        return add_ratios(each.total_ratio for each in self.interventions)

    @cached_property
    def additional(self) -> Fraction:
        return add_ratios(_times(each.total_ratio, each.intervention.counts_ratio) for each in self.interventions)

    @cached_property
    def for_sen(self) -> Fraction:
        return add_ratios(_times(each.total_ratio, each.sen_part) for each in self.interventions)

    @cached_property
    def for_other_needs(self) -> Fraction:
        return add_ratios(_times(each.total_ratio, each.needs_part) for each in self.interventions)

    @property
    def universal(self) -> Fraction:
        return self.total - self.for_sen - self.for_other_needs

    @cached_property
    def pupils_over_one(self) -> tuple[dict[str, int], int]:
        """Each pupil's share as a whole number, in order of first appearance, and the denominator of them all."""
        return _over_pupils([(each, each.total_ratio) for each in self.interventions])

    @property
    def by_pupil(self) -> Mapping[str, Fraction]:
        """Each pupil's share, in order of first appearance."""
        return _as_fractions(self.pupils_over_one)

    @cached_property
    def additional_by_pupil(self) -> Mapping[str, Fraction]:
        """The part of each pupil's share that counts as additional."""
        its = self.interventions
        return _as_fractions(
            _over_pupils([(each, _times(each.total_ratio, each.intervention.counts_ratio)) for each in its])
        )

    @cached_property
    def not_attributed(self) -> Fraction:
        return add_ratios(each.total_ratio for each in self.interventions if not each.split.over)

    @cached_property
    def unfilled(self) -> Fraction:
        """The cost of places that nobody filled."""
        return add_ratios(
            _times(each.total_ratio, (each.split.over - each.split.carried, each.split.over))
            for each in self.interventions
            if each.split.over and each.intervention.basis is Basis.BY_PLACE
        )

    @cached_property
    def by_tier(self) -> Mapping[str, Fraction]:
        return _gather((each.intervention.tier.value, each.total_ratio) for each in self.interventions)

    @cached_property
    def by_need(self) -> Mapping[str, Fraction]:
        return _gather((each.intervention.need or NOT_STATED, each.total_ratio) for each in self.interventions)

    @cached_property
    def by_provider(self) -> Mapping[str, Fraction]:
        return _gather(part for each in self.interventions for part in _by_provider(each))

    @cached_property
    def by_funding(self) -> Mapping[str, Fraction]:
        return _gather(part for each in self.interventions for part in _by_funding(each))

    @cached_property
    def by_kind(self) -> Mapping[str, Fraction]:
        return _gather(part for each in self.interventions for part in _by_kind(each))

    @cached_property
    def substitute(self) -> bool:
        """Whether any line is costed at a substitute rate, so that the page must say so."""
        return any(each.substitute for each in self.interventions)

    @cached_property
    def estimated(self) -> bool:
        """Whether anything that it was made from is an estimate."""
        return any(each.estimated for each in self.interventions)

    @cached_property
    def rated(self) -> bool:
        """Whether its card has a rate for any role at work on it; where it has none, what staff cost on it is not known."""
        lines = [
            line
            for each in self.interventions
            for line in each.staff_lines
            if line.segments and line.staff.rate is None
        ]
        return not lines or any(line.rates for line in lines)

    @property
    def method(self) -> str:
        """Which rates it was costed with."""
        return self.card.words + (", with a substitute where pay could be read" if self.substitute else "")

    @property
    def without_rate(self) -> tuple[CostedIntervention, ...]:
        """Interventions with staff whose role has no rate for some of their time, which is not in the total."""
        return tuple(each for each in self.interventions if each.rate_missing)

    @property
    def printed_total(self) -> int:
        """The total in whole pence, rounded once."""
        return half_up(self.total)

    def printed_interventions(self) -> list[int]:
        """Each intervention's total in whole pence, adding up to the printed total."""
        return apportion_over(*over_one(each.total_ratio for each in self.interventions))

    def printed_additional(self) -> list[int]:
        """The additional part of each intervention in whole pence, adding up to the printed total additional."""
        parts = (_times(each.total_ratio, each.intervention.counts_ratio) for each in self.interventions)
        return apportion_over(*over_one(parts))

    def printed_pupils(self) -> PrintedPupils:
        """Pupils, not attributed and unfilled places in whole pence, adding up to the printed total."""
        shares, over = self.pupils_over_one
        rest = [self.not_attributed.as_integer_ratio(), self.unfilled.as_integer_ratio()]
        *pupils, nobody, empty = apportion_over(*over_one([*((share, over) for share in shares.values()), *rest]))
        return PrintedPupils(dict(zip(shares, pupils, strict=True)), nobody, empty)

    def printed_whose(self) -> tuple[int, int, int]:
        """For pupils with SEN, for other needs, universal: whole pence, adding up to the printed total."""
        sen, needs, universal = apportion([self.for_sen, self.for_other_needs, self.universal])
        return sen, needs, universal


def printed(breakdown: Mapping[str, Fraction]) -> dict[str, int]:
    """A breakdown in whole pence, adding up to its printed total."""
    return dict(zip(breakdown, apportion(list(breakdown.values())), strict=True))


def cost_map(
    interventions: Sequence[Intervention],
    rates: RateBook,
    pupils: Mapping[str, Pupil],
    calendar: Calendar,
    *,
    leadership: bool = False,
    card: Card = Card.ACTUAL,
) -> CostedMap:
    """The map costed in a calendar's year, on the actual card or the authority's. `pupils` is the register by key.

    A member who is not on the register is an InterventionError.
    """
    book = rates.on_authority() if card is Card.AUTHORITY else rates
    seen = Rates(book, calendar, leadership)
    costed = tuple(cost_intervention(it, seen, pupils, calendar) for it in interventions)
    pooled = _pooled_difference(costed, Rates(book, calendar, False), seen) if leadership else None
    return CostedMap(costed, calendar, card, leadership, pooled)


def _times(one: Ratio, other: Ratio) -> Ratio:
    return one[0] * other[0], one[1] * other[1]


def _over_pupils(parts: Sequence[tuple[CostedIntervention, Ratio]]) -> tuple[dict[str, int], int]:
    over = lcm(*{below * each.split.over for each, (_, below) in parts if each.split.over})
    sums: dict[str, int] = {}
    for each, (above, below) in parts:
        worth = above * (over // (below * each.split.over)) if each.split.over else 0
        for pupil, weight in each.split.weights.items():
            sums[pupil] = sums.get(pupil, 0) + weight * worth
    return sums, over


def _as_fractions(shares: tuple[dict[str, int], int]) -> dict[str, Fraction]:
    return {pupil: Fraction(share, shares[1]) for pupil, share in shares[0].items()}


def _gather(parts: Iterable[tuple[str, Ratio]]) -> dict[str, Fraction]:
    """Sums by label, in order of first appearance."""
    sums: dict[str, dict[int, int]] = {}
    for label, (above, below) in parts:
        of_label = sums.get(label)
        if of_label is None:
            of_label = sums[label] = {}
        of_label[below] = of_label.get(below, 0) + above
    return {label: add_ratios((above, below) for below, above in each.items()) for label, each in sums.items()}


def _pooled_difference(costed: Iterable[CostedIntervention], without: Rates, seen: Rates) -> Fraction:
    """Leadership's total less everyone else's: all private rates in one figure (pence)."""
    lines = [
        line
        for each in costed
        for line in each.staff_lines
        if line.staff.paid and line.staff.rate is None and without.of(line.staff.role) != seen.of(line.staff.role)
    ]
    theirs = [replace(line, segments=without.of(line.staff.role)).between(0, ALWAYS) for line in lines]
    return add_ratios(line.ratio for line in lines) - add_ratios(theirs)


def _by_provider(each: CostedIntervention) -> Labelled:
    staff = [(line.label, line.ratio) for line in each.staff_lines]
    return [*staff, ("Other costs", each.other.as_integer_ratio())] if each.other_lines else staff


def _by_funding(each: CostedIntervention) -> Labelled:
    total, left = each.total_ratio, (1, 1)
    shares = []
    for share in each.intervention.funding:
        above, below = share.percent.as_integer_ratio()
        shares.append((share.source, _times(total, (above, below * 100))))
        left = (left[0] * below * 100 - above * left[1], left[1] * below * 100)
    return [*shares, (NOT_STATED, _times(total, left))] if left[0] or not shares else shares


def _by_kind(each: CostedIntervention) -> Labelled:
    staff = [("Staff", each.staff_ratio)] if each.staff_lines else []
    return staff + [(line.kind.words, line.cost.as_integer_ratio()) for line in each.other_lines]
