"""Shows a school's year: month by month with a letter for each day, in tables, and in words."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from vfm.costing.calendar import DAYS_A_WEEK, Calendar, Closed, Closing, Period, financial_year
from vfm.costing.usual_calendar import bank_holidays
from vfm.web.fields import plain
from vfm.web.layout import day

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


class Mark(StrEnum):
    """What a weekday is for pupils and staff; the letter stands on the page."""

    PUPIL = "P"
    INSET = "I"
    HOLIDAY = "H"
    BANK = "B"
    CLOSED = "C"

    @property
    def words(self) -> str:
        """Of one day, within a sentence."""
        return MARK_WORDS[self][0]

    @property
    def column(self) -> str:
        """At the head of a column of numbers."""
        return f"{MARK_WORDS[self][1]} ({self.value})"

    @property
    def long(self) -> str:
        """In the key to the months."""
        return MARK_WORDS[self][2]


MARK_WORDS = {
    Mark.PUPIL: ("pupil day", "Pupil days", "Pupil day"),
    Mark.INSET: ("INSET day", "INSET days", "INSET day: staff only"),
    Mark.HOLIDAY: ("holiday", "Holidays", "Holiday"),
    Mark.BANK: ("bank holiday", "Bank holidays", "Bank holiday"),
    Mark.CLOSED: ("closed", "Closed", "Closed for another reason"),
}


@dataclass(frozen=True, slots=True)
class Square:
    """One day of a month."""

    number: int
    mark: Mark


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks of five days; None where a day belongs to another month."""

    name: str
    counted: str
    weeks: tuple[tuple[Square | None, ...], ...]


def weekdays_of(period: Period) -> Iterable[dt.date]:
    """Its Mondays to Fridays, in order."""
    days = (period.first + dt.timedelta(days=n) for n in range(period.days))
    return (day for day in days if day.weekday() < DAYS_A_WEEK)


def school_days(calendar: Calendar, closed: Closed) -> set[dt.date]:
    """The days of the terms, Monday to Friday, that it takes."""
    shut = Period("", closed.first, closed.last)
    return {day for term in calendar.terms for day in weekdays_of(term) if shut.holds(day)}


def marks_of(calendar: Calendar) -> dict[dt.date, Mark]:
    """What every Monday to Friday of the academic year is. A bank holiday is one, in term and out of it."""
    marks = dict.fromkeys(weekdays_of(calendar.year.period), Mark.HOLIDAY)
    for closed in calendar.closed:
        if closed.kind is Closing.OTHER:
            marks |= dict.fromkeys(school_days(calendar, closed), Mark.CLOSED)
    marks |= dict.fromkeys(bank_holidays(calendar.year), Mark.BANK)
    for closed in calendar.closed:
        if closed.kind is Closing.BANK_HOLIDAY:
            marks |= dict.fromkeys(school_days(calendar, closed), Mark.BANK)
    marks |= dict.fromkeys(calendar.inset_days, Mark.INSET)
    return marks | dict.fromkeys(calendar.pupil_days, Mark.PUPIL)


def months_of(calendar: Calendar) -> list[Month]:
    """The twelve months, September first."""
    marks = marks_of(calendar)
    return [_month(period, marks) for period in calendar.year.period.months]


def _month(period: Period, marks: Mapping[dt.date, Mark]) -> Month:
    days = list(weekdays_of(period))
    mondays = sorted({day - dt.timedelta(days=day.weekday()) for day in days})
    weeks = tuple(
        tuple(Square(day.day, marks[day]) if period.holds(day) else None for day in _week(monday)) for monday in mondays
    )
    return Month(period.name, _counted(marks[day] for day in days), weeks)


def _week(monday: dt.date) -> Iterable[dt.date]:
    return (monday + dt.timedelta(days=n) for n in range(DAYS_A_WEEK))


def _counted(marks: Iterable[Mark]) -> str:
    found = Counter(marks)
    parts = [number_of(found[mark], mark.words) for mark in (Mark.PUPIL, Mark.INSET) if found[mark]]
    return ", ".join(parts) or "No school"


def number_of(how_many: int, what: str) -> str:
    """Such as 1 pupil day, 2 pupil days."""
    return f"{how_many} {what}" if how_many == 1 else f"{how_many} {what}s"


def weeks_words(weeks: Fraction) -> str:
    """Such as 37.8 weeks; fifths have one decimal."""
    number = plain(Decimal(int(weeks * 10)) / 10)
    return f"{number} week{'' if number == '1' else 's'}"


def change_words(before: Calendar, after: Calendar) -> str:
    """What a change did, such as: 190 pupil days became 189: 37.8 weeks."""
    old, new = len(before.pupil_days), len(after.pupil_days)
    words = f"{number_of(old, 'pupil day')} became {new}" if old != new else f"Still {number_of(new, 'pupil day')}"
    staff = [int(each.staff_weeks * DAYS_A_WEEK) for each in (before, after)]
    told = "" if staff[0] == staff[1] else f". {number_of(staff[0], 'staff day')} became {staff[1]}"
    return f"{words}: {weeks_words(after.weeks)}{told}"


def closed_words(closed: Closed) -> str:
    """Why there are no pupils, with its name where it has one."""
    return f"{closed.kind.words}: {closed.name}" if closed.name else closed.kind.words


def days_words(closed: Closed | Period) -> str:
    """One day, or from the first to the last."""
    return day(closed.first) if closed.first == closed.last else f"{day(closed.first)} to {day(closed.last)}"


def small(term: Period) -> str:
    """A term's name within a sentence."""
    return term.name[:1].lower() + term.name[1:]


def cards_of(calendar: Calendar) -> list[tuple[str, str, str]]:
    pupils, inset = len(calendar.pupil_days), len(calendar.inset_days)
    return [
        ("Pupil days", str(pupils), "190 in the usual year"),
        ("Weeks", plain(Decimal(int(calendar.weeks * 10)) / 10), f"{pupils} pupil days ÷ 5"),
        ("INSET days", str(inset), "Staff work, pupils do not come"),
        ("Staff days", str(pupils + inset), "Pupil days and INSET days"),
    ]


def terms_table(calendar: Calendar, marks: Mapping[dt.date, Mark]) -> list[tuple[str, str, list[int]]]:
    """Each term with its dates and how many days there are of each mark, then all terms."""
    rows = [(term.name, days_words(term), _counts(term, marks)) for term in calendar.terms]
    total = [sum(numbers) for numbers in zip(*(counts for *_, counts in rows), strict=True)]
    return [*rows, ("All terms", "", total)]


def _counts(term: Period, marks: Mapping[dt.date, Mark]) -> list[int]:
    found = [mark for each, mark in marks.items() if term.holds(each)]
    return [*(found.count(mark) for mark in Mark), len(found)]


def weekdays_table(calendar: Calendar) -> list[tuple[str, ...]]:
    """Pupil days by weekday, term by term."""
    spans = [*calendar.terms, Period("All terms", calendar.year.first_day, calendar.year.last_day)]
    rows = []
    for span in spans:
        days = [each for each in calendar.pupil_days if span.holds(each)]
        counts = [sum(each.weekday() == place for each in days) for place in range(len(WEEKDAYS))]
        rows.append((span.name, *(str(count) for count in counts), str(len(days))))
    return rows


def financial_years(calendar: Calendar, *, academy: bool) -> list[tuple[str, str, int]]:
    """The financial years that the year touches, their dates, and how many of its pupil days fall in each."""
    ends = (calendar.year.first_day, calendar.year.last_day)
    years = dict.fromkeys(financial_year(end, academy=academy) for end in ends)
    return [(each.name, days_words(each), sum(each.holds(one) for one in calendar.pupil_days)) for each in years]
