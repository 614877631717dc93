"""Brings in the lines of the school's ledger from a sheet; the SEN shares that people have set stay."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from vfm.costing.ledger_sheet import MEANINGS, KeptLine, LedgerChange, compare, read_ledger
from vfm.sheets.headings import Layout
from vfm.sheets.preview import Preview
from vfm.sheets.table import Table
from vfm.store.funds import LedgerRow, hold_ledger
from vfm.store.rows import add_row, change_row, rows_of
from vfm.web.database import db
from vfm.web.import_pages import pages_of
from vfm.web.importing import ESTIMATED, Import
from vfm.web.permissions import here
from vfm.web.school import now_by


class LedgerImport(Import):
    name, kind, address, register = "ledger_import", "ledger", "ledger", "ledger.overview"
    heading = "Bring in ledger lines"
    why = (
        "The lines of your accounts with CFR or academy codes, as your finance system writes them: a code, a description and what "
        "was spent. Title rows and totals may stay in. Lines that are already here keep their SEN share and who set it."
    )
    meanings = MEANINGS

    def preview(self, table: Table, layout: Layout, answers: Mapping[str, str], year: int) -> tuple[Preview, Any]:
        kept = [KeptLine(row.id, row.code, row.name, row.amount) for row in _rows(year)]
        preview, changes = compare(read_ledger(table, layout), kept)
        asked = (
            [replace(ESTIMATED, answer=answers.get("estimated", ""))] if preview.changes and not preview.wrong else []
        )
        return replace(preview, asked=asked), changes

    def write(self, changes: Sequence[LedgerChange], answers: Mapping[str, str], year: int) -> None:
        rows, by, estimated = hold_ledger(db(), here().school.id, year), now_by(), answers["estimated"] == "yes"
        for change in changes:
            line = change.line
            values = {"name": line.name, "amount": line.amount, "estimated": estimated}
            if change.kept is None:
                add_row(db(), LedgerRow, here().school.id, by, "ledger line", year=year, code=line.code, **values)
            else:
                row = rows[change.kept.id]
                change_row(db(), row, row.version, by, f"ledger line {row.id}", **values)


def _rows(year: int) -> Sequence[LedgerRow]:
    return rows_of(db(), LedgerRow, here().school.id, year=year)


pages = pages_of(LedgerImport())
