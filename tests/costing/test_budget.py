import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.costing.usual import USUAL
from vfm.costing.budget import (
    BudgetView,
    Comparison,
    IncomeKind,
    IncomeLine,
    LedgerLine,
    compare,
    ledger_not_counted,
    ledger_sen,
)
from vfm.costing.calendar import AcademicYear
from vfm.costing.delivery import InTotal
from vfm.costing.intervention import Intervention, Staff
from vfm.costing.provision_map import cost_map
from vfm.costing.rates import RateBook, Stated

YEAR = AcademicYear(2026)
APRIL, MARCH = dt.date(2026, 4, 1), dt.date(2027, 3, 31)


def notional(amount: int = 36500, starts: dt.date | None = APRIL, share: int | None = 100) -> IncomeLine:
    return IncomeLine(IncomeKind.NOTIONAL, "Notional", Decimal(amount), starts, MARCH, share)


def test_income_counts_by_its_days_in_the_academic_year() -> None:
    assert notional().counted(YEAR) == 2120000
    assert notional(share=50).counted(YEAR) == 1060000


def test_income_without_a_share_or_dates_is_its_own_sum_not_counted_yet() -> None:
    view = BudgetView(YEAR, (notional(), notional(100, share=None), notional(200, starts=None)))
    assert [view.identified, view.not_counted_yet] == [2120000, 30000]
    assert sum(view.by_kind.values()) == view.identified


def test_help_in_kind_counts_as_nil_and_pooled_money_stands_below_nought() -> None:
    assert IncomeLine(IncomeKind.IN_KIND, "Volunteers", None).counted(YEAR) == 0
    pooled = IncomeLine(IncomeKind.POOLED, "Pool", Decimal(-365), YEAR.first_day, YEAR.last_day, 100)
    assert pooled.counted(YEAR) == -36500
    with pytest.raises(ValueError, match="below nought"):
        notional(-1)


def test_a_difference_of_exactly_the_tolerance_is_within_it() -> None:
    at, above = (Comparison(YEAR, Fraction(10000), Fraction(cost)) for cost in (10500, 10501))
    assert (at.beyond_tolerance, above.beyond_tolerance) == (False, True)
    assert [at.difference, at.percent] == [-500, -5]


def test_without_identified_money_there_is_no_percentage_and_any_cost_is_beyond() -> None:
    none = Comparison(YEAR, Fraction(0), Fraction(1))
    assert (none.percent, none.beyond_tolerance) == (None, True)


def test_identified_money_is_set_against_the_cost_for_pupils_with_sen() -> None:
    staff = [Staff("ta", rate=Stated(Decimal(20)))]
    costed = cost_map([Intervention("x", minutes=60, delivery=InTotal(10), staff=staff)], RateBook(), {}, USUAL)
    comparison = compare([notional()], costed, YEAR)
    assert [comparison.cost, comparison.difference] == [20000, 2100000]
    assert comparison.figures()[2].value == 2100000


def test_a_ledger_line_counts_by_its_share_and_not_before_it_has_one() -> None:
    lines = [LedgerLine("E03", "Support staff", Decimal(1000), 30), LedgerLine("E08", "Other", Decimal(50))]
    assert [ledger_sen(lines), ledger_not_counted(lines)] == [30000, 5000]
