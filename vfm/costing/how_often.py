"""Says in words how often an intervention runs and how long a session is, for people who did not enter it."""

from collections.abc import Sequence
from fractions import Fraction

from vfm.costing.delivery import Delivery, InTotal, OnDays, Slot, Weekly
from vfm.costing.intervention import Intervention
from vfm.money import Number, hours_and_minutes

DAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays")


def how_often(it: Intervention) -> str:
    """Such as "3 times a week, 20 minutes each"; empty where neither times nor minutes were entered."""
    times = _times(it.delivery)
    minutes = hours_and_minutes(Fraction(it.minutes)) if it.minutes else ""
    return f"{times}, {minutes} each" if times and minutes else times or minutes


def _times(delivery: Delivery | None) -> str:
    if isinstance(delivery, OnDays):
        return _on_days(delivery.slots)
    if isinstance(delivery, Weekly):
        number = delivery.sessions_a_week
        return f"{'once' if number == 1 else 'twice' if number == 2 else f'{_number(number)} times'} a week"
    if isinstance(delivery, InTotal):
        number = delivery.sessions_in_total
        return f"{_number(number)} {'session' if number == 1 else 'sessions'} in all"
    return ""


def _on_days(slots: Sequence[Slot]) -> str:
    """Such as "Mondays and Thursdays, Fridays of every second week"."""
    every = list(dict.fromkeys(DAYS[slot.weekday] for slot in slots if slot.week is None))
    second = list(dict.fromkeys(DAYS[slot.weekday] for slot in slots if slot.week is not None))
    said = (_and(every), f"{_and(second)} of every second week" if second else "")
    return ", ".join(part for part in said if part)


def _and(words: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def _number(number: Number) -> str:
    text = str(number)
    return text.rstrip("0").rstrip(".") if "." in text else text
