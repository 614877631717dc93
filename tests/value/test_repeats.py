"""A child on the same phonics software in Years 3, 4, 5 and 6 must be seen in Year 5, whatever it was called each year."""

import datetime as dt
from dataclasses import replace

from vfm.costing.intervention import Result
from vfm.value.noticed import still_open
from vfm.value.repeats import AT_ONCE, GAP, NEW_ADULT, NO_GAIN, SIMILAR, THIRD_YEAR, repeats_in
from vfm.value.taken import Taken


def part(
    year: int, called: str = "Lexia", *, pupil: str = "mia", result: Result | None = None, first: str = "09-01",
    last: str = "08-31", kind: str = "phonics", need: str = "", adults: str = "", programme: str = "",
) -> Taken:  # fmt: skip
    """A part of a year; days are month and day of the academic year."""
    return Taken(
        pupil, year, f"{year} {called} {first}", called, programme or called, called, _day(year, first), _day(year, last),
        kind, need, result, adults=frozenset(adults.split()),
    )  # fmt: skip


def _day(year: int, words: str) -> dt.date:
    month, day = (int(part) for part in words.split("-"))
    return dt.date(year if month >= 9 else year + 1, month, day)


def patterns(taken: list[Taken], year: int) -> list[str]:
    return [each.pattern.slug for each in repeats_in(taken, year)]


STORY = [
    part(2022, "Core5", programme="lexia", result=Result.PARTLY),
    part(2023, "LEXIA", programme="lexia", result=Result.PARTLY),
    part(2024, "Lexia Core5 Reading", programme="lexia"),
    part(2025, "Lexia", programme="lexia"),
]


def test_the_same_software_in_years_3_4_5_and_6_is_seen_in_year_5_and_again_in_year_6() -> None:
    assert [patterns(STORY, year) for year in (2022, 2023, 2024, 2025)] == [[], [], ["third-year"], ["third-year"]]


def test_each_year_stands_there_with_what_it_was_called_and_the_outcome_at_the_time() -> None:
    (found,) = repeats_in(STORY, 2024)
    assert [row.cells for row in found.rows] == [
        ("2022 to 2023", "Core5", "Partly met", "No review recorded"),
        ("2023 to 2024", "LEXIA", "Partly met", "No review recorded"),
        ("2024 to 2025", "Lexia Core5 Reading", "Not recorded", "No review recorded"),
    ]


def test_a_review_that_said_continue_stands_there_with_its_reason() -> None:
    reviewed = replace(STORY[1], decision="Continue", because="She reads more at home")
    (found,) = repeats_in([STORY[0], reviewed, STORY[2]], 2024)
    assert found.rows[1].cells[3] == "Continue: She reads more at home"


def test_two_years_are_a_repeat_only_where_no_gain_is_recorded() -> None:
    assert patterns([part(2023, result=Result.NOT_MET), part(2024)], 2024) == ["no-gain"]
    assert patterns([part(2023), part(2024)], 2024) == ["no-gain"]
    assert patterns([part(2023, result=Result.PARTLY), part(2024)], 2024) == []
    assert patterns([part(2023), part(2024, result=Result.MET)], 2024) == []


def test_one_programme_twice_in_one_year_is_no_repeat() -> None:
    assert patterns([part(2024, last="12-31"), part(2024, first="01-01")], 2024) == []


def test_what_another_pupil_did_is_no_repeat() -> None:
    assert patterns([part(2022), part(2023, pupil="bo"), part(2024)], 2024) == ["no-gain", "gap"]
    assert patterns([part(2023, pupil="bo"), part(2024)], 2024) == []


def test_a_repeat_that_is_over_is_not_brought_up_again() -> None:
    assert patterns([*STORY[:3], part(2025, "Fresh Start", pupil="bo")], 2025) == []


def test_a_similar_programme_after_a_repeat_is_seen_and_a_different_one_is_not() -> None:
    assert patterns([*STORY[:3], part(2025, "Nessy")], 2025) == [SIMILAR.slug]
    assert patterns([*STORY[:3], part(2025, "Numicon", kind="number")], 2025) == []
    assert patterns([*STORY[:3], part(2025, "Nessy", need="Sensory")], 2025) == [SIMILAR.slug]
    with_need = [replace(each, need="Cognition") for each in STORY[:3]]
    assert patterns([*with_need, part(2025, "Nessy", need="Sensory")], 2025) == []


def test_a_similar_programme_after_one_year_or_after_a_gain_is_nothing() -> None:
    assert patterns([part(2024, result=Result.MET), part(2025, "Nessy")], 2025) == []
    two = [part(2023, result=Result.MET), part(2024, result=Result.MET)]
    assert patterns([*two, part(2025, "Nessy")], 2025) == []


def test_two_phonics_schemes_at_once_are_seen_and_one_after_the_other_is_not() -> None:
    assert patterns([part(2024, "Lexia", last="02-01"), part(2024, "Nessy", first="02-01")], 2024) == [AT_ONCE.slug]
    assert patterns([part(2024, "Lexia", last="01-31"), part(2024, "Nessy", first="02-01")], 2024) == []


def test_help_in_class_from_two_sides_is_not_two_schemes() -> None:
    both = [part(2024, name, kind="in-class support") for name in ("Mornings", "Afternoons")]
    assert patterns(both, 2024) == []
    assert patterns([part(2024, name, kind="") for name in ("One", "Other")], 2024) == []


def test_a_gap_counts_only_where_the_school_entered_a_map_of_the_year_between() -> None:
    both = [part(2022, result=Result.MET), part(2024)]
    assert patterns([*both, part(2023, pupil="bo")], 2024) == [GAP.slug]
    assert patterns(both, 2024) == []


def test_another_adult_within_a_block_is_seen() -> None:
    before = part(2024, last="11-01", adults="sam")
    assert patterns([before, part(2024, first="11-29", adults="jo")], 2024) == [NEW_ADULT.slug]
    assert patterns([before, part(2024, first="11-30", adults="jo")], 2024) == []
    assert patterns([before, part(2024, first="11-29", adults="sam jo")], 2024) == []
    assert patterns([before, part(2024, first="11-29")], 2024) == []


def test_what_was_set_aside_is_open_again_when_its_facts_change() -> None:
    (found,) = repeats_in(STORY, 2024)
    aside = frozenset({(found.key, found.digest)})
    assert still_open(repeats_in(STORY, 2024), aside) == ()
    changed = [*STORY[:2], replace(STORY[2], result=Result.NOT_MET)]
    assert [each.pattern for each in still_open(repeats_in(changed, 2024), aside)] == [THIRD_YEAR]
    assert [each.key for each in repeats_in(STORY, 2025)] == [found.key]
    assert still_open(repeats_in(STORY, 2025), aside) != ()


def test_the_key_tells_nothing_and_no_pupil_stands_in_the_words() -> None:
    (found,) = repeats_in(STORY, 2024)
    assert "mia" not in found.key
    assert "mia" not in found.says + " ".join(found.named) + found.pattern.plan
    assert NO_GAIN.plan.startswith("At least one pupil")
