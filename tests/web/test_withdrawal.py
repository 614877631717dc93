"""A pupil who misses both of the week's music lessons, which she loves, is flagged: entered through the pages, and seen there."""

import re
from typing import Any

import pytest

from tests.web.entering import begin, pupil, put, row_id, stated
from tests.web.forms import RUBBISH, refused, words
from tests.world import Visitor, World
from vfm.store.audit import AuditRow
from vfm.store.provision import InterventionRow, SlotRow
from vfm.store.rows import rows_of
from vfm.store.timetables import LessonRow, LikesRow

MUSIC = "Tuesday 09:00-10:00 Music\nThursday 14:00-15:00 Music\nMonday 09:00-10:00 Maths"


class Week:
    """Mia of Year 4 loves music; she reads out of class on Tuesdays and Thursdays."""

    def __init__(self, world: World) -> None:
        self.world, self.head = world, begin(world)
        self.mia = pupil(world, self.head, "Mia Fern")
        self.role = str(stated(world, self.head, "Assistant", "20"))
        self.reading = self.line("Reading", {1: "09:10", 3: "14:40"})
        self.table = f"{world.home}withdrawal/timetable/group4"
        self.likes = f"{world.home}withdrawal/likes/{self.mia}"

    def fields(self, days: dict[int, str], where: str = "out") -> dict[str, str]:
        ticked = {f"slots-{day}-0": "y" for day in days} | {f"slots-{day}-0-at": time for day, time in days.items()}
        return ticked | {
            "tier": "targeted", "time_kind": "intervention", "giver_1": self.role, "number_1": "1", "minutes": "20",
            "basis": "shared", "where": where, "estimated": "no", "runs": "days",
        }  # fmt: skip

    def line(self, name: str, days: dict[int, str], where: str = "out") -> int:
        put(self.head, self.world.home + "provision-map/add", name=name, **self.fields(days, where))
        it = row_id(self.world, InterventionRow, name)
        put(self.head, f"{self.world.home}provision-map/{it}/pupils", **{f"in-{self.mia}": "y"})
        return it

    def keep(self, text: str, seen: str = "") -> None:
        put(self.head, self.table, lessons=text, seen=seen.replace("\n", "|"))

    def page(self, visitor: Visitor | None = None) -> str:
        return words((visitor or self.head).get(self.world.home + "withdrawal/").text)

    def headings(self) -> list[str]:
        return re.findall(r'<h2 class="govuk-heading-m govuk-!-margin-top-7" id="[a-z]+">([^<]+)</h2>', self.page())

    def rows(self, table: type[LessonRow] | type[LikesRow] | type[SlotRow]) -> list[Any]:
        with self.world.app.extensions["vfm_database"].read() as db:
            return list(rows_of(db, table, self.world.school.id))


@pytest.fixture
def week(world: World) -> Week:
    return Week(world)


def test_a_pupil_who_misses_both_music_lessons_which_she_loves_is_flagged(week: Week) -> None:
    assert week.headings() == []
    week.keep(MUSIC)
    put(week.head, week.likes, version="0", enjoys="music", good_at="")
    page = week.page()
    assert week.headings() == [
        "Taken out of what the pupil enjoys or is good at (1)",
        "Much of one subject is missed (1)",
    ]
    assert "(100%), up to 2 in one week. The pupil enjoys it. For Reading." in page
    assert "3 lessons" in page


def test_when_it_begins_comes_back_on_the_form_and_what_is_no_time_is_refused(week: Week) -> None:
    address = f"{week.world.home}provision-map/{week.reading}"
    assert re.search(r'id="slots-1-0-at"[^>]* value="09:10"', week.head.get(address).text)
    for text in ("25:00", "9", "nine", "09:60", "٠٩:٠٠"):
        said = refused(week.head.send(address, name="Reading", version="1", **week.fields({1: text})))
        assert "Start on Tuesday: write a time such as 09:05" in said
    untimed = week.fields({1: "09:10"}) | {"slots-2-0-at": "10:00"}
    assert "Tick Wednesday, or leave its start empty" in refused(
        week.head.send(address, name="Reading", version="1", **untimed)
    )


def test_sessions_that_follow_one_another_do_not_clash_and_those_that_overlap_do(week: Week) -> None:
    week.line("Number", {1: "09:30"})
    assert week.headings() == []
    week.line("Speech", {1: "09:29"}, where="in")
    assert week.headings() == ["Two sessions at the same time (2)"], "with Reading, and with Number"
    assert "Reading, 09:10 to 09:30, and Speech, 09:29 to 09:49" in week.page()


def test_a_timetable_can_be_pasted_changed_and_emptied_and_its_rows_stay_where_they_can(week: Week) -> None:
    week.keep("Monday\t09:00\t10:00\tMaths\nTuesday\t9.00\t10.00\tMusic\tB")
    kept = {row.subject: row.id for row in week.rows(LessonRow)}
    shown = words(week.head.get(week.table).text)
    both = "Monday 09:00-10:00 Maths\nTuesday 09:00-10:00 Music, week B"
    assert "Tuesday 09:00-10:00 Music, week B" in shown
    week.keep("Monday 09:00-10:00 Maths", seen=both)
    assert [row.id for row in week.rows(LessonRow)] == [kept["Maths"]]
    week.keep("", seen="Monday 09:00-10:00 Maths")
    assert week.rows(LessonRow) == []


def test_what_is_no_lesson_is_refused_with_its_line_and_stays_typed(week: Week) -> None:
    answer = week.head.send(week.table, lessons="Mon 09:00-10:00 Art\nMon 09:30-10:30 PE", seen="")
    assert "Lessons, line 2: Monday 09:30-10:30 PE is at the same time as Monday 09:00-10:00 Art" in refused(answer)
    assert "Mon 09:30-10:30 PE" in words(answer.text)
    for text in RUBBISH:
        if text != "\x00":
            refused(week.head.send(week.table, lessons=text, seen=""))
    assert week.rows(LessonRow) == []


def test_a_colleague_who_changed_the_timetable_or_the_likes_first_is_not_overwritten(week: Week) -> None:
    week.keep(MUSIC)
    answer = week.head.send(week.table, lessons="Mon 09:00-10:00 Art", seen="")
    assert answer.status_code == 409
    assert "Thursday 14:00-15:00 Music" in words(answer.text)
    assert "Mon 09:00-10:00 Art" in words(answer.text)
    put(week.head, week.likes, version="0", enjoys="Music", good_at="")
    answer = week.head.send(week.likes, version="0", enjoys="Art", good_at="")
    assert answer.status_code == 409
    assert "a colleague saved: enjoys Music; is good at nothing named" in words(answer.text)


def test_a_pupils_own_timetable_stands_before_that_of_the_year_group(week: Week) -> None:
    week.keep(MUSIC)
    put(
        week.head, f"{week.world.home}withdrawal/timetable/pupil{week.mia}", lessons="Friday 09:00-10:00 Music", seen=""
    )
    assert week.headings() == []
    assert "1 lessons" not in week.page()


def test_the_audit_says_that_likes_changed_and_not_what_they_are(week: Week) -> None:
    put(week.head, week.likes, version="0", enjoys="Trampoline,  trampoline ,Trampoline", good_at="")
    assert [row.enjoys for row in week.rows(LikesRow)] == ["Trampoline, trampoline"]
    with week.world.app.extensions["vfm_database"].read() as db:
        assert all("rampoline" not in f"{row.old}{row.new}" for row in db.query(AuditRow))


def test_whose_timetable_is_none_here_is_not_found(week: Week) -> None:
    for whose in ("group15", "group", "pupil1", "pupil", "group-3", "x", f"pupil{1 << 64}"):
        address = f"{week.world.home}withdrawal/timetable/{whose}"
        assert week.head.client.get(address).status_code == 404, whose


def test_it_becomes_an_action_without_the_childs_name(week: Week) -> None:
    week.keep(MUSIC)
    week.head.send(f"{week.world.home}plan/write", page=f"{week.world.home}plan/add")
    plan = words(week.head.get(week.world.home + "plan/").text)
    assert "Spread the sessions over different subjects" in plan
    assert "Mia" not in plan


def test_contributors_see_nothing_of_it(week: Week) -> None:
    for who in ("teacher", "governor"):
        visitor = week.world.signed_in(who)
        for address in (week.world.home + "withdrawal/", week.table, week.likes):
            assert visitor.client.get(address).status_code == 403
