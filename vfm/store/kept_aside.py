"""Looks after what is kept for a day beside a school's tables: sheets being brought in, texts being typed, messages to show."""

import datetime as dt
import json
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from vfm.plan.naming import Known, places, put_in
from vfm.store import drafts, imports
from vfm.store.accounts import Account, MembershipRow, SchoolRow, SignInRow
from vfm.store.drafts import DraftRow
from vfm.store.imports import ImportDraftRow
from vfm.store.texts import leaves, with_leaves


def holds(value: Any, who: Known) -> bool:
    """Whether a name, a word of one, or a number of theirs stands in it; also where its words stand in cells side by side."""
    return any(places(text, who) for _, text in leaves(value)) or any(places(row, who) for row in _rows(value))


def _rows(value: Any) -> Iterable[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _rows(each)
    elif isinstance(value, list):
        cells = [each for each in value if isinstance(each, str) and each]
        if len(cells) > 1:
            yield ", ".join(cells)
        for each in value:
            yield from _rows(each)


def sheets_with(db: Session, school_id: int, who: Known) -> list[int]:
    """The sheets that are being brought in and hold the name or a word of it."""
    rows = db.scalars(select(ImportDraftRow).where(ImportDraftRow.school_id == school_id))
    return [row.id for row in rows if holds([row.name, row.sheet, row.choices], who)]


def drop_sheets(db: Session, school_id: int, ids: Collection[int], now: dt.datetime) -> None:
    """Throws sheets away, and whatever is older than the day for which sheets are kept."""
    db.execute(delete(ImportDraftRow).where(ImportDraftRow.school_id == school_id, ImportDraftRow.id.in_(ids)))
    db.execute(delete(ImportDraftRow).where(ImportDraftRow.at < now - imports.KEPT))


def drafts_with(db: Session, school_id: int, who: Known, pupils: Collection[int]) -> list[DraftRow]:
    """Texts that somebody at the school was typing and that hold the name, or that stand on the pupil's own pages."""
    slug = db.scalar(select(SchoolRow.slug).where(SchoolRow.id == school_id))
    rows = db.scalars(select(DraftRow).where(DraftRow.address.startswith(f"/school/{slug}/", autoescape=True)))
    return [row for row in rows if _own(row, pupils) or holds([text for _, text in row.typed], who)]


def _own(row: DraftRow, pupils: Collection[int]) -> bool:
    return any(part in {str(pupil) for pupil in pupils} for part in row.address.replace("?", "/").split("/"))


def clear_drafts(db: Session, rows: Iterable[DraftRow], who: Known, pupils: Collection[int], now: dt.datetime) -> None:
    """Takes the name out of them, single words too, since nobody but who typed it may read it; what is too old goes."""
    for row in list(rows):
        if _own(row, pupils):
            db.delete(row)
        else:
            row.typed = [[name, put_in(text, places(text, who))] for name, text in row.typed]
    db.flush()
    db.execute(delete(DraftRow).where(DraftRow.at < now - drafts.KEPT))


def clear_messages(db: Session, school_id: int, who: Known) -> None:
    """Takes the name out of messages that wait in the sessions of people of the school, such as that a pupil was saved."""
    keys = select(Account.fs_uniquifier).join(MembershipRow, MembershipRow.account_id == Account.id)
    here = keys.where(MembershipRow.school_id == school_id)
    for row in db.scalars(select(SignInRow).where(SignInRow.account_key.in_(here))):
        data = json.loads(row.data)
        new = {path: put_in(text, found) for path, text in leaves(data) if (found := places(text, who))}
        if new:
            row.data = json.dumps(with_leaves(data, new), separators=(",", ":"))
    db.flush()
