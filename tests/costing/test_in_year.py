import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tests.costing.test_dates import CHANGING, DAYS, PUPILS, TA, a_dated_intervention
from tests.costing.usual import USUAL
from vfm.costing.budget import IncomeKind, IncomeLine
from vfm.costing.calendar import AcademicYear, Period, financial_year
from vfm.costing.delivery import OnDays, Slot
from vfm.costing.in_year import Spend, by_tier, in_year, runs_on, spend_by, still_spread
from vfm.costing.intervention import Intervention, Membership, Staff, Tier
from vfm.costing.monitoring import monitoring
from vfm.costing.other_cost import CostKind, OtherCost
from vfm.costing.profile import EVENLY
from vfm.costing.provision_map import CostedMap, cost_map
from vfm.costing.usual_calendar import usual_calendar
from vfm.costing.variance import Variance
from vfm.money import half_up

YEAR = USUAL.year.period
MARCH_END = dt.date(2027, 3, 31)
MAINTAINED = financial_year(MARCH_END, academy=False)
BEFORE = replace(usual_calendar(AcademicYear(2025)), typical=False)


def monday_group(**values: object) -> Intervention:
    entered: dict[str, object] = {
        "minutes": 60, "delivery": OnDays((Slot(0),)), "staff": [Staff("TA")],
        "members": [Membership("ann"), Membership("cy")],
    }  # fmt: skip
    return Intervention("Group", **entered | values)  # type: ignore[arg-type]


def the_map(*its: Intervention) -> CostedMap:
    return cost_map(its, TA, PUPILS, USUAL)


def test_at_a_date_what_has_run_what_is_to_run_and_what_is_ordered_make_the_forecast() -> None:
    fee = OtherCost(CostKind.FEES, "Assessment", Decimal(90), dt.date(2027, 6, 1))
    found = in_year([the_map(monday_group(other_costs=[fee]))], YEAR, dt.date(2026, 9, 14))
    assert [found.spent, found.ordered] == [
        Spend(Fraction(4000), Fraction(2000)),
        Spend(Fraction(9000), Fraction(4500)),
    ]
    assert found.to_run == Spend(Fraction(68000), Fraction(34000))
    assert found.forecast == Spend(Fraction(81000), Fraction(40500))


def test_before_the_year_nothing_is_spent_and_on_its_last_day_the_forecast_is_the_outturn() -> None:
    costed = the_map(monday_group())
    before, after = (in_year([costed], YEAR, day) for day in (dt.date(2026, 8, 1), YEAR.last))
    assert [before.spent.whole, before.forecast.whole] == [0, 72000]
    assert [after.spent, after.to_run, after.ordered] == [after.forecast, Spend(), Spend()]
    assert after.forecast == Spend(costed.total, costed.for_sen)


def test_a_maintained_schools_year_takes_five_months_of_one_map_and_seven_of_the_next() -> None:
    old, new = cost_map([monday_group()], TA, PUPILS, BEFORE), the_map(monday_group())
    found = in_year([old, new], MAINTAINED, MAINTAINED.last)
    mondays = [day for each in (BEFORE, USUAL) for day in each.pupil_days if day.weekday() == 0]
    assert found.spent.whole == 2000 * sum(MAINTAINED.holds(day) for day in mondays)
    first, second = spend_by(
        [old, new],
        [Period("", MAINTAINED.first, dt.date(2026, 8, 31)), Period("", dt.date(2026, 9, 1), MAINTAINED.last)],
    )
    assert first[1] + second[1] == found.forecast
    assert first[1].whole > 0 < second[1].whole


def test_what_is_said_to_be_spent_does_not_change_when_a_pupil_joins_in_june() -> None:
    one = monday_group(members=[Membership("ann")])
    two = replace(one, members=[Membership("ann"), Membership("bob", joined=dt.date(2027, 6, 7))])
    november = [in_year([the_map(it)], YEAR, dt.date(2026, 11, 30)).spent for it in (one, two)]
    assert november[0] == november[1]


def test_what_runs_on_past_31_march_is_bound_if_it_began_in_time() -> None:
    fee = OtherCost(CostKind.LICENCE, "Reading software", Decimal(365), dt.date(2026, 6, 1))
    following = Period("", dt.date(2027, 4, 1), dt.date(2028, 3, 31))
    began, later = monday_group(other_costs=[fee]), monday_group(starts_on=dt.date(2027, 4, 12))
    mondays = sum(day.weekday() == 0 and day > MARCH_END for day in USUAL.pupil_days)
    assert runs_on([the_map(began, later)], MAINTAINED, following).whole == 2000 * mondays + 100 * 61


@given(st.lists(a_dated_intervention(), max_size=3), DAYS)
def test_spent_to_run_and_ordered_are_never_below_nought_and_add_up_by_month_term_and_tier(
    its: Sequence[Intervention], day: dt.date
) -> None:
    its = [replace(it, tier=tier) for it, tier in zip(its, Tier, strict=False)]
    costed = cost_map(its, CHANGING, PUPILS, USUAL)
    found = in_year([costed], YEAR, day)
    assert found.forecast == Spend(costed.total, costed.for_sen)
    for spend in (found.spent, found.to_run, found.ordered):
        assert spend.whole >= spend.sen >= 0
    for periods in (YEAR.months, USUAL.spans):
        assert sum((spend for _, spend in spend_by([costed], periods)), Spend()) == found.forecast
    tiers = by_tier([costed], YEAR, day).values()
    assert sum((each.spent for each in tiers), Spend()) == found.spent
    assert sum((each.forecast for each in tiers), Spend()) == found.forecast


def income(amount: int, kind: IncomeKind = IncomeKind.NOTIONAL, **values: object) -> IncomeLine:
    entered: dict[str, object] = {"starts": YEAR.first, "ends": YEAR.last, "sen_share": 100}
    return IncomeLine(kind, "line", Decimal(amount), **entered | values)  # type: ignore[arg-type]


def test_the_budget_to_date_goes_with_the_pupil_days_and_not_by_twelfths() -> None:
    december = dt.date(2026, 12, 31)
    days = sum(day <= december for day in USUAL.pupil_days)
    report = monitoring([income(1900)], [the_map()], YEAR, december)
    assert report.to_date == 190000 * Fraction(days, 190)
    assert [report.original, report.revised, report.expected] == [190000, 190000, 190000]


def test_a_profile_by_month_says_what_each_month_is_meant_for() -> None:
    months = [0] * 12
    months[8], months[0] = 3, 1  # September, January
    line = income(400, months=months)
    dates = [dt.date(2026, 9, 15), dt.date(2026, 9, 30), dt.date(2027, 1, 31)]
    assert [monitoring([line], [the_map()], YEAR, day).to_date for day in dates] == [15000, 30000, 40000]


def test_original_revised_and_expected_amounts_stand_side_by_side() -> None:
    line = income(900, original=Decimal(1000), revised=Decimal(950))
    report = monitoring([line, income(100, IncomeKind.TOP_UP)], [the_map(monday_group())], YEAR, YEAR.last)
    assert [report.original, report.revised, report.expected] == [110000, 105000, 100000]
    assert report.balance == 100000 - 36000
    assert {each.key: each.difference for each in report.variances} == {
        "to-date": 36000 - 105000, "year-end": 36000 - 105000, "income:notional": -10000, "income:top-up": 0,
    }  # fmt: skip


def test_a_top_up_stops_with_its_pupil_and_its_budget_stands_as_it_was_notified() -> None:
    line = income(365, IncomeKind.TOP_UP, until=dt.date(2026, 9, 10))
    assert line.counted(USUAL.year) == 1000
    report = monitoring([line], [the_map()], YEAR, YEAR.last)
    assert [report.original, report.revised, report.to_date, report.expected] == [36500, 36500, 36500, 1000]
    (left,) = (each for each in report.variances if each.key == "income:top-up")
    assert [left.difference, left.beyond, left.amounts] == [-35500, True, (36500, 1000, -35500)]


def test_a_pupil_who_left_before_the_year_leaves_the_budget_on_the_report_and_nothing_expected() -> None:
    line = income(365, IncomeKind.TOP_UP, until=dt.date(2026, 8, 10))
    report = monitoring([line], [the_map()], YEAR, YEAR.last)
    assert [report.original, report.expected] == [36500, 0]


def test_an_estimate_of_another_year_does_not_make_this_years_report_an_estimate() -> None:
    this, last = income(100, estimated=False), income(100, starts=dt.date(2025, 9, 1), ends=dt.date(2026, 8, 31))
    report = monitoring([this, last], [the_map(monday_group(estimated=False))], YEAR, YEAR.last)
    assert [report.income_estimated, len(report.lines)] == [False, 1]
    assert monitoring([replace(this, estimated=True)], [the_map()], YEAR, YEAR.last).income_estimated


def test_money_of_the_holidays_alone_goes_by_days() -> None:
    august = income(310, starts=dt.date(2027, 8, 1), ends=dt.date(2027, 8, 31))
    assert monitoring([august], [the_map()], YEAR, dt.date(2027, 8, 10)).to_date == 10000


def test_a_year_without_a_map_is_named_and_spend_that_lacks_it_is_not_compared() -> None:
    both = [income(1000, starts=dt.date(2026, 4, 1), ends=MARCH_END)]
    report = monitoring(both, [cost_map([], TA, PUPILS, BEFORE), the_map(monday_group())], MAINTAINED, MARCH_END)
    assert [gap.dates for gap in report.unmapped] == ["1 April 2026 to 31 August 2026"]
    assert [each.key for each in report.variances] == ["income:notional"]
    old = cost_map([monday_group()], TA, PUPILS, BEFORE)
    keys = {
        day: [each.key for each in monitoring(both, [old], MAINTAINED, day).variances]
        for day in (dt.date(2026, 8, 31), dt.date(2026, 9, 1))
    }
    assert list(keys.values()) == [["to-date", "income:notional"], ["income:notional"]]


def test_equipment_that_both_maps_of_a_financial_year_hold_runs_on_once() -> None:
    bought = OtherCost(CostKind.EQUIPMENT, "Bikes", Decimal(730), dt.date(2025, 9, 1), years=3)
    following = Period("", dt.date(2027, 4, 1), dt.date(2028, 3, 31))
    old, new = (cost_map([monday_group(other_costs=[bought])], TA, PUPILS, each) for each in (BEFORE, USUAL))
    once = bought.counted(following.first, following.last)
    assert still_spread([old, new], MAINTAINED, following).whole == once
    mondays = sum(day.weekday() == 0 and day > MARCH_END for day in USUAL.pupil_days)
    assert runs_on([old, new], MAINTAINED, following).whole == once + 2000 * mondays


def test_a_dated_fee_of_an_intervention_that_goes_on_runs_on_with_it() -> None:
    fee = OtherCost(CostKind.FEES, "Assessment", Decimal(90), dt.date(2027, 6, 1))
    following = Period("", dt.date(2027, 4, 1), dt.date(2028, 3, 31))
    costed = [[the_map(monday_group(other_costs=costs))] for costs in ([fee], [])]
    with_fee, without = (runs_on(maps, MAINTAINED, following).whole for maps in costed)
    assert with_fee - without == 9000


@given(st.lists(a_dated_intervention(), max_size=3), DAYS, st.lists(st.integers(1, 99_999), min_size=1, max_size=4))
def test_every_printed_list_adds_up_to_its_printed_total(
    its: Sequence[Intervention], day: dt.date, amounts: list[int]
) -> None:
    kinds = list(IncomeKind)
    lines = [income(amount, kinds[n], sen_share=Decimal(33)) for n, amount in enumerate(amounts)]
    report = monitoring(lines, [cost_map(its, CHANGING, PUPILS, USUAL)], YEAR, day)
    assert sum(report.printed_spend) == half_up(report.spend.forecast.sen)
    totals = [report.original, report.revised, report.to_date, report.expected]
    assert [sum(column) for column in zip(*report.printed_lines, strict=True)] == [half_up(each) for each in totals]
    assert sum(report.profile) == report.revised
    assert all(month >= 0 for month in report.profile)


def test_the_profile_to_a_month_end_is_the_budget_to_that_day() -> None:
    months = [0] * 12
    months[8], months[0] = 3, 1
    lines = [income(1900), income(400, IncomeKind.PUPIL_PREMIUM, months=months)]
    for place, month in enumerate(YEAR.months, start=1):
        report = monitoring(lines, [the_map()], YEAR, month.last)
        assert sum(report.profile[:place]) == report.to_date


def test_the_profile_leans_on_the_calendar_unless_the_months_are_typed() -> None:
    unsure = cost_map([], TA, PUPILS, usual_calendar(AcademicYear(2026)))
    for months, leans in (((), True), (EVENLY, False)):
        assert monitoring([income(100, months=months)], [unsure], YEAR, YEAR.last).profile_estimated is leans


def test_without_income_of_next_year_nobody_can_say_what_is_left_for_it() -> None:
    report = monitoring([income(100)], [the_map(monday_group())], YEAR, YEAR.last)
    assert [report.left_for_next_year, report.printed_left] == [None, None]
    assert report.following.name == "Financial year 2027 to 2028"


def test_the_authoritys_card_stands_beside_the_forecast() -> None:
    dearer = cost_map([monday_group()], TA, PUPILS, USUAL)
    report = monitoring([], [the_map()], YEAR, YEAR.last, on_authority=[dearer])
    assert report.on_authority == Spend(dearer.total, dearer.for_sen)
    assert monitoring([], [the_map()], YEAR, YEAR.last).on_authority is None


def test_a_variance_of_exactly_the_tolerance_is_within_it_and_a_penny_more_is_beyond() -> None:
    at, above = (Variance("x", "x", Fraction(10000), Fraction(cost)) for cost in (10500, 10501))
    assert [at.beyond, above.beyond, at.percent] == [False, True, 5]
    nothing_planned = Variance("x", "x", Fraction(0), Fraction(1))
    assert [nothing_planned.percent, nothing_planned.beyond] == [None, False]


def test_what_is_left_for_next_year_is_its_income_less_what_runs_on() -> None:
    next_year = income(1200, starts=dt.date(2027, 4, 1), ends=dt.date(2028, 3, 31))
    mondays = sum(day.weekday() == 0 and day > MARCH_END for day in USUAL.pupil_days)
    report = monitoring([next_year], [the_map(monday_group(members=[Membership("ann")]))], MAINTAINED, MARCH_END)
    assert report.left_for_next_year == 120000 - 2000 * mondays
