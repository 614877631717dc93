"""Every register as a file: the cells of its page, for whoever may see them there, with totals that add up."""

import csv
import io
import re
from decimal import Decimal
from html import unescape

import pytest
from openpyxl import load_workbook

from tests.web.entering import begin, intervention, person, pupil, put, role, stated
from tests.web.filled import fill
from tests.world import Visitor, World
from vfm.sheets.reading import read_table

REGISTERS = ("income", "ledger", "roles", "staff", "pupils", "provision-map", "plan")
FORMULA = '=HYPERLINK("http://example.org")'


def table(visitor: Visitor, address: str) -> list[list[str]]:
    """A CSV file as rows."""
    answer = visitor.get(address)
    assert answer.status_code == 200, address
    assert answer.content_type == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"), newline="")))


def adds_up(rows: list[list[str]], column: str) -> Decimal:
    """The total of a column, which is the sum of the rows above it."""
    place = rows[0].index(column)
    *parts, total = (Decimal(row[place]) for row in rows[1:] if re.fullmatch(r"-?[0-9]+\.[0-9]{2}", row[place]))
    assert sum(parts) == total, column
    return total


@pytest.mark.parametrize("name", REGISTERS)
def test_each_register_leads_to_both_files_and_they_hold_the_same(world: World, name: str) -> None:
    fill(world)
    head = begin(world)
    page = head.get(f"{world.home}{name}/").text
    for kind in ("csv", "xlsx"):
        assert f'href="{world.home}{name}/download.{kind}"' in page
    rows = table(head, f"{world.home}{name}/download.csv")
    assert len(rows) > 1
    answer = head.get(f"{world.home}{name}/download.xlsx")
    assert re.search(r'attachment; filename="[a-z0-9-]+-2026-to-2027\.xlsx"', answer.headers["Content-Disposition"])
    read = [[cell for cell in row.cells if cell] for row in read_table(answer.get_data()).rows]
    assert [[_plain(cell) for cell in row] for row in read] == [[_plain(cell) for cell in row if cell] for row in rows]


def _plain(cell: str) -> str:
    return (
        cell.removesuffix("0").removesuffix("0").removesuffix(".") if re.fullmatch(r"[0-9]+\.[0-9]{2}", cell) else cell
    )


def test_pages_of_the_calendar_are_not_a_file(world: World) -> None:
    assert begin(world).get(world.home + "calendar/download.csv").status_code == 404


def test_thirds_of_a_ledger_line_add_up_on_the_page_and_in_the_file(world: World) -> None:
    head = begin(world)
    for line in ("One", "Two", "Three"):
        given = {"code": "E03", "amount": "100.00", "sen_share": "33.33", "ground": "Posts", "estimated": "no"}
        put(head, world.home + "ledger/add", name=line, **(given | {"amount": "0.05"}))
    rows = table(head, world.home + "ledger/download.csv")
    assert [row[3] for row in rows[1:]] == ["0.02", "0.02", "0.01", "0.05"]
    assert adds_up(rows, "SEN spend") == Decimal("0.05")
    assert adds_up(rows, "Amount") == Decimal("0.15")
    page = unescape(head.get(world.home + "ledger/").text)
    assert page.count(">£0.02<") == 2 and page.count(">£0.01<") == 1
    assert "33.33%" in page and rows[1][2] == "33.33%"


def test_income_is_counted_by_days_and_adds_up(world: World) -> None:
    head = begin(world)
    days = {"starts__day": "1", "starts__month": "4", "starts__year": "2026"} | {
        "ends__day": "31", "ends__month": "3", "ends__year": "2027",
    }  # fmt: skip
    for name in ("One", "Two", "Three"):
        line = {"kind": "notional", "original": "100", "sen_share": "100", "estimated": "no"}
        put(head, world.home + "income/add", name=name, **line, **days)
    rows = table(head, world.home + "income/download.csv")
    total = adds_up(rows, "Counts in 2026 to 2027")
    assert f">£{total:,.2f}<" in head.get(world.home + "income/").text
    assert rows[1][2] == "1 April 2026 to 31 March 2027"


def test_the_map_adds_up_on_both_cards_and_in_every_breakdown(world: World) -> None:
    head = begin(world)
    assistant = role(
        world, head, "Teaching assistant", actual_method="stated", actual_per_hour="19.0033", actual_from_people="no",
        authority_method="stated", authority_per_hour="17.7777",
    )  # fmt: skip
    one, two = pupil(world, head, "Ann"), pupil(world, head, "Ben")
    for number in range(3):
        it = intervention(world, head, f"Reading {number}", assistant, minutes="20", sessions_a_week="3", weeks="11")
        put(head, f"{world.home}provision-map/{it}/pupils", **{f"in__{one}": "y", f"in__{two}": "y"})
    page, address = head.get(world.home + "provision-map/").text, world.home + "provision-map/download.csv"
    rows = table(head, address)
    for column in ("Cost", "Cost on the authority's rates"):
        assert f">£{adds_up(rows, column):,.2f}<" in page
    adds_up(rows, "Counts as additional")
    total = adds_up(rows, "Cost")
    assert rows[1][6:9] == ["20", "3", "11"]
    pupils = table(head, address + "?table=2")
    assert [row[0] for row in pupils] == ["Pupil", "Ann", "Ben", "Total"]
    assert adds_up(pupils, "Cost of provision") == total
    shares = table(head, address + "?table=3")
    own = [row[2] for row in shares if row[0] == "Reading 1"]
    assert sum(map(Decimal, own[:-1])) == Decimal(own[-1])
    breakdowns = table(head, address + "?table=4")[1:]
    for title in {row[0] for row in breakdowns}:
        parts = [Decimal(row[2]) for row in breakdowns if row[0] == title]
        assert sum(parts[:-1]) == parts[-1] == total, title
    book = load_workbook(io.BytesIO(head.get(world.home + "provision-map/download.xlsx").get_data()))
    assert book.sheetnames == ["Provision map", "Pupils", "Shares of each intervention", "Breakdowns"]


def test_a_table_that_is_not_there_is_not_found(world: World) -> None:
    head = begin(world)
    for asked in ("0", "5", "x", "-1", "9" * 50, "٣"):
        assert head.get(f"{world.home}provision-map/download.csv?table={asked}").status_code == 404
    assert head.get(world.home + "provision-map/download.pdf").status_code == 404


def test_a_private_rate_is_in_no_file_of_the_senco(world: World) -> None:
    head = begin(world)
    private = role(
        world, head, "Music therapist", actual_method="stated", actual_per_hour="37.11", actual_from_people="yes",
        actual_people="1", authority_method="stated", authority_per_hour="20",
    )  # fmt: skip
    person(world, head, "Sam Only", private, weekly_hours="10")
    intervention(world, head, "Music", private, minutes="60", group_size="4")
    senco = world.signed_in("senco")
    for name in ("roles", "staff", "provision-map"):
        for page in ("download.csv", "download.csv?table=4", "download.xlsx"):
            answer = senco.get(f"{world.home}{name}/{page}")
            if answer.status_code == 200:
                body = answer.get_data()
                text = body.decode() if page != "download.xlsx" else repr([r.cells for r in read_table(body).rows])
                assert "37.11" not in text, (name, page)
    assert table(senco, world.home + "roles/download.csv")[1][:3] == ["Music therapist", "", "Seen by leadership only"]
    assert adds_up(table(senco, world.home + "provision-map/download.csv"), "Cost") == Decimal("20.00")
    assert table(head, world.home + "roles/download.csv")[1][1] == "37.11"
    assert adds_up(table(head, world.home + "provision-map/download.csv"), "Cost") == Decimal("37.11")


def test_what_looks_like_a_formula_is_text_in_every_file(world: World) -> None:
    head = begin(world)
    intervention(world, head, FORMULA, stated(world, head, "-2+3", "22"), group_size="3")
    pupil(world, head, "@SUM(A1)")
    for name in ("provision-map", "roles", "pupils"):
        cells = [cell for row in table(head, f"{world.home}{name}/download.csv") for cell in row]
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
        book = load_workbook(io.BytesIO(head.get(f"{world.home}{name}/download.xlsx").get_data()))
        assert "f" not in {cell.data_type for page in book for row in page.iter_rows() for cell in row}
    assert table(head, world.home + "provision-map/download.csv")[1][0] == "'" + FORMULA
