"""Brings in budget lines from a sheet for the income register; shares, kinds and conditions that people have set stay."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from vfm.costing.budget import IncomeKind
from vfm.costing.calendar import AcademicYear
from vfm.costing.income_sheet import MEANINGS, Days, as_credits, compare_income, days_for, kind_of_income, without_minus
from vfm.costing.ledger_sheet import KeptLine, LedgerChange, read_ledger
from vfm.sheets.headings import Layout
from vfm.sheets.preview import Asked, Preview
from vfm.sheets.table import Table
from vfm.store.funds import IncomeRow, amount_of
from vfm.store.rows import add_row, change_row, rows_of
from vfm.web.database import db
from vfm.web.import_pages import pages_of
from vfm.web.importing import ESTIMATED, Import
from vfm.web.income import KIND_WORDS
from vfm.web.layout import day
from vfm.web.permissions import here
from vfm.web.school import now_by

CREDITS = Asked(
    "credits",
    "The sheet’s income stands below nought, as accounts write what comes in. How is it to be brought in?",
    (("turned", "As income, without the minus"), ("kept", "As the sheet has it: money that is taken away")),
    "turned",
)


class IncomeImport(Import):
    name, kind, address, register = "income_import", "income", "income", "income.overview"
    heading = "Bring in budget lines"
    why = (
        "The income lines of your budget with CFR or academy codes: a code, a description and the amount. Spending lines are left "
        "out. A line that is new counts only once you have set the share that is SEN; lines that are already here keep theirs."
    )
    meanings = MEANINGS

    def preview(self, table: Table, layout: Layout, answers: Mapping[str, str], year: int) -> tuple[Preview, Any]:
        rows = _rows(year, _days(answers, year))
        kept = [KeptLine(row.id, row.code, row.name, amount_of(row)) for row in rows]
        kinds = {row.id: IncomeKind(row.kind) for row in rows}
        sheet, asked = read_ledger(table, layout, leave="E"), [_period_asked(answers, year)]
        if as_credits(sheet):
            asked.append(replace(CREDITS, answer=answers.get(CREDITS.name, CREDITS.answer)))
            sheet = without_minus(sheet) if asked[-1].answer == CREDITS.answer else sheet
        preview, changes = compare_income(sheet, kept, kinds, KIND_WORDS)
        if preview.changes and not preview.wrong:
            asked.append(replace(ESTIMATED, answer=answers.get("estimated", "")))
        return replace(preview, asked=asked if preview.changes else []), changes

    def write(self, changes: Sequence[LedgerChange], answers: Mapping[str, str], year: int) -> None:
        days, by = _days(answers, year), now_by()
        rows = {row.id: row for row in _rows(year, days)}
        for change in changes:
            line = change.line
            values = {"name": line.name, "expected": line.amount, "estimated": answers["estimated"] == "yes"}
            if change.kept is None:
                more = {"kind": kind_of_income(line.code, line.name).value, "starts": days.starts, "ends": days.ends}
                add_row(db(), IncomeRow, here().school.id, by, "income line", code=line.code, **values, **more)
            else:
                row = rows[change.kept.id]
                dated = {} if row.starts or row.ends else {"starts": days.starts, "ends": days.ends}
                change_row(db(), row, row.version, by, f"income line {row.id}", **values, **dated)


def _days(answers: Mapping[str, str], year: int) -> Days:
    return days_for(answers.get("period", ""), AcademicYear(year), academy=here().school.academy)


def _rows(year: int, days: Days) -> list[IncomeRow]:
    """Lines for the same days, and lines without days; those of other years are never changed."""
    rows = rows_of(db(), IncomeRow, here().school.id)
    return [row for row in rows if (row.starts, row.ends) in ((days.starts, days.ends), (None, None))]


def _period_asked(answers: Mapping[str, str], year: int) -> Asked:
    academy = here().school.academy
    choices = (("academic", "The academic year"), ("financial", "The financial year"))
    spans = [(name, words, days_for(name, AcademicYear(year), academy=academy)) for name, words in choices]
    options = [
        (name, f"{words}, {day(span.starts)} to {day(span.ends)}") for name, words, span in spans[: 1 if academy else 2]
    ]
    later = ("later", "Neither: I shall set the days of each line myself")
    return Asked("period", "Which days are these amounts for?", (*options, later), answers.get("period", ""))


pages = pages_of(IncomeImport())
