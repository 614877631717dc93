"""Remembers the packs that were made of a pupil, whole and unchanging, and who made, opened and printed each."""

import datetime as dt
import hashlib
from collections.abc import Collection
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, defer, mapped_column

from vfm.plan.pack import Reader
from vfm.store.audit import AuditRow, By, record
from vfm.store.ids import new_id
from vfm.store.tables import OfSchool, Prose, Table, one_of, refers

MADE, OPENED, PRINTED = "made", "opened", "printed"


class PackRow(OfSchool, Table):
    """A pack as it was made: words and figures as JSON, the PDF, and a hash of both. It goes only with its pupil."""

    __tablename__ = "pack"
    pupil_id: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[int]
    reader: Mapped[str] = mapped_column(String(10))
    with_cost: Mapped[bool]
    format: Mapped[int]
    pack: Mapped[Prose]
    pdf: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    at: Mapped[dt.datetime]
    __table_args__ = (
        UniqueConstraint("school_id", "pupil_id", "number"),
        one_of("reader", Reader),
        refers("pupil_id", "pupil", ondelete="CASCADE"),
    )


def keep_pack(
    db: Session, school_id: int, pupil_id: int, by: By, *, number: int, reader: Reader, with_cost: bool, pack_format: int,
    pack: str, pdf: bytes, no_names: str = "",
) -> PackRow:  # fmt: skip
    """Stores a pack for good. Raises IntegrityError when that number is taken: somebody made one a moment before.

    `no_names` is what a person said of words that looked like names; the audit keeps it.
    """
    row = PackRow(
        school_id=school_id, id=new_id(), pupil_id=pupil_id, number=number, reader=reader, with_cost=with_cost,
        format=pack_format, pack=pack, pdf=pdf, sha256=hashlib.sha256(pack.encode() + pdf).hexdigest(), account_id=by.account_id, at=by.at,
    )  # fmt: skip
    db.add(row)
    db.flush()
    said = {"sha256": row.sha256, "reader": reader.value, "cost": "with" if with_cost else "without"}
    record(
        db, school_id, by, MADE, subject(pupil_id, number), None, said | ({"no names": no_names} if no_names else {})
    )
    db.flush()
    return row


def subject(pupil_id: int, number: int) -> str:
    """What the audit calls a pack: without the pupil's name, since the audit outlives it."""
    return f"pack {number} of pupil {pupil_id}"


def note_use(db: Session, row: PackRow, by: By, did: str) -> None:
    """Writes into the audit that somebody opened or printed a pack."""
    record(db, row.school_id, by, did, subject(row.pupil_id, row.number))


def next_pack_number(db: Session, school_id: int, pupil_id: int) -> int:
    """The number of a pupil's next pack."""
    return int(db.scalar(select(func.max(PackRow.number)).where(*_of(school_id, pupil_id))) or 0) + 1


def numbers_of(db: Session, school_id: int, ids: Collection[int]) -> dict[int, int]:
    """The numbers of packs, by their ids."""
    query = select(PackRow.id, PackRow.number).where(PackRow.school_id == school_id, PackRow.id.in_(ids))
    return {identity: number for identity, number in db.execute(query)}


def packs_of(db: Session, school_id: int, pupil_id: int) -> list[PackRow]:
    """A pupil's packs, newest first, without the bytes."""
    query = select(PackRow).where(*_of(school_id, pupil_id)).order_by(PackRow.number.desc())
    return list(db.scalars(query.options(defer(PackRow.pdf), defer(PackRow.pack))))


def pack_of(db: Session, school_id: int, pupil_id: int, number: int) -> PackRow | None:
    """One pack."""
    return db.scalar(select(PackRow).where(*_of(school_id, pupil_id), PackRow.number == number))


def uses_of(db: Session, rows: list[PackRow]) -> dict[int, list[AuditRow]]:
    """Who printed each pack and when, by its number, the newest first."""
    found: dict[int, list[AuditRow]] = {row.number: [] for row in rows}
    if rows:
        named = {subject(row.pupil_id, row.number): row.number for row in rows}
        query = select(AuditRow).where(
            AuditRow.school_id == rows[0].school_id, AuditRow.subject.in_(named), AuditRow.did == PRINTED
        )
        for each in db.scalars(query.order_by(AuditRow.id.desc())):
            found[named[each.subject]].append(each)
    return found


def _of(school_id: int, pupil_id: int) -> tuple[Any, ...]:
    return PackRow.school_id == school_id, PackRow.pupil_id == pupil_id
