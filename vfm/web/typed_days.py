"""Reads days that are typed on one line, such as 3/11/2026: where many stand together, three boxes each would be too many."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from wtforms.validators import ValidationError

from vfm.costing.calendar import AcademicYear
from vfm.web.fields import Prose

_TYPED = re.compile(r"([0-9]{1,2})\s*[/.]\s*([0-9]{1,2})\s*[/.]\s*([0-9]{4})")
MOST_DAYS = 12


class DayError(ValueError):
    """What was typed is no day; the message says what to type."""


def read_day(text: str) -> date:
    """A day from day, month and year with / or . between them, of the years 1900 to 2100."""
    found = _TYPED.fullmatch(text.strip())
    if not found:
        raise DayError("enter a day such as 3/11/2026")
    day, month, year = (int(part) for part in found.groups())
    try:
        read = date(year, month, day)
    except ValueError as wrong:
        raise DayError("enter a real date, such as 3/11/2026") from wrong
    if not 1900 <= year <= 2100:
        raise DayError("enter a year from 1900 to 2100")
    return read


def as_typed(day: date | None) -> str:
    """A day as `read_day` reads it: 03/11/2026."""
    return f"{day:%d/%m/%Y}" if day else ""


def outside(day: date | None, year: AcademicYear) -> str:
    """What is wrong with a day that is not in the academic year, in words; empty where nothing is."""
    if day is None or year.period.holds(day):
        return ""
    return f"must be in the academic year, 1 September {year.start} to 31 August {year.start + 1}"


class Days(Prose):
    """Days typed one a line; `days` is what they mean, in the order typed. `most`: how many there may be."""

    days: tuple[date, ...] = ()
    most = MOST_DAYS

    def process_data(self, value: Any) -> None:
        self.days = tuple(value) if isinstance(value, Iterable) and not isinstance(value, str) else ()
        self.data = "\n".join(as_typed(day) for day in self.days)

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        lines = [line for line in (self.data or "").split("\n") if line.strip()]
        self.days = tuple(self._day(number, line) for number, line in enumerate(lines, start=1))
        if len(self.days) > self.most:
            raise ValidationError(f"{self.label.text}: enter {self.most} days at most, one a line")

    def _day(self, number: int, line: str) -> date:
        try:
            return read_day(line)
        except DayError as wrong:
            raise ValidationError(f"{self.label.text}, line {number}: {wrong}") from wrong
