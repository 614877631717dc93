import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tests.costing.test_dates import PUPILS, TA, a_dated_intervention
from tests.costing.test_in_year import BEFORE, MAINTAINED, YEAR, monday_group, the_map
from tests.costing.usual import USUAL
from vfm.costing.bridge import Bridge, BridgeEntry, Heading, TimeKind, TimeNotTied, bridge
from vfm.costing.budget import LedgerLine
from vfm.costing.delivery import NotRun
from vfm.costing.intervention import Intervention, Membership
from vfm.costing.other_cost import CostKind, OtherCost
from vfm.costing.provision_map import CostedMap, cost_map
from vfm.costing.rates import Card, RateBook, RateCard, RoleRate, Stated

LEDGER = [LedgerLine("E03", "Education support staff", Decimal(2000), 50, "timesheets", "Office", estimated=False)]
ANN = [Membership("ann")]


def lines(found: Bridge) -> dict[str, Fraction]:
    return {line.key: line.amount for line in found.lines}


def academy(costed: CostedMap, **more: object) -> Bridge:
    return bridge(costed, [costed], YEAR, LEDGER, TA, **more)  # type: ignore[arg-type]


def test_what_is_not_explained_is_the_last_line_above_or_below_nought() -> None:
    found = academy(the_map(monday_group(members=ANN)))
    assert [found.ledger, found.explained, found.not_explained] == [100000, 72000, 28000]
    dear = replace(found, ledger=Fraction(50000))
    assert [dear.not_explained, dear.percent] == [-22000, -44]


def test_time_that_is_tied_to_no_intervention_is_its_own_line_by_kind() -> None:
    time = [
        TimeNotTied(TimeKind.REVIEWS, "TA", 10),
        TimeNotTied(TimeKind.REVIEWS, "TA", 4, 50),
        TimeNotTied(TimeKind.SENCO, "TA", 1),
    ]
    found = academy(the_map(), time=time)
    assert [lines(found)["time:reviews"], lines(found)["time:senco"]] == [24000, 2000]


def test_time_of_a_role_without_a_rate_is_named_and_not_guessed() -> None:
    found = academy(the_map(), time=[TimeNotTied(TimeKind.SENCO, "SENCO", 100)])
    assert [found.without_rate, lines(found)["time:senco"]] == [("SENCO",), 0]


def test_nobody_but_leadership_sees_what_a_private_rate_makes_of_the_hours() -> None:
    rates = RateBook(
        RateCard(Card.ACTUAL, [RoleRate("SENCO", Stated(Decimal(51)), people=1)]),
        RateCard(Card.AUTHORITY, [RoleRate("SENCO", Stated(Decimal(45)))]),
    )
    time = [TimeNotTied(TimeKind.SENCO, "SENCO", 10)]
    head, senco = (
        bridge(the_map(), [the_map()], YEAR, LEDGER, rates, time=time, leadership=who) for who in (True, False)
    )
    assert [lines(head)["time:senco"], lines(senco)["time:senco"]] == [51000, 45000]


def test_a_cancelled_session_was_paid_for_all_the_same() -> None:
    found = academy(the_map(monday_group(members=ANN, not_run=[NotRun(6)])))
    assert [lines(found)["map"], lines(found)["not-run"]] == [60000, 12000]
    nothing_ran = academy(the_map(monday_group(members=ANN, not_run=[NotRun(36)])))
    assert [lines(nothing_ran)["map"], lines(nothing_ran)["not-run"]] == [0, 72000]


def test_equipment_bought_in_march_is_in_the_ledger_in_full_and_spread_on_the_map() -> None:
    # £1,098 over three years is £366 a year, and the first year of its life has 366 days: £1 a day.
    bought = OtherCost(CostKind.EQUIPMENT, "Sensory kit", Decimal(1098), dt.date(2027, 3, 1), years=3)
    costed = the_map(Intervention("Sensory circuit", other_costs=[bought], members=ANN))
    found = bridge(costed, [costed], MAINTAINED, LEDGER, TA)
    assert [lines(found)["map"], lines(found)["period"]] == [18400, 3100 - 18400]
    assert lines(found)["timing"] == 109800 - 3100
    assert found.explained == 109800


def test_equipment_of_earlier_years_is_on_the_map_and_no_longer_in_the_ledger() -> None:
    bought = OtherCost(CostKind.EQUIPMENT, "Sensory kit", Decimal(300), dt.date(2025, 9, 1), years=3)
    found = academy(the_map(Intervention("Sensory circuit", other_costs=[bought], members=ANN)))
    assert [lines(found)["map"], lines(found)["timing"]] == [10000, -10000]


def test_what_was_copied_to_the_next_map_is_not_bought_twice() -> None:
    licence = OtherCost(CostKind.LICENCE, "Reading software", Decimal(365), dt.date(2026, 6, 1))
    it = Intervention("Reading", other_costs=[licence], members=ANN)
    old, new = cost_map([it], TA, PUPILS, BEFORE), the_map(it)
    found = bridge(new, [old, new], MAINTAINED, LEDGER, TA)
    assert found.explained == 36500


def test_a_maintained_school_is_brought_from_its_academic_year_to_its_financial_year() -> None:
    old, new = cost_map([monday_group(members=ANN)], TA, PUPILS, BEFORE), the_map(monday_group(members=ANN))
    found = bridge(new, [old, new], MAINTAINED, LEDGER, TA)
    mondays = [day for each in (BEFORE, USUAL) for day in each.pupil_days if day.weekday() == 0]
    assert lines(found)["map"] + lines(found)["period"] == 2000 * sum(MAINTAINED.holds(day) for day in mondays)


def test_recoveries_are_taken_off_and_typed_lines_keep_their_ground() -> None:
    entries = [
        BridgeEntry(Heading.RECOVERIES, Decimal(30), ground="Insurer's letter"),
        BridgeEntry(Heading.COVER, Decimal(50), ground="Invoices"),
        BridgeEntry(Heading.COVER, Decimal(20), ground="Invoices"),
    ]
    found = academy(the_map(), entries=entries)
    assert [lines(found)["recoveries"], lines(found)["cover"]] == [-3000, 7000]
    assert [line.ground for line in found.lines if not line.computed] == ["Invoices", "Insurer's letter"]


MONEY = st.decimals(-500, 500, places=2)


@given(
    st.lists(a_dated_intervention(), max_size=3),
    st.lists(st.builds(BridgeEntry, st.sampled_from(Heading), MONEY), max_size=4),
)
def test_the_bridge_always_closes(its: list[Intervention], entries: list[BridgeEntry]) -> None:
    costed = cost_map(its, TA, PUPILS, USUAL)
    found = bridge(costed, [costed], MAINTAINED, LEDGER, TA, entries=entries)
    assert sum(line.amount for line in found.lines) + found.not_explained == found.ledger
