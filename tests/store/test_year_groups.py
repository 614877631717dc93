"""A pupil's year group belongs to an academic year: turning the year, and a file in September, leave last year's figures alone."""

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import text

from tests.store.school import Place, make_place
from vfm.costing.calendar import AcademicYear
from vfm.store.costed import costed_year
from vfm.store.engine import Database
from vfm.store.provision import GiverRow, InterventionRow, TakesPartRow
from vfm.store.pupils import PupilRow, add_pupil, pupils_of
from vfm.store.reviews import start_review
from vfm.store.rows import add_row, rows_of
from vfm.store.upgrading import downgrade, upgrade
from vfm.store.year_groups import groups_in, set_groups
from vfm.value.fairness import divisions, given_in

LAST, NOW = 2025, 2026


def _school(database: Database) -> tuple[Place, dict[str, int]]:
    """A school with a review of last year, and two groups of six, in years 3 and 4, in an intervention of last year."""
    place = make_place(database)
    school, by = place.school.id, place.by
    with database.write.begin() as db:
        start_review(db, school, LAST, by)
        its = {
            "year": LAST,
            "name": "Reading",
            "tier": "targeted",
            "minutes": Decimal(60),
            "sessions_in_total": Decimal(10),
        }
        it = add_row(db, InterventionRow, school, by, "it", **its)
        add_row(
            db,
            GiverRow,
            school,
            by,
            "giver",
            intervention_id=it.id,
            kind="agency",
            number=Decimal(1),
            per_hour=Decimal(30),
        )
        ids = {}
        for number in range(12):
            row = add_pupil(db, school, LAST, 3 + number % 2, by, name=f"P{number}", status="K")
            add_row(db, TakesPartRow, school, by, "member", intervention_id=it.id, pupil_id=row.id)
            ids[row.name] = row.id
    return place, ids


def _by_year(database: Database, place: Place, year: int) -> Any:
    """The fairness of a year's map by year group."""
    with database.read() as db:
        pupils = pupils_of(db, place.school.id, year)
        costed = costed_year(db, place.school.id, AcademicYear(year), pupils, leadership=True)
        return next(each for each in divisions(given_in(costed.actual, pupils)) if each.name == "Year group")


def test_last_years_fairness_by_year_group_is_the_same_after_the_year_has_turned(database: Database) -> None:
    place, ids = _school(database)
    before = _by_year(database, place, LAST)
    assert [group.name for group in before.groups] == ["Year 3", "Year 4"]
    with database.write.begin() as db:
        set_groups(db, place.school.id, NOW, {ids["P0"]: 3, ids["P1"]: 6}, place.by)
    assert _by_year(database, place, LAST) == before
    with database.read() as db:
        now = groups_in(db, place.school.id, NOW)
    assert [now[ids[f"P{number}"]] for number in range(4)] == [3, 6, 4, 5], "one stays, one misses a year out"


def test_what_is_worked_out_already_is_not_written(database: Database) -> None:
    place, ids = _school(database)
    with database.write.begin() as db:
        set_groups(db, place.school.id, NOW, {ids["P0"]: 4, ids["P1"]: 5}, place.by)
    with database.read() as db:
        steps = db.execute(text("SELECT count(*) FROM year_step")).scalar()
    assert steps == 12


def test_putting_this_years_first_step_right_leaves_what_last_year_shows(database: Database) -> None:
    place, _ = _school(database)
    with database.write.begin() as db:
        new = add_pupil(db, place.school.id, NOW, 5, place.by, name="Zoe", status="K", joined=dt.date(2026, 9, 1)).id
        set_groups(db, place.school.id, NOW, {new: 6}, place.by)
    with database.read() as db:
        assert [groups_in(db, place.school.id, year)[new] for year in (LAST, NOW, NOW + 1)] == [4, 6, 7]


def test_the_step_of_the_database_takes_the_year_groups_along_and_back(database: Database) -> None:
    place, ids = _school(database)
    downgrade(database, "0019")
    with database.read() as db:
        rows = db.execute(text("SELECT name, year_group FROM pupil")).all()
    found = {row[0]: row[1] for row in rows}
    assert (found["P0"], found["P1"]) == (4, 5), "in the year of the newest review"
    upgrade(database)
    with database.read() as db:
        assert groups_in(db, place.school.id, NOW)[ids["P0"]] == 4
        assert len(rows_of(db, PupilRow, place.school.id)) == 12
