"""A review's own pages: the task list, each stage, its answers to check, and what was asked of whom."""

from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from vfm.answers import Answer, Progress, applying, progress
from vfm.costing.calendar import AcademicYear
from vfm.documents.plan import chart_parts
from vfm.plan.shown import explained
from vfm.questions.bank import Question, QuestionSet
from vfm.questions.school import School
from vfm.stages import charts_of, figures_of
from vfm.store.bridging import BridgeEntryRow, TimeNotTiedRow
from vfm.store.calendar import calendar_row
from vfm.store.cases import case_of
from vfm.store.funds import IncomeRow, LedgerRow
from vfm.store.places import profile_of
from vfm.store.plans import submitted_plans
from vfm.store.programmes import ProgrammeRow
from vfm.store.provision import InterventionRow
from vfm.store.pupils import CountsRow, PupilRow
from vfm.store.reviews import (
    ReviewRow,
    answers_of,
    as_answers,
    comments_on,
    names_of,
    review_of,
    set_stage_done,
    stages_done,
)
from vfm.store.rows import RegisterRow, count_rows, rows_of
from vfm.store.staff import StaffRoleRow, StaffRow
from vfm.store.year_end import DRAFT, rolled_over
from vfm.value.year_end import nearly_over
from vfm.web.bank import bank, stage_or_404
from vfm.web.database import db
from vfm.web.leads import address_of
from vfm.web.permissions import Permission, here, me, permit
from vfm.web.school import now_by, today

pages = Blueprint("review", __name__, url_prefix="/school/<school>/<int:year>")


@dataclass(frozen=True, slots=True)
class StageState:
    """How far one stage has come, for the task list."""

    stage: QuestionSet
    number: int
    progress: Progress
    done: bool

    @property
    def status(self) -> str:
        if self.done:
            return "Completed"
        return "In progress" if self.progress.answered + self.progress.not_applicable else "Not started"


def review_or_404(year: int) -> ReviewRow:
    """The school's review of this year, or a 404."""
    return review_of(db(), here().school.id, year) or abort(404)


def left_before_submitting(review: ReviewRow) -> list[tuple[str, str]]:
    """What is still open before the plan can be called whole, each with the page on which it is closed."""
    school = here().school
    states = stage_states(review, profile_of(school), as_answers(db(), answers_of(db(), review)))
    left = []
    for state in states:
        address = url_for("review.stage", year=review.year, stage=state.stage.slug)
        open_ = state.progress.not_answered
        if open_:
            left.append(
                (f"{state.stage.title}: {open_} {'question' if open_ == 1 else 'questions'} not answered", address)
            )
        elif not state.done:
            left.append((f"{state.stage.title}: not marked as completed", address))
    if review.senco_budget is None or review.office_budget is None:
        left.append(
            ("The SEN budget as the SENCO and the office each know it", url_for("quick.budget", year=review.year))
        )
    if not rows_of(db(), InterventionRow, school.id, year=review.year):
        left.append(("The provision map: no intervention entered", url_for("provision-map.overview", year=review.year)))
    return left


def stage_states(review: ReviewRow, school: School, answers: dict[str, Answer]) -> list[StageState]:
    """Every stage with its counts."""
    done = stages_done(db(), review)
    return [
        StageState(stage, number, progress(stage.questions, school, answers), stage.slug in done)
        for number, stage in enumerate(bank().sets, start=1)
    ]


@pages.get("/")
@permit(Permission.REVIEW)
def task_list(year: int) -> ResponseReturnValue:
    """Home: the seven stages, in any order."""
    review = review_or_404(year)
    answers = as_answers(db(), answers_of(db(), review))
    states = stage_states(review, profile_of(here().school), answers)
    waiting = [row for row in comments_on(db(), review) if row.asked_of == me().id and not row.resolved_at]
    return render_template(
        "review/task_list.html",
        at=here(),
        year=AcademicYear(year),
        states=states,
        waiting=len(waiting),
        entered=entered(review),
        submitted=submitted_plans(db(), review),
        left=left_before_submitting(review),
        turn=_turn_words(review),
        over=nearly_over(AcademicYear(year), today()),
    )


def _turn_words(review: ReviewRow) -> str:
    """How far the turn into the next year has come; empty where it has not begun."""
    row = rolled_over(db(), review.school_id, review.year)
    return "" if row is None else "Draft made" if row.state == DRAFT else "Confirmed"


ENTERED: tuple[tuple[str, type[RegisterRow], str, bool], ...] = (
    ("income", IncomeRow, "Income register", False),
    ("ledger", LedgerRow, "Ledger lines", True),
    ("time", TimeNotTiedRow, "Time not on the map", True),
    ("bridge-lines", BridgeEntryRow, "Bridge lines", True),
    ("roles", StaffRoleRow, "Staff roles and rates", False),
    ("staff", StaffRow, "Staff", False),
    ("pupils", PupilRow, "Pupils", False),
    ("programmes", ProgrammeRow, "Programmes", False),
    ("provision-map", InterventionRow, "Provision map", True),
)


def entered(review: ReviewRow) -> list[tuple[str, str, str]]:
    """Each register: its title, its address, and how far it is in words; no words where nothing was entered."""
    counts = [
        (words, name, count_rows(db(), table, review.school_id, **({"year": review.year} if yearly else {})))
        for name, table, words, yearly in ENTERED
    ]
    listed = [
        (words, url_for(f"{name}.overview", year=review.year), f"{number} entered" if number else "")
        for words, name, number in counts
    ]
    typed = count_rows(db(), CountsRow, review.school_id, review_id=review.id)
    return [
        *listed,
        ("Numbers of pupils", url_for("quick.counts", year=review.year), "Entered" if typed else ""),
        ("Calendar", url_for("calendar.overview", year=review.year), _calendar_state(review)),
    ]


def _calendar_state(review: ReviewRow) -> str:
    row = calendar_row(db(), review.school_id, AcademicYear(review.year))
    return "" if row is None else "Confirmed" if row.confirmed_at else "Not confirmed yet"


@pages.get("/asked")
@permit(Permission.TAKE_PART)
def asked(year: int) -> ResponseReturnValue:
    """What colleagues have asked of the person who is signed in."""
    review = review_or_404(year)
    rows = answers_of(db(), review)
    handed = {key for key, row in rows.items() if row.assigned_to == me().id}
    requests = [row for row in comments_on(db(), review) if row.asked_of == me().id and not row.resolved_at]
    wanted = handed | {row.subject for row in requests}
    names = names_of(db(), {row.account_id for row in requests})
    questions = [(bank().stage_of(question.id), question) for question in bank() if question.id in wanted]
    return render_template(
        "review/asked.html", at=here(), year=AcademicYear(year), questions=questions, rows=rows,
        requests=requests, names=names, figures=[s for s in bank().sets if f"figures:{s.slug}" in wanted],
    )  # fmt: skip


@pages.get("/print")
@permit(Permission.TAKE_PART)
def question_set(year: int) -> ResponseReturnValue:
    """Every question that applies, with descriptors and room to write, for a meeting."""
    profile = profile_of(here().school)
    sets = [(stage, applying(stage.questions, profile)) for stage in bank().sets]
    return render_template("review/print.html", at=here(), year=AcademicYear(year), sets=sets, bank=bank())


@pages.get("/<stage>/")
@permit(Permission.REVIEW)
def stage(year: int, stage: str) -> ResponseReturnValue:
    """One stage: its questions, who has them, and how far it has come."""
    found = stage_or_404(stage)
    review = review_or_404(year)
    profile = profile_of(here().school)
    answers = as_answers(db(), answers_of(db(), review))
    state = next(state for state in stage_states(review, profile, answers) if state.stage.slug == stage)
    case = case_of(db(), review, bank(), leadership=here().leads)
    figures = [explained(each) for each in figures_of(case, stage)]
    return render_template(
        "review/stage.html", figures=figures, address_of=address_of, charts=chart_parts(charts_of(case, stage)), review=review, at=here(), year=AcademicYear(year), state=state,
        questions=applying(found.questions, profile), answers=answers, bank=bank(), profile=profile,
    )  # fmt: skip


@pages.get("/<stage>/check")
@permit(Permission.REVIEW)
def check(year: int, stage: str) -> ResponseReturnValue:
    """The stage's answers to check. The person decides when it is complete."""
    found = stage_or_404(stage)
    review = review_or_404(year)
    profile = profile_of(here().school)
    answers = as_answers(db(), answers_of(db(), review))
    state = next(state for state in stage_states(review, profile, answers) if state.stage.slug == stage)
    rows: list[tuple[Question, Answer | None]] = [(q, answers.get(q.id)) for q in applying(found.questions, profile)]
    return render_template("review/check.html", at=here(), year=AcademicYear(year), state=state, rows=rows, bank=bank())


@pages.post("/<stage>/<any(complete,reopen):what>")
@permit(Permission.REVIEW)
def stage_done(year: int, stage: str, what: str) -> ResponseReturnValue:
    """Marks a stage as complete, or opens it again."""
    found = stage_or_404(stage)
    set_stage_done(db(), review_or_404(year), stage, what == "complete", now_by())
    db().commit()
    flash(f"{found.title}: {'completed' if what == 'complete' else 'opened again'}", "success")
    return redirect(url_for(".task_list", year=year))
