"""One intervention: what it costs and why, what else it costs, who takes part, who pays, and its review."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear
from vfm.store.cases import case_of
from vfm.store.provision import CostRow, FundingRow, InterventionRow, TakesPartRow
from vfm.store.pupils import PupilRow
from vfm.store.rows import add_row, change_row, remove_row, row_of, rows_of
from vfm.web.bank import bank
from vfm.web.database import db
from vfm.web.fields import Day, Form, Line, Menu, Number, Options, Pounds, Prose
from vfm.web.income import CONFIRMED
from vfm.web.layout import day, money
from vfm.web.permissions import Permission, here, permit
from vfm.web.provision_map import BASIS_WORDS, TIER_WORDS
from vfm.web.pupils import STATUS_WORDS, YEAR_WORDS
from vfm.web.register import ADDRESS, Column, Register, RowForm
from vfm.web.review import review_or_404
from vfm.web.school import now_by

pages = Blueprint("intervention", __name__, url_prefix=f"{ADDRESS}/provision-map/<int:intervention>")
COST_WORDS = {
    "consumables": "Consumables",
    "fees": "Fees",
    "servicing": "Servicing",
    "repair": "Repair",
    "travel": "Travel",
    "invoice": "An agency's invoice, net of recoverable VAT",
    "licence": "Licence: a year's price",
    "equipment": "Equipment",
    "training": "Training: fee, travel and release or cover",
    "cover": "Supply cover that it needs",
}
RESULT_WORDS = {"met": "Outcome met", "partly": "Partly met", "not": "Not met"}
DECISION_WORDS = {"continue": "Continue", "change": "Change", "stop": "Stop"}
FUNDING_ROWS = 4


def intervention_or_404(year: int, identity: int) -> InterventionRow:
    """An intervention of the school's map of this year, or a 404."""
    review_or_404(year)
    if identity >= 1 << 63:
        abort(404)
    return row_of(db(), InterventionRow, here().school.id, identity, year=year) or abort(404)


@pages.get("/costed")
@permit(Permission.REVIEW)
def overview(year: int, intervention: int) -> ResponseReturnValue:
    """What it costs, with its working."""
    row = intervention_or_404(year, intervention)
    case = case_of(db(), review_or_404(year), bank(), leadership=here().leads)
    names = {pupil.id: pupil.name for pupil in rows_of(db(), PupilRow, row.school_id)}
    return render_template(
        "provision/intervention.html", row=row, at=here(), year=AcademicYear(year), names=names,
        costed=case.map.line(row.id), authority=case.authority_map.line(row.id),
        costs=rows_of(db(), CostRow, row.school_id, intervention_id=row.id), cost_words=COST_WORDS,
        taking_part=rows_of(db(), TakesPartRow, row.school_id, intervention_id=row.id), result_words=RESULT_WORDS,
        funding=rows_of(db(), FundingRow, row.school_id, intervention_id=row.id), decision_words=DECISION_WORDS,
        tier_words=TIER_WORDS, basis_words={words[0]: words[1] for words in BASIS_WORDS},
    )  # fmt: skip


class CostForm(RowForm):
    """A cost beside staff."""

    kind = Menu("Kind of cost", COST_WORDS.items(), missing="Choose the kind of cost")
    name = Line("What is it?", missing="Say what it is")
    amount = Pounds("Amount", missing="Enter the amount")
    years_of_life = Number("Years of life", high="50", low="0.5", suffix="years", description="For equipment; for training 3 unless you say otherwise")
    serves = Number("How many interventions does the training serve?", high="1000", low="1", places=0)
    on = Day("Day of the cost, or first day of cover")
    ends = Day("Last day of cover, for a licence")
    estimated = Options("Is the figure confirmed or estimated?", CONFIRMED, missing="Say whether it is confirmed or estimated")


class Costs(Register):
    name, one, heading = "costs", "other cost", "Other costs"
    why = "What the intervention costs beside the time of staff. Equipment and training are spread over their years of life."
    table, form = CostRow, CostForm
    within = "intervention"

    def where(self, year: int) -> dict[str, Any]:
        return {"intervention_id": intervention_or_404(year, request.view_args["intervention"]).id}  # type: ignore[index]

    def columns(self, year: int) -> Sequence[Column]:
        return (
            Column("What", lambda row: row.name),
            Column("Kind", lambda row: COST_WORDS[row.kind]),
            Column("Amount", lambda row: money(row.amount), right=True),
            Column("On or from", lambda row: day(row.on)),
        )

    def prepare(self, form: Any, year: int, row: Any) -> None:
        form.kind.offer(COST_WORDS.items())

    def check(self, form: Any, year: int, row: Any) -> None:
        if form.kind.data == "equipment" and form.years_of_life.value is None:
            form.years_of_life.errors = ["Enter for how many years the equipment will serve"]
        if form.on.data and form.ends.data and form.ends.data < form.on.data:
            form.ends.errors = ["The last day must not be before the first day"]

    def values(self, form: Any) -> dict[str, Any]:
        return super().values(form) | {"serves": None if form.serves.value is None else int(form.serves.value)}

    def after(self, row: Any, year: int) -> str:
        return url_for("intervention.overview", year=year, intervention=row.intervention_id)


cost_pages = Costs().pages()


class TakingPartForm(Form):
    """Which pupils take part; the rows of the table are read from the request, pupil by pupil."""


@pages.route("/pupils", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def taking_part(year: int, intervention: int) -> ResponseReturnValue:
    """Who takes part, the percentages where they are set by hand, and what came of it for each."""
    row = intervention_or_404(year, intervention)
    pupils = sorted(rows_of(db(), PupilRow, row.school_id), key=lambda p: (p.status == "N", p.year_group, p.name))
    there = {each.pupil_id: each for each in rows_of(db(), TakesPartRow, row.school_id, intervention_id=row.id)}
    form = TakingPartForm()
    entries = [_entry(pupil, there.get(pupil.id), form.is_submitted()) for pupil in pupils]
    faults = _faults(row, entries) if form.validate_on_submit() else []
    if form.is_submitted() and not faults and not form.errors:
        _keep_taking_part(row, entries, there)
        db().commit()
        flash(f"{row.name}: pupils saved", "success")
        return redirect(url_for(".overview", year=year, intervention=intervention))
    return render_template(
        "provision/pupils.html", form=form, row=row, entries=entries, faults=faults, at=here(), year=AcademicYear(year),
        status_words=STATUS_WORDS, year_words=YEAR_WORDS, result_words=RESULT_WORDS,
    ), 400 if faults or form.errors else 200  # fmt: skip


def _entry(pupil: PupilRow, there: TakesPartRow | None, sent: bool) -> dict[str, Any]:
    """One line of the table as it was typed, or as it is kept."""
    key = str(pupil.id)
    if sent:
        typed = {name: request.form.get(f"{name}-{key}", "").strip()[:40] for name in ("in", "percent", "result", "all")}
    else:
        typed = {
            "in": "y" if there else "",
            "percent": f"{there.percent:f}".rstrip("0").rstrip(".") if there and there.percent is not None else "",
            "result": there.result or "" if there else "",
            "all": "y" if there and there.carries_all else "",
        }
    return typed | {"pupil": pupil, "key": key}


def _faults(row: InterventionRow, entries: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """What is wrong with the table: (field, message)."""
    chosen = [entry for entry in entries if entry["in"]]
    faults = [
        (f"result-{entry['key']}", f"{entry['pupil'].name}: choose an outcome from the list")
        for entry in chosen
        if entry["result"] and entry["result"] not in RESULT_WORDS
    ]
    if row.basis == "by-place" and row.places is not None and len(chosen) > row.places:
        faults.append((f"in-{chosen[0]['key']}", f"There are {row.places} places and {len(chosen)} pupils"))
    if row.basis == "whole" and chosen and sum(bool(entry["all"]) for entry in chosen) != 1:
        faults.append((f"all-{chosen[0]['key']}", "Choose the one pupil who carries the whole cost"))
    return faults + (_percent_faults(chosen) if row.basis == "stated" else [])


def _percent_faults(chosen: list[dict[str, Any]]) -> list[tuple[str, str]]:
    faults, total = [], Decimal(0)
    for entry in chosen:
        field = percent_typed(entry["percent"])
        if field is None:
            faults.append((f"percent-{entry['key']}", f"{entry['pupil'].name}: enter a percentage from 0 to 100, with two decimals at most"))
        else:
            entry["value"], total = field, total + field
    if chosen and not faults and total != 100:
        faults.append((f"percent-{chosen[0]['key']}", f"The percentages add up to {total.normalize():f}, not to 100"))
    return faults


def _keep_taking_part(row: InterventionRow, entries: list[dict[str, Any]], there: dict[int, TakesPartRow]) -> None:
    by, what = now_by(), f"who takes part in intervention {row.id}"
    for entry in entries:
        kept = there.get(entry["pupil"].id)
        values = {"percent": entry.get("value"), "result": entry["result"] or None, "carries_all": bool(entry["all"])}
        if entry["in"] and kept is None:
            add_row(db(), TakesPartRow, row.school_id, by, what, intervention_id=row.id, pupil_id=entry["pupil"].id, **values)
        elif entry["in"] and kept is not None:
            change_row(db(), kept, kept.version, by, what, **values)
        elif kept is not None:
            remove_row(db(), kept, by, what)


class FundingForm(Form):
    """Who pays, with shares that add up to 100."""

    source_1 = Line("Who pays?")
    percent_1 = Number("Share", suffix="%")
    source_2 = Line("Who else?")
    percent_2 = Number("Share", suffix="%")
    source_3 = Line("Who else?")
    percent_3 = Number("Share", suffix="%")
    source_4 = Line("Who else?")
    percent_4 = Number("Share", suffix="%")


@pages.route("/funding", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def funding(year: int, intervention: int) -> ResponseReturnValue:
    """Who pays for it."""
    row = intervention_or_404(year, intervention)
    kept = rows_of(db(), FundingRow, row.school_id, intervention_id=row.id)
    shown: dict[str, Any] = {}
    for place, each in enumerate(kept[:FUNDING_ROWS], start=1):
        shown |= {f"source_{place}": each.source, f"percent_{place}": each.percent}
    form = FundingForm(**shown)
    if form.validate_on_submit() and _shares_add_up(form):
        by, what = now_by(), f"who pays for intervention {row.id}"
        for each in kept:
            remove_row(db(), each, by, what)
        for source, percent in _shares(form):
            add_row(db(), FundingRow, row.school_id, by, what, intervention_id=row.id, source=source, percent=percent)
        db().commit()
        flash(f"{row.name}: funding saved", "success")
        return redirect(url_for(".overview", year=year, intervention=intervention))
    page = "provision/funding.html"
    return render_template(page, form=form, row=row, at=here(), year=AcademicYear(year)), 400 if form.errors else 200


def _shares(form: FundingForm) -> list[tuple[str, Decimal]]:
    rows = [(form[f"source_{n}"].data, form[f"percent_{n}"].value) for n in range(1, FUNDING_ROWS + 1)]
    return [(source, percent) for source, percent in rows if source and percent is not None]


def _shares_add_up(form: FundingForm) -> bool:
    for n in range(1, FUNDING_ROWS + 1):
        source, percent = form[f"source_{n}"], form[f"percent_{n}"]
        if source.data and percent.value is None:
            percent.errors = ["Enter the share"]
        if percent.value is not None and not source.data:
            source.errors = ["Say who pays this share"]
    shares = _shares(form)
    if len({source.casefold() for source, _ in shares}) < len(shares):
        form.source_1.errors = ["The same source stands twice"]
    total = sum(percent for _, percent in shares)
    if shares and total != 100 and not form.errors:
        form.percent_1.errors = [f"The shares add up to {total.normalize():f}, not to 100"]
    return not form.errors


class ReviewForm(RowForm):
    """The review of an intervention."""

    reviewed_on = Day("Reviewed on", missing="Enter the day of the review")
    reviewed_by = Line("By whom?", missing="Say who reviewed it")
    decision = Options("What was decided?", DECISION_WORDS.items(), missing="Choose what was decided")
    decision_why = Prose("Why?", rows=3, longest=1_000, missing="Say why")


@pages.route("/review", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def review(year: int, intervention: int) -> ResponseReturnValue:
    """Records the review of an intervention."""
    row = intervention_or_404(year, intervention)
    names = ("reviewed_on", "reviewed_by", "decision", "decision_why")
    form = ReviewForm(**{name: getattr(row, name) for name in names}, version=str(row.version))
    if form.validate_on_submit():
        values = {"decision": form.decision.data} | {n: form[n].data for n in names if n != "decision"}
        if change_row(db(), row, form.version_typed, now_by(), f"intervention {row.id}", **values):
            db().commit()
            flash(f"{row.name}: review saved", "success")
            return redirect(url_for(".overview", year=year, intervention=intervention))
        db().rollback()
        row = intervention_or_404(year, intervention)
        form.version.data = str(row.version)
        form.form_errors.append("Somebody else changed this intervention while you were typing. Read it, then save again.")
    page = "provision/review.html"
    return render_template(page, form=form, row=row, at=here(), year=AcademicYear(year)), 400 if form.errors else 200
