"""Counts and scores: unanswered is never No, and what does not apply is in neither."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import TOYS
from vfm.answers import Answer, Choice, Progress, applying, left_to_answer, progress
from vfm.questions.bank import Question, Strength, read_stage
from vfm.questions.school import Kind, School

OAK = School(name="Oak")
MODEL = read_stage(TOYS / "questions" / "needs.toml").questions[0]
CHOICES = (Choice.YES, Choice.IN_PART, Choice.NO, Choice.NOT_APPLICABLE, None)


def question(number: int, strength: Strength = Strength.GOOD_PRACTICE) -> Question:
    return replace(MODEL, id=f"toy-{number}", strength=strength)


def counted(*choices: Choice | None) -> Progress:
    """The progress of a stage of as many questions as choices, each answered with its choice."""
    questions = [question(number) for number in range(len(choices))]
    return progress(questions, OAK, {f"toy-{n}": Answer(f"toy-{n}", choice=c) for n, c in enumerate(choices)})


def test_each_choice_has_a_count_of_its_own() -> None:
    of = counted(Choice.YES, Choice.YES, Choice.YES, Choice.YES, *[Choice.IN_PART] * 3, Choice.NO, Choice.NO, None)
    assert (of.yes, of.in_part, of.no, of.not_applicable, of.not_answered) == (4, 3, 2, 0, 1)
    assert (of.answered, of.asked) == (9, 10)
    assert of.words == "4 yes, 3 in part, 2 no, 1 not answered"


def test_the_score_is_points_by_twice_what_was_answered() -> None:
    assert counted(Choice.YES, Choice.YES, Choice.IN_PART, Choice.NO).score == Fraction(5, 8)
    assert counted(Choice.YES).score == 1
    assert counted(Choice.IN_PART).score == Fraction(1, 2)
    assert counted(Choice.NO).score == 0


def test_nothing_answered_has_no_score_and_not_a_score_of_nought() -> None:
    assert counted(None, None).score is None
    assert counted(Choice.NOT_APPLICABLE, None).score is None
    assert counted().score is None
    assert counted().words == "nothing asked"


def test_a_row_without_a_choice_is_not_answered() -> None:
    row = Answer("toy-0", note="ask the office", assigned_to="office")
    of = progress([question(0)], OAK, {"toy-0": row})
    assert (of.not_answered, of.answered, of.score) == (1, 0, None)
    assert left_to_answer([question(0)], OAK, {"toy-0": row}) == [question(0)]


def test_only_no_to_what_binds_is_a_requirement_not_met() -> None:
    questions = [
        question(0, Strength.MUST),
        question(1, Strength.MUST),
        question(2, Strength.GRANT_CONDITION),
        question(3, Strength.SHOULD),
        question(4, Strength.MUST),
        question(5, Strength.MUST),
    ]
    choices = (Choice.NO, Choice.IN_PART, Choice.NO, Choice.NO, None, Choice.NOT_APPLICABLE)
    of = progress(questions, OAK, {f"toy-{n}": Answer(f"toy-{n}", choice=c) for n, c in enumerate(choices)})
    assert of.requirements_not_met == ("toy-0",)
    assert of.conditions_not_met == ("toy-2",)


def test_a_should_in_a_special_school_is_no_requirement() -> None:
    here = replace(OAK, kind=Kind.SPECIAL)
    weaker = replace(question(0, Strength.MUST), strength_in_special=Strength.SHOULD)
    refused = {"toy-0": Answer("toy-0", choice=Choice.NO)}
    assert progress([weaker], OAK, refused).requirements_not_met == ("toy-0",)
    assert progress([weaker], here, refused).requirements_not_met == ()


def test_an_answer_stops_counting_when_its_question_no_longer_applies_and_counts_again_later() -> None:
    unit = replace(question(1), applies_when=("unit-or-resourced-provision",))
    without = replace(OAK, unit_or_resourced_provision=False)
    given_before = {"toy-0": Answer("toy-0", choice=Choice.YES), "toy-1": Answer("toy-1", choice=Choice.NO)}
    questions = [question(0), unit]
    assert progress(questions, OAK, given_before).score == Fraction(1, 2)
    assert progress(questions, without, given_before).score == 1
    assert progress(questions, without, given_before).asked == 1
    assert applying(questions, without) == [question(0)]
    assert progress(questions, OAK, given_before).no == 1


def test_answers_to_questions_of_another_stage_are_left_out() -> None:
    assert progress([question(0)], OAK, {"other-1": Answer("other-1", choice=Choice.NO)}).words == "1 not answered"


@given(st.lists(st.sampled_from(CHOICES), max_size=20))
def test_counts_add_up_to_what_was_asked_whatever_was_answered(choices: list[Choice | None]) -> None:
    of = counted(*choices)
    assert of.yes + of.in_part + of.no + of.not_applicable + of.not_answered == of.asked == len(choices)
    assert of.score is None or 0 <= of.score <= 1
    assert (of.score is None) == (of.answered == 0)


@given(st.lists(st.sampled_from(CHOICES), max_size=12))
def test_what_is_unanswered_or_not_applicable_moves_no_score(choices: list[Choice | None]) -> None:
    assert counted(*choices).score == counted(*choices, None, Choice.NOT_APPLICABLE, None).score
