"""Erasing pupils changes no figure of any year of a real school, to the penny."""

import datetime as dt
from typing import Any

import pytest
from flask_security import hash_password
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import SECRET
from vfm.app import create_app
from vfm.config import Config
from vfm.costing.calendar import AcademicYear
from vfm.costing.claim import claim
from vfm.demo.schools import fill, submit_finished
from vfm.pupils.cohort import cohort_of
from vfm.stages.noticing import section_f as hours_in
from vfm.store.accounts import Account, SchoolRow
from vfm.store.audit import By
from vfm.store.cases import case_of
from vfm.store.claims import claim_rules_of
from vfm.store.costed import costed_year
from vfm.store.erased import erase, hold
from vfm.store.erasing import look, to_erase
from vfm.store.monitoring import financial_years, monitoring_of
from vfm.store.provision import InterventionRow, TakesPartRow
from vfm.store.pupils import PupilRow, pupils_of
from vfm.store.reviews import ReviewRow, reviews_of
from vfm.value.fairness import divisions, given_in
from vfm.web.bank import bank

pytestmark = pytest.mark.slow
NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)


def figures(db: Session, review: ReviewRow) -> dict[str, Any]:
    """Every figure of a year in which pupils are counted or costed."""
    school, year = db.get_one(SchoolRow, review.school_id), AcademicYear(review.year)
    pupils, found = pupils_of(db, school.id, year.start), dict[str, Any]()
    for leadership in (True, False):
        costed = costed_year(db, school.id, year, pupils, leadership=leadership)
        given = given_in(costed.actual, pupils)
        found |= {
            f"map {leadership}": costed.actual, f"authority {leadership}": costed.authority,
            f"fairness {leadership}": divisions(given),
            f"given {leadership}": [(each.pupil.id, each.pence, each.hours) for each in given],
            f"claims {leadership}": [claim(key, costed.authority, claim_rules_of(db, school.id)) for key in pupils],
        }  # fmt: skip
        for period in financial_years(school, year):
            found[f"monitoring {period} {leadership}"] = monitoring_of(
                db, review, period, NOW.date(), leadership=leadership
            )
    case = case_of(db, review, bank(), leadership=True, today=NOW.date())
    there = [each for each in pupils.values() if each.here_between(year.first_day, year.last_day)]
    found |= {
        "counts": case.counts, "cohort": cohort_of(there), "income": case.income, "awards": case.awards, "bridge": case.bridge,
        "hours": [(each.pupil.id, each.asked, each.planned, each.run) for each in hours_in(case)],
        "taken": case.taken,
    }  # fmt: skip
    return found


def test_every_figure_of_every_year_is_as_it_was(database_url: str) -> None:
    app = create_app(Config(database_url=database_url, secret=SECRET, cheap_hashes=True))
    with app.test_request_context(), app.extensions["vfm_database"].write.begin() as db:
        people = fill(db, bank(), lambda word: str(hash_password(word)), NOW)
        submit_finished(db, bank(), people, NOW)
        school = db.scalars(select(SchoolRow).where(SchoolRow.slug == "larkfield-primary-school")).one()
        reviews = reviews_of(db, school.id)
        ids = _who(db, school.id)
        names = list(db.scalars(select(PupilRow.name).where(PupilRow.id.in_(ids))))
        before = {review.year: figures(db, review) for review in reviews}
        db.expire_all()
        hold(db, school.id)
        seen = look(db, school.id, to_erase(db, school.id, ids))
        erase(db, school.id, seen, [], By(_account(db), NOW))
        db.expire_all()
        after = {review.year: figures(db, review) for review in reviews}
    assert len(ids) > 8 and len(before) > 1
    for year, its in before.items():
        assert its["map True"].interventions, year
        for name, figure in its.items():
            assert after[year][name] == figure, (year, name)
    assert all(name not in str(after) for name in names)
    app.extensions["vfm_database"].close()


def _who(db: Session, school_id: int) -> list[int]:
    """Those who left, have top-up, carry a whole cost, have a percentage of their own or are looked after; then others."""
    pupils = list(db.scalars(select(PupilRow).where(PupilRow.school_id == school_id).order_by(PupilRow.id)))
    parts = list(
        db.scalars(
            select(TakesPartRow)
            .join(InterventionRow, InterventionRow.id == TakesPartRow.intervention_id)
            .where(TakesPartRow.school_id == school_id)
        )
    )
    special = {
        each.pupil_id for each in parts if each.carries_all or each.percent is not None or each.joined or each.left
    }
    found = [each.id for each in pupils if each.left or each.top_up or each.id in special or each.looked_after]
    return (found + [each.id for each in pupils if each.id not in found])[:14]


def _account(db: Session) -> int:
    return int(db.scalars(select(Account.id)).first() or 0)
