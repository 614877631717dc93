"""Compares a map's sheet with the map that is there: what is new, what changes, who takes part, and what is asked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from vfm.costing.counting import undated
from vfm.costing.intervention import Giver, Intervention, InterventionError, Tier
from vfm.costing.map_asked import dates_asked, matrix_asked, pupils_asked, same_name_asked, tier_asked, tier_rest_asked
from vfm.costing.map_change import WORDS, KeptMap, MapChange, Who, after, says_of
from vfm.costing.map_lines import Entry, MapSheet
from vfm.costing.map_roles import RoleQuestions, Roles
from vfm.sheets.headings import plain
from vfm.sheets.preview import Asked, Fate, Outcome, Preview, joined
from vfm.sheets.wrong import WrongCell

MOST_STAFF, MOST_LISTED = 4, 8


@dataclass(frozen=True, slots=True)
class There:
    """What the school has: its interventions, its roles by key, and its register: keys by name.

    `rates` is what an hour of a role costs (exact pence) for whoever is looking, `unrated` are roles that have no rate at
    all, `weeks` those of the school's year.
    """

    interventions: Sequence[KeptMap]
    roles: Mapping[str, str]
    pupils: Mapping[str, Sequence[str]]
    rates: Mapping[str, Fraction] = field(default_factory=dict)
    unrated: Sequence[str] = ()
    weeks: Fraction = Fraction(38)

    @property
    def names(self) -> list[str]:
        """The names of its interventions."""
        return [each.intervention.name for each in self.interventions]


@dataclass(frozen=True, slots=True)
class MapPlan:
    """What is to be written: changes; new roles, each with its rate in pounds or None; rates of roles that have none.

    `asks_source` is whether it must be said where rates come from; `meant` the roles by the question about them, and
    `tiers` the questions about tiers, which are remembered.
    """

    changes: Sequence[MapChange]
    new_roles: Mapping[str, Decimal | None]
    teachers: frozenset[str]
    rates: Mapping[str, Decimal]
    asks_source: bool
    meant: Mapping[str, str]
    tiers: frozenset[str]

    @property
    def every_rate(self) -> dict[str, Decimal]:
        """All rates that come from the sheet, in pounds an hour by role."""
        return {role: rate for role, rate in (*self.new_roles.items(), *self.rates.items()) if rate is not None}


def compare_map(sheet: MapSheet, there: There, answers: Mapping[str, str]) -> tuple[Preview, MapPlan]:
    """What bringing the sheet in would do, and what is to be written for it."""
    return _Comparison(sheet, there, answers).made()


class _Comparison:
    def __init__(self, sheet: MapSheet, there: There, answers: Mapping[str, str]) -> None:
        self.sheet, self.there, self.answers = sheet, there, answers
        self.wrong = list(sheet.wrong)
        self.by_name = {each.intervention.name.casefold(): each for each in there.interventions}
        self.roles = Roles(there.roles, answers)
        staff = (who.role for entry in sheet.entries.values() for who in entry.staff if who.kind is Giver.STAFF)
        self.asked_roles = RoleQuestions(self.roles, staff, sheet.rates, there.unrated)
        self.strangers = list(
            dict.fromkeys(one for entry in sheet.entries.values() for one in entry.pupils if not self._keys(one))
        )

    def made(self) -> tuple[Preview, MapPlan]:
        outcomes, changes = [], list[MapChange]()
        for entry in self.sheet.entries.values():
            change = self._change(entry)
            if change is not None:
                outcomes.append(self._outcome(entry, change))
                changes += [] if change.nothing and change.kept else [change]
        every = sorted([*outcomes, *self.sheet.left_out], key=lambda each: each.rows)
        notes = [*self._notes(), *self._undated(changes)]
        preview = Preview(every, self.wrong, self.sheet.totals, notes, [*self._asked()], self.sheet.warned)
        of_roles = self.asked_roles
        return preview, MapPlan(
            changes,
            of_roles.new(),
            frozenset(of_roles.teachers()),
            of_roles.rated(),
            of_roles.takes_rates,
            of_roles.meant(),
            frozenset(f"tier_{key}" for key in self.sheet.tiers),
        )

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
            said = {"tier": self.answers.get("tier_rest", Tier.TARGETED.value)} | said
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
            return replace(change, after=after(change))
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
            who = each.kind.value, self.roles.settled(each.role) if each.kind is Giver.STAFF else ""
            number = before.get(who, Decimal(1)) if each.number is None else each.number
            sums[who] = sums.get(who, Decimal(0)) + number if each.number is not None else sums.get(who, number)
        if len(sums) > MOST_STAFF:
            expected = f"expected at most {MOST_STAFF} roles in one intervention"
            self.wrong.append(WrongCell(entry.rows[0], WORDS["staff"], "", expected))
        return tuple(Who(kind, role, number) for (kind, role), number in sums.items())

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
        says = [*says_of(change), *entry.notes, *self._strangers_of(entry)]
        fate = Fate.ADDED if change.kept is None else Fate.SAME if change.nothing else Fate.CHANGED
        return Outcome(tuple(entry.rows), entry.name, fate, tuple(says))

    def _strangers_of(self, entry: Entry) -> list[str]:
        some = [one for one in entry.pupils if one in self.strangers]
        if not some:
            return []
        counted = self.answers.get("unknown_pupils") == "count"
        return [f"Not on the register, {'counted in the group' if counted else 'left out'}: {', '.join(some)}"]

    def _notes(self) -> list[str]:
        notes = [*self.asked_roles.notes(self.there.rates), *self.sheet.notes]
        if any(not each.values.get("minutes") for each in self._new()):
            notes.append(
                "Where the sheet says no minutes, a new intervention costs nothing for staff until you enter them"
            )
        gone = [name for name in self.there.names if name.casefold() not in self.sheet.entries]
        if gone:
            which = joined(gone) if len(gone) <= MOST_LISTED else f"{len(gone)} interventions"
            notes.append(f"On your map and not in the sheet: {which}. What is not in the sheet stays as it is")
        return notes

    def _new(self) -> list[Entry]:
        return [each for each in self.sheet.entries.values() if each.key not in self.by_name]

    def _undated(self, changes: Sequence[MapChange]) -> list[str]:
        """Programmes of some weeks, or of some sessions, of which nobody has said when in the year they are."""
        names = [each.after.name for each in changes if undated(each.after, self.there.weeks)]
        if not names:
            return []
        which = joined(names[:MOST_LISTED]) if len(names) <= MOST_LISTED else f"{len(names)} interventions"
        return [f"No dates: spread over the year; give first and last day to place it. This goes for {which}"]

    def _asked(self) -> Iterator[Asked]:
        """The questions in the order in which they bear on one another."""
        if self.sheet.repeated:
            yield same_name_asked(self.sheet.repeated, self.sheet.same_name)
        if self.sheet.across:
            yield matrix_asked(self.answers)
        yield from self.asked_roles.asked()
        for key, (word, rows) in self.sheet.tiers.items():
            yield tier_asked(key, word, rows, self.answers)
        untiered = sum("tier" not in each.values for each in self._new())
        if untiered:
            yield tier_rest_asked(untiered, self.answers)
        if self.sheet.unclear:
            yield dates_asked(self.sheet.unclear, self.answers)
        if self.strangers:
            yield pupils_asked(self.strangers, self.answers)


def _delivered(said: Mapping[str, Any]) -> dict[str, Any]:
    """Whoever says sessions in total takes sessions a week away, and the other way round."""
    if said.get("sessions_a_week") is not None:
        return {**said, "sessions_in_total": None}
    if said.get("sessions_in_total") is not None:
        return {**said, "sessions_a_week": None, "weeks": None}
    return dict(said)
