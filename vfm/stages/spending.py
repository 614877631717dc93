"""Stage 2: what is really spent, built up from the provision map and read from the ledger."""

from collections.abc import Mapping

from vfm.costing.budget import ledger_not_counted, ledger_sen
from vfm.costing.figure import Bars, Figure, Input, Unit, bars_of, certainty
from vfm.costing.in_year import spend_by
from vfm.costing.provision_map import printed
from vfm.money import apportion
from vfm.stages.stage import Case, Stage, map_figure


def figures(case: Case) -> tuple[Figure, ...]:
    """The cost of the map and what it is made of, what pay awards did to it, then the ledger."""
    return (*_map(case), *awards(case), *_ledger(case))


def _map(case: Case) -> tuple[Figure, ...]:
    if not case.map.interventions:
        return ()
    kinds = tuple(Input(kind, amount, leads_to="provision-map") for kind, amount in case.map.by_kind.items())
    whose = (
        Input("For pupils with SEN", case.map.for_sen, leads_to="provision-map"),
        Input("For other additional needs", case.map.for_other_needs, leads_to="provision-map"),
        Input("Universal, not counted", case.map.universal, leads_to="provision-map"),
    )
    return (
        map_figure(
            case, "Cost of the provision map", case.map.total, Unit.PENCE,
            "For each intervention: staff × (contact + preparation hours) × rate, and other costs; then added up.", kinds,
        ),
        map_figure(
            case, "Additional cost for pupils with SEN", case.cost, Unit.PENCE,
            "The part of each intervention that counts as additional and falls on pupils with SEN.", whose,
        ),
        _on_authority(case),
    )  # fmt: skip


def _on_authority(case: Case) -> Figure:
    found = case.authority_map
    formula = "The same map, with the authority's rate for each role."
    return Figure(
        "The map on the authority's rates", found.total if found.rated else None, Unit.PENCE,
        formula if found.rated else f"{formula} Its card has no rate yet for any role on the map.", (), case.today,
        case.authority_method, certainty(case.map_estimated), "Provision map",
    )  # fmt: skip


def awards(case: Case) -> tuple[Figure, ...]:
    """What pay awards add to the map (pence), a line of its own; nothing where there are none, or none may be told."""
    found = case.awards
    if found is None:
        return ()
    inputs = (
        Input("Cost of the provision map", found.cost, leads_to="provision-map"),
        Input("The same map without the awards", found.without, leads_to="roles"),
    )
    return (
        Figure(
            "Effect of pay awards", found.effect, Unit.PENCE,
            "Cost of the map − its cost without the awards. It is part of the cost of the map, and an estimate until the awards "
            "are agreed.",
            inputs, case.today, case.method, certainty(found.estimated), "Staff roles and rates",
        ),
    )  # fmt: skip


def _ledger(case: Case) -> tuple[Figure, ...]:
    if not case.ledger:
        return ()
    estimated = any(line.estimated for line in case.ledger)
    inputs = tuple(
        Input(f"{line.code} {line.name}".strip(), line.sen, leads_to=f"ledger:{line.id}") for line in case.ledger
    )
    shown = [
        Figure(
            "SEN spend in the ledger", ledger_sen(case.ledger), Unit.PENCE,
            "For each ledger line: amount × share that is SEN; then added up.", inputs, case.today, "", certainty(estimated), "Ledger lines",
        )
    ]  # fmt: skip
    waiting = ledger_not_counted(case.ledger)
    if waiting:
        shown.append(
            Figure(
                "Ledger lines without a share",
                waiting,
                Unit.PENCE,
                "Amounts of which nobody has set the SEN share yet.",
                (),
                case.today,
            )
        )
    return tuple(shown)


def charts(case: Case) -> tuple[Bars, ...]:
    """Where the map's cost goes: by tier, need, provider and funding, and by term. Each adds up to the map's cost."""
    if not case.map.interventions:
        return ()
    tiers = {tier.capitalize(): pence for tier, pence in printed(case.map.by_tier).items()}
    spans = [(span.name, spend.whole) for span, spend in spend_by([case.map], case.map.calendar.spans)]
    terms = dict(zip([name for name, _ in spans], apportion([whole for _, whole in spans]), strict=True))
    return (
        bars_of("Cost of provision by tier", "Tier", tiers),
        bars_of("Cost of provision by area of need", "Area of need", _named(printed(case.map.by_need))),
        bars_of("Cost of provision by who gives it", "Who gives it", printed(case.map.by_provider)),
        bars_of("Cost of provision by who pays", "Who pays", _named(printed(case.map.by_funding))),
        bars_of("Cost of provision by term", "Term", terms),
    )


def _named(breakdown: Mapping[str, int]) -> dict[str, int]:
    return {name[0].upper() + name[1:]: pence for name, pence in breakdown.items()}


STAGE = Stage("spending", figures, charts=charts)
