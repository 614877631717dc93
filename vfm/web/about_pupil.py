"""Registers of rows about one pupil in one year: whose they are stands in the address, and they lead back to the pupil's page."""

from typing import Any, ClassVar

from flask import request, url_for

from vfm.costing.calendar import AcademicYear
from vfm.store.erased import hold
from vfm.store.pupils import PupilRow
from vfm.web.coverage import pupil_or_404
from vfm.web.database import db
from vfm.web.permissions import here
from vfm.web.pupil_names import called
from vfm.web.register import Register
from vfm.web.school import today
from vfm.web.typed_days import outside


class AboutPupil(Register):
    """What a register about a pupil's year adds to a register."""

    taken_out: ClassVar[bool] = False
    list_template, form_template = "pupils/rows.html", "pupils/row.html"

    def hold(self, form: Any) -> None:
        """Nobody erases the pupil until the row is written; a 404 if somebody has."""
        hold_pupil(pupil_here().id)

    def where(self, year: int) -> dict[str, Any]:
        return {"pupil_id": pupil_here().id, "year": year}

    def extra(self, rows: Any, year: int) -> dict[str, Any]:
        return {"pupil": pupil_here().id, "name": called(pupil_here())}

    def about(self, row: Any, year: int) -> dict[str, Any]:
        return {"pupil": pupil_here().id, "name": called(pupil_here())}

    def after(self, row: Any, year: int) -> str:
        return url_for("pupil_page.of_pupil", year=year, pupil=row.pupil_id)


def pupil_here() -> PupilRow:
    """The pupil in the address, or a 404."""
    return pupil_or_404(int((request.view_args or {})["pupil"]))


def hold_pupil(identity: int) -> PupilRow:
    """The pupil, who cannot be erased until this transaction ends; a 404 where that has happened already."""
    hold(db(), here().school.id)
    return pupil_or_404(identity)


def check_day(field: Any, year: int) -> None:
    """Says beside a day that it must be in the year, and not still to come."""
    wrong = outside(field.data, AcademicYear(year))
    if wrong:
        field.errors, field.wrong = [f"The day {wrong}"], "year"
    elif field.data > today():
        field.errors = ["The day must not be after today"]
