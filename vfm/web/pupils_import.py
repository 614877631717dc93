"""Brings in pupils from the school's management information system (CSV or Excel of any layout) or a common transfer file."""

from collections.abc import Mapping, Sequence
from typing import Any

from vfm.pupils.ctf import is_xml, read_ctf
from vfm.pupils.pupil_compare import PupilChange, answered, compare_pupils
from vfm.pupils.pupil_sheet import MEANINGS, read_pupils
from vfm.sheets.headings import Layout, Meaning
from vfm.sheets.preview import Preview
from vfm.sheets.reading import read_table
from vfm.sheets.table import Table
from vfm.store.pupil_changes import kept_pupils, write_pupils
from vfm.web.database import db
from vfm.web.import_pages import pages_of
from vfm.web.importing import LIMITS, Import
from vfm.web.permissions import here
from vfm.web.school import now_by, today

WHO = ("surname", "forename", "name", "reference")


class PupilsImport(Import):
    name, kind, address, register = "pupils_import", "pupils", "pupils", "pupils.overview"
    heading = "Bring in pupils"
    why = (
        "A list of pupils from your management information system, whatever its layout: one class, the SEN register or the whole "
        "school. Or a common transfer file. Pupils are known by their UPN, else by name and year group. Nobody is ever deleted: "
        "whoever has left keeps their record, with a last day. A list of 3,500 pupils takes some seconds."
    )
    file = "Your list of pupils: CSV, Excel (.xlsx) or a common transfer file (XML)"
    meanings = MEANINGS

    def read(self, data: bytes) -> Table:
        if is_xml(data):
            return read_ctf(data, LIMITS)
        return read_table(data, lenient=True, limits=LIMITS)

    def missing(self, layout: Layout) -> list[Meaning]:
        if any(layout.column(name) is not None for name in WHO):
            return []
        return [each for each in MEANINGS if each.name == "name"]

    def preview(self, table: Table, layout: Layout, answers: Mapping[str, str], year: int) -> tuple[Preview, Any]:
        sure = answered(answers, today(), year)
        sheet = read_pupils(table, layout, sure.groups_of)
        return compare_pupils(sheet, kept_pupils(db(), here().school.id, sure.groups_of), sure)

    def write(self, changes: Sequence[PupilChange], answers: Mapping[str, str], year: int) -> None:
        write_pupils(db(), here().school.id, changes, answered(answers, today(), year).groups_of, now_by())


pages = pages_of(PupilsImport())
