"""The school's year: when it starts and ends, and how many weeks of it are for pupils."""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

DAYS_A_WEEK = 5


@dataclass(frozen=True, slots=True)
class AcademicYear:
    """1 September of `start` to 31 August; 190 pupil days unless the school's calendar says another number."""

    start: int
    pupil_days: int = 190

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
    def weeks(self) -> Fraction:
        """Pupil days ÷ 5: 38 in the usual year of 190 days, which is not the number of calendar weeks it touches."""
        return Fraction(self.pupil_days, DAYS_A_WEEK)

    @property
    def days(self) -> int:
        """365, or 366 when it holds a 29 February."""
        return days_between(self.first_day, self.last_day)

    def days_within(self, start: dt.date, end: dt.date) -> int:
        """How many days from `start` to `end`, both included, fall in this year."""
        return days_between(max(start, self.first_day), min(end, self.last_day))


def days_between(start: dt.date, end: dt.date) -> int:
    """Days from `start` to `end`, both included; 0 if the end is before the start."""
    return max(0, (end - start).days + 1)


def years_after(day: dt.date, years: int) -> dt.date:
    """The same date some years on; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)
