"""A pupil's SEN status by day: what is typed on the pupil's page moves the cost to where the status was on the day."""

import datetime as dt
import re
from typing import Any

import pytest

from tests.web.entering import begin, intervention, pupil, put, stated
from tests.web.forms import RUBBISH, refused, words
from tests.web.test_interventions_in_full import day
from tests.world import YEAR, World
from vfm.costing.calendar import AcademicYear
from vfm.costing.delivery import Weekly, run_of
from vfm.costing.usual_calendar import usual_calendar
from vfm.money import half_up, pounds
from vfm.store.pupils import PupilRow, SenStatusRow
from vfm.store.rows import rows_of

CALENDAR = usual_calendar(AcademicYear(YEAR))


class Desk:
    """A pupil of Year 4, and an hour a week at £20 for the pupil alone."""

    def __init__(self, world: World, **fields: str) -> None:
        self.world, self.head = world, begin(world)
        self.pupil = pupil(world, self.head, "Ada", **fields)
        self.page = f"{world.home}pupils/{self.pupil}"

    def change(self, **fields: str) -> Any:
        shown = self.head.get(self.page).text
        version = shown.split('name="version" value="')[1].split('"')[0]
        return self.head.send(self.page, **({"name": "Ada", "year_group": "4", "version": version} | fields))

    def history(self) -> list[tuple[dt.date, str]]:
        with self.world.app.extensions["vfm_database"].read() as db:
            return sorted((row.starts, row.status) for row in rows_of(db, SenStatusRow, self.world.school.id))

    def row(self) -> PupilRow:
        with self.world.app.extensions["vfm_database"].read() as db:
            return rows_of(db, PupilRow, self.world.school.id)[0]


def test_the_cost_goes_by_the_status_on_the_day(world: World) -> None:
    desk = Desk(world, status="N")
    role = stated(world, desk.head, "Assistant", "20")
    reading = intervention(world, desk.head, "Reading", role, sessions_a_week="1")
    put(desk.head, f"{world.home}provision-map/{reading}/pupils", **{f"in-{desk.pupil}": "y"})
    since = dt.date(2026, 11, 2)
    assert desk.change(status="K", **day("since", "2/11/2026")).status_code == 302
    assert desk.history() == [(since, "K")]
    run = run_of(Weekly(1), 60, CALENDAR, None, None)
    sen = run.sessions(CALENDAR.place(since)) * 2000
    page = words(desk.head.get(f"{world.home}provision-map/{reading}/costed").text)
    assert f"Of this for pupils with SEN: {pounds(half_up(sen))}" in page
    assert 0 < sen < run.sessions() * 2000


def test_a_new_status_leaves_the_earlier_one_in_the_list(world: World) -> None:
    desk = Desk(world, status="K")
    assert desk.change(status="E", **day("since", "2/11/2026")).status_code == 302
    assert desk.history() == [(dt.date(2026, 9, 1), "K"), (dt.date(2026, 11, 2), "E")]
    page = words(desk.head.get(desk.page).text)
    assert page.index("EHC plan (E) since 2 November 2026") < page.index("SEN Support (K) since 1 September 2026")
    assert re.search(r'id="since-day"[^>]* value="2"', page)
    assert "enter the later day from which the new status holds" in refused(
        desk.change(status="N", **day("since", "2/11/2026"))
    )
    assert desk.change(status="E", **day("since", "9/11/2026")).status_code == 302, "the day was wrong"
    assert desk.history()[-1] == (dt.date(2026, 11, 9), "E")


def test_saving_the_page_as_it_is_changes_nothing(world: World) -> None:
    desk = Desk(world, status="K")
    assert desk.change(status="K").status_code == 302
    assert desk.history() == []
    desk.change(status="E", **day("since", "2/11/2026"))
    before = desk.history()
    desk.change(status="E", **day("since", "2/11/2026"))
    assert desk.history() == before


def test_a_status_that_has_days_must_keep_one(world: World) -> None:
    desk = Desk(world, status="K", **day("since", "1/10/2026"))
    assert desk.history() == [(dt.date(2026, 10, 1), "K")]
    assert "Enter since when this status holds" in refused(desk.change(status="E", **day("since", "//")))


@pytest.mark.parametrize("typed", ["31/2/2026", "1/1/2100", *(f"{text}/1/2026" for text in RUBBISH if "/" not in text)])
def test_a_day_that_cannot_be_is_refused(world: World, typed: str) -> None:
    desk = Desk(world, status="K")
    if typed.startswith("\x00"):
        return
    refused(desk.change(status="E", **day("since", typed)))
    assert desk.history() == []


def test_the_list_is_changed_and_the_pupils_own_status_follows(world: World) -> None:
    desk = Desk(world, status="N")
    add = desk.page + "/statuses/add"
    put(desk.head, add, status="K", **day("starts", "1/9/2026"))
    assert desk.row().status == "K"
    put(desk.head, add, status="E", **day("starts", "2/11/2026"))
    assert desk.row().status == "E"
    refused(desk.head.send(add, status="K", **day("starts", "2/11/2026")))
    refused(desk.head.send(add, status="K", **day("starts", "1/1/2100")))
    with world.app.extensions["vfm_database"].read() as db:
        newest = max(rows_of(db, SenStatusRow, world.school.id), key=lambda row: row.starts).id
    put(desk.head, f"{desk.page}/statuses/{newest}/remove")
    assert desk.row().status == "K"
    assert "SEN Support (K)" in desk.head.get(desk.page + "/statuses/").text


def test_days_of_joining_and_leaving_the_school_are_kept_in_order(world: World) -> None:
    desk = Desk(world, status="K")
    both = day("joined", "2/11/2026") | day("left", "1/11/2026")
    assert "must not be before the first day" in refused(desk.change(status="K", **both))
    desk.change(status="K", **(both | day("left", "3/11/2026")))
    assert (desk.row().joined, desk.row().left) == (dt.date(2026, 11, 2), dt.date(2026, 11, 3))
    assert re.search(r'id="left-day"[^>]* value="3"', desk.head.get(desk.page).text)
