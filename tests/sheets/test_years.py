"""The year that a sheet calls itself by, and what only looks like one."""

import pytest

from vfm.sheets.years import years_in


@pytest.mark.parametrize(
    "text",
    [
        "Provision map 2025-26",
        "2025/2026",
        "map_2025_26.xlsx",
        "2025–26",
        "SEND 2025 to 2026",
        "Map 25-26",
        "map 25/26.csv",
        "2025-2026",
    ],
)
def test_an_academic_year_is_found_however_it_is_written(text: str) -> None:
    assert years_in([text]) == [2025]


@pytest.mark.parametrize(
    "text", ["2025", "2025-27", "25/26/2026", "01-25-26", "2025-11-26", "page 3-4", "12025-26", ""]
)
def test_days_and_other_numbers_are_no_years(text: str) -> None:
    assert years_in([text]) == []


def test_several_years_stand_in_their_order_and_each_once() -> None:
    assert years_in(["2026-27, before that 2025-26", "2026/27"]) == [2026, 2025]
