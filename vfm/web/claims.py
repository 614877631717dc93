"""The claim view: what the authority's rules make of each pupil's provision, and the page on which the rules are said."""

from fractions import Fraction
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear
from vfm.costing.claim import Claim, ClaimRules, Division, claim
from vfm.costing.methods import counted_words, gaps_of, used_in
from vfm.costing.provision_map import CostedMap
from vfm.costing.rates import Card
from vfm.money import apportion, half_up, hours_and_minutes, in_pence, pounds
from vfm.plan.shown import gap_words
from vfm.store.claims import claim_rules_of, claim_rules_row, not_accepted, set_claim_rules
from vfm.store.costed import map_of
from vfm.store.pupils import PupilRow
from vfm.store.rows import row_of, rows_of
from vfm.store.staff import StaffRoleRow
from vfm.value.coverage import THRESHOLD
from vfm.web.database import db
from vfm.web.fields import Number, Options, Pounds, Ticks, plain
from vfm.web.intervention_form import TIME_WORDS
from vfm.web.permissions import Permission, here, permit
from vfm.web.pupil_names import called
from vfm.web.register import ADDRESS, RowForm
from vfm.web.review import review_or_404
from vfm.web.school import now_by

pages = Blueprint("claims", __name__, url_prefix=f"{ADDRESS}/claims")
LINE = int(in_pence(THRESHOLD))
LINE_WORDS = f"£{THRESHOLD:,}"
DIVISIONS = tuple((division.value, f"{division.words[:1].upper()}{division.words[1:]}") for division in Division)


class RulesForm(RowForm):
    """What the authority accepts."""

    weeks = Number(
        "Over how many weeks does regular work count?", high="53", low="1", suffix="weeks",
        description="Leave it empty if all the weeks of the year count",
    )  # fmt: skip
    kinds = Ticks("Kinds of time that are not accepted", TIME_WORDS.items())
    roles = Ticks("Roles that are not accepted")
    other_costs = Options(
        "Are costs other than staff accepted?", (("yes", "Yes"), ("no", "No")), missing="Say whether they are accepted"
    )
    most_hours = Number(
        "Most hours a week for one pupil",
        high="168",
        suffix="hours a week",
        description="Leave it empty if there is no cap",
    )
    most = Pounds("Most pounds a year for one pupil", description="Leave it empty if there is no cap")
    division = Options("How is the cost of a group divided?", DIVISIONS, missing="Say how a group is divided")


@pages.get("/")
@permit(Permission.REVIEW)
def overview(year: int) -> ResponseReturnValue:
    """Every pupil who takes part in something, with the claim and the £6,000 line."""
    costed = authority_map(year)
    found_rules = claim_rules_of(db(), here().school.id)
    taking_part = {key for each in costed.interventions for key in each.split.weights}
    pupils = [pupil for pupil in rows_of(db(), PupilRow, here().school.id) if str(pupil.id) in taking_part]
    lines = [(pupil, claim(str(pupil.id), costed, found_rules)) for pupil in pupils]
    return render_template(
        "claims/list.html", at=here(), year=AcademicYear(year), lines=[_listed(*line) for line in lines],
        rules=rule_words(found_rules), said=claim_rules_row(db(), here().school.id) is not None, line=LINE_WORDS,
        methods=counted_words(used_in(costed.interventions)),
    )  # fmt: skip


def authority_map(year: int) -> CostedMap:
    """The map on the authority's rates alone, so that nobody's pay is in it."""
    return map_of(db(), review_or_404(year), card=Card.AUTHORITY)


def _listed(pupil: PupilRow, found: Claim) -> dict[str, Any]:
    total = half_up(found.total)
    return {
        "id": None if pupil.erased else pupil.id, "name": called(pupil), "hours": _hours(found.hours_a_week), "total": pounds(total),
        "against": against_line(total), "left_out": len(found.left_out),
    }  # fmt: skip


def against_line(pence: int) -> str:
    """Where a claim stands against the £6,000 line."""
    if pence == LINE:
        return "At the line"
    return f"{pounds(abs(pence - LINE))} {'above' if pence > LINE else 'below'}"


def _hours(hours: Fraction) -> str:
    return hours_and_minutes(hours * 60)


@pages.get("/<int:pupil>")
@permit(Permission.REVIEW)
def of_pupil(year: int, pupil: int) -> ResponseReturnValue:
    """One pupil's claim: its lines, what was left out and why, the caps, and the total."""
    costed = authority_map(year)
    row = row_of(db(), PupilRow, here().school.id, pupil, erased=None) if pupil < 1 << 63 else None
    row = row or abort(404)
    found = claim(str(row.id), costed, claim_rules_of(db(), here().school.id))
    theirs = [each for each in costed.interventions if str(row.id) in each.split.weights]
    return render_template(
        "claims/pupil.html", at=here(), year=AcademicYear(year), name=called(row), lines=claim_rows(found), left=left_rows(found),
        total=pounds(half_up(found.total)), hours=_hours(found.hours_a_week), against=against_line(half_up(found.total)),
        rules=rule_words(found.rules), methods=counted_words(used_in(theirs)), line=LINE_WORDS,
        gaps=[f"{each.name}: {gap_words(gap)}" for each in theirs for gap in gaps_of(each)],
        estimated=any(each.estimated for each in theirs),
    )  # fmt: skip


def claim_rows(found: Claim) -> list[tuple[str, str, str]]:
    """What is claimed, then what is above a cap, then the total; hours and pounds as printed add up to it."""
    above = max(Fraction(0), found.hours_a_week - Fraction(most)) if (most := found.rules.most_hours) is not None else 0
    parts = [
        *((line.name, line.hours_a_week, line.cost) for line in found.lines),
        (f"Less: hours above {plain(most)} a week, at their mean cost", -Fraction(above), -found.above_hours),
        (f"Less: above {pounds(found.rules.most or 0)} a year", Fraction(0), -found.above_most),
    ]
    parts = [part for part in parts if part[1] or part[2]]
    costs = apportion([cost for *_, cost in parts], half_up(found.total))
    minutes = apportion([hours * 60 for _, hours, _ in parts])
    shown = [
        (name, hours_and_minutes(Fraction(time)) if time else "", pounds(cost))
        for (name, _, _), time, cost in zip(parts, minutes, costs, strict=True)
    ]
    return [*shown, ("Total", hours_and_minutes(Fraction(sum(minutes))), pounds(half_up(found.total)))]


def left_rows(found: Claim) -> list[tuple[str, str, str]]:
    """What was left out and why, adding up to the printed total of what is known."""
    known = apportion([out.cost for out in found.left_out if out.cost is not None])
    pence = iter(known)
    rows = [(out.name, out.why, "Not known" if out.cost is None else pounds(next(pence))) for out in found.left_out]
    return [*rows, ("Left out, as far as known", "", pounds(sum(known)))] if rows else []


def rule_words(rules: ClaimRules) -> list[tuple[str, str]]:
    """The rules, said plainly."""
    kinds = [TIME_WORDS[kind.value] for kind in rules.not_accepted]
    return [
        ("Regular work counts over", f"{plain(rules.weeks)} weeks" if rules.weeks is not None else "All the weeks of the year"),
        ("Kinds of time not accepted", ", ".join(sorted(kinds)) or "None"),
        ("Roles not accepted", ", ".join(sorted(rules.roles_not_accepted)) or "None"),
        ("Costs other than staff", "Accepted" if rules.other_costs else "Not accepted"),
        ("Most hours a week", hours_and_minutes(Fraction(rules.most_hours) * 60) if rules.most_hours is not None else "No cap"),
        ("Most a year", pounds(rules.most) if rules.most is not None else "No cap"),
        ("A group is divided", dict(DIVISIONS)[rules.division.value]),
    ]  # fmt: skip


@pages.route("/rules", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def rules(year: int) -> ResponseReturnValue:
    """What the authority accepts, for every claim of the school."""
    review_or_404(year)
    form = RulesForm(**_shown())
    form.roles.offer([(str(role.id), role.name) for role in rows_of(db(), StaffRoleRow, here().school.id)])
    if form.validate_on_submit() and _kept(form):
        db().commit()
        flash("What the authority accepts has been saved", "success")
        return redirect(url_for(".overview", year=year))
    return render_template("claims/rules.html", form=form, at=here(), year=AcademicYear(year)), (
        400 if form.errors else 200
    )


def _shown() -> dict[str, Any]:
    row = claim_rules_row(db(), here().school.id)
    kinds, roles = not_accepted(db(), here().school.id)
    shown: dict[str, Any] = {
        "version": str(row.version if row else 0),
        "kinds": kinds,
        "roles": {str(role) for role in roles},
    }
    if row is None:
        return shown | {"other_costs": "yes", "division": Division.AS_ON_MAP.value}
    kept = {name: getattr(row, name) for name in ("weeks", "most_hours", "most", "division")}
    return shown | kept | {"other_costs": "yes" if row.other_costs else "no"}


def _kept(form: Any) -> bool:
    done = set_claim_rules(
        db(), here().school.id, form.version_typed, now_by(), weeks=form.weeks.value,
        other_costs=form.other_costs.data == "yes", most_hours=form.most_hours.value, most=form.most.value,
        division=form.division.data, kinds=set(form.kinds.data), roles={int(role) for role in form.roles.data},
    )  # fmt: skip
    if not done:
        db().rollback()
        row = claim_rules_row(db(), here().school.id)
        form.version.data = str(row.version if row else 0)
        form.form_errors.append("A colleague changed these rules while you were typing. Compare them, then save again.")
    return done
