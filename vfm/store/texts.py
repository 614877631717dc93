"""Walks every text of a school's tables, so that a name can be found wherever it stands, and written over there."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import JSON, CheckConstraint, Column, String, Table, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from vfm.pupils.data_words import FROZEN
from vfm.store.everything import metadata

Path: TypeAlias = tuple[str | int, ...]
NOT_SEARCHED = {
    "pupil": "names of pupils, who are other children",
    "membership": "no words", "invitation": "names of staff", "import_draft": "thrown away whole where a name is in it",
}  # fmt: skip
OUTSIDE = {
    "authority": "no school's", "account": "names of staff", "school": "its own name", "failed_try": "hashes",
    "sign_in": "messages that wait to be shown", "draft": "texts that are being typed",
}  # fmt: skip
"""Tables without a school of their own: the last two are looked at in their own way (kept_aside.py)."""
KEYS = frozenset({
    "answer.question", "stage_done.stage", "action.key", "variance_note.key", "set_aside.key", "set_aside.facts",
    "submitted_plan.sha256", "pack.sha256", "column_match.meaning",
})  # fmt: skip
"""Columns that hold keys of ours and nothing that somebody wrote."""


class Overtaken(Exception):
    """Somebody has changed a text since it was looked at: nothing must be written over it."""


@dataclass(frozen=True, slots=True)
class Written:
    """A text: the table, row and column it stands in, and within JSON the way to it."""

    table: str
    row: int
    column: str
    path: Path
    text: str


def text_columns(table: Table) -> list[Column[Any]]:
    """The columns in which something can stand that somebody wrote: not those that hold one of a few codes."""
    codes = [str(each.name) for each in table.constraints if isinstance(each, CheckConstraint)]
    return [
        column
        for column in table.columns
        if isinstance(column.type, String | JSON)
        and not any(name.endswith(f"_{column.name}_known") or name == f"{column.name}_known" for name in codes)
        and f"{table.name}.{column.name}" not in KEYS
    ]


def searched_tables() -> list[Table]:
    """The tables of a school whose texts are searched."""
    return [
        table
        for table in metadata.sorted_tables
        if "school_id" in table.c and table.name not in NOT_SEARCHED and text_columns(table)
    ]


def texts_in(db: Session, school_id: int) -> Iterator[Written]:
    """Every text that is not empty, those of JSON one by one."""
    for table in searched_tables():
        columns = text_columns(table)
        query = select(table.c.id, *columns).where(table.c.school_id == school_id).order_by(table.c.id)
        for row in db.execute(query).mappings():
            for column in columns:
                for path, text in leaves(_value(table, row[column.name])):
                    yield Written(table.name, row["id"], column.name, path, text)


def _value(table: Table, value: Any) -> Any:
    """A frozen plan or pack is kept as a text of JSON, in which signs may be written in another way."""
    if table.name in FROZEN and isinstance(value, str) and value.startswith("{"):
        return json.loads(value)
    return value


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """The texts of a value: itself, or those in lists and under keys."""
    if isinstance(value, str):
        if value:
            yield path, value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from leaves(each, (*path, key))
    elif isinstance(value, list | tuple):
        for place, each in enumerate(value):
            yield from leaves(each, (*path, place))


def with_leaves(value: Any, new: Mapping[Path, str], path: Path = ()) -> Any:
    """The value with other texts at some places."""
    if isinstance(value, str):
        return new.get(path, value)
    if isinstance(value, Mapping):
        return {key: with_leaves(each, new, (*path, key)) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [with_leaves(each, new, (*path, place)) for place, each in enumerate(value)]
    return value


def write_over(
    db: Session, school_id: int, table_name: str, row: int, column: str, texts: Mapping[Path, tuple[str, str]]
) -> None:
    """Writes texts over, each of which is given as it was looked at and as it is to be.

    The version rises, so that a form that still shows the old text cannot bring it back unseen. Raises Overtaken where one of them
    is another by now, which only PostgreSQL lets happen: there the row is held from the comparing to the writing.
    """
    table = metadata.tables[table_name]
    where = (table.c.school_id == school_id, table.c.id == row)
    kept = db.scalar(select(table.c[column]).where(*where).with_for_update(key_share=True))
    stands = dict(leaves(kept))
    if any(stands.get(path) != old for path, (old, _) in texts.items()):
        raise Overtaken
    value = with_leaves(kept, {path: new for path, (_, new) in texts.items()})
    rises = {"version": table.c.version + 1} if "version" in table.c else {}
    for again in range(1, 100):
        fitting = _fitting(table.c[column], value, again)
        try:
            with db.begin_nested():
                db.execute(update(table).where(*where).values({column: fitting, **rises}))
            return
        except IntegrityError:  # there is a row of this name already: two must not become one
            continue


def _fitting(column: Column[Any], value: Any, again: int) -> Any:
    """A text that its column can hold; the second of its kind carries a number."""
    if not isinstance(value, str):
        return value
    longest, after = getattr(column.type, "length", None), f" ({again})" if again > 1 else ""
    return (value[: longest - len(after)] if longest else value) + after
