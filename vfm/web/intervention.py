"""One intervention: what it costs and why, what else it costs, who takes part, who pays, and its review."""

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear
from vfm.costing.costed import CostedIntervention
from vfm.costing.counting import how_counted, sessions_words, undated, weeks_between
from vfm.costing.methods import gaps_of, used_in
from vfm.costing.provision_map import CostedMap
from vfm.costing.rates import Rate
from vfm.costing.staffing import Segment, StaffLine
from vfm.money import apportion, half_up, hours_and_minutes, pounds
from vfm.plan.shown import gap_words
from vfm.stages.stage import Case
from vfm.store.cases import case_of
from vfm.store.provision import CostRow, FundingRow, InterventionRow, NotRunRow, interventions_of
from vfm.store.rows import change_row, row_of, rows_of
from vfm.store.staff import StaffRow
from vfm.web.bank import bank
from vfm.web.database import db
from vfm.web.fields import Day, Line, Options, Prose
from vfm.web.giver_fields import agency_words
from vfm.web.intervention_form import BASIS_WORDS, TIER_WORDS
from vfm.web.layout import day
from vfm.web.permissions import Permission, here, permit
from vfm.web.register import ADDRESS, RowForm
from vfm.web.review import review_or_404
from vfm.web.school import now_by, today

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
DECISION_WORDS = {"continue": "Continue", "change": "Change", "stop": "Stop"}


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
    costs = rows_of(db(), CostRow, row.school_id, intervention_id=row.id)
    agency, hours = agency_words(row, invoiced=any(each.kind in ("invoice", "fees") for each in costs))
    return render_template(
        "provision/intervention.html", may_end=may_end(row, today()), agency=agency, hours=hours, row=row, at=here(), year=AcademicYear(year), costed=costed, entry=entry,
        gaps=[gap_words(gap) for gap in gaps_of(costed)],
        cards=_cards(costed, _find(case.authority_map, row)), working=_working(costed, _people(row)), shares=_shares_shown(costed, case),
        counted=how_counted(costed.intervention, costed.run, case.map.calendar),
        undated=undated(costed.intervention, weeks_between(case.map.calendar, None, None)),
        costs=costs, cost_words=COST_WORDS, purpose=_purpose(row),
        funding=rows_of(db(), FundingRow, row.school_id, intervention_id=row.id),
        not_run=[(each, not_run_words(each)) for each in rows_of(db(), NotRunRow, row.school_id, intervention_id=row.id)],
        basis_words={words[0]: words[1] for words in BASIS_WORDS},
    )  # fmt: skip


def not_run_words(row: NotRunRow) -> str:
    """Such as 1 session on 3 November 2026."""
    return sessions_words(Fraction(row.sessions)) + (f" on {day(row.on)}" if row.on else "")


def may_end(row: InterventionRow, on: dt.date) -> bool:
    """Whether it runs on a day and could still go on after it."""
    begun = row.starts_on is None or row.starts_on <= on
    goes_on = row.ends_on is None or row.ends_on > on
    return AcademicYear(row.year).period.holds(on) and begun and goes_on


def _find(costed: CostedMap, row: InterventionRow) -> CostedIntervention:
    return next(each for each in costed.interventions if each.intervention.id == str(row.id))


def _pence(value: Fraction | None) -> str:
    return "Not known" if value is None else pounds(half_up(value))


def _cards(costed: CostedIntervention, authority: CostedIntervention) -> list[tuple[str, str, str]]:
    state = "Estimated" if costed.estimated else "Confirmed"
    methods, theirs = (", ".join(used.words for used in used_in([each])) for each in (costed, authority))
    none = "The authority’s card has no rate for the staff who give it"
    rated = bool(theirs) or not authority.rate_missing
    return [
        ("Cost in the year", _pence(costed.total), f"{state}. Rates: {methods}" if methods else state),
        ("For each pupil", _pence(costed.cost_per_pupil), "Total ÷ pupils in it"),
        ("For each contact hour", _pence(costed.cost_per_hour), "Total ÷ contact hours"),
        ("For each pupil-hour", _pence(costed.cost_per_pupil_hour), "Total ÷ hours of all pupils"),
        (
            "On the authority's rates",
            _pence(authority.total if rated else None),
            none if not rated else f"Rates: {theirs}" if theirs else "",
        ),
        ("Counts as additional", _pence(costed.additional), f"Of this for pupils with SEN: {_pence(costed.for_sen)}"),
    ]


def _people(row: InterventionRow) -> dict[str, str]:
    """The names of the school's staff, for whoever runs the review."""
    return {str(each.id): each.name for each in rows_of(db(), StaffRow, row.school_id)}


def _working(costed: CostedIntervention, people: dict[str, str]) -> list[tuple[str, str, str]]:
    """Each part of the cost with its formula; the odd pennies are shared out, so that they add up to the total.

    Staff whose rate changes in the year have a row for each rate.
    """
    first = costed.calendar.year.first_day
    staff = [(_who(line, people), *part) for line in costed.staff_lines for part in _staff_parts(line, first)]
    parts = [*(cost for *_, cost in staff), *(line.cost for line in costed.other_lines)]
    printed = [pounds(pence) for pence in apportion(parts, half_up(costed.total))]
    rows = [(who, how) for who, how, _ in staff]
    rows += [(line.name, f"{line.kind.words}: the part that counts in this year") for line in costed.other_lines]
    total = ("Total", f"{hours_and_minutes(costed.contact_hours * 60)} of contact in the year", _pence(costed.total))
    return [*((what, how, cost) for (what, how), cost in zip(rows, printed, strict=True)), total]


def _staff_parts(line: StaffLine, first_day: dt.date) -> Iterator[tuple[str, Fraction]]:
    """The working and the exact pence of each stretch of days with one rate."""
    if len(line.worked) < 2:
        rate = line.rate
        missing = "no rate" if line.rate_missing else "costs nothing itself"
        yield f"{_hours(line, line.hours)}{_rate_words(rate, line) if rate else f'; {missing}'}", line.cost
        return
    for each in line.worked:
        hours = _hours(line, line.hours_between(each.first, each.last))
        words = _rate_words(each.rate, line) if each.rate else "; no rate"
        days = _days_words(each, line, first_day)
        yield f"{days}: {hours}{words}", Fraction(*line.between(each.first, each.last))


def _days_words(each: Segment, line: StaffLine, first_day: dt.date) -> str:
    """From or until when one of several rates holds."""
    if each is line.worked[0]:
        return f"Until {day(first_day + dt.timedelta(each.last))}"
    return f"From {day(first_day + dt.timedelta(each.first))}"


def _hours(line: StaffLine, hours: Fraction) -> str:
    number = Fraction(line.staff.number or 1)
    return f"{plain_number(line.staff.number)} × {hours_and_minutes(hours / number * 60)}"


def _rate_words(rate: Rate, line: StaffLine) -> str:
    instead = ", in place of a rate that is not shown" if rate.substitute else ""
    estimated = ", estimated" if rate.estimated else ""
    inside = "; preparation is inside the rate" if line.preparation[0] > 0 and rate.covers_preparation else ""
    return f" at {_pence(rate.per_hour)} an hour ({rate.card.words}, {rate.method}{estimated}{instead}){inside}"


def _who(line: StaffLine, people: dict[str, str]) -> str:
    return f"{line.label}: {people[line.staff.person]}" if line.staff.person else line.label


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
        ("Who it is for", row.entry), ("When it is over", row.exit), ("First day", day(row.starts_on)), ("Last day", day(row.ends_on)),
        ("Review planned for", day(row.review_on)), ("Reviewed on", day(row.reviewed_on)), ("Reviewed by", row.reviewed_by),
        ("Decided", f"{decided}. {row.decision_why}" if decided else ""),
    ]  # fmt: skip


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
