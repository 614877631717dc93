from dataclasses import replace
from typing import Any

import pytest

from tests.stages.cases import ANN, BEN, SCHOOL, TODAY, YESTERDAY, costing, make_case, with_strength
from vfm.answers import Choice
from vfm.costing.intervention import Intervention, Membership, Result
from vfm.questions.bank import Strength
from vfm.questions.school import Kind
from vfm.stages import findings_of
from vfm.stages.outcomes import ended_unreviewed, no_outcome
from vfm.stages.stage import Weight
from vfm.stages.value import condition_not_met, requirement_not_met

GRANT = with_strength("toy-budget", Strength.GRANT_CONDITION)


def recorded(result: Result | None) -> Intervention:
    members = [Membership("ann", result=result), Membership("ben")]
    return costing("250", name="Phonics", members=members)


def test_an_intervention_without_any_result_is_a_finding_in_pounds() -> None:
    found = no_outcome(make_case([costing("1520", ANN), costing("330.50", BEN, name="Number"), recorded(Result.MET)]))
    assert found is not None
    assert found.rule == "no-outcome"
    assert found.says == "For 2 interventions nothing is recorded for any pupil. Together they cost £1,850.50."
    assert [line.leads_to for line in found.lines] == ["intervention:reading", "intervention:number"]


@pytest.mark.parametrize("result", list(Result))
def test_one_result_for_one_pupil_is_enough_and_not_met_is_a_result(result: Result) -> None:
    assert no_outcome(make_case([recorded(result)])) is None
    assert no_outcome(make_case([recorded(None)])) is not None


def test_an_empty_map_has_nothing_without_an_outcome() -> None:
    assert no_outcome(make_case()) is None


@pytest.mark.parametrize("name", ["ends_on", "review_on"])
def test_what_ends_today_need_not_be_reviewed_yet_and_what_ended_yesterday_must(name: str) -> None:
    today: dict[str, Any] = {name: TODAY}
    yesterday: dict[str, Any] = {name: YESTERDAY}
    assert ended_unreviewed(make_case([costing("10", ANN, **today)])) is None
    found = ended_unreviewed(make_case([costing("10", ANN, **yesterday)]))
    assert found is not None
    assert found.rule == "ended-unreviewed"
    assert found.says.startswith("One intervention came to an end, or to the day of its review,")
    assert [line.leads_to for line in found.lines] == ["intervention:reading"]


def test_a_review_settles_it_even_on_the_day_after_it_ended() -> None:
    assert ended_unreviewed(make_case([costing("10", ANN, ends_on=YESTERDAY, reviewed_on=TODAY)])) is None


def test_an_intervention_without_any_day_never_ended() -> None:
    assert ended_unreviewed(make_case([costing("10", ANN)])) is None


def test_a_legal_requirement_answered_no_is_a_finding() -> None:
    found = requirement_not_met(make_case(answers={"toy-duty": Choice.NO}))
    assert found is not None
    assert found.rule == "requirement-not-met"
    assert found.title == "A legal requirement is not yet met"
    assert found.says == "Answered No: 1.2."
    assert found.weight is Weight.LEGAL
    assert [(line.words, line.leads_to) for line in found.lines] == [("1.2 The toy duty is met", "question:toy-duty")]


@pytest.mark.parametrize("choice", [Choice.YES, Choice.IN_PART, Choice.NOT_APPLICABLE])
def test_only_no_is_not_met(choice: Choice) -> None:
    assert requirement_not_met(make_case(answers={"toy-duty": choice})) is None
    assert condition_not_met(make_case(bank=GRANT, answers={"toy-budget": choice})) is None


def test_unanswered_is_never_read_as_no() -> None:
    assert requirement_not_met(make_case()) is None
    assert condition_not_met(make_case(bank=GRANT)) is None


def test_good_practice_answered_no_is_no_legal_finding() -> None:
    case = make_case(answers={"toy-figure": Choice.NO, "toy-budget": Choice.NO})
    assert requirement_not_met(case) is None
    assert condition_not_met(case) is None


def test_what_does_not_bind_a_special_school_is_not_said_to_be_unmet_there() -> None:
    special = replace(SCHOOL, kind=Kind.SPECIAL)
    assert requirement_not_met(make_case(school=special, answers={"toy-duty": Choice.NO})) is None


def test_what_does_not_apply_any_longer_does_not_count() -> None:
    bank = with_strength("toy-unit", Strength.MUST)
    answers = {"toy-unit": Choice.NO}
    assert requirement_not_met(make_case(bank=bank, answers=answers)) is not None
    without = replace(SCHOOL, unit_or_resourced_provision=False)
    assert requirement_not_met(make_case(bank=bank, answers=answers, school=without)) is None


def test_a_grant_condition_answered_no_is_a_finding_of_its_own() -> None:
    case = make_case(bank=GRANT, answers={"toy-budget": Choice.NO})
    found = condition_not_met(case)
    assert found is not None
    assert found.rule == "condition-not-met"
    assert found.title == "A grant condition is not yet met"
    assert found.says == "Answered No: 3.1."
    assert requirement_not_met(case) is None


def test_findings_come_in_the_order_of_the_stages() -> None:
    case = make_case([costing("7000", ANN, ends_on=YESTERDAY)], answers={"toy-duty": Choice.NO})
    rules = [found.rule for found in findings_of(case)]
    assert rules == ["over-six-thousand", "no-outcome", "ended-unreviewed", "requirement-not-met"]


def test_an_empty_year_has_no_findings() -> None:
    assert findings_of(make_case()) == []
