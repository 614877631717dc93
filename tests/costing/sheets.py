"""Sheets for tests, written as the CSV that a person would see."""

from fractions import Fraction

import pytest

from vfm.costing.sheet import Sheet, WrongCells, read_sheet
from vfm.costing.sheet_cost import CostedSheet, GroupCost, cost_sheet
from vfm.costing.sheet_printed import PrintedGroup, PrintedSheet, print_sheet
from vfm.sheets.reading import read_table

STAFF = "intervention,staff,hourly_rate,minutes,sessions_per_week,weeks"


def sheet(*lines: str) -> Sheet:
    """The sheet in these lines of CSV."""
    return read_sheet(read_table("\n".join(lines).encode()))


def costed(*lines: str, weeks: int = 38) -> CostedSheet:
    """Its exact cost."""
    return cost_sheet(sheet(*lines), weeks)


def printed(*lines: str, weeks: int = 38) -> PrintedSheet:
    """Its cost in pence."""
    return print_sheet(costed(*lines, weeks=weeks))


def only(*lines: str, weeks: int = 38) -> PrintedGroup:
    """Its one intervention, in pence."""
    (group,) = printed(*lines, weeks=weeks).groups
    return group


def wrong(*lines: str) -> list[str]:
    """Every wrong cell, in words."""
    with pytest.raises(WrongCells) as refused:
        sheet(*lines)
    return [cell.words for cell in refused.value.cells]


def wrong_places(*lines: str) -> list[tuple[int, str, str]]:
    """Row, column and value of every wrong cell."""
    with pytest.raises(WrongCells) as refused:
        sheet(*lines)
    return [(cell.row, cell.column, cell.value) for cell in refused.value.cells]


def exact(costed_sheet: CostedSheet, group: GroupCost) -> dict[str, Fraction]:
    """An intervention's exact amounts in pence."""
    amounts = {"staff": group.staff, "other": group.other, "additional": group.additional, "total": group.total}
    return {name: Fraction(amount, costed_sheet.over) for name, amount in amounts.items()}
