"""The made-up schools: rich enough that everything can be seen, and made through the same functions as the site's own."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask_security import hash_password
from sqlalchemy import inspect, select

from tests.conftest import SECRET
from tests.world import Visitor
from vfm.app import create_app
from vfm.config import Config
from vfm.costing.calendar import AcademicYear
from vfm.demo.schools import PASSWORD, fill, submit_finished
from vfm.plan.proposals import proposals
from vfm.stages import STAGES, findings_of
from vfm.stages.noticing import PATTERNS
from vfm.stages.stage import Case
from vfm.store.accounts import SchoolRow
from vfm.store.calendar import calendar_of, calendar_row
from vfm.store.cases import case_of
from vfm.store.everything import metadata
from vfm.store.programmes import ProgrammeRow
from vfm.store.provision import InterventionRow
from vfm.store.pupils import PupilRow
from vfm.store.reviews import AnswerRow, ReviewRow
from vfm.store.upgrading import downgrade, upgrade
from vfm.web.bank import bank

pytestmark = pytest.mark.slow
NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Made:
    """The site with the made-up schools, and the case of each review by school and year."""

    app: Flask
    cases: dict[tuple[str, int], Case]


@pytest.fixture
def made(database_url: str) -> Iterator[Made]:
    app = create_app(Config(database_url=database_url, secret=SECRET, cheap_hashes=True))
    with app.test_request_context(), app.extensions["vfm_database"].write.begin() as db:
        people = fill(db, bank(), lambda word: str(hash_password(word)), NOW)
        submit_finished(db, bank(), people, NOW)
    with app.test_request_context(), app.extensions["vfm_database"].read() as db:
        schools = {school.id: school.slug for school in db.scalars(select(SchoolRow))}
        reviews = list(db.scalars(select(ReviewRow)))
        cases = {(schools[r.school_id], r.year): case_of(db, r, bank(), today=NOW.date()) for r in reviews}
    yield Made(app, cases)
    app.extensions["vfm_database"].close()


def test_every_rule_fires_in_some_school(made: Made) -> None:
    fired = {finding.rule for case in made.cases.values() for finding in findings_of(case)}
    series = {rule for rule in fired if rule.startswith("variance-")}
    patterns = [pattern for look in PATTERNS.values() for pattern in look]
    looked = {pattern.finding for pattern in patterns}
    own = {pattern.rule for pattern in patterns if pattern.rule}
    every = {rule.__name__ for stage in STAGES for rule in stage.rules}
    assert looked - fired == set(), "a pattern that nothing in the made-up schools shows"
    assert len(fired - series - looked) == len(every) - len(own), (fired, every)
    assert sum(len(stage.series) for stage in STAGES) == 1 + len(PATTERNS), (
        "the variances and the looks at the map, whose rules are told by their first word"
    )


def test_the_primarys_financial_year_crosses_two_maps_and_shows_everything_that_monitoring_can(made: Made) -> None:
    case = made.cases["larkfield-primary-school", 2026]
    report = case.monitoring
    assert report is not None
    assert [report.period.dates, report.unmapped] == ["1 April 2026 to 31 March 2027", ()]
    assert len({report.original, report.revised, report.expected}) == 3, "all three amounts differ"
    assert any(line.until for line in case.income), "a pupil with top-up left in the year"
    assert any(line.months for line in case.income) and not all(line.months for line in case.income)
    beyond = {each.key for each in report.variances if each.beyond}
    noted = set(case.variance_notes)
    assert noted == {"to-date", "year-end", "income:top-up"} < beyond, "one is left without its reason"
    assert report.printed_left is not None
    rules = {each.rule for each in findings_of(case)}
    assert {f"variance-2026-{key.replace(':', '-')}" for key in beyond} <= rules


def test_there_are_four_schools_and_a_register_worth_the_name(made: Made) -> None:
    with made.app.extensions["vfm_database"].read() as db:
        schools = {school.id: school for school in db.scalars(select(SchoolRow))}
        primary = next(school for school in schools.values() if school.name.startswith("Larkfield"))
        pupils = list(db.scalars(select(PupilRow).where(PupilRow.school_id == primary.id)))
        interventions = list(db.scalars(select(InterventionRow).where(InterventionRow.school_id == primary.id)))
        notes = [note for note in db.scalars(select(AnswerRow.note)) if note]
    assert len(schools) == 4
    assert len(pupils) == len({pupil.name for pupil in pupils}) == 54
    assert 47 <= len(interventions) <= 60
    assert len(notes) > 150
    assert len(notes) == len(set(notes)), "no two notes alike"


def test_the_calendars_are_confirmed_with_days_of_its_own_confirmed_copied_and_not_there(made: Made) -> None:
    year = AcademicYear(2026)
    with made.app.extensions["vfm_database"].read() as db:
        found = {}
        for school in db.scalars(select(SchoolRow)):
            calendar = calendar_of(db, school.id, year)
            begun = calendar_row(db, school.id, year) is not None
            found[school.name.split()[0]] = (
                begun,
                calendar.typical,
                len(calendar.pupil_days),
                len(calendar.inset_days),
            )
    assert found == {
        "Larkfield": (True, False, 188, 6),
        "St": (True, False, 190, 5),
        "Ashdown": (True, True, 190, 5),
        "The": (False, True, 190, 5),
    }


def test_every_action_leads_to_a_page_that_is_there(made: Made) -> None:
    from vfm.web.leads import address_of  # noqa: PLC0415

    head = Visitor(made.app)
    head.send("/account/sign-in", email="head@demo.example", password=PASSWORD)
    case = made.cases["larkfield-primary-school", 2026]
    found = proposals(case.bank, case.school, case.answers, findings_of(case), NOW.date())
    leads = {line.leads_to for proposal in found for line in proposal.source.lines}
    assert len(leads) > 20
    for lead in sorted(leads):
        with made.app.test_request_context(f"/school/larkfield-primary-school/{case.year.start}/plan/"):
            made.app.preprocess_request()
            address = address_of(lead, case.year.start)
        assert head.get(address).status_code == 200, lead


def test_another_seed_makes_other_people(made: Made, tmp_path: Path) -> None:
    names = {pupil.name for pupil in made.cases["larkfield-primary-school", 2026].pupils.values()}
    app = create_app(Config(database_url=f"sqlite:///{tmp_path / 'other.sqlite'}", secret=SECRET, cheap_hashes=True))
    upgrade(app.extensions["vfm_database"])
    with app.test_request_context(), app.extensions["vfm_database"].write.begin() as db:
        fill(db, bank(), lambda word: str(hash_password(word)), NOW, seed=7)
        others = set(db.scalars(select(PupilRow.name)))
    app.extensions["vfm_database"].close()
    assert len(names - others) > 20


def test_all_of_it_survives_the_programmes_going_down_to_text_and_up_again(made: Made) -> None:
    database = made.app.extensions["vfm_database"]

    def names() -> list[object]:
        query = select(InterventionRow.id, ProgrammeRow.name).join(
            ProgrammeRow,
            (ProgrammeRow.school_id == InterventionRow.school_id) & (ProgrammeRow.id == InterventionRow.programme_id),
        )
        with database.engine.connect() as connection:
            return sorted(connection.execute(query).all())

    def everything() -> dict[str, list[dict[str, object]]]:
        with database.engine.connect() as connection:
            return {
                table.name: sorted((dict(row._mapping) for row in connection.execute(select(table))), key=str)
                for table in metadata.sorted_tables
            }

    before, named = everything(), names()
    assert len(named) > 40
    downgrade(database, "0005")
    found = inspect(database.engine)
    # What later steps brought goes with them; whatever stood there before must be as it was.
    there = {name: {each["name"] for each in found.get_columns(name)} for name in found.get_table_names()}
    upgrade(database)
    assert names() == named
    after = everything()
    kept = [name for name in before if name in there]
    assert len(kept) > 20
    for name in kept:
        old, new = (
            sorted(({k: v for k, v in row.items() if k in there[name]} for row in rows[name]), key=str)
            for rows in (before, after)
        )
        assert new == old, name
