"""Reviews of other years: which may be started, by whom, and that last year's map and ledger then count in the financial year."""

import datetime as dt
import re

import pytest

from tests.web.entering import begin, intervention, put, row_id, stated
from tests.web.forms import refused, words
from tests.web.test_monitoring import school, tables
from tests.world import Visitor, World
from vfm.store.reviews import reviews_of
from vfm.store.staff import StaffRoleRow
from vfm.web import school as school_pages

VALUE = re.compile(r'type="radio" value="(\d+)"|value="(\d+)"[^>]*type="radio"')


def another(world: World) -> str:
    return f"/school/{world.school.slug}/another"


def offered(page: str) -> list[int]:
    return [int(value) for value in re.findall(r'<input[^>]*name="year"[^>]*value="(\d+)"', page)]


def years(world: World) -> list[int]:
    with world.app.extensions["vfm_database"].read() as db:
        return [row.year for row in reviews_of(db, world.school.id)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2026, 11, 24), [2026, 2025, 2024, 2023]),
        (dt.date(2027, 4, 30), [2026, 2025, 2024, 2023]),
        (dt.date(2027, 5, 1), [2027, 2026, 2025, 2024, 2023]),
        (dt.date(2027, 8, 31), [2027, 2026, 2025, 2024, 2023]),
        (dt.date(2027, 9, 1), [2027, 2026, 2025, 2024]),
    ],
)
def test_three_years_back_are_offered_and_from_may_the_next(
    world: World, monkeypatch: pytest.MonkeyPatch, day: dt.date, expected: list[int]
) -> None:
    monkeypatch.setattr(school_pages, "today", lambda: day)
    assert offered(world.signed_in("senco").get(another(world)).text) == expected


def test_last_years_review_is_started_from_the_schools_page_and_an_existing_one_is_led_to(world: World) -> None:
    head = begin(world)
    assert f'href="{another(world)}"' in head.get(f"/school/{world.school.slug}/").text
    assert put(head, another(world), year="2025").endswith(f"/school/{world.school.slug}/2025/")
    assert put(head, another(world), year="2026").endswith(f"/school/{world.school.slug}/2026/")
    assert years(world) == [2026, 2025]
    assert "There is a review already" in words(head.get(another(world)).text)


@pytest.mark.parametrize("year", ["", "2022", "2028", "nonsense", "9" * 400, "٢٠٢٥", "2025\x00"])
def test_a_year_that_is_not_offered_is_refused_beside_the_field(world: World, year: str) -> None:
    head = begin(world)
    refused(head.send(another(world), year=year))
    assert years(world) == [2026]


def test_whoever_does_not_run_the_review_is_not_offered_it(world: World) -> None:
    begin(world)
    assert another(world) not in world.signed_in("teacher").get(f"/school/{world.school.slug}/").text


def test_with_last_years_map_the_financial_year_is_whole(world: World) -> None:
    head = school(world, academy=False)
    address = f"{world.home}monitoring/"
    page = head.get(address).text
    assert "Not known" in _rows(page)["Projected position: income less estimate"]
    assert f'href="{another(world)}?year=2025"' in page
    put(head, another(world), year="2025")
    page = head.get(address).text
    before = f"/school/{world.school.slug}/2025/provision-map/"
    assert f'href="{before}"' in page
    _reading(world, head, 2025)
    rows = _rows(head.get(address).text)
    assert rows["Projected position: income less estimate"].startswith(("£", "-£"))
    assert "No provision map is entered" not in head.get(address).text


def test_the_ledger_of_a_review_that_was_started_later_stands_beside_its_own_financial_year(world: World) -> None:
    head = school(world, academy=False)
    put(head, another(world), year="2025")
    _reading(world, head, 2025)
    of_2025 = f"/school/{world.school.slug}/2025/"
    line = {"name": "Support staff", "amount": "2,000", "sen_share": "50", "ground": "Timetable", "estimated": "no"}
    put(head, f"{of_2025}ledger/add", **line)
    assert "not explained between map and ledger" in words(head.get(f"{of_2025}monitoring/?financial=2025").text)
    assert "not explained between map and ledger" not in words(head.get(f"{of_2025}monitoring/?financial=2026").text)
    assert "not explained between map and ledger" not in words(head.get(f"{world.home}monitoring/").text)


def _rows(page: str) -> dict[str, str]:
    return {row[0]: row[1] for row in tables(page)["Budget, spend and projection"][1:]}


def _reading(world: World, head: Visitor, year: int) -> None:
    given = {
        "tier": "targeted", "time_kind": "intervention", "giver_1": str(row_id(world, StaffRoleRow, "TA")), "number_1": "1",
        "minutes": "60", "basis": "shared", "where": "in", "estimated": "no", "sessions_a_week": "6", "weeks": "38",
        "group_size": "3", "group_with_sen": "3",
    }  # fmt: skip
    put(head, f"/school/{world.school.slug}/{year}/provision-map/add", name="Reading", **given)


def test_the_bridge_says_of_which_months_there_is_no_map_and_where_it_is_entered(world: World) -> None:
    head = begin(world)
    intervention(world, head, "Reading", stated(world, head, "TA", "20"))
    page = words(head.get(world.home + "bridge/").text)
    assert "Provision of April to August: no map is entered" in page
    assert f'href="{another(world)}?year=2025"' in page


def test_while_all_is_empty_neither_page_says_what_is_missing_of_it(world: World) -> None:
    head = begin(world)
    for page in ("bridge/", "monitoring/"):
        text = words(head.get(world.home + page).text)
        assert "no map is entered" not in text.lower() and "No provision" not in text, page
