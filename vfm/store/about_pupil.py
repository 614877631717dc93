"""Finds every row that is about a pupil, by walking the keys of all tables: a table that is added tomorrow is found too."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, TypeAlias

from sqlalchemy import Column, ForeignKeyConstraint, RowMapping, Table, delete, or_, select
from sqlalchemy.orm import Session

from vfm.store.everything import metadata

PUPIL = "pupil"
Rows: TypeAlias = Mapping[str, list[RowMapping]]
"""Rows by the name of their table, tables that others refer to first."""


def links(table: Table) -> Iterator[tuple[Column[Any], str]]:
    """The columns that refer to another row of the same school, each with the table that it refers to."""
    for constraint in table.foreign_key_constraints:
        if len(constraint.columns) == 2:
            yield _own(constraint), constraint.referred_table.name


def _own(constraint: ForeignKeyConstraint) -> Column[Any]:
    return next(column for column in constraint.columns if column.name != "school_id")


def tables_about() -> dict[str, tuple[Column[Any], ...]]:
    """Every table that refers to a pupil, by itself or by way of another such, with the columns that do."""
    found: dict[str, tuple[Column[Any], ...]] = {PUPIL: ()}
    for table in metadata.sorted_tables:
        columns = tuple(column for column, to in links(table) if to in found and table.name != PUPIL)
        if columns:
            found[table.name] = columns
    return found


def rows_about(db: Session, school_id: int, pupils: Collection[int]) -> Rows:
    """The rows of pupils of a school, their own among them, one select a table."""
    found: dict[str, list[RowMapping]] = {}
    for name, columns in tables_about().items():
        table = metadata.tables[name]
        where = (
            or_(*(column.in_(_ids(found, table, column)) for column in columns)) if columns else table.c.id.in_(pupils)
        )
        query = select(table).where(table.c.school_id == school_id, where).order_by(table.c.id)
        found[name] = list(db.execute(query).mappings())
    return found


def _ids(found: Rows, table: Table, column: Column[Any]) -> list[int]:
    to = next(target for each, target in links(table) if each is column)
    return [row["id"] for row in found[to]]


def rows_leaning(table: str, rows: list[RowMapping], on: Collection[tuple[str, int]]) -> set[int]:
    """Which of the rows refer to one of others, given by table and key."""
    columns = [(column.name, to) for column, to in links(metadata.tables[table])]
    return {row["id"] for row in rows if any((to, row[column]) in on for column, to in columns)}


def remove_rows(db: Session, school_id: int, table: str, ids: Collection[int]) -> None:
    """Takes rows of one table away, with whatever leans on them."""
    it = metadata.tables[table]
    db.execute(delete(it).where(it.c.school_id == school_id, it.c.id.in_(ids)))
