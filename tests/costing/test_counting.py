"""How the sessions of an intervention were counted, in words that a school can count again."""

import datetime as dt

from vfm.costing.calendar import AcademicYear, Calendar, Period
from vfm.costing.counting import how_counted, weeks_between
from vfm.costing.delivery import InTotal, NotRun, OnDays, Slot, Weekly, run_of
from vfm.costing.intervention import Intervention

YEAR = AcademicYear(2026)
CALENDAR = Calendar(YEAR, [Period("Autumn term", dt.date(2026, 9, 7), dt.date(2026, 12, 18))])  # 15 whole weeks


def words(it: Intervention) -> str:
    run = run_of(it.delivery, it.minutes, CALENDAR, it.starts_on, it.ends_on, it.counted, it.not_run)
    return how_counted(it, run, CALENDAR)


def test_named_weekdays_are_counted_in_the_calendar() -> None:
    mondays = OnDays([Slot(0)])
    assert words(Intervention("A", delivery=mondays)) == "15 Mondays of your calendar: 15 sessions"
    gone = [NotRun(1, dt.date(2026, 9, 14))]
    said = words(Intervention("A", delivery=mondays, not_run=gone))
    assert said == "15 Mondays of your calendar, 1 not run: 14 sessions"


def test_two_weekdays_and_a_fortnight_are_each_named() -> None:
    both = OnDays([Slot(0), Slot(2, 1), Slot(3, 2)])
    it = Intervention("A", delivery=both, starts_on=dt.date(2026, 9, 7), ends_on=dt.date(2026, 10, 2))
    assert words(it) == "4 Mondays, 2 Wednesdays of week 1 and 2 Thursdays of week 2 of your calendar: 8 sessions"


def test_one_day_is_not_said_in_the_plural() -> None:
    it = Intervention("A", delivery=OnDays([Slot(4)]), ends_on=dt.date(2026, 9, 11))
    assert words(it) == "1 Friday of your calendar: 1 session"


def test_weeks_that_were_not_typed_are_the_calendars() -> None:
    said = words(Intervention("A", delivery=Weekly(2)))
    assert said == (
        "2 a week for 15 weeks of your calendar (75 days ÷ 5), spread evenly over the pupil days from "
        "1 September 2026 to 31 August 2027: 30 sessions"
    )


def test_weeks_that_were_typed_say_so_and_from_when_to_when() -> None:
    it = Intervention("A", delivery=Weekly(1, 10), starts_on=dt.date(2026, 9, 7), ends_on=dt.date(2026, 12, 18))
    assert words(it) == (
        "1 a week for the 10 weeks that you entered, spread evenly over the pupil days from 7 September 2026 to "
        "18 December 2026: 10 sessions"
    )


def test_sessions_in_all_are_on_their_days_or_spread() -> None:
    days = (dt.date(2026, 9, 8), dt.date(2026, 11, 3))
    assert words(Intervention("A", delivery=InTotal(2, days))) == "2 in all, on the 2 days that you gave: 2 sessions"
    assert words(Intervention("A", delivery=InTotal(3))).startswith("3 in all, spread evenly over the pupil days from")


def test_a_count_of_the_school_wins_and_says_so() -> None:
    said = words(Intervention("A", delivery=OnDays([Slot(0)]), counted=13))
    assert said.startswith("13 as you counted them, spread evenly")
    assert said.endswith(": 13 sessions")


def test_without_sessions_nothing_is_said() -> None:
    assert words(Intervention("A")) == ""


def test_a_calendar_that_nobody_confirmed_says_so() -> None:
    typical = Calendar(YEAR, CALENDAR.terms, typical=True)
    it = Intervention("A", delivery=OnDays([Slot(0)]))
    run = run_of(it.delivery, 60, typical, None, None)
    said = how_counted(it, run, typical)
    assert said == "15 Mondays of your calendar, which is not confirmed yet: 15 sessions"


def test_weeks_from_a_day_to_a_day_are_pupil_days_over_five() -> None:
    assert weeks_between(CALENDAR, None, None) == 15
    assert weeks_between(CALENDAR, dt.date(2026, 9, 9), dt.date(2026, 9, 14)) * 5 == 4
    assert weeks_between(CALENDAR, dt.date(2027, 9, 1), None) == 0
