"""The provision map: every intervention of a year, costed, and its total broken down. Exact pence; printed_… rounds.

Whoever is not leadership, and every document, gets a map in which private rates were never used: the total is that of
the rates shown, and what leadership's total has beside it is one pooled difference, on leadership's map only.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from vfm.costing.calendar import AcademicYear
from vfm.costing.costed import CostedIntervention, cost_intervention
from vfm.costing.intervention import Intervention
from vfm.costing.rates import Card, RateBook
from vfm.money import add_up, apportion, half_up
from vfm.pupils.pupil import Pupil

NOT_STATED = "not stated"
Labelled = Iterable[tuple[str, Fraction]]


@dataclass(frozen=True, slots=True)
class PrintedPupils:
    """Whole pence as printed: pupils, then not attributed, then unfilled places; they add up to the printed total."""

    by_pupil: Mapping[str, int]
    not_attributed: int
    unfilled: int


@dataclass(frozen=True, slots=True)
class CostedMap:
    """A costed provision map. for_sen + for_other_needs + universal = total; every breakdown adds up to total.

    `by_pupil` holds each pupil's share in order of first appearance, `additional_by_pupil` the part of it that counts
    as additional. `without_rate`: interventions with staff whose role has no rate, whose time is not in the total.
    `pooled_difference`: actual less substitute cost of private rates, included in leadership's total; else None.
    """

    interventions: tuple[CostedIntervention, ...]
    total: Fraction
    additional: Fraction
    for_sen: Fraction
    for_other_needs: Fraction
    universal: Fraction
    by_pupil: Mapping[str, Fraction]
    additional_by_pupil: Mapping[str, Fraction]
    not_attributed: Fraction
    unfilled: Fraction
    by_tier: Mapping[str, Fraction]
    by_need: Mapping[str, Fraction]
    by_provider: Mapping[str, Fraction]
    by_funding: Mapping[str, Fraction]
    by_kind: Mapping[str, Fraction]
    card: Card = Card.ACTUAL
    leadership: bool = False
    pooled_difference: Fraction | None = None

    @property
    def substitute(self) -> bool:
        """Whether any line is costed at a substitute rate, so that the page must say so."""
        return any(each.substitute for each in self.interventions)

    @property
    def without_rate(self) -> tuple[CostedIntervention, ...]:
        return tuple(each for each in self.interventions if each.rate_missing)

    @property
    def printed_total(self) -> int:
        """The total in whole pence, rounded once."""
        return half_up(self.total)

    def printed_interventions(self) -> list[int]:
        """Each intervention's total in whole pence, adding up to the printed total."""
        return apportion([each.total for each in self.interventions])

    def printed_additional(self) -> list[int]:
        """The additional part of each intervention in whole pence, adding up to the printed total additional."""
        return apportion([each.additional for each in self.interventions])

    def printed_pupils(self) -> PrintedPupils:
        """Pupils, not attributed and unfilled places in whole pence, adding up to the printed total."""
        *pupils, nobody, empty = apportion([*self.by_pupil.values(), self.not_attributed, self.unfilled])
        return PrintedPupils(dict(zip(self.by_pupil, pupils, strict=True)), nobody, empty)

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
    *,
    leadership: bool = False,
    year: AcademicYear | None = None,
    card: Card = Card.ACTUAL,
) -> CostedMap:
    """The costed map, on the actual card or the authority's. `pupils` is the register by key.

    Without a year, dated costs count a whole year's charge. A member who is not on the register is an
    InterventionError.
    """
    book = rates.on_authority() if card is Card.AUTHORITY else rates
    costed = tuple(cost_intervention(it, book, pupils, leadership=leadership, year=year) for it in interventions)
    return CostedMap(
        interventions=costed,
        total=add_up(each.total for each in costed),
        additional=add_up(each.additional for each in costed),
        for_sen=add_up(each.for_sen for each in costed),
        for_other_needs=add_up(each.for_other_needs for each in costed),
        universal=add_up(each.universal for each in costed),
        by_pupil=_gather(costed, lambda each: each.shares.by_pupil.items()),
        additional_by_pupil=_gather(costed, _additional_shares),
        not_attributed=add_up(each.shares.not_attributed for each in costed),
        unfilled=add_up(each.shares.unfilled for each in costed),
        by_tier=_gather(costed, lambda each: [(each.intervention.tier.value, each.total)]),
        by_need=_gather(costed, lambda each: [(each.intervention.need or NOT_STATED, each.total)]),
        by_provider=_gather(costed, _by_provider),
        by_funding=_gather(costed, _by_funding),
        by_kind=_gather(costed, _by_kind),
        card=card,
        leadership=leadership,
        pooled_difference=_pooled_difference(costed, book) if leadership else None,
    )


def _gather(
    costed: Iterable[CostedIntervention], parts: Callable[[CostedIntervention], Labelled]
) -> dict[str, Fraction]:
    """Sums by label, in order of first appearance."""
    sums: dict[str, Fraction] = {}
    for each in costed:
        for label, amount in parts(each):
            sums[label] = sums.get(label, Fraction(0)) + amount
    return sums


def _pooled_difference(costed: Iterable[CostedIntervention], rates: RateBook) -> Fraction:
    """Leadership's total less everyone else's: all private rates in one figure (pence)."""
    return add_up(each.staff - each.staff_without_leadership(rates) for each in costed)


def _additional_shares(each: CostedIntervention) -> Labelled:
    return [(pupil, part * each.intervention.counts) for pupil, part in each.shares.by_pupil.items()]


def _by_provider(each: CostedIntervention) -> Labelled:
    staff = [(line.label, line.cost) for line in each.staff_lines]
    return [*staff, ("Other costs", each.other)] if each.other_lines else staff


def _by_funding(each: CostedIntervention) -> Labelled:
    shares = [(share.source, each.total * Fraction(share.percent) / 100) for share in each.intervention.funding]
    rest = each.total - add_up(amount for _, amount in shares)
    return [*shares, (NOT_STATED, rest)] if rest or not shares else shares


def _by_kind(each: CostedIntervention) -> Labelled:
    staff = [("Staff", each.staff)] if each.staff_lines else []
    return staff + [(line.kind.words, line.cost) for line in each.other_lines]
