"""Remembers sheets that are being brought in, for a day and for one person, and what a school's headings mean, for good."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from vfm.store.ids import new_id
from vfm.store.tables import OfSchool, Table, Words, one_of

KEPT = dt.timedelta(days=1)
KINDS = ("ledger", "income", "provision-map", "pupils", "school-details")


class ImportDraftRow(OfSchool, Table):
    """A sheet between its upload and its confirmation: its rows, and what the person has said about it so far."""

    __tablename__ = "import_draft"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    year: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[Words]
    sheet: Mapped[dict[str, Any]] = mapped_column(JSON)
    choices: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[dt.datetime] = mapped_column(index=True)
    __table_args__ = (one_of("kind", KINDS),)


class ColumnMatchRow(OfSchool, Table):
    """What a heading means in a school's sheets of one kind; an empty meaning says that the column is not used."""

    __tablename__ = "column_match"
    kind: Mapped[str] = mapped_column(String(20))
    heading: Mapped[Words]
    meaning: Mapped[str] = mapped_column(String(40))
    __table_args__ = (UniqueConstraint("school_id", "kind", "heading"), one_of("kind", KINDS))


def keep_sheet(
    db: Session, school_id: int, account_id: int, year: int, kind: str, name: str, sheet: dict[str, Any], now: dt.datetime
) -> ImportDraftRow:  # fmt: skip
    """Puts a sheet away; what anybody put away more than a day ago goes."""
    db.execute(delete(ImportDraftRow).where(ImportDraftRow.at < now - KEPT))
    row = ImportDraftRow(
        school_id=school_id, id=new_id(), account_id=account_id, year=year, kind=kind, name=name, sheet=sheet, choices={},
        at=now,
    )  # fmt: skip
    db.add(row)
    db.flush()
    return row


def find_sheet(
    db: Session, school_id: int, account_id: int, year: int, kind: str, identity: int, now: dt.datetime
) -> ImportDraftRow | None:
    """The sheet that this person put away, or None when it is another's, another year's, or older than a day."""
    query = select(ImportDraftRow).where(
        ImportDraftRow.school_id == school_id, ImportDraftRow.id == identity, ImportDraftRow.account_id == account_id,
        ImportDraftRow.year == year, ImportDraftRow.kind == kind, ImportDraftRow.at > now - KEPT,
    )  # fmt: skip
    return db.scalar(query)


def drop_sheet(db: Session, row: ImportDraftRow) -> None:
    """Forgets a sheet: it has been brought in, or given up."""
    db.execute(delete(ImportDraftRow).where(ImportDraftRow.school_id == row.school_id, ImportDraftRow.id == row.id))


def remembered(db: Session, school_id: int, kind: str) -> dict[str, str]:
    """Meanings by plain heading, as this school has chosen them."""
    query = select(ColumnMatchRow).where(ColumnMatchRow.school_id == school_id, ColumnMatchRow.kind == kind)
    return {row.heading: row.meaning for row in db.scalars(query)}


def remember(db: Session, school_id: int, kind: str, meanings: Mapping[str, str]) -> None:
    """Keeps what headings mean, in place of what was kept before."""
    of_kind = (ColumnMatchRow.school_id == school_id, ColumnMatchRow.kind == kind)
    db.execute(delete(ColumnMatchRow).where(*of_kind, ColumnMatchRow.heading.in_(list(meanings))))
    for heading, meaning in meanings.items():
        db.add(ColumnMatchRow(school_id=school_id, id=new_id(), kind=kind, heading=heading, meaning=meaning))
    db.flush()
