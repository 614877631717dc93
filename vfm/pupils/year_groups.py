"""A pupil's year group in any academic year, worked out from the years in which it was said, so that no figure of a past year moves."""

from collections.abc import Sequence
from typing import NamedTuple

LOWEST, HIGHEST = -2, 14
"""Before nursery, and the last year of a special school's sixth form."""


class YearStep(NamedTuple):
    """In the academic year that starts in `year` a pupil is in `group` (nursery -1, reception 0), and moves up each year after."""

    year: int
    group: int


def group_in(steps: Sequence[YearStep], year: int) -> int | None:
    """The year group in an academic year: from the newest step until then, else back from the first.

    None where nothing is known, and where it would be before the lowest or past the highest year group.
    """
    ordered = sorted(steps)
    if not ordered:
        return None
    step = next((each for each in reversed(ordered) if each.year <= year), ordered[0])
    group = step.group + year - step.year
    return group if LOWEST <= group <= HIGHEST else None


def steps_for(
    steps: Sequence[YearStep], year: int, group: int, *, earlier: bool = False
) -> tuple[YearStep, ...]:  # fmt: skip
    """The steps to write so that a pupil is in `group` in `year`: none where that is worked out already.

    What the school's earlier years show stays: where there are such years (`earlier`) and nothing was said of one, the year
    before is said first, as it was worked out until now.
    """
    before = group_in(steps, year)
    if before == group:
        return ()
    new = YearStep(year, group)
    if not earlier or not steps or any(each.year < year for each in steps):
        return (new,)
    last = group_in(steps, year - 1)
    return (new,) if last is None else (YearStep(year - 1, last), new)
