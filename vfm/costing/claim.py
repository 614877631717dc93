"""The claim view of one pupil's map: what the authority's rules accept, and what was left out and why (costing §3).

Costs are on the authority's card, since applications must use it; all amounts are exact pence. A claim is a reading of
the map by somebody else's rules: it changes no figure of the map, and promises nothing about what will be paid.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from vfm.costing.costed import CostedIntervention
from vfm.costing.delivery import InTotal
from vfm.costing.intervention import Giver, TimeKind
from vfm.costing.provision_map import CostedMap
from vfm.costing.rates import Card
from vfm.money import Number, add_up, in_pence

NOTHING = Fraction(0)


class Division(StrEnum):
    """How the authority divides the cost of a group."""

    AS_ON_MAP = "as-on-map"
    EQUALLY = "equally"

    @property
    def words(self) -> str:
        return {"as-on-map": "as the school's map shares it", "equally": "equally among everyone in the group"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class ClaimRules:
    """What the authority accepts. Nothing said: everything that its card has a rate for.

    `weeks`: regular work counts over so many weeks. `most_hours`: hours a week for one pupil. `most`: pounds a year.
    """

    weeks: Number | None = None
    not_accepted: frozenset[TimeKind] = frozenset()
    roles_not_accepted: frozenset[str] = frozenset()
    other_costs: bool = True
    most_hours: Number | None = None
    most: Decimal | None = None
    division: Division = Division.AS_ON_MAP


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """What one intervention brings to the claim: hours a week for the pupil, and pence a year."""

    name: str
    intervention: str
    hours_a_week: Fraction
    cost: Fraction


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What the rules do not accept: the pupil's part of it in pence, None where nobody knows what it costs."""

    name: str
    intervention: str
    why: str
    cost: Fraction | None


@dataclass(frozen=True, slots=True)
class Claim:
    """Lines − what is above a cap = total. Lines + what was left out of them = the pupil's share of the map."""

    pupil: str
    lines: tuple[ClaimLine, ...]
    left_out: tuple[LeftOut, ...]
    rules: ClaimRules

    @property
    def before_caps(self) -> Fraction:
        return add_up(line.cost for line in self.lines)

    @property
    def hours_a_week(self) -> Fraction:
        """Before any cap."""
        return add_up(line.hours_a_week for line in self.lines)

    @property
    def above_hours(self) -> Fraction:
        """Pence for hours above the cap on hours, at the mean cost of the hours claimed."""
        most, hours = self.rules.most_hours, self.hours_a_week
        return self.before_caps * (hours - Fraction(most)) / hours if most is not None and hours > most else NOTHING

    @property
    def above_most(self) -> Fraction:
        """Pence above the cap on money, after the cap on hours."""
        left = self.before_caps - self.above_hours
        return max(NOTHING, left - in_pence(self.rules.most)) if self.rules.most is not None else NOTHING

    @property
    def total(self) -> Fraction:
        return self.before_caps - self.above_hours - self.above_most


def claim(pupil: str, costed: CostedMap, rules: ClaimRules) -> Claim:
    """The claim for a pupil (by key) from a map on the authority's card; any other card is a ValueError."""
    if costed.card is not Card.AUTHORITY:
        raise ValueError("a claim is made on the authority's rates")
    lines, left_out = [], list[LeftOut]()
    for each in costed.interventions:
        if pupil in each.split.weights:
            share = _share(each, pupil, rules)
            out = tuple(_left_out(each, share, rules))
            left_out += out
            cost = each.total * share - add_up(one.cost or NOTHING for one in out)
            if cost:
                hours = _hours_a_week(each, pupil) if _staff_claimed(each, rules) else NOTHING
                lines.append(ClaimLine(each.name, each.intervention.id, hours, cost))
    return Claim(pupil, tuple(lines), tuple(left_out), rules)


def _share(each: CostedIntervention, pupil: str, rules: ClaimRules) -> Fraction:
    if rules.division is Division.EQUALLY:
        return Fraction(1, len(each.split.weights))
    return Fraction(each.split.weights[pupil], each.split.over) if each.split.over else NOTHING


def _left_out(each: CostedIntervention, share: Fraction, rules: ClaimRules) -> Iterator[LeftOut]:
    it = each.intervention
    if it.time_kind in rules.not_accepted:
        yield LeftOut(each.name, it.id, "This kind of time is not accepted", each.total * share)
        return
    for line in each.staff_lines:
        if line.staff.role in rules.roles_not_accepted:
            cost = None if line.rate_missing and not line.cost else line.cost * share
            yield LeftOut(each.name, it.id, f"{line.label}: time of this role is not accepted", cost)
        elif line.rate_missing:
            yield LeftOut(each.name, it.id, f"{line.label}: the authority's card has no rate for this role", None)
        elif line.staff.kind is Giver.STAFF and (over := _over_weeks(each, line.cost, rules)):
            yield LeftOut(each.name, it.id, f"{line.label}: weeks beyond the {rules.weeks} that count", over * share)
    if not rules.other_costs and each.other:
        yield LeftOut(each.name, it.id, "Costs other than staff are not accepted", each.other * share)


def _over_weeks(each: CostedIntervention, cost: Fraction, rules: ClaimRules) -> Fraction:
    """What regular work costs in the weeks beyond those that count."""
    weeks = each.calendar.weeks
    if rules.weeks is None or isinstance(each.intervention.delivery, InTotal) or weeks <= rules.weeks:
        return NOTHING
    return cost * (weeks - Fraction(rules.weeks)) / weeks


def _staff_claimed(each: CostedIntervention, rules: ClaimRules) -> bool:
    lines: Sequence[bool] = [
        line.cost > 0 and line.staff.role not in rules.roles_not_accepted for line in each.staff_lines
    ]
    return any(lines)


def _hours_a_week(each: CostedIntervention, pupil: str) -> Fraction:
    """The pupil's contact hours in it ÷ the weeks of the year."""
    weeks = each.calendar.weeks
    return each.hours_of(pupil) / weeks if weeks else NOTHING
