"""Remembers how much of the school's days a pupil was there, as a percentage of an academic year."""

from fractions import Fraction
from typing import ClassVar

from sqlalchemy import BigInteger, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from vfm.store.rows import RegisterRow
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
