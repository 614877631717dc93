"""Names of programmes are compared and never guessed; a catalogue has one programme to a name."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vfm.costing.catalogue import Catalogue, CatalogueError, clashes, first_come
from vfm.costing.intervention import Tier
from vfm.costing.programme import Programme, Span, Usual, exactly, folded, same
from vfm.pupils.pupil import AreaOfNeed

LEXIA = Programme("lexia", "Lexia Core5 Reading", Tier.TARGETED, "early reading", aliases=("Lexia", "Lexia Core5"))
NESSY = Programme("nessy", "Nessy", Tier.TARGETED, "early reading", (AreaOfNeed.COGNITION,))


def named(name: str, *aliases: str, **more: object) -> Programme:
    return Programme(name.lower(), name, Tier.TARGETED, aliases=aliases, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "typed",
    [
        "Lexia",
        "LEXIA",
        " lexia ",
        "Lexia Core 5",
        "lexia-core5",
        "Ｌｅｘｉａ",
        "Lexia™",
        "Lexia\u00ad",
        "lexia core5 reading!",
    ],
)
def test_a_name_is_known_whatever_its_case_spaces_and_punctuation(typed: str) -> None:
    assert same(typed, LEXIA)
    assert Catalogue((NESSY, LEXIA)).find(typed) is LEXIA


@pytest.mark.parametrize(
    "typed", ["Lexi", "Lexia Core", "Lexia Core 6", "Lexia Core5 Reading 2", "Lexya", "Reading", "", "?"]
)
def test_nothing_is_guessed(typed: str) -> None:
    assert not same(typed, LEXIA)
    assert Catalogue((NESSY, LEXIA)).find(typed) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Success@Arithmetic", "Success at arithmetic"),
        ("Nessy Reading & Spelling", "Nessy reading and spelling"),
        ("Plus 1", "+1"),
        ("Toe-by-Toe", "ToebyToe"),
        ("1:1 reading", "1-1 reading"),
        ("Straße", "STRASSE"),
        ("Sia\u0302n’s group", "SIÂN'S GROUP"),
    ],
)
def test_two_ways_of_writing_one_name(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1:1 reading", "11 reading"),
        ("BRP", "BRP+"),
        ("Group 1 2", "Group 12"),
        ("Sian", "Siân"),
        ("?", "!"),
        ("£5", "5"),
    ],
)
def test_two_names(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@given(st.text())
def test_folding_a_folded_name_changes_nothing(name: str) -> None:
    assert folded(folded(name)) == folded(name)
    assert folded(f"  {name.upper()} ") == folded(name.upper())
    assert bool(folded(name)) == bool(name.strip())


def test_two_programmes_that_claim_one_alias_are_refused() -> None:
    other = named("Core Five", "lexia-core 5")
    with pytest.raises(CatalogueError, match="'lexia-core 5' is a name of both 'Lexia Core5 Reading' and 'Core Five'"):
        Catalogue((LEXIA, other))
    with pytest.raises(CatalogueError):
        Catalogue((NESSY, named("NESSY")))
    assert list(clashes((LEXIA, NESSY))) == []


def test_one_programme_may_spell_its_own_name_twice() -> None:
    assert Catalogue((named("Paired reading", "Paired Reading"),)).find("paired reading") is not None


def test_where_two_claim_a_name_it_is_the_earlier_ones() -> None:
    kept = first_come((NESSY, named("Core Five", "nessy", "C5"), named("nessy!", "N2"), LEXIA))
    assert [each.name for each in kept] == ["Nessy", "Core Five", "Lexia Core5 Reading"]
    assert kept.find("NESSY") == NESSY
    found = kept.find("c5")
    assert found is not None and found.aliases == ("C5",)


def test_a_word_that_may_mean_several_stands_for_none() -> None:
    phonics, tutoring = named("RWI Phonics", unclear=("RWI",)), named("RWI Tutoring", unclear=("R.W.I.",))
    catalogue = Catalogue((phonics, tutoring, LEXIA))
    assert catalogue.find("rwi") is None
    assert catalogue.may_mean("Rwi") == [phonics, tutoring]
    assert catalogue.may_mean("Lexia") == []


def test_another_catalogues_programme_is_known_by_any_of_its_names() -> None:
    own = Catalogue((named("Core5"), NESSY))
    assert own.shared_by(LEXIA) is None
    assert own.shared_by(named("Lexia", "core 5")) is own.programmes[0]


def test_programmes_are_found_by_words_area_and_tier() -> None:
    signs = Programme(
        "s", "Makaton", Tier.UNIVERSAL, "speech and language", (AreaOfNeed.COMMUNICATION,), unclear=("BSL",)
    )
    catalogue = Catalogue((LEXIA, NESSY, signs))
    assert catalogue.matching() == [LEXIA, NESSY, signs]
    assert catalogue.matching("core 5") == [LEXIA]
    assert catalogue.matching("Early-reading") == [LEXIA, NESSY]
    assert catalogue.matching("bsl") == [signs]
    assert catalogue.matching(area="cognition-and-learning") == [NESSY]
    assert catalogue.matching(tier="universal") == [signs]
    assert catalogue.matching("lexia", tier="universal") == []
    assert catalogue.matching("   ") == catalogue.matching()


def test_how_it_usually_runs_is_said_in_words() -> None:
    whole = Usual(Span(30, 30), Span(4, 5), Span(12, 24), None, Span(6, 7), ("teaching assistant", "teacher"))
    assert whole.words == (
        "30 minutes, 4 to 5 times a week, for 12 to 24 weeks; 6 to 7 pupils at a time; "
        "led by a teaching assistant or a teacher"
    )
    three = Usual(
        exactly(Decimal("20.00")),
        exactly(Decimal("0.5")),
        exactly(1),
        None,
        Span(1, 1),
        ("teacher", "volunteer", "other pupils"),
    )
    assert (
        three.words
        == "20 minutes, 0.5 times a week, for 1 week; one pupil at a time; led by a teacher, a volunteer or other pupils"
    )
    assert Usual(sessions_in_total=Span(18, 18)).words == "18 sessions in all"
    assert Usual(sessions_a_week=Span(2, 2)).words == "twice a week"
    assert Usual(sessions_a_week=Span(1, 2)).words == "1 to 2 times a week"
    assert Usual().words == ""
    assert not Usual() and whole


def test_one_number_is_known_and_a_range_is_not_one_number() -> None:
    assert exactly(None) is None
    assert Span(30, 30).only == 30
    assert Span(12, 24).only is None


def test_when_it_was_looked_up_is_a_month_or_a_day() -> None:
    assert named("A", looked_up="2026-11").looked_up_words == "November 2026"
    assert named("A", looked_up="2026-11-04").looked_up_words == "4 November 2026"
