"""Remembers who did what, when: written in the same transaction as the change itself."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, Session, mapped_column

from vfm.store.tables import OfSchool, Table, Words


class AuditRow(OfSchool, Table):
    """Who did what to what, when; old and new values. Written in the same transaction as the change itself."""

    __tablename__ = "audit"
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    at: Mapped[dt.datetime] = mapped_column(index=True)
    did: Mapped[Words]
    subject: Mapped[Words]
    old: Mapped[dict[str, str] | None] = mapped_column(JSON)
    new: Mapped[dict[str, str] | None] = mapped_column(JSON)


@dataclass(frozen=True, slots=True)
class By:
    """Who is acting, and when."""

    account_id: int
    at: dt.datetime


def record(
    db: Session, school_id: int, by: By, did: str, subject: str,
    old: dict[str, str] | None = None, new: dict[str, str] | None = None,
) -> None:  # fmt: skip
    """Writes the audit row of a change; the caller's transaction holds both."""
    db.add(
        AuditRow(school_id=school_id, account_id=by.account_id, at=by.at, did=did, subject=subject, old=old, new=new)
    )
