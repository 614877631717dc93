"""What pupils miss. A pupil who misses both of the week's music lessons, which she loves, must be flagged."""

import datetime as dt
from typing import Any

import pytest

from tests.costing.usual import USUAL
from vfm.costing.delivery import OnDays, Slot
from vfm.costing.intervention import Intervention, Membership
from vfm.costing.provision_map import CostedMap, cost_map
from vfm.costing.rates import RateBook
from vfm.pupils.pupil import Pupil
from vfm.value.timetable import Lesson, Times, TimetableError, as_text, minute_of, read_lessons
from vfm.value.withdrawal import Likes, Week, missed_by, sessions_of, withdrawal_in

MIA = Pupil("mia", "Mia", year=4)
MUSIC = read_lessons("Tuesday 09:00-10:00 Music\nThursday 14:00-15:00 Music\nMonday 09:00-10:00 Maths")


def it(name: str, *slots: Slot, minutes: int = 20, **more: object) -> Intervention:
    given = {"withdrawn": True, "members": [Membership("mia")]} | more
    return Intervention(name, id=name, minutes=minutes, delivery=OnDays(slots), **given)  # type: ignore[arg-type]


def at(weekday: int, time: str, week: int | None = None) -> Slot:
    return Slot(weekday, week, starts=minute_of(time))


def made(*its: Intervention) -> CostedMap:
    return cost_map(its, RateBook(), {"mia": MIA}, USUAL)


def flagged(*its: Intervention, likes: Likes | None = None, lessons: tuple[Lesson, ...] = MUSIC) -> list[str]:
    week = Week(of_group={4: lessons}, likes={"mia": likes} if likes else {})
    return [each.pattern.slug for each in withdrawal_in(made(*its), {"mia": 4}, week)]


def test_a_pupil_who_misses_both_music_lessons_of_the_week_which_she_loves_is_flagged() -> None:
    reading = it("Reading", at(1, "09:10"), at(3, "14:40"))
    assert flagged(reading, likes=Likes(enjoys=("music",))) == ["loved", "missed"]
    week = Week(of_group={4: MUSIC}, likes={"mia": Likes(("Music",), ("MUSIC",))})
    loved, missed = withdrawal_in(made(reading), {"mia": 4}, week)
    tuesdays_and_thursdays = sum(day.weekday() in (1, 3) for day in USUAL.pupil_days)
    assert loved.says == (
        f"Music: misses {tuesdays_and_thursdays} of {tuesdays_and_thursdays} lessons (100%), up to 2 in one week. "
        "The pupil enjoys and is good at it. For Reading."
    )
    assert missed.pupil == "mia"


def test_times_are_half_open() -> None:
    assert not Times(540, 560).meets(Times(560, 580))
    assert Times(540, 561).meets(Times(560, 580))
    assert flagged(it("One", at(0, "09:00")), it("Other", at(0, "09:20")), lessons=()) == []
    assert flagged(it("One", at(0, "09:00"), minutes=21), it("Other", at(0, "09:20")), lessons=()) == ["clash"]


def test_sessions_that_end_as_the_lesson_begins_take_nothing_from_it() -> None:
    assert flagged(it("One", at(1, "08:40")), likes=Likes(("Music",))) == []
    assert flagged(it("One", at(1, "08:41")), likes=Likes(("Music",))) == ["loved", "missed"]


def test_a_clash_says_when_first_and_on_how_many_days() -> None:
    its = it("One", at(4, "09:00")), it("Other", at(4, "09:10"), withdrawn=False, starts_on=dt.date(2027, 7, 12))
    (found,) = withdrawal_in(made(*its), {"mia": 4}, Week())
    assert found.says == "One, 09:00 to 09:20, and Other, 09:10 to 09:30: 1 day, first on 16 July 2027."


def test_who_stays_in_class_misses_nothing() -> None:
    assert flagged(it("In class", at(1, "09:00"), withdrawn=False), likes=Likes(("Music",))) == []


def test_a_quarter_of_the_lessons_is_not_flagged_and_more_is() -> None:
    four = read_lessons("\n".join(f"{day} 09:00-10:00 Maths" for day in ("Mon", "Tue", "Wed", "Thu")))
    block: dict[str, Any] = {"starts_on": dt.date(2026, 11, 2), "ends_on": dt.date(2026, 12, 11)}
    found = missed_by(sessions_of("mia", made(it("One", at(0, "09:00"), **block))), four, USUAL)
    assert [(each.missed, each.of, each.most) for each in found] == [(6, 24, 1)]
    assert flagged(it("One", at(0, "09:00"), **block), lessons=four) == []
    assert flagged(it("One", at(0, "09:00"), **block), lessons=four[:3]) == ["missed"]


def test_two_in_one_week_are_flagged_however_small_the_share() -> None:
    day = "09:00-10:00 Maths\n{0} 10:00-11:00 Maths\n{0} 11:00-12:00 Maths"
    many = read_lessons("\n".join(f"{name} {day.format(name)}" for name in ("Mon", "Tue", "Wed", "Thu", "Fri")))
    assert flagged(it("One", at(0, "09:00"), at(1, "09:00")), lessons=many) == ["missed"]
    assert flagged(it("One", at(0, "09:00")), lessons=many) == []


def test_the_weeks_of_a_two_week_timetable_are_told_apart() -> None:
    lesson = read_lessons("Tuesday 09:00-10:00 Art week A")
    first = USUAL.pupil_days[0]
    costed = made(
        it("One", at(1, "09:00", week=1), starts_on=first), it("Two", at(1, "09:00", week=2), starts_on=first)
    )
    both = missed_by(sessions_of("mia", costed), lesson, USUAL)
    assert [[line.name for line in each.lines] for each in both] == [["One"]]


def test_what_the_map_itself_names_is_flagged_without_a_timetable() -> None:
    named = it("Reading", Slot(0), lesson="Assembly and music")
    assert flagged(named, likes=Likes(good_at=("Music",)), lessons=()) == ["loved"]
    assert flagged(named, likes=Likes(("Art",)), lessons=()) == []
    assert flagged(it("Reading", Slot(0), lesson="Music", withdrawn=False), likes=Likes(("Music",)), lessons=()) == []


def test_only_the_days_between_joining_and_leaving_count() -> None:
    monday = dt.date(2026, 9, 14)
    member = Membership("mia", monday, monday + dt.timedelta(days=6))
    found = sessions_of("mia", made(it("One", at(0, "09:00"), members=[member])))
    assert [each.on for each in found] == [monday]


def test_a_pupils_own_timetable_stands_before_that_of_the_year_group() -> None:
    week = Week({4: MUSIC}, {"mia": read_lessons("Tue 09:00-10:00 Art")}, {"mia": Likes(("Music",))})
    assert [each.pattern.slug for each in withdrawal_in(made(it("R", at(1, "09:00"))), {"mia": 4}, week)] == ["missed"]


@pytest.mark.parametrize(
    "line",
    ["Monday 09:00-10:00 Design and technology, week B", "mon\t9.00\t10:00\tDesign and  technology\tB",
     "Monday,09:00,10:00,Design and technology,2", "Monday 9:00 to 10:00 Design and technology week b"],
)  # fmt: skip
def test_lessons_are_read_as_typed_and_as_pasted_from_a_sheet(line: str) -> None:
    assert read_lessons(line) == (Lesson(0, Times(540, 600), "Design and technology", 2),)
    assert read_lessons(as_text(read_lessons(line))) == read_lessons(line)


def test_a_subject_that_ends_in_a_letter_keeps_it() -> None:
    assert read_lessons("Mon 09:00-10:00 Vitamin B")[0].subject == "Vitamin B"


@pytest.mark.parametrize(
    ("text", "says"),
    [("Saturday 09:00-10:00 Art", "line 1: begin with the day"), ("Mon 24:00-25:00 Art", "line 1: write a time"),
     ("Mon 10:00-10:00 Art", "ends before it begins"), ("Mon Art", "line 1: write the day, the time"),
     ("\nMon 09:00-10:00 Art\nMon 09:59-11:00 PE", "line 3: .* is at the same time as"),
     (f"Mon 09:00-10:00 {'x' * 61}", "60 characters"), ("Mon 09:00-10:00 Art\n" * 201, "at most 200")],
)  # fmt: skip
def test_what_is_no_lesson_is_refused_with_its_line(text: str, says: str) -> None:
    with pytest.raises(TimetableError, match=says):
        read_lessons(text)


def test_lessons_of_different_weeks_may_be_at_one_time() -> None:
    assert len(read_lessons("Mon 09:00-10:00 Art week A\nMon 09:00-10:00 PE week B")) == 2
