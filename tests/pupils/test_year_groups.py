"""A pupil's year group is worked out for the academic year that is asked for."""

from hypothesis import given
from hypothesis import strategies as st

from vfm.pupils.pupil import Pupil
from vfm.pupils.year_groups import HIGHEST, LOWEST, YearStep, group_in, steps_for

FOURTH = (YearStep(2025, 4),)


def test_a_pupil_moves_up_by_one_each_year_and_counts_back_before_the_first_step() -> None:
    assert [group_in(FOURTH, year) for year in range(2023, 2029)] == [2, 3, 4, 5, 6, 7]


def test_of_a_pupil_of_whom_nothing_is_said_nothing_is_worked_out() -> None:
    assert group_in((), 2025) is None


def test_who_is_kept_back_has_another_step_and_the_years_before_it_stay() -> None:
    steps = (YearStep(2026, 4), *FOURTH)  # in any order
    assert [group_in(steps, year) for year in (2024, 2025, 2026, 2027)] == [3, 4, 4, 5]


def test_who_is_moved_ahead_skips_a_year_group() -> None:
    assert [group_in((*FOURTH, YearStep(2026, 6)), year) for year in (2025, 2026, 2027)] == [4, 6, 7]


def test_nobody_is_before_the_lowest_or_past_the_highest_year_group() -> None:
    assert [group_in(FOURTH, year) for year in (2018, 2019, 2035, 2036)] == [None, -2, 14, None]


def test_what_is_worked_out_already_needs_no_step() -> None:
    assert steps_for(FOURTH, 2026, 5) == () == steps_for(FOURTH, 2026, 5, earlier=True)


def test_a_pupil_who_is_new_gets_one_step() -> None:
    assert steps_for((), 2026, 5) == (YearStep(2026, 5),) == steps_for((), 2026, 5, earlier=True)


def test_putting_the_first_step_right_moves_the_years_before_only_where_the_school_has_none() -> None:
    assert steps_for(FOURTH, 2025, 5) == (YearStep(2025, 5),)
    assert steps_for(FOURTH, 2025, 5, earlier=True) == (YearStep(2024, 3), YearStep(2025, 5))


def test_an_earlier_step_keeps_the_years_before_by_itself() -> None:
    assert steps_for(FOURTH, 2026, 4, earlier=True) == (YearStep(2026, 4),)


def test_where_the_year_before_is_before_the_lowest_there_is_nothing_to_keep() -> None:
    assert steps_for((YearStep(2025, -2),), 2025, -1, earlier=True) == (YearStep(2025, -1),)


def test_a_pupil_is_asked_for_any_year() -> None:
    ann = Pupil("1", "Ann", steps=FOURTH)
    assert (ann.year_in(2026), ann.year_in(2036), ann.year) == (5, None, None)


STEPS = st.lists(
    st.builds(YearStep, st.integers(2000, 2040), st.integers(LOWEST, HIGHEST)), max_size=4, unique_by=lambda step: step.year
)  # fmt: skip


@given(STEPS, st.integers(2000, 2040), st.integers(LOWEST, HIGHEST))
def test_what_was_asked_for_holds_and_with_earlier_years_no_year_before_it_moves(
    steps: list[YearStep], year: int, group: int
) -> None:
    written = steps_for(steps, year, group, earlier=True)
    after = {each.year: each for each in (*steps, *written)}
    assert group_in([*after.values()], year) == group
    if steps:
        for past in range(year - 8, year):
            if group_in(steps, year - 1) is not None:
                assert group_in([*after.values()], past) == group_in(steps, past)
