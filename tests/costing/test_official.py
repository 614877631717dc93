import datetime as dt
from decimal import Decimal

import pytest

from vfm.costing import pay
from vfm.costing.official import OFFICIAL, Key, in_force
from vfm.costing.pay import EMPLOYER_NI, FromPay, Hours, Pay, employer_ni
from vfm.money import half_up


def test_what_pay_is_worked_out_with_stands_in_the_table_of_official_figures() -> None:
    ni = employer_ni()
    assert (
        [ni.percent, ni.threshold] == [in_force(Key.NI_PERCENT).value, in_force(Key.NI_THRESHOLD).value] == [15, 5000]
    )
    assert pay.DIRECTED_HOURS == in_force(Key.DIRECTED_HOURS).value == 1265
    assert pay.WEEKS_IN_A_YEAR == in_force(Key.WEEKS_IN_A_YEAR).value == Decimal("52.143")


def test_the_full_time_hours_and_the_teachers_pension_are_those_of_the_costing_notes() -> None:
    assert in_force(Key.SUPPORT_HOURS).value == 37
    assert in_force(Key.TEACHER_HOURS).value == Decimal("32.5")
    assert in_force(Key.TEACHERS_PENSION).value == Decimal("28.68")


def test_the_table_alone_makes_the_worked_teacher_of_50_92_an_hour() -> None:
    hours = in_force(Key.TEACHER_HOURS).value
    teacher = Pay(
        Decimal(45352), hours, hours, pension_percent=in_force(Key.TEACHERS_PENSION).value, counted=Hours.DIRECTED
    )
    assert half_up(FromPay([teacher]).per_hour) == 5092


def test_every_figure_says_where_it_comes_from_and_a_checked_one_names_its_day() -> None:
    assert all(row.source and row.words for row in OFFICIAL)
    assert all(row.from_whom or row.checked is None for row in OFFICIAL), "only a published source can be checked"
    ours = {row.key for row in OFFICIAL if not row.from_whom}
    assert ours == {Key.DIRECTED_HOURS, Key.SUPPORT_HOURS, Key.TEACHER_HOURS, Key.WEEKS_IN_A_YEAR}


def test_a_figure_stands_once_for_each_day_on_which_it_starts() -> None:
    days = [(row.key, row.starts) for row in OFFICIAL]
    assert len(set(days)) == len(days)
    assert {row.key for row in OFFICIAL} == set(Key)


def test_before_its_first_day_a_figure_is_not_known() -> None:
    assert in_force(Key.NI_PERCENT, dt.date(2025, 4, 6)).value == 15
    with pytest.raises(ValueError, match="2025-04-05"):
        in_force(Key.NI_PERCENT, dt.date(2025, 4, 5))


def test_ni_is_dated_by_every_change_of_its_rate_or_its_threshold() -> None:
    changes = {row.starts for row in OFFICIAL if row.key in (Key.NI_PERCENT, Key.NI_THRESHOLD)}
    assert [row.starts for row in EMPLOYER_NI] == sorted(day for day in changes if day)
