"""Asking a colleague about the figures of a stage, and the talk that follows."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear
from vfm.store.accounts import Role, people_of
from vfm.store.reviews import CommentRow, add_comment, comments_on, names_of, resolve_comment
from vfm.web.bank import stage_or_404
from vfm.web.database import db
from vfm.web.fields import Form, Menu, Prose
from vfm.web.permissions import Permission, here, me, permit
from vfm.web.question import RemarkForm
from vfm.web.review import review_or_404
from vfm.web.school import now_by

pages = Blueprint("figures", __name__, url_prefix="/school/<school>/<int:year>/<stage>/figures")


class AskForm(Form):
    """A question to a colleague about figures."""

    colleague = Menu("Who do you want to ask?", missing="Choose a colleague")
    message = Prose("What do you want to know?", rows=3, longest=1_000, missing="Write what you want to know")


def subject_of(stage: str) -> str:
    """Under which the remarks on a stage's figures are kept."""
    return f"figures:{stage}"


@pages.route("/ask", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def ask(year: int, stage: str) -> ResponseReturnValue:
    """Ask a colleague: one question, one link, by name."""
    found, review = stage_or_404(stage), review_or_404(year)
    form = AskForm()
    people = [(account, role) for account, role in people_of(db(), review.school_id) if account.id != me().id]
    form.colleague.offer((str(account.id), f"{account.name}, {role.words}") for account, role in people)
    if form.validate_on_submit():
        add_comment(db(), review, subject_of(stage), form.message.data, now_by(), asked_of=int(form.colleague.data))
        db().commit()
        flash("Your colleague will see this when they sign in", "success")
        return redirect(url_for(".talk", year=year, stage=stage))
    shown = {"form": form, "people": people, "stage": found, "year": AcademicYear(year), "at": here()}
    return render_template("figures/ask.html", **shown), 400 if form.errors else 200


def _remarks(year: int, stage: str) -> list[CommentRow]:
    """The remarks on a stage's figures; a contributor who was not asked is refused."""
    stage_or_404(stage)
    remarks = comments_on(db(), review_or_404(year), subject_of(stage))
    if here().role not in (Role.LEADERSHIP, Role.SENCO) and not any(row.asked_of == me().id for row in remarks):
        abort(403)
    return remarks


@pages.route("/talk", methods=["GET", "POST"])
@permit(Permission.TAKE_PART)
def talk(year: int, stage: str) -> ResponseReturnValue:
    """What was asked and answered about the figures of a stage."""
    remarks = _remarks(year, stage)
    form = RemarkForm()
    if form.validate_on_submit():
        add_comment(db(), review_or_404(year), subject_of(stage), form.message.data, now_by())
        db().commit()
        return redirect(url_for(".talk", year=year, stage=stage))
    names = names_of(db(), {i for row in remarks for i in (row.account_id, row.asked_of) if i})
    shown = {"form": form, "remarks": remarks, "names": names, "stage": stage_or_404(stage), "year": AcademicYear(year)}
    return render_template("figures/talk.html", at=here(), **shown), 400 if form.errors else 200


@pages.post("/talk/<int:remark_id>/resolve")
@permit(Permission.TAKE_PART)
def resolve(year: int, stage: str, remark_id: int) -> ResponseReturnValue:
    """Marks a remark as dealt with."""
    if not any(row.id == remark_id for row in _remarks(year, stage)):
        abort(404)
    resolve_comment(db(), review_or_404(year), remark_id, now_by())
    db().commit()
    return redirect(url_for(".talk", year=year, stage=stage))
