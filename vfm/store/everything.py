"""Gathers every table, for migrations and tests, which must know them all."""

from vfm.store import accounts, audit, calendar, drafts, funds, imports, plans, provision, pupils, reviews, staff, tries
from vfm.store.tables import Table

SUBJECTS = (accounts, audit, reviews, pupils, staff, funds, calendar, provision, plans, drafts, tries, imports)
metadata = Table.metadata
