"""The end of a year: what turning it would do, the next year's draft beside this year, and confirming or undoing it."""

import hashlib

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from vfm.costing.calendar import AcademicYear
from vfm.store.reviews import names_of
from vfm.store.year_end import DRAFT, RollOverRow, confirm, draft_into, make_draft, rolled_over, since_made, undo
from vfm.value.beside import Went, beside, sides_of, totals
from vfm.web.database import db
from vfm.web.drafts import typed_before
from vfm.web.fields import Form, Line
from vfm.web.permissions import Permission, here, permit
from vfm.web.register import ADDRESS, RowForm
from vfm.web.review import review_or_404
from vfm.web.school import now_by
from vfm.web.year_end_lines import lines_of, moving_of, rows_by_key
from vfm.web.year_end_shown import costed_pair, pair_rows
from vfm.web.year_end_typed import Turn, read_turn

pages = Blueprint("year_end", __name__, url_prefix=f"{ADDRESS}/year-end")


class SeenForm(Form):
    """What stood on the page when a person decided; the rows of the page are read from the request."""

    seen = Line("What was seen", longest=64)


@pages.route("/", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def overview(year: int) -> ResponseReturnValue:
    """What turning the year would do, before anything is done; sent, it makes the next year's draft."""
    review_or_404(year)
    row = rolled_over(db(), here().school.id, year)
    if row is not None and request.method == "GET":
        return redirect(url_for(".compare", year=year))
    if row is None and draft_into(db(), here().school.id, year) is not None:
        return _is_a_draft(year)
    moves = moving_of(year)
    lines = lines_of(year, moves)
    form, mark = SeenForm(), _mark(lines, moves)
    turn = read_turn(lines, moves, request.form if form.is_submitted() else typed_before())
    conflict = ""
    if form.validate_on_submit() and not turn.faults:
        conflict = _conflict(row, form, mark)
        if not conflict and _made(year, turn):
            return redirect(url_for(".compare", year=year))
        conflict = conflict or _theirs(rolled_over(db(), here().school.id, year))
    form.seen.data = mark
    status = 409 if conflict else 400 if turn.faults or form.errors else 200
    return render_template(
        "year_end/proposal.html", at=here(), year=AcademicYear(year), after=AcademicYear(year + 1), form=form, moves=moves,
        turn=turn, conflict=conflict, drafted=row is not None,
    ), status  # fmt: skip


def _is_a_draft(year: int) -> ResponseReturnValue:
    """No year is turned whose own map is a draft still, for undoing that would leave the draft after it behind."""
    shown = {"before": AcademicYear(year - 1), "year": AcademicYear(year), "refused": request.method == "POST"}
    return render_template("year_end/is_a_draft.html", at=here(), **shown), 409 if shown["refused"] else 200


def _mark(lines: object, moves: object) -> str:
    """Another one as soon as anything that the page shows is another."""
    return hashlib.sha256(repr((lines, moves)).encode()).hexdigest()


def _conflict(row: RollOverRow | None, form: SeenForm, mark: str) -> str:
    if row is not None:
        return _theirs(row)
    if form.seen.data != mark:
        return (
            "Something on this page was changed by a colleague after you opened it. Nothing was done. What you chose is kept: "
            "look through it and send it again."
        )
    return ""


def _theirs(row: RollOverRow | None) -> str:
    who = names_of(db(), {row.by_account}).get(row.by_account, "A colleague") if row else "A colleague"
    return f"{who} has made the draft of next year meanwhile. Nothing of what you chose was done; it stands below."


def _made(year: int, turn: Turn) -> bool:
    row = make_draft(
        db(), here().school.id, year, turn.choices(rows_by_key(year)), turn.leavers, turn.stayers, now_by()
    )
    if row is None:
        db().rollback()
        return False
    db().commit()
    after = AcademicYear(year + 1).words
    flash(f"The draft of {after} has been made. Look at it beside this year, then confirm it or undo it.", "success")
    return True


@pages.get("/beside")
@permit(Permission.REVIEW)
def compare(year: int) -> ResponseReturnValue:
    """Both years line by line."""
    review_or_404(year)
    row = rolled_over(db(), here().school.id, year)
    if row is None:
        return redirect(url_for(".overview", year=year))
    return _beside(row)


def _beside(row: RollOverRow, *, conflict: bool = False) -> str:
    went = [
        Went(str(line["old"]), str(line["new"] or ""), line["decision"], line["reason"]) for line in row.made["lines"]
    ]
    before, after = costed_pair(row)
    pairs = beside(sides_of(before), sides_of(after), went)
    return render_template(
        "year_end/beside.html", at=here(), year=AcademicYear(row.year), after=AcademicYear(row.year + 1), row=row,
        rows=pair_rows(pairs, totals(pairs)), draft=row.state == DRAFT, who=names_of(db(), {row.by_account}).get(row.by_account, ""),
        estimated=after.estimated, form=RowForm(formdata=None, version=str(row.version)), conflict=conflict,
        to_change=[line for line in row.made["lines"] if line["decision"] == "change" and line["new"]],
        there=[line["name"] for line in row.made["lines"] if line["decision"] != "stop" and not line["new"]],
    )  # fmt: skip


@pages.post("/confirm")
@permit(Permission.REVIEW)
def confirmed(year: int) -> ResponseReturnValue:
    """Makes the draft next year's map. After that there is no undoing it."""
    review_or_404(year)
    row, form = rolled_over(db(), here().school.id, year), RowForm()
    if row is None:
        return redirect(url_for(".overview", year=year))
    if not form.validate_on_submit() or not confirm(db(), row, form.version_typed, now_by()):
        db().rollback()
        db().expire_all()
        row = rolled_over(db(), here().school.id, year)
        return (_beside(row, conflict=True), 409) if row else redirect(url_for(".overview", year=year))
    db().commit()
    flash(f"{AcademicYear(year + 1).words}: the draft is now the year’s map", "success")
    return redirect(url_for("provision-map.overview", year=year + 1))


@pages.route("/undo", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def undone(year: int) -> ResponseReturnValue:
    """Says what undoing would take back, what people have changed since, and takes it back."""
    review_or_404(year)
    row, form = rolled_over(db(), here().school.id, year), SeenForm()
    if row is None or row.state != DRAFT:
        flash("There is no draft to undo" if row is None else "The draft has been confirmed: it stays", "notice")
        return redirect(url_for(".overview", year=year))
    conflict = False
    if form.validate_on_submit():
        if _undone(row, form.seen.data or ""):
            flash(f"The draft of {AcademicYear(year + 1).words} has been undone", "success")
            return redirect(url_for(".overview", year=year))
        db().rollback()
        db().expire_all()
        row, conflict = rolled_over(db(), here().school.id, year), True
        if row is None or row.state != DRAFT:
            flash("A colleague was first: there is no draft to undo any more", "notice")
            return redirect(url_for(".overview", year=year))
    if after := rolled_over(db(), here().school.id, year + 1):
        return _rests(after, refused=conflict)
    since = since_made(db(), row)
    form.seen.data = since.mark
    return render_template(
        "year_end/undo.html", at=here(), year=AcademicYear(year), after=AcademicYear(year + 1), row=row, since=since, form=form,
        conflict=conflict, made=[line for line in row.made["lines"] if line["new"]],
    ), 409 if conflict else 200  # fmt: skip


def _undone(row: RollOverRow, mark: str) -> bool:
    try:
        if not undo(db(), row, mark, now_by()):
            return False
        db().commit()
    except IntegrityError:  # somebody wrote down a view of one of its lines at this very moment
        return False
    return True


def _rests(after: RollOverRow, *, refused: bool) -> ResponseReturnValue:
    """What the year after has been made of is not taken away under it."""
    shown = {
        "year": AcademicYear(after.year - 1),
        "middle": AcademicYear(after.year),
        "last": AcademicYear(after.year + 1),
    }
    page = render_template("year_end/rests.html", at=here(), draft=after.state == DRAFT, refused=refused, **shown)
    return page, 409 if refused else 200
