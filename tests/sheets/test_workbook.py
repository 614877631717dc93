import datetime as dt
import os
import subprocess
import sys
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.sheets.made import MAIN, PARTS, bytes_of, saved, tagged, text_cell
from vfm.sheets.cells import plain_number
from vfm.sheets.reading import read_table
from vfm.sheets.table import Limits, Mark, Row, SheetError, Table, column_letters

HALF_PAST = dt.datetime(2026, 9, 1, 9, 30)  # noqa: DTZ001  a spreadsheet knows no time zone
FROM_1904 = dt.datetime(1904, 1, 1)  # noqa: DTZ001


def cells(data: bytes, *, lenient: bool = False) -> list[list[str]]:
    return [list(row.cells) for row in read_table(data, lenient=lenient).rows]


def refused(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(SheetError) as wrong:
        read_table(data, limits=limits or Limits(), lenient=True)
    return str(wrong.value)


def one(cell: str) -> Table:
    """A sheet with one cell, in A1."""
    return read_table(tagged(f'<row r="1">{cell}</row>'))


def test_the_first_sheet_is_read_and_the_others_are_not() -> None:
    assert cells(saved([["name", "minutes"], ["Reading", 30]], [["another"]])) == [
        ["name", "minutes"],
        ["Reading", "30"],
    ]


def test_rows_keep_the_number_that_the_spreadsheet_shows() -> None:
    table = read_table(saved([["name"], [], [None, " "], ["Reading"]]))
    assert list(table.rows) == [Row(1, ["name"]), Row(4, ["Reading"])]


def test_a_sheet_that_begins_further_down_and_to_the_right_keeps_its_places() -> None:
    table = read_table(tagged(f'<row r="3">{text_cell("C3", "x")}</row>'))
    assert list(table.rows) == [Row(3, ["", "", "x"])]


def test_cells_and_rows_without_an_address_follow_the_ones_before() -> None:
    table = read_table(
        tagged('<row><c><v>1</v></c><c r="C1"><v>2</v></c><c><v>3</v></c></row><row><c><v>4</v></c></row>')
    )
    assert list(table.rows) == [Row(1, ["1", "", "2", "3"]), Row(2, ["4"])]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (30, "30"),
        (12.5, "12.5"),
        (20.3768, "20.3768"),
        (0.1 + 0.2, "0.3"),
        (1.1, "1.1"),
        (16.0, "16"),
        (-5, "-5"),
        (1e-7, "0.0000001"),
        (123456789012.25, "123456789012.25"),
        (True, "TRUE"),
        ("30", "30"),
        ("NaN", "NaN"),
        ("Zoë £", "Zoë £"),
    ],
)
def test_values_are_texts_in_plain_digits(value: object, text: str) -> None:
    assert cells(saved([[value]])) == [[text]]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("1.1000000000000001", "1.1"),
        ("16.698157894736841", "16.6981578947368"),
        ("2.5E-2", "0.025"),
        ("007", "007"),
        ("NaN", "NaN"),
        ("1E400", "1E400"),
        ("1E-999999", "1E-999999"),
        ("-INF", "-INF"),
        ("9" * 5_000, "9" * 5_000),
        ("abc", "abc"),
    ],
)
def test_a_number_keeps_fifteen_digits_and_what_is_none_stays_as_it_was_saved(written: str, text: str) -> None:
    assert one(f'<c r="A1"><v>{written}</v></c>').rows[0].cells == [text]


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_any_typed_amount_comes_out_as_it_was_typed(amount: Decimal) -> None:
    assert Decimal(plain_number(repr(float(amount)))) == amount


def test_a_percentage_says_so() -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page["A1"] = 0.5
    page["A1"].number_format = "0%"
    assert cells(bytes_of(book)) == [["50%"]]


def test_dates_are_dates() -> None:
    table = read_table(saved([[dt.date(2026, 9, 1), HALF_PAST, dt.time(9, 30)]]))
    assert table.rows[0].cells == ["2026-09-01", "2026-09-01 09:30:00", "09:30:00"]
    assert table.dates == {
        (1, 0): dt.date(2026, 9, 1), (1, 1): HALF_PAST, (1, 2): dt.time(9, 30),
    }  # fmt: skip


def test_dates_count_from_1904_where_the_workbook_says_so() -> None:
    book = Workbook()
    book.epoch = FROM_1904
    book.create_sheet("Map", 0).append([dt.date(2026, 9, 1)])
    assert cells(bytes_of(book)) == [["2026-09-01"]]


def test_a_date_outside_the_calendar_stays_a_number() -> None:
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    data = tagged('<row r="1"><c r="A1" s="1"><v>99999999999</v></c></row>', parts={"xl/styles.xml": styles})
    assert cells(data) == [["99999999999"]]


def test_dates_that_were_saved_as_texts_are_dates() -> None:
    table = one('<c r="A1" t="d"><v>2026-09-01T00:00:00</v></c>')
    assert table.dates == {(1, 0): dt.date(2026, 9, 1)}
    assert one('<c r="A1" t="d"><v>soon</v></c>').rows[0].cells == ["soon"]


def test_shared_texts_are_put_together_from_their_runs_without_the_reading_aids() -> None:
    texts = "<si><t>one</t></si><si><r><t>two </t></r><r><t>runs</t></r><rPh><t>aid</t></rPh></si><si/>"
    data = tagged('<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c></row>', texts=texts)
    assert cells(data) == [["two runs", "one"]]
    assert "cannot be read" not in str(cells(data))
    assert "is not an Excel workbook" in refused(tagged('<row r="1"><c r="A1" t="s"><v>3</v></c></row>', texts=texts))


def test_tags_with_a_prefix_are_the_same_tags() -> None:
    sheet = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    assert cells(tagged("", parts={"xl/worksheets/sheet1.xml": sheet})) == [["5"]]


def test_what_a_formula_made_is_read_and_marked() -> None:
    table = one('<c r="A1"><f>634.53/38</f><v>16.698157894736842</v></c>')
    assert table.rows[0].cells == ["16.6981578947368"]
    assert table.marks == {(1, 0): Mark.FORMULA}


@pytest.mark.parametrize("cell", ["<f>1+1</f>", "<f>1+1</f><v/>", "<f>1+1</f><v></v>", '<f t="shared" si="0"/>'])
def test_a_formula_without_a_saved_value_is_marked(cell: str) -> None:
    table = one(f'<c r="A1">{cell}</c>')
    assert list(table.rows) == [Row(1, [""])]
    assert table.marks == {(1, 0): Mark.UNSAVED}


def test_a_formula_as_openpyxl_writes_it_has_no_saved_value() -> None:
    assert read_table(saved([["name", "=1+1"]])).marks == {(1, 1): Mark.UNSAVED}


def test_a_formula_that_made_an_empty_text_is_an_empty_cell() -> None:
    made = f'<row r="1">{text_cell("A1", "x")}</row><row r="2"><c r="A2" t="str"><f>IF(1,"")</f><v></v></c></row>'
    table = read_table(tagged(made))
    assert list(table.rows) == [Row(1, ["x"])]
    assert table.marks == {}


def test_an_error_is_marked() -> None:
    table = one('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>')
    assert table.rows[0].cells == ["#DIV/0!"]
    assert table.marks == {(1, 0): Mark.ERROR}


def test_formulas_elsewhere_in_the_sheet_are_not_cells() -> None:
    rules = "<conditionalFormatting><cfRule><f>A1</f><v>7</v></cfRule></conditionalFormatting>"
    table = read_table(tagged('<row r="1"><c r="A1"><v>5</v></c></row>', after=rules))
    assert list(table.rows) == [Row(1, ["5"])]
    assert table.marks == {}


def merged() -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["name", "year"])
    page.append(["Reading", dt.date(2026, 9, 1)])
    page.append([None, None, "x"])
    page.merge_cells("A2:A4")
    page.merge_cells("B2:B3")
    page.merge_cells("D1:E2")
    return bytes_of(book)


def test_a_lenient_reader_gives_each_merged_cell_the_value_of_the_first() -> None:
    table = read_table(merged(), lenient=True)
    assert [list(row.cells) for row in table.rows] == [
        ["name", "year"], ["Reading", "2026-09-01"], ["Reading", "2026-09-01", "x"], ["Reading"],
    ]  # fmt: skip
    assert table.dates[3, 1] == dt.date(2026, 9, 1)


def test_a_strict_reader_leaves_merged_cells_as_they_were_saved() -> None:
    assert cells(merged()) == [["name", "year"], ["Reading", "2026-09-01"], ["", "", "x"]]


def test_marks_are_merged_too() -> None:
    data = tagged(
        '<row r="1"><c r="A1"><f>1+1</f></c></row>', after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    )
    assert read_table(data, lenient=True).marks == {(1, 0): Mark.UNSAVED, (1, 1): Mark.UNSAVED}


@pytest.mark.parametrize("ref", ["A1:XFD1048576", "A:A", "1:1"])
def test_a_range_that_is_merged_for_ever_ends_at_the_limits(ref: str) -> None:
    data = tagged(
        f'<row r="1">{text_cell("A1", "x")}</row>', after=f'<mergeCells><mergeCell ref="{ref}"/></mergeCells>'
    )
    table = read_table(data, lenient=True, limits=Limits(rows=20, columns=10))
    assert len(table.rows) <= 20
    assert max(len(row.cells) for row in table.rows) <= 10


def test_ranges_that_are_merged_over_each_other_are_refused() -> None:
    again = '<mergeCell ref="A1:J20"/>' * 3
    data = tagged(f'<row r="1">{text_cell("A1", "x")}</row>', after=f"<mergeCells>{again}</mergeCells>")
    assert "merges more cells" in refused(data, Limits(rows=20, columns=10))
    assert "is not an Excel workbook" in refused(
        tagged(f'<row r="1">{text_cell("A1", "x")}</row>', after='<mergeCells><mergeCell ref="?"/></mergeCells>')
    )


def test_rows_and_columns_are_limited_to_those_that_hold_something() -> None:
    wide = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row><row r="1048576"/>'
    assert cells(tagged(wide)) == [["1"]]
    assert "more than 200 columns" in refused(tagged('<row r="1"><c r="GS1"><v>1</v></c></row>'))
    assert "more than 10,000 rows" in refused(tagged('<row r="10001"><c r="A10001"><v>1</v></c></row>'))


@pytest.mark.parametrize("number", ["0", "-1", "1048577", "9" * 30])
def test_a_row_that_no_spreadsheet_has_is_refused(number: str) -> None:
    assert "a row that is numbered" in refused(tagged(f'<row r="{number}"><c><v>1</v></c></row>'))


def test_an_empty_workbook_is_refused() -> None:
    assert refused(saved([])) == "it is empty"


def test_a_workbook_without_a_worksheet_is_refused() -> None:
    bare = {"xl/workbook.xml": f'<workbook xmlns="{MAIN}"><sheets/></workbook>'}
    assert refused(tagged("", parts=bare)) == "it has no worksheet"


@pytest.mark.parametrize(
    "broken",
    [
        {"xl/workbook.xml": "<workbook"},
        {"[Content_Types].xml": "no tags"},
        {"xl/sharedStrings.xml": "<sst>"},
        {"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row>"},
        {"xl/worksheets/sheet1.xml": '<worksheet><row r="x"/></worksheet>'},
        {"xl/worksheets/sheet1.xml": '<worksheet><c r="1A"><v>1</v></c></worksheet>'},
        {"xl/_rels/workbook.xml.rels": "<Relationships/>"},
    ],
)
def test_a_broken_workbook_is_refused(broken: dict[str, str]) -> None:
    assert refused(tagged('<row r="1"><c r="A1"><v>1</v></c></row>', parts=broken))


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"])
def test_entities_are_refused(part: str) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    assert "is not an Excel workbook" in refused(tagged("", parts={part: bomb}))


def test_entities_in_the_workbook_part_are_never_unfolded() -> None:
    secret = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    told = PARTS["xl/workbook.xml"].replace('name="Map"', 'name="&a;"')
    assert "is not an Excel workbook" in refused(tagged("", parts={"xl/workbook.xml": secret + told}))


def test_old_and_locked_workbooks_are_named() -> None:
    assert "an old Excel workbook" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)


def test_nothing_is_read_without_defusedxml() -> None:
    env = {**os.environ, "OPENPYXL_DEFUSEDXML": "False"}
    command = [sys.executable, "-c", "import vfm.sheets.workbook"]
    answer = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert "only with defusedxml" in answer.stderr


def test_columns_are_named_as_a_spreadsheet_names_them() -> None:
    assert [column_letters(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
