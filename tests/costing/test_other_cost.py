import datetime as dt
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from vfm.costing.calendar import AcademicYear
from vfm.costing.other_cost import CostKind, OtherCost


def days(year: int) -> tuple[dt.date, dt.date]:
    return AcademicYear(year).first_day, AcademicYear(year).last_day


YEAR_DAYS = days(2026)
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2028, 12, 31))


def test_consumables_count_in_full_in_the_year_that_holds_their_date() -> None:
    bought = OtherCost(CostKind.CONSUMABLES, "Paper", Decimal(50), dt.date(2027, 8, 31))
    assert [bought.counted(*YEAR_DAYS), bought.counted(*days(2027)), bought.a_year] == [5000, 0, 5000]


def test_a_licence_counts_by_the_days_of_cover() -> None:
    licence = OtherCost(CostKind.LICENCE, "Lexia", Decimal(365), dt.date(2027, 6, 1))
    assert licence.counted(*YEAR_DAYS) == Fraction(36500 * 92, 366)
    short = OtherCost(CostKind.LICENCE, "Lexia", Decimal(365), dt.date(2026, 9, 1), dt.date(2026, 12, 31))
    assert short.counted(*YEAR_DAYS) == 12200


def test_equipment_bought_on_1_september_costs_its_price_over_its_years_each_year() -> None:
    table = OtherCost(CostKind.EQUIPMENT, "Table", Decimal(300), dt.date(2026, 9, 1), years=3)
    assert [table.counted(*days(y)) for y in (2025, 2026, 2027, 2028, 2029)] == [0, 10000, 10000, 10000, 0]
    assert table.a_year == 10000


def test_training_is_spread_over_three_years_and_the_interventions_it_serves() -> None:
    assert OtherCost(CostKind.TRAINING, "Course", Decimal(900), served=2).a_year == 15000


@given(DAYS, st.sampled_from([CostKind.EQUIPMENT, CostKind.TRAINING, CostKind.LICENCE]), st.integers(1, 4))
def test_what_is_spread_comes_to_its_price_over_the_years(day: dt.date, kind: CostKind, years: int) -> None:
    cost = OtherCost(kind, "Thing", Decimal("100.01"), day, years=years)
    assert sum(cost.counted(*days(y)) for y in range(2023, 2036)) == 10001


@given(DAYS, st.sampled_from([Decimal("0.5"), Decimal("2.5"), Decimal("3.25")]))
def test_a_part_of_a_year_of_life_loses_no_penny(day: dt.date, years: Decimal) -> None:
    cost = OtherCost(CostKind.EQUIPMENT, "Thing", Decimal("100.01"), day, years=years)
    assert sum(cost.counted(*days(y)) for y in range(2023, 2036)) == 10001
