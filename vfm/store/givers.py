"""Keeps who gives an intervention: so many of a role, and which of its people, where somebody said so."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import zip_longest
from types import MappingProxyType
from typing import Any

from sqlalchemy.orm import Session

from vfm.store.audit import By
from vfm.store.provision import GiverRow
from vfm.store.rows import add_row, change_row, remove_row, rows_of

Key = tuple[str, int | None]
"""A kind of giver, and the role where it is staff."""
Part = tuple[Decimal, int | None]
"""How many of them, and who it is; nobody in particular where a part has no person."""


def givers_of(db: Session, school_id: int, intervention_id: int) -> dict[Key, list[Part]]:
    """Who gives an intervention, in the order in which they were entered."""
    found: dict[Key, list[Part]] = {}
    for row in rows_of(db, GiverRow, school_id, intervention_id=intervention_id):
        found.setdefault((row.kind, row.role_id), []).append((row.number, row.staff_id))
    return found


def number_of(parts: Sequence[Part]) -> Decimal:
    """How many of them in all."""
    return sum((number for number, _ in parts), Decimal(0))


def parts_for(number: Decimal, people: Sequence[int]) -> list[Part]:
    """So many of them, of whom these are known: a row for each, and one for those who are nobody in particular."""
    parts: list[Part] = []
    left = number
    for person in people:
        if left > 0:
            parts.append((min(Decimal(1), left), person))
            left -= min(Decimal(1), left)
    return [*parts, (left, None)] if left > 0 or not parts else parts


def set_givers(
    db: Session, school_id: int, intervention_id: int, wanted: Mapping[Key, Sequence[Part]], by: By,
    values: Mapping[Key, Mapping[str, Any]] = MappingProxyType({}),
) -> None:  # fmt: skip
    """Makes the rows say what is wanted: those that are right stay, those that are gone go, those that are new come.

    `values` are the other columns of the rows of a key, such as its preparation; what is not said stays, and a new row
    begins with what the first of its key has.
    """
    what = f"who gives intervention {intervention_id}"
    rows: dict[Key, list[GiverRow]] = {}
    for row in rows_of(db, GiverRow, school_id, intervention_id=intervention_id):
        rows.setdefault((row.kind, row.role_id), []).append(row)
    for key in [*rows, *(key for key in wanted if key not in rows)]:
        first = rows.get(key, [None])[0]
        more = dict(values.get(key, {"preparation_minutes": first.preparation_minutes} if first else {}))
        for row_, part in zip_longest(rows.get(key, ()), wanted.get(key, ())):
            if part is None:
                remove_row(db, row_, by, what)
            elif row_ is None:
                of = {"intervention_id": intervention_id, "kind": key[0], "role_id": key[1]}
                add_row(db, GiverRow, school_id, by, what, **of, number=part[0], staff_id=part[1], **more)
            else:
                _change(db, row_, by, what, {"number": part[0], "staff_id": part[1], **more})


def _change(db: Session, row: GiverRow, by: By, what: str, values: Mapping[str, Any]) -> None:
    if any(getattr(row, name) != value for name, value in values.items()):
        change_row(db, row, row.version, by, what, **values)
