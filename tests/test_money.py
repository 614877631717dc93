from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vfm.money import (
    MoneyError,
    apportion,
    apportion_over,
    half_up,
    hours_and_minutes,
    in_pence,
    pounds,
    read_money,
    read_number,
)

FRACTIONS = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=997)


@pytest.mark.parametrize("text", ["£1,234.50", "1234.5", " £ 1 234.50 ", "1,234.500", "01234.50"])
def test_money_may_hold_a_pound_sign_commas_and_spaces(text: str) -> None:
    assert read_money(text) == Decimal("1234.50")
    assert str(read_money(text)) == "1234.50"


@pytest.mark.parametrize(
    "text", ["", "NaN", "inf", "-inf", "1e5", "ten", "1.2.3", "1.234", "-1", "£", ".", "100000000", "٣", "££1", "--1"]
)
def test_what_is_not_an_amount_of_money_is_refused_with_a_message(text: str) -> None:
    with pytest.raises(MoneyError) as wrong:
        read_money(text)
    assert len(str(wrong.value)) > 10


def test_the_largest_amount_is_99_999_999_99() -> None:
    assert read_money("99,999,999.99") == Decimal("99999999.99")


def test_below_nought_is_read_only_where_the_field_allows_it() -> None:
    assert read_money("-£1,000", below_zero=True) == read_money("£−1000", below_zero=True) == Decimal(-1000)
    with pytest.raises(MoneyError):
        read_money("-100,000,000", below_zero=True)


def test_an_hourly_rate_keeps_four_decimals() -> None:
    assert read_money("20.3768", places=4) == Decimal("20.3768")


def test_a_number_keeps_within_its_range_and_decimals() -> None:
    assert read_number("12.5", places=1) == Decimal("12.5")
    for text, places in (("101", 0), ("1.5", 0), ("-1", 0), ("x", 2)):
        with pytest.raises(MoneyError):
            read_number(text, places=places, high=Decimal(100))


def test_halves_are_rounded_away_from_nought() -> None:
    assert [half_up(Fraction(n, 2)) for n in (1, 3, -1, -3, 0)] == [1, 2, -1, -2, 0]
    assert half_up(Fraction(49, 100)) == 0


def test_119_42_between_three_pupils_prints_39_81_39_81_39_80() -> None:
    assert apportion([in_pence(Decimal("119.42")) / 3] * 3) == [3981, 3981, 3980]


def test_parts_of_nothing_are_an_empty_list() -> None:
    assert apportion([]) == []


def test_a_total_that_rounding_cannot_reach_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be printed"):
        apportion([Fraction(1), Fraction(2)], 9)


def test_amounts_and_times_are_printed_for_people() -> None:
    assert pounds(123450) == pounds(Decimal("1234.5")) == "£1,234.50"
    assert pounds(-5) == "-£0.05"
    assert hours_and_minutes(Fraction(150)) == "2 hours 30 minutes"
    assert hours_and_minutes(Fraction(61)) == "1 hour 1 minute"
    assert hours_and_minutes(Fraction(0)) == "0 minutes"
    assert hours_and_minutes(Fraction(-60)) == "minus 1 hour"


@given(st.integers(0, 9_999_999_999))
def test_what_is_printed_can_be_read_again(pence: int) -> None:
    assert in_pence(read_money(pounds(pence))) == pence


@given(st.lists(FRACTIONS))
def test_parts_add_up_to_the_printed_total_and_none_is_a_penny_out(parts: list[Fraction]) -> None:
    printed = apportion(parts)
    assert sum(printed) == half_up(sum(parts, Fraction(0)))
    assert all(abs(whole - part) < 1 for whole, part in zip(printed, parts, strict=True))


@given(st.lists(st.integers(-(10**6), 10**6)), st.integers(1, 997))
def test_the_light_path_prints_the_same_pennies(numerators: list[int], denominator: int) -> None:
    assert apportion_over(numerators, denominator) == apportion([Fraction(n, denominator) for n in numerators])
