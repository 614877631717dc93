"""Remembers what a pupil or a parent said of support, of one line of the map or of a year as a whole."""

import datetime as dt
from collections import defaultdict
from typing import ClassVar

from sqlalchemy import BigInteger, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from vfm.store.rows import RegisterRow
from vfm.store.tables import Prose, one_of, refers
from vfm.value.pupil_record import View, Voice

Said = dict[str, tuple[View, ...]]
"""Views by the key of the line that they are of; those of the year as a whole under an empty one."""


class PupilViewRow(RegisterRow):
    """A view, as somebody wrote it down. Without an intervention it is of the year as a whole."""

    __tablename__ = "pupil_view"
    values_audited: ClassVar[bool] = False
    pupil_id: Mapped[int] = mapped_column(BigInteger)
    year: Mapped[int]
    intervention_id: Mapped[int | None] = mapped_column(BigInteger)
    voice: Mapped[str] = mapped_column(String(10))
    on: Mapped[dt.date]
    said: Mapped[Prose]
    worth_it: Mapped[bool | None]
    __table_args__ = (
        one_of("voice", Voice),
        refers("pupil_id", "pupil", ondelete="CASCADE"),
        refers("intervention_id", "intervention"),
    )


def views_of(db: Session, school_id: int, pupil_id: int, upto: int) -> dict[int, Said]:
    """What was said of one pupil's support, by year up to one and by line, in the order of days."""
    row = PupilViewRow
    mine = row.school_id == school_id, row.pupil_id == pupil_id, row.year <= upto
    found: defaultdict[int, defaultdict[str, tuple[View, ...]]] = defaultdict(lambda: defaultdict(tuple))
    for each in db.scalars(select(row).where(*mine).order_by(row.on, row.id)):
        line = str(each.intervention_id) if each.intervention_id else ""
        found[each.year][line] += (View(Voice(each.voice), each.on, each.said, each.worth_it),)
    return {year: dict(said) for year, said in found.items()}
