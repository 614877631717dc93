from decimal import Decimal

from tests.costing.usual import USUAL
from vfm.costing.costed import CostedIntervention
from vfm.costing.delivery import Weekly
from vfm.costing.deployment import Contract, Work, by_person, by_role, unnamed
from vfm.costing.intervention import Giver, Intervention, Staff
from vfm.costing.provision_map import cost_map
from vfm.costing.rates import RateBook


def on_map(minutes: int, person: str = "") -> CostedIntervention:
    return costed(Staff("ta", person=person), minutes)


def costed(staff: Staff, minutes: int) -> CostedIntervention:
    it = Intervention("x", minutes=minutes, delivery=Weekly(1), staff=[staff])
    return cost_map([it], RateBook(), {}, USUAL).interventions[0]


def test_a_role_is_over_booked_from_the_first_minute() -> None:
    contract = Contract("Jo", "ta", 1, other_work={Work.DUTY: Decimal("0.5")})
    full, over = (by_role([contract], [on_map(minutes)])[0] for minutes in (30, 31))
    assert [full.over_booked, full.not_recorded, full.percent] == [False, 0, 100]
    assert [over.over_booked, over.over] == [True, 38]


def test_a_role_that_is_on_the_map_without_a_contract_is_not_called_over_booked() -> None:
    line = by_role([], [on_map(30)])[0]
    assert [line.people, line.on_the_map, line.over_booked] == [0, 1140, False]


def test_a_person_is_booked_only_by_what_names_them() -> None:
    lines = by_person([Contract("Jo", "ta", 1), Contract("Al", "ta", 1)], [on_map(60, "Jo"), on_map(45)])
    assert {line.person: int(line.on_the_map) for line in lines} == {"Jo": 2280, "Al": 0}


def test_one_of_two_is_booked_for_one_and_the_other_is_nobody_yet() -> None:
    two, half = costed(Staff("ta", Decimal(2), person="Jo"), 60), costed(Staff("ta", Decimal("0.5"), person="Jo"), 60)
    assert [line.on_the_map for line in by_person([Contract("Jo", "ta", 9)], [two])] == [2280]
    assert [line.on_the_map for line in by_person([Contract("Jo", "ta", 9)], [half])] == [1140]
    assert unnamed([two, half, on_map(30)]) == {"ta": 2280 + 1140}


def test_what_is_named_and_what_is_not_make_the_hours_of_the_role() -> None:
    its = [on_map(60, "Jo"), on_map(45), costed(Staff("ta", Decimal(3), person="Al"), 20)]
    contracts = [Contract("Jo", "ta", 9), Contract("Al", "ta", 9)]
    named = sum(line.on_the_map for line in by_person(contracts, its))
    assert named + unnamed(its)["ta"] == by_role(contracts, its)[0].on_the_map


def test_volunteers_have_no_contract_to_be_over() -> None:
    assert by_role([], [costed(Staff("reader", kind=Giver.VOLUNTEER), 30)]) == ()
