"""Coverage: who and what the map leaves out, and the hours of each plan's Section F beside those planned and run."""

from fractions import Fraction

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear
from vfm.stages.noticing import hours_to_look_at
from vfm.store.pupils import PupilRow
from vfm.store.rows import row_of
from vfm.store.section_f import keep_section_f, section_f_row
from vfm.value.section_f import Hours, Per
from vfm.web.database import db
from vfm.web.deployment import hours
from vfm.web.fields import Number, Options
from vfm.web.noticed import case_here, page_parts
from vfm.web.permissions import Permission, here, permit
from vfm.web.pupil_names import called
from vfm.web.register import ADDRESS, RowForm
from vfm.web.review import review_or_404
from vfm.web.school import now_by

pages = Blueprint("coverage", __name__, url_prefix=f"{ADDRESS}/coverage")
PER_WORDS = {Per.WEEK.value: "A week", Per.YEAR.value: "A year"}


class SectionFForm(RowForm):
    """The hours that a plan says."""

    hours = Number(
        "Hours in Section F",
        high="10000",
        suffix="hours",
        description="Add up what Section F of the plan says in hours. Leave empty if it says none",
    )
    per = Options("These are hours", PER_WORDS.items(), missing="Choose whether these are hours a week or a year")


@pages.get("/")
@permit(Permission.REVIEW)
def overview(year: int) -> ResponseReturnValue:
    """What is open, and the hours of Section F. Names are for leadership and the SENCO, who alone come here."""
    case = case_here(year)
    rows = [(each.pupil, _cells(each)) for each in hours_to_look_at(case)]
    shown = page_parts(case, "coverage") | {"headings": ()}
    return render_template("noticed/coverage.html", plans=rows, estimated=case.map_estimated, **shown)


def _cells(each: Hours) -> tuple[str, ...]:
    asked = "Not entered" if each.asked is None else _words(each.asked)
    return asked, _words(each.planned), _words(each.run)


def _words(amount: Fraction) -> str:
    return hours(amount * 60)


@pages.route("/section-f/<int:pupil>", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def section_f(year: int, pupil: int) -> ResponseReturnValue:
    """Enters the hours of one pupil's plan, or takes them away."""
    review_or_404(year)
    child = pupil_or_404(pupil)
    row = section_f_row(db(), child.school_id, child.id)
    kept = {"hours": row.hours, "per": row.per} if row else {}
    form = SectionFForm(version=str(row.version if row else 0), **kept)
    if form.validate_on_submit():
        values = (form.hours.value, form.per.data)
        if keep_section_f(db(), child.school_id, child.id, form.version_typed, *values, now_by()):
            db().commit()
            flash(f"{called(child)}: saved", "success")
            return redirect(url_for(".overview", year=year, _anchor="section-f"))
        db().rollback()
        return _conflict(form, year, pupil)
    shown = {"form": form, "name": called(child), "at": here(), "year": AcademicYear(year)}
    return render_template("noticed/section_f.html", **shown), 400 if form.errors else 200


def pupil_or_404(identity: int) -> PupilRow:
    """A pupil of the school, or a 404."""
    if identity >= 1 << 63:
        abort(404)
    return row_of(db(), PupilRow, here().school.id, identity, erased=None) or abort(404)


def _conflict(form: SectionFForm, year: int, pupil: int) -> ResponseReturnValue:
    """Somebody else saved first: what they entered stands above what was typed here."""
    db().expire_all()
    child = pupil_or_404(pupil)
    theirs = section_f_row(db(), child.school_id, child.id)
    form.version.data = str(theirs.version if theirs else 0)
    said = f"{theirs.hours.normalize():f} hours {Per(theirs.per).words}" if theirs else "no hours"
    shown = {"form": form, "name": called(child), "at": here(), "year": AcademicYear(year), "theirs": said}
    return render_template("noticed/section_f.html", **shown), 409
