"""A name may say for whom it is; nothing is guessed from what it does not say."""

import pytest

from vfm.value.year_groups import years_in


@pytest.mark.parametrize(
    ("name", "years"),
    [
        ("Phonics catch-up, Year 1", {1}),
        ("Y4 reading", {4}),
        ("Yr 5 and 6 boosters", {5, 6}),
        ("Years 3, 4 & 5", {3, 4, 5}),
        ("Mentoring, Years 9 to 11", {9, 10, 11}),
        ("Mentoring Y9-11", {9, 10, 11}),
        ("Y5/Y6 maths", {5, 6}),
        ("KS2 maths", {3, 4, 5, 6}),
        ("Key Stage 3 and 4 reading", {7, 8, 9, 10, 11}),
        ("Language groups in Reception", {0}),
        ("Talking in Nursery and Reception", {-1, 0}),
        ("Reading over 3 years", set()),
        ("Toe by Toe", set()),
        ("Paired reading with Year 6", set()),
        ("Plan of Year 2026", set()),
        ("Story time", set()),
        ("Early years", set()),
    ],
)
def test_the_year_groups_of_a_name(name: str, years: set[int]) -> None:
    assert years_in(name) == years
