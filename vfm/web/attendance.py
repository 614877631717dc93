"""A pupil's attendance in an academic year: with it, hours that ran become an estimate of hours received."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear
from vfm.store.attendance import attendance_row, keep_attendance
from vfm.web.coverage import pupil_or_404
from vfm.web.database import db
from vfm.web.fields import Number, plain
from vfm.web.permissions import Permission, here, permit
from vfm.web.pupil_names import called
from vfm.web.register import ADDRESS, RowForm
from vfm.web.review import review_or_404
from vfm.web.school import now_by

pages = Blueprint("attendance", __name__, url_prefix=f"{ADDRESS}/pupils/<int:pupil>/record/attendance")


class AttendanceForm(RowForm):
    """How much of the year a pupil was there."""

    percent = Number(
        "Attendance in the year", suffix="%", places=2,
        description="From 0 to 100, such as 93.5. Leave it empty if it is not known: then hours received are not estimated",
    )  # fmt: skip


@pages.route("", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def of_pupil(year: int, pupil: int) -> ResponseReturnValue:
    """Enters the percentage, or takes it away."""
    review_or_404(year)
    child = pupil_or_404(pupil)
    row = attendance_row(db(), child.school_id, child.id, year)
    form = AttendanceForm(version=str(row.version if row else 0), **({"percent": row.percent} if row else {}))
    if not form.validate_on_submit():
        return _page(form, year, pupil), 400 if form.errors else 200
    if keep_attendance(db(), child.school_id, child.id, year, form.version_typed, form.percent.value, now_by()):
        db().commit()
        flash(f"{called(child)}: attendance saved", "success")
        return redirect(url_for("pupil_page.of_pupil", year=year, pupil=pupil))
    db().rollback()
    db().expire_all()
    theirs = attendance_row(db(), here().school.id, pupil, year)
    form.version.data = str(theirs.version if theirs else 0)
    return _page(form, year, pupil, theirs=f"{plain(theirs.percent)}%" if theirs else "none"), 409


def _page(form: AttendanceForm, year: int, pupil: int, theirs: str = "") -> str:
    shown = {"form": form, "name": called(pupil_or_404(pupil)), "pupil": pupil, "at": here()}
    return render_template("pupils/attendance.html", year=AcademicYear(year), theirs=theirs, **shown)
