"""A weekly timetable: lessons by day, time and subject, every week or in week A or B; read from lines of text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
WEEKS = {"1": 1, "2": 2, "A": 1, "B": 2}
LAST_MINUTE = 24 * 60
MOST_LESSONS = 200
LONGEST_SUBJECT = 60
_LINE = re.compile(
    r"(?P<day>[a-z]+)[\s,;]+(?P<starts>\d{1,2}[:.]\d\d)\s*(?:-|–|to|[\s,;])\s*(?P<ends>\d{1,2}[:.]\d\d)[\s,;]+"
    r"(?P<subject>\S.*?)(?:(?:\s*[,;\t]\s*(?:week\s*)?|\s+week\s+)(?P<week>[12ab]))?\s*[,;]*\s*",
    re.IGNORECASE | re.ASCII,
)
_TIME = re.compile(r"(\d{1,2})[:.](\d\d)", re.ASCII)


class TimetableError(ValueError):
    """What is wrong, with the line on which it is, for whoever typed it."""


@dataclass(frozen=True, slots=True)
class Times:
    """From one minute of the day to another; half-open, so that 09:00 to 09:20 and 09:20 to 09:40 do not meet."""

    starts: int
    ends: int

    def meets(self, other: "Times") -> bool:
        """Whether there is a minute in both."""
        return self.starts < other.ends and other.starts < self.ends

    @property
    def words(self) -> str:
        """Such as 09:00 to 09:20."""
        return f"{clock(self.starts)} to {clock(self.ends)}"


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson of the week (Monday 0); `week` 1 (A) or 2 (B) of a two-week timetable, None: every week.

    Week A is the week of the first day of the autumn term.
    """

    weekday: int
    times: Times
    subject: str
    week: int | None = None

    @property
    def line(self) -> str:
        """As it is typed."""
        week = {None: "", 1: ", week A", 2: ", week B"}[self.week]
        times = f"{clock(self.times.starts)}-{clock(self.times.ends)}"
        return f"{WEEKDAYS[self.weekday]} {times} {self.subject}{week}"


def clock(minute: int) -> str:
    """Such as 09:05."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def minute_of(text: str) -> int:
    """The minute of the day of a time such as 9:05 or 09.05; raises ValueError."""
    found = _TIME.fullmatch(text.strip())
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise ValueError("write a time such as 09:05")
    return int(found[1]) * 60 + int(found[2])


def read_lessons(text: str) -> tuple[Lesson, ...]:
    """The lessons of a text with one on each line, as typed or pasted from a sheet. Raises TimetableError."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(lines) > MOST_LESSONS:
        raise TimetableError(f"a timetable has at most {MOST_LESSONS} lessons")
    lessons = [(number, _lesson(number, line.strip())) for number, line in lines]
    for (_, one), (number, other) in combinations(lessons, 2):
        if _clash(one, other):
            raise TimetableError(f"line {number}: {other.line} is at the same time as {one.line}")
    return tuple(lesson for _, lesson in lessons)


def as_text(lessons: Iterable[Lesson]) -> str:
    """Lessons as they would be typed, in the order of the week."""
    return "\n".join(each.line for each in in_order(lessons))


def in_order(lessons: Iterable[Lesson]) -> Sequence[Lesson]:
    """By week, day and time."""
    return sorted(lessons, key=lambda each: (each.week or 0, each.weekday, each.times.starts))


def _lesson(number: int, line: str) -> Lesson:
    found = _LINE.fullmatch(line)
    if found is None:
        raise TimetableError(
            f"line {number}: write the day, the time and the subject, such as Monday 09:00-10:00 Music"
        )
    weekday = next(
        (n for n, day in enumerate(WEEKDAYS) if found["day"].casefold() in (day[:3].casefold(), day.casefold())), -1
    )
    if weekday < 0:
        raise TimetableError(f"line {number}: begin with the day, Monday to Friday")
    try:
        starts, ends = minute_of(found["starts"]), minute_of(found["ends"])
    except ValueError as wrong:
        raise TimetableError(f"line {number}: {wrong}") from wrong
    if ends <= starts:
        raise TimetableError(f"line {number}: the lesson ends before it begins")
    subject = " ".join(found["subject"].replace("|", "/").split())
    if len(subject) > LONGEST_SUBJECT:
        raise TimetableError(f"line {number}: write the subject in {LONGEST_SUBJECT} characters or fewer")
    return Lesson(weekday, Times(starts, ends), subject, WEEKS[found["week"].upper()] if found["week"] else None)


def _clash(one: Lesson, other: Lesson) -> bool:
    together = one.week is None or other.week is None or one.week == other.week
    return together and one.weekday == other.weekday and one.times.meets(other.times)
