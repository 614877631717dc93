"""The school's year: its terms and pupil days, its weeks, its months, and the financial year that crosses it.

What falls on a day belongs to the period that holds the day. Inside a year a day is also a number: 0 on 1 September.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from itertools import accumulate, pairwise

DAYS_A_WEEK = 5
USUAL_WEEKS = 38
"""190 pupil days ÷ 5, where a school has no calendar to count in."""
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Some days on end, both ends included, and what they are called."""

    name: str
    first: dt.date
    last: dt.date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("the last day must not be before the first day")

    @property
    def days(self) -> int:
        return days_between(self.first, self.last)

    @property
    def dates(self) -> str:
        """Such as 1 April 2026 to 31 March 2027."""
        return " to ".join(f"{day.day} {day:%B} {day.year}" for day in (self.first, self.last))

    def holds(self, day: dt.date) -> bool:
        """Whether the day falls in it."""
        return self.first <= day <= self.last

    def within(self, first: dt.date, last: dt.date) -> "Period | None":
        """The part of it from `first` to `last`; None where there is none."""
        first, last = max(self.first, first), min(self.last, last)
        return Period(self.name, first, last) if first <= last else None

    @property
    def months(self) -> tuple["Period", ...]:
        """Its calendar months, the first and last cut at its ends; named such as April 2027."""
        starts = [self.first]
        while (following := _next_month(starts[-1])) <= self.last:
            starts.append(following)
        ends = [start - ONE_DAY for start in starts[1:]] + [self.last]
        return tuple(Period(f"{a:%B} {a.year}", a, b) for a, b in zip(starts, ends, strict=True))


@dataclass(frozen=True, slots=True)
class AcademicYear:
    """1 September of `start` to 31 August."""

    start: int

    @classmethod
    def holding(cls, day: dt.date) -> "AcademicYear":
        """The academic year that a day falls in."""
        return cls(day.year if day.month >= 9 else day.year - 1)

    @property
    def words(self) -> str:
        """Such as 2026 to 2027."""
        return f"{self.start} to {self.start + 1}"

    @property
    def first_day(self) -> dt.date:
        return dt.date(self.start, 9, 1)

    @property
    def last_day(self) -> dt.date:
        return dt.date(self.start + 1, 8, 31)

    @property
    def period(self) -> Period:
        return Period(f"Academic year {self.words}", self.first_day, self.last_day)

    @property
    def days(self) -> int:
        """365, or 366 when it holds a 29 February."""
        return days_between(self.first_day, self.last_day)

    def days_within(self, start: dt.date, end: dt.date) -> int:
        """How many days from `start` to `end`, both included, fall in this year."""
        return days_between(max(start, self.first_day), min(end, self.last_day))


def financial_year(day: dt.date, *, academy: bool) -> Period:
    """The financial year that holds a day: 1 April to 31 March, or an academy's, 1 September to 31 August."""
    month = 9 if academy else 4
    start = day.year if day.month >= month else day.year - 1
    last = dt.date(start + 1, month, 1) - ONE_DAY
    return Period(f"Financial year {start} to {start + 1}", dt.date(start, month, 1), last)


class Closing(StrEnum):
    """Why pupils are not in school on weekdays of a term."""

    HALF_TERM = "half-term"
    BANK_HOLIDAY = "bank-holiday"
    INSET = "inset"
    OTHER = "other"

    @property
    def words(self) -> str:
        return {"half-term": "Half-term", "bank-holiday": "Bank holiday", "inset": "INSET day", "other": "Closed"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class Closed:
    """Days of a term on which there are no pupils. INSET days are days of work for staff, the others are not."""

    kind: Closing
    first: dt.date
    last: dt.date
    name: str = ""


@dataclass(frozen=True)
class Calendar:
    """A school's academic year: Monday to Friday of each term, without the days on which it is closed to pupils."""

    year: AcademicYear
    terms: Sequence[Period]
    closed: Sequence[Closed] = ()
    typical: bool = False

    def __post_init__(self) -> None:
        for one, other in pairwise(self.terms):
            if other.first <= one.last:
                raise ValueError(f"{other.name} must begin after the last day of {one.name}")
        if self.terms and not (
            self.year.first_day <= self.terms[0].first and self.terms[-1].last <= self.year.last_day
        ):
            raise ValueError(f"the terms must lie between 1 September and 31 August, {self.year.words}")

    @cached_property
    def pupil_days(self) -> tuple[dt.date, ...]:
        """The days on which pupils are in school, in order."""
        shut = {day for each in self.closed for day in _days(each.first, each.last)}
        return tuple(day for day in self._weekdays if day not in shut)

    @cached_property
    def inset_days(self) -> tuple[dt.date, ...]:
        """The days on which staff work and pupils do not come."""
        inset = {day for each in self.closed if each.kind is Closing.INSET for day in _days(each.first, each.last)}
        away = {day for each in self.closed if each.kind is not Closing.INSET for day in _days(each.first, each.last)}
        return tuple(day for day in self._weekdays if day in inset - away)

    @property
    def _weekdays(self) -> Iterator[dt.date]:
        return (day for term in self.terms for day in _days(term.first, term.last) if day.weekday() < DAYS_A_WEEK)

    @property
    def weeks(self) -> Fraction:
        """Pupil days ÷ 5: 38 in the usual year of 190 days, which is not the number of calendar weeks it touches."""
        return Fraction(len(self.pupil_days), DAYS_A_WEEK)

    @property
    def staff_weeks(self) -> Fraction:
        """Pupil and INSET days ÷ 5: 39 in the usual year."""
        return Fraction(len(self.pupil_days) + len(self.inset_days), DAYS_A_WEEK)

    def place(self, day: dt.date) -> int:
        """The number of a day in the year: 0 on 1 September; a day outside is moved to the year's edge."""
        found = self.places.get(day)
        if found is None:
            found = 0 if day < self.year.first_day else self.year.days - 1
        return found

    @cached_property
    def last_place(self) -> int:
        """The number of the year's last day: 364, or 365."""
        return self.year.days - 1

    @cached_property
    def places(self) -> dict[dt.date, int]:
        """The number of every day of the year."""
        return {day: n for n, day in enumerate(_days(self.year.first_day, self.year.last_day))}

    @property
    def spans(self) -> tuple[Period, ...]:
        """The terms as periods that leave no day out: each lasts until the day before the next, the last to 31 August."""
        if not self.terms:
            return (self.year.period,)
        starts = [self.year.first_day, *(term.first for term in self.terms[1:])]
        ends = [start - ONE_DAY for start in starts[1:]] + [self.year.last_day]
        return tuple(Period(term.name, first, last) for term, first, last in zip(self.terms, starts, ends, strict=True))

    @cached_property
    def every_day(self) -> list[int]:
        """Running count of pupil days: how many there are before day number n, for n up to the days of the year."""
        return self._running(self.pupil_days)

    def on(self, weekdays: frozenset[int], fortnight_from: dt.date | None = None) -> list[int]:
        """Running count, as `every_day`, of the pupil days that are one of the weekdays (Monday 0).

        With `fortnight_from`: only in the week that holds that day and every second week after and before it.
        """
        key = (weekdays, _monday(fortnight_from).toordinal() % 14 if fortnight_from else None)
        found = self._known.get(key)
        if found is None:
            days = (day for day in self.pupil_days if day.weekday() in weekdays)
            if fortnight_from:
                days = (day for day in days if _monday(day).toordinal() % 14 == key[1])
            found = self._known[key] = self._running(days)
        return found

    @cached_property
    def _known(self) -> dict[tuple[frozenset[int], int | None], list[int]]:
        return {}

    def _running(self, days: Iterable[dt.date]) -> list[int]:
        marks = [0] * self.year.days
        for day in days:
            marks[(day - self.year.first_day).days] = 1
        return [0, *accumulate(marks)]


def days_between(start: dt.date, end: dt.date) -> int:
    """Days from `start` to `end`, both included; 0 if the end is before the start."""
    return max(0, (end - start).days + 1)


def years_after(day: dt.date, years: int) -> dt.date:
    """The same date some years on; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    return (first + dt.timedelta(days=n) for n in range(days_between(first, last)))


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _next_month(day: dt.date) -> dt.date:
    return dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)
