"""The range beside an effect: the same every time, and wide enough to hold the truth as often as is said."""

from fractions import Fraction
from random import Random

import pytest

from vfm.value.bootstrap import range_of, student, tail

ONE = Fraction(1)


def drawn(chance: Random, pupils: int, *, skewed: bool) -> list[tuple[Fraction, Fraction]]:
    """Months gained in four, six or eight months by pupils who gain two months a month on average."""
    found = []
    for _ in range(pupils):
        months = chance.choice((4, 6, 8))
        pace = chance.gammavariate(4, 0.5) if skewed else chance.gauss(2, 0.8)
        found.append((Fraction(round(pace * months * 10), 10), Fraction(months)))
    return found


def held(pupils: int, *, skewed: bool, times: int = 300) -> float:
    """How often, of so many times, the range held the truth of 2."""
    chance = Random(7)
    ranges = [range_of(drawn(chance, pupils, skewed=skewed)) for _ in range(times)]
    return sum(each is not None and each[0] <= 2 <= each[1] for each in ranges) / times


@pytest.mark.slow
def test_the_range_holds_a_known_truth_at_least_nine_times_in_ten() -> None:
    rates = {(n, skewed): held(n, skewed=skewed) for n in (5, 12) for skewed in (False, True)}
    assert min(rates.values()) >= 0.9, rates
    assert max(rates.values()) <= 0.99, "a range that always holds it says nothing"


def test_it_is_the_same_twice_in_a_row_and_these_very_numbers_on_every_machine() -> None:
    gains = [(Fraction(n), Fraction(6)) for n in (3, 5, 8, 9, 12, 14, 20)]
    assert range_of(gains) == range_of(list(gains)) == (Fraction(6, 7), Fraction(37, 14))


def test_pupils_who_all_gained_alike_leave_no_doubt() -> None:
    assert range_of([(Fraction(9), Fraction(6))] * 6) == (Fraction(3, 2), Fraction(3, 2))


def test_below_five_pupils_there_is_no_range() -> None:
    assert range_of([(ONE, ONE)] * 4) is None
    assert range_of([(ONE, ONE)] * 5) == (ONE, ONE)


def test_the_tails_are_cut_where_students_t_says() -> None:
    # Published points of t for 95 in 100: 2.776 with four degrees of freedom, 2.262 with nine, 2.045 with twenty-nine.
    assert [round(student(1.959964, free), 3) for free in (4, 9, 29)] == [2.776, 2.262, 2.045]
    assert tail(5) < tail(10) < tail(30) < 0.025
