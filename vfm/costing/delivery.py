"""When an intervention runs (costing §2): on named weekdays, so often a week, or so often in all.

A Run is the same thing worked out in a school's calendar: a running count over the days of the year, so that the
sessions between any two days are one subtraction. Counts are whole numbers; a Run says what one count is worth.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate
from operator import mul

from vfm.costing.calendar import DAYS_A_WEEK, Calendar
from vfm.money import Number, Ratio, over_one

NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Slot:
    """One weekday (Monday 0) on which it runs, with minutes of its own if they differ from the intervention's.

    `week` 1 or 2: only in that week of a two-week timetable, counted from the week of the start; None: every week.
    `starts`: the minute of the day at which it begins, if it is known; nothing is costed by it.
    """

    weekday: int
    week: int | None = None
    minutes: Number | None = None
    starts: int | None = field(default=None, compare=False)

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

    `marks` is a running count (how many before day n), `all` the counts from first to last, and `each` what one count is
    worth in sessions. A session has `minutes`; where they differ from day to day, `minute_marks` counts `minute`s instead.
    `cancelled` sessions were planned and not run. `evenly`: spread over the pupil days, not on known days.
    """

    first: int
    last: int
    marks: list[int]
    all: int
    each: Ratio
    minutes: Ratio
    cancelled: Fraction = NOTHING
    evenly: bool = False
    minute_marks: list[int] | None = None
    minute: Ratio = (1, 1)

    @property
    def planned(self) -> Fraction:
        """Sessions before any was cancelled."""
        return self.sessions() + self.cancelled

    def count(self, first: int, last: int) -> int:
        """Counts from one day number to another, both included, as far as it runs."""
        if first < self.first:
            first = self.first
        if last > self.last:
            last = self.last
        return self.marks[last + 1] - self.marks[first] if first <= last else 0

    def sessions(self, first: int = 0, last: int = 366) -> Fraction:
        """Sessions run between two day numbers, both included."""
        return Fraction(self.count(first, last) * self.each[0], self.each[1])

    def contact(self, first: int, last: int) -> Ratio:
        """Contact minutes between two day numbers, both included."""
        if self.minute_marks is None:
            return self.count(first, last) * self.each[0] * self.minutes[0], self.each[1] * self.minutes[1]
        first, last = max(first, self.first), min(last, self.last)
        count = self.minute_marks[last + 1] - self.minute_marks[first] if first <= last else 0
        return count * self.minute[0], self.minute[1]


def run_of(
    delivery: Delivery | None, minutes: Number, calendar: Calendar, starts: dt.date | None, ends: dt.date | None,
    counted: Number | None = None, not_run: Sequence[NotRun] = (),
) -> Run:  # fmt: skip
    """A delivery in a calendar. `counted`: a number of sessions that the school typed, which wins over the calendar.

    Without a delivery (only other costs) nothing is run, and the counts are the pupil days from start to end.
    """
    first = calendar.place(starts) if starts else 0
    last = calendar.place(ends) if ends else calendar.last_place
    session = minutes.as_integer_ratio()
    if counted is not None:
        run = _spread(calendar, first, last, session, counted.as_integer_ratio())
    elif isinstance(delivery, OnDays):
        run = _on_days(delivery, session, calendar, starts, first, last)
    elif isinstance(delivery, InTotal) and delivery.on:
        run = _known_days(delivery, session, calendar)
    elif isinstance(delivery, InTotal):
        run = _spread(calendar, first, last, session, delivery.sessions_in_total.as_integer_ratio())
    elif isinstance(delivery, Weekly):
        run = _weekly(delivery, calendar, first, last, session)
    else:
        run = _spread(calendar, first, last, session, (0, 1))
    for each_day in sorted(not_run, key=lambda one: one.on is None):
        _cancel(run, each_day, calendar)
    return run


def _weekly(delivery: Weekly, calendar: Calendar, first: int, last: int, session: Ratio) -> Run:
    a_week, of = delivery.sessions_a_week.as_integer_ratio()
    if delivery.weeks is not None:
        weeks, part = delivery.weeks.as_integer_ratio()
        return _spread(calendar, first, last, session, (a_week * weeks, of * part))
    marks = calendar.every_day
    return Run(first, last, marks, marks[last + 1] - marks[first], (a_week, of * DAYS_A_WEEK), session, evenly=True)


def _spread(calendar: Calendar, first: int, last: int, session: Ratio, planned: Ratio) -> Run:
    """So many sessions over the pupil days; where there are none from start to end, as in the holidays, over all days."""
    marks = calendar.every_day
    days = marks[last + 1] - marks[first]
    if not days:
        marks, days = list(range(calendar.last_place + 2)), last + 1 - first
    return Run(first, last, marks, days, (planned[0], planned[1] * days), session, evenly=True)


def _known_days(delivery: InTotal, session: Ratio, calendar: Calendar) -> Run:
    marks = [0] * calendar.year.days
    for day in delivery.on:
        if calendar.year.period.holds(day):
            marks[calendar.place(day)] += 1
    total, part = delivery.sessions_in_total.as_integer_ratio()
    counts = [0, *accumulate(marks)]
    return Run(0, calendar.last_place, counts, counts[-1], (total, part * len(delivery.on)), session)


def _on_days(
    delivery: OnDays, session: Ratio, calendar: Calendar, starts: dt.date | None, first: int, last: int
) -> Run:  # fmt: skip
    counts = [slot_marks(slot, calendar, starts) for slot in delivery.slots]
    marks = counts[0] if len(counts) == 1 else [sum(each) for each in zip(*counts, strict=True)]
    run = Run(first, last, marks, marks[last + 1] - marks[first], (1, 1), session)
    if any(slot.minutes is not None for slot in delivery.slots):
        own = [session if slot.minutes is None else slot.minutes.as_integer_ratio() for slot in delivery.slots]
        worth, over = over_one(own)
        run.minute_marks = [sum(map(mul, each, worth)) for each in zip(*counts, strict=True)]
        run.minute = (1, over)
    return run


def slot_marks(slot: Slot, calendar: Calendar, starts: dt.date | None) -> list[int]:
    """The running count of the pupil days on which a slot falls."""
    weekday = frozenset((slot.weekday,))
    if slot.week is None:
        return calendar.on(weekday)
    return calendar.on(weekday, (starts or calendar.year.first_day) + dt.timedelta(weeks=slot.week - 1))


def _cancel(run: Run, not_run: NotRun, calendar: Calendar) -> None:
    """Takes sessions out: all those of a day where the day is known and holds as many, else evenly."""
    left = run.sessions()
    sessions = min(Fraction(not_run.sessions), left)
    place = calendar.place(not_run.on) if not_run.on else -1
    if not run.evenly and sessions and run.sessions(place, place) == sessions:
        run.minute_marks = run.minute_marks and _without(run.minute_marks, place)
        run.marks = _without(run.marks, place)
        run.all = run.count(run.first, run.last)
    elif sessions:
        kept = (left - sessions) / left
        run.minute = (Fraction(*run.minute) * kept).as_integer_ratio()
        run.each = (Fraction(*run.each) * kept).as_integer_ratio()
    run.cancelled += sessions


def _without(marks: list[int], place: int) -> list[int]:
    """The running count with nothing on one day."""
    gone = marks[place + 1] - marks[place]
    return marks[: place + 1] + [mark - gone for mark in marks[place + 1 :]]
