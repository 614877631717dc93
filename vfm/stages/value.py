"""Stage 7: what it comes to, and what the law still asks for."""

from vfm.answers import progress
from vfm.costing.figure import Figure, Input, Unit
from vfm.stages.noticing import open_patterns
from vfm.stages.stage import Case, Finding, Line, Stage, Weight, map_figure


def figures(case: Case) -> tuple[Figure, ...]:
    """Cost per pupil with SEN, where the number of pupils is known."""
    if not case.map.interventions or not case.counts.with_sen:
        return ()
    inputs = (
        Input("Additional cost for pupils with SEN", case.cost, leads_to="provision-map"),
        Input("Pupils with SEN", case.counts.with_sen, Unit.PUPILS, "pupils"),
    )
    formula = "Additional cost for pupils with SEN ÷ pupils on SEN Support or with an EHC plan."
    each = case.cost / case.counts.with_sen
    return (map_figure(case, "Additional cost for each pupil with SEN", each, Unit.PENCE, formula, inputs),)


def requirement_not_met(case: Case) -> Finding | None:
    """A legal requirement that was answered No."""
    return _not_met(
        case, progress(case.bank, case.school, case.answers).requirements_not_met, "requirement-not-met",
        "A legal requirement is not yet met",
        "Tell the governing body which legal requirement is not yet met, and agree who puts it right and by when.",
    )  # fmt: skip


def condition_not_met(case: Case) -> Finding | None:
    """A grant condition that was answered No."""
    return _not_met(
        case, progress(case.bank, case.school, case.answers).conditions_not_met, "condition-not-met",
        "A grant condition is not yet met",
        "Tell the governing body which grant condition is not yet met, and agree who puts it right and by when.",
    )  # fmt: skip


def _not_met(case: Case, questions: tuple[str, ...], rule: str, title: str, action: str) -> Finding | None:
    if not questions:
        return None
    listed = [case.bank.question(identity) for identity in questions]
    numbers = ", ".join(case.bank.number(question.id) for question in listed)
    return Finding(
        rule=rule,
        stage="value",
        title=title,
        says=f"Answered No: {numbers}.",
        action=action,
        owner="Head",
        weight=Weight.LEGAL,
        lines=tuple(Line(f"{case.bank.number(q.id)} {q.topic}", f"question:{q.id}") for q in listed),
    )


STAGE = Stage("value", figures, (requirement_not_met, condition_not_met), (open_patterns("value", "fairness"),))
