"""Remembers who is signed in: sessions that stand on the server and can be ended there."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from sqlalchemy import delete
from sqlalchemy.orm import Session

from vfm.store.accounts import SignInRow

IDLE = dt.timedelta(minutes=30)
ABSOLUTE = dt.timedelta(hours=12)
KEPT = dt.timedelta(days=1)  # an expired row, so that what its owner goes on typing is not lost


@dataclass(frozen=True, slots=True)
class SignIn:
    """A session as it was found."""

    data: str
    started: dt.datetime
    seen: dt.datetime


def _hash(identity: str) -> bytes:
    return hashlib.sha256(identity.encode()).digest()


def find_sign_in(db: Session, identity: str, now: dt.datetime) -> SignIn | None:
    """The session of a cookie, unless it has been idle or open for too long."""
    row = db.get(SignInRow, _hash(identity))
    if row is None or now - row.seen > IDLE or now - row.started > ABSOLUTE:
        return None
    return SignIn(row.data, row.started, row.seen)


def expired_account(db: Session, identity: str, now: dt.datetime) -> str | None:
    """Whose session this was, if it ran out of time within the last day; None for a living or an unknown one."""
    row = db.get(SignInRow, _hash(identity))
    return row.account_key if row and find_sign_in(db, identity, now) is None and now - row.seen <= KEPT else None


def keep_sign_in(db: Session, identity: str, account_key: str | None, sign_in: SignIn) -> None:
    """Writes a session's row, new or changed; rows that nobody has used for more than a day go."""
    db.execute(delete(SignInRow).where(SignInRow.seen < sign_in.seen - ABSOLUTE - KEPT))
    db.merge(
        SignInRow(
            id_hash=_hash(identity), account_key=account_key, data=sign_in.data,
            started=sign_in.started, seen=sign_in.seen,
        )
    )  # fmt: skip


def end_sign_in(db: Session, identity: str) -> None:
    """Ends one session."""
    db.execute(delete(SignInRow).where(SignInRow.id_hash == _hash(identity)))


def end_all_sign_ins(db: Session, account_key: str) -> None:
    """Ends every session of an account: its password or its rights changed, or it was disabled."""
    db.execute(delete(SignInRow).where(SignInRow.account_key == account_key))
