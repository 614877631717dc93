"""A school's own pages: its reviews year by year, and what kind of school it is."""

import datetime as dt
from collections.abc import Collection
from decimal import Decimal

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear
from vfm.pupils.register import SHOWN
from vfm.questions.school import KIND_WORDS
from vfm.store.accounts import people_of
from vfm.store.audit import By, record
from vfm.store.reviews import reviews_of, start_review
from vfm.web.database import db
from vfm.web.fields import Form, Line, Number, Options
from vfm.web.permissions import Permission, here, me, permit

pages = Blueprint("school", __name__, url_prefix="/school/<school>")
YES_NO = (("yes", "Yes"), ("no", "No"))
RECEIVES = (
    "unit_or_resourced_provision", "any_ehc_plan", "any_sen_support", "any_top_up", "pupil_premium",
    "volunteers_or_peers", "first_year",
)  # fmt: skip


def now_by() -> By:
    """Who is acting, at this moment."""
    return By(me().id, dt.datetime.now(dt.UTC))


def today() -> dt.date:
    """The day on which the request is answered."""
    return dt.datetime.now(dt.UTC).date()


def this_year() -> int:
    """The academic year in which today falls."""
    return AcademicYear.holding(today()).start


BACK, NEXT_FROM, FIRST_MONTH = 3, 5, 9


def years_to_start() -> tuple[int, ...]:
    """The academic years of which a review may be started: three back, this one, and from May on the next."""
    last = this_year() + (NEXT_FROM <= today().month < FIRST_MONTH)
    return tuple(range(this_year() - BACK, last + 1))


class AnotherForm(Form):
    """Which year's review to start."""

    year = Options("Which academic year?", missing="Choose the academic year")


class ProfileForm(Form):
    """What kind of school it is, which decides what is asked of it."""

    name = Line("Name of the school", missing="Enter the school's name")
    kind = Options("What kind of school is it?", KIND_WORDS.items(), missing="Choose the kind of school")
    academy = Options("Is it an academy or free school?", YES_NO, missing="Say whether it is an academy")
    lowest_age = Number("Youngest pupils' age", high="25", places=0, missing="Enter the youngest pupils' age")
    highest_age = Number("Oldest pupils' age", high="25", places=0, missing="Enter the oldest pupils' age")
    unit_or_resourced_provision = Options(
        "Does it have an SEN unit or resourced provision?", YES_NO, missing="Choose yes or no"
    )
    any_ehc_plan = Options(
        "Does any pupil have an education, health and care (EHC) plan?", YES_NO, missing="Choose yes or no"
    )
    any_sen_support = Options("Is any pupil on SEN Support?", YES_NO, missing="Choose yes or no")
    any_top_up = Options("Does the school receive top-up funding for any pupil?", YES_NO, missing="Choose yes or no")
    pupil_premium = Options("Does the school receive pupil premium?", YES_NO, missing="Choose yes or no")
    volunteers_or_peers = Options("Do volunteers or other pupils give support?", YES_NO, missing="Choose yes or no")
    first_year = Options("Is this the school's first review with this site?", YES_NO, missing="Choose yes or no")
    tolerance = Number(
        "Tolerance between money and cost",
        suffix="%",
        missing="Enter the tolerance, such as 5",
        description="A cost that stands further than this from the money identified is raised as a finding. 5% is usual",
    )
    pupils_shown = Options(
        "How are pupils shown?", SHOWN.items(),
        description="On every page and in every file of this site. What is stored stays as it was entered; the pupil's own page and the "
        "preview of a file show it",
    )  # fmt: skip
    pupils_kept = Number(
        "How long is a pupil’s data kept after leaving?", low="1", high="50", places=0, suffix="years",
        description="Your school decides. Left empty, nobody is ever listed. With a number, leadership sees who is past it; nothing is "
        "ever erased by itself, and never without a person",
    )  # fmt: skip


@pages.get("/")
@permit(Permission.TAKE_PART)
def reviews() -> ResponseReturnValue:
    """The school's reviews, and the way into this year's."""
    at = here()
    rows = reviews_of(db(), at.school.id)
    years = {row.year for row in rows}
    return render_template(
        "school/reviews.html",
        at=at,
        reviews=[AcademicYear(row.year) for row in rows],
        new=None if this_year() in years else AcademicYear(this_year()),
        people=people_of(db(), at.school.id),
    )


@pages.post("/start")
@permit(Permission.REVIEW)
def start() -> ResponseReturnValue:
    """Starts this year's review; pressed twice it starts one."""
    start_review(db(), here().school.id, this_year(), now_by())
    db().commit()
    return redirect(url_for("quick.steps" if "quick" in request.form else "review.task_list", year=this_year()))


@pages.route("/another", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def another() -> ResponseReturnValue:
    """Starts the review of another year, such as last year's, whose map and ledger then have a place."""
    school = here().school
    kept = {row.year for row in reviews_of(db(), school.id)}
    form = AnotherForm(year=request.args.get("year", ""))
    form.year.offer(_year_choice(year, kept) for year in reversed(years_to_start()))
    if not form.validate_on_submit():
        return render_template("school/another.html", form=form, at=here()), 400 if form.errors else 200
    year = int(form.year.data)
    start_review(db(), school.id, year, now_by())
    db().commit()
    said = "there is a review of this year already" if year in kept else "the review has been started"
    flash(f"{AcademicYear(year).words}: {said}", "notice" if year in kept else "success")
    return redirect(url_for("review.task_list", year=year))


def _year_choice(year: int, kept: Collection[int]) -> tuple[str, ...]:
    words = f"{AcademicYear(year).words}{', this year' if year == this_year() else ''}"
    return (
        (str(year), words, "There is a review already: you will be led to it") if year in kept else (str(year), words)
    )


@pages.route("/profile", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def profile() -> ResponseReturnValue:
    """What kind of school it is and what it receives."""
    school = here().school
    values = {name: ("yes" if getattr(school, name) else "no") for name in ("academy", *RECEIVES)}
    form = ProfileForm(
        name=school.name, kind=school.kind, lowest_age=school.lowest_age, highest_age=school.highest_age,
        tolerance=school.tolerance, pupils_shown=school.pupils_shown, pupils_kept=school.pupils_kept, **values,
    )  # fmt: skip
    if not here().leads:
        del form.pupils_kept
    if form.validate_on_submit() and _ages_in_order(form):
        old = {name: str(getattr(school, name)) for name in form.data if hasattr(school, name)}
        school.name, school.kind = form.name.data, form.kind.data
        school.lowest_age, school.highest_age = form.lowest_age.whole, form.highest_age.whole
        for name in ("academy", *RECEIVES):
            setattr(school, name, form[name].data == "yes")
        school.tolerance = form.tolerance.value or Decimal(0)
        school.pupils_shown = form.pupils_shown.data or school.pupils_shown
        if here().leads:
            school.pupils_kept = int(form.pupils_kept.value) if form.pupils_kept.value is not None else None
        new = {name: str(getattr(school, name)) for name in old}
        record(db(), school.id, now_by(), "changed", "the school's profile", old, new)
        db().commit()
        flash("The school's page has been saved", "success")
        return redirect(url_for(".reviews"))
    return render_template("school/profile.html", form=form, leads=here().leads), 400 if form.errors else 200


def _ages_in_order(form: ProfileForm) -> bool:
    if form.lowest_age.whole > form.highest_age.whole:
        form.highest_age.errors = ["The oldest pupils' age must not be below the youngest pupils' age"]
    return not form.errors
