"""Remembers who is waiting for what: an assessment, a therapist, a place."""

import datetime as dt
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vfm.store.rows import RegisterRow
from vfm.store.tables import Words, refers


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
