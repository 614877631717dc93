"""A sheet as people make it: its headings are found, matched, remembered; and a table is put away and comes back the same."""

import pytest

from vfm.sheets.headings import Layout, Meaning, find_layout, match, plain, repeated, says_total
from vfm.sheets.kept import LONGEST_CELL, clean, from_plain, to_plain
from vfm.sheets.table import Mark, Row, SheetError, Table

MEANINGS = (
    Meaning("name", "Name", ("description", "name")),
    Meaning("amount", "Amount", ("actual", "amount")),
    Meaning("year", "A year", ("year 1", "year 2"), several=True),
)


def table(*rows: list[str]) -> Table:
    return Table([Row(number, cells) for number, cells in enumerate(rows, start=1)])


def test_headings_are_known_whatever_their_capitals_and_signs() -> None:
    assert plain(" Actual (£) ") == plain("ACTUAL") == "actual"
    assert match(["Description", "Actual (£)"], MEANINGS, {}) == {0: "name", 1: "amount"}
    assert match(["Actual to date", "Amount"], MEANINGS, {}) == {1: "amount"}, (
        "the very word goes before a word among others"
    )


def test_only_some_meanings_stand_in_several_columns() -> None:
    assert match(["Name", "Description", "Year 1", "Year 2"], MEANINGS, {}) == {1: "name", 2: "year", 3: "year"}


def test_what_was_remembered_wins_and_a_column_that_is_not_used_stays_unused() -> None:
    assert match(["Betrag", "Amount"], MEANINGS, {"betrag": "amount", "amount": ""}) == {0: "amount"}
    assert match(["Betrag"], MEANINGS, {"betrag": "gone"}) == {}


def test_the_heading_row_is_found_below_titles_and_guessed_where_no_word_is_known() -> None:
    assert find_layout(table(["Amount"], ["Name", "Amount"], ["x", "1"]), MEANINGS, {}).start == 1
    assert find_layout(table(["1", "2"], ["Was", "Wieviel"], ["x", "1"]), MEANINGS, {}) == Layout(1, {})


def test_a_heading_that_stands_twice_is_named_by_its_letter() -> None:
    wrong = repeated(table(["Name", "", "name", ""]), Layout(0, {}))
    assert [each.words for each in wrong] == ["row 1, column C, value 'name': expected each heading once"]


def test_a_total_says_so_first_or_last() -> None:
    assert all(says_total(text) for text in ("Total", "Sub-total", "Grand total:", "Staff total", "TOTALS"))
    assert not any(says_total(text) for text in ("", "Totality", "The total picture of reading"))


def test_a_table_that_was_put_away_comes_back_with_its_marks() -> None:
    kept = Table([Row(3, ["a", "b\n\n c ", ""]), Row(7, ["", "1"])], {(7, 1): Mark.FORMULA})
    back = from_plain(to_plain(kept))
    assert [(row.number, list(row.cells)) for row in back.rows] == [(3, ["a", "b\nc"]), (7, ["", "1"])]
    assert dict(back.marks) == {(7, 1): Mark.FORMULA}


def test_cells_are_cleaned_as_forms_clean_what_is_typed() -> None:
    assert clean("a\x00b\u200d\ud800 \t c") == "ab\u200d c"
    assert clean("e\u0301") == "é"
    assert len(clean("x" * 9_999)) == LONGEST_CELL
    with pytest.raises(SheetError):
        to_plain(table(*[["x" * 1_999] * 10 for _ in range(200)]))
