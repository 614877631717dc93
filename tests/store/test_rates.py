"""Dated rates as they come out of the store, and what pay awards do to a map."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.store.school import Place, make_place
from tests.world import YEAR
from vfm.costing.calendar import AcademicYear
from vfm.costing.rates import RateBook
from vfm.questions.bank import Bank
from vfm.store.calendar import calendar_of
from vfm.store.cases import case_of
from vfm.store.costed import map_of
from vfm.store.engine import Database
from vfm.store.provision import GiverRow, InterventionRow
from vfm.store.rows import add_row
from vfm.store.staff import RateRow, StaffRoleRow, StaffRow, rate_book
from vfm.store.upgrading import downgrade, upgrade

NEW_YEAR, NI_CHANGES = dt.date(2027, 1, 1), dt.date(2025, 4, 6)
PAY = {
    "weekly_hours": Decimal(25), "salary": Decimal("25583.00"), "full_time_hours": Decimal(37),
    "paid_weeks": Decimal("44.6"), "pension_percent": Decimal(21),
}  # fmt: skip
NO_QUESTIONS = Bank(())


def add_role(db: Session, place: Place, *rates: dict[str, Any], paid: int = 0) -> int:
    role = add_row(db, StaffRoleRow, place.school.id, place.by, "role", name="TA")
    for rate in rates:
        given = {"card": "actual", "method": "stated", "estimated": False} | rate
        add_row(db, RateRow, place.school.id, place.by, "rate", role_id=role.id, **given)
    for number in range(paid):
        add_row(db, StaffRow, place.school.id, place.by, "person", name=f"Person {number}", role_id=role.id, **PAY)
    return role.id


def book_of(db: Session, place: Place, year: int = YEAR) -> RateBook:
    return rate_book(db, place.school.id, calendar_of(db, place.school.id, AcademicYear(year)))


def hour_a_week(db: Session, place: Place, role: int) -> None:
    row = add_row(
        db, InterventionRow, place.school.id, place.by, "it", year=YEAR, name="Reading", tier="targeted",
        minutes=Decimal(60), sessions_a_week=Decimal(1), weeks=Decimal(38), group_size=4,
    )  # fmt: skip
    giver = {"intervention_id": row.id, "kind": "staff", "role_id": role, "number": Decimal(1)}
    add_row(db, GiverRow, place.school.id, place.by, "giver", **giver)


def test_a_role_has_one_rate_since_ever_on_each_card(database: Database) -> None:
    place, rate = make_place(database), {"per_hour": Decimal(20)}
    with database.write.begin() as db:
        add_role(db, place, rate, rate | {"card": "authority"}, rate | {"starts": NEW_YEAR})
    with pytest.raises(IntegrityError), database.write.begin() as db:
        role = db.scalars(select(StaffRoleRow.id)).one()
        again = rate | {"role_id": role, "card": "actual", "method": "stated"}
        add_row(db, RateRow, place.school.id, place.by, "rate", **again)


def test_of_rates_since_ever_that_were_made_twice_the_first_stays(database: Database) -> None:
    place = make_place(database)
    downgrade(database, "0010")
    with database.write.begin() as db:
        rates: list[dict[str, Any]] = [
            {"per_hour": Decimal(20)},
            {"per_hour": Decimal(21)},
            {"per_hour": Decimal(22), "starts": NEW_YEAR},
        ]
        add_role(db, place, *rates, {"per_hour": Decimal(23), "card": "authority"})
    upgrade(database)
    with database.read() as db:
        assert set(db.scalars(select(RateRow.per_hour))) == {20, 22, 23}


def test_a_dated_rate_holds_from_its_day(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        add_role(db, place, {"per_hour": Decimal(20)}, {"per_hour": Decimal(22), "starts": NEW_YEAR})
        card = book_of(db, place).actual
    rates = [card.find("TA", day) for day in (dt.date(2026, 12, 31), NEW_YEAR, None)]
    assert [rate.method.per_hour for rate in rates if rate] == [2000, 2200, 2200]


def test_a_rate_from_pay_ends_where_the_next_begins_though_ni_changes_later(database: Database) -> None:
    place = make_place(database)
    january = dt.date(2025, 1, 1)
    with database.write.begin() as db:
        stated = {"per_hour": Decimal(22), "starts": january}
        add_role(db, place, {"method": "from-pay"}, stated, paid=3)
        card = book_of(db, place, 2024).actual
    assert [row.starts for row in card.roles] == [None, january]
    last = card.find("TA", dt.date(2025, 8, 31))
    assert last is not None
    assert last.method.per_hour == 2200


def test_two_rates_from_pay_change_with_ni_once(database: Database) -> None:
    place = make_place(database)
    january = dt.date(2025, 1, 1)
    with database.write.begin() as db:
        award = {"method": "from-pay", "starts": january, "award": True, "award_percent": Decimal(3)}
        add_role(db, place, {"method": "from-pay"}, award, paid=3)
        card = book_of(db, place, 2024).actual
    assert [(row.starts, row.award) for row in card.roles] == [(None, False), (january, True), (NI_CHANGES, True)]


def test_an_award_in_percent_is_on_top_of_the_pay_that_was_entered(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        award = {"method": "from-pay", "starts": NEW_YEAR, "award": True, "award_percent": Decimal(10)}
        add_role(db, place, {"method": "from-pay"}, award, paid=3)
        old, new = (row.method.per_hour for row in book_of(db, place).actual.roles)
    assert [round(float(old)), round(float(new))] == [2038, 2249]


def test_the_effect_of_an_award_is_told_to_whoever_may_see_its_rates(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        new = {"per_hour": Decimal(21), "starts": NEW_YEAR, "award": True, "people": 2, "estimated": True}
        theirs = {"card": "authority", "per_hour": Decimal(15)}
        hour_a_week(db, place, add_role(db, place, {"per_hour": Decimal(20), "people": 2}, new, theirs))
        case = case_of(db, place.review, NO_QUESTIONS, leadership=True)
        assert case.awards is not None
        assert case.awards.effect == case.map.total - 2000 * 38 > 0
        assert case.awards.estimated
        assert case_of(db, place.review, NO_QUESTIONS).awards is None
        assert map_of(db, place.review).total == 1500 * 38
        assert map_of(db, place.review, leadership=True).total == case.map.total
