"""What is wrong with one cell: where it stands, what it holds, and what was expected."""

from typing import NamedTuple

from vfm.sheets.table import visible


class CellError(ValueError):
    """The cell holds something else than its column asks for; the message says what was expected."""


class WrongCell(NamedTuple):
    """One cell that cannot be used. `row` is as a spreadsheet counts; the headings are row 1."""

    row: int
    column: str
    value: str
    expected: str

    @property
    def words(self) -> str:
        """Such as: row 3, column minutes, value '-5': expected a number above 0."""
        return f"row {self.row}, column {visible(self.column)}, value '{visible(self.value)}': {self.expected}"
