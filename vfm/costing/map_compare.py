"""Compares a map's sheet with the map that is there: what is new, what changes, who takes part, and what it would cost."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, NamedTuple

from vfm.costing.delivery import Delivery, InTotal, OnDays, Slot, Weekly
from vfm.costing.intervention import Giver, Intervention, InterventionError, Membership, Staff, Tier, TimeKind
from vfm.costing.map_meanings import MEANINGS
from vfm.costing.map_sheet import Entry, MapSheet
from vfm.costing.map_words import DAYS
from vfm.costing.other_cost import CostKind, OtherCost
from vfm.money import pounds
from vfm.sheets.headings import plain
from vfm.sheets.preview import Asked, Fate, Outcome, Preview
from vfm.sheets.wrong import WrongCell

WORDS = {meaning.name: meaning.words for meaning in MEANINGS}
OTHER = "Other costs"
"""Under which name the sheet's other cost of an intervention is kept."""
MOST_ASKED, MOST_STAFF = 8, 4


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


@dataclass(frozen=True, slots=True)
class There:
    """What the school has: its interventions, its roles by key, and its register: keys by name."""

    interventions: Sequence[KeptMap]
    roles: Mapping[str, str]
    pupils: Mapping[str, Sequence[str]]


def compare_map(sheet: MapSheet, there: There, answers: Mapping[str, str]) -> tuple[Preview, list[MapChange]]:
    """What bringing the sheet in would do, and what is to be written for it."""
    return _Comparison(sheet, there, answers).made()


class _Comparison:
    def __init__(self, sheet: MapSheet, there: There, answers: Mapping[str, str]) -> None:
        self.sheet, self.there, self.answers = sheet, there, answers
        self.wrong = list(sheet.wrong)
        self.by_name = {each.intervention.name.casefold(): each for each in there.interventions}
        self.role_names = {name.casefold(): name for name in there.roles.values()}
        written = (who.role for entry in sheet.entries.values() for who in entry.staff if who.kind is Giver.STAFF)
        new = {role.casefold(): role for role in reversed([*written]) if role.casefold() not in self.role_names}
        self.unknown = list(reversed(new.values()))
        self.strangers = list(
            dict.fromkeys(one for entry in sheet.entries.values() for one in entry.pupils if not self._keys(one))
        )

    def made(self) -> tuple[Preview, list[MapChange]]:
        outcomes, changes = [], []
        for entry in self.sheet.entries.values():
            change = self._change(entry)
            if change is not None:
                outcomes.append(self._outcome(entry, change))
                changes += [] if change.nothing and change.kept else [change]
        every = sorted([*outcomes, *self.sheet.left_out], key=lambda each: each.rows)
        return Preview(every, self.wrong, self.sheet.totals, self._notes(), self._asked()), changes

    def _keys(self, name: str) -> Sequence[str]:
        return self.there.pupils.get(plain(name), ())

    def _change(self, entry: Entry) -> MapChange | None:
        kept = self.by_name.get(entry.key)
        said = {name: value for name, value in entry.values.items() if name not in ("days", "other_cost", "cost")}
        if not self._one_way(entry, said):
            return None
        said |= self._counted(entry, said)
        if kept is not None and kept.intervention.members:
            said.pop("group_size", None)  # names win over a number
        if kept is None:
            said = {"tier": Tier.TARGETED.value} | said
        values = {
            name: value for name, value in _delivered(said).items() if kept is None or kept.values.get(name) != value
        }
        staff, days = self._staff(entry, kept), entry.values.get("days")
        cost = entry.values.get("other_cost")
        pupils = self._pupils(entry, kept)
        if kept is not None:
            staff = None if staff is None or set(staff) == set(kept.staff) else staff
            days = None if days == kept.days else days
            cost = None if cost == kept.other_cost else cost
        return self._settled(
            entry, MapChange(kept, entry.name, values, staff, days, cost, pupils, Intervention(entry.name))
        )

    def _settled(self, entry: Entry, change: MapChange) -> MapChange | None:
        try:
            return replace(change, after=_after(change))
        except InterventionError as wrong:
            self.wrong.append(WrongCell(entry.rows[-1], WORDS["name"], entry.name, str(wrong)))
            return None

    def _one_way(self, entry: Entry, said: Mapping[str, Any]) -> bool:
        a_week, total = said.get("sessions_a_week"), said.get("sessions_in_total")
        if a_week is None or total is None or a_week * said.get("weeks", 0) == total:
            return True
        expected = "expected sessions a week or sessions in total, not both, unless they agree"
        self.wrong.append(WrongCell(entry.rows[0], WORDS["sessions_in_total"], f"{total}", expected))
        return False

    def _counted(self, entry: Entry, said: Mapping[str, Any]) -> dict[str, int]:
        """Pupils who are not on the register count as the size of the group, where that was answered."""
        some = [one for one in entry.pupils if one in self.strangers]
        count = some and self.answers.get("unknown_pupils") == "count" and "group_size" not in said
        return {"group_size": len(entry.pupils)} if count else {}

    def _staff(self, entry: Entry, kept: KeptMap | None) -> tuple[Who, ...] | None:
        if not entry.staff:
            return None
        before = {(who.kind, who.role): who.number for who in kept.staff} if kept else {}
        sums: dict[tuple[str, str], Decimal] = {}
        for each in entry.staff:
            who = each.kind.value, self._role(each.role) if each.kind is Giver.STAFF else ""
            number = before.get(who, Decimal(1)) if each.number is None else each.number
            sums[who] = sums.get(who, Decimal(0)) + number if each.number is not None else sums.get(who, number)
        if len(sums) > MOST_STAFF:
            expected = f"expected at most {MOST_STAFF} roles in one intervention"
            self.wrong.append(WrongCell(entry.rows[0], WORDS["staff"], "", expected))
        return tuple(Who(kind, role, number) for (kind, role), number in sums.items())

    def _role(self, written: str) -> str:
        known = self.role_names.get(written.casefold())
        if known is None:
            place = [each.casefold() for each in self.unknown].index(written.casefold())
            known = self.there.roles.get(self.answers.get(f"role_{place}", "new"), self.unknown[place])
        return known

    def _pupils(self, entry: Entry, kept: KeptMap | None) -> tuple[str, ...]:
        inside = {member.pupil for member in kept.intervention.members} if kept else set()
        added = []
        for one in entry.pupils:
            keys = self._keys(one)
            if len(keys) > 1:
                expected = "two pupils on the register are called so: give one of them a reference"
                self.wrong.append(WrongCell(entry.rows[0], WORDS["pupils"], one, expected))
            added += [key for key in keys if key not in inside]
        return tuple(dict.fromkeys(added))

    def _outcome(self, entry: Entry, change: MapChange) -> Outcome:
        says = [*_says(change), *self._strangers_of(entry)]
        fate = Fate.ADDED if change.kept is None else Fate.SAME if change.nothing else Fate.CHANGED
        return Outcome(tuple(entry.rows), entry.name, fate, tuple(says))

    def _strangers_of(self, entry: Entry) -> list[str]:
        some = [one for one in entry.pupils if one in self.strangers]
        if not some:
            return []
        counted = self.answers.get("unknown_pupils") == "count"
        return [f"Not on the register, {'counted in the group' if counted else 'left out'}: {', '.join(some)}"]

    def _notes(self) -> list[str]:
        notes = []
        for place, role in enumerate(self.unknown):
            if self.answers.get(f"role_{place}", "new") == "new":
                notes.append(f"{role} becomes a new role without a rate: its time costs nothing until you enter one")
        new = [each for each in self.sheet.entries.values() if each.key not in self.by_name]
        if any("tier" not in each.values for each in new):
            notes.append("Where the sheet says no tier, a new intervention is targeted")
        if any(not each.values.get("minutes") for each in new):
            notes.append(
                "Where the sheet says no minutes, a new intervention costs nothing for staff until you enter them"
            )
        gone = [
            each for each in self.there.interventions if each.intervention.name.casefold() not in self.sheet.entries
        ]
        return notes + (
            [f"{len(gone)} interventions that you have are not in the sheet. They stay as they are"] if gone else []
        )

    def _asked(self) -> list[Asked]:
        asked = []
        if self.sheet.unclear:
            asked.append(_dates_asked(self.sheet.unclear, self.answers))
        if self.sheet.across:
            options = (("own", "Each year group is a group of its own"), ("one", "All of them sit in one group"))
            words = "Where an intervention stands under several year groups, how is it given?"
            asked.append(Asked("matrix", words, options, self.answers.get("matrix", "")))
        if self.strangers:
            words = f"These are not on your register of pupils: {_listed(self.strangers)}. What is to be done?"
            options = (("leave", "Leave them out, and say so"), ("count", "Count them as the size of the group"))
            asked.append(Asked("unknown_pupils", words, options, self.answers.get("unknown_pupils", "")))
        for place, role in enumerate(self.unknown[:MOST_ASKED]):
            ours = (("new", "A new role, without a rate yet"), *self.there.roles.items())
            words = f"The sheet says “{role}”. Which of your staff roles is it?"
            asked.append(Asked(f"role_{place}", words, ours, self.answers.get(f"role_{place}", "new")))
        return asked


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:10]) + (f" and {len(names) - 10} more" if len(names) > 10 else "")


def _dates_asked(text: str, answers: Mapping[str, str]) -> Asked:
    first, second, year = (
        int("".join(filter(str.isdigit, part))) for part in text.replace(".", "/").replace("-", "/").split("/")
    )
    months = [f"{day} {dt.date(2000, month, 1):%B} {year}" for day, month in ((first, second), (second, first))]
    options = (("day", f"{months[0]}: the day stands first"), ("month", f"{months[1]}: the month stands first"))
    return Asked("dates", f"Which day is {text}?", options, answers.get("dates", ""))


def _delivered(said: Mapping[str, Any]) -> dict[str, Any]:
    """Whoever says sessions in total takes sessions a week away, and the other way round."""
    if said.get("sessions_a_week") is not None:
        return {**said, "sessions_in_total": None}
    if said.get("sessions_in_total") is not None:
        return {**said, "sessions_a_week": None, "weeks": None}
    return dict(said)


def _after(change: MapChange) -> Intervention:
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


def _says(change: MapChange) -> list[str]:
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
