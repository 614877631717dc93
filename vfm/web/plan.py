"""The action plan: written from answers and figures, edited by people, and written again without losing their edits."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear
from vfm.documents.rows import Cell, Sheet
from vfm.plan.action_plan import Action
from vfm.plan.proposals import FOLLOWED, MANY, PRIORITY_WORDS, TOP, Priority, Proposal, by_priority, proposals, rewrite
from vfm.questions.bank import OWNERS
from vfm.stages import findings_of
from vfm.store.cases import case_of
from vfm.store.gathering import REACH_WORDS, STATUS_WORDS, actions_as_shown
from vfm.store.plans import ActionRow, actions_of, apply_rewrite, arrange, kept_actions, submitted_plans
from vfm.store.reviews import ReviewRow
from vfm.store.rows import change_row
from vfm.web.bank import bank
from vfm.web.database import db
from vfm.web.fields import Day, Form, Line, Menu, Options, Pounds, Prose
from vfm.web.leads import address_of
from vfm.web.permissions import Permission, here, permit
from vfm.web.quick_questions import on_the_way
from vfm.web.register import Column, Register, RowForm
from vfm.web.review import left_before_submitting, review_or_404
from vfm.web.school import now_by, today


class ActionForm(RowForm):
    """One action."""

    text = Prose("Action", rows=3, longest=1_000, missing="Say what will be done")
    owner = Line("Owner", description="A role, such as SENCO", missing="Say who owns it")
    priority = Options("Priority", PRIORITY_WORDS.items(), missing="Choose a priority")
    starts = Day("Start")
    due = Day("Due", missing="Say by when")
    cost = Pounds("What it costs")
    funding = Line("Paid from")
    success = Prose("How will you know it has worked?", rows=2, longest=1_000)
    checked_how = Prose("How will that be checked?", rows=2, longest=1_000)
    barrier = Prose("Which barrier to learning does it address?", rows=2, longest=1_000)
    reach = Options("Whom does it reach?", REACH_WORDS.items())
    outcome = Prose("Outcome for pupils", rows=2, longest=1_000)
    support_wanted = Line(
        "Support wanted from",
        description="For example, the authority's specialist teachers, another school, health, the trust",
    )
    status = Menu("Status", STATUS_WORDS.items(), missing="Choose the status")
    progress = Prose("Progress notes", rows=3, longest=2_000)


class Plan(Register):
    name, one, heading = "plan", "action", "Action plan"
    why = "What will be done, by whom and by when: written from your answers and figures, and yours to change."
    table, form = ActionRow, ActionForm
    list_template = "plan/plan.html"
    form_template = "plan/action.html"

    def where(self, year: int) -> dict[str, Any]:
        return {"review_id": review_or_404(year).id}

    def rows(self, year: int) -> Sequence[Any]:
        return actions_of(db(), review_or_404(year))

    def columns(self, year: int) -> Sequence[Column]:
        return ()

    def sheets(self, year: int) -> Sequence[Sheet]:
        review = review_or_404(year)
        shown = actions_as_shown(db(), review, case_of(db(), review, bank()))
        costs = [row.cost for row in actions_of(db(), review)]
        return (Sheet(self.heading, OUT, tuple(_out(action, cost) for action, cost in zip(shown, costs, strict=True))),)

    def title_of(self, row: Any) -> str:
        return str(row.text)

    def extra(self, rows: Sequence[Any], year: int) -> dict[str, Any]:
        review = review_or_404(year)
        proposed = proposed_for(review)
        return {
            "sources": {each.key: each for each in proposed},
            "what": rewrite(kept_actions(db(), review), proposed),
            "left_out": actions_of(db(), review, "left-out"),
            "left": left_before_submitting(review),
            "submitted": submitted_plans(db(), review),
            "top": TOP, "many": MANY, "priority_words": PRIORITY_WORDS, "status_words": STATUS_WORDS, "address_of": address_of,
        }  # fmt: skip

    def prepare(self, form: Any, year: int, row: Any) -> None:
        form.status.offer(STATUS_WORDS.items())
        if row is None and not form.is_submitted():
            form.status.data, form.priority.data = "not-started", Priority.MEDIUM.value

    def check(self, form: Any, year: int, row: Any) -> None:
        if form.starts.data and form.due.data and form.due.data < form.starts.data:
            form.due.errors = ["The day it is due must not be before the start"]

    def about(self, row: Any, year: int) -> dict[str, Any]:
        sources = {each.key: each for each in proposed_for(review_or_404(year))} if row else {}
        return {"proposal": sources.get(row.key) if row else None, "owners": OWNERS, "address_of": address_of}

    def created(self, year: int) -> dict[str, Any]:
        review = review_or_404(year)
        return {
            "key": f"own:{now_by().at.timestamp():.6f}",
            "state": "open",
            "written": {},
            "place": len(actions_of(db(), review)) + 1,
        }

    def remove(self, row: Any) -> None:
        """An action is left out rather than forgotten, so that writing the plan again does not bring it back."""
        change_row(
            db(),
            row,
            row.version,
            now_by(),
            f"action {row.key}",
            state="gone" if row.key.startswith("own:") else "left-out",
        )


OUT = (
    "Number", "Action", "What it came from", "Owner", "Priority", "Status", "Start", "Due", "What it costs", "Paid from",
    "How you will know", "How it is checked", "Barrier to learning", "Whom it reaches", "Outcome for pupils",
    "Support wanted from", "Progress notes",
)  # fmt: skip


def _out(action: Action, cost: Decimal | None) -> tuple[Cell, ...]:
    """An action as a row of a file, under the headings of OUT."""
    return (
        action.number, action.text, action.source_title, action.owner, action.priority, action.status, action.starts,
        action.due, cost, action.funding, action.success, action.checked_how, action.barrier, action.reach, action.outcome,
        action.support_wanted, action.progress,
    )  # fmt: skip


def proposed_for(review: ReviewRow) -> list[Proposal]:
    """What the answers and figures now call for."""
    case = case_of(db(), review, bank())
    return proposals(bank(), case.school, case.answers, findings_of(case), today())


pages = Plan().pages()


class AgreeForm(Form):
    """Agreement to what writing the plan again would do; the ticks are read from the request."""


@pages.route("/write", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def write(year: int) -> ResponseReturnValue:
    """Shows what would be added, changed and dropped, and asks."""
    review = review_or_404(year)
    what = rewrite(kept_actions(db(), review), proposed_for(review))
    rows = {row.key: row for state in ("open", "gone", "left-out") for row in actions_of(db(), review, state)}
    form = AgreeForm()
    if form.validate_on_submit():
        apply_rewrite(db(), review, what, set(request.form.getlist("drop")), now_by())
        db().commit()
        flash("The plan has been written", "success")
        return redirect(url_for("quick.plan" if on_the_way() else ".overview", year=year))
    shown = {"what": what, "rows": rows, "form": form, "followed": FOLLOWED, "priority_words": PRIORITY_WORDS}
    shown |= {"quick": on_the_way(), "counted": by_priority(each.priority for each in what.added)}
    return render_template("plan/write.html", at=here(), year=AcademicYear(year), **shown), 400 if form.errors else 200


def _action_or_404(review: ReviewRow, row: int) -> ActionRow:
    every = [each for state in ("open", "left-out") for each in actions_of(db(), review, state)]
    return next((each for each in every if each.id == row), None) or abort(404)


@pages.post("/<int:row>/<any(up,down):way>")
@permit(Permission.REVIEW)
def move(year: int, row: int, way: str) -> ResponseReturnValue:
    """Moves an action one place up or down."""
    review = review_or_404(year)
    rows = actions_of(db(), review)
    here_ = next((place for place, each in enumerate(rows) if each.id == row), None)
    if here_ is None:
        abort(404)
    there = here_ + (-1 if way == "up" else 1)
    if 0 <= there < len(rows):
        rows[here_], rows[there] = rows[there], rows[here_]
        arrange(db(), review, rows, now_by())
        db().commit()
    return redirect(url_for(".overview", year=year, _anchor=f"row-{row}"))


@pages.post("/<int:row>/back")
@permit(Permission.REVIEW)
def back(year: int, row: int) -> ResponseReturnValue:
    """Takes an action that was left out into the plan again."""
    found = _action_or_404(review_or_404(year), row)
    change_row(db(), found, found.version, now_by(), f"action {found.key}", state="open")
    db().commit()
    return redirect(url_for(".overview", year=year, _anchor=f"row-{row}"))
