"""Gathers everything that is kept about one pupil: found by walking keys and texts, with other pupils taken out."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import RowMapping, Table, select
from sqlalchemy.orm import Session

from vfm.money import pounds
from vfm.plan.masking import masked
from vfm.plan.naming import Known, Place, around, known, places
from vfm.plan.other_people import index_of
from vfm.pupils.data_words import LINE, NEVER_SHOWN, label, meaning, told, where
from vfm.pupils.pupil import NEED_TYPES
from vfm.pupils.pupil_data import Did, Item, Kept, Mention, PupilData
from vfm.store.about_pupil import PUPIL, Rows, links, rows_about, tables_about
from vfm.store.accounts import Account, SchoolRow
from vfm.store.audit import AuditRow
from vfm.store.columns import Pence
from vfm.store.everything import metadata
from vfm.store.ids import made_on
from vfm.store.imports import ImportDraftRow
from vfm.store.other_people import others_than
from vfm.store.provision import InterventionRow
from vfm.store.pupils import PupilRow
from vfm.store.rows import rows_of
from vfm.store.texts import leaves, texts_in

HIDDEN = ("school_id", "id", "version")


class _Gatherer:
    """What is needed to tell one pupil's rows without telling of another, and what was noticed meanwhile."""

    def __init__(self, db: Session, school_id: int, pupil: PupilRow) -> None:
        self.db, self.school_id = db, school_id
        others = [row for row in rows_of(db, PupilRow, school_id, erased=None) if row.id != pupil.id]
        self.own = known([pupil.name], filter(None, [pupil.upn]), filter(None, [pupil.reference]))
        self.others = known([row.name for row in others], [row.upn for row in others if row.upn])
        self.not_to_name = index_of(replace(others_than(db, pupil), staff=()))  # who works with a pupil is told
        self.people = {int(row.id): str(row.name) for row in db.execute(select(Account.id, Account.name))}
        self.taken_out, self.look = 0, list[str]()

    def without_others(self, text: str) -> str:
        """The text with other pupils taken out; small words that were left are noted, to be looked at."""
        found = masked(text, self.not_to_name)
        self.taken_out += found.taken_out
        self.look += found.left
        return found.text

    def item(self, table: Table, column: str, value: Any) -> Item:
        if isinstance(value, str):
            value = self.without_others(value)
        elif isinstance(value, dict | list):
            value = _each_text(value, self.without_others)
        return Item(column, label(table.name, column), value, self.shown(table, column, value))

    def shown(self, table: Table, column: str, value: Any) -> str:
        to = {link.name: target for link, target in links(table)}.get(column)
        if value is None or value == "":
            return "Not recorded"
        if to is not None:
            return self.row_words(metadata.tables[to], value)
        if _of_account(table, column):
            return self.people.get(int(value), "Somebody")
        if isinstance(table.c[column].type, Pence):
            return str(pounds(value))
        return _said(meaning(column, value))

    def row_words(self, table: Table, identity: int) -> str:
        """What a row that is referred to is called."""
        query = select(table).where(table.c.school_id == self.school_id, table.c.id == identity)
        row = dict(self.db.execute(query).mappings().first() or {})
        year = f" ({row['year']} to {row['year'] + 1})" if isinstance(row.get("year"), int) else ""
        return (self.without_others(str(row["name"])) if row.get("name") else "") + year or str(identity)


def _said(value: Any) -> str:
    """A value for a reader."""
    if isinstance(value, dt.datetime):
        return f"{value.day} {value:%B %Y} at {value:%H:%M} (UTC)"
    if isinstance(value, dt.date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, bytes):
        return f"A document of {len(value):,} bytes"
    if isinstance(value, dict | list):
        return "\n".join(text for _, text in leaves(value))
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return NEED_TYPES[value].words if value in NEED_TYPES else f"{value}"


def _each_text(value: Any, change: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _each_text(each, change) for key, each in value.items()}
    return [_each_text(each, change) for each in value] if isinstance(value, list) else value


def _of_account(table: Table, column: str) -> bool:
    return any(key.column.table.name == Account.__tablename__ for key in table.c[column].foreign_keys)


def data_of(db: Session, pupil: PupilRow, now: dt.datetime) -> PupilData:
    """Everything about a pupil of a school."""
    gatherer, rows = _Gatherer(db, pupil.school_id, pupil), rows_about(db, pupil.school_id, [pupil.id])
    kept = tuple(_kept(gatherer, table, its) for table, its in rows.items() if its)
    lines = _lines(gatherer, rows)
    mentions = tuple(dict.fromkeys(_mentions(gatherer, rows)))
    did = tuple(_did(gatherer, rows))
    school = db.get_one(SchoolRow, pupil.school_id)
    look = tuple(dict.fromkeys(gatherer.look))
    return PupilData(school.name, pupil.name, now, kept, lines, mentions, did, gatherer.taken_out, look)


def _kept(gatherer: _Gatherer, name: str, rows: list[RowMapping]) -> Kept:
    table = metadata.tables[name]
    among = tables_about()
    hidden = {*HIDDEN, *(column.name for column, to in links(table) if to in among)}
    columns = [column.name for column in table.c if column.name not in hidden]
    made = tuple(
        (*(gatherer.item(table, column, row[column]) for column in columns if _tells(name, column, row)), _entered(row))
        for row in rows
    )
    return Kept(name, told(name).title, made)


def _entered(row: RowMapping) -> Item:
    """The day on which a row was entered, which its key tells."""
    day = made_on(row["id"])
    return Item("id", "Entered on", day, _said(day))


def _tells(table: str, column: str, row: RowMapping) -> bool:
    """What is empty tells something of a pupil's own row only."""
    return (table == PUPIL and column != "erased") or row[column] not in (None, "")


def _lines(gatherer: _Gatherer, rows: Rows) -> Kept:
    table = metadata.tables[InterventionRow.__tablename__]
    ids = {row["intervention_id"] for its in rows.values() for row in its if "intervention_id" in row}
    query = (
        select(table)
        .where(table.c.school_id == gatherer.school_id, table.c.id.in_(ids))
        .order_by(table.c.year, table.c.id)
    )
    made = []
    for row in gatherer.db.execute(query).mappings():
        items = (gatherer.item(table, column, row[column]) for column in LINE if row[column] not in (None, ""))
        made.append(tuple(Item(each.column, LINE[each.column], each.kept, each.shown) for each in items))
    return Kept(table.name, "Interventions that the pupil took part in", tuple(made))


def _mentions(gatherer: _Gatherer, rows: Rows) -> Iterator[Mention]:
    """Places where the name stands, but in the pupil's own rows and in other pupils' packs. A word that another pupil bears too is only looked at."""
    own = {(table, row["id"]) for table, its in rows.items() for row in its}
    for text in texts_in(gatherer.db, gatherer.school_id):
        if text.table not in NEVER_SHOWN and (text.table, text.row) not in own:
            yield from _mention(gatherer, where(text.table), text.text)
    for sheet in gatherer.db.scalars(select(ImportDraftRow).where(ImportDraftRow.school_id == gatherer.school_id)):
        for _, cell in leaves(sheet.sheet):
            yield from _mention(gatherer, where(ImportDraftRow.__tablename__), cell)


def _mention(gatherer: _Gatherer, place: str, text: str) -> Iterator[Mention]:
    found = places(text, gatherer.own)
    if found and all(_may_be_another(text, each, gatherer.others) for each in found):
        gatherer.look.append(
            f"{place.capitalize()}, left out since another pupil bears the name: {around(text, found[0])}"
        )
    elif found:
        yield Mention(place, gatherer.without_others(text), any(each.sure for each in found))


def _may_be_another(text: str, place: Place, others: Known) -> bool:
    """Whether what was found is in another pupil's name as well: the whole of a whole name, or the word."""
    return any(each.sure or not place.sure for each in places(text[place.start : place.end], others))


def _did(gatherer: _Gatherer, rows: Rows) -> Iterator[Did]:
    """Lines of the record of changes that name one of the pupil's rows, by their keys, oldest first."""
    keys = {str(row["id"]) for its in rows.values() for row in its}
    query = select(AuditRow.at, AuditRow.account_id, AuditRow.did, AuditRow.subject)
    for row in gatherer.db.execute(
        query.where(AuditRow.school_id == gatherer.school_id).order_by(AuditRow.at, AuditRow.id)
    ):
        if keys & set(re.findall(r"\d+", row.subject)):
            who = gatherer.people.get(row.account_id or 0, "The site")
            yield Did(row.at, who, row.did, gatherer.without_others(_plain_subject(row.subject)))


def _plain_subject(subject: str) -> str:
    """Without the keys, which say nothing to a reader."""
    return " ".join(re.sub(r"\d{6,}", "", subject).split())
