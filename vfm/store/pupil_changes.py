"""Writes what a file brings to the register of pupils: all of it in one transaction, each pupil with its own line in the audit."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy.orm import Session

from vfm.pupils.history import Step
from vfm.pupils.pupil_compare import PupilChange, kept_pupil
from vfm.pupils.pupil_match import KeptPupil
from vfm.store.audit import By, record
from vfm.store.ids import new_id
from vfm.store.pupils import PupilRow, SenStatusRow
from vfm.store.rows import change_row, rows_of
from vfm.store.year_groups import groups_in, set_groups

FIELDS = (
    "name", "status", "need", "pupil_premium", "eal", "top_up", "joined", "left", "upn", "reference", "class_name",
    "second_need", "sex", "fsm", "looked_after",
)  # fmt: skip


def kept_pupils(db: Session, school_id: int, year: int) -> list[KeptPupil]:
    """Everybody on the register, those who have left too, as a file of the academic year `year` is compared with them.

    Who is erased is nobody.
    """
    groups = groups_in(db, school_id, year)
    steps: defaultdict[int, list[Step]] = defaultdict(list)
    for each in rows_of(db, SenStatusRow, school_id):
        steps[each.pupil_id].append((each.starts, each.status))
    return [
        kept_pupil(
            row.id, {name: getattr(row, name) for name in FIELDS} | {"year_group": groups.get(row.id)}, steps[row.id]
        )
        for row in rows_of(db, PupilRow, school_id, erased=None)
    ]


def write_pupils(db: Session, school_id: int, changes: Sequence[PupilChange], year: int, by: By) -> None:
    """Adds and changes pupils, whose year groups are those of `year`, and adds to their SEN history; the caller commits.

    New pupils are sent to the database together: one by one, a school of 3,500 would take a minute.
    """
    rows = {row.id: row for row in rows_of(db, PupilRow, school_id)}
    added: list[tuple[int, PupilChange]] = []
    groups: dict[int, int] = {}
    for change in changes:
        values = dict(change.values)
        group = values.pop("year_group", None)
        if change.kept is None:
            row = PupilRow(school_id=school_id, id=new_id(), **values)
            db.add(row)
            record(db, school_id, by, "added", "pupil")
        else:
            row = rows[change.kept.id]
            if change.values:
                change_row(db, row, row.version, by, f"pupil {row.id}", **values)
        added.append((row.id, change))
        groups |= {} if group is None else {row.id: group}
    db.flush()
    set_groups(db, school_id, year, groups, by)
    for identity, change in added:
        for starts, status in change.steps:
            db.add(SenStatusRow(school_id=school_id, id=new_id(), pupil_id=identity, starts=starts, status=status))
            record(db, school_id, by, "added", f"SEN status of pupil {identity}")
    db.flush()
