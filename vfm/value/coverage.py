"""What the map does not show: spend without an outcome, what ended without review, and pupils above £6,000."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from vfm.costing.costed import CostedIntervention
from vfm.costing.provision_map import CostedMap
from vfm.costing.rates import Card
from vfm.money import add_up, in_pence
from vfm.pupils.pupil import Pupil

THRESHOLD = Decimal(6000)
"""Pounds a pupil a year (content/domain.md §3). A line on the report: not owed, not to be spent first."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some interventions of a map, their cost (exact pence), and their share of it (0 to 1; None of £0)."""

    interventions: tuple[CostedIntervention, ...]
    amount: Fraction
    share: Fraction | None


@dataclass(frozen=True, slots=True)
class OverThreshold:
    """A pupil whose additional cost (exact pence, on the authority's rates) is above the threshold without top-up."""

    pupil: str
    amount: Fraction


def without_outcome(costed: CostedMap) -> Part:
    """Interventions with no result recorded for any pupil. "Not recorded" is not "not met"."""
    return part_of(costed, tuple(each for each in costed.interventions if not each.intervention.has_outcome))


def ended_without_review(costed: CostedMap, today: dt.date) -> Part:
    """Interventions whose last day has passed, or whose review was due before today, and that nobody reviewed."""
    return part_of(costed, tuple(each for each in costed.interventions if _unreviewed(each, today)))


def over_threshold(costed: CostedMap, pupils: Mapping[str, Pupil]) -> tuple[OverThreshold, ...]:
    """Pupils without top-up whose share of additional cost is above £6,000, in order of the map.

    Only a map on the authority's card answers this; any other is a ValueError.
    """
    if costed.card is not Card.AUTHORITY:
        raise ValueError("the line at £6,000 is drawn on the authority's rates")
    with_top_up = {key for key, pupil in pupils.items() if pupil.top_up}
    return tuple(
        OverThreshold(key, amount)
        for key, amount in costed.additional_by_pupil.items()
        if amount > in_pence(THRESHOLD) and key not in with_top_up
    )


def _unreviewed(each: CostedIntervention, today: dt.date) -> bool:
    it = each.intervention
    due = [day for day in (it.ends_on, it.review_on) if day is not None]
    return it.reviewed_on is None and any(day < today for day in due)


def part_of(costed: CostedMap, chosen: tuple[CostedIntervention, ...]) -> Part:
    """Some of a map's interventions with their cost."""
    amount = add_up(each.total for each in chosen)
    return Part(chosen, amount, amount / costed.total if costed.total else None)
