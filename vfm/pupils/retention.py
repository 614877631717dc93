"""Who is past the time for which a school keeps a pupil's data: a list for a person to look at. Nothing is done by itself."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

FEWEST, MOST = 1, 50


@dataclass(frozen=True, slots=True)
class Stay:
    """A pupil's last day at the school, if there is one, and the last day on which the site had to do with the pupil."""

    pupil: int
    left: dt.date | None
    last_seen: dt.date


@dataclass(frozen=True, slots=True)
class Past:
    """A pupil whose data was to be kept until a day that is over."""

    pupil: int
    left: dt.date
    until: dt.date


def kept_until(left: dt.date, years: int) -> dt.date:
    """The last day on which the data is kept: so many years after the last day at the school. 29 February: the 28th."""
    try:
        return left.replace(year=left.year + years)
    except ValueError:
        return left.replace(year=left.year + years, day=28)


def past(stays: Iterable[Stay], years: int | None, today: dt.date) -> list[Past]:
    """Who is past it, the longest first. Without a number of years nobody is; who has no last day never is."""
    if years is None:
        return []
    found = [Past(each.pupil, each.left, kept_until(each.left, years)) for each in stays if each.left]
    return sorted((each for each in found if each.until < today), key=lambda each: (each.left, each.pupil))


def forgotten(stays: Iterable[Stay], years: int | None, today: dt.date) -> int:
    """How many have no last day and were on no map and in no list for as long: pupils to look at."""
    if years is None:
        return 0
    return sum(each.left is None and kept_until(each.last_seen, years) < today for each in stays)
