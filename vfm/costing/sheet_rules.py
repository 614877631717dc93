"""What must hold in a row of the sheet, and between the rows of one intervention (costing §9)."""

from collections.abc import Iterator

from vfm.costing.sheet_cells import Group, Line
from vfm.costing.sheet_columns import NUMBERS, Headings, WrongCell
from vfm.sheets.table import visible

RATES = ("hourly_rate", "weekly_hour_price")
COUNTS = ("sessions_per_week", "sessions_total")


def wrong_headings(headings: Headings) -> Iterator[WrongCell]:
    """A heading twice, and the one column that every sheet needs."""
    for column in headings.twice:
        yield WrongCell(1, column, "", "expected this heading once")
    if "intervention" not in headings.places:
        yield _missing_heading("intervention")


def _missing_heading(column: str) -> WrongCell:
    return WrongCell(1, column, "", "expected a column with this heading")


def wrong_in_row(line: Line, headings: Headings) -> Iterator[WrongCell]:
    """What is missing from a row, and what contradicts itself in it."""
    if "intervention" not in line.texts:
        yield _missing(line, headings, "intervention", "expected the name of an intervention")
    yield from _wrong_rates(line, headings)
    yield from _wrong_hours(line, headings)


def _missing(line: Line, headings: Headings, column: str, expected: str, *others: str) -> WrongCell:
    """An empty cell that was needed; where neither its column nor another that would do is there, the heading."""
    if headings.has(column, *others):
        return WrongCell(line.row, column, "", expected)
    return _missing_heading(column)


def _superfluous(line: Line, column: str, why: str) -> WrongCell:
    return WrongCell(line.row, column, line.texts[column], f"expected nothing, since {why}")


def _wrong_rates(line: Line, headings: Headings) -> Iterator[WrongCell]:
    given = [column for column in RATES if column in line.texts]
    if not line.paid:
        for column in given:
            yield _superfluous(line, column, "there is no paid staff on the row")
    elif len(given) > 1:
        yield _superfluous(line, "weekly_hour_price", "hourly_rate is given")
    elif not given:
        expected = "expected a rate, here or as weekly_hour_price, since there is paid staff"
        yield _missing(line, headings, "hourly_rate", expected, "weekly_hour_price")


def _wrong_hours(line: Line, headings: Headings) -> Iterator[WrongCell]:
    counts = [column for column in COUNTS if column in line.texts]
    if not counts and "minutes" not in line.texts and "staff" not in line.texts:
        return
    if "minutes" not in line.texts:
        yield _missing(line, headings, "minutes", f"expected a number above 0, since there {_there_are(line)}")
    if not counts:
        expected = f"expected a number above 0, here or as sessions_total, since there {_there_are(line)}"
        yield _missing(line, headings, "sessions_per_week", expected, "sessions_total")
    elif len(counts) > 1:
        yield _superfluous(line, "sessions_total", "sessions_per_week is given")
    elif "sessions_per_week" in counts and "weeks" not in line.texts:
        yield _missing(line, headings, "weeks", "expected a number of 0 or more, since there are sessions a week")


def _there_are(line: Line) -> str:
    if "staff" in line.texts:
        return "is staff"
    return "are minutes" if "minutes" in line.texts else "are sessions"


def wrong_in_group(group: Group) -> Iterator[WrongCell]:
    """Where the rows of one intervention say different things."""
    yield from _second_values(group, "group_size")
    yield from _second_values(group, "whole_cost_to")
    for line in group.lines:
        carrier = line.texts.get("whole_cost_to", "")
        if group.named and carrier and carrier not in group.pupils:
            yield WrongCell(line.row, "whole_cost_to", carrier, "expected one of the intervention's pupils")
        elif ";" in carrier:
            yield WrongCell(line.row, "whole_cost_to", carrier, "expected one pupil")


def _second_values(group: Group, column: str) -> Iterator[WrongCell]:
    """The later rows that say something else than the first."""
    said = [(line, value) for line in group.lines if (value := _value(line, column)) is not None]
    for line, value in said[1:]:
        first, agreed = said[0]
        if value != agreed:
            expected = f"expected '{visible(first.texts[column])}', as on row {first.row} of the same intervention"
            yield WrongCell(line.row, column, line.texts[column], expected)


def _value(line: Line, column: str) -> object:
    """What a cell says: its number where it is a number's, so that 4 and 4.0 are one; None where it says nothing."""
    return line.numbers.get(column) if column in NUMBERS else line.texts.get(column)
