"""Remembers the hours that Section F of a pupil's EHC plan says."""

from typing import ClassVar

from sqlalchemy import BigInteger, String, UniqueConstraint
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from vfm.money import Number
from vfm.store.audit import By
from vfm.store.rows import RegisterRow, add_row, change_row, remove_row, rows_of
from vfm.store.tables import Rate, one_of, rate_within, refers
from vfm.value.section_f import Per, SectionF

MOST_HOURS = 10_000


class SectionFRow(RegisterRow):
    """Hours of one pupil, a week or a year."""

    __tablename__ = "section_f"
    values_audited: ClassVar[bool] = False
    pupil_id: Mapped[int] = mapped_column(BigInteger)
    hours: Mapped[Rate]
    per: Mapped[str] = mapped_column(String(10))
    __table_args__ = (
        UniqueConstraint("school_id", "pupil_id"),
        rate_within("hours", MOST_HOURS),
        one_of("per", Per),
        refers("pupil_id", "pupil", ondelete="CASCADE"),
    )


def section_f_of(db: Session, school_id: int) -> dict[str, SectionF]:
    """What is entered, by pupil."""
    return {str(row.pupil_id): SectionF(row.hours, Per(row.per)) for row in rows_of(db, SectionFRow, school_id)}


def section_f_row(db: Session, school_id: int, pupil_id: int) -> SectionFRow | None:
    """One pupil's row, or None."""
    return next(iter(rows_of(db, SectionFRow, school_id, pupil_id=pupil_id)), None)


def keep_section_f(
    db: Session, school_id: int, pupil_id: int, version: int, hours: Number | None, per: str, by: By
) -> bool:
    """Keeps hours, or with None takes them away, if nobody did since `version` (0: there were none). False: a conflict."""
    row, what = section_f_row(db, school_id, pupil_id), f"hours in Section F of pupil {pupil_id}"
    if (row.version if row else 0) != version:
        return False
    if row is None:
        return hours is None or _add(db, school_id, by, what, pupil_id=pupil_id, hours=hours, per=per)
    if hours is not None:
        return change_row(db, row, version, by, what, hours=hours, per=per)
    remove_row(db, row, by, what)
    return True


def _add(db: Session, school_id: int, by: By, what: str, **values: object) -> bool:
    try:
        with db.begin_nested():
            add_row(db, SectionFRow, school_id, by, what, **values)
    except IntegrityError:  # a colleague's came a moment before
        return False
    return True
