"""Remembers how much of the school's days a pupil was there, as a percentage of an academic year."""

from fractions import Fraction
from typing import ClassVar

from sqlalchemy import BigInteger, UniqueConstraint, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from vfm.money import Number
from vfm.store.audit import By
from vfm.store.rows import RegisterRow, add_row, change_row, remove_row, rows_of
from vfm.store.tables import Rate, rate_within, refers


class AttendanceRow(RegisterRow):
    """A pupil's attendance in one academic year, in percent."""

    __tablename__ = "attendance"
    values_audited: ClassVar[bool] = False
    pupil_id: Mapped[int] = mapped_column(BigInteger)
    year: Mapped[int]
    percent: Mapped[Rate]
    __table_args__ = (
        UniqueConstraint("school_id", "pupil_id", "year"),
        rate_within("percent", 100),
        refers("pupil_id", "pupil", ondelete="CASCADE"),
    )


def attendance_of(db: Session, school_id: int, pupil_id: int, upto: int) -> dict[int, Fraction]:
    """One pupil's, in percent, by year up to one."""
    row = AttendanceRow
    mine = row.school_id == school_id, row.pupil_id == pupil_id, row.year <= upto
    return {each.year: Fraction(each.percent) for each in db.scalars(select(row).where(*mine))}


def attendance_row(db: Session, school_id: int, pupil_id: int, year: int) -> AttendanceRow | None:
    """One pupil's row of one year, or None."""
    return next(iter(rows_of(db, AttendanceRow, school_id, pupil_id=pupil_id, year=year)), None)


def keep_attendance(
    db: Session, school_id: int, pupil_id: int, year: int, version: int, percent: Number | None, by: By
) -> bool:
    """Keeps a percentage, or with None takes it away, if nobody did since `version` (0: there was none). False: a conflict."""
    row, what = attendance_row(db, school_id, pupil_id, year), f"attendance of pupil {pupil_id}"
    if (row.version if row else 0) != version:
        return False
    if row is None:
        return percent is None or _add(db, school_id, by, what, pupil_id=pupil_id, year=year, percent=percent)
    if percent is not None:
        return change_row(db, row, version, by, what, percent=percent)
    remove_row(db, row, by, what)
    return True


def _add(db: Session, school_id: int, by: By, what: str, **values: object) -> bool:
    try:
        with db.begin_nested():
            add_row(db, AttendanceRow, school_id, by, what, **values)
    except IntegrityError:  # a colleague's came a moment before
        return False
    return True
