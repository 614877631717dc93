"""Sums that others have published, worked out again: each with who published it. Read in November 2026.

FORUM: SENCO-Forum, replies 14870 and 23986 (sencoforum.com/forums/reply/…): what an authority asks schools to use.
TRIAL: Jago and others, "Randomised feasibility trial of a teaching assistant led extracurricular physical activity
intervention", International Journal of Behavioral Nutrition and Physical Activity 11 (2014) 114, table 9: what a programme
led by teaching assistants cost in ten schools, in 2012-13 prices.
PRIMARY: costs and income of a primary school's programmes in 2014-15, from the notes to our papers (content of paper on
budgets); used without the school's name.
"""

from decimal import Decimal
from fractions import Fraction

import pytest

from tests.costing.test_provision_map import PUPILS, RATES, cost, members
from tests.costing.usual import USUAL
from vfm.costing.budget import Comparison
from vfm.costing.delivery import InTotal, Weekly
from vfm.costing.intervention import Intervention, Staff
from vfm.costing.other_cost import CostKind, OtherCost
from vfm.costing.provision_map import CostedMap, cost_map
from vfm.costing.rates import Stated, WeeklyHour
from vfm.costing.sharing import Basis
from vfm.money import half_up


def weekly_hour(price: str, weeks: int = 38, **more: object) -> Intervention:
    staff = [Staff("TA", rate=WeeklyHour(Decimal(price)))]
    return Intervention("x", minutes=60, delivery=Weekly(1, weeks), staff=staff, **more)  # type: ignore[arg-type]


def test_forum_an_hour_a_week_for_a_year_is_653_60() -> None:
    assert cost(weekly_hour("653.60")).total == 65360


def test_forum_for_four_children_that_is_a_quarter_each() -> None:
    assert cost(weekly_hour("653.60", group_size=4)).cost_per_pupil == 16340


def test_forum_for_twelve_weeks_it_is_divided_by_38_and_taken_12_times() -> None:
    assert cost(weekly_hour("653.60", 12)).total == 20640


def test_forum_at_655_each_of_the_group_carries_its_part() -> None:
    assert cost(weekly_hour("655", members=members("a", "b", "c"))).printed_shares() == [21834, 21833, 21833, 0, 0]
    assert cost(weekly_hour("655", group_size=4)).cost_per_pupil == 16375


def test_forum_a_group_that_is_set_up_for_one_pupil_is_charged_to_that_pupil_whole() -> None:
    it = weekly_hour(
        "655", members=members("a", "c"), basis=Basis.WHOLE, whole_to="a", whole_reason="circle of friends"
    )
    assert cost(it).shares.by_pupil == {"a": 65500, "c": 0}


@pytest.mark.parametrize(("days", "pounds"), [(6, 1200), (3, 600), (15, 3000)])
def test_trial_days_at_200_pounds(days: int, pounds: int) -> None:
    # A day stands as one session here: its price is what was published, not its hours.
    staff = [Staff("Leader", rate=Stated(Decimal(200)))]
    assert cost(Intervention("x", minutes=60, delivery=InTotal(days), staff=staff)).total == pounds * 100


def test_trial_three_hours_of_support_at_25_pounds_for_ten_schools_are_750() -> None:
    staff = [Staff("Support", rate=Stated(Decimal(25)))]
    costs = cost_map(
        [Intervention(f"School {n}", minutes=60, delivery=InTotal(3), staff=staff) for n in range(10)], RATES, PUPILS, USUAL
    )  # fmt: skip
    assert costs.total == 75000


@pytest.mark.parametrize(
    ("name", "each", "number", "pounds"),
    [
        ("Training of two assistants", "494", 10, 4940), ("Session plan overview", "60", 10, 600),
        ("Manuals", "14", 20, 280), ("Booster training", "36", 10, 360), ("Visit by train", "7.20", 5, 36),
        ("Visit by train, farther", "14.40", 5, 72),
    ],
)  # fmt: skip
def test_trial_prices_times_their_number(name: str, each: str, number: int, pounds: int) -> None:
    fees = [OtherCost(CostKind.FEES, name, Decimal(each)) for _ in range(number)]
    assert cost(Intervention("x", other_costs=fees)).total == pounds * 100


def ten_schools(pounds: str) -> CostedMap:
    fee = OtherCost(CostKind.FEES, "Programme", Decimal(pounds) / 10)
    return cost_map([Intervention(f"{n}", other_costs=[fee], group_size=30) for n in range(10)], RATES, PUPILS, USUAL)


def test_trial_24250_for_ten_schools_of_30_is_2425_a_school_and_81_pounds_a_pupil() -> None:
    costed = ten_schools("24250")
    assert {each.total for each in costed.interventions} == {242500}
    per_pupil = costed.interventions[0].cost_per_pupil
    assert per_pupil is not None
    assert [half_up(per_pupil), half_up(per_pupil / 100)] == [8083, 81]


def test_trial_without_what_is_paid_once_it_is_1461_a_school() -> None:
    assert {each.total for each in ten_schools("14610").interventions} == {146100}


def test_primary_programmes_cost_9355_more_than_their_income() -> None:
    found = Comparison(USUAL.year, Fraction(118_670_00), Fraction(128_025_00))
    assert [found.difference, found.beyond_tolerance] == [-9_355_00, True]
