"""What the registers of a school's financial year share: which year it is, and the way to the bridge."""

from collections.abc import Sequence
from typing import Any

from vfm.store.bridging import year_of_ledger
from vfm.web.permissions import here
from vfm.web.register import Register


class OfLedgerYear(Register):
    """Rows of the financial year that begins in the review's first year."""

    list_template, form_template = "bridge/rows.html", "bridge/row.html"

    def where(self, year: int) -> dict[str, Any]:
        return {"year": year}

    def extra(self, rows: Sequence[Any], year: int) -> dict[str, Any]:
        return {"period": year_of_ledger(here().school, year), "notes": self.notes(rows, year)}

    def about(self, row: Any, year: int) -> dict[str, Any]:
        return {"period": year_of_ledger(here().school, year)}

    def notes(self, rows: Sequence[Any], year: int) -> Sequence[str]:
        """What is said beneath the list."""
        return ()
