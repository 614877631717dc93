"""Who moves up, leaves, has a last day already or is still to come, when a year ends."""

import datetime as dt
from dataclasses import replace
from typing import Any

from vfm.pupils.moving_up import Moving, moving
from vfm.pupils.pupil import Pupil

FIRST, LAST = dt.date(2025, 9, 1), dt.date(2026, 8, 31)
DAY = dt.timedelta(days=1)


def pupil(name: str, year: int | None, **more: Any) -> Pupil:
    return Pupil(name, name, year=year, **more)


def names(pupils: list[Pupil]) -> list[str]:
    return [each.name for each in pupils]


def test_everybody_below_the_top_moves_up_by_year_group_the_lowest_first() -> None:
    found = moving([pupil("A", 5), pupil("B", -1), pupil("C", 5), pupil("D", 6)], FIRST, LAST, 6)
    assert {year: names(its) for year, its in found.up.items()} == {-1: ["B"], 5: ["A", "C"]}
    assert list(found.up) == [-1, 5] and found.number_up == 3
    assert names(found.top) == ["D"]


def test_who_was_kept_in_the_school_past_its_top_leaves_with_the_others() -> None:
    assert names(moving([pupil("A", 7)], FIRST, LAST, 6).top) == ["A"]


def test_nobody_moves_up_past_the_highest_year_group_of_all_however_old_a_schools_pupils_may_be() -> None:
    found = moving([pupil("A", 13), pupil("B", 14)], FIRST, LAST, 20)
    assert (found.number_up, names(found.top)) == (1, ["B"])


def test_a_last_day_within_the_year_stands_and_after_it_the_pupil_still_moves() -> None:
    ends = [FIRST - DAY, FIRST, LAST, LAST + DAY]
    found = moving([pupil(str(day), 3, left=day) for day in ends], FIRST, LAST, 6)
    assert names(found.leaving) == [str(FIRST), str(LAST)]
    assert found.number_up == 1, "who left before the year is not among them at all"


def test_who_joins_after_the_year_is_only_counted() -> None:
    found = moving([pupil("A", 0, joined=LAST + DAY), pupil("B", 0, joined=LAST)], FIRST, LAST, 6)
    assert (found.coming, found.number_up) == (1, 1)


def test_a_pupil_without_a_year_group_is_named_and_not_moved() -> None:
    found = moving([pupil("A", None)], FIRST, LAST, 6)
    assert names(found.unknown) == ["A"] and not found.up and not found.top


def test_who_is_erased_neither_moves_nor_leaves_nor_comes() -> None:
    every = [pupil("A", 3), pupil("B", 6), pupil("C", None), pupil("D", 3, left=LAST), pupil("E", 0, joined=LAST + DAY)]
    found = moving([replace(each, erased=True) for each in every], FIRST, LAST, 6)
    assert found == Moving()
