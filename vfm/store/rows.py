"""Adds, changes and removes rows of a school's registers: once for all, so that none forgets the version or the audit."""

from typing import Any, ClassVar, TypeVar

from sqlalchemy import CursorResult, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from vfm.store.audit import By, record
from vfm.store.ids import new_id
from vfm.store.tables import OfSchool, Table


class Versioned(OfSchool):
    """A row that two people might change at once: `version` rises with each change."""

    version: Mapped[int] = mapped_column(default=1)


class RegisterRow(Versioned, Table):
    """Any row of a school that is entered, changed and removed on pages."""

    __abstract__ = True
    values_audited: ClassVar[bool] = True  # of a pupil the audit says that something changed, not what


Row = TypeVar("Row", bound=RegisterRow)


def rows_of(db: Session, table: type[Row], school_id: int, **where: Any) -> list[Row]:
    """A school's rows of a table, oldest first, so that lists keep their order."""
    query = select(table).where(table.school_id == school_id, *(getattr(table, k) == v for k, v in where.items()))
    return list(db.scalars(query.order_by(table.id)))


def count_rows(db: Session, table: type[Row], school_id: int, **where: Any) -> int:
    """How many rows a school has."""
    query = select(func.count()).select_from(table).where(table.school_id == school_id)
    return db.scalar(query.where(*(getattr(table, k) == v for k, v in where.items()))) or 0


def row_of(db: Session, table: type[Row], school_id: int, identity: int, **where: Any) -> Row | None:
    """One row of a school, or None."""
    query = select(table).where(table.school_id == school_id, table.id == identity)
    return db.scalar(query.where(*(getattr(table, k) == v for k, v in where.items())))


def add_row(db: Session, table: type[Row], school_id: int, by: By, what: str, **values: Any) -> Row:
    """A new row; `what` names it in the audit."""
    row = table(school_id=school_id, id=new_id(), **values)
    db.add(row)
    db.flush()
    _record(db, row, by, "added", what, None, values)
    return row


def change_row(db: Session, row: RegisterRow, version: int, by: By, what: str, **values: Any) -> bool:
    """Changes a row if nobody did since `version`. False means that somebody did: a conflict."""
    table = type(row)
    old = {key: getattr(row, key) for key in values}
    done = db.execute(
        update(table)
        .where(table.school_id == row.school_id, table.id == row.id, table.version == version)
        .values(version=version + 1, **values)
        .execution_options(synchronize_session=False)
    )
    if not (isinstance(done, CursorResult) and done.rowcount == 1):
        return False
    changed = [key for key in values if old[key] != values[key]]
    if changed:
        _record(db, row, by, "changed", what, {k: old[k] for k in changed}, {k: values[k] for k in changed})
    db.flush()
    db.refresh(row)
    return True


def change_held(db: Session, row: Row, by: By, what: str, **values: Any) -> None:
    """Changes a row that this transaction holds, so that nobody can have come between; many are written together."""
    old = {key: getattr(row, key) for key in values if getattr(row, key) != values[key]}
    for key in old:
        setattr(row, key, values[key])
    if old:
        row.version += 1
        _record(db, row, by, "changed", what, old, {key: values[key] for key in old})


def remove_row(db: Session, row: RegisterRow, by: By, what: str) -> None:
    """Takes a row away; the audit keeps what it said."""
    table = type(row)
    kept = {c.key: getattr(row, c.key) for c in table.__table__.columns if c.key not in ("school_id", "id", "version")}
    db.execute(delete(table).where(table.school_id == row.school_id, table.id == row.id))
    _record(db, row, by, "removed", what, kept, None)
    db.flush()


def _record(db: Session, row: RegisterRow, by: By, did: str, what: str, *values: dict[str, Any] | None) -> None:
    old, new = (_words_of(each) if row.values_audited else None for each in values)
    record(db, row.school_id, by, did, what, old, new)


def _words_of(values: dict[str, Any] | None) -> dict[str, str] | None:
    return values and {key: "" if value is None else str(value) for key, value in values.items()}
