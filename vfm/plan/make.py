"""Makes the finished plan of a case and the school's actions: pure, with today as an argument."""

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction

from vfm.answers import Answer, applying, progress
from vfm.costing.budget import IncomeKind
from vfm.costing.costed import CostedIntervention
from vfm.costing.figure import Figure, Unit
from vfm.costing.intervention import Result
from vfm.costing.methods import gaps_of
from vfm.money import half_up, hours_and_minutes, percent_words, pounds
from vfm.plan.action_plan import (
    FORMAT,
    Action,
    ActionPlan,
    Duty,
    GivenAnswer,
    ProvisionRow,
    Shown,
    SignOff,
    StageSummary,
)
from vfm.plan.shown import gap_words, shown
from vfm.questions.bank import Question, QuestionSet
from vfm.stages import charts_of, figures_of
from vfm.stages.stage import Case
from vfm.value.coverage import without_outcome

LEAST_SHOWN = 10
"""A number of pupils below this is not told to anybody outside the school, except where the page says who sees it."""


def make_plan(
    case: Case, actions: Sequence[Action], *, authority: str, reference: str, today: dt.date,
    last_year: Sequence[Action] = (), written_by: Sequence[str] = (), number: int = 0,
    signed: tuple[SignOff, ...] = (), may_inform_top_up: bool = False,
) -> ActionPlan:  # fmt: skip
    """The whole plan as a value. The case must be one that was costed without leadership's rates."""
    if case.map.leadership:
        raise ValueError("a document is never made from figures that only leadership may see")
    figures = [figure for stage in case.bank.sets for figure in figures_of(case, stage.slug)]
    return ActionPlan(
        format=FORMAT,
        school=case.school.name,
        authority=authority,
        year=case.year.words,
        number=number,
        reference=reference,
        submitted_on=today if number else None,
        written_by=tuple(written_by),
        signed=signed,
        may_inform_top_up=may_inform_top_up,
        facts=_facts(case),
        confirmed_share=_confirmed(figures),
        outcome_share=_with_outcome(case),
        asks=tuple(f"{a.support_wanted}: {a.text}" for a in actions if a.support_wanted),
        summary=_summary(case),
        charts=(*charts_of(case, "budget"), *charts_of(case, "spending")),
        duties=tuple(_duties(case)),
        stages=tuple(_stage(case, number, stage) for number, stage in enumerate(case.bank.sets, start=1)),
        actions=tuple(actions),
        last_year=tuple(last_year),
        provision=_provision(case),
        provision_total=(pounds(case.map.printed_total), pounds(half_up(case.map.additional))),
        notes=_notes(case),
    )


def _facts(case: Case) -> tuple[tuple[str, str], ...]:
    notional = case.budget.by_kind.get(IncomeKind.NOTIONAL)
    counts = (
        ("Pupils on roll", case.counts.roll),
        ("On SEN Support (K)", case.counts.sen_support),
        ("With an EHC plan (E)", case.counts.ehc_plans),
        ("With top-up funding", case.counts.top_ups),
    )
    facts = [("Kind of school", f"{case.school.kind.words}, {'academy' if case.school.academy else 'maintained'}")]
    facts += [(name, "Not known" if value is None else f"{value:,}") for name, value in counts]
    return (
        *facts,
        ("Notional SEN budget in this year", "Not entered" if notional is None else pounds(half_up(notional))),
    )


def _confirmed(figures: Sequence[Figure]) -> str:
    if not figures:
        return "No figures yet"
    confirmed = sum(figure.certainty.value == "confirmed" for figure in figures)
    return f"{confirmed} of {len(figures)}"


def _with_outcome(case: Case) -> str:
    share = without_outcome(case.map).share
    return "No provision entered" if share is None else f"{percent_words((1 - share) * 100)} of its cost"


def _summary(case: Case) -> tuple[Shown, ...]:
    """The main figures, of stages 1, 2 and 3."""
    return tuple(shown(figure) for slug in ("funding", "spending", "budget") for figure in figures_of(case, slug))


def _notes(case: Case) -> tuple[str, ...]:
    every = progress(case.bank, case.school, case.answers)
    notes = [f"Of {every.asked} questions that apply: {every.words}."]
    if every.requirements_not_met:
        notes.append("A legal requirement is not yet met.")
    if every.conditions_not_met:
        notes.append("A grant condition is not yet met.")
    if case.map.interventions:
        notes.append(f"The provision map is costed at these rates: {case.method}.")
    if case.map.substitute:
        notes.append(
            "Where a rate would give away what one or two people are paid, provision is costed at the authority's rate, or a "
            "published pay point, instead."
        )
    return tuple(notes)


def _said(answer: Answer | None) -> str:
    return answer.choice.words if answer and answer.choice else "Not answered"


def _duties(case: Case) -> Iterable[Duty]:
    for question in applying(case.bank, case.school):
        if question.strength_for(case.school).binds:
            answer = case.answers.get(question.id)
            law = next(
                (r for r in question.references if r.force in ("law", "grant condition")), question.references[0]
            )
            on = answer.answered_on if answer and answer.choice else None
            yield Duty(
                case.bank.number(question.id), question.duty, question.text, _said(answer), on, law.cite, law.url or ""
            )


def _stage(case: Case, number: int, stage: QuestionSet) -> StageSummary:
    counted = progress(stage.questions, case.school, case.answers)
    score = "" if counted.score is None else f"Score {percent_words(counted.score * 100)} of what has been answered."
    warnings = [
        words
        for found, words in (
            (counted.requirements_not_met, "A legal requirement is not yet met"),
            (counted.conditions_not_met, "A grant condition is not yet met"),
        )
        if found
    ]
    return StageSummary(
        number=number,
        title=stage.title,
        counts=counted.words,
        score=score,
        warnings=tuple(warnings),
        answers=tuple(_answer(case, question) for question in applying(stage.questions, case.school)),
        figures=tuple(shown(figure) for figure in _told(figures_of(case, stage.slug))),
    )


def _told(figures: Iterable[Figure]) -> Iterable[Figure]:
    """Leaves out small numbers of pupils inside a figure's working: they could point to a child."""
    for figure in figures:
        small = any(i.unit is Unit.PUPILS and i.value is not None and i.value < LEAST_SHOWN for i in figure.inputs)
        if not small:
            yield figure


def _answer(case: Case, question: Question) -> GivenAnswer:
    answer = case.answers.get(question.id) or Answer(question.id)
    note = "\n".join(each for each in (answer.reason, answer.note) if each)
    return GivenAnswer(
        number=case.bank.number(question.id), question=question.text, answer=_said(answer), note=note,
        evidence=answer.evidence, basis=answer.basis.words if answer.basis else "", agreed=answer.agreed,
    )  # fmt: skip


def _provision(case: Case) -> tuple[ProvisionRow, ...]:
    costs, additional = case.map.printed_interventions(), case.map.printed_additional()
    return tuple(
        _row(each, pounds(cost), pounds(extra))
        for each, cost, extra in zip(case.map.interventions, costs, additional, strict=True)
    )


def _row(each: CostedIntervention, cost: str, additional: str) -> ProvisionRow:
    it = each.intervention
    marked = "* Costed at a substitute rate, because the actual rate would give away what one or two people are paid."
    notes = [marked] if each.substitute else []
    notes += [f"{it.name}: {gap_words(gap)}" for gap in gaps_of(each)]
    return ProvisionRow(
        name=it.name,
        tier=it.tier.value.capitalize(),
        need=it.need,
        given_by=", ".join(given_by(each)),
        pupils=str(it.pupils) if it.pupils else "Not known",
        hours=hours_and_minutes(Fraction(each.contact_hours) * 60),
        cost=cost + ("*" if each.substitute else ""),
        additional=additional,
        result=_result(each),
        note="\n".join(notes),
    )


def given_by(each: CostedIntervention) -> list[str]:
    """Who gives it: "2 Teaching assistants" as the role with its number where it is not one. Nobody is named."""
    numbers: dict[str, Fraction] = {}
    for line in each.staff_lines:
        numbers[line.label] = numbers.get(line.label, Fraction(0)) + Fraction(line.staff.number)
    return [label if number == 1 else f"{label} × {float(number):g}" for label, number in numbers.items()]


def _result(each: CostedIntervention) -> str:
    """Met of recorded; small groups only say that something is recorded."""
    results = [member.result for member in each.intervention.members if member.result is not None]
    if not results:
        return "Nothing recorded"
    if len(each.intervention.members) < LEAST_SHOWN:
        return "Recorded"
    return f"{sum(result is Result.MET for result in results)} of {len(results)} met"
