import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stages.cases import ANN, BEN, income, make_case, taking
from vfm.costing.figure import Certainty, Figure, Input, Unit
from vfm.costing.intervention import Membership, Tier
from vfm.money import percent_words
from vfm.plan.shown import shown, words_of
from vfm.stages import SLUGS, figures_of

amounts = st.fractions(min_value=-10_000, max_value=10_000, max_denominator=360)


def pence(words: str) -> int:
    """Back from £1,234.50 to 123450."""
    return int(words.replace("£", "").replace(",", "").replace(".", ""))


def test_119_42_between_three_is_shown_as_39_81_39_81_and_39_80() -> None:
    third = Fraction(11_942, 3)
    figure = Figure("Shares", 3 * third, inputs=[Input(name, third) for name in "abc"])
    assert shown(figure).value == "£119.42"
    assert shown(figure).inputs == (("a", "£39.81"), ("b", "£39.81"), ("c", "£39.80"))


@given(st.lists(amounts, min_size=1, max_size=9))
def test_parts_of_a_figure_are_shown_so_that_they_add_up_to_it(parts: list[Fraction]) -> None:
    inputs = [Input(f"part {place}", part) for place, part in enumerate(parts)]
    told = shown(Figure("Whole", sum(parts, Fraction(0)), inputs=[*inputs, Input("Share", Fraction(5), Unit.PERCENT)]))
    assert sum(pence(words) for _, words in told.inputs[:-1]) == pence(told.value)
    assert told.inputs[-1] == ("Share", "5%")
    for (_, words), part in zip(told.inputs, parts, strict=False):
        assert abs(pence(words) - part) < 1


def test_inputs_that_are_no_parts_are_each_rounded_half_up() -> None:
    figure = Figure("Difference", Fraction(1), inputs=[Input("Money", Fraction(5, 2)), Input("Cost", Fraction(3, 2))])
    assert shown(figure).inputs == (("Money", "£0.03"), ("Cost", "£0.02"))


def test_a_figure_is_shown_with_everything_that_explains_it() -> None:
    figure = Figure(
        "Cost", Fraction(100), Unit.PENCE, "a + b", (), dt.date(2027, 1, 5), "actual cost", Certainty.CONFIRMED, "Map"
    )
    told = shown(figure)
    assert [told.name, told.formula, told.method, told.source] == ["Cost", "a + b", "actual cost", "Map"]
    assert [told.as_at, told.state] == ["5 January 2027", "Confirmed"]


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (None, Unit.PENCE, "not known"),
        (None, Unit.PUPILS, "not known"),
        (0, Unit.PENCE, "£0.00"),
        (Fraction(1, 2), Unit.PENCE, "£0.01"),
        (-150, Unit.PENCE, "-£1.50"),
        (123_456_789, Unit.PENCE, "£1,234,567.89"),
        (Fraction(63453, 38), Unit.PENCE_AN_HOUR, "£16.70 an hour"),
        (Fraction(5, 2), Unit.HOURS, "2 hours 30 minutes"),
        (90, Unit.MINUTES, "1 hour 30 minutes"),
        (Fraction(25, 2), Unit.PERCENT, "12.5%"),
        (1234, Unit.PUPILS, "1,234"),
        (40, Unit.INTERVENTIONS, "40"),
    ],
)
def test_a_value_is_printed_by_its_unit(value: Fraction | int | None, unit: Unit, words: str) -> None:
    assert words_of(value, unit) == words


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        (Fraction(5), "5%"),
        (Fraction(100, 3), "33.3%"),
        (Fraction(1, 20), "0.1%"),
        (Fraction(1, 21), "0%"),
        (Fraction(-5, 2), "-2.5%"),
        (Fraction(9996, 100), "100%"),
    ],
)
def test_a_percentage_has_one_decimal_at_most(percent: Fraction, words: str) -> None:
    assert percent_words(percent) == words


def test_the_breakdown_by_tier_and_by_need_adds_up_to_the_printed_cost_of_the_map() -> None:
    lines = [taking(1, tier=tier, need=tier.value, members=[Membership("ann")]) for tier in Tier]  # 33⅓p each
    told = {each.name: each for slug in SLUGS for each in map(shown, figures_of(make_case(lines), slug))}
    parts = [pence(words) for _, words in told["Interventions on the map"].inputs]
    assert pence(told["Cost of the provision map"].value) == 100
    assert [sum(parts[:3]), sum(parts[3:])] == [100, 100]


def test_the_working_of_the_income_register_adds_up_to_the_penny() -> None:
    lines = [income("100.01", name=name, sen_share=Fraction(100, 3)) for name in "abc"]
    (told,) = map(shown, figures_of(make_case([taking(7)], pupils=[ANN, BEN], income=lines), "funding"))
    assert told.value == "£100.01"
    assert sum(pence(words) for _, words in told.inputs) == 10_001
