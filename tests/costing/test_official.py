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


def test_every_figure_says_where_it_comes_from_and_when_it_was_read_there() -> None:
    assert all(row.source and row.words for row in OFFICIAL)
    assert all(bool(row.link) == (row.checked is not None) for row in OFFICIAL), "what has a source has a day"
    assert {row.key for row in OFFICIAL if not row.link} == {Key.TEACHER_HOURS, Key.WEEKS_IN_A_YEAR}


def test_the_teachers_pension_rose_by_five_in_april_2024() -> None:
    before, after = (in_force(Key.TEACHERS_PENSION, day).value for day in (dt.date(2024, 3, 31), dt.date(2024, 4, 1)))
    assert (before, after) == (Decimal("23.68"), Decimal("28.68"))


def test_pay_of_an_earlier_year_bears_the_insurance_of_that_year() -> None:
    pay = Pay(Decimal(24100), Decimal(37), Decimal(37))
    autumn_2024, autumn_2026 = (pay.cost(employer_ni(dt.date(year, 10, 1))) for year in (2024, 2026))
    assert autumn_2024 == 100 * (24100 + 2070)  # 13.8% of £15,000 above £9,100
    assert autumn_2026 == 100 * (24100 + 2865)  # 15% of £19,100 above £5,000


def test_a_figure_stands_once_for_each_day_on_which_it_starts() -> None:
    days = [(row.key, row.starts) for row in OFFICIAL]
    assert len(set(days)) == len(days)
    assert {row.key for row in OFFICIAL} == set(Key)


def test_before_its_first_day_a_figure_is_not_known() -> None:
    assert in_force(Key.NI_PERCENT, dt.date(2025, 4, 6)).value == 15
    assert in_force(Key.NI_PERCENT, dt.date(2025, 4, 5)).value == Decimal("13.8")
    with pytest.raises(ValueError, match="2023-04-05"):
        in_force(Key.NI_PERCENT, dt.date(2023, 4, 5))


def test_ni_is_dated_by_every_change_of_its_rate_or_its_threshold() -> None:
    changes = {row.starts for row in OFFICIAL if row.key in (Key.NI_PERCENT, Key.NI_THRESHOLD)}
    assert [row.starts for row in EMPLOYER_NI] == sorted(day for day in changes if day)
