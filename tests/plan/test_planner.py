"""The year planner: which days stand in it, for which school, in what order, and that no pupil's name leaves with it."""

import datetime as dt

from vfm.costing.calendar import AcademicYear
from vfm.plan.official_days import CENSUS, census_missing, official_days
from vfm.plan.planner import Planned, planner, without_names
from vfm.questions.school import Kind, School

THIS, LAST = AcademicYear(2026), AcademicYear(2025)
OAK = School("Oak")


def days(year: AcademicYear, school: School) -> list[tuple[str, str]]:
    return [(each.day.isoformat(), each.key) for each in planner(year, school, ())]


def test_the_days_stand_in_order_with_the_year_end_and_the_last_day() -> None:
    assert days(THIS, OAK) == [
        ("2026-12-31", "inclusion-strategy-2026"), ("2027-02-15", "phase-other-2027"), ("2027-03-31", "phase-post-16-2027"),
        ("2027-03-31", "sfvs-2027"), ("2027-06-01", "year-end-2027"), ("2027-08-31", "last-day-2027"),
    ]  # fmt: skip


def test_census_days_stand_only_where_we_have_read_them() -> None:
    assert [day for day, key in days(LAST, OAK) if key.startswith("census")] == ["2025-10-02", "2026-01-15"]
    assert census_missing(LAST) == ["summer"]
    assert census_missing(THIS) == ["autumn", "spring", "summer"]
    assert all(day.weekday() == 3 for _, day in CENSUS), "a census day is a Thursday"


def test_each_day_stands_only_for_the_schools_it_binds() -> None:
    keys = {key for _, key in days(THIS, School("Elm", Kind.SPECIAL, academy=True, any_ehc_plan=False))}
    assert keys == {"year-end-2027", "last-day-2027"}
    assert "inclusion-strategy-2026" not in {key for _, key in days(LAST, OAK)}, "it is due in one year alone"


def test_every_day_that_others_set_has_a_source_and_the_day_on_which_it_was_read() -> None:
    found = [*official_days(THIS, OAK), *official_days(LAST, OAK)]
    assert found
    for each in found:
        assert each.source.link.startswith("https://") and each.source.checked <= dt.date(2026, 11, 24)


def test_the_schools_own_days_stand_among_them_and_past_ones_are_past() -> None:
    own = Planned("review-1", dt.date(2027, 2, 16), "Review of Reading", "Look at it")
    found = planner(THIS, OAK, [own])
    assert found.index(own) == 2
    assert [own.past(dt.date(2027, 2, day)) for day in (15, 16, 17)] == [False, False, True]


def test_where_a_pupil_may_be_named_plain_words_stand_and_nothing_else_changes() -> None:
    review = Planned(
        "review-1", dt.date(2027, 2, 16), "Review of Siân’s reading", "Look", plain="Review of an intervention"
    )
    action = Planned("action-1", dt.date(2027, 2, 16), "Buy books", "Due", plain="An action is due")
    found = without_names([review, action], {"review-1"})
    assert [each.name for each in found] == ["Review of an intervention", "Buy books"]
    assert [each.key for each in found] == ["review-1", "action-1"]
