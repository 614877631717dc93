"""Price, volume and mix: each alone, together, and adding up whatever the figures."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tests.costing.usual import USUAL
from vfm.costing.delivery import InTotal
from vfm.costing.intervention import Giver, Intervention, Staff
from vfm.costing.provision_map import cost_map
from vfm.costing.rates import Card, RateBook, RateCard, RoleRate, Stated
from vfm.value.year_on_year import Hours, break_even, hours_by_role, moved


def hours(number: int, rate: int) -> Hours:
    return Hours(Fraction(number), Fraction(number * rate))


def parts(before: dict[str, Hours], after: dict[str, Hours]) -> list[Fraction]:
    found = moved(before, after)
    assert found is not None and found.price + found.volume + found.mix == found.total
    return [found.price, found.volume, found.mix]


def test_the_same_hours_at_a_dearer_rate_are_price_alone() -> None:
    assert parts({"TA": hours(100, 2000)}, {"TA": hours(100, 2100)}) == [10_000, 0, 0]


def test_more_hours_at_the_same_rate_are_volume_alone() -> None:
    assert parts({"TA": hours(100, 2000)}, {"TA": hours(110, 2000)}) == [0, 20_000, 0]


def test_hours_that_went_to_a_dearer_role_are_mix_alone() -> None:
    before = {"TA": hours(50, 2000), "Teacher": hours(50, 4000)}
    after = {"TA": hours(25, 2000), "Teacher": hours(75, 4000)}
    assert parts(before, after) == [0, 0, 50_000]


def test_a_role_that_is_new_changes_no_price() -> None:
    assert parts({"TA": hours(100, 2000)}, {"TA": hours(100, 2000), "Teacher": hours(10, 5000)}) == [0, 20_000, 30_000]


def test_a_role_that_is_gone_is_volume_and_mix() -> None:
    assert parts({"TA": hours(50, 2000), "Teacher": hours(50, 4000)}, {"TA": hours(50, 2000)}) == [0, -150_000, -50_000]


def test_without_hours_last_year_there_is_nothing_to_compare() -> None:
    assert moved({}, {"TA": hours(10, 2000)}) is None
    assert moved({"TA": hours(0, 2000)}, {"TA": hours(10, 2000)}) is None


whole = st.integers(min_value=0, max_value=10_000)
year = st.dictionaries(
    st.sampled_from(["TA", "HLTA", "Teacher"]), st.builds(Hours, st.builds(Fraction, whole), st.builds(Fraction, whole))
)


@given(year, year)
def test_the_three_always_add_up_to_the_difference(before: dict[str, Hours], after: dict[str, Hours]) -> None:
    found = moved(before, after)
    if found is not None:
        assert found.price + found.volume + found.mix == found.total == found.after - found.before


def test_hours_of_a_map_are_those_that_are_paid_with_their_preparation() -> None:
    book = RateBook(RateCard(Card.ACTUAL, [RoleRate("TA", Stated(Decimal(20)))]), RateCard(Card.AUTHORITY, []))
    reading = Intervention(
        "Reading", minutes=30, delivery=InTotal(10), preparation=6,
        staff=(Staff("TA", 2), Staff("Volunteer", kind=Giver.VOLUNTEER), Staff("Nobody's rate")),
    )  # fmt: skip
    costed = cost_map([reading, reading], book, {}, USUAL)
    assert hours_by_role(costed.interventions) == {"TA": Hours(Fraction(24), Fraction(48_000))}


def test_what_the_dearer_choice_must_do_to_be_worth_it() -> None:
    assert break_even(Fraction(2), Fraction(30_000), Fraction(45_000)) == 3
    assert break_even(Fraction(2), Fraction(0), Fraction(45_000)) is None
