import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest

from vfm.costing.calendar import AcademicYear, Calendar, Closed, Closing, Period, financial_year
from vfm.costing.usual_calendar import bank_holidays, usual_calendar

YEAR = AcademicYear(2026)


def test_an_academic_year_runs_from_september_to_august() -> None:
    assert (YEAR.words, YEAR.first_day, YEAR.last_day) == ("2026 to 2027", dt.date(2026, 9, 1), dt.date(2027, 8, 31))
    assert [YEAR.days, AcademicYear(2027).days] == [365, 366]


def test_days_within_count_both_ends_and_only_this_year() -> None:
    assert YEAR.days_within(dt.date(2026, 4, 1), dt.date(2027, 3, 31)) == 212
    assert YEAR.days_within(dt.date(2027, 8, 31), dt.date(2027, 9, 1)) == 1
    assert YEAR.days_within(dt.date(2025, 1, 1), dt.date(2025, 2, 1)) == 0


def test_the_first_of_september_begins_a_new_year() -> None:
    assert AcademicYear.holding(dt.date(2026, 8, 31)).start == 2025
    assert AcademicYear.holding(dt.date(2026, 9, 1)).start == 2026


def test_a_usual_year_of_190_days_is_38_weeks_and_not_the_40_that_it_touches() -> None:
    usual = usual_calendar(YEAR)
    assert [len(usual.pupil_days), usual.weeks, usual.staff_weeks] == [190, 38, 39]
    assert len({day.isocalendar()[:2] for day in usual.pupil_days}) == 40


@pytest.mark.parametrize("start", range(2020, 2045))
def test_every_usual_year_has_190_pupil_days_five_inset_days_and_no_bank_holiday_in_them(start: int) -> None:
    usual = usual_calendar(AcademicYear(start))
    assert [len(usual.pupil_days), len(usual.inset_days), len(usual.terms)] == [190, 5, 3]
    assert not set(bank_holidays(usual.year)) & {*usual.pupil_days, *usual.inset_days}
    assert all(day.weekday() < 5 for day in usual.pupil_days)
    assert usual.terms[-1].last.month == 7


def test_there_are_not_as_many_mondays_as_tuesdays() -> None:
    usual = usual_calendar(YEAR)
    counts = [usual.on(frozenset({day}))[-1] for day in range(5)]
    assert counts == [36, 39, 38, 39, 38]
    assert sum(counts) == 190 == usual.every_day[-1]


def test_good_friday_in_term_and_inset_days_are_no_pupil_days() -> None:
    usual = usual_calendar(YEAR)
    assert dt.date(2027, 3, 26) in bank_holidays(YEAR)
    assert dt.date(2027, 5, 3) not in usual.pupil_days
    assert dt.date(2026, 9, 1) in usual.inset_days
    assert dt.date(2026, 9, 1) not in usual.pupil_days


def test_alternate_weeks_are_counted_from_the_week_of_the_start() -> None:
    usual = usual_calendar(YEAR)
    mondays = frozenset({0})
    one, other = usual.on(mondays, dt.date(2026, 9, 9)), usual.on(mondays, dt.date(2026, 9, 16))
    assert one[-1] + other[-1] == usual.on(mondays)[-1]
    assert [one[usual.place(dt.date(2026, 9, 7)) + n] for n in (0, 1, 7, 8, 14, 15)] == [0, 1, 1, 1, 1, 2]


def test_a_term_lasts_until_the_day_before_the_next_so_that_no_day_is_left_out() -> None:
    spans = usual_calendar(YEAR).spans
    assert [each.name for each in spans] == ["Autumn term", "Spring term", "Summer term"]
    assert [spans[0].first, spans[0].last, spans[1].first] == [YEAR.first_day, dt.date(2027, 1, 3), dt.date(2027, 1, 4)]
    assert spans[-1].last == YEAR.last_day
    assert sum(each.days for each in spans) == 365


def test_an_extra_inset_day_takes_a_pupil_day_and_leaves_the_staffs_weeks() -> None:
    usual = usual_calendar(YEAR)
    day = dt.date(2026, 10, 23)
    changed = replace(usual, closed=[*usual.closed, Closed(Closing.INSET, day, day)])
    assert [changed.weeks, changed.staff_weeks] == [Fraction(189, 5), 39]


def test_terms_that_overlap_or_lie_outside_the_year_are_refused() -> None:
    autumn = Period("Autumn term", dt.date(2026, 9, 1), dt.date(2026, 12, 18))
    with pytest.raises(ValueError, match="must begin after"):
        Calendar(YEAR, (autumn, Period("Spring term", dt.date(2026, 12, 18), dt.date(2027, 3, 1))))
    with pytest.raises(ValueError, match="between 1 September and 31 August"):
        Calendar(AcademicYear(2025), (autumn,))


def test_a_maintained_schools_financial_year_ends_on_31_march_and_an_academys_on_31_august() -> None:
    maintained = financial_year(dt.date(2027, 3, 31), academy=False)
    assert (maintained.first, maintained.last) == (dt.date(2026, 4, 1), dt.date(2027, 3, 31))
    assert financial_year(dt.date(2027, 4, 1), academy=False).first == dt.date(2027, 4, 1)
    academy = financial_year(dt.date(2027, 8, 31), academy=True)
    assert (academy.first, academy.last) == (dt.date(2026, 9, 1), dt.date(2027, 8, 31))
    assert len(maintained.months) == 12
    assert (maintained.months[0].name, maintained.months[-1].last) == ("April 2026", dt.date(2027, 3, 31))
