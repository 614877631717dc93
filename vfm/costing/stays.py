"""How many pupils are in a group at once, from the days on which they joined and left."""

import datetime as dt
from collections.abc import Iterable
from itertools import accumulate

from vfm.costing.calendar import ONE_DAY

Stay = tuple[dt.date | None, dt.date | None]
"""Joined and left, both included; None: since the beginning, until the end."""


def most_at_once(stays: Iterable[Stay]) -> int:
    """The most pupils who are in the group on any one day."""
    return max((count for _, count in _counts(stays)), default=0)


def first_day_over(stays: Iterable[Stay], places: int) -> tuple[dt.date, int] | None:
    """The first day on which there are more pupils than places, and how many; the earliest date if from the beginning."""
    counts = _counts(stays)
    day = next((day for day, count in counts if count > places), None)
    return None if day is None else (day, max(count for on, count in counts if on == day))


def _counts(stays: Iterable[Stay]) -> list[tuple[dt.date, int]]:
    """How many there are after each coming and going, in order; who goes on a day is gone before others come."""
    every = list(stays)
    changes = [(joined or dt.date.min, 1) for joined, _ in every] + [(left + ONE_DAY, -1) for _, left in every if left]
    days = sorted(changes)
    return list(zip((day for day, _ in days), accumulate(change for _, change in days), strict=True))
