from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.costing.usual import USUAL
from vfm.costing.costed import CostedIntervention
from vfm.costing.delivery import InTotal, Weekly
from vfm.costing.intervention import (
    FundingShare,
    Giver,
    Intervention,
    InterventionError,
    Membership,
    Staff,
    Tier,
)
from vfm.costing.other_cost import CostKind, OtherCost
from vfm.costing.pay import FromPay, Hours, Pay
from vfm.costing.provision_map import CostedMap, cost_map, printed
from vfm.costing.rates import Card, RateBook, RateCard, RoleRate, Stated, WeeklyHour
from vfm.costing.sharing import Basis
from vfm.money import half_up
from vfm.pupils.pupil import Pupil, SenStatus

PUPILS = {
    "a": Pupil("a", "Ann", status=SenStatus.EHC_PLAN),
    "b": Pupil("b", "Bob", status=SenStatus.SEN_SUPPORT),
    "c": Pupil("c", "Cy"),
}


def card(**rates: int) -> RateBook:
    return RateBook(RateCard(Card.ACTUAL, [RoleRate(role, Stated(Decimal(rate))) for role, rate in rates.items()]))


RATES = card(teacher=40, hlta=22, tutor=50, ta=20)


def members(*pupils: str) -> tuple[Membership, ...]:
    return tuple(Membership(pupil) for pupil in pupils)


def cost(it: Intervention, rates: RateBook = RATES, *, leadership: bool = False) -> CostedIntervention:
    return cost_map([it], rates, PUPILS, USUAL, leadership=leadership).interventions[0]


def test_a_teacher_for_an_hour_a_week_over_38_weeks_at_40_is_1520_pounds() -> None:
    assert cost(Intervention("x", minutes=60, delivery=Weekly(1), staff=[Staff("teacher")])).total == 152000


def test_an_hlta_for_an_hour_over_15_weeks_at_22_is_330_pounds() -> None:
    assert cost(Intervention("x", minutes=60, delivery=Weekly(1, 15), staff=[Staff("hlta")])).total == 33000


def test_ta_lessons_at_550_a_year_3_6_and_2_a_week_are_1650_3300_and_1100() -> None:
    rate = WeeklyHour(Decimal(550), 38)
    its = [Intervention("x", minutes=60, delivery=Weekly(n), staff=[Staff("ta lesson", rate=rate)]) for n in (3, 6, 2)]
    assert [each.total for each in cost_map(its, RATES, {}, USUAL).interventions] == [165000, 330000, 110000]


def test_15_hours_of_tuition_for_a_group_of_3_at_50_is_250_a_pupil() -> None:
    it = Intervention("x", minutes=60, delivery=InTotal(15), staff=[Staff("tutor")], group_size=3)
    costed = cost(it)
    assert costed.cost_per_pupil == 25000
    assert costed.cost_per_hour == 5000
    assert costed.cost_per_pupil_hour == Fraction(5000, 3)
    assert costed.shares.not_attributed == 75000


def test_119_42_between_three_pupils_prints_39_81_39_81_39_80() -> None:
    it = Intervention("x", other_costs=[OtherCost(CostKind.FEES, "f", Decimal("119.42"))], members=members(*"abc"))
    assert cost(it).printed_shares() == [3981, 3981, 3980, 0, 0]


def test_preparation_costs_as_much_as_contact_time() -> None:
    it = Intervention("x", minutes=30, preparation=30, delivery=InTotal(10), staff=[Staff("ta", number=2)])
    assert [cost(it).total, cost(it).contact_hours] == [40000, 5]


def test_preparation_is_costed_nil_with_a_contact_hours_rate_because_it_is_inside() -> None:
    pay = Pay(Decimal(40000), 32, 32, counted=Hours.CONTACT, contact_hours=800)
    rates = RateBook(RateCard(Card.ACTUAL, [RoleRate("teacher", FromPay([pay]), people=3)]))
    it = Intervention("x", minutes=60, preparation=30, delivery=InTotal(1), staff=[Staff("teacher")])
    line = cost(it, rates).staff_lines[0]
    assert line.preparation_inside
    assert line.cost == FromPay([pay]).per_hour
    assert line.hours == Fraction(3, 2)


def test_volunteers_and_other_pupils_cost_nothing_themselves_but_their_expenses_do() -> None:
    it = Intervention(
        "x",
        minutes=60,
        delivery=Weekly(1),
        staff=[Staff("", kind=Giver.VOLUNTEER), Staff("", kind=Giver.OTHER_PUPIL)],
        other_costs=[OtherCost(CostKind.TRAVEL, "Bus", Decimal(12))],
    )
    assert [cost(it).staff, cost(it).other, cost(it).rate_missing] == [0, 1200, ()]


def test_a_role_without_a_rate_is_named_and_costs_nothing_yet() -> None:
    it = Intervention("x", minutes=60, delivery=Weekly(1), staff=[Staff("nurse")])
    costed = cost_map([it], RATES, {}, USUAL)
    assert [costed.total, costed.without_rate[0].rate_missing] == [0, ("nurse",)]


def test_targeted_cost_is_for_pupils_with_sen_and_for_other_needs_by_their_status() -> None:
    it = Intervention("x", minutes=60, delivery=InTotal(3), staff=[Staff("ta")], members=members("a", "b", "c"))
    costed = cost(it)
    assert [costed.for_sen, costed.for_other_needs, costed.universal] == [4000, 2000, 0]


def test_universal_cost_is_not_counted_unless_a_share_and_a_reason_are_given() -> None:
    it = Intervention("x", Tier.UNIVERSAL, minutes=60, delivery=InTotal(10), staff=[Staff("ta")], members=members("a"))
    assert cost(it).universal == 20000
    assert cost(replace(it, counts_percent=25)).additional == 0
    counted = cost(replace(it, counts_percent=25, counts_reason="small group"))
    assert [counted.for_sen, counted.universal, counted.additional] == [5000, 15000, 5000]


def test_unattributed_cost_goes_by_tier_or_by_the_number_with_sen_in_the_group() -> None:
    it = Intervention("x", minutes=60, delivery=InTotal(10), staff=[Staff("ta")])
    assert cost(it).for_sen == 20000
    assert cost(replace(it, tier=Tier.UNIVERSAL)).universal == 20000
    group = cost(replace(it, group_size=4, group_with_sen=3))
    assert [group.for_sen, group.for_other_needs] == [15000, 5000]


def test_unfilled_places_are_divided_as_the_attributed_cost() -> None:
    it = Intervention(
        "x",
        minutes=60,
        delivery=InTotal(10),
        staff=[Staff("ta")],
        members=members("a", "c"),
        basis=Basis.BY_PLACE,
        places=4,
    )
    costed = cost(it)
    assert costed.shares.unfilled == 10000
    assert [costed.for_sen, costed.for_other_needs] == [10000, 10000]


@pytest.mark.parametrize(
    "wrong",
    [
        {"members": members("a", "a")},
        {"members": members("a", "b"), "basis": Basis.BY_PLACE, "places": 1},
        {"members": members("a"), "basis": Basis.WHOLE, "whole_to": "a"},
        {"members": members("a"), "basis": Basis.WHOLE, "whole_to": "b", "whole_reason": "his group"},
        {"members": [Membership("a", percent=99)], "basis": Basis.STATED},
        {"funding": [FundingShare("x", 60), FundingShare("y", 41)]},
        {"minutes": -1},
        {"counts_percent": 101},
    ],
)
def test_an_intervention_that_contradicts_itself_cannot_be_made(wrong: dict[str, object]) -> None:
    with pytest.raises(InterventionError):
        Intervention("x", **wrong)  # type: ignore[arg-type]


def test_a_pupil_who_is_not_on_the_register_is_refused() -> None:
    with pytest.raises(InterventionError, match="register"):
        cost(Intervention("x", members=members("z")))


PRIVATE = RateBook(
    RateCard(Card.ACTUAL, [RoleRate("ta", Stated(Decimal(21)), people=1), RoleRate("hlta", Stated(Decimal(25)))]),
    RateCard(Card.AUTHORITY, [RoleRate("ta", Stated(Decimal(17)))]),
)
TWO = [
    Intervention("x", minutes=60, delivery=InTotal(10), staff=[Staff("ta")]),
    Intervention("y", minutes=60, delivery=InTotal(10), staff=[Staff("hlta")]),
]


def test_only_leadership_sees_a_private_rate_and_the_pooled_difference() -> None:
    head, senco = (cost_map(TWO, PRIVATE, {}, USUAL, leadership=leadership) for leadership in (True, False))
    assert [head.total, senco.total] == [46000, 42000]
    assert [head.pooled_difference, senco.pooled_difference] == [4000, None]
    assert [each.substitute for each in senco.interventions] == [True, False]
    assert not head.substitute
    assert "2100" not in repr(senco)


def test_the_same_map_on_the_authoritys_card_leaves_out_roles_that_it_does_not_have() -> None:
    costed = cost_map(TWO, PRIVATE, {}, USUAL, leadership=True, card=Card.AUTHORITY)
    assert [costed.total, costed.card, [each.name for each in costed.without_rate]] == [17000, Card.AUTHORITY, ["y"]]


NAMES = st.sampled_from(["a", "b", "c"])
COSTS = st.decimals(0, 5000, places=2)


@st.composite
def an_intervention(draw: st.DrawFn) -> Intervention:
    group = draw(st.lists(NAMES, unique=True))
    basis = draw(st.sampled_from([Basis.SHARED, Basis.BY_PLACE, *([Basis.WHOLE] if group else [])]))
    return Intervention(
        name=draw(st.sampled_from(["x", "y", "z"])),
        tier=draw(st.sampled_from(Tier)),
        need=draw(st.sampled_from(["", "SEMH"])),
        minutes=draw(st.integers(1, 90)),
        delivery=draw(st.sampled_from([None, Weekly(Decimal("2.5"), 11), InTotal(7)])),
        staff=[Staff(draw(st.sampled_from(["ta", "hlta"])), number=draw(st.integers(1, 3)))],
        other_costs=[OtherCost(CostKind.FEES, "fee", draw(COSTS))],
        members=members(*group),
        basis=basis,
        places=draw(st.integers(3, 7)),
        whole_to=group[0] if group else None,
        whole_reason="for this pupil",
        funding=[FundingShare("premium", draw(st.integers(0, 100)))],
    )


MAPS = st.lists(an_intervention(), max_size=6)


def breakdowns(costed: CostedMap) -> list[dict[str, Fraction]]:
    kinds = (costed.by_tier, costed.by_need, costed.by_provider, costed.by_funding, costed.by_kind)
    return [dict(kind) for kind in kinds]


@given(MAPS)
def test_every_breakdown_adds_up_to_the_total_exactly_and_as_printed(its: Sequence[Intervention]) -> None:
    costed = cost_map(its, RATES, PUPILS, USUAL)
    for kind in breakdowns(costed):
        assert sum(kind.values()) == costed.total
        assert sum(printed(kind).values()) == costed.printed_total
    assert costed.for_sen + costed.for_other_needs + costed.universal == costed.total
    assert sum(costed.by_pupil.values()) + costed.not_attributed + costed.unfilled == costed.total


@given(MAPS)
def test_every_printed_list_adds_up_to_its_printed_total(its: Sequence[Intervention]) -> None:
    costed = cost_map(its, RATES, PUPILS, USUAL)
    pupils = costed.printed_pupils()
    assert sum(costed.printed_interventions()) == sum(costed.printed_whose()) == costed.printed_total
    assert sum(pupils.by_pupil.values()) + pupils.not_attributed + pupils.unfilled == costed.printed_total
    assert sum(costed.printed_additional()) == half_up(costed.additional)
    for each in costed.interventions:
        assert sum(each.printed_shares()) == sum(each.printed_staff_and_other()) == half_up(each.total)


@given(MAPS, st.randoms(use_true_random=False))
def test_the_order_of_entry_changes_no_total(its: list[Intervention], random: object) -> None:
    shuffled = list(its)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = cost_map(its, RATES, PUPILS, USUAL), cost_map(shuffled, RATES, PUPILS, USUAL)
    assert (one.total, one.additional, one.for_sen, one.by_pupil) == (
        other.total,
        other.additional,
        other.for_sen,
        other.by_pupil,
    )
    assert breakdowns(one) == breakdowns(other)


@given(MAPS)
def test_leaderships_total_less_the_pooled_difference_is_everyone_elses(its: Sequence[Intervention]) -> None:
    head, senco = (cost_map(its, PRIVATE, PUPILS, USUAL, leadership=leadership) for leadership in (True, False))
    assert head.pooled_difference is not None
    assert head.total - head.pooled_difference == senco.total
