from hypothesis import given
from hypothesis import strategies as st

from vfm.pupils.upn import LETTERS, check_letter, is_temporary, is_upn, right_letter, tidy_upn


def test_the_letter_is_that_of_the_published_example() -> None:
    assert right_letter("R674123101121"), "the number that the DfE's own test data use"
    assert not right_letter("A674123101121")


def test_by_hand_the_figures_are_weighed_from_two_to_thirteen() -> None:
    assert check_letter("000000000001") == LETTERS[13]
    assert check_letter("100000000000") == LETTERS[2]
    assert check_letter("800000000001") == LETTERS[(16 + 13) % 23]


def test_a_temporary_number_ends_in_a_letter_which_counts_by_its_place() -> None:
    rest = "80123450000C"
    assert check_letter(rest) == LETTERS[(8 * 2 + 1 * 4 + 2 * 5 + 3 * 6 + 4 * 7 + 5 * 8 + 2 * 13) % 23]
    temporary = check_letter(rest) + rest
    assert is_temporary(temporary)
    assert right_letter(temporary)


def test_what_is_not_written_as_a_upn_is_none() -> None:
    assert not any(
        is_upn(text)
        for text in ("", "R67412310112", "R6741231011211", "I674123101121", "R67412310112S", "6741231011210")
    )
    assert tidy_upn("' r674 1231-01121 ") == "R674123101121"


@given(st.text("0123456789", min_size=12, max_size=12), st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_figure_is_always_found(rest: str, place: int, more: int) -> None:
    other = rest[:place] + str((int(rest[place]) + more) % 10) + rest[place + 1 :]
    assert check_letter(rest) != check_letter(other)
