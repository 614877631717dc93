"""The ledger's lines from the sheets that schools really have: seen first, brought in whole, and the second time nothing."""

import re
import tracemalloc
from decimal import Decimal

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from tests.sheets.made import bytes_of, saved, tagged
from tests.web.entering import begin, put
from tests.web.forms import refused, words
from tests.web.sheets import confirm, counts, preview_of, upload
from tests.world import YEAR, Visitor, World
from vfm.costing.ledger_sheet import MEANINGS, compare, read_ledger
from vfm.documents.rows import Sheet, as_csv, as_excel
from vfm.sheets.headings import find_layout
from vfm.sheets.reading import read_table
from vfm.store.audit import AuditRow
from vfm.store.funds import LedgerRow
from vfm.store.imports import ColumnMatchRow, ImportDraftRow
from vfm.store.rows import rows_of

PLAIN = 'Code,Description,Actual\nE03,Education support staff,"12,345.60"\nE26,Agency supply,-200\n'
CONFIRMED = {"estimated": "no"}


def at(world: World) -> str:
    return world.home + "ledger/import/"


def lines(world: World) -> list[tuple[str, str, str]]:
    with world.app.extensions["vfm_database"].read() as db:
        return [(row.code, row.name, str(row.amount)) for row in rows_of(db, LedgerRow, world.school.id, year=YEAR)]


def how_many(world: World, table: type) -> int:
    with world.app.extensions["vfm_database"].read() as db:
        return int(db.scalar(select(func.count()).select_from(table)) or 0)


def bring(world: World, head: Visitor, data: bytes, name: str = "sheet.csv") -> None:
    preview, _ = preview_of(head, at(world), data, name)
    assert confirm(head, preview, **CONFIRMED).location == world.home + "ledger/"


def test_nothing_is_changed_before_it_is_confirmed_and_the_second_time_nothing_is_left_to_do(world: World) -> None:
    head = begin(world)
    preview, page = preview_of(head, at(world), PLAIN.encode())
    assert counts(page) == (2, 0, 0, 0, 0)
    assert lines(world) == []
    assert confirm(head, preview, **CONFIRMED).status_code == 302
    assert lines(world) == [("E03", "Education support staff", "12345.60"), ("E26", "Agency supply", "-200.00")]
    assert "The sheet has been brought in: 2 added, 0 changed" in words(head.get(world.home + "ledger/").text)
    assert head.get(preview).status_code == 404, "it is forgotten once it is done"
    before = how_many(world, AuditRow)
    again, page = preview_of(head, at(world), PLAIN.encode())
    assert counts(page) == (0, 0, 2, 0, 0)
    assert "There is nothing to bring in" in page and "Bring it in" not in page
    head.send(again, seen="x")
    assert len(lines(world)) == 2
    assert how_many(world, AuditRow) == before


def test_the_share_its_ground_and_who_set_it_stay_when_the_amount_changes(world: World) -> None:
    head = begin(world)
    given = {
        "code": "E03",
        "amount": "100",
        "sen_share": "40",
        "ground": "Timetable",
        "set_by": "Jo",
        "estimated": "yes",
    }
    put(head, world.home + "ledger/add", name="Education support staff", **given)
    preview, page = preview_of(head, at(world), PLAIN.encode())
    assert counts(page) == (1, 1, 0, 0, 0)
    assert "Amount: £100.00 becomes £12,345.60" in page
    assert confirm(head, preview, **CONFIRMED).status_code == 302
    with world.app.extensions["vfm_database"].read() as db:
        row = rows_of(db, LedgerRow, world.school.id)[0]
        assert (row.amount, row.sen_share, row.ground, row.set_by) == (
            Decimal("12345.60"),
            Decimal(40),
            "Timetable",
            "Jo",
        )
        assert not row.estimated


def test_whoever_does_not_say_whether_figures_are_confirmed_is_asked(world: World) -> None:
    head = begin(world)
    preview, _ = preview_of(head, at(world), PLAIN.encode())
    assert "Answer this: Are these figures confirmed or estimated?" in refused(confirm(head, preview))
    assert lines(world) == []


def merged() -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["Oak School: outturn", None, None])
    page.append([])
    page.append(["Code", "Description", "Actual"])
    page.append(["E03", "Support", 12.5])
    page.append([None, "Lunchtime", 3])
    page.append([None, "Total", 15.5])
    page.merge_cells("A1:C1")
    page.merge_cells("A4:A5")
    return bytes_of(book)


FORMULA = tagged(
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Description</t></is></c><c r="B1" t="inlineStr"><is><t>Spent</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>Support</t></is></c><c r="B2"><f>1/3</f><v>0.33333333</v></c></row>'
)
MESSY: list[tuple[bytes, list[tuple[str, str, str]]]] = [
    ("Code;Description;Actual\nE03;Support;£1,234.50\n".encode(), [("E03", "Support", "1234.50")]),
    ("\ufeffCode,Description,Actual\nE03,Siân,1\n".encode(), [("E03", "Siân", "1.00")]),
    ("Code\tDescription\tActual\nE03\tŴyn\t1\n".encode("utf-16"), [("E03", "Ŵyn", "1.00")]),
    ("Code,Description,Actual\nE03,Café – staff,£1\n".encode("cp1252"), [("E03", "Café – staff", "1.00")]),
    (b"Oak School\nSpend to date\n\n,Code,Description,Actual,Budget\n,E03,Support,1,9\n,,Total,1,9\n", [("E03", "Support", "1.00")]),
    (merged(), [("E03", "Support", "12.50"), ("E03", "Lunchtime", "3.00")]),
    (FORMULA, [("", "Support", "0.33")]),
    (as_excel([Sheet("T", ("Line", "Amount"), (("=1+1", Decimal("2.00")),))]), [("", "=1+1", "2.00")]),
]  # fmt: skip


@pytest.mark.parametrize("place", range(len(MESSY)))
def test_a_messy_sheet_is_read_as_a_person_would(world: World, place: int) -> None:
    data, expected = MESSY[place]
    head = begin(world)
    bring(world, head, data, "sheet.xlsx")
    assert lines(world) == expected
    assert counts(preview_of(head, at(world), data)[1])[:2] == (0, 0)


def test_what_was_taken_out_comes_in_again_and_changes_nothing(world: World) -> None:
    head = begin(world)
    bring(world, head, PLAIN.encode())
    for kind in ("csv", "xlsx"):
        data = head.get(f"{world.home}ledger/download.{kind}").get_data()
        assert counts(preview_of(head, at(world), data)[1]) == (0, 0, 2, 1, 0)


BAD: list[tuple[bytes, str]] = [
    (b"", "it is empty"),
    (b"  \n\n", "it is empty"),
    (bytes(range(256)) * 20, "cannot be used"),
    (b"\x89PNG\r\n\x1a\n" + b"\x00" * 500, "it is not a CSV file or an Excel workbook"),
    (b"PK\x03\x04" + b"\x00" * 300, "it is not an Excel workbook that can be read"),
    (b"\xd0\xcf\x11\xe0" + b"\x00" * 300, "it is an old Excel workbook"),
    (b"Code,Description\x81,Actual\n\x8d", "its letters cannot be read"),
    (b'Code,Description,Actual\n"E03,x,1\n', "cannot be read: a quotation mark is not closed"),
    (b"\n".join(b"a,b" for _ in range(10_001)), "it has more than 10,000 rows"),
    ((("x" * 1900 + ",") * 9 + "\n").encode() * 200, "it holds far more text"),
]  # fmt: skip


@pytest.mark.parametrize("place", range(len(BAD)))
def test_a_file_that_is_no_sheet_is_refused_with_a_reason(world: World, place: int) -> None:
    data, reason = BAD[place]
    head = begin(world)
    assert reason in refused(upload(head, at(world), data))
    assert how_many(world, ImportDraftRow) == 0


def test_no_file_and_ten_megabytes_are_refused_and_other_pages_take_no_more_than_before(world: World) -> None:
    head = begin(world)
    assert "Choose the file" in refused(head.send(at(world)))
    assert upload(head, at(world), b"a,b\n" * 2_500_000).status_code == 413
    assert upload(head, at(world), b"Code,Actual\n" + b"\n" * 4_500_000).status_code in (302, 400)
    assert head.send(world.home + "ledger/add", name="x" * 1_100_000).status_code == 413


@pytest.mark.parametrize(
    "value", ["1e400", "NaN", "Infinity", "1.005", "100000000", "ten", "1.234,50", "=1+1", "\u0663"]
)
def test_one_wrong_amount_refuses_the_sheet_and_names_the_cell(world: World, value: str) -> None:
    head = begin(world)
    data = f"Code;Description;Actual\nE01;Teachers;5\nE03;Support;{value}\n".encode()
    preview, page = preview_of(head, at(world), data)
    assert counts(page) == (1, 0, 0, 0, 1)
    assert f"Row 3, column Actual, “{value}”:" in page
    assert "Bring it in" not in page
    table = read_table(data, lenient=True)
    mark = compare(read_ledger(table, find_layout(table, MEANINGS, {})), [])[0].mark
    forced = head.send(preview, page=at(world), seen=mark, **CONFIRMED)
    assert forced.status_code == 200, "whoever presses a button that is not there sees the page again"
    assert lines(world) == []


def test_five_thousand_wrong_cells_are_all_named_and_memory_stays_flat(world: World) -> None:
    head = begin(world)
    data = ("Code,Description,Actual\n" + "E03,Support,oops\n" * 5_000).encode()
    tracemalloc.start()
    _, page = preview_of(head, at(world), data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert counts(page) == (0, 0, 0, 0, 5_000)
    assert re.findall(r"Row (\d+), column Actual, “oops”", page) == [str(row) for row in range(2, 5_002)]
    assert peak < 60_000_000, peak
    assert lines(world) == []


def test_a_heading_that_stands_twice_is_refused(world: World) -> None:
    head = begin(world)
    _, page = preview_of(head, at(world), b"Code,Actual,Description,actual (\xa3)\nE03,1,Support,2\n")
    assert counts(page)[-1] == 1
    assert "Row 1, column D, “actual (£)”: expected each heading once" in page


def test_a_total_of_the_sheet_that_does_not_add_up_is_said(world: World) -> None:
    head = begin(world)
    _, page = preview_of(head, at(world), (PLAIN + ",Total,1\n").encode())
    assert "The sheet's own totals do not add up" in page
    assert "Row 4, Total: the sheet says £1.00, the rows above it add up to £12,145.60" in page
    assert "it is a total: it is checked, not brought in" in page


def test_a_heading_that_is_not_known_is_asked_about_once_and_then_remembered(world: World) -> None:
    head = begin(world)
    data = b"Kostenart,Bezeichnung,Betrag\nE03,Support,7\n"
    first = upload(head, at(world), data)
    columns = head.get(first.location)
    assert columns.location.endswith("/columns")
    assert "Such as: Support" in words(head.get(columns.location).text)
    assert "Say which column holds this: Amount spent" in refused(head.send(columns.location, row="0", column_0="code"))
    twice = head.send(columns.location, row="0", column_0="amount", column_1="amount")
    assert "Another column already holds this" in refused(twice)
    chosen = {"row": "0", "column_0": "code", "column_1": "name", "column_2": "amount"}
    seen = put(head, columns.location, **chosen)
    assert counts(words(head.get(seen).text)) == (1, 0, 0, 0, 0)
    assert how_many(world, ColumnMatchRow) == 3
    assert counts(preview_of(head, at(world), data)[1]) == (1, 0, 0, 0, 0), "the second time nobody is asked"


def test_the_row_of_the_headings_can_be_corrected(world: World) -> None:
    head = begin(world)
    location, _ = preview_of(head, at(world), b"Description,Actual\nDescription,Spend\nSupport,7\n")
    columns = location + "/columns"
    again = put(head, columns, row="1", column_0="name")
    assert again == columns
    assert "Column B: Spend" in words(head.get(columns).text)
    assert counts(words(head.get(put(head, columns, row="1", column_0="name", column_1="amount")).text)) == (
        1,
        0,
        0,
        0,
        0,
    )
    assert refused(head.send(columns, row="99", column_0="name"))


def test_only_whoever_uploaded_a_sheet_opens_it(world: World) -> None:
    head = begin(world)
    preview, _ = preview_of(head, at(world), PLAIN.encode())
    for who in ("senco", "office"):
        other = world.signed_in(who)
        for page in (preview, preview + "/columns"):
            assert other.get(page).status_code == 404
        assert other.send(preview, page=at(world), seen="x").status_code == 404
    assert head.get(preview.replace("/ledger/import/", "/ledger/import/9")).status_code == 404
    assert head.get(f"{at(world)}{1 << 70}").status_code == 404
    assert head.send(preview + "/forget", page=preview).status_code == 302
    assert head.get(preview).status_code == 404
    assert lines(world) == []


def test_when_the_list_changed_while_the_preview_was_read_it_is_shown_again(world: World) -> None:
    head = begin(world)
    preview, page = preview_of(head, at(world), PLAIN.encode())
    seen = re.search(r'value="([0-9a-f]{64})" name="seen"', page)
    assert seen
    given = {"code": "E03", "amount": "1", "estimated": "no"}
    put(world.signed_in("office"), world.home + "ledger/add", name="Education support staff", **given)
    answer = head.send(preview, seen=seen.group(1), **CONFIRMED)
    assert answer.location == preview
    assert lines(world) == [("E03", "Education support staff", "1.00")]
    assert counts(words(head.get(preview).text)) == (1, 1, 0, 0, 0)
    assert confirm(head, preview, **CONFIRMED).status_code == 302
    assert len(lines(world)) == 2


def test_hostile_words_of_a_sheet_are_shown_as_words(world: World) -> None:
    head = begin(world)
    rows = (
        ("<script>alert(1)</script>", Decimal("1.00")),
        ("=HYPERLINK(1)", Decimal("2.00")),
        ("مريم\u0000\u202e", Decimal("3.00")),
    )
    preview, _ = preview_of(head, at(world), as_csv(Sheet("T", ("Line", "Amount"), rows)).replace(b"\x00", b""))
    assert "<script>alert" not in head.get(preview).text
    assert "<script>alert" not in head.get(preview + "/columns").text
    confirm(head, preview, **CONFIRMED)
    assert "<script>alert" not in head.get(world.home + "ledger/").text
    assert len(lines(world)) == 3


def test_a_workbook_and_a_csv_file_of_one_table_are_the_same(world: World) -> None:
    head = begin(world)
    bring(
        world,
        head,
        saved(
            [
                ["Code", "Description", "Actual"],
                ["E03", "Education support staff", 12345.6],
                ["E26", "Agency supply", -200],
            ]
        ),
    )
    assert counts(preview_of(head, at(world), PLAIN.encode())[1]) == (0, 0, 2, 0, 0)
