"""Who is found in a text about one pupil, what stands there instead, and what may stand."""

import time

import pytest

from vfm.plan.other_people import Others, find, index_of, key_of, without

OTHERS = Others(
    own="Tom Jones", own_numbers=("A111111111111", "ADM77"),
    pupils=("Amy Jones", "Siân Ŵyn", "Łukasz Nowak", "Aoife O'Shea", "Mary-Kate Smith-Lee", "Bo Li", "Will Summer", "Tom Smith", "Tim Jones"),
    numbers=("B222222222222", "ADM99", "12"),
    staff=(("Mrs Farah Patel", "the teaching assistant"), ("Joe Green", "the teacher"), ("Grace Hall", "the SENCO"), ("Grace Hall", "the head")),
)  # fmt: skip
INDEX = index_of(OTHERS)


def left(text: str) -> str:
    return without(text, INDEX)


@pytest.mark.parametrize(
    "name",
    [
        "Amy", "AMY", "amy", "Amy Jones", "Amy J", "Amy J.", "A Jones", "A. Jones", "AmyJ", "Jones, Amy", "Amy\nJones", "A\u00admy",
        "Siân", "Sian", "Sia\u0302n Wyn", "Ŵyn", "Lukasz", "Łukasz Nowak", "O’Shea", "OShea", "O'Shea", "Mary-Kate", "Kate", "Smith-Lee", "Lee",
        "Bo", "Bo Li", "Tom Smith", "Tom S", "Smith", "B222222222222", "C333333333333", "ADM99", "SW in Year 4", "Y4 S.W.", "AJ (Y2)",
    ],
)  # fmt: skip
def test_another_pupil_is_never_told(name: str) -> None:
    assert left(f"He reads with {name} now") in ("He reads with another pupil now", "He reads with another pupil. now")


@pytest.mark.parametrize(
    "text",
    ["Tom reads", "Tom Jones reads", "Mr Jones came", "the Jones family", "TJ in Year 5", "A111111111111", "ADM77", "Do as I say", "lime", "Year 12",
     "He is in Year 4", "bo", "Swindon in Year 4", "Tom's mother", "T. Jones"],
)  # fmt: skip
def test_the_pupils_own_name_and_what_is_nobodys_stays(text: str) -> None:
    assert left(text) == text


def test_a_sibling_beside_the_pupil_goes_and_the_pupil_stays() -> None:
    assert left("Tom Jones, Amy Jones and Tom’s class") == "Tom Jones, another pupil and Tom’s class"
    assert left("Amy and Tom Jones") == "Another pupil and Tom Jones"


def test_staff_are_called_by_their_role_and_an_adult_of_a_pupils_name_is_an_adult() -> None:
    assert (
        left("Mrs Patel and Farah P. led it with Joe")
        == "The teaching assistant and the teaching assistant. led it with the teacher"
    )
    assert left("Mr Green spoke") == "The teacher spoke"
    assert left("We met Ms. Nowak.") == "We met another adult."
    assert left("Dr Grace Hall wrote") == "A member of staff wrote", "of two roles with one name it is not said which"


def test_a_sentence_still_begins_with_a_capital() -> None:
    assert (
        left("Amy reads. Amy writes! and Amy’s book")
        == "Another pupil reads. Another pupil writes! and another pupil’s book"
    )


def test_only_a_single_word_can_be_said_to_be_no_name_and_only_in_its_own_place() -> None:
    text = "Summer school. Will goes in summer with Will Summer and AJ in Year 2."
    found = find(text, INDEX)
    assert [(each.found, each.word) for each in found] == [
        ("Summer", True), ("Will", True), ("summer", True), ("Will Summer", False), ("AJ in Year 2", False),
    ]  # fmt: skip
    everywhere = {key_of(text, each) for each in found}
    assert (
        without(text, INDEX, everywhere) == "Summer school. Will goes in summer with another pupil and another pupil."
    )
    first = key_of(text, found[0])
    assert without(text, INDEX, {first}).startswith("Summer school. Another pupil goes in another pupil with")
    assert without(f"{text} More.", INDEX, everywhere).startswith("Another pupil school"), (
        "another text is another place"
    )


def test_a_word_of_two_letters_is_a_name_only_with_a_capital() -> None:
    assert left("Bo and bo") == "Another pupil and bo"


def test_a_register_of_thousands_takes_no_longer_than_a_page_may() -> None:
    pupils = tuple(f"Pupil{n}x Family{n}y" for n in range(3_500))
    index = index_of(Others("Tom Jones", pupils=pupils))
    texts = ["In Year 4 he read with Pupil17x Family17y. " + "He reads longer words by sounding them out. " * 40] * 400
    began = time.perf_counter()
    assert all("Pupil17x" not in without(text, index) for text in texts)
    assert time.perf_counter() - began < 15
