"""What we make of it all: the seven stages, in order; the one registry."""

from vfm.costing.figure import Bars, Figure
from vfm.stages import budget, funding, needs, outcomes, provision, spending, value
from vfm.stages.stage import Case, Finding, Stage

STAGES = tuple(module.STAGE for module in (funding, spending, budget, needs, provision, outcomes, value))
SLUGS = tuple(stage.slug for stage in STAGES)


def figures_of(case: Case, slug: str) -> tuple[Figure, ...]:
    """The figures of one stage."""
    return next(stage.figures(case) for stage in STAGES if stage.slug == slug)


def charts_of(case: Case, slug: str) -> tuple[Bars, ...]:
    """The charts of one stage; the numbers stand beneath each of them."""
    return next(stage.charts(case) for stage in STAGES if stage.slug == slug)


def findings_of(case: Case) -> list[Finding]:
    """What every rule of every stage finds, in the order of the stages."""
    return [found for stage in STAGES for found in _of_stage(stage, case)]


def _of_stage(stage: Stage, case: Case) -> list[Finding]:
    alone = [found for rule in stage.rules if (found := rule(case)) is not None]
    return [*alone, *(found for series in stage.series for found in series(case))]
