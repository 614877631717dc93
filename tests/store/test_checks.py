"""Every CHECK of every table is broken once on purpose, and the database names it."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    Date,
    LargeBinary,
    String,
    Table,
    insert,
    literal,
    null,
    update,
)
from sqlalchemy.exc import IntegrityError

from vfm.costing.intervention import TimeKind
from vfm.store.columns import Moment
from vfm.store.engine import Database
from vfm.store.everything import metadata

NOW = dt.datetime(2027, 1, 15, tzinfo=dt.UTC)
EARLY, LATE = literal(dt.date(2026, 9, 1), Date), literal(dt.date(2026, 9, 2), Date)
Row = dict[str, Any]
AGENCY: Row = {"kind": "agency", "role_id": None, "staff_id": None}

BROKEN: dict[str, list[Row]] = {
    "ck_membership_role_known": [{"role": "?"}, {"role": ""}],
    "ck_school_ages": [
        {"lowest_age": -1},
        {"highest_age": 26},
        {"lowest_age": 26, "highest_age": 26},
        {"lowest_age": 11, "highest_age": 10},
    ],
    "ck_membership_place_fits_role": [
        {"role": "administrator", "school_id": 1, "authority_id": None},
        {"role": "administrator", "school_id": None, "authority_id": 1},
        {"role": "adviser", "school_id": None, "authority_id": None},
        {"role": "adviser", "school_id": 1, "authority_id": 1},
        {"role": "senco", "school_id": None, "authority_id": None},
        {"role": "teacher", "school_id": 1, "authority_id": 1},
    ],
    "ck_calendar_confirmed_whole": [{"confirmed_by": 1}, {"confirmed_by": None, "confirmed_at": NOW}],
    "ck_closed_days_dates_in_order": [{"first_day": LATE, "last_day": EARLY}],
    "ck_bridge_entry_sign_fits_heading": [{"heading": "recoveries", "amount": -1}, {"heading": "cover", "amount": -1}],
    "ck_term_dates_in_order": [{"first_day": LATE, "last_day": EARLY}],
    "ck_income_dates_in_order": [{"starts": LATE, "ends": EARLY}],
    "ck_income_profile_has_months": [{"profile": "months", "january": None}, {"profile": "months", "january": 0}],
    "ck_cost_dates_in_order": [{"on": LATE, "ends": EARLY}],
    "ck_intervention_days_in_order": [{"starts_on": LATE, "ends_on": EARLY}],
    "ck_takes_part_days_in_order": [{"joined": LATE, "left": EARLY}],
    "ck_pupil_days_in_order": [{"joined": LATE, "left": EARLY}],
    "ck_waiting_days_in_order": [{"since": LATE, "until": EARLY}],
    "ck_giver_price_if_agency": [{"kind": "staff", "role_id": 1, "per_hour": 1}],
    "ck_giver_per_hour_range": [AGENCY | {"per_hour": -1}, AGENCY | {"per_hour": 1_000_000_001}],
    "ck_giver_person_if_staff": [AGENCY | {"staff_id": 1}],
    "ck_giver_kind_known": [
        {"kind": "?", "role_id": None, "staff_id": None},
        {"kind": "", "role_id": None, "staff_id": None},
    ],
    "ck_giver_role_if_staff": [{"kind": "staff", "role_id": None}, {"kind": "agency", "role_id": 1, "staff_id": None}],
    "ck_not_accepted_time_kind_known": [{"time_kind": "?", "role_id": None}, {"time_kind": "", "role_id": None}],
    "ck_not_accepted_kind_or_role": [
        {"time_kind": None, "role_id": None},
        {"time_kind": "lunchtime", "role_id": 1},
    ],
    "ck_intervention_group_with_sen_range": [
        {"group_size": 3, "group_with_sen": 4},
        {"group_size": 3, "group_with_sen": -1},
    ],
    "ck_lesson_of_group_or_pupil": [{"year_group": 1, "pupil_id": 1}, {"year_group": None, "pupil_id": None}],
    "ck_lesson_times_in_order": [{"starts": 5, "ends": 5}, {"starts": 0, "ends": 0}, {"ends": 1440}],
}
FITTING: dict[str, list[Row]] = {
    "ck_membership_role_known": [{"role": "teacher"}, {"role": "governor"}, {"role": "leadership"}],
    "ck_school_ages": [{"lowest_age": 0, "highest_age": 25}, {"lowest_age": 11, "highest_age": 11}],
    "ck_membership_place_fits_role": [
        {"role": "administrator", "school_id": None, "authority_id": None},
        {"role": "adviser", "school_id": None, "authority_id": 1},
        {"role": "senco", "school_id": 1, "authority_id": None},
    ],
    "ck_calendar_confirmed_whole": [{"confirmed_by": None}, {"confirmed_by": 1, "confirmed_at": NOW}],
    "ck_closed_days_dates_in_order": [{"first_day": EARLY, "last_day": EARLY}],
    "ck_bridge_entry_sign_fits_heading": [{"heading": "rates", "amount": -1}, {"heading": "cover", "amount": 0}],
    "ck_term_dates_in_order": [{"first_day": EARLY, "last_day": LATE}],
    "ck_income_dates_in_order": [{"starts": EARLY, "ends": EARLY}, {"starts": LATE, "ends": None}],
    "ck_income_profile_has_months": [
        {"profile": "evenly", "january": None},
        {"profile": "months", "december": 1},
        {"profile": "months", "january": 1, "december": None},
    ],
    "ck_cost_dates_in_order": [{"on": EARLY, "ends": EARLY}, {"on": None, "ends": EARLY}],
    "ck_intervention_days_in_order": [{"starts_on": EARLY, "ends_on": EARLY}, {"starts_on": None, "ends_on": EARLY}],
    "ck_takes_part_days_in_order": [{"joined": EARLY, "left": EARLY}, {"joined": LATE, "left": None}],
    "ck_pupil_days_in_order": [{"joined": EARLY, "left": EARLY}, {"joined": LATE, "left": None}],
    "ck_waiting_days_in_order": [{"since": EARLY, "until": EARLY}, {"since": LATE, "until": None}],
    "ck_giver_price_if_agency": [AGENCY | {"per_hour": 1}],
    "ck_giver_per_hour_range": [AGENCY | {"per_hour": 0}, AGENCY | {"per_hour": 1_000_000_000}],
    "ck_giver_person_if_staff": [{"kind": "staff", "role_id": 1, "per_hour": None, "staff_id": 1}],
    "ck_giver_kind_known": [
        AGENCY | {"kind": kind, "per_hour": None} for kind in ("agency", "volunteer", "other-pupil")
    ],
    "ck_giver_role_if_staff": [{"kind": "staff", "role_id": 1, "per_hour": None}, AGENCY],
    "ck_not_accepted_time_kind_known": [{"time_kind": kind, "role_id": None} for kind in map(str, TimeKind)],
    "ck_not_accepted_kind_or_role": [{"time_kind": "lunchtime", "role_id": None}, {"time_kind": None, "role_id": 1}],
    "ck_intervention_group_with_sen_range": [{"group_size": 3, "group_with_sen": 3}],
    "ck_lesson_of_group_or_pupil": [{"year_group": None, "pupil_id": 1}, {"year_group": 1, "pupil_id": None}],
    "ck_lesson_times_in_order": [{"starts": 0, "ends": 1}, {"starts": 1438, "ends": 1439}],
}
"""What CHECKs over several columns refuse, and what they let through beside it; the others can be read."""
EXACT: dict[str, Row] = {
    "income": {"january": 1},
    "membership": {"role": "senco", "authority_id": None},
    "school": {"highest_age": 11},
    "calendar": {"confirmed_by": None},
    "not_accepted": {"role_id": None},
    "lesson": {"pupil_id": None, "year_group": 1, "ends": 1439},
}
"""What a row needs besides, to be whole."""


def checks_of(table: Table) -> list[CheckConstraint]:
    found = [each for each in table.constraints if isinstance(each, CheckConstraint)]
    return sorted(found, key=lambda each: str(each.name))


def refused(check: CheckConstraint) -> Iterator[Row]:
    """Values that a CHECK must refuse, one step beyond it."""
    if str(check.name) in BROKEN:
        yield from BROKEN[str(check.name)]
    elif found := re.fullmatch(r"(\w+) BETWEEN (-?\d+) AND (\d+)", str(check.sqltext)):
        for bound in (int(found[2]) - 1, int(found[3]) + 1):
            yield {found[1]: bound}
    elif found := re.fullmatch(r"(\w+) IN \(.+\)", str(check.sqltext)):
        yield {found[1]: "?"}
        yield {found[1]: ""}


def let_through(check: CheckConstraint) -> Iterator[Row]:
    """Values at the edge of a CHECK, which it must take, nothing among them where nothing may stand."""
    if str(check.name) in FITTING:
        yield from FITTING[str(check.name)]
    elif found := re.fullmatch(r"(\w+) BETWEEN (-?\d+) AND (\d+)", str(check.sqltext)):
        yield {found[1]: int(found[2])}
        yield {found[1]: int(found[3])}
    elif found := re.fullmatch(r"(\w+) IN \((.+)\)", str(check.sqltext)):
        yield from ({found[1]: value} for value in re.findall(r"'([^']*)'", found[2]))


def raw(row: Row) -> Row:
    """Whole numbers go in as they stand in the column, past the types that would refuse them first."""
    kinds = {int: BigInteger, str: String}
    return {
        name: null() if value is None else literal(value, kinds[type(value)]) if type(value) in kinds else value
        for name, value in row.items()
    }


def valid(table: Table, identity: int) -> Row:
    """A row with everything that must be there, pointing at row 1 of every table it refers to."""
    words = {str(check.sqltext).split()[0]: check for check in checks_of(table) if " IN (" in str(check.sqltext)}
    row = {column.name: _any(column, identity) for column in table.columns if not column.nullable}
    row |= {column.name: 1 for column in table.columns if _refers(column)}
    for name, check in words.items():
        row[name] = re.findall(r"'([^']*)'", str(check.sqltext))[0]
    return row | EXACT.get(table.name, {})


def _refers(column: Column[Any]) -> bool:
    return bool(column.foreign_keys) and column.name not in ("assigned_to", "asked_of")


def _any(column: Column[Any], identity: int) -> Any:
    kind = column.type
    if column.name == "id":
        return identity
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, Date):
        return EARLY
    if isinstance(kind, Moment):
        return NOW
    if isinstance(kind, Date):
        return EARLY
    if isinstance(kind, LargeBinary):
        return str(identity).encode()
    if isinstance(kind, String):
        return str(identity)
    return {} if kind.__class__.__name__ == "JSON" else literal(1, BigInteger)


def put(connection: Connection, table: Table, row: Row) -> None:
    connection.execute(insert(table).values(raw(row)))


def fill(connection: Connection) -> None:
    """Row 1 of every table."""
    for table in metadata.sorted_tables:
        put(connection, table, valid(table, 1))


EVERY = [(table, check) for table in metadata.sorted_tables for check in checks_of(table)]


def test_what_a_check_forbids_is_refused_by_its_name(database: Database) -> None:
    with database.engine.begin() as connection:
        fill(connection)
        for table, check in EVERY:
            tried = list(refused(check))
            assert tried, f"nobody has said what {check.name} refuses"
            for values in tried:
                with pytest.raises(IntegrityError, match=rf"\b{check.name}\b"), connection.begin_nested():
                    put(connection, table, valid(table, 2) | values)


def test_what_stands_at_the_edge_of_a_check_is_taken(database: Database) -> None:
    with database.engine.begin() as connection:
        fill(connection)
        for table, check in EVERY:
            tried = list(let_through(check))
            assert tried, f"nobody has said what {check.name} takes"
            for values in tried:
                connection.execute(update(table).where(table.c.id == 1).values(raw(values)))


def test_every_check_is_looked_at() -> None:
    names = [str(check.name) for _, check in EVERY]
    assert len(names) >= 70
    assert len(set(names)) == len(names)
    assert set(BROKEN) == set(FITTING) <= set(names)
