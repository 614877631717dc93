from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vfm.costing.sharing import Shares, SharingError, Split, by_place, shared, stated, whole
from vfm.money import apportion, half_up

F = Fraction
SESSIONS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40), max_size=6)
TOTALS = st.fractions(0, 10**7, max_denominator=60)


def test_the_cost_is_shared_by_pupil_sessions() -> None:
    assert Shares(F(1200), shared({"a": 30, "b": 10})).by_pupil == {"a": 900, "b": 300}


def test_when_a_pupil_leaves_the_others_shares_rise_and_the_total_stands() -> None:
    assert Shares(F(900), shared({"a": 10, "b": 10, "c": 10})).by_pupil["a"] == 300
    left = Shares(F(900), shared({"a": 10, "b": 10, "c": 5}))
    assert [left.by_pupil["a"], left.total] == [360, 900]


def test_without_any_pupil_session_the_cost_is_not_attributed() -> None:
    nobody = Shares(F(50), shared({"a": 0}))
    assert [nobody.by_pupil, nobody.not_attributed, nobody.unfilled] == [{"a": 0}, 50, 0]
    assert shared({}) == Split({}, 0, 0)
    assert Shares(F(50), shared({})).not_attributed == 50


def test_by_place_the_rest_is_unfilled_places() -> None:
    shares = Shares(F(1200), by_place({"a": 10, "b": 5}, 10, 4))
    assert [shares.by_pupil, shares.unfilled] == [{"a": 300, "b": 150}, 750]


def test_more_pupils_than_places_is_refused() -> None:
    with pytest.raises(SharingError):
        by_place({"a": 10, "b": 10}, 10, 1)


def test_the_whole_cost_goes_to_one_pupil_and_the_others_are_listed_at_nil() -> None:
    assert Shares(F(70), whole({"a": 1, "b": 1}, "b")).by_pupil == {"a": 0, "b": 70}
    with pytest.raises(SharingError):
        whole({"a": 1}, "z")


def test_stated_percentages_must_add_up_to_100() -> None:
    assert Shares(F(200), stated({"a": 75, "b": 25})).by_pupil == {"a": 150, "b": 50}
    with pytest.raises(SharingError):
        stated({"a": 75, "b": 24})


def every_basis(total: Fraction, sessions: dict[str, int]) -> list[Shares]:
    ways = [shared(sessions), by_place(sessions, 40, max(1, len(sessions)))]
    if sessions:
        ways.append(whole(sessions, next(iter(sessions))))
        ways.append(stated(dict.fromkeys(sessions, F(100, len(sessions)))))
    return [Shares(total, split) for split in ways]


@given(TOTALS, SESSIONS)
def test_on_any_basis_the_parts_add_up_and_so_do_the_printed_ones(total: Fraction, sessions: dict[str, int]) -> None:
    for shares in every_basis(total, sessions):
        parts = [*shares.by_pupil.values(), shares.not_attributed, shares.unfilled]
        assert sum(parts) == total
        assert sum(apportion(parts)) == half_up(total)
        assert all(part >= 0 for part in parts)
