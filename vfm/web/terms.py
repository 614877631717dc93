"""The first and last days of a school's three terms, on one form."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear, Calendar, Period
from vfm.store.calendar import set_terms, terms_of
from vfm.web.calendar import calendar_now
from vfm.web.database import db
from vfm.web.fields import Day
from vfm.web.layout import day
from vfm.web.permissions import Permission, here, permit
from vfm.web.register import ADDRESS, RowForm, said
from vfm.web.review import review_or_404
from vfm.web.school import now_by
from vfm.web.year_picture import change_words, days_words, weekdays_of

pages = Blueprint("terms", __name__, url_prefix=f"{ADDRESS}/calendar/terms")
SEASONS = ("autumn", "spring", "summer")
UNTOUCHED = 1  # the version of terms that nobody has changed yet


class TermsForm(RowForm):
    """The three terms."""


for _season in SEASONS:
    for _end in ("first", "last"):
        _words = f"{_end.title()} day of the {_season} term"
        setattr(TermsForm, f"{_season}_{_end}", Day(_words, missing=f"Enter the {_words[:1].lower()}{_words[1:]}"))


@pages.route("", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def change(year: int) -> ResponseReturnValue:
    """Shows the terms, the usual ones until the school has its own, and takes new ones."""
    review_or_404(year)
    before = calendar_now(year)
    form = TermsForm(version=str(_version(year)), **_shown(before))
    if form.validate_on_submit():
        check_terms(form, before)
    if not form.is_submitted() or form.errors:
        return _page(form, before, []), 400 if form.errors else 200
    if not set_terms(db(), here().school.id, before.year, form.version_typed, _typed(form, before), now_by()):
        db().rollback()
        db().expire_all()
        theirs = calendar_now(year)
        form.version.data = str(_version(year))
        return _page(form, theirs, _said(theirs)), 409
    db().commit()
    flash(f"The terms have been saved. {change_words(before, calendar_now(year))}", "success")
    return redirect(url_for("calendar.overview", year=year))


def check_terms(form: Any, before: Calendar) -> None:
    """Says what is wrong with the terms, beside the field."""
    for season in SEASONS:
        _check_term(season, form[f"{season}_first"], form[f"{season}_last"], before.year)
    for one, other in pairwise(SEASONS):
        ends, begins = form[f"{one}_last"], form[f"{other}_first"]
        if not begins.errors and begins.data <= ends.data:
            begins.errors = [f"The {other} term must begin after the last day of the {one} term, {day(ends.data)}"]
    if not form.errors and not Calendar(before.year, _typed(form, before), before.closed).pupil_days:
        form.autumn_first.errors = ["With these terms there is no day with pupils in the whole year"]


def _check_term(season: str, first: Any, last: Any, year: AcademicYear) -> None:
    if last.data < first.data:
        last.errors = [f"The {season} term must not end before it begins"]
    elif not list(weekdays_of(Period(season, first.data, last.data))):
        first.errors = [f"The {season} term must hold a Monday, Tuesday, Wednesday, Thursday or Friday"]
    for field in (first, last):
        if not year.period.holds(field.data):
            field.errors = [f"{field.label.text} must be in the academic year, {days_words(year.period)}"]
            field.wrong = "year"


def _version(year: int) -> int:
    rows = terms_of(db(), here().school.id, AcademicYear(year))
    return rows[0].version if rows else UNTOUCHED


def _shown(calendar: Calendar) -> dict[str, Any]:
    pairs = zip(SEASONS, calendar.terms, strict=True)
    return {f"{season}_{end}": getattr(term, end) for season, term in pairs for end in ("first", "last")}


def _typed(form: Any, before: Calendar) -> list[Period]:
    pairs = zip(SEASONS, before.terms, strict=True)
    return [Period(term.name, form[f"{season}_first"].data, form[f"{season}_last"].data) for season, term in pairs]


def _said(theirs: Calendar) -> list[tuple[str, str]]:
    """What a colleague saved, in words."""
    return [(field.label.text, said(field)) for field in TermsForm(formdata=None, **_shown(theirs)).shown]


def _page(form: Any, calendar: Calendar, theirs: Sequence[tuple[str, str]]) -> str:
    shown = {"form": form, "theirs": theirs, "calendar": calendar, "year": calendar.year}
    return render_template("calendar/terms.html", at=here(), **shown)
