"""How long a pupil's data is kept, and what the words of tables are."""

import datetime as dt

from vfm.pupils.data_words import Fate, label, meaning, told, where
from vfm.pupils.retention import Stay, forgotten, kept_until, past

DAY = dt.date(2026, 11, 24)


def test_data_is_kept_to_the_same_date_so_many_years_on() -> None:
    assert kept_until(dt.date(2020, 7, 21), 6) == dt.date(2026, 7, 21)
    assert kept_until(dt.date(2020, 2, 29), 1) == dt.date(2021, 2, 28)
    assert kept_until(dt.date(2020, 2, 29), 4) == dt.date(2024, 2, 29)


def test_who_is_past_it_is_listed_the_longest_first_and_not_on_the_day_itself() -> None:
    stays = [
        Stay(1, dt.date(2020, 11, 24), DAY), Stay(2, dt.date(2020, 11, 23), DAY), Stay(3, dt.date(2019, 1, 1), DAY),
        Stay(4, dt.date(2026, 7, 1), DAY), Stay(5, None, DAY),
    ]  # fmt: skip
    assert [each.pupil for each in past(stays, 6, DAY)] == [3, 2]
    assert [each.until for each in past(stays, 6, DAY)] == [dt.date(2025, 1, 1), dt.date(2026, 11, 23)]


def test_without_a_number_of_years_nobody_is_ever_past_it() -> None:
    stays = [Stay(1, dt.date(1990, 1, 1), dt.date(1990, 1, 1)), Stay(2, None, dt.date(1990, 1, 1))]
    assert past(stays, None, DAY) == []
    assert forgotten(stays, None, DAY) == 0


def test_who_has_no_last_day_and_was_not_seen_for_as_long_is_a_number_only() -> None:
    stays = [
        Stay(1, None, dt.date(2019, 8, 31)),
        Stay(2, None, dt.date(2026, 8, 31)),
        Stay(3, dt.date(2010, 1, 1), DAY),
    ]
    assert forgotten(stays, 6, DAY) == 1
    assert [each.pupil for each in past(stays, 6, DAY)] == [3]


def test_a_table_that_nobody_put_into_words_is_called_by_its_name_and_goes() -> None:
    assert (told("pupil_diary").title, told("pupil_diary").fate) == ("Pupil diary", Fate.GOES)
    assert label("pupil_diary", "said_on") == "Said on"
    assert where("pupil_diary") == "pupil diary"


def test_codes_are_told_in_words() -> None:
    assert [meaning("status", "K"), meaning("year_group", 0), meaning("year_group", 4)] == [
        "SEN Support (K)",
        "Reception",
        "Year 4",
    ]
    assert [meaning("starts", 545), meaning("fsm", True), meaning("need", "ASD")] == ["09:05", "Yes", "ASD"]
    assert meaning("starts", dt.date(2026, 9, 1)) == dt.date(2026, 9, 1)
