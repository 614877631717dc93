"""The year planner on the site, and what leaves the school in its calendar file."""

import datetime as dt

from icalendar import Calendar

from tests.web.entering import begin, intervention, pupil, put, stated
from tests.web.forms import words
from tests.world import YEAR, World
from vfm.store.accounts import find_account
from vfm.store.audit import By
from vfm.store.plans import ActionRow
from vfm.store.provision import InterventionRow
from vfm.store.reviews import review_of
from vfm.store.rows import add_row, change_row, row_of


def planned(world: World) -> None:
    """An intervention and an action with a day each; both name a pupil."""
    head = begin(world)
    pupil(world, head, "Siân Ŵyn")
    key = intervention(world, head, "Reading with Sian", stated(world, head, "Assistant", "20"))
    with world.app.extensions["vfm_database"].write.begin() as db:
        account, review = find_account(db, "leadership@example.org"), review_of(db, world.school.id, YEAR)
        assert account is not None and review is not None
        by = By(account.id, dt.datetime.now(dt.UTC))
        row = row_of(db, InterventionRow, world.school.id, key)
        assert row is not None
        change_row(db, row, row.version, by, "it", review_on=dt.date(YEAR + 1, 2, 5))
        for place, (text, status) in enumerate(
            (("Buy books", "under-way"), ("Ask Siân’s mother", "not-started"), ("Over", "done"))
        ):
            add_row(
                db, ActionRow, world.school.id, by, "action", review_id=review.id, key=f"k{place}", text=text, status=status,
                priority="high", due=dt.date(YEAR + 1, 3, place + 1), written={},
            )  # fmt: skip


def test_the_days_of_the_year_stand_in_order_with_what_they_are_for(world: World) -> None:
    planned(world)
    page = words(world.signed_in("senco").get(world.home + "planner/").text)
    order = [
        "Inclusion strategy",
        "Review of Reading with Sian",
        "Plans of pupils who change phase",
        "Buy books",
        "Last day of the",
    ]
    body = page[page.index("<h2") :]
    assert [body.index(each) for each in order] == sorted(body.index(each) for each in order)
    assert ">Over<" not in page and "(autumn, spring, summer)" in page
    assert "read on 24 November 2026" in page


def test_the_calendar_file_names_no_pupil(world: World) -> None:
    planned(world)
    answer = world.signed_in("senco").client.get(world.home + "planner/planner.ics")
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert f"year-planner-{YEAR}.ics" in answer.headers["Content-Disposition"]
    summaries = [str(each["SUMMARY"]) for each in Calendar.from_ical(answer.data).walk("VEVENT")]
    assert "Review of an intervention" in summaries and "An action is due" in summaries and "Buy books" in summaries
    assert "Sian" not in answer.text and "Siân" not in answer.text


def test_the_task_list_leads_to_the_planner_and_to_the_year_end(world: World) -> None:
    head = begin(world)
    page = words(head.get(world.home).text)
    assert "Year planner" in page and "Year end" in page and "prepare next year’s map" not in page
    put(head, f"/school/{world.school.slug}/another", year=str(YEAR - 1))
    last = world.home.replace(str(YEAR), str(YEAR - 1))
    assert "prepare next year’s map" in words(head.get(last).text)
    assert "Year end: what goes on into next year" in words(head.get(last + "value/").text)
