"""Remembers the register: pupils by name or reference, or only how many there are."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index, String, UniqueConstraint, false, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from vfm.pupils.pupil import Pupil, SenStatus
from vfm.pupils.register import shown_name
from vfm.pupils.year_groups import group_in
from vfm.store.accounts import SchoolRow
from vfm.store.audit import By
from vfm.store.rows import RegisterRow, add_row, rows_of
from vfm.store.tables import Words, one_of, refers
from vfm.store.year_groups import set_groups, steps_of

STATUSES = ("N", "K", "E")
NEEDS = ("SPLD", "MLD", "SLD", "PMLD", "SEMH", "SLCN", "HI", "VI", "MSI", "PD", "ASD", "DS", "OTH", "NSA")


class PupilRow(RegisterRow):
    """A pupil. The year group belongs to an academic year (`year_groups.py`). No date of birth is kept (decision 16).

    `erased`: the day since which nothing says who it was; the row stays, since figures are made of it (decision 21).
    """

    __tablename__ = "pupil"
    values_audited: ClassVar[bool] = False
    name: Mapped[Words]
    status: Mapped[str] = mapped_column(String(1))
    need: Mapped[str | None] = mapped_column(String(4))
    pupil_premium: Mapped[bool] = mapped_column(default=False)
    eal: Mapped[bool] = mapped_column(default=False)
    top_up: Mapped[bool] = mapped_column(default=False)
    joined: Mapped[dt.date | None]
    left: Mapped[dt.date | None]
    upn: Mapped[str | None] = mapped_column(String(13))
    reference: Mapped[str | None] = mapped_column(String(50))
    class_name: Mapped[str | None] = mapped_column(String(50))
    second_need: Mapped[str | None] = mapped_column(String(4))
    sex: Mapped[str | None] = mapped_column(String(1))
    fsm: Mapped[bool] = mapped_column(default=False, server_default=false())
    looked_after: Mapped[bool] = mapped_column(default=False, server_default=false())
    erased: Mapped[dt.date | None]
    __table_args__ = (
        one_of("status", STATUSES),
        one_of("need", NEEDS),
        one_of("second_need", NEEDS),
        one_of("sex", ("F", "M")),
        Index("uq_pupil_upn", "school_id", "upn", unique=True),
        CheckConstraint('"left" >= joined', name="days_in_order"),
    )


class SenStatusRow(RegisterRow):
    """A SEN status of a pupil that began on a day. A pupil without such rows had today's status all the time."""

    __tablename__ = "sen_status"
    values_audited: ClassVar[bool] = False
    pupil_id: Mapped[int] = mapped_column(BigInteger)
    starts: Mapped[dt.date]
    status: Mapped[str] = mapped_column(String(1))
    __table_args__ = (
        UniqueConstraint("school_id", "pupil_id", "starts"),
        one_of("status", STATUSES),
        refers("pupil_id", "pupil", ondelete="CASCADE"),
    )


class CountsRow(RegisterRow):
    """How many pupils there are, for a school that enters no register, and the roll for every school."""

    __tablename__ = "counts"
    review_id: Mapped[int] = mapped_column(BigInteger)
    roll: Mapped[int | None]
    sen_support: Mapped[int | None]
    ehc_plans: Mapped[int | None]
    top_ups: Mapped[int | None]
    pupil_premium: Mapped[int | None]
    __table_args__ = (
        UniqueConstraint("school_id", "review_id"),
        *(
            CheckConstraint(f"{name} BETWEEN 0 AND 10000", name=f"{name}_range")
            for name in ("roll", "sen_support", "ehc_plans", "top_ups", "pupil_premium")
        ),
        refers("review_id", "review", ondelete="CASCADE"),
    )


def add_pupil(db: Session, school_id: int, year: int, group: int, by: By, **values: Any) -> PupilRow:
    """A new pupil who is in a year group in an academic year."""
    row = add_row(db, PupilRow, school_id, by, "pupil", **values)
    set_groups(db, school_id, year, {row.id: group}, by)
    return row


def pupils_of(db: Session, school_id: int, year: int, among: Collection[int] | None = None) -> dict[str, Pupil]:
    """The register by key, in the order in which it was entered; each pupil is called as the school has chosen.

    The year groups are those of the academic year that starts in `year`. `among`: only these pupils.
    """
    here, steps = [PupilRow.school_id == school_id], [SenStatusRow.school_id == school_id]
    if among is not None:
        here, steps = [*here, PupilRow.id.in_(among)], [*steps, SenStatusRow.pupil_id.in_(among)]
    groups = steps_of(db, school_id, among)
    way = db.scalar(select(SchoolRow.pupils_shown).where(SchoolRow.id == school_id)) or "name"
    history: defaultdict[int, list[tuple[dt.date, SenStatus]]] = defaultdict(list)
    for each in db.scalars(select(SenStatusRow).where(*steps).order_by(SenStatusRow.starts, SenStatusRow.id)):
        history[each.pupil_id].append((each.starts, SenStatus(each.status)))
    return {
        str(row.id): Pupil(
            id=str(row.id), name=shown_name(way_of(row, way), row.name, row.reference or ""), upn=row.upn or "", reference=row.reference or "",
            year=group_in(groups.get(row.id, ()), year), class_name=row.class_name or "", status=SenStatus(row.status), need=row.need or "",
            second_need=row.second_need or "", pupil_premium=row.pupil_premium, fsm=row.fsm, eal=row.eal,
            looked_after=row.looked_after, top_up=row.top_up, sex=row.sex or "", steps=groups.get(row.id, ()),
            joined=row.joined, left=row.left, history=tuple(history.get(row.id, ())), erased=row.erased is not None,
        )
        for row in db.scalars(select(PupilRow).where(*here).order_by(PupilRow.id))
    }  # fmt: skip


def way_of(row: PupilRow, way: str) -> str:
    """The way in which a school shows its pupils; who is erased has only the name that says so."""
    return "name" if row.erased else way


def written_names(db: Session, school_id: int) -> tuple[list[str], list[str]]:
    """Every pupil's name as it is written in the register, and every UPN: what a text is searched for."""
    rows = rows_of(db, PupilRow, school_id, erased=None)
    return [row.name for row in rows], [row.upn for row in rows if row.upn]


def counts_row(db: Session, school_id: int, review_id: int) -> CountsRow | None:
    """What was typed about the number of pupils for a review."""
    return next(iter(rows_of(db, CountsRow, school_id, review_id=review_id)), None)
