"""When an intervention runs, as typed on its form, comes back from its page as the pure core counts it."""

import datetime as dt
import re
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.web.entering import begin, intervention, put, stated
from tests.web.forms import RUBBISH, refused, words
from tests.world import YEAR, World
from vfm.costing.calendar import AcademicYear
from vfm.costing.delivery import Delivery, InTotal, NotRun, OnDays, Slot, Weekly, run_of
from vfm.costing.usual_calendar import usual_calendar
from vfm.money import half_up, pounds
from vfm.store.provision import InterventionRow, NotRunRow, SessionDayRow, SlotRow
from vfm.store.rows import rows_of

CALENDAR = usual_calendar(AcademicYear(YEAR))


class Desk:
    """The map as leadership sees it, with one role at £20 an hour."""

    def __init__(self, world: World) -> None:
        self.world, self.head = world, begin(world)
        self.role = stated(world, self.head, "Assistant", "20")
        self.id = intervention(world, self.head, "Reading", self.role)
        self.page = f"{world.home}provision-map/{self.id}"

    def change(self, **fields: str) -> TestResponse:
        """Saves the form with these fields in place of the usual ones."""
        shown = self.head.get(self.page).text
        version = shown.split('name="version" value="')[1].split('"')[0]
        usual = {
            "name": "Reading", "tier": "targeted", "time_kind": "intervention", "giver_1": str(self.role), "number_1": "1",
            "minutes": "60", "basis": "shared", "where": "in", "estimated": "no", "version": version,
        }  # fmt: skip
        return self.head.send(self.page, **(usual | fields))

    def costed(self) -> str:
        return words(self.head.get(self.page + "/costed").text)

    def sessions(self) -> str:
        """What the page says of how the sessions were counted."""
        return self.costed().split('id="counted">')[1].split("</p>")[0]

    def rows(self, table: Any) -> list[Any]:
        with self.world.app.extensions["vfm_database"].read() as db:
            return rows_of(db, table, self.world.school.id)


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


def day(name: str, text: str) -> dict[str, str]:
    """A day typed in its three boxes."""
    return dict(zip((f"{name}-day", f"{name}-month", f"{name}-year"), text.split("/"), strict=True))


def cost(delivery: Delivery, first: dt.date | None = None, last: dt.date | None = None) -> str:
    """What the core says that an hour a session at £20 costs."""
    run = run_of(delivery, 60, CALENDAR, first, last)
    return pounds(half_up(run.sessions() * 2000))


def test_weekdays_are_counted_in_the_calendar_and_the_page_says_how(desk: Desk) -> None:
    assert desk.change(runs="days", **{"slots-0-0": "y", "slots-1-0": "y"}).status_code == 302
    mondays, tuesdays = (
        int(run_of(OnDays([Slot(each)]), 60, CALENDAR, None, None).sessions()) for each in (0, 1)
    )  # fmt: skip
    assert f"{mondays} Mondays and {tuesdays} Tuesdays of your calendar" in desk.sessions()
    assert f": {mondays + tuesdays} sessions" in desk.sessions()
    assert cost(OnDays([Slot(0), Slot(1)])) in desk.costed()


def test_a_two_week_timetable_with_minutes_of_its_own_survives_editing(desk: Desk) -> None:
    ticked = {"slots-0-1": "y", "slots-0-1-minutes": "30", "slots-3-2": "y", "slots-3-2-minutes": "22.5"}
    fields = {"runs": "days", **ticked} | day("starts_on", "14/9/2026") | day("ends_on", "18/12/2026")
    assert desk.change(**fields).status_code == 302
    shown = desk.head.get(desk.page).text
    for box in ("slots-0-1", "slots-3-2"):
        assert re.search(rf'id="{box}"[^>]* checked', shown), box
    assert re.search(r'id="slots-3-2-minutes"[^>]* value="22.5"', shown)
    assert not re.search(r'id="slots-0-0"[^>]* checked', shown)
    assert re.search(r'id="starts_on-day"[^>]* value="14"', shown)
    ids = {row.id for row in desk.rows(SlotRow)}
    desk.change(**fields)
    assert {row.id for row in desk.rows(SlotRow)} == ids, "rows that stay are not written again"
    first, last = dt.date(2026, 9, 14), dt.date(2026, 12, 18)
    slots = [Slot(0, 1, 30), Slot(3, 2, 22)]
    counted = [int(run_of(OnDays([slot]), 60, CALENDAR, first, last).sessions()) for slot in slots]
    assert f"{counted[0]} Mondays of week 1 and {counted[1]} Thursdays of week 2" in desk.sessions()
    pence = (counted[0] * 30 * 2000 + counted[1] * 45 * 1000) // 60
    assert f"£{pence // 100:,}.{pence % 100:02d}" in desk.costed()


def test_a_session_that_has_minutes_on_every_day_needs_no_others(desk: Desk) -> None:
    sent = desk.change(runs="days", minutes="", **{"slots-4-0": "y", "slots-4-0-minutes": "30"})
    assert sent.status_code == 302
    page = refused(desk.change(runs="days", minutes="", **{"slots-4-0": "y"}))
    assert "Enter the minutes of one session" in page


def test_weeks_left_empty_are_counted_and_the_hint_says_how_many(desk: Desk) -> None:
    assert "count them in your calendar, which nobody has confirmed yet: 38 weeks (190 pupil days ÷ 5)" in words(
        desk.head.get(desk.page).text
    )
    assert desk.change(runs="weekly", sessions_a_week="2", weeks="").status_code == 302
    assert "2 a week for 38 weeks of your calendar" in desk.sessions()
    assert cost(Weekly(2)) == "£1,520.00"
    assert "£1,520.00" in desk.costed()
    desk.change(runs="weekly", sessions_a_week="2", weeks="", **day("ends_on", "18/12/2026"))
    assert cost(Weekly(2), None, dt.date(2026, 12, 18)) in desk.costed()
    assert "from the first day to the last (" in words(desk.head.get(desk.page).text)


def test_sessions_on_known_days(desk: Desk) -> None:
    assert desk.change(runs="total", known_days="3/11/2026\n24/3/2027").status_code == 302
    assert "2 in all, on the 2 days that you gave: 2 sessions" in desk.sessions()
    assert cost(InTotal(2, [dt.date(2026, 11, 3)])) in desk.costed()
    shown = words(desk.head.get(desk.page).text)
    assert "03/11/2026\n24/03/2027</textarea>" in shown
    assert re.search(r'id="sessions_in_total"[^>]* value="2"', shown)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31/2/2027", "line 1: enter a real date"),
        ("3/11/2026\ntomorrow", "line 2: enter a day such as 3/11/2026"),
        ("3/11/2025", "3 November 2025 must be in the academic year"),
        ("\n".join(["3/11/2026"] * 13), "enter 12 days at most"),
    ],
)
def test_days_that_are_none_are_refused_and_stay_in_the_box(desk: Desk, typed: str, said: str) -> None:
    page = refused(desk.change(runs="total", sessions_in_total="20", known_days=typed))
    assert said in page
    assert f"{typed}</textarea>" in page
    assert desk.rows(SessionDayRow) == []


def test_a_day_must_lie_between_the_first_day_and_the_last_and_be_paid_by_a_session(desk: Desk) -> None:
    dates = day("starts_on", "1/10/2026")
    page = refused(desk.change(runs="total", known_days="3/9/2026", **dates))
    assert "3 September 2026 is before the first day, 1 October 2026" in page
    assert "There are 2 days for 1 session: enter as many sessions in all" in refused(
        desk.change(runs="total", sessions_in_total="1", known_days="5/10/2026\n6/10/2026")
    )


def test_a_count_of_the_school_wins_and_survives_a_change_of_the_days(desk: Desk) -> None:
    assert desk.change(runs="days", counted="31.5", **{"slots-0-0": "y"}).status_code == 302
    assert desk.sessions().startswith("Sessions: 31.5 as you counted them")
    assert "£630.00" in desk.costed()
    assert re.search(r'id="counted"[^>]* value="31.5"', desk.head.get(desk.page).text)
    desk.change(runs="days", counted="", **{"slots-0-0": "y"})
    assert "as you counted them" not in desk.sessions()


def test_only_what_stands_under_the_choice_is_kept(desk: Desk) -> None:
    typed = {"sessions_a_week": "2", "weeks": "rubbish", "sessions_in_total": "9", "slots-0-0": "y"}
    assert desk.change(runs="days", **typed).status_code == 302
    row = desk.rows(InterventionRow)[0]
    assert (row.sessions_a_week, row.weeks, row.sessions_in_total) == (None, None, None)
    assert len(desk.rows(SlotRow)) == 1
    assert desk.change(runs="weekly", **(typed | {"weeks": "10"})).status_code == 302
    assert desk.rows(SlotRow) == []
    assert "rubbish" in refused(desk.change(runs="weekly", **typed))


def test_days_outside_the_year_or_in_the_wrong_order_are_refused_beside_the_field(desk: Desk) -> None:
    weekly = {"runs": "weekly", "sessions_a_week": "1"}
    page = refused(desk.change(**weekly, **day("starts_on", "31/8/2026")))
    assert "First day must be in the academic year, 1 September 2026 to 31 August 2027" in page
    assert 'href="#starts_on-year"' in page
    page = refused(desk.change(**weekly, **day("starts_on", "2/10/2026"), **day("ends_on", "1/10/2026")))
    assert "The last day must not be before the first day" in page


def test_minutes_of_a_day_that_is_not_ticked_are_not_lost(desk: Desk) -> None:
    page = refused(desk.change(runs="days", **{"slots-0-0": "y", "slots-1-2-minutes": "20"}))
    assert "Tick Tuesday of week 2, or leave its minutes empty" in page
    assert 'href="#slots-1-2"' in page
    for typed in RUBBISH:
        if typed != "\x00":
            page = refused(desk.change(runs="days", **{"slots-0-0": "y", "slots-0-0-minutes": typed}))
            assert 'href="#slots-0-0-minutes"' in page


def test_named_weekdays_need_a_day(desk: Desk) -> None:
    page = refused(desk.change(runs="days"))
    assert "Tick the days on which it runs" in page
    assert 'href="#slots-0-0"' in page


def test_when_a_colleague_saved_first_the_weekdays_are_told(desk: Desk) -> None:
    put(desk.head, desk.page, **_form(desk, "1", {"slots-0-0": "y", "slots-2-1": "y", "slots-2-1-minutes": "20"}))
    answer = desk.head.send(desk.page, **_form(desk, "1", {"slots-4-0": "y"}))
    assert answer.status_code == 409
    assert "Monday, Wednesday of week 1 (20 minutes)" in words(answer.text)


def _form(desk: Desk, version: str, slots: dict[str, str]) -> dict[str, str]:
    return {
        "name": "Reading", "tier": "targeted", "time_kind": "intervention", "giver_1": str(desk.role), "minutes": "60",
        "basis": "shared", "where": "in", "estimated": "no", "version": version, "runs": "days",
    } | slots  # fmt: skip


def test_a_session_that_did_not_run_is_neither_counted_nor_paid(desk: Desk) -> None:
    desk.change(runs="days", **{"slots-0-0": "y"})
    mondays = int(run_of(OnDays([Slot(0)]), 60, CALENDAR, None, None).sessions())
    absent = day("on", "9/11/2026")
    assert desk.head.send(desk.page + "/not-run/add", sessions="1", why="Absent <b>", **absent).status_code == 302
    assert f"{mondays} Mondays of your calendar, which is not confirmed yet, 1 not run: {mondays - 1} sessions" in (
        desk.sessions()
    )
    page = desk.head.get(desk.page + "/costed").text
    assert "1 session on 9 November 2026</a>: Absent &lt;b&gt;" in page
    assert pounds((mondays - 1) * 2000) in page
    gone = NotRun(1, dt.date(2026, 11, 9))
    assert run_of(OnDays([Slot(0)]), 60, CALENDAR, None, None, None, [gone]).sessions() == mondays - 1


@pytest.mark.parametrize(
    ("sessions", "on", "said"),
    [
        ("1", "10/11/2026", "There are 0 sessions on 10 November 2026"),
        ("2", "9/11/2026", "There is 1 session on 9 November 2026"),
        ("1", "9/11/2025", "The day must be in the academic year"),
        ("99", "", "There are not so many: "),
        ("0", "", "must be from 0.01"),
        ("1", "31/2/2027", "must be a real date"),
    ],
)
def test_what_cannot_have_been_missed_is_refused(desk: Desk, sessions: str, on: str, said: str) -> None:
    desk.change(runs="days", **{"slots-0-0": "y"})
    when = day("on", on) if on else {}
    assert said in refused(desk.head.send(desk.page + "/not-run/add", sessions=sessions, **when))
    assert desk.rows(NotRunRow) == []


def test_a_session_not_run_can_be_changed_as_far_as_there_are_sessions_and_removed(desk: Desk) -> None:
    desk.change(runs="total", sessions_in_total="2")
    put(desk.head, desk.page + "/not-run/add", sessions="2")
    row = f"{desk.page}/not-run/{desk.rows(NotRunRow)[0].id}"
    assert "1 session are" not in refused(desk.head.send(desk.page + "/not-run/add", sessions="1"))
    put(desk.head, row, sessions="1.5", version="1")
    assert "1.5 not run: 0.5 sessions" in desk.sessions()
    put(desk.head, row + "/remove")
    assert "not run" not in desk.sessions()
