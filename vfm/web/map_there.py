"""What a school has before a map's sheet is brought in: its map of the year, its roles with their rates, its register."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from vfm.costing.calendar import AcademicYear
from vfm.costing.counting import weeks_between
from vfm.costing.intervention import Intervention
from vfm.costing.map_change import OTHER, KeptMap, Who
from vfm.costing.map_compare import There
from vfm.sheets.headings import plain
from vfm.store.calendar import calendar_of
from vfm.store.provision import CostRow, GiverRow, InterventionRow, SlotRow, interventions_of
from vfm.store.pupils import PupilRow
from vfm.store.rows import rows_of
from vfm.store.staff import RateRow, StaffRoleRow
from vfm.web.database import db
from vfm.web.permissions import here
from vfm.web.rate_words import book_of, within_year

PARTS: tuple[type[Any], ...] = (GiverRow, SlotRow, CostRow)
VALUES = (
    "tier", "need", "time_kind", "minutes", "sessions_a_week", "weeks", "sessions_in_total",
    "preparation_minutes", "starts_on", "ends_on", "review_on", "group_size", "outcome",
)  # fmt: skip


def what_is_there(year: int) -> There:
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
    for pupil in rows_of(db(), PupilRow, school, erased=None):
        pupils.setdefault(plain(pupil.name), []).append(str(pupil.id))
    calendar = calendar_of(db(), school, AcademicYear(year))
    return There(
        kept, roles, pupils, _rates(roles.values(), year), _unrated(roles), weeks_between(calendar, None, None)
    )


def _rates(names: Iterable[str], year: int) -> dict[str, Fraction]:
    """What an hour of each role costs, as whoever is looking may see it."""
    book, on = book_of(year), within_year(year)
    found = {name: book.rate_for(name, here().leads, on) for name in names}
    return {name: rate.per_hour for name, rate in found.items() if rate is not None}


def _unrated(roles: Mapping[str, str]) -> list[str]:
    """Roles without any rate on the school's own card, seen or not."""
    rated = {str(row.role_id) for row in rows_of(db(), RateRow, here().school.id) if row.card == "actual"}
    return [name for key, name in roles.items() if key not in rated]


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
