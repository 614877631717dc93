"""What days do to a cost: weekdays, joining and leaving, rates that change, sessions that did not run, the year's edges."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.costing.usual import USUAL
from vfm.costing.costed import CostedIntervention
from vfm.costing.delivery import InTotal, NotRun, OnDays, Slot, Weekly
from vfm.costing.intervention import Intervention, InterventionError, Membership, Staff
from vfm.costing.other_cost import CostKind, OtherCost
from vfm.costing.provision_map import cost_map
from vfm.costing.rates import Card, RateBook, RateCard, RoleRate, Stated
from vfm.costing.sharing import Basis
from vfm.pupils.pupil import Pupil, SenStatus

K, N = SenStatus.SEN_SUPPORT, SenStatus.NONE
PUPILS = {
    "ann": Pupil("ann", "Ann", status=K),
    "bob": Pupil("bob", "Bob", status=K),
    "cy": Pupil("cy", "Cy"),
    "dee": Pupil("dee", "Dee", status=K, history=[(dt.date(2027, 1, 4), K)]),
}
TA = RateBook(RateCard(Card.ACTUAL, [RoleRate("TA", Stated(Decimal(20)))]))
NEW_YEAR = dt.date(2027, 1, 4)
MONDAY, TUESDAY = Slot(0), Slot(1)
DEAREST_DAY = dt.date(2027, 4, 1)


def cost(it: Intervention, rates: RateBook = TA, *, leadership: bool = False) -> CostedIntervention:
    return cost_map([it], rates, PUPILS, USUAL, leadership=leadership).interventions[0]


def an_hour(*slots: Slot, **values: object) -> Intervention:
    entered: dict[str, object] = {"minutes": 60, "delivery": OnDays(slots or (MONDAY,)), "staff": [Staff("TA")]}
    return Intervention("Group", **entered | values)  # type: ignore[arg-type]


def test_a_monday_group_runs_on_the_36_mondays_of_this_year_and_a_tuesday_group_on_39() -> None:
    assert [cost(an_hour(MONDAY)).sessions, cost(an_hour(MONDAY)).total] == [36, 72000]
    assert cost(an_hour(TUESDAY)).total == 78000
    assert cost(an_hour(MONDAY, TUESDAY)).total == 150000


def test_once_a_week_without_a_weekday_is_38_sessions_in_a_year_of_190_days_and_not_40() -> None:
    weekly = an_hour(delivery=Weekly(1))
    assert [cost(weekly).sessions, cost(weekly).total] == [38, 76000]


def test_from_a_day_to_a_day_the_weeks_are_pupil_days_by_five_pro_rata() -> None:
    spring = an_hour(delivery=Weekly(1), starts_on=NEW_YEAR, ends_on=dt.date(2027, 1, 14))
    assert cost(spring).sessions == Fraction(8, 5)


def test_alternate_mondays_are_counted_from_the_week_of_the_start() -> None:
    one = an_hour(Slot(0, week=1), starts_on=dt.date(2026, 9, 7), ends_on=dt.date(2026, 10, 23))
    assert cost(one).sessions == 4
    assert cost(replace(one, delivery=OnDays([Slot(0, week=2)]))).sessions == 3


def test_minutes_may_differ_by_day() -> None:
    it = an_hour(Slot(0), Slot(1, minutes=30))
    assert cost(it).contact_hours == 36 + Fraction(39, 2)
    assert cost(it).total == 2000 * (36 + Fraction(39, 2))


def test_work_on_a_day_costs_that_days_rate() -> None:
    dearer = RateBook(
        RateCard(
            Card.ACTUAL,
            [RoleRate("TA", Stated(Decimal(20))), RoleRate("TA", Stated(Decimal(22)), starts=DEAREST_DAY, award=True)],
        )
    )
    it = an_hour(MONDAY)
    before = sum(1 for day in USUAL.pupil_days if day.weekday() == 0 and day < DEAREST_DAY)
    costed = cost(it, dearer)
    assert costed.total == 2000 * before + 2200 * (36 - before)
    assert [rate.per_hour for rate in costed.staff_lines[0].rates] == [2000, 2200]
    assert costed.total - cost(it, dearer.without_awards()).total == 200 * (36 - before)


def test_days_before_the_first_rate_are_not_costed_and_say_so() -> None:
    late = RateBook(RateCard(Card.ACTUAL, [RoleRate("TA", Stated(Decimal(20)), starts=NEW_YEAR)]))
    costed = cost(an_hour(MONDAY), late)
    mondays = sum(1 for day in USUAL.pupil_days if day.weekday() == 0 and day >= NEW_YEAR)
    assert [costed.rate_missing, costed.total] == [("TA",), 2000 * mondays]
    assert cost(an_hour(MONDAY, starts_on=NEW_YEAR), late).rate_missing == ()


def test_a_pupil_who_leaves_raises_the_others_shares_and_not_the_total() -> None:
    both = an_hour(members=[Membership("ann"), Membership("bob")])
    left = replace(both, members=[Membership("ann"), Membership("bob", left=dt.date(2026, 9, 7))])
    assert cost(both).shares.by_pupil == {"ann": 36000, "bob": 36000}
    assert [cost(left).total, cost(left).shares.by_pupil] == [
        72000,
        {"ann": Fraction(72000 * 36, 37), "bob": Fraction(72000, 37)},
    ]


def test_a_pupil_is_in_on_the_day_of_joining_and_on_the_day_of_leaving() -> None:
    monday = dt.date(2026, 9, 14)
    it = an_hour(members=[Membership("ann"), Membership("bob", joined=monday, left=monday)])
    assert cost(it).shares.by_pupil["bob"] == Fraction(72000, 37)
    assert cost(it).pupil_hours == 37


def test_more_pupils_than_places_on_any_day_is_refused_and_one_after_another_is_not() -> None:
    first, second = Membership("ann", left=NEW_YEAR), Membership("bob", joined=NEW_YEAR + dt.timedelta(days=1))
    one_place = {"basis": Basis.BY_PLACE, "places": 1}
    filled = cost(an_hour(members=[first, second], **one_place))
    assert [filled.shares.unfilled, sum(filled.shares.by_pupil.values())] == [0, 72000]
    with pytest.raises(InterventionError, match="more pupils than places"):
        an_hour(members=[first, replace(second, joined=NEW_YEAR)], **one_place)


def test_a_cancelled_session_is_not_run_and_not_paid_on_the_map() -> None:
    monday = dt.date(2026, 9, 14)
    costed = cost(an_hour(not_run=[NotRun(1, monday, "Away")]))
    assert [costed.run.planned, costed.run.cancelled, costed.sessions, costed.total] == [36, 1, 35, 70000]
    assert costed.between(monday, monday) == 0
    unknown = cost(an_hour(not_run=[NotRun(Decimal("1.5"))]))
    assert [unknown.sessions, unknown.total] == [Fraction(69, 2), 69000]


def test_no_more_sessions_can_be_cancelled_than_were_planned() -> None:
    assert cost(an_hour(delivery=InTotal(2), not_run=[NotRun(5)])).total == 0


def test_what_the_school_counted_wins_over_the_calendar() -> None:
    assert cost(an_hour(counted=30)).total == 60000


def test_irregular_work_is_on_its_days_or_else_spread_over_the_pupil_days() -> None:
    visits = [dt.date(2026, 10, 6), dt.date(2027, 3, 9)]
    known = cost(an_hour(delivery=InTotal(2, visits)))
    assert [known.total, known.between(visits[0], visits[0])] == [4000, 2000]
    spread = cost(an_hour(delivery=InTotal(190)))
    assert spread.between(NEW_YEAR, dt.date(2027, 1, 5)) == 2000  # 4 January is an INSET day


def test_work_in_the_holidays_is_spread_over_all_its_days() -> None:
    club = an_hour(delivery=InTotal(10), starts_on=dt.date(2027, 8, 2), ends_on=dt.date(2027, 8, 11))
    assert [cost(club).total, cost(club).between(dt.date(2027, 8, 2), dt.date(2027, 8, 2))] == [20000, 2000]


def test_each_pupils_share_goes_by_the_status_on_the_day() -> None:
    it = an_hour(members=[Membership("dee")])
    after = sum(1 for day in USUAL.pupil_days if day.weekday() == 0 and day >= NEW_YEAR)
    assert [cost(it).for_sen, cost(it).for_other_needs] == [2000 * after, 2000 * (36 - after)]


def test_31_march_is_in_the_old_financial_year_and_1_april_in_the_new() -> None:
    fee = OtherCost(CostKind.FEES, "Assessment", Decimal(90), dt.date(2027, 3, 31))
    it = Intervention("x", other_costs=[fee, replace(fee, starts=dt.date(2027, 4, 1))])
    assert cost(it).between(dt.date(2026, 9, 1), dt.date(2027, 3, 31)) == 9000
    assert cost(it).between(dt.date(2027, 4, 1), dt.date(2027, 8, 31)) == 9000


def test_31_august_is_the_last_day_of_the_map_and_1_september_belongs_to_the_next() -> None:
    fee = OtherCost(CostKind.FEES, "Assessment", Decimal(90), dt.date(2027, 8, 31))
    it = Intervention("x", other_costs=[fee, replace(fee, starts=dt.date(2027, 9, 1))])
    assert cost(it).total == 9000
    assert cost(it).between(dt.date(2027, 8, 31), dt.date(2027, 9, 30)) == 9000


def test_what_is_charged_on_its_own_date_is_ordered_until_that_day() -> None:
    fee = OtherCost(CostKind.FEES, "Assessment", Decimal(90), dt.date(2027, 3, 31))
    licence = OtherCost(CostKind.LICENCE, "Reading software", Decimal(365), dt.date(2027, 1, 1))
    it = Intervention("x", other_costs=[fee, licence])
    edge = [dt.date(2027, 3, 31), dt.date(2027, 4, 1)]
    assert [cost(it).charged_between(day, USUAL.year.last_day) for day in edge] == [9000, 0]


DAYS = st.dates(dt.date(2026, 8, 1), dt.date(2027, 9, 30))
SPANS = st.tuples(DAYS, DAYS).map(sorted)
DELIVERIES = st.one_of(
    st.builds(OnDays, st.lists(st.builds(Slot, st.integers(0, 4), st.sampled_from([None, 1, 2]), st.sampled_from([None, 20, 45])), min_size=1, max_size=3)),
    st.builds(Weekly, st.decimals(0, 5, places=2), st.sampled_from([None, 38, Decimal("12.5")])),
    st.builds(InTotal, st.integers(0, 40), st.lists(DAYS, max_size=3)),
)  # fmt: skip


@st.composite
def a_dated_intervention(draw: st.DrawFn) -> Intervention:
    first, last = draw(SPANS)
    group = draw(st.lists(st.sampled_from(list(PUPILS)), unique=True))
    members = []
    for pupil in group:
        joined, left = draw(SPANS)
        members.append(Membership(pupil, draw(st.sampled_from([None, joined])), draw(st.sampled_from([None, left]))))
    costs = [
        OtherCost(draw(st.sampled_from(CostKind)), "cost", draw(st.decimals(0, 900, places=2)), draw(st.none() | DAYS))
    ]
    return Intervention(
        "x", minutes=draw(st.integers(1, 90)), preparation=draw(st.sampled_from([0, 10])), delivery=draw(DELIVERIES),
        staff=[Staff("TA", draw(st.sampled_from((Decimal(1), Decimal("0.5")))))], other_costs=costs, members=members,
        starts_on=draw(st.sampled_from([None, first])), ends_on=draw(st.sampled_from([None, last])),
        not_run=draw(st.lists(st.builds(NotRun, st.sampled_from([1, Decimal("0.5")]), st.none() | DAYS), max_size=2)),
    )  # fmt: skip


CHANGING = RateBook(
    RateCard(
        Card.ACTUAL, [RoleRate("TA", Stated(Decimal(20))), RoleRate("TA", Stated(Decimal("21.37")), starts=NEW_YEAR)]
    )
)


@given(st.lists(a_dated_intervention(), max_size=4), SPANS)
def test_any_days_of_the_year_add_up_to_it_and_the_shares_to_the_total(
    its: Sequence[Intervention], span: list[dt.date]
) -> None:
    costed = cost_map(its, CHANGING, PUPILS, USUAL)
    year = USUAL.year
    for each in costed.interventions:
        middle = min(max(span[0], year.first_day), year.last_day)
        before = each.between(year.first_day, middle)
        after = each.between(middle + dt.timedelta(days=1), year.last_day)
        assert before + after == each.total == each.staff + each.other
        assert before >= 0
        assert after >= 0
        assert sum(month for month in (each.between(m.first, m.last) for m in year.period.months)) == each.total
        assert each.for_sen + each.for_other_needs + each.universal == each.total
        assert each.shares.attributed + each.shares.not_attributed + each.shares.unfilled == each.total
    assert sum(costed.by_pupil.values()) + costed.not_attributed + costed.unfilled == costed.total
    pupils = costed.printed_pupils()
    assert sum(pupils.by_pupil.values()) + pupils.not_attributed + pupils.unfilled == costed.printed_total


@given(st.lists(a_dated_intervention(), max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_entry_changes_no_exact_figure(its: list[Intervention], random: object) -> None:
    shuffled = list(its)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = (cost_map(each, CHANGING, PUPILS, USUAL) for each in (its, shuffled))
    assert (one.total, one.for_sen, one.by_pupil, one.additional_by_pupil, one.by_kind, one.unfilled) == (
        other.total, other.for_sen, other.by_pupil, other.additional_by_pupil, other.by_kind, other.unfilled,
    )  # fmt: skip
