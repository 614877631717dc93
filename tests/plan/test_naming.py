"""A pupil is found in what people wrote, surely or perhaps, and taken out."""

import pytest

from vfm.plan.masking import masked
from vfm.plan.naming import known, places, put_in, same_name
from vfm.plan.other_people import Others, index_of


def found(text: str, name: str, *numbers: str) -> list[tuple[str, bool]]:
    return [(text[p.start : p.end], p.sure) for p in places(text, known([name], numbers))]


@pytest.mark.parametrize(
    ("name", "text", "there"),
    [
        ("Ada Smith", "We saw Ada Smith read", "Ada Smith"),
        ("Ada Smith", "We saw ada smith read", "ada smith"),
        ("Ada Smith", "Ada\nSmith", "Ada\nSmith"),
        ("Ada Smith", "Smith, Ada (Year 4)", "Smith, Ada"),
        ("Ada Jane Smith", "Ada Smith reads", "Ada Smith"),
        ("Ada Jane Smith", "ADA JANE SMITH", "ADA JANE SMITH"),
        ("Siân Ŵyn", "sian wyn's group", "sian wyn"),
        ("Siân Ŵyn", "Sia\u0302n W\u0302yn", "Sia\u0302n W\u0302yn"),
        ("Nguyễn Thị Hoa", "with Nguyen Thi Hoa today", "Nguyen Thi Hoa"),
        ("Aoife O'Brien", "Aoife O’Brien", "Aoife O’Brien"),
        ("Aoife O'Brien", "Aoife OBrien said", "Aoife OBrien"),
        ("Anne-Marie Li", "Anne Marie Li", "Anne Marie Li"),
        ("Bo Li", "as Bo Li said", "Bo Li"),
    ],
)
def test_a_whole_name_is_found_surely_however_it_is_typed(name: str, text: str, there: str) -> None:
    assert (there, True) in found(text, name)


@pytest.mark.parametrize(
    ("name", "text", "there"),
    [
        ("Ada Smith", "Ada reads", ["Ada"]),
        ("Ada Smith", "Smith's mother", ["Smith"]),
        ("Will Summer", "Summer will come", ["Summer", "will"]),
        ("Ada Smith", "Tom Smith, Ada Jones", ["Smith", "Ada"]),
        ("Summer", "the Summer term", ["Summer"]),
        ("Aoife O'Brien", "O'Brien's turn", ["O'Brien"]),
        ("Ng", "Ng again", ["Ng"]),
        ("1234", "pupil 1234", ["1234"]),
        ("Ada Smith", "AS in Year 4", ["AS in Year 4"]),
    ],
)
def test_what_may_mean_something_else_is_found_but_never_surely(name: str, text: str, there: list[str]) -> None:
    assert found(text, name) == [(each, False) for each in there]


@pytest.mark.parametrize("text", ["Adaline", "Smithy", "armada", "Ada2", "We asked"])
def test_a_name_inside_another_word_is_not_found(text: str) -> None:
    assert found(text, "Ada Smith") == []


def test_parts_of_two_sentences_are_no_whole_name() -> None:
    assert found("It was Ada. Then Mrs Smith came", "Ada Smith") == [("Ada", False), ("Smith", False)]


def test_a_upn_is_found_surely_and_a_reference_perhaps() -> None:
    who = known(["Ada Smith"], ["A123456789012"], ["0042"])
    text = "UPN a123456789012, file 0042, room 42"
    assert [(text[p.start : p.end], p.sure) for p in places(text, who)] == [("a123456789012", True), ("0042", False)]


def test_where_somebody_else_bears_the_name_nothing_is_sure() -> None:
    text = "Ada Smith teaches Year 4"
    assert [p.sure for p in places(text, known(["Ada Smith"], shared=["ADA SMITH"]))] == [False]


def test_odd_signs_in_names_are_taken_as_they_are() -> None:
    assert found("any text at all", "(.*) [a-z]+") == []
    assert found("nothing", "") == []
    assert found("", "Ada Smith") == []
    assert found("5 < 6 & 'Ada' \\ Smith", "Ada <b>Smith") == [("Ada", False), ("Smith", False)]


def test_words_are_put_in_their_place() -> None:
    text = "Ada Smith and Ada's friend"
    assert put_in(text, places(text, known(["Ada Smith"]))) == "a pupil and a pupil's friend"


def test_a_name_is_typed_once_more_with_or_without_accents_and_capitals() -> None:
    assert same_name("siân  ŵyn", "Sian Wyn") and same_name("O’Brien", "o'brien")
    assert not same_name("Ada", "Ada Smith") and not same_name("", "Ada") and not same_name("?!", "!")
    assert same_name("?!", " ?! ")


def hidden(text: str, own: str, *others: str) -> str:
    return masked(text, index_of(Others(own, ("A123456789012",), others, ("B000000000000",)))).text


def test_other_pupils_are_taken_out_of_a_text_and_the_pupil_stays() -> None:
    assert (
        hidden("Ada and Ben Carter sat with Ben", "Ada Smith", "Ben Carter")
        == "Ada and another pupil sat with another pupil"
    )
    assert (
        hidden("UPN B000000000000, C111111111111, A123456789012", "Ada Smith")
        == "UPN another pupil, another pupil, A123456789012"
    )


def test_a_word_that_both_bear_stays_and_a_longer_name_of_another_goes() -> None:
    assert (
        hidden("Smith family: Ada Smith, Tom Smith", "Ada Smith", "Tom Smith")
        == "Smith family: Ada Smith, another pupil"
    )
    assert hidden("Ada Smith-Jones", "Ada Smith", "Ada Smith-Jones") == "Another pupil"


def test_a_small_word_is_left_and_said() -> None:
    it = masked("He will read. Will too", index_of(Others("Ada Smith", pupils=("Will Carter",))))
    assert (it.text, it.taken_out, it.left) == ("He will read. Another pupil too", 1, ("He will read. Will too",))


@pytest.mark.parametrize("before", ["Straße ", "ﬁne ", "İstanbul "])
def test_letters_that_grow_when_made_small_do_not_shift_the_places(before: str) -> None:
    assert found(f"{before}and Ada Smith too", "Ada Smith") == [("Ada Smith", True)]
