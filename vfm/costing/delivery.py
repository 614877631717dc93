"""When an intervention runs (costing §2): on named weekdays, so often a week, or so often in all.

A Run is the same thing worked out in a school's calendar: a running count over the days of the year, so that the
sessions between any two days are one subtraction. Counts are whole numbers; a Run says what one count is worth.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import lcm

from vfm.costing.calendar import DAYS_A_WEEK, Calendar
from vfm.money import Number, Ratio, add_up


@dataclass(frozen=True, slots=True)
class Slot:
    """One weekday (Monday 0) on which it runs, with minutes of its own if they differ from the intervention's.

    `week` 1 or 2: only in that week of a two-week timetable, counted from the week of the start; None: every week.
    """

    weekday: int
    week: int | None = None
    minutes: Number | None = None

    def __post_init__(self) -> None:
        if self.weekday not in range(DAYS_A_WEEK) or self.week not in (None, 1, 2):
            raise ValueError("a session is on Monday to Friday, in week 1, week 2 or every week")


@dataclass(frozen=True, slots=True)
class OnDays:
    """On each pupil day that is one of these: there may be 35 Mondays and 39 Tuesdays."""

    slots: Sequence[Slot]

    @property
    def words(self) -> str:
        return "named weekdays, counted in the calendar"


@dataclass(frozen=True, slots=True)
class Weekly:
    """Sessions a week × weeks; half sessions are allowed. `weeks` None: pupil days from start to end ÷ 5."""

    sessions_a_week: Number
    weeks: Number | None = None

    @property
    def words(self) -> str:
        return "sessions a week × weeks" + (" of the calendar" if self.weeks is None else "")


@dataclass(frozen=True, slots=True)
class InTotal:
    """One-off or irregular work, as sessions in total, on these days if they are known."""

    sessions_in_total: Number
    on: Sequence[dt.date] = ()

    @property
    def words(self) -> str:
        return "sessions in total" + (", on their days" if self.on else "")


Delivery = OnDays | Weekly | InTotal


@dataclass(frozen=True, slots=True)
class NotRun:
    """Sessions that were planned and did not run; on a day, if it is known."""

    sessions: Number = 1
    on: dt.date | None = None
    why: str = ""


@dataclass(slots=True)
class Run:
    """An intervention in a calendar, from day number `first` to `last` of the year, both included.

    `marks` is a running count (how many before day n) and `each` what one count is worth in sessions. `minute_marks`
    and `minute` are the same in minutes, where they differ from day to day; else a session has `minutes`.
    `planned` sessions less `cancelled` are run. `evenly`: spread over the pupil days, not on known days.
    """

    first: int
    last: int
    marks: list[int]
    each: Ratio
    minutes: Ratio
    planned: Fraction
    cancelled: Fraction = Fraction(0)
    evenly: bool = False
    minute_marks: list[int] | None = None
    minute: Ratio = (1, 1)

    def count(self, first: int, last: int) -> int:
        """Counts from one day number to another, both included, as far as it runs."""
        first, last = max(first, self.first), min(last, self.last)
        return self.marks[last + 1] - self.marks[first] if first <= last else 0

    def sessions(self, first: int = 0, last: int = 366) -> Fraction:
        """Sessions run between two day numbers, both included."""
        return Fraction(self.count(first, last) * self.each[0], self.each[1])

    def contact(self, first: int, last: int) -> Ratio:
        """Contact minutes between two day numbers, both included."""
        first, last = max(first, self.first), min(last, self.last)
        if first > last:
            return 0, 1
        if self.minute_marks is None:
            count = self.marks[last + 1] - self.marks[first]
            return count * self.each[0] * self.minutes[0], self.each[1] * self.minutes[1]
        return (self.minute_marks[last + 1] - self.minute_marks[first]) * self.minute[0], self.minute[1]


def run_of(
    delivery: Delivery | None, minutes: Number, calendar: Calendar, starts: dt.date | None, ends: dt.date | None,
    counted: Number | None = None, not_run: Sequence[NotRun] = (),
) -> Run:  # fmt: skip
    """A delivery in a calendar. `counted`: a number of sessions that the school typed, which wins over the calendar.

    Without a delivery (only other costs) nothing is run, and the counts are the pupil days from start to end.
    """
    first, last = calendar.place(starts or calendar.year.first_day), calendar.place(ends or calendar.year.last_day)
    if isinstance(delivery, OnDays) and counted is None:
        return _on_days(delivery, minutes, calendar, starts, (first, last), not_run)
    if isinstance(delivery, InTotal) and delivery.on and counted is None:
        marks, per = _known_days(delivery, calendar), Fraction(delivery.sessions_in_total) / len(delivery.on)
        first, last = 0, calendar.year.days - 1
        planned = per * marks[-1]
    else:
        marks = _spread(calendar, first, last)
        days = marks[last + 1] - marks[first]
        planned = Fraction(counted) if counted is not None else _planned(delivery, days)
        per = planned / days if days else Fraction(0)
    cancelled = min(planned, add_up(Fraction(each.sessions) for each in not_run))
    if cancelled:
        per = per * (planned - cancelled) / planned
    evenly = not (isinstance(delivery, InTotal) and delivery.on)
    return Run(first, last, marks, per.as_integer_ratio(), minutes.as_integer_ratio(), planned, cancelled, evenly)


def _planned(delivery: Delivery | None, days: int) -> Fraction:
    if isinstance(delivery, InTotal):
        return Fraction(delivery.sessions_in_total)
    if isinstance(delivery, Weekly):
        weeks = Fraction(days, DAYS_A_WEEK) if delivery.weeks is None else Fraction(delivery.weeks)
        return Fraction(delivery.sessions_a_week) * weeks
    return Fraction(0)


def _spread(calendar: Calendar, first: int, last: int) -> list[int]:
    """Pupil days; where there are none from start to end, as in the holidays, all days."""
    marks = calendar.every_day
    return marks if marks[last + 1] > marks[first] else list(range(calendar.year.days + 1))


def _known_days(delivery: InTotal, calendar: Calendar) -> list[int]:
    marks = [0] * calendar.year.days
    for day in delivery.on:
        if calendar.year.period.holds(day):
            marks[calendar.place(day)] += 1
    return [0, *accumulate(marks)]


def _on_days(
    delivery: OnDays, minutes: Number, calendar: Calendar, starts: dt.date | None, span: tuple[int, int],
    not_run: Sequence[NotRun],
) -> Run:  # fmt: skip
    start = starts or calendar.year.first_day
    each, scaled = [], [Fraction(minutes if slot.minutes is None else slot.minutes) for slot in delivery.slots]
    over = lcm(*(one.denominator for one in scaled))
    for slot in delivery.slots:
        since = None if slot.week is None else start + dt.timedelta(weeks=slot.week - 1)
        each.append(calendar.on(frozenset({slot.weekday}), since))
    differ = len(set(scaled)) > 1
    marks = each[0] if len(each) == 1 else [sum(counts) for counts in zip(*each, strict=True)]
    minute_marks = None
    if differ:
        worth = [int(one * over) for one in scaled]
        minute_marks = [sum(n * w for n, w in zip(counts, worth, strict=True)) for counts in zip(*each, strict=True)]
    session = scaled[0] if scaled and not differ else Fraction(minutes)
    run = Run(
        *span, marks, (1, 1), session.as_integer_ratio(), Fraction(marks[span[1] + 1] - marks[span[0]]),
        minute_marks=minute_marks, minute=(1, over),
    )  # fmt: skip
    for each_day in sorted(not_run, key=lambda one: one.on is None):
        _cancel(run, each_day, calendar)
    return run


def _cancel(run: Run, not_run: NotRun, calendar: Calendar) -> None:
    """Takes sessions out: on their day if it is known and has some, else evenly."""
    sessions = Fraction(not_run.sessions)
    left = run.planned - run.cancelled
    place = calendar.place(not_run.on) if not_run.on else -1
    there = run.count(place, place)
    if there and sessions == there and run.each == (1, 1):
        run.minute_marks = run.minute_marks and _without(run.minute_marks, place)
        run.marks = _without(run.marks, place)
    else:
        sessions = min(sessions, left)
        kept = Fraction(*run.each) * ((left - sessions) / left if left else 0)
        run.minute = (Fraction(*run.minute) * ((left - sessions) / left if left else 0)).as_integer_ratio()
        run.each = kept.as_integer_ratio()
    run.cancelled += sessions


def _without(marks: list[int], place: int) -> list[int]:
    """The running count with nothing on one day."""
    gone = marks[place + 1] - marks[place]
    return marks[: place + 1] + [mark - gone for mark in marks[place + 1 :]]
