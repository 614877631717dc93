"""The quick start: a first useful result in a quarter of an hour, and the beginning of the full review."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from vfm.answers import applying
from vfm.costing.calendar import AcademicYear
from vfm.questions.bank import Question
from vfm.store.places import profile_of
from vfm.store.provision import GiverRow, InterventionRow
from vfm.store.pupils import CountsRow, counts_row
from vfm.store.reviews import answers_of, set_budget_views
from vfm.store.rows import add_row, change_row, rows_of
from vfm.store.staff import RateRow, StaffRoleRow
from vfm.web.bank import bank
from vfm.web.database import db
from vfm.web.fields import Form, Line, Number, Options, Pounds
from vfm.web.permissions import Permission, here, permit
from vfm.web.provision_map import TIER_WORDS
from vfm.web.register import ADDRESS, RowForm
from vfm.web.review import review_or_404
from vfm.web.school import now_by

pages = Blueprint("quick", __name__, url_prefix=f"{ADDRESS}/quick-start")
HOW_MANY = 3


class BudgetForm(Form):
    """What each side thinks the SEN budget is."""

    senco = Pounds(
        "What the SENCO thinks this year's SEN budget is",
        description="Leave it empty if the SENCO has not been told a figure",
    )
    office = Pounds("What the office thinks it is", description="From the budget statement, if it is at hand")


class CountsForm(RowForm):
    """How many pupils there are."""

    roll = Number("Pupils on roll", high="10000", places=0)
    sen_support = Number("On SEN Support (K)", high="10000", places=0)
    ehc_plans = Number("With an EHC plan (E)", high="10000", places=0)
    top_ups = Number("With top-up funding", high="10000", places=0)
    pupil_premium = Number("Receiving pupil premium", high="10000", places=0)


class ThreeForm(Form):
    """The three costliest interventions, each in one line of the mind."""


for _n in range(1, HOW_MANY + 1):
    _fields: dict[str, Any] = {
        "name": Line("Name of the intervention"),
        "tier": Options("Tier", TIER_WORDS.items(), default="targeted"),
        "role": Line("Who gives it?", description="A role, for example teaching assistant"),
        "rate": Pounds("What does an hour of theirs cost?", places=4, description="A typical full cost, with national insurance and pension. Leave empty if the role already has a rate"),
        "number": Number("How many of them at once?", default="1"),
        "minutes": Number("Minutes of one session", high="1000", suffix="minutes"),
        "a_week": Number("Sessions a week", suffix="a week"),
        "weeks": Number("For how many weeks?", high="53", suffix="weeks", default="38"),
        "pupils": Number("How many pupils?", high="10000", places=0),
        "with_sen": Number("How many of these have SEN?", high="10000", places=0),
    }  # fmt: skip
    for _name, _field in _fields.items():
        setattr(ThreeForm, f"{_name}_{_n}", _field)


def quick_questions(year: int) -> list[Question]:
    """The questions of the quick start that apply, in order."""
    return [question for question in applying(bank(), profile_of(here().school)) if question.quick]


@pages.get("/")
@permit(Permission.REVIEW)
def steps(year: int) -> ResponseReturnValue:
    """The four steps and how far they have come."""
    review = review_or_404(year)
    answers = answers_of(db(), review)
    asked = quick_questions(year)
    given = [question for question in asked if question.id in answers and answers[question.id].choice]
    first = next((question for question in asked if question not in given), asked[0] if asked else None)
    return render_template(
        "quick/steps.html", at=here(), year=AcademicYear(year), review=review, asked=asked, given=given, first=first,
        interventions=rows_of(db(), InterventionRow, here().school.id, year=year), bank=bank(),
    )  # fmt: skip


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
    rated = _rated_roles()
    if form.validate_on_submit() and _complete(form, rated):
        for n in _filled(form):
            _add(form, n, year, rated)
        db().commit()
        flash("The interventions are on your provision map", "success")
        return redirect(url_for("provision-map.overview", year=year, next="quick"))
    there = rows_of(db(), InterventionRow, here().school.id, year=year)
    shown = {"form": form, "there": there, "numbers": range(1, HOW_MANY + 1)}
    return render_template("quick/three.html", at=here(), year=AcademicYear(year), **shown), 400 if form.errors else 200


def _rated_roles() -> dict[str, tuple[StaffRoleRow, bool]]:
    """The school's roles by name in small letters, and whether each has a rate."""
    with_rate = {rate.role_id for rate in rows_of(db(), RateRow, here().school.id)}
    return {
        role.name.casefold(): (role, role.id in with_rate) for role in rows_of(db(), StaffRoleRow, here().school.id)
    }


def _filled(form: Any) -> list[int]:
    return [n for n in range(1, HOW_MANY + 1) if form[f"name_{n}"].data]


def _complete(form: Any, rated: dict[str, tuple[StaffRoleRow, bool]]) -> bool:
    if not _filled(form):
        form.name_1.errors = ["Enter the name of at least one intervention"]
    typed: set[str] = set()
    for n in _filled(form):
        role = form[f"role_{n}"].data.casefold()
        wanted = [
            ("role", "Say who gives it"),
            ("minutes", "Enter the minutes of one session"),
            ("a_week", "Enter how many sessions a week"),
        ]
        if role and role not in typed and not rated.get(role, (None, False))[1]:
            wanted.append(("rate", "Enter what an hour costs; a guess marked as an estimate will do"))
        for name, message in wanted:
            field = form[f"{name}_{n}"]
            if not field.data and not field.errors:
                field.errors = [f"Intervention {n}: {message[0].lower()}{message[1:]}"]
        _check_pupils(form, n)
        typed.add(role)
    return not form.errors


def _check_pupils(form: Any, n: int) -> None:
    size, with_sen = form[f"pupils_{n}"].value, form[f"with_sen_{n}"].value
    if with_sen is not None and (size is None or with_sen > size):
        form[f"with_sen_{n}"].errors = ["The pupils with SEN cannot be more than the pupils in the group"]


def _add(form: Any, n: int, year: int, rated: dict[str, tuple[StaffRoleRow, bool]]) -> None:
    by, school = now_by(), here().school.id
    values = {
        name: form[f"{name}_{n}"] for name in ("pupils", "with_sen", "minutes", "a_week", "weeks", "number", "rate")
    }
    role, has_rate = rated.get(form[f"role_{n}"].data.casefold(), (None, False))
    if role is None:
        role = add_row(db(), StaffRoleRow, school, by, "role", name=form[f"role_{n}"].data, teacher=False)
    if not has_rate:
        add_row(
            db(), RateRow, school, by, f"rate of {role.name}", role_id=role.id, card="actual", method="stated",
            per_hour=values["rate"].value, estimated=True,
        )  # fmt: skip
    rated[role.name.casefold()] = (role, True)
    row = add_row(
        db(), InterventionRow, school, by, "intervention", year=year, name=form[f"name_{n}"].data,
        tier=form[f"tier_{n}"].data or "targeted", minutes=values["minutes"].value,
        sessions_a_week=values["a_week"].value, weeks=values["weeks"].value or values["weeks"].read("38"),
        group_size=_whole(values["pupils"]), group_with_sen=_whole(values["with_sen"]), estimated=True,
    )  # fmt: skip
    add_row(
        db(), GiverRow, school, by, "who gives it", intervention_id=row.id, kind="staff", role_id=role.id,
        number=values["number"].value or values["number"].read("1"),
    )  # fmt: skip


def _whole(field: Any) -> int | None:
    return None if field.value is None else int(field.value)


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
        values = {name: _whole(form[name]) for name in names}
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
