"""Remembers the meetings in which a pupil's support was reviewed."""

import datetime as dt
from collections import defaultdict
from typing import ClassVar

from sqlalchemy import BigInteger, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from vfm.store.rows import RegisterRow
from vfm.store.tables import Prose, Words, one_of, refers
from vfm.value.pupil_record import PupilReview

KINDS = {
    "annual": "Annual review of the EHC plan",
    "support": "SEN Support review",
    "other": "Another meeting",
}


class PupilReviewRow(RegisterRow):
    """A meeting in one academic year: its day and kind, who took part (as roles), and what was agreed."""

    __tablename__ = "pupil_review"
    values_audited: ClassVar[bool] = False
    pupil_id: Mapped[int] = mapped_column(BigInteger)
    year: Mapped[int]
    on: Mapped[dt.date]
    kind: Mapped[str] = mapped_column(String(10))
    who: Mapped[Words] = mapped_column(default="")
    agreed: Mapped[Prose]
    __table_args__ = (
        one_of("kind", KINDS),
        refers("pupil_id", "pupil", ondelete="CASCADE"),
    )


def reviews_of_pupil(db: Session, school_id: int, pupil_id: int, upto: int) -> dict[int, tuple[PupilReview, ...]]:
    """One pupil's, by year up to one, in the order of days."""
    row = PupilReviewRow
    mine = row.school_id == school_id, row.pupil_id == pupil_id, row.year <= upto
    found: defaultdict[int, tuple[PupilReview, ...]] = defaultdict(tuple)
    for each in db.scalars(select(row).where(*mine).order_by(row.on, row.id)):
        found[each.year] += (PupilReview(each.on, KINDS[each.kind], each.who, each.agreed),)
    return found
