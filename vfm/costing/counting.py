"""Says in words how the sessions of an intervention were counted, so that a school can count them again."""

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

from vfm.costing.calendar import Calendar
from vfm.costing.delivery import InTotal, OnDays, Run, Slot, Weekly, slot_marks
from vfm.costing.intervention import Intervention
from vfm.money import Number

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def how_counted(it: Intervention, run: Run, calendar: Calendar) -> str:
    """Such as "36 Mondays of your calendar, 1 not run: 35 sessions". Empty where no sessions were entered."""
    if it.counted is None and it.delivery is None:
        return ""
    where = f", {_spread_words(run, calendar)}" if run.evenly else ""
    gone = f", {number_words(run.cancelled)} not run" if run.cancelled else ""
    return f"{_counted(it, run, calendar)}{where}{gone}: {sessions_words(run.sessions())}"


def undated(it: Intervention, weeks: Fraction) -> bool:
    """Whether so many weeks, fewer than the year's `weeks`, or so many sessions are spread over the year for want of dates."""
    if it.starts_on or it.ends_on:
        return False
    if isinstance(it.delivery, Weekly):
        return it.delivery.weeks is not None and it.delivery.weeks < weeks
    return isinstance(it.delivery, InTotal) and not it.delivery.on


def sessions_words(sessions: Fraction) -> str:
    """Such as 1 session, or 35.5 sessions."""
    return f"{number_words(sessions)} session{'' if sessions == 1 else 's'}"


def number_words(number: Number) -> str:
    """A number to two decimals at most, such as 35 or 35.5; the exact one stays in the figures."""
    hundredths = int(Fraction(number) * 100 + Fraction(1, 2))
    whole, part = divmod(hundredths, 100)
    return f"{whole:,}" + (f".{part:02d}".rstrip("0") if part else "")


def weeks_between(calendar: Calendar, first: dt.date | None, last: dt.date | None) -> Fraction:
    """Weeks of the calendar from a day to a day, both included: pupil days ÷ 5. Without days: the whole year's."""
    marks = calendar.every_day
    start = calendar.place(first) if first else 0
    end = calendar.place(last) if last else calendar.last_place
    return Fraction(max(0, marks[end + 1] - marks[start]), 5)


def _counted(it: Intervention, run: Run, calendar: Calendar) -> str:
    if it.counted is not None:
        return f"{number_words(it.counted)} as you counted them"
    if isinstance(it.delivery, OnDays):
        days = _list([_days_of(slot, it, run, calendar) for slot in it.delivery.slots])
        return f"{days} of {_whose(calendar)}"
    if isinstance(it.delivery, Weekly):
        return _weekly(it.delivery, it, calendar)
    if isinstance(it.delivery, InTotal):
        in_all = f"{number_words(it.delivery.sessions_in_total)} in all"
        return f"{in_all}, on the {_days_words(len(it.delivery.on))} that you gave" if it.delivery.on else in_all
    return ""


def _weekly(delivery: Weekly, it: Intervention, calendar: Calendar) -> str:
    a_week = f"{number_words(delivery.sessions_a_week)} a week"
    if delivery.weeks is not None:
        return f"{a_week} for the {_weeks_words(Fraction(delivery.weeks))} that you entered"
    weeks = weeks_between(calendar, it.starts_on, it.ends_on)
    return f"{a_week} for {_weeks_words(weeks)} of {_whose(calendar)} ({_days_words(int(weeks * 5))} ÷ 5)"


def _weeks_words(weeks: Fraction) -> str:
    return f"{number_words(weeks)} week{'' if weeks == 1 else 's'}"


def _days_words(days: int) -> str:
    return f"{days} day{'' if days == 1 else 's'}"


def _whose(calendar: Calendar) -> str:
    return "your calendar, which is not confirmed yet" if calendar.typical else "your calendar"


def _days_of(slot: Slot, it: Intervention, run: Run, calendar: Calendar) -> str:
    """How many days of the calendar a slot falls on, from the first day to the last."""
    marks = slot_marks(slot, calendar, it.starts_on)
    days = marks[run.last + 1] - marks[run.first]
    name = WEEKDAYS[slot.weekday] + ("" if days == 1 else "s")
    return f"{days} {name}" + (f" of week {slot.week}" if slot.week else "")


def _list(parts: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)


def _spread_words(run: Run, calendar: Calendar) -> str:
    first, last = (calendar.year.first_day + dt.timedelta(days=place) for place in (run.first, run.last))
    return f"spread evenly over the pupil days from {day_words(first)} to {day_words(last)}"


def day_words(day: dt.date) -> str:
    """Such as 1 September 2026."""
    return f"{day.day} {day:%B %Y}"
