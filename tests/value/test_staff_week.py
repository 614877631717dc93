"""A week of each member of staff: nobody can be in two rooms at once, and one who hurries next door is not."""

import datetime as dt
from fractions import Fraction
from typing import Any

from tests.costing.usual import USUAL
from vfm.costing.delivery import InTotal, OnDays, Slot, Weekly
from vfm.costing.intervention import Giver, Intervention, Staff
from vfm.costing.provision_map import CostedMap, cost_map
from vfm.costing.rates import RateBook
from vfm.value.staff_week import StaffWeek, staff_weeks
from vfm.value.timetable import minute_of
from vfm.value.weekly import letter_of, minutes_a_week, sessions_a_week, span_words, time_words, when_words

DAY = dt.date(2026, 11, 24)  # a Tuesday; the week of the first pupil day is A


def at(weekday: int, time: str = "", week: int | None = None, minutes: int | None = None) -> Slot:
    return Slot(weekday, week, minutes, minute_of(time) if time else None)


def it(name: str, *slots: Slot, who: str = "sam", **more: Any) -> Intervention:
    given: dict[str, Any] = {"staff": (Staff("TA", person=who),), "minutes": 20, "delivery": OnDays(slots)} | more
    return Intervention(name, id=name, **given)


def made(*its: Intervention) -> CostedMap:
    return cost_map(its, RateBook(), {}, USUAL)


def weeks(*its: Intervention, day: dt.date = DAY) -> list[StaffWeek]:
    return list(staff_weeks(made(*its), day))


def clashes(*its: Intervention) -> list[tuple[str, str, int]]:
    return [
        (each.one.it.name, each.other.it.name, len(each.days))
        for week in weeks(*its)
        for each in week.clashes
    ]  # fmt: skip


def on(weekday: int, first: dt.date = dt.date(2026, 9, 1), last: dt.date = dt.date(2027, 8, 31)) -> list[dt.date]:
    return [day for day in USUAL.pupil_days if day.weekday() == weekday and first <= day <= last]


def test_each_day_has_its_sessions_in_order_of_time_and_what_has_no_time_last() -> None:
    (sam,) = weeks(it("Later", at(0, "10:00")), it("No time", at(0)), it("First", at(0, "09:00"), at(4, "09:00")))
    assert [each.it.name for each in sam.on(0, "")] == ["First", "Later", "No time"]
    assert [each.times.words if each.times else None for each in sam.on(0, "")][1:] == ["10:00 to 10:20", None]
    assert [each.it.name for each in sam.on(4, "")] == ["First"]
    assert sam.letters == ("",)


def test_where_only_sessions_a_week_are_known_they_are_loose_and_what_is_irregular_stands_apart() -> None:
    (sam,) = weeks(it("Loose", delivery=Weekly(3, 38)), it("Once", delivery=InTotal(7)))
    assert [each.name for each in sam.loose] == ["Loose"]
    assert [each.name for each in sam.irregular] == ["Once"]
    assert sam.minutes == 60


def test_a_two_week_timetable_shows_both_weeks_and_what_is_every_week_in_both() -> None:
    (sam,) = weeks(it("Both", at(0, "09:00")), it("One", at(1, "09:00", 1)), it("Other", at(1, "09:00", 2)))
    assert sam.letters == ("A", "B")
    assert [[each.it.name for day in (0, 1) for each in sam.on(day, letter)] for letter in "AB"] == [
        ["Both", "One"],
        ["Both", "Other"],
    ]
    assert sam.contact == 20 + 10 + 10


def test_an_interventions_own_first_week_may_be_the_schools_week_b() -> None:
    calendar, first = USUAL, USUAL.pupil_days[0]
    second_week = first + dt.timedelta(weeks=1)
    slot = at(1, "09:00", 1)
    assert letter_of(slot, it("From the start", slot, starts_on=first), calendar) == "A"
    assert letter_of(slot, it("From the second week", slot, starts_on=second_week), calendar) == "B"
    assert letter_of(at(1), it("Every week"), calendar) == ""


def test_times_that_touch_do_not_clash_and_one_minute_more_does() -> None:
    assert clashes(it("One", at(1, "09:00")), it("Other", at(1, "09:20"))) == []
    assert clashes(it("One", at(1, "09:00")), it("Other", at(1, "09:19"))) == [("One", "Other", len(on(1)))]
    assert clashes(it("One", at(1, "09:00")), it("Other", at(2, "09:00"))) == []


def test_two_people_two_weeks_or_two_terms_do_not_clash() -> None:
    assert clashes(it("One", at(1, "09:00")), it("Other", at(1, "09:00"), who="jo")) == []
    assert clashes(it("One", at(1, "09:00", 1)), it("Other", at(1, "09:00", 2))) == []
    autumn = it("One", at(1, "09:00"), ends_on=dt.date(2026, 12, 14))
    assert clashes(autumn, it("Other", at(1, "09:00"), starts_on=dt.date(2026, 12, 15))) == []
    one_day = it("Other", at(1, "09:00"), starts_on=dt.date(2026, 12, 8))
    assert clashes(autumn, one_day) == [("One", "Other", 1)]


def test_a_clash_of_next_term_is_said_already_now() -> None:
    spring = [it(name, at(1, "09:00"), starts_on=dt.date(2027, 2, 1)) for name in ("One", "Other")]
    (sam,) = weeks(*spring)
    assert sam.sessions == ()
    assert [len(each.days) for each in sam.clashes] == [len(on(1, dt.date(2027, 2, 1)))]


def test_the_week_shows_what_runs_in_it() -> None:
    until, since = it("Until", at(0), ends_on=dt.date(2026, 11, 23)), it("From", at(4), starts_on=dt.date(2026, 11, 27))
    names = [
        [each.it.name for week in weeks(until, since, day=DAY + dt.timedelta(days=days)) for each in week.sessions]
        for days in (-7, 0, 7)
    ]
    assert names == [["Until"], ["Until", "From"], ["From"]]


def test_whoever_has_two_contracts_is_one_person() -> None:
    both = made(it("One", at(1, "09:00"), who="sam as TA"), it("Other", at(1, "09:00"), who="sam at lunch"))
    assert [week.clashes for week in staff_weeks(both, DAY)] == [(), ()]
    (sam,) = staff_weeks(both, DAY, lambda key: key[:3])
    assert len(sam.clashes) == 1


def test_hours_are_those_of_one_person_with_preparation_and_the_others_of_the_role_are_unnamed() -> None:
    pair = it("Pair", at(0), at(1), staff=(Staff("TA", 2, person="sam"),), preparation=5)
    sam, rest = weeks(pair)
    assert sam.who.person
    assert sam.contact == 40
    assert sam.preparation == 10
    assert (rest.who.person, rest.who.key, rest.heads) == (False, "TA", (("Pair", Fraction(1)),))
    assert rest.minutes == 50


def test_half_a_person_gives_half_the_time_and_nobody_else_the_rest() -> None:
    (sam,) = weeks(it("Half", at(0), staff=(Staff("TA", number=1, person="sam"),)))
    assert sam.contact == 20
    from_half = it("Half", at(0), staff=(Staff("TA", Fraction(1, 2), person="sam"),))
    assert [week.contact for week in weeks(from_half)] == [10]


def test_roles_that_name_nobody_come_last_and_never_clash() -> None:
    staff = (Staff("Volunteers", kind=Giver.VOLUNTEER),)
    nobody = [it(name, at(1, "09:00"), staff=staff) for name in ("One", "Other")]
    found = weeks(*nobody, it("Sam's", at(0)))
    assert [(week.who.key, len(week.clashes)) for week in found] == [("sam", 0), ("Volunteers", 0)]


def test_somebody_who_is_named_twice_on_one_line_gives_it_once() -> None:
    twice = it("Twice", at(0, "09:00"), staff=(Staff("TA", person="sam"), Staff("HLTA", person="sam")))
    (sam,) = weeks(twice)
    assert sam.contact == 20
    assert sam.clashes == ()


def test_a_week_in_words() -> None:
    line = it("One", at(3, week=1), at(0, "09:05", minutes=30))
    assert when_words(line, USUAL) == "Monday 09:05, Thursday (week A)"
    assert sessions_a_week(line) == Fraction(3, 2)
    assert minutes_a_week(line) == 40
    assert time_words(line) == "40 minutes a week"
    loose = it("Loose", delivery=Weekly(3, 12))
    assert (when_words(loose, USUAL), time_words(loose)) == ("3 a week for 12 weeks, days not known", "1 hour a week")
    total = it("Visits", delivery=InTotal(7), minutes=45)
    assert (when_words(total, USUAL), time_words(total)) == ("7 sessions in all", "45 minutes each")
    nothing = it("Licence", delivery=None, minutes=0)
    assert (when_words(nothing, USUAL), time_words(nothing)) == ("No sessions entered", "")
    assert span_words(dt.date(2026, 11, 2), None) == "from 2 November 2026"
