"""The provision map: every intervention of the year with its cost, and the page on which one is entered."""

from collections.abc import Sequence
from typing import Any

from flask import url_for

from vfm.costing.costed import CostedIntervention
from vfm.costing.map_words import AREAS
from vfm.documents.map_tables import map_tables
from vfm.documents.rows import Sheet
from vfm.money import half_up, hours_and_minutes, pounds
from vfm.plan.make import given_by
from vfm.store.cases import case_of
from vfm.store.provision import GiverRow, InterventionRow, interventions_of
from vfm.store.rows import add_row, remove_row, rows_of
from vfm.store.staff import StaffRoleRow
from vfm.web.bank import bank
from vfm.web.database import db
from vfm.web.fields import Day, Line, Menu, Number, Options, Prose
from vfm.web.income import CONFIRMED
from vfm.web.permissions import here
from vfm.web.register import Column, Register, RowForm
from vfm.web.review import review_or_404
from vfm.web.school import now_by

TIER_WORDS = {
    "universal": "Universal: for every pupil",
    "targeted": "Targeted: extra support for some",
    "specialist": "Specialist: for a few, often with outside advice",
}
TIME_WORDS = {
    "intervention": "An intervention",
    "in-class-support": "Support in class",
    "personal-care": "Personal care",
    "lunchtime": "Lunchtime support",
    "review-meeting": "Review meetings",
    "agency-meeting": "Meetings with agencies",
    "transition": "Transition",
    "exam-access": "Access to examinations",
}
BASIS_WORDS = (
    ("shared", "Shared by the pupils in the group", "The usual way: by the sessions of each pupil"),
    ("by-place", "By place", "Each pupil carries one place; the cost of empty places is shown on its own"),
    ("whole", "All to one pupil", "The group exists for one pupil; say why"),
    ("stated", "By percentages that we set", "Set them on the page of its pupils"),
)
OTHERS = (
    ("agency", "An outside agency (its invoice is entered as a cost)"),
    ("volunteer", "Volunteers"),
    ("other-pupil", "Other pupils"),
)
GIVERS = 4


class InterventionForm(RowForm):
    """One intervention."""

    name = Line("Name of the intervention", missing="Enter the name of the intervention")
    programme = Line(
        "Programme", description="The published programme, where it is one, so that its years can be compared"
    )
    tier = Options("Tier", TIER_WORDS.items(), missing="Choose the tier")
    need = Menu("Area of need", [(area, area) for area in AREAS])
    time_kind = Menu("Kind of time", TIME_WORDS.items(), missing="Choose the kind of time")
    giver_1 = Menu("Who gives it?")
    number_1 = Number("How many of them?", places=2)
    giver_2 = Menu("Who else gives it, in the same sessions?")
    number_2 = Number("How many of them?", places=2)
    giver_3 = Menu("Who else gives it?")
    number_3 = Number("How many of them?", places=2)
    giver_4 = Menu("And who else?")
    number_4 = Number("How many of them?", places=2)
    lead = Line(
        "Who leads the volunteers or pupils?",
        description="A named member of staff, where volunteers or other pupils give it",
    )
    minutes = Number("Minutes of one session", high="1000", suffix="minutes")
    sessions_a_week = Number(
        "Sessions a week", suffix="a week", description="Half sessions are allowed: 0.5 is one every two weeks"
    )
    weeks = Number(
        "For how many weeks?",
        high="53",
        suffix="weeks",
        description="A full school year is 38 weeks: 190 pupil days ÷ 5",
    )
    sessions_in_total = Number(
        "Or: sessions in total",
        high="10000",
        description="For one-off or irregular work. Fill in this or sessions a week, not both",
    )
    preparation_minutes = Number("Preparation for one session", high="1000", suffix="minutes")
    group_size = Number("Number of pupils, where you do not name them", high="10000", places=0)
    group_with_sen = Number("How many of these have SEN?", high="10000", places=0)
    places = Number("Places", high="10000", low="1", places=0, description="How many pupils it could take")
    basis = Options("How is the cost shared?", BASIS_WORDS, missing="Choose how the cost is shared")
    whole_reason = Line("If all to one pupil, why?")
    counts_percent = Number(
        "Share that counts as additional",
        suffix="%",
        description="Left empty: all of targeted and specialist, nothing of universal",
    )
    counts_why = Line("Why this share?")
    where = Options(
        "Where does it happen?", (("in", "In class"), ("out", "Withdrawn from class")), missing="Say where it happens"
    )
    withdrawn_why = Line("If withdrawn, why?")
    lesson = Line("Which lesson do they miss?")
    hours_bought = Number("Hours bought from an agency", high="10000", suffix="hours")
    hours_delivered = Number("Hours delivered so far", high="10000", suffix="hours")
    entry = Prose("Who is it for? (entry)", rows=2, longest=1_000)
    exit = Prose("When is it over? (exit)", rows=2, longest=1_000)
    outcome = Prose("What should it achieve?", rows=2, longest=1_000)
    ends_on = Day("Last day", description="Leave empty if it runs all year")
    review_on = Day("When will it be reviewed?")
    estimated = Options(
        "Are these figures confirmed or estimated?", CONFIRMED, missing="Say whether they are confirmed or estimated"
    )


class ProvisionMap(Register):
    name, one, heading = "provision-map", "intervention", "Provision map"
    why = (
        "Every intervention of the year: who gives it, when, to whom. Its cost is worked out from the hours and the rates. "
        "Begin with the three that cost most."
    )
    table, form = InterventionRow, InterventionForm
    brought_in = "map_import.upload"
    list_template = "provision/map.html"
    form_template = "provision/change.html"

    def where(self, year: int) -> dict[str, Any]:
        return {"year": year}

    def columns(self, year: int) -> Sequence[Column]:
        return ()

    def extra(self, rows: Sequence[Any], year: int) -> dict[str, Any]:
        """The costed lines, on the rates that this person may see."""
        review = review_or_404(year)
        case = case_of(db(), review, bank(), leadership=here().leads)
        problems = {
            each.intervention.id: each.problem
            for each in interventions_of(db(), here().school.id, year)
            if each.problem
        }
        costs = zip(
            case.map.interventions,
            case.map.printed_interventions(),
            case.authority_map.printed_interventions(),
            strict=True,
        )
        difference = case.map.pooled_difference
        return {
            "lines": [_line(each, cost, authority, problems) for each, cost, authority in costs],
            "total_cost": pounds(case.map.printed_total),
            "total_authority": pounds(case.authority_map.printed_total),
            "unrated": sorted({role for each in case.authority_map.without_rate for role in each.rate_missing}),
            "substitute": case.map.substitute or bool(difference),
            "pooled": pounds(half_up(difference)) if difference else "",
        }

    def sheets(self, year: int) -> Sequence[Sheet]:
        """As on the page: on the rates that this person may see, pupils by name, for whoever runs the review."""
        case = case_of(db(), review_or_404(year), bank(), leadership=here().leads)
        return map_tables(case.map, case.authority_map, {key: pupil.name for key, pupil in case.pupils.items()})

    def prepare(self, form: Any, year: int, row: Any) -> None:
        roles = [(str(role.id), role.name) for role in rows_of(db(), StaffRoleRow, here().school.id)]
        for place in range(1, GIVERS + 1):
            form[f"giver_{place}"].offer([*roles, *OTHERS])
        form.need.offer((area, area) for area in AREAS)
        form.time_kind.offer(TIME_WORDS.items())
        if row is None and not form.is_submitted():
            form.time_kind.data, form.basis.data, form.estimated.data, form.where.data = (
                "intervention",
                "shared",
                "yes",
                "in",
            )

    def check(self, form: Any, year: int, row: Any) -> None:
        _check_time(form)
        _check_givers(form)
        _check_group(form)
        if form.basis.data == "whole" and not form.whole_reason.data:
            form.whole_reason.errors = ["Say why one pupil carries the whole cost"]
        if form.tier.data == "universal" and form.counts_percent.value and not form.counts_why.data:
            form.counts_why.errors = ["Say why this share of a universal provision counts as additional"]

    def shown(self, row: Any) -> dict[str, Any]:
        shown = super().shown(row) | {"where": "out" if row.withdrawn else "in"}
        for place, giver in enumerate(rows_of(db(), GiverRow, row.school_id, intervention_id=row.id)[:GIVERS], start=1):
            shown |= {f"giver_{place}": str(giver.role_id or giver.kind), f"number_{place}": giver.number}
        return shown

    def values(self, form: Any) -> dict[str, Any]:
        values = {
            name: value for name, value in super().values(form).items() if not name.startswith(("giver_", "number_"))
        }
        whole = {
            name: None if values[name] is None else int(values[name])
            for name in ("group_size", "group_with_sen", "places")
        }
        return (
            {k: v for k, v in values.items() if k != "where"}
            | whole
            | {
                "withdrawn": form.where.data == "out",
                "need": form.need.data or "",
            }
        )

    def wrote(self, row: Any, form: Any) -> None:
        _keep_givers(row, form)

    def after(self, row: Any, year: int) -> str:
        return url_for("intervention.overview", year=year, intervention=row.id)


def _line(each: CostedIntervention, cost: int, authority: int, problems: dict[str, str]) -> dict[str, Any]:
    it = each.intervention
    notes = [problems[it.id]] if it.id in problems else []
    if each.rate_missing:
        notes.append(f"No rate yet for {', '.join(each.rate_missing)}: their time is not in the cost.")
    if each.substitute:
        notes.append("Costed at a substitute rate.")
    per_pupil = each.cost_per_pupil
    return {
        "id": it.id, "name": it.name, "tier": it.tier.value.capitalize(), "given_by": ", ".join(given_by(each)), "notes": notes,
        "pupils": it.pupils or "Not known", "hours": hours_and_minutes(each.contact_hours * 60), "cost": pounds(cost),
        "per_pupil": "" if per_pupil is None else pounds(half_up(per_pupil)), "authority": pounds(authority),
    }  # fmt: skip


def _check_time(form: Any) -> None:
    a_week, total = form.sessions_a_week.value, form.sessions_in_total.value
    if a_week is not None and total is not None:
        form.sessions_in_total.errors = ["Give sessions a week or sessions in total, not both"]
    if a_week is None and total is None:
        form.sessions_a_week.errors = ["Enter sessions a week, or further down the sessions in total"]
    if a_week is not None and form.weeks.value is None:
        form.weeks.errors = ["Enter for how many weeks; a full school year is 38"]
    if not form.minutes.value:
        form.minutes.errors = ["Enter the minutes of one session"]


def _check_givers(form: Any) -> None:
    given = [place for place in range(1, GIVERS + 1) if form[f"giver_{place}"].data]
    if not given:
        form.giver_1.errors = [
            "Choose who gives it. If the role is not in the list, add it under Staff roles and rates"
        ]
    for place in given:
        if form[f"number_{place}"].value is None and not form[f"number_{place}"].errors:
            form[f"number_{place}"].value = form[f"number_{place}"].read("1")
    chosen = [form[f"giver_{place}"].data for place in given]
    for place in given:
        if chosen.count(form[f"giver_{place}"].data) > 1:
            form[f"giver_{place}"].errors = ["The same role stands twice: put the number beside it instead"]
    if {"volunteer", "other-pupil"} & set(chosen) and not form.lead.data:
        form.lead.errors = ["Name the member of staff who leads the volunteers or pupils"]


def _check_group(form: Any) -> None:
    size, with_sen = form.group_size.value, form.group_with_sen.value
    if with_sen is not None and (size is None or with_sen > size):
        form.group_with_sen.errors = ["The pupils with SEN cannot be more than the pupils in the group"]
    if form.basis.data == "by-place" and form.places.value is None:
        form.places.errors = ["Enter the places, since the cost is shared by place"]
    elif (
        size is not None
        and form.places.value is not None
        and form.basis.data == "by-place"
        and size > form.places.value
    ):
        form.places.errors = ["There are more pupils than places"]


def _keep_givers(row: InterventionRow, form: Any) -> None:
    """The staff rows of an intervention are written with it: those that are gone go, those that are new come."""
    by = now_by()
    wanted = {}
    for place in range(1, GIVERS + 1):
        chosen = form[f"giver_{place}"].data
        if chosen:
            staff = chosen.isdigit()
            wanted["staff" if staff else chosen, int(chosen) if staff else None] = form[f"number_{place}"].value
    for giver in rows_of(db(), GiverRow, row.school_id, intervention_id=row.id):
        if wanted.get((giver.kind, giver.role_id)) == giver.number:
            del wanted[giver.kind, giver.role_id]
        else:
            remove_row(db(), giver, by, f"who gives intervention {row.id}")
    for (kind, role_id), number in wanted.items():
        add_row(
            db(), GiverRow, row.school_id, by, f"who gives intervention {row.id}",
            intervention_id=row.id, kind=kind, role_id=role_id, number=number,
        )  # fmt: skip


pages = ProvisionMap().pages()
