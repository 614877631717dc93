"""What an intervention did, at the edges: published cases, bands, who is left out, and words where no figure holds."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from vfm.value.effect import (
    Effect,
    LeftOut,
    Measured,
    Measurement,
    Withheld,
    band_of,
    cost_per_success,
    effect_of,
    months_between,
)
from vfm.value.measure import BY_KEY, MEASURES, Family

AGE, SCORE, SDQ = BY_KEY["reading-age"], BY_KEY["reading-score"], BY_KEY["sdq"]
SEPTEMBER, JULY = dt.date(2026, 9, 7), dt.date(2027, 7, 5)


def group(gain: str, months: str, pupils: int = 5, pence: int = 10_000) -> Effect:
    """So many pupils who each gained the same in the same time."""
    each = [Measured(str(n), Fraction(gain), Fraction(months), Fraction(pence)) for n in range(pupils)]
    return Effect(AGE, pupils, tuple(each), {})


def ratio(gain: str, months: str) -> Fraction:
    found = group(gain, months).ratio
    assert isinstance(found, Fraction)
    return found


def test_published_ratio_gains() -> None:
    assert round(ratio("16.7", "8.3"), 2) == Fraction(201, 100)
    assert ratio("15", "6") == Fraction(5, 2)
    assert band_of(ratio("15", "6")) == "2 to 3"


def test_the_edge_of_a_band_is_in_the_upper_one() -> None:
    edges = ("1.4", "2", "3", "4")
    assert [band_of(Fraction(edge)) for edge in edges] == ["1.4 to 2", "2 to 3", "3 to 4", "4 and over"]
    below = [band_of(Fraction(edge) - Fraction(1, 1000)) for edge in edges]
    assert below == ["under 1.4", "1.4 to 2", "2 to 3", "3 to 4"]


def test_the_published_cost_of_a_success() -> None:
    assert cost_per_success(Fraction(528_200) * 5, 5, 4) == 660_250
    assert cost_per_success(Fraction(528_200) * 4, 4, 4) is Withheld.FEW
    assert cost_per_success(Fraction(528_200) * 5, 5, 0) is Withheld.NOBODY_MET


def test_costs_are_total_by_total() -> None:
    found = group("12", "6")
    assert found.cost_of_each == Fraction(10_000, 12)
    assert found.cost_of_extra == Fraction(10_000, 6)
    assert found.mean == 12


def test_no_progress_or_less_is_words_and_never_nought_pounds() -> None:
    assert group("0", "6").cost_of_each is Withheld.NO_PROGRESS
    assert group("-2", "6").cost_of_each is Withheld.NO_PROGRESS
    assert group("6", "6").cost_of_extra is Withheld.NOT_EXTRA
    assert group("0", "6").ratio == 0


def test_four_pupils_are_too_few_and_none_is_none() -> None:
    few = group("12", "6", pupils=4)
    assert {few.ratio, few.mean, few.cost_of_each, few.cost_of_extra} == {Withheld.FEW}
    assert few.range is None
    assert group("12", "6", pupils=0).ratio is Withheld.NOBODY
    assert group("12", "6", pupils=5).range == (Fraction(2), Fraction(2))


def test_months_are_days_of_the_year() -> None:
    assert months_between(dt.date(2026, 1, 1), dt.date(2030, 1, 1)) == 48
    assert round(months_between(SEPTEMBER, JULY), 1) == Fraction(99, 10)


def taken(pupil: str, entry: int | None, exit_: int | None, **more: object) -> Measurement:
    days = {"entry_on": SEPTEMBER, "exit_on": JULY}
    return Measurement(pupil, AGE.key, entry, exit=exit_, **(days | more))  # type: ignore[arg-type]


def test_who_is_left_out_is_counted_with_the_reason_and_the_cost_is_of_those_who_are_in() -> None:
    found = [
        *(taken(str(n), 80, 100) for n in range(5)),
        taken("no entry", None, 90),
        taken("no exit", 80, None),
        taken("other test", 80, 110, exit_by="spelling-age"),
        taken("no days", 80, 100, exit_on=None),
        taken("same day", 80, 100, exit_on=SEPTEMBER),
    ]
    members = [each.pupil for each in found] + ["never tested"]
    effect = effect_of(AGE, found, dict.fromkeys(members, Fraction(700)), members)
    assert effect.counted == "5 of 11 pupils"
    assert effect.left_out == {
        LeftOut.NO_ENTRY: 2, LeftOut.NO_EXIT: 1, LeftOut.OTHER_TEST: 1, LeftOut.NO_DAYS: 2,
    }  # fmt: skip
    assert effect.cost == 3_500
    assert effect.mean == 20


def test_a_group_measured_by_two_tests_only_is_not_put_together() -> None:
    found = [taken(str(n), 80, 100, exit_by="spelling-age") for n in range(6)]
    effect = effect_of(AGE, found, {}, [each.pupil for each in found])
    assert effect.withheld is Withheld.MIXED


def test_who_is_no_member_is_in_no_figure() -> None:
    found = [taken(str(n), 80, 100) for n in range(9)]
    assert effect_of(AGE, found, {}, ["0", "1", "2"]).counted == "3 of 3 pupils"


def test_a_score_needs_no_days_has_no_months_and_may_fall() -> None:
    found = [Measurement(str(n), SCORE.key, 90, exit=Decimal("88.5")) for n in range(5)]
    effect = effect_of(SCORE, found, {}, [each.pupil for each in found])
    assert effect.mean == Fraction(-3, 2)
    assert effect.ratio is Withheld.NO_TIME
    assert effect.cost_of_each is Withheld.NO_PROGRESS


def test_where_fewer_is_better_a_fall_is_progress() -> None:
    found = [Measurement(str(n), SDQ.key, 20, exit=14) for n in range(5)]
    assert effect_of(SDQ, found, {}, [each.pupil for each in found]).mean == 6


def test_every_measure_has_a_key_of_its_own_and_bounds_that_hold_something() -> None:
    assert len(BY_KEY) == len(MEASURES)
    assert all(each.low < each.high for each in MEASURES)
    assert {each.family for each in MEASURES} == set(Family) - {Family.OUTCOME}, "met or not met stands on the map"
