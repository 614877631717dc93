from dataclasses import replace
from decimal import Decimal

from tests.stages.cases import ANN, BEN, costing, make_case, taking
from vfm.costing.delivery import InTotal
from vfm.costing.deployment import Contract, Work
from vfm.costing.intervention import Intervention, Membership, Staff
from vfm.stages.provision import over_booked, over_six_thousand
from vfm.stages.stage import Weight

TA = Contract("12", "TA", weekly_hours=25)  # 25 hours × 38 weeks: 57,000 minutes
TOPPED = replace(ANN, top_up=True)


def test_staff_booked_for_exactly_their_hours_are_no_finding() -> None:
    assert over_booked(make_case([taking(57_000)], contracts=[TA])) is None


def test_staff_are_over_booked_from_the_first_minute() -> None:
    found = over_booked(make_case([taking(57_001)], contracts=[TA]))
    assert found is not None
    assert found.rule == "over-booked"
    assert found.says.endswith("TA, 1 minute over.")
    assert [(line.words, line.leads_to) for line in found.lines] == [("TA", "staff:12")]


def test_preparation_counts_as_booked_time() -> None:
    assert over_booked(make_case([taking(57_000, preparation=1)], contracts=[TA])) is not None


def test_other_recorded_work_counts_as_booked_time() -> None:
    busy = replace(TA, other_work={Work.DUTY: 5})  # 190 hours of the year
    assert over_booked(make_case([taking(57_000 - 190 * 60)], contracts=[busy])) is None
    assert over_booked(make_case([taking(57_001 - 190 * 60)], contracts=[busy])) is not None


def test_hours_are_those_of_everybody_in_the_role() -> None:
    second = replace(TA, person="13")
    assert over_booked(make_case([taking(114_000)], contracts=[TA, second])) is None
    found = over_booked(make_case([taking(114_090)], contracts=[TA, second]))
    assert found is not None
    assert "TA, 1 hour 30 minutes over" in found.says
    assert [line.leads_to for line in found.lines] == ["staff:12"]


def test_a_role_that_nobody_on_the_staff_list_has_cannot_be_over_booked() -> None:
    assert over_booked(make_case([taking(57_001, role="Teacher")], contracts=[TA])) is None


def test_exactly_six_thousand_pounds_is_no_finding() -> None:
    assert over_six_thousand(make_case([costing("6000.00", ANN)])) is None


def test_a_penny_over_six_thousand_asks_whether_top_up_applies() -> None:
    found = over_six_thousand(make_case([costing("6000.01", ANN)]))
    assert found is not None
    assert found.rule == "over-six-thousand"
    assert found.weight is Weight.MONEY
    assert found.action.startswith("Ask whether top-up applies")
    assert "not a condition for asking for an assessment" in found.says
    for word in ("must", "owed", "entitled"):
        assert word not in found.says + found.action


def test_the_pupil_is_named_only_on_a_private_line() -> None:
    found = over_six_thousand(make_case([costing("6000.01", ANN)]))
    assert found is not None
    assert [(line.words, line.leads_to, line.private) for line in found.lines] == [("Ann", "pupil:ann", True)]
    assert "Ann" not in found.title + found.says + found.action


def test_with_top_up_or_without_sen_there_is_nothing_to_ask() -> None:
    assert over_six_thousand(make_case([costing("6000.01", TOPPED)], pupils=[TOPPED])) is None
    assert over_six_thousand(make_case([costing("6000.01", BEN)])) is None


def test_only_the_part_that_counts_as_additional_is_measured() -> None:
    assert over_six_thousand(make_case([costing("12000.00", ANN, counts_percent=50)])) is None
    assert over_six_thousand(make_case([costing("12000.02", ANN, counts_percent=50)])) is not None


def test_a_pupils_shares_of_several_interventions_are_added_up() -> None:
    parts = [costing("3000", ANN, name="Reading"), costing("3000.01", ANN, name="Number")]
    assert over_six_thousand(make_case(parts)) is not None
    assert over_six_thousand(make_case(parts[:1])) is None


def test_the_line_is_drawn_on_the_authoritys_rates_not_the_schools_own() -> None:
    teacher = Intervention(  # £40 an hour on the school's card, £50 on the authority's: £4,800 and £6,000
        "Reading", minutes=60, delivery=InTotal(120), staff=[Staff("Teacher")], members=[Membership("ann")]
    )
    assert over_six_thousand(make_case([teacher])) is None
    longer = replace(teacher, minutes=Decimal("60.5"))
    case = make_case([longer])
    assert case.map.total == 484_000
    assert over_six_thousand(case) is not None
