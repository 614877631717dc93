from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select
from sqlalchemy.exc import StatementError

from tests.store.school import make_place
from vfm.money import LARGEST
from vfm.store.accounts import SchoolRow
from vfm.store.engine import Database
from vfm.store.funds import LedgerRow
from vfm.store.provision import FundingRow, InterventionRow
from vfm.store.rows import add_row

amounts = st.lists(st.decimals(-LARGEST, LARGEST, places=2), min_size=1, max_size=30)


def ledger(database: Database, *values: Decimal) -> int:
    """Ledger lines of these amounts at a new school; its id."""
    place = make_place(database)
    with database.write.begin() as db:
        for value in values:
            db.add(LedgerRow(school_id=place.school.id, year=2026, name="Line", amount=value))
    return place.school.id


def total(database: Database, school: int) -> Decimal | None:
    with database.read() as db:
        return db.scalar(select(func.sum(LedgerRow.amount)).where(LedgerRow.school_id == school))


def test_ten_times_ten_pence_is_a_pound_and_not_nearly_one(database: Database) -> None:
    assert total(database, ledger(database, *[Decimal("0.10")] * 10)) == Decimal("1.00")


def test_the_largest_amounts_add_up_to_the_penny(database: Database) -> None:
    school = ledger(database, *[LARGEST] * 500, Decimal("0.01"), -LARGEST)
    assert total(database, school) == LARGEST * 499 + Decimal("0.01")


def test_a_sum_is_a_decimal_and_of_nothing_it_is_nothing(database: Database) -> None:
    school = ledger(database, Decimal("1234.50"))
    assert type(total(database, school)) is Decimal
    assert str(total(database, school)) == "1234.50"
    assert total(database, school + 1) is None


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(amounts)
def test_whatever_is_kept_comes_back_and_adds_up_exactly(database: Database, values: list[Decimal]) -> None:
    with database.write.begin() as db:
        school = db.scalar(select(SchoolRow.id))
    school = school or ledger(database)
    with database.write.begin() as db:
        db.execute(delete(LedgerRow))
        db.add_all(LedgerRow(school_id=school, year=2026, name="Line", amount=value) for value in values)
    with database.read() as db:
        kept = db.scalars(select(LedgerRow.amount)).all()
    assert sorted(kept) == sorted(values)
    assert total(database, school) == sum(values)


def test_money_is_compared_by_its_value(database: Database) -> None:
    school = ledger(database, Decimal("9.99"), Decimal("10.00"), Decimal("10.01"))
    with database.read() as db:
        above = db.scalars(
            select(LedgerRow.amount).where(LedgerRow.school_id == school, LedgerRow.amount > Decimal("10"))
        ).all()
    assert above == [Decimal("10.01")]


@pytest.mark.parametrize("wrong", [Decimal("0.001"), 1.1, 1, "1"])
def test_what_is_not_pounds_and_pence_never_reaches_the_column(database: Database, wrong: object) -> None:
    with pytest.raises(StatementError):
        ledger(database, wrong)  # type: ignore[arg-type]


def test_a_rate_keeps_four_decimals_and_refuses_a_fifth(database: Database) -> None:
    place = make_place(database)
    school = place.school.id
    with database.write.begin() as db:
        it = add_row(db, InterventionRow, school, place.by, "it", year=2026, name="Reading", tier="targeted")
        row = add_row(
            db, FundingRow, school, place.by, "f", intervention_id=it.id, source="IMF", percent=Decimal("33.3333")
        )
        db.refresh(row)
        assert row.percent == Decimal("33.3333")
    with pytest.raises(StatementError), database.write.begin() as db:
        add_row(db, FundingRow, school, place.by, "f", intervention_id=it.id, source="PP", percent=Decimal("33.33333"))
