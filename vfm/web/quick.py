"""The quick start: a first useful result in a quarter of an hour, and the beginning of the full review."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from vfm.answers import left_to_answer
from vfm.costing.calendar import AcademicYear
from vfm.plan.proposals import PRIORITY_WORDS, TOP, by_priority
from vfm.questions.bank import Question
from vfm.store.places import profile_of
from vfm.store.plans import actions_of
from vfm.store.programmes import hold_catalogue
from vfm.store.provision import InterventionRow
from vfm.store.pupils import CountsRow, counts_row
from vfm.store.reviews import ReviewRow, answers_of, as_answers, set_budget_views
from vfm.store.rows import add_row, change_row, rows_of
from vfm.web.costed_lines import costed_lines
from vfm.web.database import db
from vfm.web.fields import Form, Number, Pounds
from vfm.web.permissions import Permission, here, permit
from vfm.web.quick_questions import quick_address, quick_questions
from vfm.web.register import ADDRESS, RowForm
from vfm.web.review import review_or_404
from vfm.web.school import now_by
from vfm.web.three import AT_ONCE, HOW_MANY, MORE, Rated, ThreeForm, add_one, complete, filled, rated_roles, whole

pages = Blueprint("quick", __name__, url_prefix=f"{ADDRESS}/quick-start")


class BudgetForm(Form):
    """What each side thinks the SEN budget is."""

    senco = Pounds("What the SENCO thinks", description="Leave empty what you do not know")
    office = Pounds("What the office thinks", description="From the budget statement, if it is at hand")


class CountsForm(RowForm):
    """How many pupils there are."""

    roll = Number("Pupils on roll", high="10000", places=0)
    sen_support = Number("On SEN Support (K)", high="10000", places=0)
    ehc_plans = Number("With an EHC plan (E)", high="10000", places=0)
    top_ups = Number("With top-up funding", high="10000", places=0)
    pupil_premium = Number("Receiving pupil premium", high="10000", places=0)


@pages.get("/")
@permit(Permission.REVIEW)
def steps(year: int) -> ResponseReturnValue:
    """The four steps and how far they have come."""
    review = review_or_404(year)
    asked, left = quick_questions(), _left(review)
    return render_template(
        "quick/steps.html", at=here(), year=AcademicYear(year), review=review, asked=asked, given=len(asked) - len(left),
        questions=_questions_address(year, asked, left), actions=len(actions_of(db(), review)),
        interventions=rows_of(db(), InterventionRow, here().school.id, year=year),
    )  # fmt: skip


def _left(review: ReviewRow) -> list[Question]:
    """The questions of the quick start that have no answer yet, in order."""
    return left_to_answer(quick_questions(), profile_of(here().school), as_answers(db(), answers_of(db(), review)))


def _questions_address(year: int, asked: list[Question], left: list[Question]) -> str:
    """Where the questions go on: at the first without an answer, else at the first; nothing where none is asked."""
    return quick_address(year, (left or asked)[0]) if asked else ""


@pages.route("/budget", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def budget(year: int) -> ResponseReturnValue:
    """What the SENCO and the office each think the SEN budget is."""
    review = review_or_404(year)
    form = BudgetForm(senco=review.senco_budget, office=review.office_budget)
    if form.validate_on_submit():
        set_budget_views(db(), review, form.senco.value, form.office.value, now_by())
        db().commit()
        return redirect(url_for(".gap", year=year))
    return render_template(
        "quick/budget.html", form=form, at=here(), year=AcademicYear(year)
    ), 400 if form.errors else 200


@pages.get("/gap")
@permit(Permission.REVIEW)
def gap(year: int) -> ResponseReturnValue:
    """The gap between the two figures: the first useful result."""
    return render_template("quick/gap.html", review=review_or_404(year), at=here(), year=AcademicYear(year))


@pages.route("/three", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def three(year: int) -> ResponseReturnValue:
    """The three interventions that cost most, with typed rates."""
    review_or_404(year)
    form = ThreeForm()
    if form.is_submitted():
        hold_catalogue(db(), here().school.id)  # who sends the same form at the same instant finds its names on the map
    rated = rated_roles()
    there = rows_of(db(), InterventionRow, here().school.id, year=year)
    right = form.is_submitted() and complete(form, rated, {row.name.casefold() for row in there})
    if right and _put_on_the_map(form, year, dict(rated)):
        flash("The interventions are on your provision map", "success")
        return redirect(url_for(".costs", year=year))
    shown = {"form": form, "there": there, "numbers": range(1, HOW_MANY + 1), "at_once": AT_ONCE, "more": MORE}
    shown["rated"] = [role.name for role, has_rate in rated.values() if has_rate]
    return render_template("quick/three.html", at=here(), year=AcademicYear(year), **shown), 400 if form.errors else 200


def _put_on_the_map(form: Any, year: int, rated: Rated) -> bool:
    """Saves them all, or none where a colleague entered the same role or its rate on another page at the same instant."""
    try:
        for n in filled(form):
            add_one(form, n, year, rated)
        db().commit()
    except IntegrityError:
        db().rollback()
        form.name_1.errors = [
            "A colleague entered one of these roles or its rate while you were saving: save once more"
        ]
        return False
    return True


@pages.get("/costs")
@permit(Permission.REVIEW)
def costs(year: int) -> ResponseReturnValue:
    """What the interventions cost: the second useful result."""
    asked, left = quick_questions(), _left(review_or_404(year))
    return render_template(
        "quick/costs.html", at=here(), year=AcademicYear(year), asked=asked,
        questions=_questions_address(year, asked, left), **costed_lines(year),
    )  # fmt: skip


@pages.get("/plan")
@permit(Permission.REVIEW)
def plan(year: int) -> ResponseReturnValue:
    """The draft plan as it was written: how many actions, and the first five."""
    review = review_or_404(year)
    actions, left = actions_of(db(), review), _left(review)
    return render_template(
        "quick/plan.html", at=here(), year=AcademicYear(year), actions=actions, top=TOP, left=left,
        questions=_questions_address(year, quick_questions(), left), counted=by_priority(row.priority for row in actions), priority_words=PRIORITY_WORDS,
    )  # fmt: skip


@pages.route("/pupil-numbers", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def counts(year: int) -> ResponseReturnValue:
    """How many pupils there are, for a school that enters no register, and the roll for every school."""
    review = review_or_404(year)
    row = counts_row(db(), review.school_id, review.id)
    names = ("roll", "sen_support", "ehc_plans", "top_ups", "pupil_premium")
    form = CountsForm(
        **({name: getattr(row, name) for name in names} if row else {}), version=str(row.version if row else 0)
    )
    if form.validate_on_submit() and _counts_fit(form):
        values = {name: whole(form[name]) for name in names}
        if row is None:
            add_row(db(), CountsRow, review.school_id, now_by(), "pupil numbers", review_id=review.id, **values)
        elif not change_row(db(), row, form.version_typed, now_by(), "pupil numbers", **values):
            db().rollback()
            form.version.data = str(row.version + 1)
            form.form_errors.append(
                "A colleague changed these numbers while you were typing. Check them, then save again."
            )
        if not form.form_errors:
            db().commit()
            flash("The numbers of pupils have been saved", "success")
            return redirect(url_for("review.stage", year=year, stage="needs"))
    return render_template(
        "quick/counts.html", form=form, at=here(), year=AcademicYear(year)
    ), 400 if form.errors else 200


def _counts_fit(form: Any) -> bool:
    roll = form.roll.value
    parts = (form.sen_support.value or 0) + (form.ehc_plans.value or 0)
    if roll is not None and parts > roll:
        form.roll.errors = ["The pupils with SEN are more than the pupils on roll"]
    if form.top_ups.value is not None and form.top_ups.value > parts:
        form.top_ups.errors = ["There are more pupils with top-up than pupils with SEN"]
    return not form.errors
