import datetime as dt
from dataclasses import replace

import pytest

from tests.stages.cases import ANN, BANK, SCHOOL, TODAY, costing, income, make_case, with_strength
from vfm.answers import Answer, Choice
from vfm.plan.proposals import MANY, OF_FINDINGS, ORDER, TOP, Priority, Proposal, by_priority, proposals
from vfm.questions.bank import Bank, Strength
from vfm.questions.school import Kind, School
from vfm.stages import findings_of
from vfm.stages.stage import Finding, Line, Weight

PRIORITIES = [
    (Strength.MUST, Choice.NO, Priority.HIGH, 4),
    (Strength.MUST, Choice.IN_PART, Priority.MEDIUM_HIGH, 26),
    (Strength.GRANT_CONDITION, Choice.NO, Priority.HIGH, 4),
    (Strength.GRANT_CONDITION, Choice.IN_PART, Priority.MEDIUM_HIGH, 26),
    (Strength.SHOULD, Choice.NO, Priority.MEDIUM_HIGH, 13),
    (Strength.SHOULD, Choice.IN_PART, Priority.MEDIUM, 26),
    (Strength.GOOD_PRACTICE, Choice.NO, Priority.MEDIUM, 13),
    (Strength.GOOD_PRACTICE, Choice.IN_PART, Priority.LOW, 26),
]
"""content/domain.md §6, row by row, with the weeks until it is due."""


def proposed(
    *findings: Finding, bank: Bank = BANK, school: School = SCHOOL, note: str = "", **choices: Choice
) -> list[Proposal]:
    """What these answers ("toy_duty" is toy-duty) and findings call for."""
    answers = {key.replace("_", "-"): Answer(key, choice, note=note) for key, choice in choices.items()}
    return proposals(bank, school, answers, findings, TODAY)


def finding(rule: str, weight: Weight) -> Finding:
    return Finding(
        rule, "value", f"Title {rule}", "It says.", f"Do {rule}.", "Head", weight, (Line("Row", "income:1"),)
    )


@pytest.mark.parametrize(("strength", "choice", "priority", "weeks"), PRIORITIES)
def test_strength_and_answer_make_the_priority_and_the_day_it_is_due(
    strength: Strength, choice: Choice, priority: Priority, weeks: int
) -> None:
    bank = with_strength("toy-budget", strength)
    (found,) = proposed(bank=bank, toy_budget=choice)
    assert found.priority is priority
    assert found.starts == TODAY
    assert found.due == TODAY + dt.timedelta(weeks=weeks)


def test_every_strength_and_every_answer_that_acts_is_in_the_table() -> None:
    assert {(s, c) for s, c, *_ in PRIORITIES} == {(s, c) for s in Strength for c in (Choice.NO, Choice.IN_PART)}


def test_no_starts_the_action_and_in_part_completes_it() -> None:
    (no,) = proposed(toy_figure=Choice.NO)
    (part,) = proposed(toy_figure=Choice.IN_PART)
    assert no.text == "Start: send the figure to everybody who needs it, each March."
    assert part.text == "Complete: send the figure to everybody who needs it, each March."
    assert no.key == part.key == "answer:toy-figure"


@pytest.mark.parametrize("choice", [Choice.YES, Choice.NOT_APPLICABLE])
def test_yes_and_not_applicable_make_no_action(choice: Choice) -> None:
    assert proposed(toy_duty=choice) == []


def test_an_unanswered_question_makes_no_action() -> None:
    assert proposed() == []
    only_a_note = {"toy-duty": Answer("toy-duty", None, note="Ask the head")}
    assert proposals(BANK, SCHOOL, only_a_note, [], TODAY) == []


def test_a_question_that_does_not_apply_makes_no_action() -> None:
    assert len(proposed(toy_unit=Choice.NO)) == 1
    assert proposed(school=replace(SCHOOL, unit_or_resourced_provision=False), toy_unit=Choice.NO) == []


def test_a_duty_weighs_less_where_it_does_not_bind() -> None:
    (found,) = proposed(school=replace(SCHOOL, kind=Kind.SPECIAL), toy_duty=Choice.NO)
    assert found.priority is Priority.MEDIUM_HIGH
    assert found.due == TODAY + dt.timedelta(weeks=13)


def test_an_action_says_which_question_answer_and_note_it_came_from() -> None:
    (found,) = proposed(note="Two figures are about.", toy_figure=Choice.IN_PART)
    assert [found.stage, found.reference, found.owner] == ["funding", "1.1", "Business manager"]
    assert found.source.title == "1.1 Does everybody know the toy budget?"
    assert found.source.says == "In part. Two figures are about."
    assert [line.leads_to for line in found.source.lines] == ["question:toy-figure"]


@pytest.mark.parametrize(
    ("weight", "priority", "weeks"),
    [(Weight.LEGAL, Priority.HIGH, 4), (Weight.MONEY, Priority.MEDIUM_HIGH, 13), (Weight.OTHER, Priority.MEDIUM, 13)],
)
def test_a_finding_weighs_by_what_it_is_about(weight: Weight, priority: Priority, weeks: int) -> None:
    (found,) = proposed(finding("r", weight))
    assert [found.key, found.text, found.priority] == ["finding:r", "Do r.", priority]
    assert found.due == TODAY + dt.timedelta(weeks=weeks)
    assert [found.source.title, found.source.says] == ["Title r", "It says."]
    assert [line.leads_to for line in found.source.lines] == ["income:1"]


def test_every_weight_has_a_priority() -> None:
    assert set(OF_FINDINGS) == set(Weight)


def test_actions_stand_by_priority_then_findings_then_in_the_order_asked() -> None:
    found = proposed(
        finding("other", Weight.OTHER), finding("money", Weight.MONEY), finding("legal", Weight.LEGAL),
        toy_value=Choice.IN_PART, toy_provision=Choice.NO, toy_budget=Choice.NO, toy_duty=Choice.NO,
        toy_figure=Choice.NO,
    )  # fmt: skip
    assert [each.key for each in found] == [
        "finding:legal",
        "answer:toy-duty",
        "finding:money",
        "answer:toy-figure",
        "finding:other",
        "answer:toy-budget",
        "answer:toy-provision",
        "answer:toy-value",
    ]


def test_keys_are_unique_and_priorities_fall_for_a_whole_case() -> None:
    answers = {question.id: Choice.NO for question in BANK}
    case = make_case([costing("20000", ANN)], answers=answers, income=[income("10000")])
    found = proposals(case.bank, case.school, case.answers, findings_of(case), TODAY)
    assert len({each.key for each in found}) == len(found) > len(answers)
    ranks = [ORDER.index(each.priority) for each in found]
    assert ranks == sorted(ranks)


def test_the_order_of_priorities_is_from_high_to_low() -> None:
    assert [each.words for each in ORDER] == ["High", "Medium to high", "Medium", "Low"]
    assert [TOP, MANY] == [5, 12]


def test_actions_are_counted_by_priority_in_words() -> None:
    assert by_priority(["low", "high", "medium", "high"]) == "2 high, 1 medium, 1 low"
    assert by_priority([Priority.MEDIUM_HIGH]) == "1 medium to high"
    assert by_priority([]) == ""
