"""One intervention: what it costs and why, what else it costs, who takes part, who pays, and its review."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear
from vfm.costing.costed import CostedIntervention, StaffLine
from vfm.costing.provision_map import CostedMap
from vfm.money import MoneyError, apportion, half_up, hours_and_minutes, pounds, read_number
from vfm.stages.stage import Case
from vfm.store.cases import case_of
from vfm.store.provision import CostRow, FundingRow, InterventionRow, TakesPartRow, interventions_of
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
    costed = _find(case.map, row)
    entry = next(each for each in interventions_of(db(), row.school_id, year) if each.intervention.id == str(row.id))
    return render_template(
        "provision/intervention.html", row=row, at=here(), year=AcademicYear(year), costed=costed, entry=entry,
        cards=_cards(costed, _find(case.authority_map, row)), working=_working(costed), shares=_shares_shown(costed, case),
        costs=rows_of(db(), CostRow, row.school_id, intervention_id=row.id), cost_words=COST_WORDS, purpose=_purpose(row),
        funding=rows_of(db(), FundingRow, row.school_id, intervention_id=row.id),
        basis_words={words[0]: words[1] for words in BASIS_WORDS},
    )  # fmt: skip


def _find(costed: CostedMap, row: InterventionRow) -> CostedIntervention:
    return next(each for each in costed.interventions if each.intervention.id == str(row.id))


def _pence(value: Fraction | None) -> str:
    return "Not known" if value is None else pounds(half_up(value))


def _cards(costed: CostedIntervention, authority: CostedIntervention) -> list[tuple[str, str, str]]:
    state = "Estimated" if costed.estimated else "Confirmed"
    return [
        ("Cost in the year", _pence(costed.total), state),
        ("For each pupil", _pence(costed.cost_per_pupil), "Total ÷ pupils in it"),
        ("For each contact hour", _pence(costed.cost_per_hour), "Total ÷ contact hours"),
        ("For each pupil-hour", _pence(costed.cost_per_pupil_hour), "Total ÷ hours of all pupils"),
        ("On the authority's rates", _pence(authority.total), ""),
        ("Counts as additional", _pence(costed.additional), f"Of this for pupils with SEN: {_pence(costed.for_sen)}"),
    ]


def _working(costed: CostedIntervention) -> list[tuple[str, str, str]]:
    """Each part of the cost with its formula; the odd pennies are shared out, so that they add up to the total."""
    parts = [*(line.cost for line in costed.staff_lines), *(line.cost for line in costed.other_lines)]
    printed = [pounds(pence) for pence in apportion(parts, half_up(costed.total))]
    rows = [(line.label, _staff_words(line, costed)) for line in costed.staff_lines]
    rows += [(line.name, f"{line.kind.words}: the part that counts in this year") for line in costed.other_lines]
    total = ("Total", f"{hours_and_minutes(costed.contact_hours * 60)} of contact in the year", _pence(costed.total))
    return [*((what, how, cost) for (what, how), cost in zip(rows, printed, strict=True)), total]


def _staff_words(line: StaffLine, costed: CostedIntervention) -> str:
    hours = (
        f"{plain_number(line.staff.number)} × {hours_and_minutes(line.hours / Fraction(line.staff.number or 1) * 60)}"
    )
    if line.rate is None:
        return f"{hours}; no rate" if line.rate_missing else f"{hours}; costs nothing itself"
    instead = ", in place of a rate that is not shown" if line.substitute else ""
    inside = "; preparation is inside the rate" if line.preparation_inside else ""
    return (
        f"{hours} at {_pence(line.rate.per_hour)} an hour ({line.rate.card.words}, {line.rate.method}{instead}){inside}"
    )


def plain_number(value: Any) -> str:
    """A number without noughts at its end."""
    return f"{float(value):g}"


def _shares_shown(costed: CostedIntervention, case: Case) -> list[tuple[str, str]]:
    *parts, nobody, empty = costed.printed_shares()
    rows = [(case.pupils[key].name, pounds(pence)) for key, pence in zip(costed.shares.by_pupil, parts, strict=True)]
    rows += [("Not attributed to a named pupil", pounds(nobody))] if nobody else []
    rows += [("Unfilled places", pounds(empty))] if empty else []
    return [*rows, ("Total", _pence(costed.total))]


def _purpose(row: InterventionRow) -> list[tuple[str, str]]:
    decided = DECISION_WORDS.get(row.decision or "", "")
    return [
        ("Tier", TIER_WORDS[row.tier]), ("Area of need", row.need), ("What it should achieve", row.outcome),
        ("Who it is for", row.entry), ("When it is over", row.exit), ("Last day", day(row.ends_on)),
        ("Review planned for", day(row.review_on)), ("Reviewed on", day(row.reviewed_on)), ("Reviewed by", row.reviewed_by),
        ("Decided", f"{decided}. {row.decision_why}" if decided else ""),
    ]  # fmt: skip


class CostForm(RowForm):
    """A cost beside staff."""

    kind = Menu("Kind of cost", COST_WORDS.items(), missing="Choose the kind of cost")
    name = Line("What is it?", missing="Say what it is")
    amount = Pounds("Amount", missing="Enter the amount")
    years_of_life = Number(
        "Years of life",
        high="50",
        low="0.5",
        suffix="years",
        description="For equipment; for training 3 unless you say otherwise",
    )
    serves = Number("How many interventions does the training serve?", high="1000", low="1", places=0)
    on = Day("Day of the cost, or first day of cover")
    ends = Day("Last day of cover, for a licence")
    estimated = Options(
        "Is the figure confirmed or estimated?", CONFIRMED, missing="Say whether it is confirmed or estimated"
    )


class Costs(Register):
    name, one, heading = "costs", "other cost", "Other costs"
    why = "What the intervention costs beside the time of staff. Equipment and training are spread over their years of life."
    table, form = CostRow, CostForm
    address = "/provision-map/<int:intervention>/costs"

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
        typed = {
            name: request.form.get(f"{name}-{key}", "").strip()[:40] for name in ("in", "percent", "result", "all")
        }
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


def _percent(text: str) -> Decimal | None:
    try:
        return read_number(text, low=Decimal(0), high=Decimal(100), places=2)
    except MoneyError:
        return None


def _percent_faults(chosen: list[dict[str, Any]]) -> list[tuple[str, str]]:
    faults, total = [], Decimal(0)
    for entry in chosen:
        percent = _percent(entry["percent"])
        if percent is None:
            faults.append(
                (
                    f"percent-{entry['key']}",
                    f"{entry['pupil'].name}: enter a percentage from 0 to 100, with two decimals at most",
                )
            )
        else:
            entry["value"], total = percent, total + percent
    if chosen and not faults and total != 100:
        faults.append((f"percent-{chosen[0]['key']}", f"The percentages add up to {total.normalize():f}, not to 100"))
    return faults


def _keep_taking_part(row: InterventionRow, entries: list[dict[str, Any]], there: dict[int, TakesPartRow]) -> None:
    by, what = now_by(), f"who takes part in intervention {row.id}"
    for entry in entries:
        kept = there.get(entry["pupil"].id)
        values = {"percent": entry.get("value"), "result": entry["result"] or None, "carries_all": bool(entry["all"])}
        if entry["in"] and kept is None:
            add_row(
                db(),
                TakesPartRow,
                row.school_id,
                by,
                what,
                intervention_id=row.id,
                pupil_id=entry["pupil"].id,
                **values,
            )
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
    total = sum((percent for _, percent in shares), Decimal(0))
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
        form.form_errors.append(
            "Somebody else changed this intervention while you were typing. Read it, then save again."
        )
    page = "provision/review.html"
    return render_template(page, form=form, row=row, at=here(), year=AcademicYear(year)), 400 if form.errors else 200
