"""A library that is not whole is refused, and the message names the entry."""

from pathlib import Path

import pytest

from vfm.costing.catalogue import Catalogue
from vfm.costing.intervention import Tier
from vfm.costing.programme import Span
from vfm.costing.programme_library import LibraryError, read_library
from vfm.pupils.pupil import AreaOfNeed

PLAIN = """
[[programme]]
key = "toe-by-toe"
name = "Toe by Toe"
kind = "phonics"
tier = "targeted"
areas = ["cognition-and-learning"]
"""
READ = 'sources = ["https://example.org/read"]\nlooked_up = "2026-11"\n'
SECOND = PLAIN.replace("toe-by-toe", "other").replace("Toe by Toe", "Other")


def read(tmp_path: Path, text: str) -> Catalogue:
    path = tmp_path / "toys.toml"
    path.write_text(text, encoding="utf-8")
    return read_library(path)


def refused(tmp_path: Path, text: str) -> str:
    with pytest.raises(LibraryError) as wrong:
        read(tmp_path, text)
    assert str(wrong.value).startswith("toys.toml")
    return str(wrong.value)


def test_an_entry_with_everything_is_read_as_it_stands(tmp_path: Path) -> None:
    more = """aliases = ["TbT"]
unclear = ["Toe"]
general = true
usual = { minutes = 20, sessions_a_week = [3, 5], led_by = ["volunteer"] }
usual_note = "Daily."
evidence = "Nothing was found."
how_to_enter = "As it is."
"""
    (entry,) = read(tmp_path, PLAIN + more + READ)
    assert (entry.key, entry.name, entry.aliases, entry.unclear) == ("toe-by-toe", "Toe by Toe", ("TbT",), ("Toe",))
    assert (entry.kind, entry.tier, entry.areas, entry.general) == (
        "phonics",
        Tier.TARGETED,
        (AreaOfNeed.COGNITION,),
        True,
    )
    assert (entry.usual.minutes, entry.usual.sessions_a_week, entry.usual.weeks) == (Span(20, 20), Span(3, 5), None)
    assert entry.usual.led_by == ("volunteer",)
    assert (entry.usual_note, entry.evidence, entry.how_to_enter) == ("Daily.", "Nothing was found.", "As it is.")
    assert (entry.sources, entry.looked_up) == (("https://example.org/read",), "2026-11")


def test_an_entry_of_which_nothing_is_known_makes_no_claim(tmp_path: Path) -> None:
    (entry,) = read(tmp_path, PLAIN)
    assert not entry.usual
    assert (entry.evidence, entry.sources, entry.looked_up) == ("", (), "")


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ('colour = "red"', "unknown key 'colour'"),
        ('usual = { hours = 3 }\n' + READ, "hours"),
        ("usual = 30\n" + READ, "toe-by-toe"),
        ("usual = { minutes = 0 }\n" + READ, "'minutes' must be a whole number above 0"),
        ("usual = { minutes = 7.5 }\n" + READ, "'minutes' must be a whole number above 0"),
        ("usual = { weeks = [24, 12] }\n" + READ, "the smaller first"),
        ("usual = { weeks = [1, 2, 3] }\n" + READ, "the smaller first"),
        ("usual = { weeks = 3, led_by = [\"wizard\"] }\n" + READ, "nobody knows the leader 'wizard'"),
        ("usual = { weeks = 3 }", "'usual' stands without a source"),
        ('evidence = "It helps."', "'evidence' stands without a source"),
        ('evidence = "It helps."\nsources = []\nlooked_up = "2026-11"', "'evidence' stands without a source"),
        ('evidence = "It helps."\nsources = ["https://example.org/"]', "without the day on which its sources were read"),
        ('evidence = ""\n' + READ, "'evidence' must say something in words"),
        ("evidence = true\n" + READ, "'evidence' must say something in words"),
        (READ, "nothing that leans on them"),
        ('usual_note = "Daily."', "'usual_note' stands without 'usual'"),
        ('evidence = "x"\nsources = ["example.org"]\nlooked_up = "2026-11"', "malformed link 'example.org'"),
        ('evidence = "x"\nsources = ["https://e.org/"]\nlooked_up = "2026-13"', "no month or day"),
        ('evidence = "x"\nsources = ["https://e.org/"]\nlooked_up = "2026-02-30"', "no month or day"),
        ('evidence = "x"\nsources = ["https://e.org/"]\nlooked_up = "20261101"', "no month or day"),
        ('evidence = "x"\nsources = ["https://e.org/"]\nlooked_up = "last week"', "no month or day"),
        ('aliases = "TbT"', "'aliases' must be a list of words"),
        ('aliases = ["TbT", "t.b.t."]', "'tbt' stands twice"),
        ('aliases = ["toe-by-toe"]', "'toebytoe' stands twice"),
        ('unclear = ["Toe by toe"]', "'toebytoe' stands twice"),
        ('aliases = ["a; b"]', "holds a semicolon"),
        ('aliases = [" "]', "is no name"),
    ],
)  # fmt: skip
def test_a_fault_is_refused_and_its_entry_is_named(tmp_path: Path, more: str, fault: str) -> None:
    message = refused(tmp_path, PLAIN + more)
    assert "toe-by-toe" in message
    assert fault in message


@pytest.mark.parametrize("key", ["key", "name", "kind", "tier", "areas"])
def test_a_missing_key_is_refused(tmp_path: Path, key: str) -> None:
    rows = [row for row in PLAIN.splitlines() if not row.startswith(f"{key} =")]
    message = refused(tmp_path, "\n".join(rows))
    assert f"'{key}' is missing" in message
    assert ("Toe by Toe" if key == "key" else "toe-by-toe") in message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"phonics"', '"magic"'),
        ('"targeted"', '"wave 2"'),
        ('["cognition-and-learning"]', '["reading"]'),
        ('["cognition-and-learning"]', "[]"),
        ('"cognition-and-learning"', "3"),
        ('"Toe by Toe"', "3"),
        ('"Toe by Toe"', '"' + "x" * 201 + '"'),
    ],
)
def test_a_value_that_nobody_knows_is_refused(tmp_path: Path, old: str, new: str) -> None:
    assert "toe-by-toe" in refused(tmp_path, PLAIN.replace(old, new))
    assert "kebab" in refused(tmp_path, PLAIN.replace('"toe-by-toe"', '"Toe by toe"'))


def test_a_key_that_stands_twice_in_an_entry_is_refused_and_the_entry_named(tmp_path: Path) -> None:
    message = refused(tmp_path, SECOND + PLAIN + 'kind = "phonics"\n' + SECOND)
    assert message.startswith("toys.toml, toe-by-toe: ")


def test_two_entries_of_one_key_or_one_name_are_refused(tmp_path: Path) -> None:
    assert "toe-by-toe: this key stands twice" in refused(tmp_path, PLAIN + PLAIN.replace('"Toe by Toe"', '"Other"'))
    message = refused(tmp_path, PLAIN + SECOND + 'aliases = ["TOE-BY-TOE"]')
    assert "'TOE-BY-TOE' is a name of both 'Toe by Toe' and 'Other'" in message


def test_a_word_that_is_the_name_of_another_is_not_unclear(tmp_path: Path) -> None:
    message = refused(tmp_path, PLAIN + SECOND + 'unclear = ["Toe by toe"]')
    assert "'Toe by toe' is a name of 'Toe by Toe', so it is not unclear" in message


def test_a_file_that_is_none_or_empty_or_holds_something_else_is_refused(tmp_path: Path) -> None:
    assert "toys.toml" in refused(tmp_path, "")
    assert "unknown key 'colour'" in refused(tmp_path, 'colour = "red"\n' + PLAIN)
    assert "before the first entry" in refused(tmp_path, "= 3\n" + PLAIN)
    with pytest.raises(LibraryError, match=r"none\.toml"):
        read_library(tmp_path / "none.toml")
