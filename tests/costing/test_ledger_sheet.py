"""A ledger's sheet as schools keep it: read leniently, compared with what is there, totals checked."""

from decimal import Decimal

from vfm.costing.ledger_sheet import MEANINGS, KeptLine, LedgerSheet, compare, read_ledger
from vfm.costing.typed_cells import day_cell, money_cell, number_cell
from vfm.sheets.days import ambiguous
from vfm.sheets.headings import find_layout
from vfm.sheets.preview import Fate
from vfm.sheets.reading import read_table
from vfm.sheets.table import Mark
from vfm.sheets.wrong import CellError

PLAIN = 'Code,Description,Actual\nE03,Education support staff,"12,345.60"\nE26,Agency supply,(200.00)\n'


def ledger(text: str) -> LedgerSheet:
    table = read_table(text.encode(), lenient=True)
    return read_ledger(table, find_layout(table, MEANINGS, {}))


def lines(text: str) -> list[tuple[str, str, str]]:
    return [(line.code, line.name, str(line.amount)) for line in ledger(text).lines]


def wrong(text: str) -> list[str]:
    return [each.words for each in ledger(text).wrong]


def refused(read: object) -> bool:
    try:
        assert callable(read)
        read()
    except CellError:
        return True
    return False


def test_a_plain_sheet_is_read_with_its_pounds_and_brackets() -> None:
    assert lines(PLAIN) == [("E03", "Education support staff", "12345.60"), ("E26", "Agency supply", "-200.00")]


def test_title_rows_blank_rows_and_section_rows_are_no_lines() -> None:
    text = "Oak School,,\nOutturn 2025-26,,\n\nCFR;x,Description,Actual (£)\n,Staff,\nE01,Teachers,£1\n\nE03,Support,2.50\n"
    found = ledger(text.replace("CFR;x", "CFR"))
    assert [(line.rows, line.code) for line in found.lines] == [((6,), "E01"), ((8,), "E03")]
    assert [(each.rows, each.says) for each in found.left_out] == [((5,), ("it has no amount",))]


def test_a_code_and_a_name_in_one_cell_are_told_apart_and_a_checked_code_names_itself() -> None:
    assert lines("Line,Spent\nE03 Education support staff,1\ne26: Agency,2\n") == [
        ("E03", "Education support staff", "1.00"), ("E26", "Agency", "2.00"),
    ]  # fmt: skip
    assert lines("Code,Actual\nE03,1\nE19,2\n") == [("E03", "Education support staff", "1.00"), ("E19", "E19", "2.00")]


def test_codes_of_an_academy_are_kept_as_they_are() -> None:
    assert lines("Nominal code;Account name;YTD\n0041230;Support salaries;1,00\n".replace("1,00", "100")) == [
        ("0041230", "Support salaries", "100.00")
    ]


def test_rows_of_one_code_and_name_are_added_up() -> None:
    found = ledger("Code,Description,Amount\nE03,Support,1.10\nE01,Teachers,5\ne03,support,2.20\n")
    assert [(line.rows, line.amount) for line in found.lines] == [((2, 4), Decimal("3.30")), ((3,), Decimal("5.00"))]


def test_income_is_left_out_and_says_where_it_belongs() -> None:
    found = ledger("Code,Description,Amount\nI03,Top-up,900\nE03,Support,1\n")
    assert [line.code for line in found.lines] == ["E03"]
    assert found.left_out[0].says == ("it is income, which belongs in the income register",)


def test_a_total_is_checked_with_and_without_lines_of_income_and_one_that_differs_says_what_was_left_out_and_why() -> (
    None
):
    rows = "Code,Description,Actual\nI01,Funds,93000\nI03,Top-up,790\nE03,Support,50\n"
    for good in (",Total spending,50\n", ",Total,93840\n", ",Sub-total,50\nE26,Agency,25\n,Total,75\n"):
        assert ledger(rows + good).totals == []
    assert ledger(rows + ",Total,60\n").totals == [
        "Row 5, Total: the sheet says £60.00, the rows above it add up to £93,840.00. £93,790.00 of that is lines of income, "
        "left out because income belongs in the income register: without them it is £50.00"
    ]


def test_a_total_that_adds_up_is_silent_and_one_that_does_not_is_named_with_both_sums() -> None:
    rows = "Code,Description,Actual\nE01,Teachers,100\nE03,Support,50\n"
    for good in (
        ",Total,150\n",
        ",Sub-total,150\nE26,Agency,25\nTotal,,175\n",
        ",Total staff,150\nE26,Agency,25\n,Total,25\n",
    ):
        assert ledger(rows + good).totals == []
    found = ledger(rows + ",Grand total,£151\n")
    assert found.totals == ["Row 4, Grand total: the sheet says £151.00, the rows above it add up to £150.00"]
    assert len(found.lines) == 2


def test_every_wrong_amount_is_named_with_its_row_column_and_what_is_expected() -> None:
    text = "Code,Description,Actual\n" + "".join(
        f"E{n:02},Line,{v}\n" for n, v in enumerate(("1e400", "NaN", "1.234", "x"))
    )
    found = wrong(text)
    assert len(found) == 4
    assert found[0] == "row 2, column Actual, value '1e400': enter an amount in pounds, such as 1,234.50"
    assert found[2].endswith("use no more than 2 decimals")
    assert wrong("Code,Description,Actual\nE03,Refund,-1\n") == []
    assert wrong("Code,Description,Actual\n,,7\n") == [
        "row 2, column Description, value '': expected the name or the code of the line"
    ]


def test_the_same_sheet_again_changes_nothing_and_a_change_says_old_and_new() -> None:
    kept = [KeptLine(1, "E03", "Education support staff", Decimal("12345.60")), KeptLine(2, "", "Other", Decimal(1))]
    preview, changes = compare(ledger(PLAIN), kept)
    assert [each.fate for each in preview.outcomes] == [Fate.SAME, Fate.ADDED]
    assert [(change.line.code, change.kept) for change in changes] == [("E26", None)]
    assert preview.notes == ["1 of the lines that you have are not in the sheet. They stay as they are."]
    after = [kept[0], KeptLine(3, "E26", "agency supply", Decimal("-200.00"))]
    again, nothing = compare(ledger(PLAIN), after)
    assert (again.changes, nothing) == (0, [])
    dearer = ledger(PLAIN.replace("12,345.60", "99"))
    assert compare(dearer, after)[0].of(Fate.CHANGED)[0].says == ("Amount: £12,345.60 becomes £99.00",)


def test_a_line_with_another_name_is_the_same_line_where_its_code_is_alone() -> None:
    kept = [KeptLine(1, "E03", "Support staff", Decimal("12345.60"))]
    preview, changes = compare(ledger(PLAIN), kept)
    assert changes[0].kept == kept[0]
    assert preview.of(Fate.CHANGED)[0].says == ("Name: Support staff becomes Education support staff",)
    two = [*kept, KeptLine(2, "E03", "Lunchtime", Decimal(1))]
    assert compare(ledger(PLAIN), two)[1][0].kept is None, "which of the two cannot be told"


def test_what_is_seen_has_a_mark_that_changes_with_it() -> None:
    one, same, other = (compare(ledger(text), [])[0].mark for text in (PLAIN, PLAIN, PLAIN.replace("E26", "E27")))
    assert one == same != other


def test_cells_are_read_leniently_and_never_guessed() -> None:
    assert [str(money_cell(text, None, below_zero=True)) for text in ("£1,234.50", "(2)", "3.1-", "−4", "")] == [
        "1234.50", "-2.00", "-3.10", "-4.00", "None",
    ]  # fmt: skip
    assert str(money_cell("10.005", Mark.FORMULA)) == "10.01"
    for text in ("-1", "1.234,50", "NaN", "Infinity", "1e400", "10.005", "100000000", "٣"):
        assert refused(lambda text=text: money_cell(text, None)), text
    for mark in (Mark.UNSAVED, Mark.ERROR):
        assert refused(lambda mark=mark: money_cell("1", mark))
    assert number_cell("12.50", None) == Decimal("12.5")
    assert refused(lambda: number_cell("-1", None))


def test_days_are_read_in_every_usual_way_and_an_ambiguous_one_is_known() -> None:
    for text in (
        "3/9/2026",
        "03.09.26",
        "2026-09-03",
        "3 September 2026",
        "3-Sep-26",
        "2026-09-03 00:00:00",
        "2026-09-03T08:45:00",
    ):
        assert str(day_cell(text)) == "2026-09-03", text
    assert str(day_cell("3/9/2026", month_first=True)) == "2026-03-09"
    assert [ambiguous(text) for text in ("3/9/2026", "13/9/2026", "9/9/2026", "2026-09-03", "x")] == [True] + [
        False
    ] * 4
    for text in ("31/2/2026", "soon", "13/13/2026"):
        assert refused(lambda text=text: day_cell(text))
