"""Sweeps over the library as it is shipped: nothing without a source, nothing promised, nothing that nobody checked."""

import re
import tomllib

import pytest

from vfm.costing.intervention import Tier
from vfm.costing.programme import KINDS, Programme, folded
from vfm.costing.programme_library import STARTER, read_library
from vfm.pupils.pupil import AreaOfNeed

LIBRARY = read_library()
PROMISES = r"\b(proven|proves?|guarantee\w*|ensures?|evidence[- ]based|best|transform\w*|works for|closes? the gap|scientific\w*)\b"
TELEGRAMS = r"\b(TBC|to check|unchecked|confirm before|look before)\b|→|;;"


def said(entry: Programme) -> tuple[str, ...]:
    return tuple(filter(None, (entry.usual_note, entry.evidence, entry.how_to_enter)))


def test_there_are_programmes_of_every_kind_tier_and_area() -> None:
    assert len(LIBRARY) == 95
    assert {entry.kind for entry in LIBRARY} == set(KINDS)
    assert {entry.tier for entry in LIBRARY} == set(Tier)
    assert {area for entry in LIBRARY for area in entry.areas} == set(AreaOfNeed)


@pytest.mark.parametrize("entry", LIBRARY.programmes, ids=lambda entry: entry.key)
def test_what_is_claimed_has_a_source_and_the_time_at_which_it_was_read(entry: Programme) -> None:
    if entry.evidence or entry.usual:
        assert entry.sources
        assert all(re.fullmatch(r"https?://\S+", url) for url in entry.sources)
        assert entry.looked_up_words.endswith("2026")
    else:
        assert not entry.sources and not entry.looked_up and not entry.usual_note


def test_no_two_entries_share_a_name_and_no_unclear_word_is_a_name() -> None:
    names = [folded(name) for entry in LIBRARY for name in entry.names]
    assert len(names) == len(set(names)) > 400
    assert {folded(word) for entry in LIBRARY for word in entry.unclear}.isdisjoint(names)


@pytest.mark.parametrize("entry", LIBRARY.programmes, ids=lambda entry: entry.key)
def test_nothing_is_promised_and_every_note_is_a_sentence(entry: Programme) -> None:
    for words in said(entry):
        assert not re.search(PROMISES, words.replace("daily sessions work best", ""), re.IGNORECASE), words
        assert not re.search(TELEGRAMS, words, re.IGNORECASE), words
        assert words[0].isupper() or words[0].isdigit(), words
        assert words.endswith("."), words
        assert "  " not in words and "—" not in words and "!" not in words


def test_a_trial_without_a_result_and_a_summary_read_elsewhere_say_so() -> None:
    for key in (
        "lexia-core5-reading",
        "fft-tutoring-with-the-lightning-squad",
        "reciprocal-reading",
        "early-talk-boost",
    ):
        assert "we have seen no result" in LIBRARY.by_key[key].evidence, key
    for key in ("sensory-circuits", "sensory-integration-therapy"):
        assert "somebody else's summary, not in the report" in LIBRARY.by_key[key].evidence, key


UNCHECKED = {
    "nessy-reading-and-spelling", "read-write-inc-one-to-one-tutoring", "little-wandle-keep-up", "sounds-write",
    "colourful-semantics", "language-for-thinking", "word-aware", "social-stories", "thrive-approach", "makaton",
}  # fmt: skip


@pytest.mark.parametrize("key", sorted(UNCHECKED))
def test_where_nothing_was_checked_nothing_is_said(key: str) -> None:
    entry = LIBRARY.by_key[key]
    assert (entry.usual.words, entry.evidence, entry.sources) == ("", "", ())


def test_only_what_was_checked_is_there() -> None:
    assert sum(bool(entry.evidence) for entry in LIBRARY) == 38
    assert sum(bool(entry.usual) for entry in LIBRARY) == 40
    assert sum(not entry.evidence and not entry.usual for entry in LIBRARY) == 44
    assert LIBRARY.by_key["talk-boost-ks2"].evidence == "", "its trial's result was cut off in the copy that was read"
    assert LIBRARY.by_key["learning-mentor"].usual.words == "", "it follows from the name, nobody read it"


def test_the_file_says_nothing_beside_its_entries() -> None:
    assert set(tomllib.loads(STARTER.read_text(encoding="utf-8"))) == {"programme"}


def test_lexia_is_one_programme_however_a_school_writes_it() -> None:
    for name in ("Lexia", "Lexia Core5", "lexia core 5", "CORE5", "Lexia Core5 Reading"):
        found = LIBRARY.find(name)
        assert found is not None and found.key == "lexia-core5-reading"
    assert LIBRARY.find("RWI") is None
    assert {entry.key for entry in LIBRARY.may_mean("RWI")} == {
        "read-write-inc-phonics", "read-write-inc-one-to-one-tutoring", "read-write-inc-fresh-start",
    }  # fmt: skip
