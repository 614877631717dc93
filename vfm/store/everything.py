"""Gathers every table, for migrations and tests, which must know them all."""

from vfm.store import (
    accounts,
    audit,
    bridging,
    calendar,
    claims,
    drafts,
    funds,
    imports,
    monitoring,
    plans,
    programmes,
    provision,
    pupils,
    reviews,
    section_f,
    set_aside,
    staff,
    timetables,
    tries,
    waiting,
)
from vfm.store.tables import Table

SUBJECTS = (
    accounts,
    audit,
    reviews,
    pupils,
    staff,
    funds,
    calendar,
    claims,
    programmes,
    provision,
    monitoring,
    bridging,
    plans,
    drafts,
    tries,
    waiting,
    imports,
    set_aside,
    section_f,
    timetables,
)
metadata = Table.metadata
