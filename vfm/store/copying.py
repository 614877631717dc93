"""Copies an intervention: within its year as it stands, or from one year's map to the next with what still holds."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from vfm.costing.calendar import AcademicYear, years_after
from vfm.store.audit import By
from vfm.store.programmes import hold_catalogue
from vfm.store.provision import (
    CostRow,
    FundingRow,
    GiverRow,
    InterventionRow,
    NotRunRow,
    SessionDayRow,
    SlotRow,
    TakesPartRow,
    cost_of,
)
from vfm.store.pupils import PupilRow
from vfm.store.rows import RegisterRow, add_row, rows_of

WEEKS_A_YEAR = 52
PARTS: tuple[type[RegisterRow], ...] = (
    GiverRow, CostRow, TakesPartRow, FundingRow, SlotRow, SessionDayRow, NotRunRow,
)  # fmt: skip
"""What belongs to an intervention."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What came over with an intervention, and what did not because it is over."""

    row: InterventionRow
    old: int
    givers: int = 0
    costs: int = 0
    costs_over: int = 0
    pupils: int = 0
    pupils_left: int = 0


def copy_within_year(db: Session, row: InterventionRow, name: str, by: By) -> InterventionRow:
    """The same with the same people and days. Without outcomes and review, and without other costs: no pound stands twice."""
    copy = _copy_row(db, row, by, name=name)
    _copy_parts(db, row, copy, by, (GiverRow, SlotRow, SessionDayRow, FundingRow))
    for member in _of(db, TakesPartRow, row):
        _copy_part(db, member, copy, by, result=None, sessions_received=None)
    return copy


def copy_to_next_year(db: Session, row: InterventionRow, by: By) -> Copied:
    """The same in the year after: staff, days moved on, pupils who have not left, costs that still count in that year."""
    year = AcademicYear(row.year + 1)
    sessions = row.sessions_a_week is not None or row.sessions_in_total is not None or bool(_of(db, SlotRow, row))
    copy = _copy_row(
        db, row, by, year=year.start, estimated=True, counted=None if sessions else row.counted,
        **{name: _a_year_on(getattr(row, name), year) for name in ("starts_on", "ends_on", "review_on")},
    )  # fmt: skip
    _copy_parts(db, row, copy, by, (GiverRow, SlotRow, FundingRow))
    for each in _of(db, SessionDayRow, row):
        _copy_part(db, each, copy, by, on=same_weekday(each.on, year))
    costs, members = _of(db, CostRow, row), _of(db, TakesPartRow, row)
    alive = [cost for cost in costs if still_counts(cost, year)]
    for cost in alive:
        _copy_part(db, cost, copy, by, on=cost.on or AcademicYear(row.year).first_day)
    staying = _staying(db, row, members, year)
    for member in staying:
        _copy_part(db, member, copy, by, result=None, sessions_received=None, joined=None, left=None)
    done = Copied(copy, row.id, len(_of(db, GiverRow, row)), len(alive), len(costs) - len(alive))
    return replace(done, pupils=len(staying), pupils_left=len(members) - len(staying))


@dataclass(frozen=True, slots=True)
class Together:
    """Interventions that went over into the next year together, and the names of those that were on its map already."""

    done: tuple[Copied, ...]
    there: tuple[str, ...]


def copy_those(db: Session, school_id: int, rows: Iterable[InterventionRow], year: int, by: By) -> Together:
    """Copies interventions of the year before into `year`, but those whose name its map bore before; the one way in which they go.

    Two of one name are two and both go. The school is held meanwhile, so that two who press at once do not copy twice.
    """
    hold_catalogue(db, school_id)
    done: list[Copied] = []
    there: list[str] = []
    names = {row.name.casefold() for row in rows_of(db, InterventionRow, school_id, year=year)}
    for row in rows:
        if row.name.casefold() in names:
            there.append(row.name)
        else:
            done.append(copy_to_next_year(db, row, by))
    return Together(tuple(done), tuple(there))


def still_counts(cost: CostRow, year: AcademicYear) -> bool:
    """Whether a cost of the year before is spread over days of this one: equipment, training or a licence that lives on."""
    value = cost_of(cost)
    if not value.spread:
        return False
    dated = replace(value, starts=value.starts or AcademicYear(year.start - 1).first_day)
    return dated.counted(year.first_day, year.last_day) > 0


def same_weekday(day: dt.date, year: AcademicYear) -> dt.date:
    """A day of the year before as the same weekday of this one."""
    moved = day + dt.timedelta(weeks=WEEKS_A_YEAR)
    return moved if moved >= year.first_day else moved + dt.timedelta(weeks=1)


def _a_year_on(day: dt.date | None, year: AcademicYear) -> dt.date | None:
    """The same date a year on; nothing where that is outside the year, as for an intervention that began long ago."""
    moved = years_after(day, 1) if day else None
    return moved if moved and year.period.holds(moved) else None


def _staying(
    db: Session, row: InterventionRow, members: Iterable[TakesPartRow], year: AcademicYear
) -> list[TakesPartRow]:  # fmt: skip
    """Those who left neither the intervention before its end nor the school before the year."""
    at_school = {
        pupil.id
        for pupil in rows_of(db, PupilRow, row.school_id, erased=None)
        if not pupil.left or pupil.left >= year.first_day
    }
    return [member for member in members if member.left is None and member.pupil_id in at_school]


def _of(db: Session, table: type[Any], row: InterventionRow) -> list[Any]:
    return rows_of(db, table, row.school_id, intervention_id=row.id)


def _copy_row(db: Session, row: InterventionRow, by: By, **changes: Any) -> InterventionRow:
    values = _values(row) | {"reviewed_on": None, "reviewed_by": "", "decision": None, "decision_why": ""}
    values |= {"hours_delivered": None}
    return add_row(db, InterventionRow, row.school_id, by, f"copy of intervention {row.id}", **(values | changes))


def _copy_parts(
    db: Session, row: InterventionRow, copy: InterventionRow, by: By, tables: Iterable[type[RegisterRow]]
) -> None:  # fmt: skip
    for table in tables:
        for part in _of(db, table, row):
            _copy_part(db, part, copy, by)


def _copy_part(db: Session, part: Any, copy: InterventionRow, by: By, **changes: Any) -> None:
    values = _values(part) | {"intervention_id": copy.id} | changes
    add_row(db, type(part), part.school_id, by, f"copy for intervention {copy.id}", **values)


def _values(row: Any) -> dict[str, Any]:
    """A row's columns, without its keys."""
    kept = (column.key for column in type(row).__table__.columns)
    return {key: getattr(row, key) for key in kept if key not in ("school_id", "id", "version")}
