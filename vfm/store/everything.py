"""Gathers every table, for migrations and tests, which must know them all."""

from vfm.store import (
    accounts,
    audit,
    bridging,
    calendar,
    drafts,
    funds,
    plans,
    provision,
    pupils,
    reviews,
    staff,
    tries,
)
from vfm.store.tables import Table

SUBJECTS = (accounts, audit, reviews, pupils, staff, funds, calendar, provision, bridging, plans, drafts, tries)
metadata = Table.metadata
