"""Budget monitoring: the financial year at a day that somebody chooses, as a page and as a PDF, and notes on variances."""

import datetime as dt
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import ONE_DAY, AcademicYear, Period, day_words
from vfm.costing.monitoring import Monitoring
from vfm.costing.variance import keys, name_of
from vfm.documents.monitoring import Report, as_at, sections
from vfm.documents.pdf.monitoring import monitoring_pdf
from vfm.plan.names import search
from vfm.store.monitoring import (
    VarianceNoteRow,
    financial_year_on,
    financial_years,
    monitoring_of,
    note_row,
    notes_of,
    report_of,
    write_note,
)
from vfm.store.pupils import written_names
from vfm.store.reviews import ReviewRow, names_of, reviews_of
from vfm.web.database import db
from vfm.web.fields import Day, Form, Options, Prose, Tick
from vfm.web.layout import moment
from vfm.web.permissions import Permission, here, permit
from vfm.web.register import ADDRESS, RowForm
from vfm.web.review import review_or_404
from vfm.web.school import now_by, today, years_to_start

pages = Blueprint("monitoring", __name__, url_prefix=f"{ADDRESS}/monitoring")

ASKED = ("financial", "on-day", "on-month", "on-year")


class WhenForm(Form):
    """Which financial year, and at which day of it. It is sent in the address, so it has no token."""

    class Meta:
        csrf = False

    financial = Options("Financial year")
    on = Day("Day of the figures", description="Any day of the financial year, for example, 31 12 2026")


class NoteForm(RowForm):
    """Why a variance is there."""

    text = Prose(
        "What is the reason, and what follows from it?",
        rows=5,
        longest=2_000,
        missing="Write the reason",
        description="Governors read this note. Do not name a pupil or say what one person is paid",
    )
    names_read = Tick("The words above name no pupil, or may stay as they are")


def _years(year: int) -> tuple[Period, ...]:
    return financial_years(here().school, AcademicYear(year))


def _year_words(period: Period) -> str:
    return f"{period.name}, {period.dates}"


def _when(year: int) -> tuple[WhenForm, Period, dt.date]:
    """What was chosen; what was not is the year that holds today, and today, moved to the year's edge."""
    years = {str(each.first.year): each for each in _years(year)}
    usual = financial_year_on(here().school, AcademicYear(year), today())
    form = WhenForm(formdata=request.args, financial=str(usual.first.year))
    form.financial.offer((key, _year_words(each)) for key, each in years.items())
    form.validate()
    chosen = years.get(form.financial.data or "", usual)
    day = form.on.data or today()
    if not form.errors and not form.on.data:
        form.on.process(None, _within(chosen, day))
    return form, chosen, _within(chosen, day)


def _within(period: Period, day: dt.date) -> dt.date:
    """The day, or the nearest to it that the report can be of: the last day, or the day before the year begins."""
    return min(max(day, period.first - ONE_DAY), period.last)


def _report(review: ReviewRow, period: Period, day: dt.date, *, leadership: bool) -> Report:
    found, bridge = report_of(db(), review, period, day, leadership=leadership)
    return Report(here().school.name, found, notes_of(db(), review, period), bridge)


def _addresses(figures: Monitoring) -> dict[str, str]:
    """Where what the report names is entered: in the review of the year that the financial year begins in, or before it."""
    kept = {row.year for row in reviews_of(db(), here().school.id)}
    ledger_year = figures.period.first.year
    found = {name: url_for(f"{name}.overview", year=ledger_year) for name in ("time", "bridge") if ledger_year in kept}
    for gap in figures.unmapped:
        year = AcademicYear.holding(gap.first).start
        if year in kept:
            found[gap.name] = url_for("provision-map.overview", year=year)
        elif year in years_to_start():
            found[gap.name] = url_for("school.another", year=year)
    return found


def _asked_day() -> dict[str, str]:
    """The day that was asked for, as it stands in the address, to be carried along."""
    return {name: request.args[name] for name in ASKED[1:] if name in request.args}


@pages.get("/")
@permit(Permission.REVIEW)
def overview(year: int) -> ResponseReturnValue:
    """The financial year at a day: the figures that governors need, with their working."""
    review = review_or_404(year)
    form, period, day = _when(year)
    shown: dict[str, Any] = {"form": form, "at": here(), "year": AcademicYear(year), "period": period}
    if form.errors:
        return render_template("monitoring/report.html", report=None, **shown), 400
    report = _report(review, period, day, leadership=here().leads)
    report = replace(report, addresses=_addresses(report.figures))
    return render_template(
        "monitoring/report.html", report=report, sections=sections(report), moved=_moved(form, period), day=day,
        asked=_asked_day(), **shown,
    )  # fmt: skip


def _moved(form: WhenForm, period: Period) -> str:
    """What is said where the day that was asked for lies outside the year."""
    asked = form.on.data
    if asked and not period.holds(asked) and "on-day" in request.args:
        edge = f"its last day, {day_words(period.last)}" if asked > period.last else "the day before it begins"
        return f"{day_words(asked)} is outside the {period.name[:1].lower()}{period.name[1:]}: the figures are as at {edge}."
    return ""


@pages.get("/report.pdf")
@permit(Permission.REVIEW)
def pdf(year: int) -> ResponseReturnValue:
    """The report for governors, in which no rate gives somebody's pay away, whoever asks for it."""
    review = review_or_404(year)
    form, period, day = _when(year)
    if form.errors:
        typed: dict[str, Any] = {name: request.args[name] for name in ASKED if name in request.args}
        return redirect(url_for(".overview", year=year, **typed))
    report = _report(review, period, day, leadership=False)
    name = f"budget-monitoring-{here().school.slug}-{period.first.year}-{report.figures.as_at:%Y-%m-%d}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(monitoring_pdf(report), mimetype="application/pdf", headers=headers)


@pages.route("/<int:financial>/note/<key>", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def note(year: int, financial: int, key: str) -> ResponseReturnValue:
    """Writes down why a variance is there."""
    review = review_or_404(year)
    period = next((each for each in _years(year) if each.first.year == financial), None)
    if period is None or key not in keys():
        abort(404)
    row = note_row(db(), review, financial, key)
    form = NoteForm(version=str(row.version if row else 0), text=row.text if row else "")
    hits = _names_in(form, review) if form.validate_on_submit() else []
    if not form.is_submitted() or form.errors:
        return _note_page(form, review, period, key, row, hits=hits), 400 if form.errors else 200
    if not write_note(db(), review, financial, key, form.version_typed, form.text.data, now_by()):
        db().rollback()
        db().expire_all()
        theirs = note_row(db(), review, financial, key)
        form.version.data = str(theirs.version if theirs else 0)
        return _note_page(form, review, period, key, theirs, conflict=True), 409
    db().commit()
    flash(f"{name_of(key)}: the note has been saved", "success")
    day: dict[str, Any] = _asked_day()
    return redirect(url_for(".overview", year=year, financial=financial, **day, _anchor="variances"))


def _names_in(form: NoteForm, review: ReviewRow) -> list[str]:
    """The words in which a pupil might be named; they may stay once a person says so."""
    hits = [hit.found for hit in search({"the note": form.text.data}, *written_names(db(), review.school_id))]
    if hits and not form.names_read.data:
        form.names_read.errors = ["A pupil might be named: change the words, or tick that they may stay"]
    return hits


def _day_of_note(period: Period) -> dt.date:
    """The day of the report that the note was opened from; today where none was chosen, or none that can be."""
    form = WhenForm(formdata=request.args)
    form.validate()
    return _within(period, today() if form.on.errors or not form.on.data else form.on.data)


def _note_page(
    form: NoteForm, review: ReviewRow, period: Period, key: str, row: VarianceNoteRow | None, *,
    conflict: bool = False, hits: list[str] | None = None,
) -> str:  # fmt: skip
    figures = monitoring_of(db(), review, period, _day_of_note(period), leadership=here().leads)
    report = Report(here().school.name, figures)
    found = next((each for each in figures.variances if each.key == key), None)
    by = f"{names_of(db(), {row.written_by})[row.written_by]}, {moment(row.written_at)}" if row else ""
    return render_template(
        "monitoring/note.html", form=form, row=row, by=by, conflict=conflict, hits=hits or [], name=name_of(key),
        found=found, period=period, as_at=as_at(report), year=AcademicYear(review.year), at=here(),
        asked=_asked_day(),
    )  # fmt: skip
