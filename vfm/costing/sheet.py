"""A spreadsheet's rows -> a provision map that can be costed (costing §9), or every cell that is wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vfm.costing.sheet_cells import Cells, Group, Line, gathered, in_order, read_cells
from vfm.costing.sheet_columns import Headings, WrongCell
from vfm.costing.sheet_rules import wrong_headings, wrong_in_group, wrong_in_row
from vfm.sheets.table import Table, visible


class WrongCells(ValueError):
    """The sheet cannot be costed: every wrong cell, in the order of the rows, and what else is worth saying."""

    def __init__(self, cells: Sequence[WrongCell], warnings: Sequence[str] = ()) -> None:
        super().__init__("\n".join(cell.words for cell in cells))
        self.cells, self.warnings = tuple(cells), tuple(warnings)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A map that can be costed: its rows in order, its interventions in order of first appearance, and warnings."""

    lines: Sequence[Line]
    groups: Sequence[Group]
    warnings: Sequence[str] = ()


def read_sheet(table: Table) -> Sheet:
    """The map in a table with the columns of costing §9.

    Refuses with WrongCells, which names every wrong cell; with a SheetError a table without rows under its headings.
    """
    cells = read_cells(table)
    groups = gathered(cells.lines)
    unknown = list(_unknown(cells.headings))
    wrong = list(_wrong(cells, groups))
    if wrong:
        raise WrongCells(in_order(wrong), unknown)
    return Sheet(cells.lines, groups, [*unknown, *(words for group in groups for words in _warnings(group))])


def _wrong(cells: Cells, groups: Sequence[Group]) -> Iterator[WrongCell]:
    yield from wrong_headings(cells.headings)
    yield from cells.wrong
    for line in cells.lines:
        yield from wrong_in_row(line, cells.headings)
    for group in groups:
        yield from wrong_in_group(group)


def _unknown(headings: Headings) -> Iterator[str]:
    if headings.unknown:
        names = ", ".join(visible(name) for name in headings.unknown)
        yield f"columns with headings that are not known are left out: {names}"


def _warnings(group: Group) -> Iterator[str]:
    size = next((line for line in group.lines if "group_size" in line.numbers), None)
    if size and group.named and size.numbers["group_size"] != group.size:
        yield (
            f"intervention '{visible(group.name)}', row {size.row}: group_size is {size.texts['group_size']}, "
            f"pupils named are {group.size}; the names count"
        )
    timed = [line for line in group.lines if "minutes" in line.numbers]
    if len({_hours(line) for line in timed}) > 1:
        rows = ", ".join(str(line.row) for line in timed)
        yield (
            f"intervention '{visible(group.name)}', rows {rows}: minutes, sessions or weeks differ; "
            "contact hours are the largest minutes × sessions among them"
        )


def _hours(line: Line) -> tuple[object, ...]:
    """Minutes, sessions and weeks as the row gives them."""
    if "sessions_total" in line.numbers:
        return line.numbers["minutes"], line.numbers["sessions_total"]
    return tuple(line.numbers[column] for column in ("minutes", "sessions_per_week", "weeks"))
