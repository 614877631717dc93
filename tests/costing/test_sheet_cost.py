"""Figures that a school can check with a calculator, from rows of a spreadsheet."""

from decimal import Decimal
from fractions import Fraction

import pytest

from tests.costing.sheets import STAFF, costed, exact, only, printed
from tests.costing.usual import USUAL
from vfm.costing.delivery import InTotal, Weekly
from vfm.costing.intervention import Intervention, Membership, Staff, Tier
from vfm.costing.other_cost import CostKind, OtherCost
from vfm.costing.provision_map import cost_map
from vfm.costing.rates import RateBook, Stated, WeeklyHour
from vfm.costing.sharing import Basis
from vfm.pupils.pupil import Pupil, SenStatus


def test_a_teacher_for_an_hour_a_week_over_38_weeks_at_40_pounds_is_1520() -> None:
    assert only(STAFF, "Reading,Teacher,40,60,1,38").total == 1520_00


def test_an_hlta_for_an_hour_over_15_weeks_at_22_pounds_is_330() -> None:
    assert only(STAFF, "Maths,HLTA,22,60,1,15").total == 330_00


@pytest.mark.parametrize(("lessons", "pounds"), [(3, 1650), (6, 3300), (2, 1100)])
def test_a_ta_lesson_priced_at_550_a_year(lessons: int, pounds: int) -> None:
    heads = "intervention,staff,weekly_hour_price,minutes,sessions_per_week,weeks"
    assert only(heads, f"Lessons,TA,550,60,{lessons},38").total == pounds * 100


def test_15_hours_of_tuition_for_three_at_50_pounds_is_250_a_pupil() -> None:
    heads = "intervention,staff,hourly_rate,minutes,sessions_total,group_size"
    group = only(heads, "Tuition,Tutor,50,60,15,3")
    assert (group.total, group.cost_per_pupil, group.cost_per_pupil_hour) == (750_00, 250_00, 16_67)


def test_634_53_over_38_weeks_prints_16_70_an_hour_and_keeps_the_exact_quotient() -> None:
    heads = "intervention,staff,weekly_hour_price,minutes,sessions_per_week,weeks,pupils"
    group = only(heads, "Talk,TA,634.53,60,1,38,Amy")
    assert (group.total, group.cost_per_pupil_hour) == (634_53, 16_70)


def test_119_42_between_three_pupils_prints_39_81_39_81_39_80() -> None:
    group = only("intervention,other_cost,pupils", "EP,119.42,Amy;Ben;Cy")
    assert group.shares == {"Amy": 39_81, "Ben": 39_81, "Cy": 39_80}


def test_a_weekly_hour_price_is_over_the_weeks_that_are_asked_for() -> None:
    heads = "intervention,staff,weekly_hour_price,minutes,sessions_per_week,weeks"
    assert only(heads, "Talk,TA,390,60,1,39", weeks=39).total == 390_00
    assert only(heads, "Talk,TA,390,60,1,39", weeks=38).total == 400_26


def test_rows_with_the_same_name_add_up() -> None:
    group = only(STAFF + ",other_cost", "Reading,Teacher,40,60,1,38,", "Reading,TA,20,60,1,38,10.50", "Reading,,,,,,1")
    assert (group.staff_cost, group.other_cost, group.total) == (2280_00, 11_50, 2291_50)


def test_names_are_the_same_only_if_they_match_exactly_after_trimming() -> None:
    groups = printed("intervention,other_cost", "Reading,1", "  Reading ,2", "reading,4").groups
    assert [(group.name, group.total) for group in groups] == [("Reading", 3_00), ("reading", 4_00)]


def test_staff_cost_is_number_times_contact_and_preparation_times_rate() -> None:
    heads = STAFF + ",number,prep_minutes"
    assert only(heads, "Reading,TA,20,30,2,10,2,15").staff_cost == 2 * 45 * 20 * 20 * 100 // 60
    assert only(heads, "Reading,TA,20,30,2,10,,").staff_cost == 30 * 20 * 20 * 100 // 60
    assert only(heads, "Reading,TA,20,30,2,10,0,15").staff_cost == 0


def test_preparation_is_paid_and_is_not_contact() -> None:
    assert only(STAFF + ",prep_minutes", "Reading,TA,20,30,2,10,15").contact_hours == 10_00


def test_fractions_of_staff_minutes_sessions_and_weeks_are_allowed() -> None:
    heads = STAFF + ",number"
    assert (
        only(heads, "Reading,TA,20,22.5,0.5,19.5,1.5").staff_cost == 109_69
    )  # 1.5 × 22.5 ÷ 60 × 9.75 × £20 = 109.6875


def test_hourly_rates_keep_four_decimals() -> None:
    assert only(STAFF, "Reading,TA,20.3768,60,1,100").staff_cost == 2037_68


@pytest.mark.parametrize(
    "staff", ["volunteer", "Volunteer", "VOLUNTEER", "other pupil", "Other Pupil", " other pupil "]
)
def test_volunteers_and_other_pupils_cost_nothing_and_give_hours(staff: str) -> None:
    group = only(STAFF, f"Reading,{staff},,30,2,38")
    assert (group.staff_cost, group.contact_hours) == (0, 38_00)


def test_hours_without_an_adult_are_hours() -> None:
    group = only(STAFF + ",pupils,other_cost", "Software,,,20,3,38,Amy;Ben,380")
    assert (group.contact_hours, group.cost_per_pupil, group.cost_per_pupil_hour) == (38_00, 190_00, 5_00)


def test_no_weeks_are_no_sessions() -> None:
    group = only(STAFF + ",pupils", "Later,TA,20,60,1,0,Amy")
    assert (group.total, group.contact_hours, group.cost_per_pupil, group.cost_per_pupil_hour) == (0, 0, 0, None)


def test_contact_hours_are_the_largest_among_rows_that_differ() -> None:
    assert only(STAFF, "Reading,Teacher,40,60,1,10", "Reading,TA,20,60,2,38").contact_hours == 76_00


def test_what_counts_as_additional_is_said_row_by_row() -> None:
    heads = "intervention,other_cost,counts_percent,tier"
    assert only(heads, "A,100,,targeted").additional == 100_00
    assert only(heads, "A,100,,").additional == 100_00
    assert only(heads, "A,100,,universal").additional == 0
    assert only(heads, "A,100,,Universal").additional == 0
    assert only(heads, "A,100,12.5,universal").additional == 12_50
    assert only(heads, "A,100,0,targeted").additional == 0
    assert only(heads, "A,100,,universal", "A,100,,targeted", "A,100,50,").additional == 150_00
    assert only(heads, "A,100,,", "A,100,,universal").additional == 0, (
        "a row without a tier has the intervention's first"
    )


def test_pupils_are_the_union_of_the_rows_in_first_seen_order() -> None:
    group = only("intervention,other_cost,pupils", "A,6,Cy; Amy ;;", "A,3,Ben;Amy;Amy", "A,,")
    assert list(group.shares) == ["Cy", "Amy", "Ben"]
    assert group.cost_per_pupil == 3_00


def test_names_of_pupils_match_exactly() -> None:
    assert list(only("intervention,other_cost,pupils", "A,6,Amy;amy;Amy B;AMY").shares) == [
        "Amy",
        "amy",
        "Amy B",
        "AMY",
    ]


def test_the_size_of_a_group_divides_where_nobody_is_named() -> None:
    it = printed("intervention,other_cost,group_size", "A,100,8")
    assert it.groups[0].cost_per_pupil == 12_50
    assert (it.groups[0].shares, it.not_attributed, it.pupils) == ({}, 100_00, {})


def test_names_win_over_a_size() -> None:
    assert only("intervention,other_cost,group_size,pupils", "A,100,8,Amy;Ben").cost_per_pupil == 50_00


def test_without_names_or_a_size_there_is_nothing_to_divide_by() -> None:
    group = only(STAFF, "Reading,TA,20,60,1,38")
    assert (group.cost_per_pupil, group.cost_per_pupil_hour) == (None, None)


def test_one_pupil_may_carry_it_all_and_figures_per_pupil_divide_by_everyone() -> None:
    it = printed(STAFF + ",pupils,whole_cost_to", "Reading,TA,20,60,1,30,Amy;Ben;Cy,Ben")
    assert it.groups[0].shares == it.pupils == {"Amy": 0, "Ben": 600_00, "Cy": 0}
    assert (it.groups[0].cost_per_pupil, it.groups[0].cost_per_pupil_hour) == (200_00, 6_67)


def test_the_pupil_who_carries_it_all_may_be_the_only_one_named() -> None:
    alone = printed("intervention,other_cost,whole_cost_to", "A,100,Amy")
    assert (alone.groups[0].shares, alone.groups[0].cost_per_pupil) == ({"Amy": 100_00}, 100_00)
    assert (alone.pupils, alone.not_attributed) == ({"Amy": 100_00}, 0)
    grouped = only("intervention,other_cost,whole_cost_to,group_size", "A,100,Amy,4")
    assert (grouped.shares, grouped.cost_per_pupil) == ({"Amy": 100_00}, 25_00)


def test_a_pupil_adds_up_over_interventions_and_the_rest_is_not_attributed() -> None:
    it = printed("intervention,other_cost,pupils", "A,10,Amy;Ben", "B,10,Ben;Cy", "C,7,")
    assert it.pupils == {"Amy": 5_00, "Ben": 10_00, "Cy": 5_00}
    assert (it.not_attributed, it.total) == (7_00, 27_00)


def test_each_row_goes_to_its_own_label_else_to_the_first_of_its_intervention_else_to_not_stated() -> None:
    it = printed(
        "intervention,other_cost,tier,area_of_need,funding",
        "A,1,,SLCN,",
        "A,2,targeted,,",
        "A,4,specialist,SEMH,",
        "B,8,,,",
    )
    assert it.by == {
        "tier": {"targeted": 3_00, "specialist": 4_00, "not stated": 8_00},
        "area_of_need": {"SLCN": 3_00, "SEMH": 4_00, "not stated": 8_00},
        "funding": {"not stated": 15_00},
    }


def test_a_label_without_cost_is_listed_and_not_stated_only_where_it_is_used() -> None:
    it = printed("intervention,staff,minutes,sessions_total,other_cost,tier", "A,volunteer,30,5,,targeted", "B,,,,9,x")
    assert it.by["tier"] == {"targeted": 0, "x": 9_00}


def test_lists_are_in_order_of_first_appearance() -> None:
    it = printed("intervention,other_cost,pupils,funding", "B,1,Zed,x", "A,1,Amy,y", "B,1,Cy,z", "A,1,Bo,x")
    assert [group.name for group in it.groups] == ["B", "A"]
    assert list(it.pupils) == ["Zed", "Amy", "Cy", "Bo"]
    assert list(it.by["funding"]) == ["x", "y", "z"]


def test_every_printed_list_adds_up_to_its_printed_total() -> None:
    third = ",TA,1,20,1,1"  # 33.3 pence
    it = printed(STAFF + ",pupils,tier", *(f"I{n}{third},P{n};Q,T{n}" for n in range(7)), f"X{third},,")
    assert it.total == 267  # 8 × 33.3 = 266.7
    assert sum(group.total for group in it.groups) == it.total
    assert sum(it.pupils.values()) + it.not_attributed == it.total
    assert sum(it.by["tier"].values()) == it.total
    assert sum(group.additional for group in it.groups) == it.additional == 267
    for group in it.groups:
        assert group.staff_cost + group.other_cost == group.total
        assert sum(group.shares.values()) in ([group.total] if group.shares else [0])


def test_the_odd_pennies_go_to_the_largest_remainders_and_ties_in_list_order() -> None:
    it = printed(STAFF, "A,TA,1,20,1,1", "B,TA,1,40,1,1", "C,TA,1,20,1,1", "D,TA,1,20,1,1")
    assert [group.total for group in it.groups] == [34, 67, 33, 33]  # 33.3, 66.7, 33.3, 33.3: 167 of 166.7


def test_half_a_penny_is_rounded_up_once_at_the_end() -> None:
    assert only(STAFF, "A,TA,0.01,30,1,1").total == 1
    assert only(STAFF, "A,TA,0.01,15,1,1", "A,TA,0.01,15,1,1").total == 1
    assert only(STAFF, "A,TA,0.01,29,1,1").total == 0


def test_nothing_is_lost_in_numbers_that_a_binary_fraction_cannot_hold() -> None:
    it = costed("intervention,other_cost", *("A,0.10" for _ in range(3_000)), "B,0.30")
    assert exact(it, it.groups[0])["total"] == 300_00
    assert exact(it, it.groups[1])["total"] == 30


def test_the_largest_amounts_are_exact_too() -> None:
    it = costed("intervention,other_cost", *(f"I{n},£99999999.99" for n in range(1_000)))
    assert Fraction(it.total, it.over) == 99_999_999_99 * 1_000


def test_the_same_map_costs_the_same_as_on_the_site() -> None:
    rows = [
        "Reading,Teacher,40,,1,30,2,38,,5,12.50,Ann;Bob,,targeted,",
        "Reading,TA,,634.53,2,30,2,38,,5,,Cy,,targeted,",
        "Social,TA,17.1234,,1,45,,,11,0,3.33,Cy;Ann,Cy,specialist,",
        "All,TA,20,,1,20,5,36.5,,0,,,,universal,",
        "EP,,,,,,,,,,119.42,Bob,,specialist,50",
    ]
    heads = (
        "intervention,staff,hourly_rate,weekly_hour_price,number,minutes,sessions_per_week,weeks,sessions_total,"
        "prep_minutes,other_cost,pupils,whole_cost_to,tier,counts_percent"
    )
    ours = costed(heads, *rows)
    people = {name: Pupil(name, name, status=SenStatus.SEN_SUPPORT) for name in ("Ann", "Bob", "Cy")}

    def members(*names: str) -> tuple[Membership, ...]:
        return tuple(Membership(name) for name in names)

    site = cost_map(
        [
            Intervention(
                "Reading", minutes=30, delivery=Weekly(2), preparation=5, members=members("Ann", "Bob", "Cy"),
                staff=(
                    Staff("Teacher", rate=Stated(Decimal(40))),
                    Staff("TA", 2, rate=WeeklyHour(Decimal("634.53"))),
                ),
                other_costs=(OtherCost(CostKind.CONSUMABLES, "books", Decimal("12.50")),),
            ),
            Intervention(
                "Social", tier=Tier.SPECIALIST, minutes=45, delivery=InTotal(11), members=members("Cy", "Ann"),
                staff=(Staff("TA", rate=Stated(Decimal("17.1234"))),), basis=Basis.WHOLE, whole_to="Cy", whole_reason="plan",
                other_costs=(OtherCost(CostKind.TRAVEL, "bus", Decimal("3.33")),),
            ),
            Intervention(
                "All", tier=Tier.UNIVERSAL, minutes=20, delivery=Weekly(5, Decimal("36.5")),
                staff=(Staff("TA", rate=Stated(Decimal(20))),),
            ),
            Intervention(
                "EP", tier=Tier.SPECIALIST, members=members("Bob"), counts_percent=50,
                other_costs=(OtherCost(CostKind.FEES, "visit", Decimal("119.42")),),
            ),
        ],
        RateBook(), people, USUAL, leadership=True,
    )  # fmt: skip
    for group, theirs in zip(ours.groups, site.interventions, strict=True):
        amounts = exact(ours, group)
        assert (group.name, group.contact_hours) == (theirs.name, theirs.contact_hours)
        assert (amounts["staff"], amounts["other"]) == (theirs.staff, theirs.other)
        assert amounts["additional"] == theirs.additional
        assert {pupil: Fraction(part, ours.over) for pupil, part in group.shares.items()} == theirs.shares.by_pupil
    assert {pupil: Fraction(part, ours.over) for pupil, part in ours.pupils.items()} == site.by_pupil
    assert Fraction(ours.not_attributed, ours.over) == site.not_attributed
    assert Fraction(ours.total, ours.over) == site.total
    assert Fraction(ours.additional, ours.over) == site.additional
