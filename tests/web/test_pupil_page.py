"""The page of one pupil: who may see it, what it shows of every year, and what is typed on it."""

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor, wait
from decimal import Decimal
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.web.entering import TA_PAY, begin, intervention, person, pupil, put, role
from tests.web.forms import RUBBISH, refused, words
from tests.web.test_interventions_in_full import day
from tests.web.test_queries import count
from tests.world import YEAR, Visitor, World, find_token
from vfm.store.attendance import AttendanceRow
from vfm.store.audit import AuditRow, By
from vfm.store.erased import erase, hold
from vfm.store.erasing import look, to_erase
from vfm.store.provision import InterventionRow, TakesPartRow
from vfm.store.pupil_reviews import PupilReviewRow
from vfm.store.pupil_views import PupilViewRow
from vfm.store.reviews import start_review
from vfm.store.rows import RegisterRow, add_row, rows_of
from vfm.store.timetables import LessonRow, LikesRow
from vfm.store.waiting import WaitingRow

OVER = day("starts_on", "1/9/2026") | day("ends_on", "30/9/2026")
"""Of what is over all hours have run, whenever the test is."""
WEEKLY = {"sessions_a_week": "1", "weeks": "38"}
VIEW: dict[str, str] = {"of": "year", "voice": "pupil", "said": "It helps", "worth_it": ""} | day("on", "1/10/2026")
REVIEW: dict[str, str] = {"kind": "annual", "who": "Parents, SENCO", "agreed": "It goes on"} | day("on", "1/10/2026")


class Desk:
    """Ann and Ben in an hour a week of a TA at £20, out of art; the authority's card says £16."""

    def __init__(self, world: World, **when: str) -> None:
        self.world, self.head = world, begin(world)
        self.ta = role(
            world, self.head, "TA", actual_method="stated", actual_per_hour="20", actual_from_people="no",
            authority_method="stated", authority_per_hour="16",
        )  # fmt: skip
        self.ann, self.ben = pupil(world, self.head, "Ann Lee", status="E"), pupil(world, self.head, "Ben Ray")
        out = {"where": "out", "withdrawn_why": "It is loud in class", "lesson": "art", "outcome": "Reads alone"} | when
        self.reading = self.line("Reading", self.ann, self.ben, **out)
        self.page = f"{world.home}pupils/{self.ann}/record/"

    def line(self, name: str, *pupils: int, **fields: str) -> int:
        it = intervention(self.world, self.head, name, self.ta, **(WEEKLY | fields))
        put(self.head, f"{self.world.home}provision-map/{it}/pupils", **{f"in-{each}": "y" for each in pupils})
        return it

    def shows(self, visitor: Visitor | None = None) -> str:
        """The words of the page, each run of white space as one blank."""
        page = re.sub(r"<[^>]+>", " ", (visitor or self.head).get(self.page).text)
        return " ".join(words(page).split())

    def rows(self, table: type[RegisterRow]) -> list[Any]:
        with self.world.app.extensions["vfm_database"].read() as db:
            return rows_of(db, table, self.world.school.id)

    def earlier(self, year: int, name: str) -> None:
        """A line of an earlier year, in which Ann took part."""
        with self.world.app.extensions["vfm_database"].write.begin() as db:
            by = By(self.world_account(), dt.datetime.now(dt.UTC))
            start_review(db, self.world.school.id, year, by)
            add: Any = {"school_id": self.world.school.id, "by": by, "what": "a row"}
            it = add_row(db, InterventionRow, year=year, name=name, tier="targeted", minutes=Decimal(30), sessions_in_total=Decimal(10), **add)  # fmt: skip
            add_row(db, TakesPartRow, intervention_id=it.id, pupil_id=self.ann, result="partly", **add)

    def world_account(self) -> int:
        with self.world.app.extensions["vfm_database"].read() as db:
            return int(db.query(AuditRow).filter(AuditRow.account_id.is_not(None)).first().account_id)


def test_a_year_says_hours_cost_claim_group_and_why_the_pupil_was_taken_out(world: World) -> None:
    desk = Desk(world)
    page = desk.shows()
    for part in (
        "Ann Lee", "Year 4", "EHC plan", "TA, in a group of 2", "Out of class, from art: It is loud in class",
        "38 hours planned; not shown to be received", "£380.00; shared by sessions. Rates: actual cost, stated",
        "On the claim view £304.00", "Reads alone", "Outcome Not recorded", "No review is recorded",
        "Made of 1 line of the map", "Nothing is entered for an earlier year",
    ):  # fmt: skip
        assert part in page, part
    assert "Ben" not in page
    assert "The hours of Section F are not entered" in page


def test_section_f_stands_beside_what_is_planned_and_received(world: World) -> None:
    desk = Desk(world, **OVER)
    put(desk.head, f"{world.home}coverage/section-f/{desk.ann}", version="0", hours="100", per="year")
    put(desk.head, f"{desk.page}attendance", version="0", percent="90")
    page = desk.shows()
    assert "Section F asks for 100 hours in the year. The map plans 38 hours." in page
    assert "Received: 34 hours 12 minutes, estimated." in page


def test_sessions_that_were_logged_are_recorded_hours_and_an_empty_cell_is_not_none(world: World) -> None:
    desk = Desk(world)
    table = f"{world.home}provision-map/{desk.reading}/pupils"
    both = {f"in-{desk.ann}": "y", f"in-{desk.ben}": "y"}
    put(desk.head, table, **both, **{f"received-{desk.ann}": "31.5"})
    assert {row.pupil_id: row.sessions_received for row in desk.rows(TakesPartRow)} == {
        desk.ann: Decimal("31.5"), desk.ben: None,
    }  # fmt: skip
    assert f'name="received-{desk.ann}" value="31.5"' in desk.head.get(table).text
    assert "38 hours planned; 31 hours 30 minutes received (recorded)" in desk.shows()
    put(desk.head, table, **both, **{f"received-{desk.ann}": "0"})
    assert "0 minutes received (recorded)" in desk.shows()
    for text in (*(each for each in RUBBISH if each != "\x00"), "1000.5", "1.234"):
        page = refused(desk.head.send(table, **both, **{f"received-{desk.ann}": text}))
        assert "Ann Lee: enter sessions received as a number from 0 to 1,000" in page


def test_attendance_is_entered_changed_and_taken_away_and_a_colleague_is_not_overwritten(world: World) -> None:
    desk = Desk(world, **OVER)
    form = f"{desk.page}attendance"
    put(desk.head, form, version="0", percent="93.5")
    assert "35 hours 32 minutes received (estimated)" in desk.shows()
    answer = world.signed_in("senco").send(form, version="0", percent="80")
    assert answer.status_code == 409
    assert "a colleague saved: 93.5%" in words(answer.text) and 'value="80"' in answer.text
    put(desk.head, form, version="1", percent="80")
    assert [row.percent for row in desk.rows(AttendanceRow)] == [Decimal(80)]
    put(desk.head, form, version="2", percent="")
    assert desk.rows(AttendanceRow) == []
    for text in (*(each for each in RUBBISH if each != "\x00"), "100.01", "9.999"):
        refused(desk.head.send(form, version="0", percent=text))


def test_a_view_stands_beside_what_it_is_about_with_the_question_whether_it_was_worth_it(world: World) -> None:
    desk = Desk(world)
    form = desk.head.get(f"{desk.page}views/add?line={desk.reading}").text
    assert f'value="{desk.reading}" selected' in form and "was it worth missing art for?" in form
    of = {"of": str(desk.reading)}
    put(desk.head, f"{desk.page}views/add", **VIEW | of | {"said": "<b>I like</b> it", "worth_it": "no"})
    put(desk.head, f"{desk.page}views/add", **VIEW | {"voice": "parent", "said": "Who helps her?"})
    page = desk.shows()
    assert "The pupil, 1 October 2026: <b>I like</b> it Was it worth missing art for? No." in page
    assert "Views of the year as a whole A parent or carer, 1 October 2026: Who helps her?" in page
    listed = words(desk.head.get(f"{desk.page}views/").text)
    assert "Reading" in listed and "The year as a whole" in listed and "Not asked" in listed


def test_a_view_is_changed_and_removed_and_what_was_said_is_not_in_the_audit(world: World) -> None:
    desk = Desk(world)
    put(desk.head, f"{desk.page}views/add", **VIEW)
    (row,) = desk.rows(PupilViewRow)
    address = f"{desk.page}views/{row.id}"
    put(desk.head, address, **VIEW | {"version": "1", "said": "It helps a lot"})
    answer = world.signed_in("senco").send(address, **VIEW | {"version": "1", "said": "It is dull"})
    assert answer.status_code == 409
    assert "It helps a lot" in answer.text and "It is dull" in answer.text
    put(desk.head, f"{address}/remove")
    assert desk.rows(PupilViewRow) == []
    with world.app.extensions["vfm_database"].read() as db:
        kept = [each for each in db.query(AuditRow) if each.subject.startswith("view")]
    assert sorted(each.did for each in kept) == ["added", "changed", "removed"]
    assert all(each.old is None and each.new is None for each in kept)


@pytest.mark.parametrize(("page", "given", "text"), [("views", VIEW, "said"), ("reviews", REVIEW, "agreed")])
def test_what_is_wrong_with_a_view_or_a_review_is_said_beside_the_field(
    world: World, page: str, given: dict[str, str], text: str
) -> None:
    desk = Desk(world)
    add = f"{desk.page}{page}/add"
    for on in ("31/8/2026", "1/9/2027"):
        assert "must be in the academic year" in refused(desk.head.send(add, **given | day("on", on)))
    for rubbish in RUBBISH:
        refused(desk.head.send(add, **given | {"on__day": rubbish}))
    refused(desk.head.send(add, **given | {text: ""}))
    refused(desk.head.send(add, **given | {text: "x" * 6_000}))
    choice = "voice" if page == "views" else "kind"
    refused(desk.head.send(add, **given | {choice: "nobody"}))
    if page == "views":
        for of in ("", "9", "x", str(desk.ben), "9" * 30):
            refused(desk.head.send(add, **given | {"of": of}))
        refused(desk.head.send(add, **given | {"worth_it": "perhaps"}))
    assert desk.rows(PupilViewRow) == desk.rows(PupilReviewRow) == []


def test_a_day_still_to_come_is_refused(world: World) -> None:
    desk = Desk(world)
    later = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=2)
    answer = desk.head.send(f"{desk.page}views/add", **VIEW | day("on", f"{later.day}/{later.month}/{later.year}"))
    assert "must" in refused(answer)


def test_a_review_says_its_kind_who_took_part_and_what_was_agreed(world: World) -> None:
    desk = Desk(world)
    put(desk.head, f"{desk.page}reviews/add", **REVIEW)
    page = desk.shows()
    assert "Annual review of the EHC plan 1 October 2026 It goes on Took part: Parents, SENCO" in page
    (row,) = desk.rows(PupilReviewRow)
    put(desk.head, f"{desk.page}reviews/{row.id}", **REVIEW | {"version": "1", "agreed": "It ends"})
    assert "It ends" in desk.shows()
    assert "It ends" in desk.head.get(f"{desk.page}reviews/").text
    assert desk.head.send(f"{desk.page}reviews/{row.id}", **REVIEW | {"version": "1"}).status_code == 409


WAITS = {"waits_for": "Speech therapy", "asked_of": "Health"} | day("since", "1/10/2026")
OWN = (PupilViewRow, PupilReviewRow, WaitingRow, LikesRow, LessonRow)


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("pupils/{}/record/views/add", VIEW),
        ("pupils/{}/record/reviews/add", REVIEW),
        ("waiting/add", WAITS),
        ("withdrawal/likes/{}", {"version": "0", "enjoys": "music", "good_at": ""}),
        ("withdrawal/timetable/pupil{}", {"seen": "", "lessons": "Monday 9:00 10:00 Art"}),
    ],
)
def test_nothing_is_said_of_a_pupil_who_is_being_erased_at_that_moment(
    world: World, address: str, fields: dict[str, str]
) -> None:
    desk = Desk(world)
    address, school = world.home + address.format(desk.ann), world.school.id
    data = {
        "pupil_id": str(desk.ann),
        "csrf_token": find_token(desk.head.get(address).text),
    } | fields
    with ThreadPoolExecutor() as pool:
        with world.app.extensions["vfm_database"].write.begin() as db:
            hold(db, school)
            seen = look(db, school, to_erase(db, school, [desk.ann]))
            erase(db, school, seen, [], By(desk.world_account(), dt.datetime.now(dt.UTC)))
            sent = pool.submit(desk.head.client.post, address, data=data)
            wait([sent], timeout=1)
        assert sent.result().status_code in (400, 404)
    assert [desk.rows(table) for table in OWN] == [[]] * len(OWN)
    data["pupil_id"], there = str(desk.ben), address.replace(str(desk.ann), str(desk.ben))
    assert desk.head.client.post(there, data=data).status_code == 302, "of another pupil it would have been saved"


def test_a_line_of_which_somebody_said_something_is_not_removed(world: World) -> None:
    desk = Desk(world)
    put(desk.head, f"{desk.page}views/add", **VIEW | {"of": str(desk.reading)})
    put(desk.head, f"{world.home}provision-map/{desk.reading}/remove")
    assert "Nothing was removed" in desk.head.get(f"{world.home}provision-map/{desk.reading}").text
    put(desk.head, f"{world.home}provision-map/{desk.reading}/pupils", **{f"in-{desk.ben}": "y"})
    page = desk.shows()
    assert "takes part in nothing" in page and "It helps" in page
    assert "Reading" in desk.head.get(f"{desk.page}views/").text


def test_earlier_years_stand_folded_with_their_outcomes_and_what_is_repeated(world: World) -> None:
    desk = Desk(world)
    for year in (YEAR - 2, YEAR - 1):
        desk.earlier(year, "Reading")
    page = desk.shows()
    assert "The same programme for a third year or longer. Reading. In 3 academic years." in page
    assert f"{YEAR - 2} to {YEAR - 1} Year 2, EHC plan, 1 line of the map, £0.00" in page
    assert "5 hours planned; not shown to be received" in page and "Partly met" in page
    assert re.findall(r'<details[^>]* id="year-(\d+)"', desk.head.get(desk.page).text) == [str(YEAR - 1), str(YEAR - 2)]
    key = re.search(r"/noticed/(third-year\.[0-9a-f]+)/", desk.head.get(world.home + "repeats/").text)
    assert key is not None
    put(desk.head, f"{world.home}noticed/{key[1]}/set-aside", reason="Reviewed: it is another level each year")
    assert "Looked at and set aside: Reviewed: it is another level each year" in desk.shows()


def test_a_review_of_the_line_says_who_reviewed_and_why_it_goes_on(world: World) -> None:
    desk = Desk(world)
    given = {"reviewed_by": "SENCO", "decision": "continue", "decision_why": "She reads more"}
    page = f"{world.home}provision-map/{desk.reading}/review"
    version = re.search(r'name="version" value="(\d+)"', desk.head.get(page).text)
    assert version is not None
    put(desk.head, page, version=version[1], **given | day("reviewed_on", "3/11/2026"))
    assert "Reviewed on 3 November 2026 by SENCO. Continue: She reads more" in desk.shows()


def test_pay_is_not_shown_by_a_pupils_share(world: World) -> None:
    head = begin(world)
    mentor = role(world, head, "Mentor", actual_method="from-pay", authority_method="stated", authority_per_hour="19")
    person(world, head, "Jo Mentor", mentor, **TA_PAY)
    alone = pupil(world, head, "Ann Lee")
    it = intervention(world, head, "Mentoring", mentor, **WEEKLY)
    put(head, f"{world.home}provision-map/{it}/pupils", **{f"in-{alone}": "y"})
    page = f"{world.home}pupils/{alone}/record/"
    for_head, for_senco = head.get(page).text, world.signed_in("senco").get(page).text
    assert "£774.32" in for_head and "£722.00" not in for_head.split("On the claim view")[0]
    assert "774.32" not in for_senco and "20.38" not in for_senco and "£722.00" in for_senco
    assert "in place of a rate that is not shown" in for_senco
    assert "Jo Mentor" not in for_head + for_senco


def test_a_role_without_a_rate_is_said_beside_the_total(world: World) -> None:
    desk = Desk(world)
    nobody = role(world, desk.head, "Therapist")
    it = intervention(world, desk.head, "Therapy", nobody, **WEEKLY)
    put(desk.head, f"{world.home}provision-map/{it}/pupils", **{f"in-{desk.ann}": "y"})
    page = desk.shows()
    assert "Made of 2 lines of the map. Without time that has no rate: Therapist." in page
    assert "No rate for Therapist: time without a rate is not in the cost" in page
    assert "Not on it: the authority’s rules leave it out, its card has no rate, or nothing is costed" in page


def test_pupils_are_called_as_the_school_has_chosen(world: World) -> None:
    desk = Desk(world)
    with world.app.extensions["vfm_database"].write.begin() as db:
        db.merge(world.school).pupils_shown = "initials"
    for page in ("", "attendance", "views/", "views/add", "reviews/", "reviews/add"):
        text = desk.head.get(desk.page + page).text
        assert "A.L." in text and "Ann Lee" not in text, page
    for page in (
        f"coverage/section-f/{desk.ann}",
        f"withdrawal/likes/{desk.ann}",
        f"withdrawal/timetable/pupil{desk.ann}",
    ):
        text = desk.head.get(world.home + page).text
        assert "A.L." in text and "Ann Lee" not in text, page


def test_only_who_runs_the_review_sees_it_and_another_schools_pupil_is_not_found(world: World) -> None:
    desk = Desk(world)
    put(desk.head, f"{desk.page}views/add", **VIEW)
    (row,) = desk.rows(PupilViewRow)
    pages = (
        "",
        "attendance",
        "views/",
        "views/add",
        f"views/{row.id}",
        f"views/{row.id}/remove",
        "reviews/",
        "reviews/add",
    )
    for who in ("teacher", "governor"):
        visitor = world.signed_in(who)
        assert [visitor.client.get(desk.page + page).status_code for page in pages] == [403] * len(pages)
    other = world.signed_in("other-school")
    there = f"/school/{world.neighbour.slug}/"
    other.send(f"{there}start", page=there)
    for key in (desk.ann, 1, 1 << 64):
        found = [other.client.get(f"{there}{YEAR}/pupils/{key}/record/{page}") for page in pages]
        assert [each.status_code for each in found] == [404] * len(pages)
    assert _missing(desk, f"{world.home}pupils/{desk.ben}/record/views/{row.id}").status_code == 404
    assert _missing(desk, f"/school/{world.school.slug}/{YEAR - 5}/pupils/{desk.ann}/record/").status_code == 404


def _missing(desk: Desk, address: str) -> TestResponse:
    return desk.head.client.get(address)


def test_the_register_leads_to_the_record_and_the_record_to_everything_about_the_pupil(world: World) -> None:
    desk = Desk(world)
    for page in ("pupils/", f"pupils/{desk.ann}"):
        assert f'href="{desk.page}"' in desk.head.get(world.home + page).text
    html = desk.head.get(desk.page).text
    for page in (
        f"claims/{desk.ann}", f"pupils/{desk.ann}", f"pupils/{desk.ann}/statuses/", f"coverage/section-f/{desk.ann}",
        f"withdrawal/likes/{desk.ann}", f"withdrawal/timetable/pupil{desk.ann}", "waiting/",
        f"provision-map/{desk.reading}/costed#working",
    ):  # fmt: skip
        assert f'href="{world.home}{page}"' in html, page
    columns = desk.head.get(f"{world.home}pupils/download.csv").text.splitlines()[0]
    assert "Record" not in columns


def test_the_number_of_statements_does_not_grow_with_years_or_lines(world: World) -> None:
    desk = Desk(world)
    page = f"pupils/{desk.ann}/record/"
    few = len(count(world, desk.head, page))
    for year in range(YEAR - 9, YEAR):
        desk.earlier(year, f"Reading {year}")
        desk.earlier(year, f"Number {year}")
    desk.line("More", desk.ann, desk.ben)
    assert len(count(world, desk.head, page)) == few < 60
    assert desk.shows().count("planned; not shown") == 20
