"""Two years' maps line by line: every line once, and sums that add up."""

from hypothesis import given
from hypothesis import strategies as st

from vfm.value.beside import Became, Side, Went, beside, totals

READING, MATHS, MUSIC = Side("1", "Reading", 600, 10_000), Side("2", "Maths", 300, 5_000), Side("3", "Music", 60, 999)
NEXT = Side("11", "Reading", 540, 9_500)


def became(*pairs: Side, after: list[Side], went: list[Went]) -> list[tuple[str, str]]:
    return [(pair.name, pair.became.value) for pair in beside(pairs, after, went)]


def test_each_line_says_what_became_of_it_and_the_new_ones_follow() -> None:
    went = [Went("1", "11", "continue", "a"), Went("2", "12", "change", "b"), Went("3", "", "stop", "c")]
    after = [NEXT, Side("12", "Maths in pairs", 0, 0), Side("13", "Drawing", 30, 100)]
    assert became(READING, MATHS, MUSIC, after=after, went=went) == [
        ("Reading", "Continued"), ("Maths in pairs", "To change"), ("Music", "Stopped"), ("Drawing", "New"),
    ]  # fmt: skip


def test_what_somebody_took_out_of_the_draft_or_entered_later_is_said() -> None:
    assert became(READING, MATHS, after=[], went=[Went("1", "11", "continue", "")]) == [
        ("Reading", "Taken out again"), ("Maths", "Entered later"),
    ]  # fmt: skip


def test_what_stood_on_the_next_map_already_is_found_by_its_name() -> None:
    pairs = beside([READING], [Side("99", "READING", 1, 1)], [Went("1", "", "continue", "")])
    assert [(pair.became, pair.after.key if pair.after else "") for pair in pairs] == [(Became.CONTINUED, "99")]


def test_two_lines_of_one_name_are_each_paired_with_their_own_copy() -> None:
    other, copy = Side("4", "Reading", 30, 100), Side("14", "Reading", 30, 90)
    pairs = beside([READING, other], [copy, NEXT], [Went("1", "11", "continue", "a"), Went("4", "14", "change", "b")])
    assert [(pair.became, pair.after, pair.reason) for pair in pairs] == [
        (Became.CONTINUED, NEXT, "a"), (Became.CHANGED, copy, "b"),
    ]  # fmt: skip


def test_of_two_lines_of_a_name_that_stood_there_once_the_second_was_not_taken_out_but_never_copied() -> None:
    other, there = Side("4", "Reading", 30, 100), Side("99", "Reading", 1, 1)
    pairs = beside([READING, other], [there], [Went("1", "", "continue", ""), Went("4", "", "continue", "")])
    assert [(pair.became.value, pair.after) for pair in pairs] == [("Continued", there), ("Not copied", None)]


def test_the_difference_is_that_of_the_lines() -> None:
    pairs = beside([READING, MUSIC], [NEXT], [Went("1", "11", "continue", ""), Went("3", "", "stop", "")])
    assert [pair.pence for pair in pairs] == [(10_000, 9_500, -500), (999, 0, -999)]
    assert totals(pairs) == ((660, 540, -120), (10_999, 9_500, -1_499))


SIDES = st.lists(st.builds(Side, st.sampled_from("abcdef"), st.sampled_from(["A", "B"]), st.integers(0, 99), st.integers(0, 99)), unique_by=lambda side: side.key)  # fmt: skip
WENT = st.lists(st.builds(Went, st.sampled_from("abcdef"), st.sampled_from(["", *"abcdef"]), st.sampled_from(["continue", "change", "stop"]), st.just("")), unique_by=(lambda went: went.old, lambda went: went.new or went.old))  # fmt: skip


@given(SIDES, SIDES, WENT)
def test_nothing_is_lost_and_nothing_new_is_counted_twice(
    before: list[Side], after: list[Side], went: list[Went]
) -> None:
    pairs = beside(before, after, went)
    assert [pair.before for pair in pairs if pair.before] == before
    news = [pair.after.key for pair in pairs if pair.after]
    assert sorted(news) == sorted(side.key for side in after)
