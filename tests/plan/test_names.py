import pytest

from vfm.plan.names import Hit, search

SIAN = "Siân Ŵyn"


def found(text: str, *names: str) -> list[str]:
    return [hit.found for hit in search({"a note": text}, names or (SIAN,))]


@pytest.mark.parametrize("text", ["Siân Ŵyn", "Sian Wyn", "SIAN WYN", "siân wyn"])
def test_a_name_is_found_with_and_without_accents_and_capitals(text: str) -> None:
    assert found(f"{text} joined the group") == [text]


@pytest.mark.parametrize("text", ["Sian", "Wyn", "Sian's", "(Siân)", "Wyn, Sian", "Sian/Wyn", "the\nSian\ngroup"])
def test_a_part_of_a_name_is_found_as_a_whole_word(text: str) -> None:
    assert found(text)


@pytest.mark.parametrize("text", ["Siannette", "Gwynedd", "wynd", "musician", "Asian", "Sian2", "un_sian"])
def test_a_name_inside_another_word_is_no_hit(text: str) -> None:
    assert found(f"the {text} project") == []


def test_one_mention_of_a_full_name_is_one_hit() -> None:
    assert found("Sian Wyn and again Sian") == ["Sian Wyn", "Sian"]


@pytest.mark.parametrize(
    "text",
    ["SŴ in Year 4", "SW Year 4", "S.W. (Y4)", "S W, year 4", "Year 4 SW", "Y4 S.W.", "SW in Reception", "Nursery: SW"],
)
def test_initials_beside_a_year_group_are_found(text: str) -> None:
    assert len(found(f"We saw {text} twice")) == 1


@pytest.mark.parametrize("text", ["SW London", "Year 4", "the SW of England in Year 4", "NSW Year 4", "Year 4 swims"])
def test_initials_alone_or_a_year_group_alone_are_no_hit(text: str) -> None:
    assert found(f"We saw {text}") == []


def test_two_letters_are_too_short_to_be_looked_for_alone_but_not_as_part_of_a_name() -> None:
    assert found("Do it as Bo said", "Bo Li") == []
    assert found("Do it as Bo Li said", "Bo Li") == ["Bo Li"]


def test_a_pupil_kept_under_a_number_is_no_word_to_look_for() -> None:
    assert found("It cost £1234 in all", "1234") == []


@pytest.mark.parametrize("upn", ["A123456789012", "a12345678901b", "Z99999999999X"])
def test_the_shape_of_a_upn_is_found_whoever_it_belongs_to(upn: str) -> None:
    assert found(f"See {upn}.") == [upn]


@pytest.mark.parametrize("text", ["A12345678901", "A1234567890123", "AB123456789012", "123456789012", "I123456789012"])
def test_what_is_not_shaped_like_a_upn_is_no_hit(text: str) -> None:
    assert found(f"Invoice {text} paid") == []


def test_a_upn_of_the_register_is_found_wherever_it_stands() -> None:
    assert [hit.found for hit in search({"x": "ref:T1/99"}, [], ["T1/99", ""])] == ["T1/99"]


def test_a_hit_says_where_it_stands_and_what_is_around() -> None:
    texts = {"action 1": "Nothing here", "the note to question 1.1": "x" * 50 + " Sian " + "y" * 50}
    (hit,) = search(texts, [SIAN])
    assert hit == Hit("the note to question 1.1", "Sian", "x" * 39 + " Sian " + "y" * 39)


@pytest.mark.parametrize("before", ["Straße ", "ﬁne ", "İstanbul "])
def test_letters_that_grow_when_made_small_do_not_shift_the_words_found(before: str) -> None:
    assert found(f"{before}and Sian too") == ["Sian"]


@pytest.mark.parametrize("text", ["O'Shea", "O’Shea", "O‘Shea"])
def test_whichever_apostrophe_was_typed_the_name_is_found(text: str) -> None:
    assert found(f"{text} reads well", "Aoife O'Shea") == [text]
    assert found(f"{text} reads well", "Aoife O’Shea") == [text]


def test_signs_in_a_name_are_taken_as_they_are() -> None:
    assert found("any text at all", "(.*) [a-z]+") == []
    assert found("nothing", "") == []
