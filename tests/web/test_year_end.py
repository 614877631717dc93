"""The year end on the site: proposed, made as a draft, seen beside this year, confirmed or undone, and colleagues who are first."""

import datetime as dt
import re
from typing import Any

import pytest
from sqlalchemy import event, insert, select

from tests.web.entering import begin, intervention, pupil, put, row_id, stated
from tests.web.forms import words
from tests.web.test_queries import count
from tests.world import YEAR, Visitor, World
from vfm.store.accounts import Account
from vfm.store.audit import By
from vfm.store.provision import InterventionRow, TakesPartRow
from vfm.store.pupil_views import PupilViewRow
from vfm.store.pupils import PupilRow
from vfm.store.reviews import review_of, start_review
from vfm.store.rows import add_row, rows_of
from vfm.store.year_end import RollOverRow, rolled_over, since_made
from vfm.store.year_groups import groups_in

LAST_DAY = dt.date(YEAR + 1, 8, 31)


class School:
    """Oak with two interventions: one met by most, one without an outcome; Zoe is in Year 6, the top of the school."""

    def __init__(self, world: World) -> None:
        self.world, self.head = world, begin(world)
        self.page, self.next = world.home + "year-end/", world.home.replace(str(YEAR), str(YEAR + 1))
        role = stated(world, self.head, "Assistant", "20")
        self.ada, self.ben = pupil(world, self.head, "Ada"), pupil(world, self.head, "Ben", year_group="3")
        self.zoe = pupil(world, self.head, "Zoe", year_group="6")
        self.reading = intervention(world, self.head, "Reading", role, sessions_in_total="10")
        self.music = intervention(world, self.head, "Music", role, sessions_in_total="3")
        part = {f"in-{key}": "y" for key in (self.ada, self.ben, self.zoe)}
        part |= {f"result-{key}": "met" for key in (self.ada, self.ben)}
        self.send(f"{world.home}provision-map/{self.reading}/pupils", **part)
        self.send(f"{world.home}provision-map/{self.music}/pupils", **{f"in-{self.ada}": "y"})

    def send(self, address: str, **fields: Any) -> Any:
        return self.head.send(address, **fields)

    def choose(self, **more: str) -> Any:
        """Sends the page as it proposes, with a reason for Music, and what is said besides."""
        given = {
            f"do-{self.reading}": "continue", f"why-{self.reading}": "2 of 3 met the outcome", f"do-{self.music}": "continue",
            f"why-{self.music}": "The choir sings in May", f"leave-{self.zoe}": "y", "seen": seen(self.head, self.page),
        }  # fmt: skip
        return self.head.send(self.page, **(given | more))

    def rows(self, table: Any, **where: Any) -> list[Any]:
        with self.world.app.extensions["vfm_database"].read() as db:
            return rows_of(db, table, self.world.school.id, **where)

    def names(self, year: int) -> list[str]:
        return [row.name for row in self.rows(InterventionRow, year=year)]

    def groups(self, year: int) -> dict[int, int | None]:
        with self.world.app.extensions["vfm_database"].read() as db:
            return groups_in(db, self.world.school.id, year)

    @property
    def last_day(self) -> dt.date | None:
        found: dt.date | None = next(row.left for row in self.rows(PupilRow) if row.id == self.zoe)
        return found

    @property
    def review(self) -> Any:
        with self.world.app.extensions["vfm_database"].read() as db:
            return review_of(db, self.world.school.id, YEAR + 1)

    def undo(self, mark: str = "") -> Any:
        return self.send(self.page + "undo", seen=mark or seen(self.head, self.page + "undo"))


def seen(visitor: Visitor, address: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', visitor.get(address).text)
    assert found
    return found.group(1)


def version(school: School) -> str:
    found = re.search(r'name="version" value="(\d+)"', school.head.get(school.page + "beside").text)
    assert found
    return found.group(1)


@pytest.fixture
def school(world: World) -> School:
    return School(world)


def test_the_page_says_what_would_be_done_and_does_nothing(school: School) -> None:
    page = words(school.head.get(school.page).text)
    assert "3 pupils: 2 met the outcome, 1 not recorded" in page and "£200.00, 10 hours of contact" in page
    assert "<strong>Proposed: continue.</strong> 2 of 3 met the outcome." in page
    assert "No outcome is recorded for anybody: continue only with a reason." in page
    assert "At the top of the school (1)" in page and "Zoe leaves" in page
    assert "Moving up (2)" in page and "Year 3 to Year 4: 1" in page
    assert school.names(YEAR + 1) == [] and school.last_day is None and school.review is None


def test_a_draft_stands_beside_this_year_and_adds_up(school: School) -> None:
    assert school.choose(**{f"stay-{school.ben}": "y"}).location.endswith("/year-end/beside")
    page = words(school.head.get(school.page + "beside").text)
    assert "A draft, made by Leadership Person" in page and "Leaving on 31 August 2027: 1 pupil" in page
    assert school.names(YEAR + 1) == ["Reading", "Music"] and school.last_day == LAST_DAY
    assert school.groups(YEAR + 1)[school.ben] == 3 and school.groups(YEAR + 1)[school.ada] == 5
    assert school.groups(YEAR)[school.ben] == 3, "this year stays as it is"
    copied = school.rows(InterventionRow, year=YEAR + 1)[0].id
    assert {row.pupil_id for row in school.rows(TakesPartRow, intervention_id=copied)} == {school.ada, school.ben}
    assert "A draft made from 2026 to 2027 on" in words(school.head.get(school.next + "provision-map/").text)
    table = re.search(r"<tbody.*?</tbody>", page, re.DOTALL)
    assert table and "£260.00" in table.group(0)


def test_of_two_lines_of_one_name_both_go_over_and_stand_beside_their_own(school: School) -> None:
    role = stated(school.world, school.head, "Teacher", "30")
    more = intervention(school.world, school.head, "Reading", role, sessions_in_total="4")
    school.choose(**{f"do-{more}": "continue", f"why-{more}": "The other half of the class"})
    assert school.names(YEAR + 1) == ["Reading", "Music", "Reading"]
    page = words(school.head.get(school.page + "beside").text)
    assert page.count("Continued") == 3 and "Not copied" not in page and "so not copied" not in page


def test_what_is_stopped_or_changed_needs_its_reason_and_what_was_typed_stays(school: School) -> None:
    answer = school.choose(**{f"do-{school.reading}": "stop", f"why-{school.music}": ""})
    page = words(answer.text)
    assert (
        answer.status_code == 400 and "Reading: this is the reason to continue: say why it is to stop instead" in page
    )
    assert "Music: no outcome is recorded: say why it continues" in page
    assert re.search(rf'id="do-{school.reading}-stop"[^>]* checked', answer.text)
    stop = {f"do-{school.reading}": "stop", f"why-{school.reading}": "The teacher leaves"}
    assert school.choose(**stop, **{f"do-{school.music}": "change"}).status_code == 302
    assert school.names(YEAR + 1) == ["Music"]
    page = words(school.head.get(school.page + "beside").text)
    assert "Stopped" in page and "The teacher leaves" in page and "Still to be changed" in page


@pytest.mark.parametrize("bad", [{"do": "sell"}, {"do": ""}, {"why": "x" * 501}, {"do": "\x00", "why": "\x01"}])
def test_bad_input_is_refused_beside_its_line(school: School, bad: dict[str, str]) -> None:
    answer = school.choose(**{f"{name}-{school.reading}": text for name, text in bad.items()})
    assert answer.status_code == 400 and "There is a problem" in answer.text
    assert school.names(YEAR + 1) == []


def test_nobody_both_leaves_and_stays(school: School) -> None:
    answer = school.choose(**{f"stay-{school.zoe}": "y"})
    assert answer.status_code == 400 and "not both" in answer.text


def test_who_does_not_leave_moves_on_and_keeps_no_last_day(school: School) -> None:
    put(school.head, school.page, **_without(school))
    assert school.last_day is None and school.groups(YEAR + 1)[school.zoe] == 7


def _without(school: School) -> dict[str, str]:
    return {
        f"do-{school.reading}": "continue", f"why-{school.reading}": "2 of 3 met the outcome", f"do-{school.music}": "stop",
        f"why-{school.music}": "No time", "seen": seen(school.head, school.page),
    }  # fmt: skip


def test_undoing_takes_back_everything_and_nothing_else(school: School) -> None:
    before = [(row.id, row.name) for row in school.rows(InterventionRow)], school.groups(YEAR + 1)
    school.choose(**{f"stay-{school.ben}": "y"})
    assert "nothing was written" in school.head.get(school.page + "undo").text
    assert school.undo().location.endswith("/year-end/")
    assert ([(row.id, row.name) for row in school.rows(InterventionRow)], school.groups(YEAR + 1)) == before
    assert school.last_day is None and school.review is None
    assert school.choose().status_code == 302, "a year that was undone can be turned again"


def test_what_people_changed_in_the_draft_is_said_first_and_what_they_added_stays(school: School) -> None:
    school.choose()
    role = stated(school.world, school.head, "Teacher", "30")
    new = row_id(school.world, InterventionRow, "Reading")
    school.send(f"{school.next}provision-map/{new}/pupils", **{f"in-{school.ada}": "y"})
    given = {"tier": "targeted", "time_kind": "intervention", "giver_1": str(role), "number_1": "1", "minutes": "60",
             "basis": "shared", "where": "in", "estimated": "no", "sessions_in_total": "1"}  # fmt: skip
    put(school.head, school.next + "provision-map/add", name="Drawing", **given)
    page = words(school.head.get(school.page + "undo").text)
    assert "1 intervention was changed since the draft was made; it would go with those changes" in page
    assert f"The review of {YEAR + 1} to {YEAR + 2} stays" in page
    assert "Drawing" in words(school.head.get(school.page + "beside").text)
    school.undo()
    assert school.names(YEAR + 1) == ["Drawing"] and school.review is not None


def test_what_a_pupil_said_of_a_line_of_the_draft_is_kept_as_of_the_year_when_the_draft_is_undone(
    school: School,
) -> None:
    school.choose()
    new = row_id(school.world, InterventionRow, "Reading")
    with school.world.app.extensions["vfm_database"].write.begin() as db:
        by = By(db.scalars(select(Account.id)).first() or 0, dt.datetime.now(dt.UTC))
        add_row(
            db, PupilViewRow, school.world.school.id, by, "a view", pupil_id=int(school.ada), year=YEAR + 1, intervention_id=new,
            voice="pupil", on=dt.date(YEAR + 1, 9, 9), said="I like it", worth_it=None,
        )  # fmt: skip
    assert "1 intervention was changed since" in words(school.head.get(school.page + "undo").text)
    assert school.undo().status_code == 302
    (view,) = school.rows(PupilViewRow)
    assert (view.said, view.intervention_id) == ("I like it", None)
    assert school.review is not None, "the year in which it was said stays"


def test_an_undo_that_was_overtaken_by_a_colleague_says_so_and_undoes_nothing(school: School) -> None:
    school.choose()
    mark, new = seen(school.head, school.page + "undo"), row_id(school.world, InterventionRow, "Reading")
    school.send(f"{school.next}provision-map/{new}/pupils", **{f"in-{school.ada}": "y"})
    answer = school.undo(mark)
    assert (
        answer.status_code == 409 and "Nothing was undone" in answer.text and "was changed since" in words(answer.text)
    )
    assert school.names(YEAR + 1) == ["Reading", "Music"]


def test_a_last_day_that_was_changed_since_stays_when_the_draft_is_undone(school: School) -> None:
    school.choose()
    day = {"left-day": "17", "left-month": "7", "left-year": str(YEAR + 1)}
    zoe = next(row for row in school.rows(PupilRow) if row.id == school.zoe)
    put(
        school.head,
        f"{school.world.home}pupils/{school.zoe}",
        version=str(zoe.version),
        name="Zoe",
        year_group="6",
        status="K",
        **day,
    )
    assert "1 last day that a person changed since" in words(school.head.get(school.page + "undo").text)
    school.undo()
    assert school.last_day == dt.date(YEAR + 1, 7, 17)


def test_after_confirming_there_is_no_undo(school: School) -> None:
    school.choose()
    put(school.head, school.page + "confirm", page=school.page + "beside", version=version(school))
    assert "A draft made from" not in school.head.get(school.next + "provision-map/").text
    assert "Undo the draft" not in school.head.get(school.page + "beside").text
    assert school.send(school.page + "undo", page=school.page + "beside", seen="x").status_code == 302
    assert school.names(YEAR + 1) == ["Reading", "Music"]


def test_of_two_at_once_the_second_keeps_what_was_chosen_and_is_led_to_the_draft(school: School) -> None:
    senco = school.world.signed_in("senco")
    mark = seen(senco, school.page)
    token = senco.client.get(school.page)
    school.choose()
    from_senco = senco.client.post(
        school.page,
        data={
            "csrf_token": re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', token.text)[0], "seen": mark,
            f"do-{school.reading}": "stop", f"why-{school.reading}": "Too dear", f"do-{school.music}": "stop",
            f"why-{school.music}": "No time",
        },
    )  # fmt: skip
    assert from_senco.status_code == 409 and "Leadership Person has made the draft" in words(from_senco.text)
    assert "Too dear" in from_senco.text and school.names(YEAR + 1) == ["Reading", "Music"]
    assert school.send(school.page + "confirm", page=school.page + "beside", version="7").status_code == 409


def test_a_page_that_a_colleague_has_changed_meanwhile_is_shown_again(school: School) -> None:
    mark = seen(school.head, school.page)
    pupil(school.world, school.head, "Dot", year_group="6")
    answer = school.choose(seen=mark)
    assert answer.status_code == 409 and "Nothing was done" in answer.text and "The choir sings in May" in answer.text
    assert school.names(YEAR + 1) == []


def test_what_stands_on_next_years_map_already_is_not_copied_again(school: School) -> None:
    school.choose()
    put(school.head, school.page + "confirm", page=school.page + "beside", version=version(school))
    answer = school.send(school.next + "provision-map/copy", copy=[str(school.reading)])
    assert answer.status_code == 302 and school.names(YEAR + 1) == ["Reading", "Music"]


def test_the_draft_and_its_undoing_are_read_with_the_same_number_of_statements_however_much_is_in_it(
    school: School,
) -> None:
    school.choose()
    role = stated(school.world, school.head, "Teacher", "30")
    sent = []
    for names in (("A",), ("B", "C", "D")):
        for name in names:
            given = {
                "tier": "targeted",
                "time_kind": "intervention",
                "giver_1": str(role),
                "number_1": "1",
                "minutes": "60",
            }
            more = {"basis": "shared", "where": "in", "estimated": "no", "sessions_in_total": "1"}
            put(school.head, school.next + "provision-map/add", name=name, **given, **more)
        sent.append([len(count(school.world, school.head, f"year-end/{page}")) for page in ("beside", "undo")])
    assert sent[0] == sent[1]


def turned_before(school: School) -> None:
    """The year after has been turned already, before a draft was made into it."""
    with school.world.app.extensions["vfm_database"].write.begin() as db:
        by = By(db.scalars(select(Account.id)).first() or 0, dt.datetime.now(dt.UTC))
        start_review(db, school.world.school.id, YEAR + 1, by)
    page = school.next + "year-end/"
    put(school.head, page, seen=seen(school.head, page))


def test_a_year_whose_own_draft_is_not_settled_is_not_turned_and_says_where_to_settle_it(school: School) -> None:
    school.choose()
    page = school.head.get(school.next + "year-end/")
    assert "Make next year’s draft" not in page.text and page.status_code == 200
    assert f"The map of {YEAR + 1} to {YEAR + 2} is itself a draft still" in words(page.text)
    assert f'href="{school.page}beside"' in page.text
    answer = school.send(school.next + "year-end/", page=school.page + "beside", seen="x")
    assert answer.status_code == 409 and "is itself a draft still" in words(answer.text)
    assert f'href="{school.page}beside"' in answer.text and len(school.rows(RollOverRow)) == 1
    put(school.head, school.page + "confirm", page=school.page + "beside", version=version(school))
    assert "Make next year’s draft" in school.head.get(school.next + "year-end/").text


def test_a_draft_is_not_undone_under_the_year_that_was_turned_after_it(school: School) -> None:
    turned_before(school)
    school.choose()
    page = school.head.get(school.page + "undo")
    assert "This draft cannot be undone now" in page.text and 'name="seen"' not in page.text
    assert f'href="{school.next}year-end/undo"' in page.text
    with school.world.app.extensions["vfm_database"].read() as db:
        row = rolled_over(db, school.world.school.id, YEAR)
        assert row is not None
        mark = since_made(db, row).mark
    answer = school.send(school.page + "undo", page=school.page + "beside", seen=mark)
    assert answer.status_code == 409 and "This draft cannot be undone now" in answer.text
    assert school.names(YEAR + 1) == ["Reading", "Music"] and school.review is not None
    put(school.head, school.next + "year-end/undo", seen=seen(school.head, school.next + "year-end/undo"))
    assert school.undo().status_code == 302 and school.names(YEAR + 1) == []


def test_when_the_year_after_is_confirmed_it_says_that_the_draft_stays(school: School) -> None:
    turned_before(school)
    put(school.head, school.next + "year-end/confirm", page=school.next + "year-end/beside", version="1")
    school.choose()
    page = words(school.head.get(school.page + "undo").text)
    assert "has been confirmed, so this draft stays" in page and f"{school.next}year-end/undo" not in page


def test_a_view_that_comes_in_at_the_moment_of_undoing_is_a_conflict_and_no_fault(school: School) -> None:
    school.choose()
    new, database = row_id(school.world, InterventionRow, "Reading"), school.world.app.extensions["vfm_database"]
    view = {
        "school_id": school.world.school.id, "id": 1, "version": 1, "pupil_id": int(school.ada), "year": YEAR + 1,
        "intervention_id": new, "voice": "pupil", "on": dt.date(YEAR + 1, 9, 9), "said": "I like it", "worth_it": None,
    }  # fmt: skip

    def said(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("DELETE FROM intervention"):
            connection.execute(insert(PupilViewRow).values(view))

    event.listen(database.engine, "before_cursor_execute", said)
    try:
        answer = school.undo()
    finally:
        event.remove(database.engine, "before_cursor_execute", said)
    assert answer.status_code == 409 and "Nothing was undone" in answer.text
    assert school.names(YEAR + 1) == ["Reading", "Music"] and school.last_day == LAST_DAY
    assert school.undo().status_code == 302


def test_who_is_erased_is_nowhere_on_the_page_and_does_not_keep_an_intervention_going(school: School) -> None:
    with school.world.app.extensions["vfm_database"].write.begin() as db:
        for row in rows_of(db, PupilRow, school.world.school.id):
            if row.id in (school.ada, school.zoe):
                row.name, row.erased, row.left = "Erased pupil", dt.date(YEAR, 11, 24), None
    page = words(school.head.get(school.page).text)
    assert "Erased pupil" not in page and "Moving up (1)" in page and "At the top" not in page
    assert "Every pupil in it leaves, or has left it" in page, "only Ada was in Music"
    put(school.head, school.page, **_without(school), **{f"leave-{school.zoe}": "y"})
    assert school.last_day is None
