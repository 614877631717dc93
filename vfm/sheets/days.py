"""Reads a day as people and programs write it: 3/9/2026, 2026-09-03, 3 September 2026, with a time of day behind it or not."""

import datetime as dt
import re

ISO = re.compile(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?Z?)?", re.ASCII
)
WRITTEN = re.compile(
    r"([0-9]{1,2})\s*[/.\-]\s*([0-9]{1,2})\s*[/.\-]\s*([0-9]{4}|[0-9]{2})(?: 0?0:00(?::00)?)?", re.ASCII
)
NAMED = ("%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%d %B %y", "%d %b %y")


def read_day(text: str, *, month_first: bool = False) -> dt.date:
    """A day, with the day before the month as in Britain unless said otherwise; two digits are a year of this century.

    A ValueError where the text is none.
    """
    iso, written = ISO.fullmatch(text), WRITTEN.fullmatch(text)
    if iso:
        return dt.date(*(int(part) for part in iso.groups()))
    if written:
        first, second, year = (int(part) for part in written.groups())
        day, month = (second, first) if month_first else (first, second)
        return dt.date(year if year > 99 else 2000 + year, month, day)
    return _named(text)


def ambiguous(text: str) -> bool:
    """Whether a day written with slashes could be read with the month first, as another day."""
    found = WRITTEN.fullmatch(text)
    if found is None:
        return False
    first, second = int(found.group(1)), int(found.group(2))
    return first != second and 1 <= first <= 12 and 1 <= second <= 12


def _named(text: str) -> dt.date:
    for pattern in NAMED:
        try:
            return dt.datetime.strptime(text, pattern).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    raise ValueError(text)
