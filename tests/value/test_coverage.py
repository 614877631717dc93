import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.costing.usual import USUAL
from vfm.costing.intervention import Intervention, Membership, Result
from vfm.costing.other_cost import CostKind, OtherCost
from vfm.costing.provision_map import cost_map
from vfm.costing.rates import Card, RateBook
from vfm.pupils.pupil import Pupil
from vfm.value.coverage import ended_without_review, over_threshold, without_outcome

PUPILS = {"a": Pupil("a", "Ann"), "b": Pupil("b", "Bob", top_up=True)}
TODAY = dt.date(2027, 2, 1)


def it(
    name: str, price: int, pupil: str = "a", result: Result | None = None, ends: dt.date | None = None
) -> Intervention:
    fee = OtherCost(CostKind.FEES, "fee", Decimal(price))
    return Intervention(name, other_costs=[fee], members=[Membership(pupil, result=result)], ends_on=ends)


def test_spend_without_an_outcome_is_its_own_sum_and_a_share_of_the_map() -> None:
    part = without_outcome(cost_map([it("x", 30), it("y", 10, result=Result.NOT_MET)], RateBook(), PUPILS, USUAL))
    assert [part.amount, part.share, [each.name for each in part.interventions]] == [3000, Fraction(3, 4), ["x"]]


def test_an_empty_map_has_no_share() -> None:
    assert without_outcome(cost_map([], RateBook(), PUPILS, USUAL)).share is None


def test_an_intervention_that_ended_yesterday_without_review_is_named_and_one_that_ends_today_is_not() -> None:
    its = [it("x", 1, ends=TODAY - dt.timedelta(days=1)), it("y", 1, ends=TODAY), it("z", 1)]
    part = ended_without_review(cost_map(its, RateBook(), PUPILS, USUAL), TODAY)
    assert [each.name for each in part.interventions] == ["x"]


def over(price: int, pupil: str = "a") -> list[str]:
    costed = cost_map([it("x", price, pupil)], RateBook(), PUPILS, USUAL, card=Card.AUTHORITY)
    return [each.pupil for each in over_threshold(costed, PUPILS)]


def test_a_pupil_without_top_up_is_over_the_line_above_6000_pounds() -> None:
    assert (over(6000), over(6001), over(6001, "b")) == ([], ["a"], [])


def test_the_line_at_6000_is_drawn_on_the_authoritys_rates_only() -> None:
    with pytest.raises(ValueError, match="authority"):
        over_threshold(cost_map([], RateBook(), PUPILS, USUAL), PUPILS)
