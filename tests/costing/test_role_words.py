"""Shorthands for roles: which of the school's is meant, and when nobody can tell."""

import pytest

from vfm.costing.role_words import role_key, spelt_out, suggested

OURS = {"1": "Teaching assistant, level 2", "2": "Teacher", "3": "HLTA", "4": "Learning mentor"}


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("TA", "Teaching assistant"), ("TAs", "Teaching assistant"), ("T.A.", "Teaching assistant"), ("LSA", "Learning support assistant"),
        ("SaLT", "Speech and language therapist"), ("SALT", "Speech and language therapist"), ("S&LT", "Speech and language therapist"),
        ("EP", "Educational psychologist"), ("HLTA", "Higher-level teaching assistant"), ("ELSA", "Emotional literacy support assistant"),
        ("SENDCo", "SENCO"), ("CT", "Teacher"), ("Class teacher", "Teacher"), ("Mrs Smith", "Mrs Smith"), ("OTHER", "OTHER"),
    ],
)  # fmt: skip
def test_a_shorthand_is_spelt_out_and_any_other_word_stays(word: str, role: str) -> None:
    assert spelt_out(word) == role


def test_the_role_of_the_school_that_fits_is_suggested_whatever_the_school_calls_it() -> None:
    words = (
        "TA",
        "CT",
        "Higher level teaching assistant",
        "TA (Mrs Smith)",
        "Y3 class teacher",
        "mentor",
        "EP",
        "Mrs Smith",
    )
    assert [suggested(word, OURS) for word in words] == ["1", "2", "3", "1", "2", "4", "", ""]


def test_of_two_roles_that_fit_none_is_suggested_unless_one_fits_exactly() -> None:
    two = {"1": "Teaching assistant, level 2", "2": "Teaching assistant, level 3"}
    assert suggested("TA", two) == ""
    assert suggested("TA", {**two, "3": "TA"}) == "3"
    assert suggested("TA3", two) == "2"


def test_words_for_one_role_have_one_key() -> None:
    assert len({role_key(word) for word in ("SaLT", "SLT", "Speech therapist", "speech and language therapist")}) == 1
