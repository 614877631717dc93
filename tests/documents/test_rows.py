"""Tables taken out as CSV and Excel: the same cells come back in, and nothing runs."""

import csv
import datetime as dt
import io
import zipfile
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from vfm.documents.rows import Share, Sheet, as_csv, as_excel, in_pounds
from vfm.sheets.delimited import read_delimited
from vfm.sheets.reading import read_table
from vfm.sheets.table import Limits

HOSTILE = (
    "=1+1", "@SUM(A1:A9)", "-2+3", "+44 20 7946 0000", "\tafter a tab", "=HYPERLINK(\"http://example.org\",\"x\")",
    "two\nlines", "مريم", "Siân Ŵyn", "'quoted'", "#N/A", "a \"quoted\" word", "semi;colon, comma", "true", "00123", "1e400",
    "_x0041_", "<b>&amp;</b>",
)  # fmt: skip
TABLE = Sheet(
    "Ledger lines",
    ("Line", "Pupils", "Amount", "Share", "On"),
    (
        ("E03 Education support staff", 12, Decimal("1234.50"), Share(Decimal("12.5")), dt.date(2026, 9, 1)),
        ("Refund", None, Decimal("-0.05"), Share(Decimal("100")), None),
    ),
    ("Total", "", Decimal("1234.45"), "", ""),
)
WRITTEN = [
    ["Line", "Pupils", "Amount", "Share", "On"],
    ["E03 Education support staff", "12", "1234.50", "12.5%", "2026-09-01"],
    ["Refund", "", "-0.05", "100%", ""],
    ["Total", "", "1234.45", "", ""],
]


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_csv_file_begins_with_its_mark_and_holds_every_cell_of_the_table_with_its_total() -> None:
    assert as_csv(TABLE).startswith(b"\xef\xbb\xbf")
    assert read_csv(as_csv(TABLE)) == WRITTEN


def test_an_excel_file_read_back_gives_the_same_cells() -> None:
    rows = [list(row.cells) for row in read_table(as_excel([TABLE])).rows]
    plain = [[cell.replace("1234.50", "1234.5") for cell in row] for row in WRITTEN]
    assert [row + [""] * (5 - len(row)) for row in rows] == plain


def test_numbers_are_numbers_and_headings_stay_in_sight() -> None:
    page = load_workbook(io.BytesIO(as_excel([TABLE])))["Ledger lines"]
    assert page.freeze_panes == "A2"
    assert [page.cell(2, column).value for column in (1, 2, 3, 4)] == ["E03 Education support staff", 12, 1234.5, 0.125]
    assert page["C2"].number_format == "#,##0.00"
    assert page["E2"].value == dt.datetime(2026, 9, 1)  # noqa: DTZ001  a workbook knows no zones
    assert page["E2"].number_format == "dd/mm/yyyy"
    assert page["A1"].font.bold and page["A4"].font.bold and not page["A2"].font.bold


def test_no_text_is_live_in_a_csv_file_whatever_it_looks_like() -> None:
    rows = read_csv(as_csv(Sheet("Hostile", ("=1+1",), tuple((text,) for text in HOSTILE))))
    assert rows[0] == ["'=1+1"]
    assert [row for row in rows if row[0].startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert [row[0].removeprefix("'") for row in rows[1:7]] == list(HOSTILE[:6])


def test_a_negative_amount_is_a_number_and_keeps_its_sign_in_a_csv_file() -> None:
    assert read_csv(as_csv(Sheet("T", ("A",), ((Decimal("-3.00"),), ("-3.00",)))))[1:] == [["-3.00"], ["'-3.00"]]


def test_no_text_is_live_in_a_workbook_and_each_comes_back_as_it_was() -> None:
    data = as_excel([Sheet("Hostile", ("=1+1",), tuple((text,) for text in HOSTILE))])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    page = load_workbook(io.BytesIO(data))["Hostile"]
    assert {cell.data_type for row in page.iter_rows() for cell in row} == {"s"}
    assert page["A2"].quotePrefix, "it would come to life when somebody edits the cell"
    read = read_table(data)
    assert [row.cells[0] for row in read.rows] == ["=1+1", *HOSTILE]
    assert dict(read.marks) == {}


def test_each_table_has_a_worksheet_of_its_own() -> None:
    second = Sheet("A title that is longer than a worksheet's name may be", ("One",), (("x",),))
    names = load_workbook(io.BytesIO(as_excel([TABLE, second]))).sheetnames
    assert names == ["Ledger lines", "A title that is longer than a w"]


def test_whole_pence_are_pounds_with_two_decimals() -> None:
    assert [str(in_pounds(pence)) for pence in (0, 5, -123450)] == ["0.00", "0.05", "-1234.50"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1).filter(str.strip), max_size=5)
)
def test_any_text_comes_back_from_both_kinds_of_file(texts: list[str]) -> None:
    sheet = Sheet("Any", ("Text",), tuple((text,) for text in texts))
    assert [row.cells[0] for row in read_table(as_excel([sheet])).rows] == ["Text", *texts]
    back = [row.cells[0] for row in read_delimited(as_csv(sheet), Limits()).rows]
    assert [text.removeprefix("'") for text in back] == ["Text", *(text.removeprefix("'") for text in texts)]
