"""A sheet between its upload and its confirmation: its rows, how they are understood, and what has been answered about them."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import abort

from vfm.sheets.headings import Layout, called, certain, find_layout, headings_of, match, plain
from vfm.sheets.kept import from_plain
from vfm.sheets.table import Table
from vfm.store.imports import ImportDraftRow, find_sheet, remember, remembered
from vfm.web.database import db
from vfm.web.importing import Import
from vfm.web.permissions import here, me
from vfm.web.review import review_or_404
from vfm.web.school import now_by

SAMPLES, LONGEST_SAMPLE, LONGEST_HEADING = 3, 40, 200
ANSWER = "?"
"""Begins the name under which an answer is remembered: no heading begins so."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The row in which it is put away, its table, what the columns hold so far, and what is known from earlier sheets."""

    row: ImportDraftRow
    table: Table
    layout: Layout
    known: Mapping[str, str]

    @property
    def answers(self) -> dict[str, str]:
        """What was answered about earlier sheets of this kind and holds for this one, and what was answered about it."""
        before = {name.removeprefix(ANSWER): value for name, value in self.known.items() if name.startswith(ANSWER)}
        given: dict[str, str] = self.row.choices.get("answers", {})
        return before | given

    def guesses(self, what: Import) -> list[int]:
        """The columns that are understood by some words of their heading only, until somebody has looked at them."""
        if "columns" in self.row.choices:
            return []
        sure = certain(self.table, self.layout, what.meanings, self.known)
        return [column for column in self.layout.columns if column not in sure]

    def unused(self) -> list[int]:
        """Columns that hold something and are not used, unless somebody said so."""
        if "columns" in self.row.choices:
            return []
        headings = headings_of(self.table, self.layout)
        named = [column for column, cell in enumerate(headings) if cell.strip() and plain(cell) not in self.known]
        return [column for column in named if column not in self.layout.columns and self.samples(column)]

    def samples(self, column: int) -> str:
        """Some different values of a column, so that a person can tell what it holds."""
        below = (row.cells[column] for row in self.table.rows[self.layout.start + 1 :][:200] if column < len(row.cells))
        values = list(dict.fromkeys(value[:LONGEST_SAMPLE] for value in below if value.strip()))
        return "; ".join(values[:SAMPLES])

    def called(self, column: int) -> str:
        """A column as people call it."""
        return called(headings_of(self.table, self.layout), column)[: LONGEST_SAMPLE * 2]

    @property
    def titles(self) -> list[str]:
        """The name of the file, and what stands above the headings."""
        return [self.row.name, *(cell for row in self.table.rows[: self.layout.start] for cell in row.cells)]


def draft_or_404(what: Import, year: int, draft: int) -> Draft:
    """The sheet that this person put away, and how its columns are understood so far."""
    review_or_404(year)
    if draft >= 1 << 63:
        abort(404)
    row = find_sheet(db(), here().school.id, me().id, year, what.kind, draft, now_by().at) or abort(404)
    table, known = from_plain(row.sheet), remembered(db(), row.school_id, what.kind)
    return Draft(row, table, _layout(what, row, table, known), known)


def _layout(what: Import, row: ImportDraftRow, table: Table, known: Mapping[str, str]) -> Layout:
    chosen = row.choices
    if "columns" in chosen:
        columns = {int(column): meaning for column, meaning in chosen["columns"].items()}
        return Layout(chosen["start"], columns)
    if "start" in chosen:
        start = chosen["start"]
        return Layout(start, match(table.rows[start].cells, what.meanings, known))
    return find_layout(table, what.meanings, known)


def remember_columns(what: Import, table: Table, layout: Layout) -> None:
    """Next time the same headings mean the same."""
    headings = [plain(cell)[:LONGEST_HEADING] for cell in headings_of(table, layout)]
    meant = {heading: layout.columns.get(column, "") for column, heading in enumerate(headings) if heading}
    remember(db(), here().school.id, what.kind, meant)


def remember_answers(what: Import, answers: Mapping[str, str]) -> None:
    """Next time the same question is answered so beforehand."""
    remember(db(), here().school.id, what.kind, {f"{ANSWER}{name}": value for name, value in answers.items()})
