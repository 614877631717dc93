"""Reads a school's provision map from a sheet: its rows, and the interventions that they make."""

import re
from collections.abc import Collection, Mapping

from vfm.costing.map_groups import gather
from vfm.costing.map_lines import MapSheet
from vfm.costing.map_roles import Roles
from vfm.costing.map_rows import read_rows
from vfm.sheets.headings import Layout, called, headings_of
from vfm.sheets.table import Table

SMALL_NUMBER = re.compile(r"[0-9]{1,2}")


def read_map(
    table: Table, layout: Layout, roles: Roles, answers: Mapping[str, str], names: Collection[str] = ()
) -> MapSheet:
    """What the rows below the headings say. `names` are those of the interventions that the school has.

    Of the `answers`: `dates` month where the month stands first, `matrix` own for a group a year, `same_name` groups or
    one for rows of one name, `tier_…` a tier for a word that is none, and which role a word means.
    """
    layout, note = _numbers_of_pupils(table, layout)
    found, cells = read_rows(table, layout, roles, answers)
    found.notes += [note] if note else []
    gather(found, layout, roles, answers, names, cells.refuse)
    return found


def _numbers_of_pupils(table: Table, layout: Layout) -> tuple[Layout, str]:
    """Where a column headed “pupils” holds nothing but small numbers, these are how many there are, and not their names."""
    column = layout.column("pupils")
    if column is None or layout.column("group_size") is not None:
        return layout, ""
    cells = [row.cells[column].strip() for row in table.rows[layout.start + 1 :] if column < len(row.cells)]
    if not any(cells) or not all(SMALL_NUMBER.fullmatch(cell) for cell in cells if cell):
        return layout, ""
    words = f"The column {called(headings_of(table, layout), column)} holds numbers only: they are taken for how many pupils there are"
    return Layout(layout.start, {**layout.columns, column: "group_size"}), words
