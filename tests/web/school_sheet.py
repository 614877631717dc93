"""A provision map as a school's office keeps it: forty rows, several classes an intervention, shorthands, rates, costs, a total."""

from decimal import Decimal
from typing import NamedTuple

from openpyxl import Workbook

from tests.sheets.made import bytes_of

HEADINGS = (
    "Provision", "Class", "Wave", "Area", "Who", "Hourly rate (£)", "No. of children", "Session length", "Sessions/wk", "Weeks",
    "Annual cost (£)", "Notes",
)  # fmt: skip
RATES = {"TA": "16.50", "LSA": "15.20", "HLTA": "22", "SaLT": "48", "CT": "40", "ELSA": "17.40"}
OFTEN: tuple[tuple[str, str, str, str, int, int, int, int], ...] = (
    ("Phonics catch-up", "Wave 2", "C&L", "TA", 20, 3, 12, 5),
    ("Reading buddies", "Wave 2", "C&L", "LSA", 15, 2, 38, 4),
    ("Number sense", "Wave 2", "C&L", "HLTA", 30, 2, 24, 6),
    ("Talk group", "Wave 3", "C&I", "SaLT", 30, 1, 18, 3),
    ("Pre-teaching", "Wave 1", "C&L", "CT", 20, 1, 38, 8),
    ("Feelings group", "SEN Support", "SEMH", "ELSA", 40, 1, 12, 4),
)
CLASSES = ("Reception", "Year 1", "Year 2", "Year 3", "Year 4", "Year 5")
ONCE: tuple[tuple[str, str, str, str, str, int, int, int, int], ...] = (
    ("Sensory circuits", "KS2", "Wave 3", "Sensory", "TA", 15, 5, 38, 6),
    ("Lunchtime club", "All", "Wave 2", "SEMH", "LSA", 45, 2, 38, 10),
    ("Handwriting", "Year 3", "Wave 2", "PD", "TA", 20, 2, 12, 4),
    ("Attention group", "Reception", "Wave 2", "C&I", "LSA", 20, 3, 12, 5),
)


class Line(NamedTuple):
    """One row of the sheet."""

    name: str
    group: str
    wave: str
    area: str
    who: str
    minutes: int
    a_week: int
    weeks: int
    size: int

    @property
    def cost(self) -> Decimal:
        """What the office reckons: minutes ÷ 60 × sessions × weeks × the rate."""
        exact = Decimal(RATES[self.who]) * self.minutes * self.a_week * self.weeks / 60
        return exact.quantize(Decimal("0.01"))


def lines() -> list[Line]:
    """Forty rows: six interventions in six classes each, and four in one."""
    return [Line(each[0], group, *each[1:]) for each in OFTEN for group in CLASSES] + [Line(*each) for each in ONCE]


def row_of(line: Line) -> list[str | int]:
    """One row, as the office writes it."""
    money = f"£{line.cost:,}"
    return [
        line.name, line.group, line.wave, line.area, line.who, f"£{RATES[line.who]}", line.size, f"{line.minutes} mins", line.a_week,
        line.weeks, money, "Mrs Smith's table" if line.name == OFTEN[0][0] else "",
    ]  # fmt: skip


def total() -> Decimal:
    """What the rows add up to."""
    return sum((line.cost for line in lines()), Decimal(0))


def office_sheet() -> bytes:
    """The workbook, with a merged title that names last year, and a total."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["Provision map 2025-26"])
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEADINGS))
    page.append([])
    page.append(list(HEADINGS))
    for line in lines():
        page.append(row_of(line))
    page.append(["Total", *[None] * 9, f"£{total():,}"])
    return bytes_of(book)
