"""Remembers who is waiting for what: an assessment, a therapist, a place."""

import datetime as dt
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column

from vfm.store.rows import RegisterRow, rows_of
from vfm.store.tables import Words, refers
from vfm.value.covered import Wait


class WaitingRow(RegisterRow):
    """A pupil who waits for something since a day, of whom it was asked, and the day on which the waiting ended."""

    __tablename__ = "waiting"
    values_audited: ClassVar[bool] = False
    pupil_id: Mapped[int] = mapped_column(BigInteger)
    waits_for: Mapped[Words]
    since: Mapped[dt.date]
    asked_of: Mapped[Words]
    until: Mapped[dt.date | None]
    __table_args__ = (
        CheckConstraint("until >= since", name="days_in_order"),
        refers("pupil_id", "pupil", ondelete="CASCADE"),
    )


def waiting_of(db: Session, school_id: int, today: dt.date) -> tuple[Wait, ...]:
    """What pupils wait for on a day."""
    return tuple(
        Wait(str(row.pupil_id), row.waits_for, row.since, row.asked_of)
        for row in rows_of(db, WaitingRow, school_id)
        if row.since <= today and (row.until is None or row.until > today)
    )
