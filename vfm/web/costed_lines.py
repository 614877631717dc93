"""The costed lines of the map as its page lists them: all of them, or those that the address chooses."""

from fractions import Fraction
from typing import Any

from vfm.costing.costed import CostedIntervention
from vfm.costing.intervention import Intervention
from vfm.costing.methods import counted_words, gaps_of, used_in
from vfm.costing.provision_map import NOT_STATED as NO_SOURCE
from vfm.costing.provision_map import CostedMap
from vfm.money import half_up, hours_and_minutes, pounds
from vfm.plan.make import given_by
from vfm.plan.shown import gap_words, shown
from vfm.stages.spending import awards
from vfm.store.cases import case_of
from vfm.store.provision import interventions_of
from vfm.value.map_choice import NOT_STATED, MapChoice, chosen_of
from vfm.web.bank import bank
from vfm.web.database import db
from vfm.web.map_filter import SIZES, Filter, filter_of
from vfm.web.permissions import here
from vfm.web.review import review_or_404

NOT_KNOWN = "Not known"


def costed_lines(year: int, *, filtered: bool = False) -> dict[str, Any]:
    """The costed lines, on the rates that this person may see: all of them, or those that the address chooses."""
    case = case_of(db(), review_or_404(year), bank(), leadership=here().leads)
    chosen = filter_of(case.map, case.pupils) if filtered else Filter(MapChoice(), {})
    part, theirs = (chosen_of(each, chosen.choice, case.pupils) for each in (case.map, case.authority_map))
    difference = part.pooled_difference
    return {
        "lines": _lines(part, theirs, year),
        "total_cost": pounds(part.printed_total),
        "total_authority": pounds(theirs.printed_total) if theirs.rated else NOT_KNOWN,
        "unrated": sorted({role for each in theirs.without_rate for role in each.rate_missing}),
        "methods": methods_of(part),
        "authority_methods": methods_of(theirs),
        "awards": [] if chosen.choice.any else [shown(figure) for figure in awards(case)],
        "substitute": part.substitute or bool(difference),
        "pooled": pounds(half_up(difference)) if difference else "",
        "filter": chosen,
        "sizes": SIZES,
        "of": len(case.map.interventions),
        "of_cost": pounds(case.map.printed_total),
        "paid": _paid(part, chosen.choice),
    }


def methods_of(costed: CostedMap) -> str:
    """Which cards and methods some lines were costed with, and for how many roles each."""
    return counted_words(used_in(costed.interventions)) or "no staff rate"


def _paid(part: CostedMap, choice: MapChoice) -> str:
    """What the chosen source pays of the lines that it pays for; empty where no source is chosen."""
    source = NO_SOURCE if choice.funding == NOT_STATED else choice.funding
    return pounds(half_up(part.by_funding.get(source, Fraction(0)))) if choice.funding else ""


def _lines(part: CostedMap, theirs: CostedMap, year: int) -> list[dict[str, Any]]:
    entered = interventions_of(db(), here().school.id, year)
    problems = {each.intervention.id: each.problem for each in entered if each.problem}
    costs = zip(part.interventions, part.printed_interventions(), theirs.printed_interventions(), strict=True)
    return [_line(each, cost, authority if theirs.rated else None, problems) for each, cost, authority in costs]


def withdrawn_words(it: Intervention) -> str:
    """Such as "Withdrawn from Music. Why: a quiet room is needed"; empty for what happens in class."""
    if not it.withdrawn:
        return ""
    lesson = f"Withdrawn from {it.lesson}" if it.lesson else "Withdrawn from class; no lesson is entered"
    return f"{lesson}. " + (f"Why: {it.withdrawn_reason}" if it.withdrawn_reason else "No reason is entered")


def _line(each: CostedIntervention, cost: int, authority: int | None, problems: dict[str, str]) -> dict[str, Any]:
    it = each.intervention
    notes = [problems[it.id]] if it.id in problems else []
    notes += [gap_words(gap) for gap in gaps_of(each)]
    if each.substitute:
        notes.append("Costed at a substitute rate.")
    per_pupil = each.cost_per_pupil
    return {
        "id": it.id, "name": it.name, "tier": it.tier.value.capitalize(), "given_by": ", ".join(given_by(each)), "notes": notes,
        "withdrawn": withdrawn_words(it),
        "pupils": it.pupils or "Not known", "hours": hours_and_minutes(each.contact_hours * 60), "cost": pounds(cost),
        "rates": ", ".join(used.words for used in used_in([each])),
        "per_pupil": "" if per_pupil is None else pounds(half_up(per_pupil)), "authority": NOT_KNOWN if authority is None else pounds(authority),
    }  # fmt: skip
