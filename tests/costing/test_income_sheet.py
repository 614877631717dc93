"""Budget lines from a sheet: their kinds, their days, and what is not theirs."""

from decimal import Decimal

from vfm.costing.budget import IncomeKind
from vfm.costing.calendar import AcademicYear
from vfm.costing.income_sheet import MEANINGS, compare_income, days_for, kind_of_income
from vfm.costing.ledger_sheet import KeptLine, LedgerSheet, read_ledger
from vfm.sheets.headings import find_layout
from vfm.sheets.preview import Fate
from vfm.sheets.reading import read_table

WORDS = {kind.value: kind.value for kind in IncomeKind}
PLAIN = 'Code,Description,Budget\nI01,Notional SEN,"90,000"\nI03,Element 3 top-up,12000\nE03,Support staff,5\n'


def sheet(text: str) -> LedgerSheet:
    table = read_table(text.encode(), lenient=True)
    return read_ledger(table, find_layout(table, MEANINGS, {}), leave="E")


def test_lines_of_income_are_added_with_their_likely_kind_and_spending_is_left_out() -> None:
    preview, changes = compare_income(sheet(PLAIN), [], {}, WORDS)
    assert [each.fate for each in preview.outcomes] == [Fate.ADDED, Fate.ADDED, Fate.LEFT_OUT]
    assert preview.outcomes[0].says == ("£90,000.00", "Kind: notional")
    assert preview.outcomes[2].says == ("it is spending, which belongs in the ledger",)
    assert len(changes) == 2


def test_the_kind_is_told_by_the_words_and_then_by_the_code() -> None:
    assert kind_of_income("I03", "High needs") is IncomeKind.TOP_UP
    assert kind_of_income("I05", "Looked-after premium") is IncomeKind.LOOKED_AFTER
    assert kind_of_income("", "Pupil premium 2026") is IncomeKind.PUPIL_PREMIUM
    assert kind_of_income("40110", "Donation") is IncomeKind.OTHER_GRANT


def test_an_amount_that_was_not_known_becomes_known_and_again_nothing_changes() -> None:
    kept = [KeptLine(1, "I01", "Notional SEN", None), KeptLine(2, "I03", "Element 3 top-up", Decimal("12000.00"))]
    kinds = {1: IncomeKind.NOTIONAL, 2: IncomeKind.TOP_UP}
    preview, changes = compare_income(sheet(PLAIN), kept, kinds, WORDS)
    assert preview.of(Fate.CHANGED)[0].says == ("Amount: not known becomes £90,000.00",)
    assert [change.kept for change in changes] == [kept[0]]
    after = [KeptLine(1, "I01", "Notional SEN", Decimal(90000)), kept[1]]
    assert compare_income(sheet(PLAIN), after, kinds, WORDS)[1] == []


def test_only_pooled_money_stands_below_nought() -> None:
    text = "Code,Description,Budget\nI07,Grant,-1\nI01,De-delegated services,-2\n"
    preview, _ = compare_income(sheet(text), [], {}, WORDS)
    assert [each.words for each in preview.wrong] == [
        "row 2, column amount, value '-1.00': only pooled or de-delegated money stands below nought"
    ]


def test_days_are_the_academic_or_the_financial_year_that_september_falls_in() -> None:
    year = AcademicYear(2026)
    spans = [days_for(choice, year, academy=False) for choice in ("academic", "financial", "later", "")]
    assert [(str(each.starts), str(each.ends)) for each in spans] == [
        ("2026-09-01", "2027-08-31"), ("2026-04-01", "2027-03-31"), ("None", "None"), ("None", "None"),
    ]  # fmt: skip
