"""Official figures that costs are worked out with: dated rows, each with where we have it from and the day it was checked.

A new rate is a new row. What our own notes alone say is marked as what this tool uses, not as somebody's publication.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

OURS = "As this tool uses it: usual in contracts and in other costings, taken from our own notes on costing."
_READ = dt.date(2026, 11, 24)


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

    `source` says where it stands, with its address in `link`; both are ours where only our own notes say it. `checked`: the
    day on which one of us read the figure there, in a stored copy of the page; None where there is nothing to read.
    """

    key: Key
    name: str
    value: Decimal
    words: str
    source: str
    starts: dt.date | None = None
    link: str = ""
    checked: dt.date | None = None


_NI, _THRESHOLD = "Employer National Insurance: rate", "Employer National Insurance: paid on what is above"
_PENSION = "Teachers' pension: employer's contribution"
_TABLES_2023 = "Carbon Accountancy: tax tables 2023/24"
_LINK_2023 = "https://carbonaccountancy.co.uk/documents/tax_tables_2023/nics_Tax_Tables_2023-24.html"
_TABLES_2025 = "Delphinia Accounting: tax tables 2025/26 and 2026/27"
_LINK_2025 = "https://delphiniaccounting.co.uk/resource-centre/tax-tables/national-insurance.php"
_SOLICITORS = "Anthony Collins, solicitors: note on the rise of April 2024"
_LINK_PENSION = "https://blog.anthonycollins.com/post/102irdh/teachers-pension-scheme-contributions-on-the-rise"
_APRIL_2023, _APRIL_2024, _APRIL_2025 = dt.date(2023, 4, 6), dt.date(2024, 4, 1), dt.date(2025, 4, 6)

OFFICIAL = (
    OfficialFigure(Key.NI_PERCENT, _NI, Decimal("13.8"), "13.8%", _TABLES_2023, _APRIL_2023, _LINK_2023, _READ),
    OfficialFigure(Key.NI_PERCENT, _NI, Decimal(15), "15%", _TABLES_2025, _APRIL_2025, _LINK_2025, _READ),
    OfficialFigure(
        Key.NI_THRESHOLD, _THRESHOLD, Decimal(9100), "£9,100 a year for each employer", _TABLES_2023, _APRIL_2023,
        _LINK_2023, _READ,
    ),
    OfficialFigure(
        Key.NI_THRESHOLD, _THRESHOLD, Decimal(5000), "£5,000 a year for each employer", _TABLES_2025, _APRIL_2025,
        _LINK_2025, _READ,
    ),
    OfficialFigure(
        Key.TEACHERS_PENSION, _PENSION, Decimal("23.68"), "23.68%", _SOLICITORS, dt.date(2019, 9, 1), _LINK_PENSION, _READ
    ),
    OfficialFigure(
        Key.TEACHERS_PENSION, _PENSION, Decimal("28.68"), "28.68%", _SOLICITORS, _APRIL_2024, _LINK_PENSION, _READ
    ),
    OfficialFigure(
        Key.DIRECTED_HOURS, "A full-time teacher's directed time", Decimal(1265), "1,265 hours a year",
        "Teacher Tapp, quoting the School teachers' pay and conditions document",
        link="https://teachertapp.com/uk/articles/what-is-directed-time-and-what-is-the-significance-of-1265-hours/",
        checked=_READ,
    ),
    OfficialFigure(Key.TEACHER_HOURS, "A full-time teacher's week", Decimal("32.5"), "32.5 hours", OURS),
    OfficialFigure(
        Key.SUPPORT_HOURS, "A full-time week of support staff", Decimal(37), "37 hours (36 in London)",
        "National Education Union: working conditions of support staff",
        link="https://neu.org.uk/advice/member-groups/support-staff/support-staff-working-conditions", checked=_READ,
    ),
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
