"""How many pupils are in a group at once."""

import datetime as dt

from vfm.costing.stays import first_day_over, most_at_once

OCTOBER, NOVEMBER = dt.date(2026, 10, 1), dt.date(2026, 11, 1)
THE_DAY_BEFORE = dt.date(2026, 10, 31)


def test_nobody_is_nobody() -> None:
    assert most_at_once([]) == 0
    assert first_day_over([], 0) is None


def test_a_place_is_free_the_day_after_somebody_left() -> None:
    one_after_the_other = [(None, THE_DAY_BEFORE), (NOVEMBER, None)]
    assert most_at_once(one_after_the_other) == 1
    assert first_day_over(one_after_the_other, 1) is None
    assert first_day_over([(None, NOVEMBER), (NOVEMBER, None)], 1) == (NOVEMBER, 2)


def test_the_first_day_over_names_everybody_who_comes_on_it() -> None:
    stays = [(None, None), (OCTOBER, None), (OCTOBER, NOVEMBER), (NOVEMBER, None)]
    assert first_day_over(stays, 1) == (OCTOBER, 3)
    assert first_day_over(stays, 3) == (NOVEMBER, 4)
    assert first_day_over(stays, 4) is None


def test_from_the_beginning_is_the_earliest_date() -> None:
    assert first_day_over([(None, None), (None, OCTOBER)], 1) == (dt.date.min, 2)
