"""Stage 6: what is known of outcomes, as far as the map says it."""

from collections import Counter

from vfm.costing.costed import CostedIntervention
from vfm.costing.figure import Figure, Input, Unit
from vfm.money import half_up, pounds
from vfm.stages.noticing import open_lines
from vfm.stages.stage import Case, Finding, Line, Stage, Weight, map_figure
from vfm.value.coverage import Part, ended_without_review, part_of, without_outcome
from vfm.value.covered import ENDED, NO_OUTCOME
from vfm.value.noticed import Pattern
from vfm.value.taken import RESULT_WORDS


def figures(case: Case) -> tuple[Figure, ...]:
    """What was recorded, pupil by pupil, and what is spent with nothing recorded."""
    if not case.map.interventions:
        return ()
    found = without_outcome(case.map)
    results = Counter(member.result for each in case.map.interventions for member in each.intervention.members)
    inputs = tuple(
        Input(words, results[result], Unit.PUPILS, "provision-map")
        for result, words in RESULT_WORDS.items()
        if results[result]
    )
    recorded = sum(number for result, number in results.items() if result is not None)
    spend = (_share(found), Input("Interventions", len(found.interventions), Unit.INTERVENTIONS, "provision-map"))
    return (
        map_figure(case, "Outcomes recorded", recorded, Unit.PUPILS, "Each pupil once for each intervention.", inputs),
        map_figure(
            case, "Spend with no outcome recorded", found.amount, Unit.PENCE,
            "The cost of the interventions of which nothing is recorded for any pupil.", spend,
        ),
    )  # fmt: skip


def _share(found: Part) -> Input:
    return Input("Share of the map", None if found.share is None else found.share * 100, Unit.PERCENT)


def no_outcome(case: Case) -> Finding | None:
    """Interventions without an outcome that nobody has set aside, as pounds of spend."""
    found = _open(case, without_outcome(case.map), NO_OUTCOME)
    if not found.interventions:
        return None
    return Finding(
        rule="no-outcome",
        stage="outcomes",
        title="Spend with no outcome recorded",
        says=f"For {_count(len(found.interventions))} nothing is recorded for any pupil. Together they cost "
        f"{pounds(half_up(found.amount))}.",
        action="Record for each pupil whether the intended outcome was met, partly met or not, beginning with the dearest "
        "interventions.",
        owner="SENCO",
        weight=Weight.OTHER,
        lines=_lines(found.interventions),
    )


def ended_unreviewed(case: Case) -> Finding | None:
    """Interventions that ended, or whose review was due, without a review, and that nobody has set aside."""
    found = _open(case, ended_without_review(case.map, case.today), ENDED)
    if not found.interventions:
        return None
    return Finding(
        rule="ended-unreviewed",
        stage="outcomes",
        title="Ended without a review",
        says=f"{_count(len(found.interventions)).capitalize()} came to an end, or to the day of its review, and no review is "
        "recorded.",
        action="Review what has ended: did it work, for whom, and should it come back?",
        owner="SENCO",
        weight=Weight.OTHER,
        lines=_lines(found.interventions),
    )


def _open(case: Case, found: Part, pattern: Pattern) -> Part:
    lines = open_lines(case, pattern)
    return part_of(case.map, tuple(each for each in found.interventions if each.intervention.id in lines))


def _count(number: int) -> str:
    return "one intervention" if number == 1 else f"{number} interventions"


def _lines(found: tuple[CostedIntervention, ...]) -> tuple[Line, ...]:
    return tuple(Line(each.name, f"intervention:{each.intervention.id}") for each in found)


STAGE = Stage("outcomes", figures, (no_outcome, ended_unreviewed))
