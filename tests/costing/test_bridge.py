import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tests.costing.test_dates import CHANGING, PUPILS, TA, a_dated_intervention
from tests.costing.test_in_year import BEFORE, MAINTAINED, YEAR, monday_group, the_map
from tests.costing.usual import USUAL
from vfm.costing.bridge import Bridge, BridgeEntry, Heading, bridge
from vfm.costing.budget import LedgerLine
from vfm.costing.delivery import NotRun
from vfm.costing.intervention import Intervention, Membership
from vfm.costing.other_cost import CostKind, OtherCost
from vfm.costing.pay import FromPay, Hours, Pay
from vfm.costing.provision_map import CostedMap, cost_map
from vfm.costing.rates import Card, RateBook, RateCard, RoleRate, Stated
from vfm.costing.time_not_tied import TimeKind, TimeNotTied

LEDGER = [LedgerLine("E03", "Education support staff", Decimal(2000), 50, "timesheets", "Office", estimated=False)]
ANN = [Membership("ann")]


def lines(found: Bridge) -> dict[str, Fraction]:
    return {line.key: line.amount for line in found.lines}


def academy(costed: CostedMap, **more: object) -> Bridge:
    return bridge(costed, [costed], YEAR, LEDGER, [TA], **more)  # type: ignore[arg-type]


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
        bridge(the_map(), [the_map()], YEAR, LEDGER, [rates], time=time, leadership=who) for who in (True, False)
    )
    assert [lines(head)["time:senco"], lines(senco)["time:senco"]] == [51000, 45000]
    assert [head.substitute, senco.substitute] == [False, True]
    assert [each.per_hour for each in senco.times] == [4500]
    nothing_to_show = RateBook(RateCard(Card.ACTUAL, rates.actual.roles))
    hidden = bridge(the_map(), [the_map()], YEAR, LEDGER, [nothing_to_show], time=time)
    assert [hidden.without_rate, lines(hidden)["time:senco"]] == [("SENCO",), 0]


def test_paid_hours_and_hours_at_work_come_to_the_same_pay() -> None:
    # Costing §3, worked: 25 hours of 37, 44.6 paid weeks, pension 21%: £19,357.94 a year, whichever hours it is read by.
    pay = FromPay([Pay(Decimal(25583), 25, 37, Decimal("44.6"), 21)] * 3)
    rates = RateBook(RateCard(Card.ACTUAL, [RoleRate("TA", pay)]))
    time = [TimeNotTied(TimeKind.NOT_ON_MAP, "TA", hours, paid=paid) for hours, paid in ((1115, True), (950, False))]
    found = bridge(the_map(), [the_map()], YEAR, LEDGER, [rates], time=time)
    assert [round(each.cost) for each in found.times] == [1935794, 1935794]
    assert [round(each.per_hour or 0) for each in found.times] == [1736, 2038]


def test_a_paid_hour_of_a_role_without_pay_is_not_guessed() -> None:
    found = academy(the_map(), time=[TimeNotTied(TimeKind.NOT_ON_MAP, "TA", 10, paid=True)])
    assert [found.without_rate, lines(found)["time:not-on-map"]] == [("TA",), 0]


def test_time_costs_the_rates_of_the_days_of_each_academic_year() -> None:
    dearer = RateBook(RateCard(Card.ACTUAL, [RoleRate("TA", Stated(Decimal(31)))]))
    time = [TimeNotTied(TimeKind.SENCO, "TA", 365)]
    maps = [cost_map([], TA, PUPILS, BEFORE), the_map()]
    found = bridge(the_map(), maps, MAINTAINED, LEDGER, [TA, dearer], time=time)
    assert lines(found)["time:senco"] == 153 * 2000 + 212 * 3100  # April to August, September to March


def test_an_estimate_anywhere_is_an_estimate_at_the_end_but_not_where_it_is_not() -> None:
    sure = academy(the_map(monday_group(members=ANN, estimated=False)))
    guess = RateBook(RateCard(Card.ACTUAL, [RoleRate("TA", Stated(Decimal(20)), estimated=True)]))
    time = [TimeNotTied(TimeKind.SENCO, "TA", 1, estimated=False)]
    guessed = bridge(the_map(), [the_map()], YEAR, LEDGER, [guess], time=time)
    assert [sure.estimated, guessed.estimated] == [False, True]
    assert [line.key for line in guessed.telling if line.estimated] == ["time:senco"]


def test_a_cancelled_session_was_paid_for_all_the_same() -> None:
    found = academy(the_map(monday_group(members=ANN, not_run=[NotRun(6)])))
    assert [lines(found)["map"], lines(found)["not-run"]] == [60000, 12000]
    nothing_ran = academy(the_map(monday_group(members=ANN, not_run=[NotRun(36)])))
    assert [lines(nothing_ran)["map"], lines(nothing_ran)["not-run"]] == [0, 72000]


def test_a_cancelled_session_belongs_to_the_period_that_holds_its_day() -> None:
    for day, cost in ((dt.date(2026, 9, 14), 2000), (dt.date(2027, 6, 7), 0)):
        new = the_map(monday_group(members=ANN, not_run=[NotRun(1, day)]))
        found = bridge(new, [cost_map([], TA, PUPILS, BEFORE), new], MAINTAINED, LEDGER, [TA, TA])
        assert lines(found)["not-run"] == cost


def test_a_cancelled_session_costs_the_rate_of_its_day() -> None:
    it = monday_group(members=ANN, not_run=[NotRun(1, dt.date(2026, 9, 14)), NotRun(1, dt.date(2027, 3, 8))])
    costed = cost_map([it], CHANGING, PUPILS, USUAL)
    found = bridge(costed, [costed], YEAR, LEDGER, [CHANGING])
    assert lines(found)["not-run"] == 2000 + 2137


def test_more_sessions_cancelled_than_were_planned_are_all_of_them_and_no_more() -> None:
    found = academy(the_map(monday_group(members=ANN, not_run=[NotRun(50)])))
    assert lines(found)["not-run"] == 72000


def test_where_nothing_ran_the_period_takes_its_days_of_what_was_planned() -> None:
    new = the_map(monday_group(members=ANN, not_run=[NotRun(36)]))
    found = bridge(new, [cost_map([], TA, PUPILS, BEFORE), new], MAINTAINED, LEDGER, [TA, TA])
    days = sum(MAINTAINED.holds(day) for day in USUAL.pupil_days)
    assert lines(found)["not-run"] == Fraction(72000 * days, 190)


def test_preparation_inside_a_rate_is_not_paid_twice_for_a_cancelled_session() -> None:
    contact = Pay(Decimal(52143), 1, 1, counted=Hours.CONTACT, contact_hours=500)
    rates = RateBook(RateCard(Card.ACTUAL, [RoleRate("TA", FromPay([contact] * 3))]))
    sure = monday_group(members=ANN, preparation=30, not_run=[NotRun(1, dt.date(2026, 9, 14))])
    costed = cost_map([sure], rates, PUPILS, USUAL)
    session = costed.interventions[0].staff / 35
    assert lines(bridge(costed, [costed], YEAR, LEDGER, [rates]))["not-run"] == session


def test_equipment_bought_in_march_is_in_the_ledger_in_full_and_spread_on_the_map() -> None:
    # £1,098 over three years is £366 a year, and the first year of its life has 366 days: £1 a day.
    bought = OtherCost(CostKind.EQUIPMENT, "Sensory kit", Decimal(1098), dt.date(2027, 3, 1), years=3)
    costed = the_map(Intervention("Sensory circuit", other_costs=[bought], members=ANN))
    found = bridge(costed, [costed], MAINTAINED, LEDGER, [TA])
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
    found = bridge(new, [old, new], MAINTAINED, LEDGER, [TA, TA])
    assert found.explained == 36500


def test_a_maintained_school_is_brought_from_its_academic_year_to_its_financial_year() -> None:
    old, new = cost_map([monday_group(members=ANN)], TA, PUPILS, BEFORE), the_map(monday_group(members=ANN))
    found = bridge(new, [old, new], MAINTAINED, LEDGER, [TA, TA])
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
    assert [line.ground for line in found.telling if not line.computed] == ["Invoices", "Insurer's letter"]


def test_lines_at_nought_are_kept_apart() -> None:
    found = academy(the_map(monday_group(members=ANN)), entries=[BridgeEntry(Heading.COVER, Decimal(5))])
    assert [line.key for line in found.telling] == ["map", "cover"]
    kinds = 4 + len(TimeKind) + len(Heading)
    assert len(found.at_nought) + 2 == len(found.lines) == kinds


def test_days_without_a_map_are_named() -> None:
    new = the_map(monday_group(members=ANN))
    found = bridge(new, [cost_map([], TA, PUPILS, BEFORE), new], MAINTAINED, LEDGER, [TA, TA])
    assert [(each.first, each.last) for each in found.without_map] == [(MAINTAINED.first, dt.date(2026, 8, 31))]
    assert academy(new).without_map == ()


def test_a_ledger_whose_shares_nobody_has_set_is_nothing_to_compare_with() -> None:
    unset = LedgerLine("E03", "Support staff", Decimal(2000))
    found = bridge(the_map(), [the_map()], YEAR, [unset], [TA])
    assert [found.compared, found.not_counted, found.ledger] == [False, 200000, 0]
    assert academy(the_map()).compared


def test_exactly_at_the_tolerance_is_within_and_a_penny_more_is_beyond_either_way() -> None:
    for pence, beyond in ((95000, False), (94999, True), (105000, False), (105001, True)):
        typed = BridgeEntry(Heading.NEVER_MAPPED, Decimal(pence) / 100)
        assert academy(the_map(), entries=[typed]).beyond(Fraction(5, 100)) is beyond


MONEY = st.decimals(-500, 500, places=2)


@given(
    st.lists(a_dated_intervention(), max_size=3),
    st.lists(st.builds(BridgeEntry, st.sampled_from(Heading), MONEY), max_size=4),
)
def test_the_bridge_always_closes(its: list[Intervention], entries: list[BridgeEntry]) -> None:
    costed = cost_map(its, TA, PUPILS, USUAL)
    found = bridge(costed, [costed], MAINTAINED, LEDGER, [TA], entries=entries)
    assert sum(line.amount for line in found.lines) + found.not_explained == found.ledger
    printed, rest = found.printed()
    assert sum(printed) + rest == 100000
    assert all(abs(pence - line.amount) < 1 for pence, line in zip(printed, found.telling, strict=True))
