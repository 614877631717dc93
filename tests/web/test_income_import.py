"""Budget lines from a sheet: asked for their days, brought in whole, and never over another year's."""

from typing import Any

from tests.web.entering import begin, put
from tests.web.forms import words
from tests.web.sheets import confirm, counts, press, preview_of
from tests.world import World
from vfm.store.funds import IncomeRow
from vfm.store.rows import rows_of

SHEET = b'CFR,Description,Budget\nI01,Notional SEN budget,"90,000"\nI03,Top-up funding,12000\nE03,Support staff,5\n,Total,102005\n'
ANSWERS = {"period": "financial", "estimated": "yes"}


def lines(world: World) -> list[Any]:
    with world.app.extensions["vfm_database"].read() as db:
        return rows_of(db, IncomeRow, world.school.id)


def test_budget_lines_are_brought_in_for_their_days_and_the_second_time_nothing(world: World) -> None:
    head = begin(world)
    address = world.home + "income/import/"
    preview, page = preview_of(head, address, SHEET)
    assert counts(page) == (2, 0, 0, 2, 0)
    assert "The financial year, 1 April 2026 to 31 March 2027" in page and "Kind: Notional SEN budget" in page
    assert "do not add up" not in page
    assert confirm(head, preview, **ANSWERS).status_code == 302
    found = [
        (row.code, row.kind, str(row.expected), str(row.starts), str(row.ends), row.sen_share) for row in lines(world)
    ]
    assert found == [
        ("I01", "notional", "90000.00", "2026-04-01", "2027-03-31", None),
        ("I03", "top-up", "12000.00", "2026-04-01", "2027-03-31", None),
    ]  # fmt: skip
    assert "Not counted yet" in words(head.get(world.home + "income/").text)
    again, _ = preview_of(head, address, SHEET)
    assert press(head, again, **ANSWERS).location == again, "whose days these are changes what is seen"
    assert counts(words(head.get(again).text)) == (0, 0, 2, 2, 0)
    assert len(lines(world)) == 2


def test_a_share_that_was_set_stays_and_another_years_line_is_left_alone(world: World) -> None:
    head = begin(world)
    this = {"starts__day": "1", "starts__month": "4", "starts__year": "2026", "ends__day": "31", "ends__month": "3"}
    last = this | {"starts__year": "2025", "ends__year": "2026"}
    line = {"kind": "notional", "original": "1", "sen_share": "100", "estimated": "no", "code": "I01"}
    put(head, world.home + "income/add", name="Notional SEN budget", **line, **last)
    put(head, world.home + "income/add", name="Notional SEN budget", **line, **this, ends__year="2027")
    preview, _ = preview_of(head, world.home + "income/import/", SHEET)
    press(head, preview, **ANSWERS)
    assert "Amount: £1.00 becomes £90,000.00" in words(head.get(preview).text)
    confirm(head, preview, **ANSWERS)
    found = [(str(row.starts), str(row.original), str(row.expected), row.sen_share) for row in lines(world)][:2]
    assert found == [("2025-04-01", "1.00", "None", 100), ("2026-04-01", "1.00", "90000.00", 100)]


def test_a_line_below_nought_is_refused_unless_it_is_pooled(world: World) -> None:
    head = begin(world)
    page = preview_of(head, world.home + "income/import/", b"Description,Budget\nGrant,-5\nDe-delegated,-6\n")[1]
    assert counts(page)[-1] == 1 and "only pooled or de-delegated money stands below nought" in page
    assert lines(world) == []


CREDITS = b'CFR,Description,Actual\nI03,SEN funding,"-33,250.00"\nI05,Pupil premium,(58200)\nI10,Receipts,0\nE03,Support staff,9\n'


def test_income_that_accounts_write_with_a_minus_comes_in_without_it(world: World) -> None:
    head = begin(world)
    preview, page = preview_of(head, world.home + "income/import/", CREDITS)
    assert counts(page) == (3, 0, 0, 1, 0)
    assert "The sheet’s income stands below nought" in page
    assert confirm(head, preview, **ANSWERS).status_code == 302
    assert [(row.code, str(row.expected)) for row in lines(world)] == [
        ("I03", "33250.00"), ("I05", "58200.00"), ("I10", "0.00"),
    ]  # fmt: skip
    again, _ = preview_of(head, world.home + "income/import/", CREDITS)
    press(head, again, **ANSWERS)
    assert counts(words(head.get(again).text)) == (0, 0, 3, 1, 0)


def test_whoever_says_that_the_minus_is_meant_is_told_what_may_stand_below_nought(world: World) -> None:
    head = begin(world)
    preview, _ = preview_of(head, world.home + "income/import/", CREDITS)
    press(head, preview, **ANSWERS, credits="kept")
    assert counts(words(head.get(preview).text))[-1] == 2
    assert lines(world) == []
