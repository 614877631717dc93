"""Reads budget lines from a sheet for the income register: which kind each is, which are new, changed or already there."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from vfm.costing.budget import IncomeKind
from vfm.costing.calendar import AcademicYear, financial_year
from vfm.costing.ledger_sheet import KeptLine, LedgerChange, LedgerSheet, compare
from vfm.sheets.headings import Meaning, plain
from vfm.sheets.preview import Fate, Outcome, Preview
from vfm.sheets.wrong import WrongCell

MEANINGS = (
    Meaning("code", "Code in the accounts", ("code", "cfr code", "cfr", "aar code", "ledger code", "nominal code", "account code")),
    Meaning("name", "Name of the line", (
        "description", "name", "line", "income", "account name", "source of income", "fund", "grant", "details", "budget heading",
    )),
    Meaning("amount", "Amount expected", (
        "budget", "approved budget", "annual budget", "expected", "forecast", "revised budget", "allocation", "amount", "value",
        "total", "actual", "outturn",
    ), needed=True),
)  # fmt: skip
BY_CODE = {"I03": IncomeKind.TOP_UP, "I05": IncomeKind.PUPIL_PREMIUM}
BY_WORDS = (
    (IncomeKind.NOTIONAL, ("notional",)),
    (IncomeKind.TOP_UP, ("top up", "topup", "element 3")),
    (IncomeKind.LOOKED_AFTER, ("looked after", "lac")),
    (IncomeKind.PUPIL_PREMIUM, ("pupil premium",)),
    (IncomeKind.INCLUSIVE_MAINSTREAM, ("inclusive mainstream",)),
    (IncomeKind.DISPROPORTIONATE, ("disproportionate",)),
    (IncomeKind.PLACE_FUNDING, ("place funding", "place plus")),
    (IncomeKind.EARLY_YEARS, ("early years",)),
    (IncomeKind.SIXTEEN_TO_NINETEEN, ("sixth form", "16 to 19", "16 19")),
    (IncomeKind.BROUGHT_FORWARD, ("brought forward", "carry forward", "carried forward")),
    (IncomeKind.POOLED, ("de delegated", "pooled")),
)


@dataclass(frozen=True, slots=True)
class Days:
    """The days that amounts are for; None where they are to be said later."""

    starts: dt.date | None = None
    ends: dt.date | None = None


def days_for(choice: str, year: AcademicYear, *, academy: bool) -> Days:
    """The days of a choice: the academic year, the financial year that began in or before its September, or none yet."""
    if choice == "academic":
        return Days(year.first_day, year.last_day)
    if choice == "financial":
        period = financial_year(year.first_day, academy=academy)
        return Days(period.first, period.last)
    return Days()


def kind_of_income(code: str, name: str) -> IncomeKind:
    """What kind a line most likely is, by its words and then by its code; another grant where neither says."""
    words = f" {plain(name)} "
    found = (kind for kind, phrases in BY_WORDS if any(f" {phrase} " in words for phrase in phrases))
    return next(found, BY_CODE.get(code, IncomeKind.OTHER_GRANT))


def as_credits(sheet: LedgerSheet) -> bool:
    """Whether its income stands below nought, as accounts write credits: no line of income above, no pooled one below."""
    pooled = [each.amount for each in sheet.lines if kind_of_income(each.code, each.name) is IncomeKind.POOLED]
    other = [each.amount for each in sheet.lines if kind_of_income(each.code, each.name) is not IncomeKind.POOLED]
    return min(other, default=0) < 0 >= max(other, default=0) and min(pooled, default=0) >= 0


def without_minus(sheet: LedgerSheet) -> LedgerSheet:
    """The same sheet with each amount turned round, as the income register has it."""
    return replace(sheet, lines=[replace(each, amount=-each.amount) for each in sheet.lines])


def compare_income(
    sheet: LedgerSheet, kept: Sequence[KeptLine], kinds: Mapping[int, IncomeKind], words: Mapping[str, str]
) -> tuple[Preview, list[LedgerChange]]:
    """What bringing it in would do. Only pooled money stands below nought. `words`: what each kind is called."""
    preview, changes = compare(sheet, kept)
    new = {
        change.line.words: kind_of_income(change.line.code, change.line.name) for change in changes if not change.kept
    }
    outcomes = [_with_kind(each, new, words) for each in preview.outcomes]
    below = [
        WrongCell(change.line.rows[0], "amount", f"{change.line.amount}", "only pooled or de-delegated money stands below nought")
        for change in changes
        if change.line.amount < 0 and _kind(change, kinds) is not IncomeKind.POOLED
    ]  # fmt: skip
    return replace(preview, outcomes=outcomes, wrong=[*preview.wrong, *below]), changes


def _kind(change: LedgerChange, kinds: Mapping[int, IncomeKind]) -> IncomeKind:
    return kinds[change.kept.id] if change.kept else kind_of_income(change.line.code, change.line.name)


def _with_kind(outcome: Outcome, new: Mapping[str, IncomeKind], words: Mapping[str, str]) -> Outcome:
    if outcome.fate is not Fate.ADDED:
        return outcome
    return replace(outcome, says=(*outcome.says, f"Kind: {words[new[outcome.name]]}"))
