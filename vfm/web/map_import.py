"""Brings in a provision map from a sheet: interventions, who gives them and who takes part, costed before it is agreed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from vfm.costing.intervention import Intervention
from vfm.costing.map_compare import OTHER, KeptMap, MapChange, There, Who, compare_map
from vfm.costing.map_meanings import MEANINGS
from vfm.costing.map_sheet import MapSheet, read_map
from vfm.costing.other_cost import CostKind
from vfm.costing.provision_map import cost_map
from vfm.costing.rates import Card
from vfm.money import pounds
from vfm.sheets.headings import Layout, Meaning, plain
from vfm.sheets.preview import Preview
from vfm.sheets.table import Table
from vfm.store.audit import By
from vfm.store.cases import case_of
from vfm.store.givers import Key, Part, givers_of, number_of, parts_for, set_givers
from vfm.store.programmes import catalogue_of, named_or_added
from vfm.store.provision import CostRow, GiverRow, InterventionRow, SlotRow, TakesPartRow, interventions_of
from vfm.store.pupils import PupilRow
from vfm.store.rows import add_row, change_row, remove_row, rows_of
from vfm.store.staff import StaffRoleRow, rate_book
from vfm.web.bank import bank, library
from vfm.web.database import db
from vfm.web.importing import ESTIMATED, Import
from vfm.web.permissions import here
from vfm.web.review import review_or_404
from vfm.web.school import now_by

PARTS: tuple[type[Any], ...] = (GiverRow, SlotRow, CostRow)
VALUES = (
    "tier", "need", "time_kind", "minutes", "sessions_a_week", "weeks", "sessions_in_total",
    "preparation_minutes", "starts_on", "ends_on", "review_on", "group_size", "outcome",
)  # fmt: skip


class MapImport(Import):
    name, kind, address, register = "map_import", "provision-map", "provision-map", "provision-map.overview"
    heading = "Bring in a provision map"
    why = (
        "A sheet with one row for each intervention, with one row for each pupil, or with year groups as columns. Interventions are "
        "known by their names: one that is here already is changed where the sheet says something else, and costs are worked out "
        "on your own rates and on the authority's before you agree. Of pupils only names or references are read."
    )
    meanings = MEANINGS

    def missing(self, layout: Layout) -> list[Meaning]:
        there = layout.every("name") or layout.every("year_group")
        return [] if there else [each for each in MEANINGS if each.name == "name"]

    def preview(self, table: Table, layout: Layout, answers: Mapping[str, str], year: int) -> tuple[Preview, Any]:
        there = _there(year)
        sheet = read_map(table, layout, list(there.roles.values()), answers)
        _name_programmes(sheet)
        preview, changes = compare_map(sheet, there, answers)
        asked = [*preview.asked]
        if changes and not preview.wrong:
            asked.append(replace(ESTIMATED, answer=answers.get("estimated", "")))
        notes = [*preview.notes, *([] if preview.wrong else _costs(sheet, there, changes, year))]
        return replace(preview, notes=notes, asked=asked), changes

    def write(self, changes: Sequence[MapChange], answers: Mapping[str, str], year: int) -> None:
        by, school = now_by(), here().school.id
        roles = {row.name.casefold(): row.id for row in rows_of(db(), StaffRoleRow, school)}
        rows = {row.id: row for row in rows_of(db(), InterventionRow, school, year=year)}
        for change in changes:
            values = {**change.values, "estimated": answers["estimated"] == "yes"}
            if "programme" in values:
                values["programme_id"] = _programme(values.pop("programme"), change, by)
            if change.kept is None:
                more = {"year": year, "name": change.name}
                row = add_row(db(), InterventionRow, school, by, "intervention", **more, **values)
            else:
                row = rows[change.kept.id]
                change_row(db(), row, row.version, by, f"intervention {row.id}", **values)
            _write_staff(row, change.staff, roles, by)
            _write_rest(row, change, by)


def _there(year: int) -> There:
    """What the school has of this year's map, with its roles and its register."""
    school = here().school.id
    parts: dict[type, list[Any]] = {t: [*rows_of(db(), t, school)] for t in PARTS}
    entered = {each.intervention.id: each.intervention for each in interventions_of(db(), school, year)}
    roles = {str(row.id): row.name for row in rows_of(db(), StaffRoleRow, school)}
    of: dict[tuple[type, int], list[Any]] = {}
    for table, rows in parts.items():
        for each in rows:
            of.setdefault((table, each.intervention_id), []).append(each)
    kept = [
        _kept(row, entered[str(row.id)], [of.get((table, row.id), []) for table in parts], roles)
        for row in rows_of(db(), InterventionRow, school, year=year)
    ]
    pupils: dict[str, list[str]] = {}
    for pupil in rows_of(db(), PupilRow, school):
        pupils.setdefault(plain(pupil.name), []).append(str(pupil.id))
    return There(kept, roles, pupils)


def _kept(
    row: InterventionRow, intervention: Intervention, parts: Sequence[Sequence[Any]], roles: Mapping[str, str]
) -> KeptMap:
    givers, slots, costs = parts
    numbers: dict[tuple[str, str], Decimal] = {}
    for each in givers:  # people of one role stand in rows of their own, where they are named
        key = each.kind, roles.get(str(each.role_id), "")
        numbers[key] = numbers.get(key, Decimal(0)) + each.number
    staff = tuple(Who(kind, role, number) for (kind, role), number in numbers.items())
    days = tuple(sorted({slot.weekday for slot in slots}))
    other = next((cost.amount for cost in costs if cost.name == OTHER), None)
    values = {name: getattr(row, name) for name in VALUES} | {"programme": intervention.programme}
    return KeptMap(row.id, values, staff, days, other, intervention)


def _name_programmes(sheet: MapSheet) -> None:
    """A programme of the sheet is called as the school's own list calls it, so that its other names change nothing."""
    own = catalogue_of(db(), here().school.id)
    for entry in sheet.entries.values():
        found = own.find(entry.values.get("programme") or "")
        if found:
            entry.values["programme"] = found.name


def _programme(typed: str, change: MapChange, by: By) -> int | None:
    """The programme on the school's list for a name in the sheet; a new one is added."""
    if not typed:
        return None
    tier, need = change.after.tier.value, change.after.need
    return named_or_added(db(), here().school.id, typed, library(), by, tier=tier, need=need).identity


def _costs(sheet: MapSheet, there: There, changes: Sequence[MapChange], year: int) -> list[str]:
    """What the map costs now and what it would cost, on both cards, for whoever is looking."""
    case = case_of(db(), review_or_404(year), bank(), leadership=here().leads)
    book = rate_book(db(), here().school.id, case.map.calendar)
    after = {change.kept.id: change.after for change in changes if change.kept}
    every = [after.get(kept.id, kept.intervention) for kept in there.interventions]
    every += [change.after for change in changes if change.kept is None]
    notes = []
    for words, now, card in (
        ("your own rates", case.map, Card.ACTUAL),
        ("the authority's rates", case.authority_map, Card.AUTHORITY),
    ):
        leads = here().leads and card is Card.ACTUAL
        then = cost_map(every, book, case.pupils, case.map.calendar, leadership=leads, card=card)
        notes.append(
            f"On {words} the map costs {pounds(now.printed_total)} now and {pounds(then.printed_total)} afterwards"
        )
    if sheet.own_cost is not None:
        notes.append(
            f"The costs that the sheet itself gives add up to {pounds(sheet.own_cost)}; they are not brought in"
        )
    return notes


def _write_staff(row: InterventionRow, staff: Sequence[Who] | None, roles: dict[str, int], by: By) -> None:
    """Who gives it: those that stay keep what else is known of them, those that are gone go, new roles are made."""
    if staff is None:
        return
    there = givers_of(db(), row.school_id, row.id)
    wanted: dict[Key, list[Part]] = {}
    for who in staff:
        key: Key = (who.kind, _role(who, row.school_id, roles, by))
        known = there.get(key, [])
        people = [person for _, person in known if person is not None]
        wanted[key] = known if known and number_of(known) == who.number else parts_for(who.number, people)
    set_givers(db(), row.school_id, row.id, wanted, by)


def _role(who: Who, school: int, roles: dict[str, int], by: By) -> int | None:
    if who.kind != "staff":
        return None
    if who.role.casefold() not in roles:
        roles[who.role.casefold()] = add_row(db(), StaffRoleRow, school, by, "role", name=who.role).id
    return roles[who.role.casefold()]


def _write_rest(row: InterventionRow, change: MapChange, by: By) -> None:
    """Its weekdays, its other cost and the pupils who are new in it."""
    school, mine = row.school_id, {"intervention_id": row.id}
    if change.days is not None:
        there = rows_of(db(), SlotRow, school, **mine)
        begins = {slot.weekday: slot.starts for slot in there}
        for slot in there:
            remove_row(db(), slot, by, f"weekdays of intervention {row.id}")
        for day in change.days:
            values = {"weekday": day, "starts": begins.get(day)}
            add_row(db(), SlotRow, school, by, f"weekdays of intervention {row.id}", **values, **mine)
    if change.other_cost is not None:
        _write_cost(row, change, by)
    for pupil in change.pupils:
        add_row(db(), TakesPartRow, school, by, f"who takes part in intervention {row.id}", pupil_id=int(pupil), **mine)


def _write_cost(row: InterventionRow, change: MapChange, by: By) -> None:
    found = rows_of(db(), CostRow, row.school_id, intervention_id=row.id, name=OTHER)
    if found:
        change_row(db(), found[0], found[0].version, by, f"other cost {found[0].id}", amount=change.other_cost)
    else:
        add_row(
            db(), CostRow, row.school_id, by, "other cost", intervention_id=row.id, kind=CostKind.CONSUMABLES.value,
            name=OTHER, amount=change.other_cost,
        )  # fmt: skip


pages = MapImport().pages()
