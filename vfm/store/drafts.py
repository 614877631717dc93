"""Remembers what somebody was typing when their session ended, for that person alone and for one day."""

import datetime as dt

from sqlalchemy import JSON, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from vfm.store.tables import Id, Table

KEPT = dt.timedelta(days=1)


class DraftRow(Table):
    """What was typed into the form at one address."""

    __tablename__ = "draft"
    id: Mapped[Id]
    account_key: Mapped[str] = mapped_column(String(64), index=True)
    address: Mapped[str] = mapped_column(String(500))
    typed: Mapped[list[list[str]]] = mapped_column(JSON)
    at: Mapped[dt.datetime]
    __table_args__ = (UniqueConstraint("account_key", "address"),)


def keep_draft(db: Session, account_key: str, address: str, typed: list[list[str]], now: dt.datetime) -> None:
    """Keeps what was typed, in place of an earlier draft at the same address; what is older than a day goes."""
    db.execute(delete(DraftRow).where(DraftRow.at < now - KEPT))
    drop_draft(db, account_key, address)
    db.add(DraftRow(account_key=account_key, address=address, typed=typed, at=now))
    db.flush()


def find_draft(db: Session, account_key: str, address: str, now: dt.datetime) -> list[tuple[str, str]]:
    """What this person typed at this address, as pairs of field and text; nothing where there is no draft."""
    row = db.scalar(select(DraftRow).where(DraftRow.account_key == account_key, DraftRow.address == address))
    return [(name, text) for name, text in row.typed] if row and row.at > now - KEPT else []


def drop_draft(db: Session, account_key: str, address: str) -> None:
    """Forgets a draft: it has been saved."""
    db.execute(delete(DraftRow).where(DraftRow.account_key == account_key, DraftRow.address == address))
