"""Signing off and submitting the plan, and reading it: the draft, and every version that was submitted."""

import datetime as dt

from flask import Blueprint, Response, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from vfm.costing.calendar import AcademicYear
from vfm.documents.pdf.plan import plan_pdf
from vfm.documents.plan import sections
from vfm.plan.action_plan import FORMAT, ActionPlan, SignOff, from_json, to_json
from vfm.plan.names import Hit, search
from vfm.store.gathering import draft_plan, texts_of
from vfm.store.plans import SubmittedPlanRow, next_number, submit_plan, submitted_plan
from vfm.store.pupils import written_names
from vfm.store.reviews import review_of
from vfm.web.bank import bank
from vfm.web.database import db, end, reading
from vfm.web.fields import Day, Form, Line, Tick
from vfm.web.permissions import Permission, here, me, permit
from vfm.web.register import ADDRESS
from vfm.web.review import left_before_submitting, review_or_404
from vfm.web.school import now_by, today

pages = Blueprint("submission", __name__, url_prefix=f"{ADDRESS}/submission")


class SubmitForm(Form):
    """Who signs, and what the authority may use the plan for."""

    head_name = Line("Name of the head or whoever signs for the head", missing="Enter the name of who signs")
    head_role = Line("Role", missing="Enter the role of who signs")
    head_on = Day("Day of signing", missing="Enter the day of signing")
    governor_name = Line("Name of the governor who signs", description="Leave empty if governors have not seen it yet")
    governor_on = Day("Day of the governors' meeting")
    governor_minute = Line("Reference of the minute")
    may_inform_top_up = Tick("The authority may use this plan when it decides about top-up funding")
    names_read = Tick("The places listed above name no pupil, or may stay as they are")


@pages.get("/draft")
@permit(Permission.REVIEW)
def draft(year: int) -> ResponseReturnValue:
    """The plan as it would be submitted today, as the authority would read it."""
    plan = draft_plan(db(), review_or_404(year), bank(), today())
    return render_template(
        "submission/read.html", plan=plan, sections=sections(plan), year=AcademicYear(year), number=0, at=here()
    )


@pages.get("/draft.pdf")
@permit(Permission.REVIEW)
def draft_pdf(year: int) -> ResponseReturnValue:
    """The same as a PDF, marked as a draft."""
    plan = draft_plan(db(), review_or_404(year), bank(), today())
    return pdf_answer(plan_pdf(plan), plan)


@pages.route("/submit", methods=["GET", "POST"])
@permit(Permission.LEAD)
def submit(year: int) -> ResponseReturnValue:
    """The last look: what is open, where a pupil might be named, who signs."""
    review = review_or_404(year)
    hits = search(texts_of(db(), review, bank()), *written_names(db(), review.school_id))
    form = SubmitForm(head_name=me().name, head_on=today())
    if form.validate_on_submit() and _fits(form, hits):
        number = _submit(year, form)
        if number is not None:
            return redirect(url_for(".done", year=year, number=number))
        form.form_errors.append(
            "A colleague submitted this plan a moment ago. Read theirs before you submit another version."
        )
    shown = {
        "form": form,
        "hits": hits,
        "left": left_before_submitting(review),
        "at": here(),
        "year": AcademicYear(year),
    }
    return render_template("submission/submit.html", **shown), 400 if form.errors or form.form_errors else 200


def _fits(form: SubmitForm, hits: list[Hit]) -> bool:
    if hits and not form.names_read.data:
        form.names_read.errors = ["Look at each place where a pupil might be named, change it or tick that it may stay"]
    if form.governor_name.data and form.governor_on.data is None:
        form.governor_on.wrong = "day"
        form.governor_on.errors = ["Enter the day of the governors' meeting"]
    return not form.errors


def _submit(year: int, form: SubmitForm) -> int | None:
    """The number of the new version, or None when somebody else took it a moment before."""
    by = now_by()
    end()  # drawing takes a second or two, in which others can save
    with reading() as db_read:
        review = review_of(db_read, here().school.id, year)
        assert review is not None
        number = next_number(db_read, review)
        plan = draft_plan(
            db_read, review, bank(), by.at.date(), number=number, signed=_signed(form, by.at.date()),
            may_inform_top_up=form.may_inform_top_up.data,
        )  # fmt: skip
    pdf = plan_pdf(plan)
    try:
        submit_plan(db(), review_or_404(year), by, number=number, plan_format=FORMAT, plan=to_json(plan), pdf=pdf)
        db().commit()
    except IntegrityError:
        db().rollback()
        return None
    return number


def _signed(form: SubmitForm, today: dt.date) -> tuple[SignOff, ...]:
    head = SignOff(form.head_name.data, form.head_role.data, form.head_on.data or today)
    if not (form.governor_name.data and form.governor_on.data):
        return (head,)
    return head, SignOff(form.governor_name.data, "Governor", form.governor_on.data, form.governor_minute.data)


def pdf_answer(pdf: bytes, plan: ActionPlan) -> Response:
    """A PDF to open or keep, with a name that says what it is."""
    name = f"action-plan-{plan.reference.lower()}.pdf"
    return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


def _submitted_or_404(year: int, number: int) -> SubmittedPlanRow:
    if number >= 1 << 31:
        abort(404)
    return submitted_plan(db(), review_or_404(year), number) or abort(404)


@pages.get("/<int:number>/done")
@permit(Permission.LEAD)
def done(year: int, number: int) -> ResponseReturnValue:
    """Confirmation: the reference, what happens next, the PDF, whom to ask."""
    plan = from_json(_submitted_or_404(year, number).plan)
    return render_template("submission/done.html", plan=plan, number=number, year=AcademicYear(year), at=here())


@pages.get("/<int:number>")
@permit(Permission.REVIEW)
def read(year: int, number: int) -> ResponseReturnValue:
    """A submitted version, exactly as it was."""
    plan = from_json(_submitted_or_404(year, number).plan)
    return render_template(
        "submission/read.html", plan=plan, sections=sections(plan), number=number, year=AcademicYear(year), at=here()
    )


@pages.get("/<int:number>.pdf")
@permit(Permission.REVIEW)
def pdf(year: int, number: int) -> ResponseReturnValue:
    """The PDF that was made when it was submitted."""
    row = _submitted_or_404(year, number)
    return pdf_answer(row.pdf, from_json(row.plan))
