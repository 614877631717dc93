"""Remembers failed tries to sign in, so that guessing is slowed down, whichever process answers."""

import datetime as dt
import hashlib

from sqlalchemy import LargeBinary, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from vfm.store.tables import Id, Table

WINDOW = dt.timedelta(minutes=15)


class TryRow(Table):
    """One failed try, by account or by address. Only a hash of either is kept."""

    __tablename__ = "failed_try"
    id: Mapped[Id]
    whose: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    at: Mapped[dt.datetime] = mapped_column(index=True)


def _hash(whose: str) -> bytes:
    return hashlib.sha256(whose.encode()).digest()


def tries(db: Session, whose: str, now: dt.datetime) -> int:
    """How many times it failed within the last quarter of an hour."""
    query = select(func.count()).select_from(TryRow).where(TryRow.whose == _hash(whose), TryRow.at > now - WINDOW)
    return db.scalar(query) or 0


def add_try(db: Session, whose: str, now: dt.datetime) -> None:
    """Counts one more; what is older than the window goes."""
    db.execute(delete(TryRow).where(TryRow.at <= now - WINDOW))
    db.add(TryRow(whose=_hash(whose), at=now))


def forget_tries(db: Session, whose: str) -> None:
    """The right password was given."""
    db.execute(delete(TryRow).where(TryRow.whose == _hash(whose)))
