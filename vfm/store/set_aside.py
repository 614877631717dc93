"""Remembers what somebody set aside among the things that were noticed: why, who, when. It holds while the facts do."""

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column

from vfm.store.audit import By
from vfm.store.programmes import hold_catalogue
from vfm.store.rows import RegisterRow, add_row, remove_row, rows_of
from vfm.store.tables import Prose, refers
from vfm.value.noticed import Noticed, SetAside


class SetAsideRow(RegisterRow):
    """One thing that is set aside. `facts` is the digest of what it rested on; `pupil_id` whom it is about, if anybody."""

    __tablename__ = "set_aside"
    values_audited: ClassVar[bool] = False  # a reason may speak of a pupil
    key: Mapped[str] = mapped_column(String(80))
    facts: Mapped[str] = mapped_column(String(64))
    pupil_id: Mapped[int | None] = mapped_column(BigInteger)
    reason: Mapped[Prose]
    by_account: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    at: Mapped[dt.datetime]
    __table_args__ = (
        UniqueConstraint("school_id", "key", "facts"),
        refers("pupil_id", "pupil", ondelete="CASCADE"),
    )


def set_aside_rows(db: Session, school_id: int) -> dict[tuple[str, str], SetAsideRow]:
    """Everything that was set aside, by its key and the digest of its facts."""
    return {(row.key, row.facts): row for row in rows_of(db, SetAsideRow, school_id)}


def set_aside_of(db: Session, school_id: int) -> SetAside:
    """The same for whoever only asks what is still open."""
    return frozenset(set_aside_rows(db, school_id))


def set_aside(db: Session, school_id: int, found: Noticed, reason: str, by: By) -> None:
    """Keeps why something is set aside; once more changes nothing, so that a double click has one effect."""
    hold_catalogue(db, school_id)
    if (found.key, found.digest) not in set_aside_rows(db, school_id):
        add_row(
            db, SetAsideRow, school_id, by, f"set aside {found.key}", key=found.key, facts=found.digest, reason=reason,
            pupil_id=int(found.pupil) if found.pupil else None, by_account=by.account_id, at=by.at,
        )  # fmt: skip


def show_again(db: Session, school_id: int, found: Iterable[Noticed], by: By) -> None:
    """Takes the reasons away, so that the things are open again; the audit keeps that it was done."""
    rows = set_aside_rows(db, school_id)
    for each in found:
        row = rows.get((each.key, each.digest))
        if row is not None:
            remove_row(db, row, by, f"set aside {each.key}")
