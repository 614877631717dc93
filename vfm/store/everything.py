"""Gathers every table, for migrations and tests, which must know them all."""

from vfm.store import (
    accounts,
    audit,
    calendar,
    drafts,
    funds,
    monitoring,
    plans,
    provision,
    pupils,
    reviews,
    staff,
    tries,
)
from vfm.store.tables import Table

SUBJECTS = (
    accounts, audit, reviews, pupils, staff, funds, calendar, provision, monitoring, plans, drafts, tries,
)  # fmt: skip
metadata = Table.metadata
