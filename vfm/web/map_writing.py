"""Writes what a map's sheet changes: interventions with who gives them and who takes part, new roles and their rates."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from vfm.costing.map_change import OTHER, MapChange, Who
from vfm.costing.map_compare import MapPlan
from vfm.costing.other_cost import CostKind
from vfm.store.audit import By
from vfm.store.givers import Key, Part, givers_of, number_of, parts_for, set_givers
from vfm.store.programmes import named_or_added
from vfm.store.provision import CostRow, InterventionRow, SlotRow, TakesPartRow
from vfm.store.rows import add_row, change_row, remove_row, rows_of
from vfm.store.staff import RateRow, StaffRoleRow, hold_role
from vfm.web.bank import library
from vfm.web.database import db
from vfm.web.permissions import here
from vfm.web.school import now_by


def write_map(plan: MapPlan, year: int, *, estimated: bool) -> None:
    """Writes everything; the caller commits."""
    by, school = now_by(), here().school.id
    roles = _roles(plan, by)
    rows = {row.id: row for row in rows_of(db(), InterventionRow, school, year=year)}
    for change in plan.changes:
        values: dict[str, Any] = {**change.values, "estimated": estimated}
        if "programme" in values:
            values["programme_id"] = _programme(values.pop("programme"), change, by)
        if change.kept is None:
            row = add_row(db(), InterventionRow, school, by, "intervention", year=year, name=change.name, **values)
        else:
            row = rows[change.kept.id]
            change_row(db(), row, row.version, by, f"intervention {row.id}", **values)
        _write_staff(row, change.staff, roles, by)
        _write_rest(row, change, by)


def _roles(plan: MapPlan, by: By) -> dict[str, int]:
    """The ids of roles by name in small letters, with those that are new, after the sheet's rates were written."""
    school = here().school.id
    rows = {row.name: row for row in rows_of(db(), StaffRoleRow, school)}
    for name, rate in plan.new_roles.items():
        rows[name] = add_row(db(), StaffRoleRow, school, by, "role", name=name, teacher=name in plan.teachers)
        _write_rate(rows[name], rate, by)
    for name, rate in plan.rates.items():
        hold_role(db(), rows[name])
        _write_rate(rows[name], rate, by)
    return {name.casefold(): row.id for name, row in rows.items()}


def _write_rate(role: StaffRoleRow, rate: Decimal | None, by: By) -> None:
    """The sheet's rate, estimated until somebody confirms it."""
    if rate is not None:
        add_row(
            db(), RateRow, role.school_id, by, f"rate of {role.name}", role_id=role.id, card="actual", method="stated",
            per_hour=rate, estimated=True,
        )  # fmt: skip


def _programme(typed: str, change: MapChange, by: By) -> int | None:
    """The programme on the school's list for a name in the sheet; a new one is added."""
    if not typed:
        return None
    tier, need = change.after.tier.value, change.after.need
    return named_or_added(db(), here().school.id, typed, library(), by, tier=tier, need=need).identity


def _write_staff(row: InterventionRow, staff: Sequence[Who] | None, roles: dict[str, int], by: By) -> None:
    """Who gives it: those that stay keep what else is known of them, those that are gone go, new roles are made."""
    if staff is None:
        return
    there = givers_of(db(), row.school_id, row.id)
    wanted: dict[Key, list[Part]] = {}
    for who in staff:
        key: Key = (who.kind, roles[who.role.casefold()] if who.kind == "staff" else None)
        known = there.get(key, [])
        people = [person for _, person in known if person is not None]
        wanted[key] = known if known and number_of(known) == who.number else parts_for(who.number, people)
    set_givers(db(), row.school_id, row.id, wanted, by)


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
