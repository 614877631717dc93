"""Which part of each ledger line is for SEN: last time's share for the same line, lines by code, and the sum in words."""

from decimal import Decimal

from vfm.costing.budget import LedgerLine
from vfm.costing.ledger_shares import Suggestion, by_code, suggest, sum_words
from vfm.money import half_up


def line(
    identity: str, code: str, name: str, share: str | None = None, ground: str = "", amount: str = "100"
) -> LedgerLine:
    return LedgerLine(code, name, Decimal(amount), None if share is None else Decimal(share), ground, id=identity)


BEFORE = (line("1", "E03", "Education support staff", "40", "Hours"), line("2", "E26", "Agency supply", "0", "None"))


def test_a_line_with_the_same_code_and_words_is_suggested_what_it_had() -> None:
    found = suggest([line("9", "e03", "education  support staff")], BEFORE)
    assert found == {"9": Suggestion(Decimal(40), "Hours")}


def test_nought_is_a_share_too_and_is_suggested() -> None:
    assert suggest([line("9", "E26", "Agency supply")], BEFORE) == {"9": Suggestion(Decimal(0), "None")}


def test_other_words_under_a_code_that_stands_alone_both_times_are_the_same_line() -> None:
    assert suggest([line("9", "E03", "Support staff")], BEFORE) == {"9": Suggestion(Decimal(40), "Hours")}


def test_other_words_under_a_code_with_several_lines_are_not_guessed() -> None:
    now = [line("8", "E03", "Midday staff"), line("9", "E03", "Classroom staff")]
    assert suggest(now, BEFORE) == {}
    then = [*BEFORE, line("3", "E03", "Midday staff", "5", "Count")]
    assert suggest([line("9", "E03", "Classroom staff")], then) == {}
    assert suggest(now, then) == {"8": Suggestion(Decimal(5), "Count")}


def test_earlier_lines_that_do_not_agree_suggest_nothing() -> None:
    then = [line("1", "E03", "Staff", "40", "Hours"), line("2", "E03", "Staff", "50", "Hours")]
    assert suggest([line("9", "E03", "Staff")], then) == {}
    agreed = [line("1", "E03", "Staff", "40", "Hours"), line("2", "E03", "Staff", "40", "Hours")]
    assert suggest([line("9", "E03", "Staff")], agreed) == {"9": Suggestion(Decimal(40), "Hours")}


def test_an_earlier_line_without_a_share_suggests_nothing() -> None:
    assert suggest([line("9", "E03", "Staff")], [line("1", "E03", "Staff")]) == {}


def test_a_line_that_has_its_share_is_suggested_nothing() -> None:
    assert suggest([line("9", "E03", "Education support staff", "10", "Count")], BEFORE) == {}


def test_lines_without_a_code_are_the_same_by_their_words_alone() -> None:
    then = [line("1", "", "Transport", "100", "All of it")]
    assert suggest([line("9", "", "Transport")], then) == {"9": Suggestion(Decimal(100), "All of it")}
    assert suggest([line("9", "", "Books")], then) == {}


def test_lines_stand_by_code_with_those_without_one_last() -> None:
    groups = by_code([line("1", "", "Odd"), line("2", "E26", "B"), line("3", "E03", "C"), line("4", "e26", "A")])
    assert [[each.id for each in group.lines] for group in groups] == [["3"], ["2", "4"], ["1"]]
    assert [group.title for group in groups] == [
        "E03 Education support staff", "E26 Agency supply teachers", "Lines without a code",
    ]  # fmt: skip
    assert half_up(groups[1].amount) == 200_00


def test_the_sum_says_what_is_for_sen_and_what_has_no_share_yet() -> None:
    done = [line("1", "E03", "Staff", "40"), line("2", "E26", "Supply", "0", amount="-20.50")]
    assert sum_words(done) == "£40.00 of £79.50 is for SEN"
    assert sum_words([*done, line("3", "", "Odd")]) == (
        "£40.00 of £179.50 is for SEN so far; 1 line has no share yet, £100.00 in all"
    )
    assert "2 lines have no share yet, £110.00 in all" in sum_words(
        [line("3", "", "a"), line("4", "", "b", amount="10")]
    )
