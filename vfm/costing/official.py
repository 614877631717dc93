"""Official figures that costs are worked out with: dated rows, each with where we have it from and the day it was checked.

A new rate is a new row. What our own notes alone say is marked as what this tool uses, not as somebody's publication.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

OURS = "As this tool uses it: usual in contracts and in other costings, taken from our own notes on costing."
IN_PART = "Its account of the figure, read in November 2026. We have not opened the original."


class Key(StrEnum):
    """Which figure."""

    NI_PERCENT = "employer-ni-percent"
    NI_THRESHOLD = "employer-ni-threshold"
    TEACHERS_PENSION = "teachers-pension"
    DIRECTED_HOURS = "directed-hours"
    TEACHER_HOURS = "teacher-full-time-hours"
    SUPPORT_HOURS = "support-full-time-hours"
    WEEKS_IN_A_YEAR = "weeks-in-a-year"


@dataclass(frozen=True, slots=True)
class OfficialFigure:
    """A figure from a day on (`starts` None: as long as the tool has been there).

    `from_whom` is the publisher, empty where only our own notes say it. `checked`: the day on which somebody opened the
    original and found the figure there; None: nobody has yet.
    """

    key: Key
    name: str
    value: Decimal
    words: str
    source: str
    starts: dt.date | None = None
    from_whom: str = ""
    checked: dt.date | None = None


_APRIL_2024, _APRIL_2025 = dt.date(2024, 4, 1), dt.date(2025, 4, 6)
_COUNCIL, _ACCOUNTANTS = "Cheshire East Council", "Moore Kingston Smith, accountants"

OFFICIAL = (
    OfficialFigure(
        Key.NI_PERCENT, "Employer National Insurance: rate", Decimal(15), "15%", IN_PART, _APRIL_2025, _COUNCIL
    ),
    OfficialFigure(
        Key.NI_THRESHOLD, "Employer National Insurance: paid on what is above", Decimal(5000), "£5,000 a year for each employer",
        IN_PART, _APRIL_2025, _COUNCIL,
    ),
    OfficialFigure(
        Key.TEACHERS_PENSION, "Teachers' pension: employer's contribution", Decimal("28.68"), "28.68%", IN_PART, _APRIL_2024,
        _ACCOUNTANTS,
    ),
    OfficialFigure(
        Key.DIRECTED_HOURS, "A full-time teacher's directed time", Decimal(1265), "1,265 hours a year", OURS
    ),
    OfficialFigure(Key.TEACHER_HOURS, "A full-time teacher's week", Decimal("32.5"), "32.5 hours", OURS),
    OfficialFigure(Key.SUPPORT_HOURS, "A full-time week of support staff", Decimal(37), "37 hours", OURS),
    OfficialFigure(Key.WEEKS_IN_A_YEAR, "Weeks in a year, for pay", Decimal("52.143"), "52.143 weeks", OURS),
)  # fmt: skip
"""In order of date for each key."""


def in_force(key: Key, day: dt.date | None = None) -> OfficialFigure:
    """The row of a figure in force on a day, its newest where no day is said; a day before its first is a ValueError."""
    rows = [row for row in OFFICIAL if row.key is key and (day is None or (row.starts or dt.date.min) <= day)]
    if not rows:
        raise ValueError(f"no {key} is known for {day}")
    return rows[-1]


def changes_of(*keys: Key) -> list[dt.date]:
    """The days on which any of the figures changes, in order."""
    return sorted({row.starts for row in OFFICIAL if row.key in keys and row.starts is not None})
