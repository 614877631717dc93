"""One route serves every question: to answer it, to hand it to a colleague, to talk about it."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vfm.answers import BASIS_WORDS, CHOICE_WORDS, Choice, applying
from vfm.costing.calendar import AcademicYear
from vfm.plan.shown import shown
from vfm.questions.bank import Question
from vfm.stages import figures_of
from vfm.store.accounts import Role, people_of
from vfm.store.cases import case_of
from vfm.store.places import profile_of
from vfm.store.reviews import (
    AnswerRow,
    ReviewRow,
    add_comment,
    answers_of,
    assign,
    comments_on,
    names_of,
    resolve_comment,
    review_of,
    save_answer,
)
from vfm.web.bank import all_papers, bank, question_or_404, stage_or_404
from vfm.web.database import db
from vfm.web.drafts import stands_on, typed_before
from vfm.web.fields import Form, Line, Menu, Options, Prose, Tick
from vfm.web.permissions import Permission, here, me, permit
from vfm.web.quick_questions import step_at
from vfm.web.review import review_or_404
from vfm.web.school import now_by

pages = Blueprint("question", __name__, url_prefix="/school/<school>/<int:year>/<stage>/<question>")
NOT_NOW = "not-now"


class AnswerForm(Form):
    """The answer to any question."""

    choice = Options("Your answer")
    reason = Prose(
        "If it does not apply, why not?", rows=2, longest=1_000,
        description="Only needed if you chose Not applicable",
    )  # fmt: skip
    note = Prose("Note", description="What is behind the answer, in your own words. Leave pupils' names out.")
    evidence = Prose(
        "Where is the evidence?", rows=2, longest=1_000,
        description="Say where it is kept. Nothing is uploaded.",
    )  # fmt: skip
    basis = Options("How do you know?", BASIS_WORDS.items())
    agreed = Tick("This answer is agreed", description="Leave it open while it is a draft")
    version = Line("Version")


class AskForm(Form):
    """A question to a colleague."""

    colleague = Menu("Who do you want to ask?", missing="Choose a colleague")
    message = Prose("What do you want to know?", rows=3, longest=1_000, missing="Write what you want to know")
    hand_over = Tick(
        "Hand this question over to them", description="It is then theirs to answer; you can still change it"
    )


class RemarkForm(Form):
    """A remark that others see."""

    message = Prose("Add a remark", rows=3, longest=1_000, missing="Write your remark first")


def _may_open(review: ReviewRow, question: Question) -> bool:
    """Leadership and SENCO open every question; others what they were asked."""
    if here().role in (Role.LEADERSHIP, Role.SENCO):
        return True
    row = answers_of(db(), review).get(question.id)
    asked = any(remark.asked_of == me().id for remark in comments_on(db(), review, question.id))
    return asked or (row is not None and row.assigned_to == me().id)


def _open(year: int, stage: str, identity: str) -> tuple[ReviewRow, Question]:
    question = question_or_404(stage, identity)
    review = review_or_404(year)
    if not question.applies_to(profile_of(here().school)):
        abort(404)
    if not _may_open(review, question):
        abort(403)
    return review, question


def _form_for(question: Question, row: AnswerRow | None, last: AnswerRow | None, **more: Any) -> AnswerForm:
    start = last if last is not None and request.args.get("start") == "last-year" and row is None else row
    shown: dict[str, Any] = {"version": str(row.version if row else 0)}
    if start is not None:
        names = ("choice", "note", "evidence", "basis", "reason", "agreed")
        shown |= {name: getattr(start, name) for name in names}
    form = AnswerForm(**shown, **more)
    hints = {Choice.YES: question.yes, Choice.IN_PART: question.in_part, Choice.NO: question.no}
    form.choice.offer((choice.value, words, hints.get(choice, "")) for choice, words in CHOICE_WORDS.items())
    return form


def _answer_and_last(review: ReviewRow, question: str) -> tuple[AnswerRow | None, AnswerRow | None]:
    """This year's answer and last year's."""
    before = review_of(db(), review.school_id, review.year - 1)
    return answers_of(db(), review).get(question), answers_of(db(), before).get(question) if before else None


@pages.route("", methods=["GET", "POST"])
@permit(Permission.TAKE_PART)
def answer(year: int, stage: str, question: str) -> ResponseReturnValue:
    """The question's page."""
    review, asked = _open(year, stage, question)
    row, last = _answer_and_last(review, question)
    form = _form_for(asked, row, last)
    if form.validate_on_submit() and _reason_given(form):
        if _save(review, question, form):
            db().commit()
            return redirect(_onwards(year, stage, question))
        db().rollback()
        db().expire_all()
        row = answers_of(db(), review).get(question)
        return _page(form, asked, review, row, last, conflict=True), 409
    return _page(form, asked, review, row, last), 400 if form.errors else 200


def _reason_given(form: AnswerForm) -> bool:
    if form.choice.data == Choice.NOT_APPLICABLE and not form.reason.data:
        form.reason.errors = ["Say why it does not apply to your school"]
    return not form.errors


def _save(review: ReviewRow, question: str, form: AnswerForm) -> bool:
    version = form.version.data
    return save_answer(
        db(), review, question, int(version) if version.isascii() and version.isdigit() and len(version) < 10 else -1,
        now_by(), choice=form.choice.data or None, note=form.note.data, evidence=form.evidence.data,
        basis=form.basis.data or None, reason=form.reason.data, agreed=form.agreed.data,
    )  # fmt: skip


def _onwards(year: int, stage: str, question: str) -> str:
    """Back to where the person came from, or on to the next question that applies."""
    step = step_at(year, question)
    if here().role not in (Role.LEADERSHIP, Role.SENCO):
        return url_for("review.asked", year=year)
    if "later" in request.form:
        return url_for("quick.steps" if step else "review.task_list", year=year)
    if step:
        return step.onwards
    if request.args.get("from") == "check":
        return url_for("review.check", year=year, stage=stage, _anchor=question)
    return _skip_to(year, stage, question) or url_for("review.check", year=year, stage=stage)


def _skip_to(year: int, stage: str, question: str) -> str:
    """Where "Skip for now" leads: the next question of the way on which the person is; nothing after a stage's last."""
    step, following = step_at(year, question), _next_in_stage(stage, question)
    if step:
        return step.onwards
    return url_for(".answer", year=year, stage=stage, question=following.id) if following else ""


def _came_from() -> dict[str, Any]:
    """What the addresses that lead away from a question carry, so that the person comes back to the same way."""
    where = request.args.get("from", "")
    return {"from": where} if where in ("quick", "check") else {}


def _next_in_stage(stage: str, question: str) -> Question | None:
    """The question after this one among those that apply."""
    asked = applying(stage_or_404(stage).questions, profile_of(here().school))
    place = [each.id for each in asked].index(question)
    return asked[place + 1] if place + 1 < len(asked) else None


def _figures(review: ReviewRow, stage: str) -> list[Any]:
    """The figures that bear on a question: those of its stage."""
    if here().role not in (Role.LEADERSHIP, Role.SENCO):
        return []
    return [shown(each) for each in figures_of(case_of(db(), review, bank(), leadership=here().leads), stage)]


def _page(
    form: AnswerForm, question: Question, review: ReviewRow, row: AnswerRow | None, last: AnswerRow | None,
    conflict: bool = False, remark: RemarkForm | None = None,
) -> str:  # fmt: skip
    remarks = comments_on(db(), review, question.id)
    people = {i for remark in remarks for i in (remark.account_id, remark.asked_of) if i}
    people |= {i for found in (row, last) if found for i in (found.answered_by, found.assigned_to) if i}
    stage = bank().stage_of(question.id)
    at: dict[str, Any] = {"year": review.year, "stage": stage.slug, "question": question.id}
    step = step_at(review.year, question.id)
    return render_template(
        "question/quick.html" if step else "question/question.html", form=form, question=question, number=bank().number(question.id), stage=stage,
        at=here(), year=AcademicYear(review.year), row=row, last=last, remarks=remarks, names=names_of(db(), people),
        paper=all_papers()[question.paper], conflict=conflict, words=CHOICE_WORDS, skip_to=_skip_to(**at),
        strength=question.strength_for(profile_of(here().school)), remark_form=remark or _remark_form(**at),
        step=step, came_from=_came_from(), figures=_figures(review, stage.slug),
    )  # fmt: skip


def _remark_form(year: int, stage: str, question: str) -> RemarkForm:
    """The remark's own form, with what was typed into it before a session ran out."""
    return RemarkForm(formdata=typed_before(url_for(".remark", year=year, stage=stage, question=question)))


@pages.route("/ask", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def ask(year: int, stage: str, question: str) -> ResponseReturnValue:
    """Ask a colleague: one question, one link, by name."""
    review, asked = _open(year, stage, question)
    form = AskForm()
    people = [(account, role) for account, role in people_of(db(), review.school_id) if account.id != me().id]
    form.colleague.offer((str(account.id), f"{account.name}, {role.words}") for account, role in people)
    if form.validate_on_submit():
        by = now_by()
        add_comment(db(), review, question, form.message.data, by, asked_of=int(form.colleague.data))
        if form.hand_over.data:
            assign(db(), review, question, int(form.colleague.data), by)
        db().commit()
        flash(
            "Your colleague will see this when they sign in. The link to the question is the address of this page.",
            "success",
        )
        return redirect(url_for(".answer", year=year, stage=stage, question=question, **_came_from()))
    shown = {"question": asked, "number": bank().number(question), "year": AcademicYear(year), "stage": stage}
    shown["came_from"] = _came_from()
    return render_template(
        "question/ask.html", form=form, at=here(), people=people, **shown
    ), 400 if form.errors else 200


@pages.post("/remark")
@permit(Permission.TAKE_PART)
@stands_on("question.answer")
def remark(year: int, stage: str, question: str) -> ResponseReturnValue:
    """Adds a remark to the discussion of a question."""
    review, asked = _open(year, stage, question)
    form = RemarkForm()
    if not form.validate_on_submit():
        row, last = _answer_and_last(review, question)
        return _page(_form_for(asked, row, last, formdata=None), asked, review, row, last, remark=form), 400
    add_comment(db(), review, question, form.message.data, now_by())
    db().commit()
    return redirect(url_for(".answer", year=year, stage=stage, question=question, _anchor="remarks", **_came_from()))


@pages.post("/remark/<int:remark_id>/resolve")
@permit(Permission.TAKE_PART)
def resolve(year: int, stage: str, question: str, remark_id: int) -> ResponseReturnValue:
    """Marks a remark as dealt with."""
    review, _asked = _open(year, stage, question)
    if not any(row.id == remark_id for row in comments_on(db(), review, question)):
        abort(404)
    resolve_comment(db(), review, remark_id, now_by())
    db().commit()
    return redirect(url_for(".answer", year=year, stage=stage, question=question, _anchor="remarks", **_came_from()))
