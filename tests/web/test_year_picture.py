import datetime as dt
from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest

from vfm.costing.calendar import AcademicYear, Calendar, Closed, Closing
from vfm.costing.usual_calendar import bank_holidays, usual_calendar
from vfm.web.year_picture import (
    Mark,
    change_words,
    days_words,
    financial_years,
    marks_of,
    months_of,
    number_of,
    school_days,
    terms_table,
    weekdays_table,
    weeks_words,
)

USUAL = usual_calendar(AcademicYear(2026))
SNOW = Closed(Closing.OTHER, dt.date(2026, 11, 18), dt.date(2026, 11, 18), "Snow")


def with_closed(*closed: Closed) -> Calendar:
    return replace(USUAL, closed=[*USUAL.closed, *closed])


def test_every_monday_to_friday_of_the_year_has_one_mark_and_no_other_day_has() -> None:
    marks = marks_of(USUAL)
    assert [len(marks), min(marks), max(marks)] == [261, dt.date(2026, 9, 1), dt.date(2027, 8, 31)]
    assert {day.weekday() for day in marks} == {0, 1, 2, 3, 4}
    assert Counter(marks.values()) == {Mark.PUPIL: 190, Mark.INSET: 5, Mark.HOLIDAY: 58, Mark.BANK: 8}


@pytest.mark.parametrize("start", range(2020, 2040))
def test_marks_are_the_calendars_own_pupil_and_inset_days_and_englands_bank_holidays(start: int) -> None:
    usual = usual_calendar(AcademicYear(start))
    marks = marks_of(usual)
    marked = {mark: {day for day, found in marks.items() if found is mark} for mark in Mark}
    assert marked[Mark.PUPIL] == set(usual.pupil_days)
    assert marked[Mark.INSET] == set(usual.inset_days)
    assert marked[Mark.BANK] == set(bank_holidays(usual.year))


def test_a_bank_holiday_is_one_in_a_half_term_and_out_of_term_but_not_where_pupils_come() -> None:
    marks = marks_of(USUAL)
    assert [marks[dt.date(2027, 5, 31)], marks[dt.date(2027, 6, 1)]] == [Mark.BANK, Mark.HOLIDAY]
    assert [marks[dt.date(2026, 12, 25)], marks[dt.date(2026, 12, 24)]] == [Mark.BANK, Mark.HOLIDAY]
    open_on_may_day = replace(USUAL, closed=[each for each in USUAL.closed if each.kind is not Closing.BANK_HOLIDAY])
    assert marks_of(open_on_may_day)[dt.date(2027, 5, 3)] is Mark.PUPIL


def test_a_snow_day_has_a_mark_of_its_own_and_counts_for_nothing_outside_the_terms() -> None:
    assert marks_of(with_closed(SNOW))[SNOW.first] is Mark.CLOSED
    summer = Closed(Closing.OTHER, dt.date(2027, 8, 2), dt.date(2027, 8, 6))
    assert marks_of(with_closed(summer)) == marks_of(USUAL)
    assert [len(school_days(USUAL, SNOW)), len(school_days(USUAL, summer))] == [1, 0]


def test_the_year_begins_in_september_and_each_month_says_what_it_holds() -> None:
    months = months_of(USUAL)
    assert [months[0].name, months[-1].name, len(months)] == ["September 2026", "August 2027", 12]
    assert [months[0].counted, months[-1].counted] == ["20 pupil days, 2 INSET days", "No school"]
    first, *_, last = months[0].weeks
    assert [square and (square.number, square.mark.value) for square in first] == [
        None, (1, "I"), (2, "I"), (3, "P"), (4, "P"),
    ]  # fmt: skip
    assert [square and square.number for square in last] == [28, 29, 30, None, None]


def test_a_month_that_begins_on_a_weekend_has_no_empty_week_before_it() -> None:
    august = months_of(USUAL)[-1]
    assert [square and square.number for square in august.weeks[0]] == [2, 3, 4, 5, 6]


def test_every_day_stands_once_in_the_months_of_a_leap_year() -> None:
    calendar = usual_calendar(AcademicYear(2027))
    squares = [square for month in months_of(calendar) for week in month.weeks for square in week if square]
    assert Counter(square.mark for square in squares) == Counter(marks_of(calendar).values())
    assert 29 in [square.number for week in months_of(calendar)[5].weeks for square in week if square]


def test_the_terms_add_up_and_their_weekdays_too() -> None:
    *terms, total = terms_table(USUAL, marks_of(USUAL))
    assert [name for name, *_ in terms] == ["Autumn term", "Spring term", "Summer term"]
    assert terms[0][1] == "1 September 2026 to 18 December 2026"
    assert total[2] == [190, 5, 14, 2, 0, 211]
    assert total[2] == [sum(column) for column in zip(*(numbers for *_, numbers in terms), strict=True)]
    assert weekdays_table(USUAL)[-1] == ("All terms", "36", "39", "38", "39", "38", "190")


def test_a_maintained_school_has_two_financial_years_in_it_and_an_academy_one() -> None:
    assert financial_years(USUAL, academy=False) == [
        ("Financial year 2026 to 2027", "1 April 2026 to 31 March 2027", 125),
        ("Financial year 2027 to 2028", "1 April 2027 to 31 March 2028", 65),
    ]
    assert financial_years(USUAL, academy=True) == [
        ("Financial year 2026 to 2027", "1 September 2026 to 31 August 2027", 190)
    ]


def test_a_change_says_what_became_of_the_pupil_days_and_the_weeks() -> None:
    inset = replace(SNOW, kind=Closing.INSET)
    assert change_words(USUAL, with_closed(inset)) == "190 pupil days became 189: 37.8 weeks"
    snowed = "190 pupil days became 189: 37.8 weeks. 195 staff days became 194"
    assert change_words(USUAL, with_closed(SNOW)) == snowed
    assert change_words(with_closed(inset), USUAL) == "189 pupil days became 190: 38 weeks"
    assert change_words(USUAL, USUAL) == "Still 190 pupil days: 38 weeks"
    assert change_words(with_closed(inset), with_closed(SNOW)) == (
        "Still 189 pupil days: 37.8 weeks. 195 staff days became 194"
    )


def test_one_of_anything_is_said_as_one() -> None:
    assert [weeks_words(Fraction(n, 5)) for n in (5, 1, 190, 188)] == ["1 week", "0.2 weeks", "38 weeks", "37.6 weeks"]
    assert [number_of(n, "pupil day") for n in (0, 1, 2)] == ["0 pupil days", "1 pupil day", "2 pupil days"]
    assert days_words(SNOW) == "18 November 2026"
