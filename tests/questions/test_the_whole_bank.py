"""Sweeps over every question that schools are really asked."""

import re
from collections import Counter
from urllib.parse import urlsplit

import pytest

from tests.questions.real import BANK, NEVER_SAID, REAL_PAPERS
from vfm.papers.paper import COPIES
from vfm.questions.bank import FORCES, OWNERS, Question, Strength
from vfm.questions.school import CONDITIONS

EVERY = pytest.mark.parametrize("question", list(BANK), ids=[question.id for question in BANK])
QUICK = ["1.1", "1.2", "1.7", "2.1", "2.3", "3.1", "4.2", "4.6", "5.4", "5.7", "5.8", "6.4", "6.6", "7.4", "7.9"]
# Said in full at first use in each question: whoever reads one question has not read the one before.
SHORT = {
    "EHC": "education, health and care",
    "NPQ": "National Professional Qualification",
    "CFR": "Consistent Financial Reporting",
    "SFVS": "Schools Financial Value Standard",
    "IMF": "Inclusive Mainstream Fund",
    "APDR": "assess, plan, do, review",
    "FBIT": "Financial Benchmarking and Insights Tool",
}


def words_for_people(question: Question) -> list[str]:
    """Every text of a question that a person reads, in the order of the page; references come after."""
    own = (question.text, question.duty, question.help, question.yes, question.in_part, question.no)
    return [*own, question.look_for, question.action]


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?])\s+", text) if part]


def test_there_are_69_questions_in_seven_stages() -> None:
    assert [len(stage.questions) for stage in BANK.sets] == [9, 7, 7, 9, 16, 11, 10]
    assert len({question.id for question in BANK}) == 69


def test_the_quick_questions_are_the_fifteen_that_were_chosen() -> None:
    assert [BANK.number(question.id) for question in BANK if question.quick] == QUICK


@pytest.mark.parametrize("question", [q for q in BANK if q.quick], ids=[q.id for q in BANK if q.quick])
def test_a_quick_question_is_taken_in_within_half_a_minute(question: Question) -> None:
    """What the quick start shows at once; 95 words are 24 seconds at 238 words a minute."""
    assert len(question.line_of_help.split()) <= 14, question.line_of_help
    at_once = (question.text, question.line_of_help, question.yes, question.in_part, question.no)
    assert sum(len(text.split()) for text in at_once) <= 95


def test_the_quick_questions_are_read_in_less_than_five_minutes_together() -> None:
    quick = [question for question in BANK if question.quick]
    at_once = [(q.text, q.line_of_help, q.yes, q.in_part, q.no) for q in quick]
    assert sum(len(text.split()) for texts in at_once for text in texts) <= 1_100


def test_the_line_of_help_and_the_rest_are_the_whole_help() -> None:
    for question in BANK:
        assert f"{question.line_of_help} {question.more_help}".strip() == question.help
        assert question.line_of_help.endswith((".", "?")), question.id


def test_eight_rest_on_law_one_on_a_grant_eighteen_on_statutory_guidance() -> None:
    assert Counter(question.strength for question in BANK) == {
        Strength.MUST: 8,
        Strength.GRANT_CONDITION: 1,
        Strength.SHOULD: 18,
        Strength.GOOD_PRACTICE: 42,
    }


def test_printed_numbers_come_from_the_place_in_the_stage() -> None:
    printed = [BANK.number(question.id) for question in BANK]
    lengths = (9, 7, 7, 9, 16, 11, 10)
    assert printed == [f"{stage}.{row}" for stage, length in enumerate(lengths, 1) for row in range(1, length + 1)]
    assert BANK.number("inclusion-strategy-published") == "1.7"
    assert BANK.number("support-history") == "5.16"


def test_every_paper_is_named_by_a_question() -> None:
    assert {question.paper for question in BANK} == set(REAL_PAPERS)


def test_no_sentence_stands_in_two_places() -> None:
    texts = [text for q in BANK for text in (q.text, q.help, q.yes, q.in_part, q.no, q.look_for, q.action, q.topic)]
    counted = Counter(sentence for text in texts for sentence in sentences(text))
    assert [sentence for sentence, times in counted.items() if times > 1] == []


@EVERY
def test_the_three_descriptors_differ_and_are_full_sentences(question: Question) -> None:
    descriptors = (question.yes, question.in_part, question.no)
    assert len(set(descriptors)) == 3
    for text in (*descriptors, question.look_for):
        assert len(text.split()) >= 8, text
        assert text[0].isupper(), text
        assert text.endswith("."), text


@EVERY
def test_no_text_is_too_long_to_take_in(question: Question) -> None:
    for text in words_for_people(question):
        assert len(text.split()) <= 52, text
        assert max((len(sentence.split()) for sentence in sentences(text)), default=0) <= 45, text


@EVERY
def test_what_is_short_for_something_is_said_in_full_first(question: Question) -> None:
    page = " ".join(words_for_people(question))
    for short, full in SHORT.items():
        found = re.search(rf"\b{short}\b", page)
        if found:
            assert 0 <= page.lower().find(full.lower()) < found.start(), f"{short} before {full!r}"


@EVERY
def test_no_state_is_put_down_to_a_person(question: Question) -> None:
    assert not re.search(r"\b(fails?|failed|neglect\w*|refus\w+|ignor\w+|careless\w*|poor|weak)\b", question.no)


@EVERY
def test_nothing_false_is_said_of_the_threshold_or_the_notional_budget(question: Question) -> None:
    says = [reference.says for reference in question.references]
    for text in (*words_for_people(question), *says):
        assert not [wrong for wrong in NEVER_SAID if re.search(wrong, text, flags=re.IGNORECASE)], text


@EVERY
def test_what_a_question_names_is_known(question: Question) -> None:
    assert question.owner in OWNERS
    assert question.paper in REAL_PAPERS
    assert set(question.applies_when) <= set(CONDITIONS)


@EVERY
def test_references_say_their_force_what_they_say_and_where_to_read_it(question: Question) -> None:
    for reference in question.references:
        assert reference.force in FORCES
        assert reference.says.endswith("."), reference.says
        assert reference.read == "November 2026"
        if reference.url:
            address = urlsplit(reference.url)
            assert address.scheme in ("http", "https"), reference.url
            assert re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", address.netloc), reference.url
            assert not [copy for copy in COPIES if copy in address.netloc], reference.url


@EVERY
def test_a_duty_rests_on_a_law_or_a_grant_condition(question: Question) -> None:
    forces = {reference.force for reference in question.references}
    wanted = {
        Strength.MUST: {"law"},
        Strength.GRANT_CONDITION: {"grant condition"},
        Strength.SHOULD: {"statutory guidance"},
        Strength.GOOD_PRACTICE: set(),
    }
    assert wanted[question.strength] <= forces
    assert question.strength.binds == bool(question.duty)


@pytest.mark.parametrize(
    "wrong",
    [
        "The school must spend the first £6,000 before it asks.",
        "Schools have to spend £6,000 on each pupil first.",
        "The notional budget was underspent.",
        "This sum is owed to the pupil.",
    ],
)
def test_the_sweep_would_find_what_is_false(wrong: str) -> None:
    assert [pattern for pattern in NEVER_SAID if re.search(pattern, wrong, flags=re.IGNORECASE)]
