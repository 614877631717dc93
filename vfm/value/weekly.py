"""A usual week of an intervention: on which days it is, in which of two weeks, how long it takes, said in words."""

import datetime as dt
from fractions import Fraction

from vfm.costing.calendar import Calendar, day_words
from vfm.costing.counting import number_words, sessions_words
from vfm.costing.delivery import InTotal, OnDays, Slot, Weekly
from vfm.costing.intervention import Intervention
from vfm.money import add_up, half_up, hours_and_minutes
from vfm.value.timetable import WEEKDAYS, Times, clock

LETTERS = ("A", "B")
HALF, WHOLE = Fraction(1, 2), Fraction(1)


def monday(day: dt.date) -> dt.date:
    """The Monday of the week of a day."""
    return day - dt.timedelta(days=day.weekday())


def week_letter(day: dt.date, calendar: Calendar) -> str:
    """A for the week of the first pupil day and every second week from it, B for those between."""
    first = calendar.pupil_days[0] if calendar.pupil_days else calendar.year.first_day
    return LETTERS[(monday(day) - monday(first)).days // 7 % 2]


def letter_of(slot: Slot, it: Intervention, calendar: Calendar) -> str:
    """In which of the school's two weeks a slot is, whose own weeks count from the intervention's start; empty: in both."""
    if slot.week is None:
        return ""
    start = it.starts_on or calendar.year.first_day
    return week_letter(start + dt.timedelta(weeks=slot.week - 1), calendar)


def minutes_of(slot: Slot, it: Intervention) -> Fraction:
    """Minutes of one session."""
    return Fraction(it.minutes if slot.minutes is None else slot.minutes)


def times_of(slot: Slot, it: Intervention) -> Times | None:
    """From when to when it is; None where the time, or how long it takes, is not known."""
    minutes = minutes_of(slot, it)
    return Times(slot.starts, slot.starts + half_up(minutes)) if slot.starts is not None and minutes else None


def sessions_a_week(it: Intervention) -> Fraction | None:
    """On average over two weeks; None for irregular work, and where no sessions are entered."""
    if isinstance(it.delivery, OnDays):
        return add_up(HALF if slot.week else WHOLE for slot in it.delivery.slots)
    return Fraction(it.delivery.sessions_a_week) if isinstance(it.delivery, Weekly) else None


def minutes_a_week(it: Intervention) -> Fraction | None:
    """Contact minutes in a week in which it runs, on average over two weeks; None as above."""
    if isinstance(it.delivery, OnDays):
        return add_up(minutes_of(slot, it) * (HALF if slot.week else WHOLE) for slot in it.delivery.slots)
    return Fraction(it.delivery.sessions_a_week) * Fraction(it.minutes) if isinstance(it.delivery, Weekly) else None


def runs_between(it: Intervention, first: dt.date, last: dt.date) -> bool:
    """Whether some day from the first to the last lies between its own first and last day."""
    return (it.starts_on is None or it.starts_on <= last) and (it.ends_on is None or it.ends_on >= first)


def when_words(it: Intervention, calendar: Calendar) -> str:
    """Such as "Monday 09:00, Thursday (week A)", "3 a week, days not known", or "7 sessions in all"."""
    if isinstance(it.delivery, OnDays):
        slots = sorted(it.delivery.slots, key=lambda slot: (slot.weekday, slot.starts or 0, slot.week or 0))
        return ", ".join(_slot_words(slot, it, calendar) for slot in slots)
    if isinstance(it.delivery, Weekly):
        return f"{often_words(it.delivery)}, days not known"
    if isinstance(it.delivery, InTotal):
        return f"{sessions_words(Fraction(it.delivery.sessions_in_total))} in all"
    return "No sessions entered"


def often_words(delivery: Weekly) -> str:
    """Such as "3 a week for 12 weeks"."""
    weeks = f" for {number_words(delivery.weeks)} weeks" if delivery.weeks is not None else ""
    return f"{number_words(delivery.sessions_a_week)} a week{weeks}"


def _slot_words(slot: Slot, it: Intervention, calendar: Calendar) -> str:
    time = f" {clock(slot.starts)}" if slot.starts is not None else ""
    letter = letter_of(slot, it, calendar)
    return f"{WEEKDAYS[slot.weekday]}{time}{f' (week {letter})' if letter else ''}"


def time_words(it: Intervention) -> str:
    """Such as "1 hour 15 minutes a week", or "45 minutes each"; empty where it is not known how long a session takes."""
    a_week = minutes_a_week(it)
    if a_week:
        return f"{hours_and_minutes(a_week)} a week"
    return f"{hours_and_minutes(Fraction(it.minutes))} each" if it.minutes and it.delivery else ""


def span_words(first: dt.date | None, last: dt.date | None) -> str:
    """Such as "from 2 November 2026 to 18 December 2026"; empty without days."""
    parts = (f"from {day_words(first)}" if first else "", f"to {day_words(last)}" if last else "")
    return " ".join(part for part in parts if part)
