"""Erases pupils, in one transaction that the caller commits; nothing of it can be undone. See decision 21.

The row of a pupil stays under a name that says so, and with it what figures are made of.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Table, func, select, update
from sqlalchemy.orm import Session

from vfm.costing.calendar import AcademicYear
from vfm.plan.naming import Place, put_in
from vfm.store.about_pupil import PUPIL, remove_rows
from vfm.store.audit import By, record
from vfm.store.erasing import Found, Outlook
from vfm.store.everything import metadata
from vfm.store.funds import IncomeRow
from vfm.store.kept_aside import clear_drafts, clear_messages, drop_sheets
from vfm.store.programmes import hold_catalogue
from vfm.store.provision import InterventionRow, TakesPartRow
from vfm.store.pupils import PupilRow
from vfm.store.texts import Path, text_columns, write_over

NAME, WORD = "Erased pupil", "Erased"


def hold(db: Session, school_id: int) -> None:
    """Waits for whoever else is erasing or renaming at this school; called before the last look."""
    hold_catalogue(db, school_id)


def erase(db: Session, school_id: int, outlook: Outlook, ticked: Collection[str], by: By) -> list[str]:
    """Does what was looked at, and writes over those of the asked places that are ticked. Returns the pupils' new names.

    Raises Overtaken where a text has changed since the look: then the caller takes all of it back.
    """
    chosen = [*outlook.sure, *(each for each in outlook.asked if each.key in ticked)]
    _write_over(db, school_id, chosen)
    _remove(db, school_id, outlook)
    _empty(db, school_id, outlook)
    drop_sheets(db, school_id, outlook.sheets, by.at)
    clear_drafts(db, outlook.drafts, outlook.who, outlook.ids, by.at)
    clear_messages(db, school_id, outlook.who)
    names = [_rename(db, row, by) for row in outlook.pupils]
    counts = {"texts written over": str(len(chosen)), "rows removed": str(len(outlook.going))}
    in_packs = sum(many for _, many in outlook.packs)
    counts |= {"left in submitted plans": str(len(outlook.frozen) - in_packs), "left in packs": str(in_packs)}
    for name in names:
        record(db, school_id, by, "erased a pupil", name, None, counts)
    db.flush()
    return names


def _write_over(db: Session, school_id: int, chosen: Iterable[Found]) -> None:
    new: defaultdict[tuple[str, int, str], defaultdict[tuple[Path, str], list[Place]]]
    new = defaultdict(lambda: defaultdict(list))
    for each in chosen:
        new[each.text.table, each.text.row, each.text.column][each.text.path, each.text.text].append(each.place)
    for (table, row, column), its in new.items():
        texts = {path: (text, put_in(text, places)) for (path, text), places in its.items()}
        write_over(db, school_id, table, row, column, texts)


def _remove(db: Session, school_id: int, outlook: Outlook) -> None:
    """What leans on others goes first."""
    for table in reversed(list(outlook.rows)):
        ids = [row for its, row in outlook.going if its == table]
        if ids:
            remove_rows(db, school_id, table, ids)


def _empty(db: Session, school_id: int, outlook: Outlook) -> None:
    for name, row in outlook.emptied:
        table = metadata.tables[name]
        values = {column.name: None if column.nullable else WORD for column in text_columns(table)}
        db.execute(update(table).where(*_row(table, school_id, row)).values(**values, **_risen(table)))


def _row(table: Table, school_id: int, row: int) -> tuple[ColumnElement[bool], ...]:
    return table.c.school_id == school_id, table.c.id == row


def _risen(table: Table) -> dict[str, ColumnElement[int]]:
    return {"version": table.c.version + 1} if "version" in table.c else {}


def _rename(db: Session, row: PupilRow, by: By) -> str:
    """Takes from the pupil's own row every text that is no code, also of columns that come later, and gives it its name."""
    table = metadata.tables[PUPIL]
    count = select(func.count()).select_from(PupilRow).where(PupilRow.school_id == row.school_id)
    name = f"{NAME} {(db.scalar(count.where(PupilRow.erased.is_not(None))) or 0) + 1}"
    values: dict[str, Any] = {column.name: None if column.nullable else "" for column in text_columns(table)}
    values |= {
        "name": name,
        "erased": by.at.date(),
        "version": row.version + 1,
        "left": row.left or _last_day(db, row, by.at.date()),
    }
    db.execute(update(table).where(*_row(table, row.school_id, row.id)).values(**values))
    db.expire(row)
    return name


def _last_day(db: Session, row: PupilRow, today: dt.date) -> dt.date:
    """When somebody leaves who had no last day: nobody will ever enter one, and later years would count the pupil for ever.

    The end of this academic year, or of a later one in which the pupil begins, is on a line already or has money: top-up
    stops with its pupil, so that an earlier day would change a figure.
    """
    mine = TakesPartRow.school_id == row.school_id, TakesPartRow.pupil_id == row.id
    same = TakesPartRow.school_id == InterventionRow.school_id, TakesPartRow.intervention_id == InterventionRow.id
    on_map = db.scalar(select(func.max(InterventionRow.year)).where(*mine, *same))
    money = select(func.max(IncomeRow.ends)).where(IncomeRow.school_id == row.school_id, IncomeRow.pupil_id == row.id)
    days = (today, row.joined, db.scalar(money), AcademicYear(on_map).first_day if on_map else None)
    return AcademicYear.holding(max(day for day in days if day)).last_day
