"""An intervention that is there and what a sheet would make of it: in values, in words, and as the costing knows it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, NamedTuple

from vfm.costing.delivery import Delivery, InTotal, OnDays, Slot, Weekly
from vfm.costing.intervention import Giver, Intervention, Membership, Staff, Tier, TimeKind
from vfm.costing.map_meanings import MEANINGS
from vfm.costing.map_words import DAYS
from vfm.costing.other_cost import CostKind, OtherCost
from vfm.money import pounds

WORDS = {meaning.name: meaning.words for meaning in MEANINGS}
OTHER = "Other costs"
"""Under which name the sheet's other cost of an intervention is kept."""


class Who(NamedTuple):
    """Who gives it, settled: a kind, a role's name for staff, and how many."""

    kind: str
    role: str
    number: Decimal


@dataclass(frozen=True, slots=True)
class KeptMap:
    """An intervention that is there: its values by column, who gives it, its weekdays, and what it is for costing."""

    id: int
    values: Mapping[str, Any]
    staff: tuple[Who, ...]
    days: tuple[int, ...]
    other_cost: Decimal | None
    intervention: Intervention


@dataclass(frozen=True, slots=True)
class MapChange:
    """What is to be written: values by column; staff, weekdays and other cost where they change; pupils to be added."""

    kept: KeptMap | None
    name: str
    values: Mapping[str, Any]
    staff: tuple[Who, ...] | None
    days: tuple[int, ...] | None
    other_cost: Decimal | None
    pupils: tuple[str, ...]
    after: Intervention

    @property
    def nothing(self) -> bool:
        return not (self.values or self.staff or self.days or self.other_cost is not None or self.pupils)


def after(change: MapChange) -> Intervention:
    """The intervention as it would be, for costing."""
    kept = change.kept
    values = {**(kept.values if kept else {}), **change.values}
    before = kept.intervention if kept else Intervention(change.name, estimated=True)
    days = change.days if change.days is not None else kept.days if kept else ()
    members = (*before.members, *(Membership(pupil) for pupil in change.pupils))
    staff = before.staff if change.staff is None else tuple(_person(who) for who in change.staff)
    costs = tuple(each for each in before.other_costs if change.other_cost is None or each.name != OTHER)
    if change.other_cost is not None:
        costs = (*costs, OtherCost(CostKind.CONSUMABLES, OTHER, change.other_cost))
    return replace(
        before, tier=Tier(values["tier"]), need=values.get("need") or "", minutes=values.get("minutes") or Decimal(0),
        preparation=values.get("preparation_minutes") or Decimal(0), group_size=values.get("group_size"),
        time_kind=TimeKind(values.get("time_kind") or TimeKind.INTERVENTION), programme=values.get("programme") or "",
        outcome=values.get("outcome") or "", starts_on=values.get("starts_on"), ends_on=values.get("ends_on"),
        review_on=values.get("review_on"), staff=staff, members=members, other_costs=costs,
        delivery=before.delivery if kept and change.days is None and days else _delivery(values, days),
    )  # fmt: skip


def _person(who: Who) -> Staff:
    kind = Giver(who.kind)
    return Staff(who.role if kind is Giver.STAFF else kind.words, who.number, kind)


def _delivery(values: Mapping[str, Any], days: Sequence[int]) -> Delivery | None:
    if days:
        return OnDays(tuple(Slot(day) for day in days))
    if values.get("sessions_in_total") is not None:
        return InTotal(values["sessions_in_total"])
    if values.get("sessions_a_week") is not None:
        return Weekly(values["sessions_a_week"], values.get("weeks"))
    return None


def says_of(change: MapChange) -> list[str]:
    old = change.kept.values if change.kept else {}
    shown = {name: value for name, value in change.values.items() if value is not None or old.get(name) is not None}
    says = [f"{WORDS[name]}: {_becomes(old.get(name), value, bool(change.kept))}" for name, value in shown.items()]
    if change.staff is not None:
        who = ", ".join(f"{each.role or Giver(each.kind).words} × {_word(each.number)}" for each in change.staff)
        says.append(f"{WORDS['staff']}: {who}")
    if change.days:
        says.append(f"{WORDS['days']}: {', '.join(DAYS[day].capitalize() for day in change.days)}")
    if change.other_cost is not None:
        before = change.kept.other_cost if change.kept else None
        says.append(f"Other costs: {_becomes(before, change.other_cost, before is not None, money=True)}")
    return says + ([f"Pupils to be added: {len(change.pupils)}"] if change.pupils else [])


def _becomes(old: Any, new: Any, changes: bool, *, money: bool = False) -> str:
    before, after = (pounds(each) if money and each is not None else _word(each) for each in (old, new))
    return f"{before or 'nothing'} becomes {after or 'nothing'}" if changes else after


def _word(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, dt.date):
        return f"{value.day} {value:%B %Y}"
    return "" if value is None else str(value)
