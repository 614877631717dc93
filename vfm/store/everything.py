"""Gathers every table, for migrations and tests, which must know them all."""

from vfm.store import accounts, reviews
from vfm.store.tables import Table

SUBJECTS = (accounts, reviews)
metadata = Table.metadata
