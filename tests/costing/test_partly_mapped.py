"""Where part of the financial year has no map: nothing of the year's end is said, and the same days are compared."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from tests.costing.test_dates import DAYS, PUPILS, TA
from tests.costing.test_in_year import BEFORE, MAINTAINED, MARCH_END, income, monday_group, the_map
from tests.costing.usual import USUAL
from vfm.costing.budget import IncomeKind, IncomeLine
from vfm.costing.calendar import Period
from vfm.costing.intervention import Staff
from vfm.costing.monitoring import Monitoring, monitoring
from vfm.costing.profile import EVENLY
from vfm.costing.provision_map import CostedMap, cost_map
from vfm.costing.rates import Card, RateBook, RateCard, RoleRate, Stated

SEPTEMBER = dt.date(2026, 9, 1)
NO_MAP = cost_map([], TA, PUPILS, BEFORE)
OLD = cost_map([monday_group()], TA, PUPILS, BEFORE)
IN_YEAR: dict[str, Any] = {"starts": MAINTAINED.first, "ends": MARCH_END}
NEXT: dict[str, Any] = {"starts": dt.date(2027, 4, 1), "ends": dt.date(2028, 3, 31)}


def year(day: dt.date, *maps: CostedMap, lines: list[IncomeLine] | None = None) -> Monitoring:
    return monitoring(lines or [income(1200, **IN_YEAR)], maps or [NO_MAP, the_map(monday_group())], MAINTAINED, day)


@pytest.mark.parametrize("day", [dt.date(2026, 5, 1), dt.date(2026, 11, 24), MARCH_END])
def test_twelve_months_of_income_are_never_set_against_seven_months_of_cost(day: dt.date) -> None:
    found = year(day)
    assert [found.whole, found.balance, found.printed_balance] == [False, None, None]
    assert year(day, OLD, the_map(monday_group())).balance == 120000 - OLD_AND_NEW


OLD_AND_NEW = 1000 * sum(
    day.weekday() == 0 and MAINTAINED.holds(day) for each in (BEFORE, USUAL) for day in each.pupil_days
)


def test_the_same_days_are_compared_as_far_as_the_date_and_all_of_them() -> None:
    evenly = [income(1200, months=EVENLY, **IN_YEAR)]
    november, march = year(dt.date(2026, 11, 30), lines=evenly), year(MARCH_END, lines=evenly)
    (first, so_far), (second, every) = november.same_days
    assert [first.dates, second.dates] == ["1 September 2026 to 30 November 2026", "1 September 2026 to 31 March 2027"]
    assert [so_far.planned, every.planned] == [30000, 70000]
    assert [so_far.actual, every.actual] == [november.spend.spent.sen, november.spend.forecast.sen]
    assert so_far.amounts[1] == november.printed_spend[0]
    ((days, alone),) = march.same_days
    assert [days.dates, alone.planned] == [second.dates, 70000]


def test_before_the_days_with_a_map_only_all_of_them_are_compared_and_a_whole_year_needs_no_such_comparison() -> None:
    assert [days.first for days, _ in year(dt.date(2026, 5, 1)).same_days] == [SEPTEMBER]
    assert year(MARCH_END, OLD, the_map(monday_group())).same_days == ()
    assert year(MARCH_END, NO_MAP, the_map()).same_days == ()


def test_while_the_days_without_a_map_are_still_to_come_spend_to_date_is_compared_as_ever() -> None:
    found = year(dt.date(2026, 7, 1), OLD, the_map())
    assert [each.key for each in found.variances] == ["to-date", "income:notional"]
    assert found.to_date_mapped and found.balance is None
    (_, so_far), _ = found.same_days
    assert so_far.planned == found.to_date


@given(DAYS)
def test_the_budget_of_two_parts_of_the_year_is_the_budget_of_the_year(day: dt.date) -> None:
    lines = [income(1900), income(365, IncomeKind.TOP_UP, until=dt.date(2026, 9, 10)), income(70, months=EVENLY)]
    found = monitoring(lines, [the_map()], USUAL.year.period, USUAL.year.last_day)
    cut = min(max(day, USUAL.year.first_day), dt.date(2027, 8, 30))
    parts = Period("", USUAL.year.first_day, cut), Period("", cut + dt.timedelta(1), USUAL.year.last_day)
    assert sum(found.budgeted_on(part) for part in parts) == found.revised
    assert found.budgeted_on(parts[0]) == monitoring(lines, [the_map()], USUAL.year.period, cut).to_date


def test_what_is_left_for_next_year_needs_the_map_of_the_last_day_alone() -> None:
    lines = [income(1200, **IN_YEAR), income(1200, **NEXT)]
    with_new, with_old = year(MARCH_END, lines=lines), year(MARCH_END, OLD, the_map(), lines=lines)
    assert with_new.left_for_next_year == year(MARCH_END, OLD, the_map(monday_group()), lines=lines).left_for_next_year
    assert [with_new.end_mapped, with_old.end_mapped] == [True, False]
    assert [with_old.left_for_next_year, with_old.printed_left] == [None, None]


def test_the_authoritys_rates_say_nothing_where_its_card_has_none_of_the_roles() -> None:
    nothing = RateBook(TA.actual, RateCard(Card.AUTHORITY))
    one = RateBook(TA.actual, RateCard(Card.AUTHORITY, [RoleRate("TA", Stated(Decimal(30)))]))
    typed = replace(monday_group(), staff=[Staff("TA"), Staff("Tutor", rate=Stated(Decimal(25)))])
    for group in (monday_group(), typed):
        cards = [cost_map([group], book, PUPILS, USUAL, card=Card.AUTHORITY) for book in (nothing, one)]
        assert [card.rated for card in cards] == [False, True]
        found = [monitoring([], [the_map(group)], USUAL.year.period, MARCH_END, on_authority=[card]) for card in cards]
        assert [each.on_authority is None for each in found] == [True, False]
    assert cost_map([], nothing, PUPILS, USUAL, card=Card.AUTHORITY).rated
