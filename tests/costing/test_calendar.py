import datetime as dt

from vfm.costing.calendar import AcademicYear


def test_an_academic_year_runs_from_september_to_august_and_has_38_weeks() -> None:
    year = AcademicYear(2026)
    assert (year.words, year.first_day, year.last_day) == ("2026 to 2027", dt.date(2026, 9, 1), dt.date(2027, 8, 31))
    assert [year.weeks, year.days, AcademicYear(2027).days] == [38, 365, 366]
    assert AcademicYear(2026, pupil_days=195).weeks == 39


def test_days_within_count_both_ends_and_only_this_year() -> None:
    year = AcademicYear(2026)
    assert year.days_within(dt.date(2026, 4, 1), dt.date(2027, 3, 31)) == 212
    assert year.days_within(dt.date(2027, 8, 31), dt.date(2027, 9, 1)) == 1
    assert year.days_within(dt.date(2025, 1, 1), dt.date(2025, 2, 1)) == 0


def test_the_first_of_september_begins_a_new_year() -> None:
    assert AcademicYear.holding(dt.date(2026, 8, 31)).start == 2025
    assert AcademicYear.holding(dt.date(2026, 9, 1)).start == 2026
