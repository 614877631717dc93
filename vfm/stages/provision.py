"""Stage 5: what is provided, to whom, and with whose hours."""

from vfm.costing.deployment import Deployment
from vfm.costing.figure import Figure, Input, Unit, certainty
from vfm.costing.provision_map import printed
from vfm.money import add_up, hours_and_minutes, in_pence, pounds
from vfm.stages.noticing import open_patterns
from vfm.stages.stage import Case, Finding, Line, Stage, Weight, map_figure
from vfm.value.coverage import THRESHOLD, over_threshold


def figures(case: Case) -> tuple[Figure, ...]:
    """How many interventions, how many hours, and how staff hours are used."""
    lines = case.map.interventions
    if not lines:
        return ()
    tiers = tuple(
        Input(f"Cost, {tier}", amount, leads_to="provision-map") for tier, amount in printed(case.map.by_tier).items()
    )
    needs = tuple(
        Input(f"Cost, {need}", amount, leads_to="provision-map") for need, amount in printed(case.map.by_need).items()
    )
    hours = add_up(each.contact_hours for each in lines)
    formula = "For each intervention: minutes ÷ 60 × sessions run; then added up."
    return (
        map_figure(case, "Interventions on the map", len(lines), Unit.INTERVENTIONS, "Counted.", (*tiers, *needs)),
        map_figure(case, "Contact hours", hours, Unit.HOURS, formula),
        *(_hours(case, each) for each in case.deployment()),
    )


def _hours(case: Case, each: Deployment) -> Figure:
    inputs = (
        Input("Contracted", each.contracted, Unit.MINUTES, "staff"),
        Input("On the map", each.on_the_map, Unit.MINUTES, "provision-map"),
        *(Input(work.words, minutes, Unit.MINUTES, "staff") for work, minutes in each.other_work.items() if minutes),
        Input("Not yet recorded", each.not_recorded, Unit.MINUTES),
        Input("Over", each.over, Unit.MINUTES),
    )
    formula = "Hours on the map and on other recorded work, beside contracted hours a week × weeks."
    return Figure(
        f"Hours booked: {each.role}", each.booked, Unit.MINUTES, formula, inputs, case.today, "",
        certainty(case.map_estimated), "Staff and provision map",
    )  # fmt: skip


def over_booked(case: Case) -> Finding | None:
    """Staff booked beyond their hours, from the first minute."""
    found = [each for each in case.deployment() if each.over_booked]
    if not found:
        return None
    roles = "; ".join(f"{each.role}, {hours_and_minutes(each.over)} over" for each in found)
    people = {contract.role: contract.person for contract in reversed(case.contracts)}
    return Finding(
        rule="over-booked",
        stage="provision",
        title="Staff are booked beyond their hours",
        says=f"The map and other recorded work ask for more hours in the year than staff have: {roles}.",
        action="Bring the hours on the map and the contracted hours together: shorten, move or stop something, or agree more "
        "hours.",
        owner="SENCO",
        weight=Weight.MONEY,
        lines=tuple(Line(each.role, f"staff:{people[each.role]}") for each in found),
    )


def over_six_thousand(case: Case) -> Finding | None:
    """A pupil whose additional provision costs over £6,000 on the authority's rates, without top-up."""
    found = [each for each in over_threshold(case.authority_map, case.pupils) if case.pupils[each.pupil].has_sen]
    if not found:
        return None
    line = pounds(int(in_pence(THRESHOLD)))
    return Finding(
        rule="over-six-thousand",
        stage="provision",
        title="A pupil's provision costs over £6,000 and there is no top-up",
        says=f"On the authority's rates, the additional provision of at least one pupil costs more than {line} a year, and no "
        "top-up is received. The sum is a line on a report; it is not a condition for asking for an assessment.",
        action="Ask whether top-up applies for each pupil whose additional provision costs over £6,000 on the authority's rates.",
        owner="SENCO",
        weight=Weight.MONEY,
        lines=tuple(Line(case.pupils[each.pupil].name, f"pupil:{each.pupil}", private=True) for each in found),
    )


LOOKS = tuple(open_patterns("provision", look) for look in ("repeats", "coverage", "withdrawal"))
STAGE = Stage("provision", figures, (over_booked, over_six_thousand), LOOKS)
