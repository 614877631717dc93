"""Stage 3: the cost of provision against the money identified for it."""

from vfm.costing.bridge import Bridge
from vfm.costing.budget import Comparison, IncomeKind
from vfm.costing.figure import Figure, Input, Unit, certainty
from vfm.money import half_up, pounds
from vfm.stages.stage import Case, Finding, Line, Stage, Weight


def compared(case: Case) -> Comparison:
    """The additional cost for pupils with SEN against all the money identified."""
    return Comparison(case.year, case.budget.identified, case.cost, case.budget.not_counted_yet, case.tolerance)


def against_notional(case: Case) -> Comparison:
    """The same cost against the notional SEN budget alone."""
    notional = case.budget.by_kind.get(IncomeKind.NOTIONAL, case.cost * 0)
    return Comparison(case.year, notional, case.cost, tolerance=case.tolerance)


def figures(case: Case) -> tuple[Figure, ...]:
    """Money less cost, where both are there; then what stands between the map and the ledger, where there is a ledger."""
    return (*_compared(case), *_bridged(case))


def _compared(case: Case) -> tuple[Figure, ...]:
    if not case.budget.identified or not case.map.interventions:
        return ()
    shown = list(_difference(case, "Money identified less cost", compared(case), "Money identified for SEN"))
    if against_notional(case).identified:
        shown += _difference(case, "Notional SEN budget less cost", against_notional(case), "Notional SEN budget")
    return tuple(shown)


def _difference(case: Case, name: str, found: Comparison, money: str) -> tuple[Figure, ...]:
    inputs = [
        Input(f"{money}, {case.year.words}", found.identified),
        Input("Additional cost for pupils with SEN", found.cost),
    ]
    if found.percent is not None:
        inputs.append(Input("As a share of the money", abs(found.percent), Unit.PERCENT))
    sure = certainty(case.budget.estimated or case.map_estimated)
    formula = "Money − cost. Below nought, provision costs more, which is common and lawful."
    source = "Income register and provision map"
    return (Figure(name, found.difference, Unit.PENCE, formula, inputs, case.today, case.method, sure, source),)


def _bridged(case: Case) -> tuple[Figure, ...]:
    """Not explained, with the bridge's lines as they are printed, so that they add up to the printed ledger."""
    if case.bridge is None:
        return ()
    found = case.bridge
    lines, rest = found.printed()
    inputs = [Input(line.name, pence) for line, pence in zip(found.telling, lines, strict=True)]
    inputs.append(Input("SEN spend in the ledger", half_up(found.ledger)))
    if found.percent is not None:
        inputs.append(Input("Not explained, as a share of the ledger's SEN spend", abs(found.percent), Unit.PERCENT))
    formula = "SEN spend in the ledger − everything that leads to it from the map. Below nought, the ledger holds less."
    formula += _no_map(found)
    source = "Provision map, time not on the map, bridge lines, ledger lines"
    return (
        Figure(
            f"Not explained between map and ledger, {found.period.name.lower()}", rest, Unit.PENCE, formula, inputs,
            case.today, case.method, certainty(found.estimated), source,
        ),
    )  # fmt: skip


def _no_map(found: Bridge) -> str:
    missing = " and ".join(days.dates for days in found.without_map)
    return f" No map was entered for {missing}." if missing else ""


def costs_more(case: Case) -> Finding | None:
    """More cost than identified money, above the tolerance."""
    found = compared(case)
    if found.identified <= 0 or found.difference >= 0 or not found.beyond_tolerance:
        return None
    return Finding(
        rule="costs-more",
        stage="budget",
        title="Provision costs more than the money identified for it",
        says=f"The additional cost for pupils with SEN is {pounds(half_up(found.cost))}, and "
        f"{pounds(half_up(found.identified))} is identified for it. This is common and lawful: record the reason.",
        action="Record why provision costs more than the money identified for it, and where the difference is paid from.",
        owner="Business manager",
        weight=Weight.MONEY,
        lines=(Line("Money against cost, stage 3", "stage:budget"),),
    )


def costs_less(case: Case) -> Finding | None:
    """Less cost than the notional SEN budget, by more than the tolerance."""
    found = against_notional(case)
    if found.difference <= 0 or not found.beyond_tolerance:
        return None
    return Finding(
        rule="costs-less",
        stage="budget",
        title="The map costs less than the notional SEN budget",
        says=f"The additional cost for pupils with SEN is {pounds(half_up(found.cost))} and the notional SEN budget of this "
        f"year {pounds(half_up(found.identified))}. Is provision missing from the map, or is money used for inclusive teaching "
        "it does not count? Record the reason.",
        action="Find out whether provision is missing from the map or money is used for inclusive teaching that it does not "
        "count, and record the reason.",
        owner="SENCO",
        weight=Weight.MONEY,
        lines=(Line("Notional SEN budget against cost, stage 3", "stage:budget"),),
    )


def not_explained(case: Case) -> Finding | None:
    """Map and ledger differ by more than the tolerance, and nobody has said why."""
    if case.bridge is None or not case.bridge.beyond(case.tolerance):
        return None
    amount, where = abs(case.bridge.printed()[1]), "more" if case.bridge.not_explained > 0 else "less"
    return Finding(
        rule="not-explained",
        stage="budget",
        title="The map and the ledger differ, and nobody has explained it yet",
        says=f"The map and the ledger differ by {pounds(amount)} that nobody has explained yet: for the "
        f"{case.bridge.period.name.lower()} the ledger holds {where} than the map and what is known to lie between them."
        + _no_map(case.bridge),
        action="Find out together what lies between the map and the ledger, and enter each reason with its ground.",
        owner="Business manager",
        weight=Weight.MONEY,
        lines=(Line("From the map to the ledger, stage 3", "bridge"),),
    )


STAGE = Stage("budget", figures, (costs_more, costs_less, not_explained))
