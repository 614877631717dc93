import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.costing.test_dates import PUPILS, a_dated_intervention
from tests.costing.test_in_year import monday_group
from tests.costing.usual import USUAL
from vfm.costing.claim import Claim, ClaimRules, Division, claim
from vfm.costing.delivery import InTotal, Weekly
from vfm.costing.intervention import Intervention, Membership, Staff, TimeKind
from vfm.costing.other_cost import CostKind, OtherCost
from vfm.costing.provision_map import cost_map
from vfm.costing.rates import Card, RateBook, RateCard, RoleRate, Stated

RATES = RateBook(
    RateCard(Card.ACTUAL, [RoleRate("TA", Stated(Decimal(20)))]),
    RateCard(
        Card.AUTHORITY, [RoleRate("TA", Stated(Decimal(16))), RoleRate("Lunchtime supervisor", Stated(Decimal(12)))]
    ),
)
HALVES = [Membership("ann"), Membership("cy")]


def for_ann(*its: Intervention, **rules: object) -> Claim:
    costed = cost_map(its, RATES, PUPILS, USUAL, card=Card.AUTHORITY)
    return claim("ann", costed, ClaimRules(**rules))  # type: ignore[arg-type]


def weekly(**values: object) -> Intervention:
    entered: dict[str, object] = {"minutes": 60, "delivery": Weekly(1), "staff": [Staff("TA")], "members": HALVES}
    return Intervention("Reading", **entered | values)  # type: ignore[arg-type]


def test_a_claim_is_the_pupils_part_on_the_authoritys_rates() -> None:
    found = for_ann(weekly())
    assert [found.total, found.hours_a_week, found.left_out] == [1600 * 19, 1, ()]
    with pytest.raises(ValueError, match="authority"):
        claim("ann", cost_map([weekly()], RATES, PUPILS, USUAL), ClaimRules())


def test_kinds_of_time_that_are_not_accepted_are_left_out_and_named() -> None:
    lunch = weekly(time_kind=TimeKind.LUNCHTIME, staff=[Staff("Lunchtime supervisor")])
    found = for_ann(weekly(), lunch, not_accepted=frozenset({TimeKind.LUNCHTIME}))
    assert [found.total, [(out.why, out.cost) for out in found.left_out]] == [
        1600 * 19,
        [("This kind of time is not accepted", 1200 * 19)],
    ]


def test_a_role_that_is_not_accepted_or_has_no_rate_is_left_out_and_named() -> None:
    it = weekly(staff=[Staff("TA"), Staff("Lunchtime supervisor"), Staff("SENCO")])
    found = for_ann(it, roles_not_accepted=frozenset({"Lunchtime supervisor"}))
    assert [out.cost for out in found.left_out] == [1200 * 19, None]
    assert "no rate" in found.left_out[1].why
    assert found.total == 1600 * 19
    unknown = for_ann(it, roles_not_accepted=frozenset({"SENCO"}))
    assert [out.cost for out in unknown.left_out] == [None], "nobody knows what it costs, so it is not nought"


def test_weeks_beyond_those_that_count_are_left_out_of_regular_work_only() -> None:
    found = for_ann(weekly(), weekly(delivery=InTotal(2)), weeks=36)
    assert found.total == 1600 * 18 + 1600
    assert [out.cost for out in found.left_out] == [1600]


def test_other_costs_can_be_left_out() -> None:
    fee = OtherCost(CostKind.FEES, "Assessment", Decimal(90), dt.date(2027, 1, 12))
    assert for_ann(weekly(other_costs=[fee])).total == 1600 * 19 + 4500
    found = for_ann(weekly(other_costs=[fee]), other_costs=False)
    assert [found.total, found.left_out[0].cost] == [1600 * 19, 4500]


def test_the_authority_may_divide_a_group_equally() -> None:
    late = [Membership("ann"), Membership("cy", joined=dt.date(2027, 4, 12))]
    assert for_ann(weekly(members=late)).total > for_ann(weekly(members=late), division=Division.EQUALLY).total
    assert for_ann(weekly(members=late), division=Division.EQUALLY).total == 1600 * 19


def test_hours_and_money_above_a_cap_are_taken_off_and_shown() -> None:
    found = for_ann(weekly(delivery=Weekly(4)), most_hours=3)
    assert [found.hours_a_week, found.above_hours, found.total] == [4, 1600 * 19, 1600 * 57]
    capped = for_ann(weekly(), most=Decimal(100))
    assert [capped.above_most, capped.total] == [1600 * 19 - 10000, 10000]


def test_a_pupil_who_is_in_nothing_has_an_empty_claim() -> None:
    found = for_ann(weekly(members=[Membership("bob")]))
    assert [found.lines, found.total, found.hours_a_week] == [(), 0, 0]


@given(st.lists(a_dated_intervention(), max_size=4), st.sampled_from(Division), st.booleans())
def test_what_is_claimed_and_what_is_left_out_make_the_pupils_share(
    its: list[Intervention], division: Division, others: bool
) -> None:
    costed = cost_map(its, RATES, PUPILS, USUAL, card=Card.AUTHORITY)
    found = claim("ann", costed, ClaimRules(Decimal(30), other_costs=others, division=division))
    left = sum((out.cost or Fraction(0) for out in found.left_out), Fraction(0))
    equally = sum(
        (each.total / len(each.split.weights) for each in costed.interventions if "ann" in each.split.weights),
        Fraction(0),
    )
    assert found.before_caps + left == (costed.by_pupil.get("ann", 0) if division is Division.AS_ON_MAP else equally)
    assert found.before_caps >= 0


def test_a_group_on_mondays_is_as_many_hours_a_week_as_it_really_has() -> None:
    assert for_ann(monday_group(members=HALVES)).hours_a_week == Fraction(36, 38)
