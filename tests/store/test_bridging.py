"""What explains the difference between map and ledger is kept, and the bridge is built from it."""

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.stages.cases import BANK
from tests.store.school import Place, make_place
from tests.world import PROFILE
from vfm.costing.bridge import Bridge
from vfm.store.accounts import SchoolRow, add_school
from vfm.store.bridging import BridgeEntryRow, TimeNotTiedRow, bridge_of, times_of, year_of_ledger
from vfm.store.cases import case_of
from vfm.store.engine import Database
from vfm.store.funds import LedgerRow
from vfm.store.provision import GiverRow, InterventionRow
from vfm.store.rows import add_row, remove_row, row_of
from vfm.store.staff import RateRow, StaffRoleRow

TIME = {"kind": "senco", "name": "One day a week", "hours": Decimal(190), "sen_share": Decimal(100)}
ENTRY = {"heading": "cover", "name": "Agency", "amount": Decimal(500), "ground": "Invoices", "set_by": "Office"}


def role(db: Session, place: Place, name: str, rate: str, *, people: int | None = None, authority: str = "") -> int:
    """A role with a rate of its own, and one of the authority's where it is said."""
    made = add_row(db, StaffRoleRow, place.school.id, place.by, "role", name=name)
    for card, price, heads in (("actual", rate, people), ("authority", authority, None)):
        if price:
            add_row(
                db, RateRow, place.school.id, place.by, "rate", role_id=made.id, card=card, method="stated",
                per_hour=Decimal(price), people=heads, estimated=False,
            )  # fmt: skip
    return made.id


def reading(db: Session, place: Place, role_id: int, year: int) -> None:
    """An hour a week over 38 weeks, for a group of four with SEN."""
    row = add_row(
        db, InterventionRow, place.school.id, place.by, "it", year=year, name="Reading", tier="targeted",
        minutes=Decimal(60), sessions_a_week=Decimal(1), weeks=Decimal(38), group_size=4, group_with_sen=4,
    )  # fmt: skip
    add_row(
        db, GiverRow, place.school.id, place.by, "who", intervention_id=row.id, kind="staff", role_id=role_id,
        number=Decimal(1),
    )  # fmt: skip


def put(db: Session, place: Place, table: type, **values: object) -> int:
    return int(add_row(db, table, place.school.id, place.by, "a row", **({"year": 2026} | values)).id)


def ledger(db: Session, place: Place, share: str | None = "50", year: int = 2026) -> None:
    put(
        db, place, LedgerRow, year=year, name="Support staff", amount=Decimal(20000), sen_share=share and Decimal(share)
    )


def filled(database: Database) -> Place:
    """A maintained school with a map in both academic years, time, a typed line, and a ledger."""
    place = make_place(database)
    with database.write.begin() as db:
        ta = role(db, place, "TA", "20")
        for year in (2025, 2026):
            reading(db, place, ta, year)
        put(db, place, TimeNotTiedRow, role_id=ta, **TIME)
        put(db, place, BridgeEntryRow, **ENTRY)
        put(db, place, BridgeEntryRow, **(ENTRY | {"year": 2025, "amount": Decimal(9999)}))
        ledger(db, place)
    return place


def read(database: Database, place: Place, *, leadership: bool = False) -> Bridge:
    with database.read() as db:
        return bridge_of(db, place.review, leadership=leadership)


def test_a_maintained_schools_bridge_takes_both_maps_that_its_financial_year_touches(database: Database) -> None:
    found = read(database, filled(database))
    assert (found.period.first, found.period.last) == (dt.date(2026, 4, 1), dt.date(2027, 3, 31))
    amounts = {line.key: line.amount for line in found.telling}
    assert set(amounts) == {"map", "period", "time:senco", "cover"}
    assert [amounts["map"], amounts["time:senco"], amounts["cover"], found.ledger] == [76000, 380000, 50000, 1000000]
    assert 0 < amounts["map"] + amounts["period"] < 2 * 76000
    assert abs(amounts["period"]) < 10000, "two like years differ by a few sessions only"
    assert [found.without_map, found.compared] == [(), True]


def test_an_academys_financial_year_is_its_academic_year_and_needs_one_map(database: Database) -> None:
    place = filled(database)
    with database.write.begin() as db:
        db.get_one(SchoolRow, place.school.id).academy = True
    found = read(database, place)
    assert (found.period.first, found.period.last) == (dt.date(2026, 9, 1), dt.date(2027, 8, 31))
    assert {line.key for line in found.telling} == {"map", "time:senco", "cover"}


def test_a_year_of_which_no_map_was_entered_is_named(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        reading(db, place, role(db, place, "TA", "20"), 2026)
        ledger(db, place)
    days = [(each.first, each.last) for each in read(database, place).without_map]
    assert days == [(dt.date(2026, 4, 1), dt.date(2026, 8, 31))]


def test_the_case_carries_the_bridge_where_there_is_a_ledger_to_compare_with(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        ledger(db, place, None)
    with database.read() as db:
        assert case_of(db, place.review, BANK).bridge is None
    with database.write.begin() as db:
        ledger(db, place, "0")
    with database.read() as db:
        case = case_of(db, place.review, BANK)
        assert case.bridge == bridge_of(db, place.review)


def test_only_leadership_is_given_what_one_persons_rate_makes_of_the_hours(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        senco = role(db, place, "SENCO", "51", people=1, authority="45")
        put(db, place, TimeNotTiedRow, role_id=senco, **(TIME | {"hours": Decimal(10)}))
        ledger(db, place)
    head, others = (read(database, place, leadership=who) for who in (True, False))
    assert [head.telling[0].amount, others.telling[0].amount] == [51000, 45000]
    assert [head.substitute, others.substitute] == [False, True]
    with database.read() as db:
        cases = [case_of(db, place.review, BANK, leadership=who).bridge for who in (True, False)]
        assert cases == [head, others]


def test_the_bridge_is_read_with_the_same_number_of_selects_however_much_is_in_it(database: Database) -> None:
    place = filled(database)
    said: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    read(database, place)
    few = len(said)
    with database.write.begin() as db:
        for number in range(6):
            ta = role(db, place, f"Role {number}", "20")
            reading(db, place, ta, 2025 + number % 2)
            put(db, place, TimeNotTiedRow, role_id=ta, **TIME)
            put(db, place, BridgeEntryRow, **ENTRY)
    said.clear()
    read(database, place)
    assert len(said) == few


def test_what_is_entered_counts_in_that_school_alone(database: Database) -> None:
    place = filled(database)
    with database.write.begin() as db:
        neighbour = add_school(db, place.school.authority_id, **(PROFILE | {"name": "Next door"}))
        add_row(db, BridgeEntryRow, neighbour.id, place.by, "x", **(ENTRY | {"year": 2026}))
    assert {line.key: line.amount for line in read(database, place).telling}["cover"] == 50000


def test_a_role_with_time_on_it_cannot_go_before_its_time(database: Database) -> None:
    place = filled(database)
    with database.write.begin() as db:
        made = role(db, place, "Mentor", "20")
        time = put(db, place, TimeNotTiedRow, role_id=made, **TIME)
    with pytest.raises(IntegrityError), database.write.begin() as db:
        row = row_of(db, StaffRoleRow, place.school.id, made)
        assert row is not None
        remove_row(db, row, place.by, "role")
    with database.write.begin() as db:
        for table, identity in ((TimeNotTiedRow, time), (StaffRoleRow, made)):
            found = row_of(db, table, place.school.id, identity)
            assert found is not None
            remove_row(db, found, place.by, "it")


def test_the_year_of_the_ledger_begins_in_the_reviews_first_year(database: Database) -> None:
    place = make_place(database)
    assert year_of_ledger(place.school, 2026).name == "Financial year 2026 to 2027"
    assert year_of_ledger(place.school, 2026).first == dt.date(2026, 4, 1)


def test_what_time_costs_is_worked_out_from_the_rates_alone_and_is_what_the_bridge_says(database: Database) -> None:
    place = filled(database)
    said: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    with database.read() as db:
        costs = times_of(db, db.get_one(SchoolRow, place.school.id), 2026)
    assert [each for each in said if "FROM intervention" in each] == []
    assert costs == read(database, place).times
    assert costs[0].cost == 380000


def test_the_case_reads_each_years_map_once_though_report_and_bridge_both_need_it(database: Database) -> None:
    place = filled(database)
    said: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    with database.read() as db:
        case = case_of(db, place.review, BANK, today=dt.date(2026, 11, 24))
    assert case.bridge is not None and case.monitoring is not None
    assert len([each for each in said if "FROM intervention \n" in each or "FROM intervention\n" in each]) == 2
