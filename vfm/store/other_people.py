"""Reads whom a text about one pupil may not name: everybody else on the register, and everybody who works at the school."""

from sqlalchemy.orm import Session

from vfm.plan.other_people import Others
from vfm.store.accounts import Role, people_of
from vfm.store.pupils import PupilRow
from vfm.store.rows import rows_of
from vfm.store.staff import StaffRoleRow, StaffRow

ROLES = {
    Role.LEADERSHIP: "a member of the leadership team", Role.SENCO: "the SENCO", Role.TEACHER: "a teacher", Role.GOVERNOR: "a governor",
}  # fmt: skip


def others_than(db: Session, pupil: PupilRow) -> Others:
    """Everybody but the pupil, by the names that are written down, whatever the school shows; staff with what they do."""
    others = [row for row in rows_of(db, PupilRow, pupil.school_id, erased=None) if row.id != pupil.id]
    roles = {role.id: role.name for role in rows_of(db, StaffRoleRow, pupil.school_id)}
    staff = [(row.name, _the(roles[row.role_id])) for row in rows_of(db, StaffRow, pupil.school_id)]
    people = [(account.name, ROLES[role]) for account, role in people_of(db, pupil.school_id) if role in ROLES]
    return Others(
        own=pupil.name, own_numbers=_numbers(pupil), pupils=tuple(row.name for row in others),
        numbers=tuple(number for row in others for number in _numbers(row)), staff=(*staff, *people),
    )  # fmt: skip


def _numbers(row: PupilRow) -> tuple[str, ...]:
    return tuple(number for number in (row.upn, row.reference) if number)


def _the(role: str) -> str:
    """Such as the teaching assistant, the TA level 2."""
    return f"the {role if role[1:2].isupper() else role[:1].lower() + role[1:]}"
