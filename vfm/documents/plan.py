"""Says what an action plan shows and in which order: one list of parts, from which page and PDF are both made."""

from collections.abc import Iterator
from dataclasses import dataclass

from vfm.documents.charts import Bars
from vfm.documents.pdf.parts import Chart, Heading, Items, Link, Part, Table, Terms, Text
from vfm.money import pounds
from vfm.plan.action_plan import Action, ActionPlan, ProvisionRow, Shown, StageSummary

FROM_FIGURES = "Figures"


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the plan; its first part is its heading."""

    anchor: str
    parts: tuple[Part, ...]


def sections(plan: ActionPlan) -> list[Section]:
    """The whole plan in reading order."""
    made = (
        ("plan", _first_page(plan)),
        ("summary", _summary(plan)),
        ("last-year", _last_year(plan)),
        ("actions", _actions(plan)),
        ("duties", _duties(plan)),
        ("stages", _stages(plan)),
        ("provision", _provision(plan)),
        ("working", _working(plan)),
    )
    return [Section(anchor, tuple(parts)) for anchor, each in made if (parts := list(each))]


def title(plan: ActionPlan) -> str:
    """The title of the document."""
    return f"Value for money review {plan.year}: action plan"


def status(plan: ActionPlan) -> str:
    """Which version it is."""
    if plan.submitted_on is None:
        return "Draft, not submitted"
    return f"Version {plan.number}, submitted on {day(plan.submitted_on)}"


def day(value: object) -> str:
    """Such as 1 September 2026, or nothing."""
    return f"{value.day} {value:%B %Y}" if hasattr(value, "day") and value is not None else ""


def _first_page(plan: ActionPlan) -> Iterator[Part]:
    yield Heading(1, title(plan), "plan")
    yield Text(plan.school, "lead")
    signed = [
        f"{each.name}, {each.role}, {day(each.on)}" + (f", minute {each.minute}" if each.minute else "")
        for each in plan.signed
    ]
    yield Terms((
        ("Status", status(plan)),
        ("Reference", plan.reference),
        ("Local authority", plan.authority),
        *plan.facts,
        ("Written by", ", ".join(plan.written_by)),
        ("Signed off", "; ".join(signed) or "Not signed off yet"),
        ("Figures that are confirmed", plan.confirmed_share),
        ("Provision with an outcome recorded", plan.outcome_share),
        ("What we ask of the authority and others", "\n".join(plan.asks) or "Nothing in this plan"),
    ))  # fmt: skip
    yield Text(
        "The school made this plan of its own accord, to see what its spending on special and additional needs achieves. "
        + (
            "The school agrees that the authority may use it when it decides about top-up funding."
            if plan.may_inform_top_up
            else "It is not to be used for decisions about top-up funding."
        )
        + " It names no pupil. Staff are named by their role."
    )


def _summary(plan: ActionPlan) -> Iterator[Part]:
    yield Heading(2, "Summary", "summary")
    for sentence in plan.notes:
        yield Text(sentence)
    if plan.summary:
        yield Table(
            "Main figures",
            ("Figure", "Amount"),
            tuple((f.name, f.value) for f in plan.summary),
            (70, 30),
            frozenset({1}),
        )
    for bars in plan.charts:
        yield Chart(
            Bars(
                bars.title, bars.names, tuple((name, tuple(p / 100 for p in pence)) for name, pence in bars.series), "£"
            )
        )
        headings = (bars.across, *(name for name, _ in bars.series))
        rows = tuple((n, *(pounds(pence[i]) for _, pence in bars.series)) for i, n in enumerate(bars.names))
        widths = (40, *(60 // len(bars.series) for _ in bars.series))
        yield Table(f"{bars.title}: the numbers", headings, rows, widths, frozenset(range(1, len(headings))))


def _last_year(plan: ActionPlan) -> Iterator[Part]:
    if plan.last_year:
        yield Heading(2, "Last year's actions", "last-year")
        rows = tuple(
            (a.text, a.owner, "\n".join(each for each in (a.status, a.progress) if each)) for a in plan.last_year
        )
        yield Table(
            "What became of last year's actions", ("Action", "Owner", "Status and progress"), rows, (52, 20, 28)
        )


def _actions(plan: ActionPlan) -> Iterator[Part]:
    yield Heading(2, "Actions", "actions")
    if not plan.actions:
        yield Text("There are no actions in this plan.")
        return
    if plan.many:
        yield Text(
            f"The plan holds {len(plan.actions)} actions. More than twelve is hard to carry through in one year: "
            "consider which can wait."
        )
    yield Text(
        "The first five are the school's priorities. The last column says where an action came from: the number of a question "
        "in the part stage by stage, the figures, or the school itself."
    )
    rows = tuple(
        (str(a.number), f"{a.text}\n{a.priority} priority", a.owner, day(a.due), a.reference) for a in plan.actions
    )
    yield Table("The actions in order", ("No.", "Action", "Owner", "Due", "From"), rows, (8, 46, 17, 16, 13))
    for action in plan.actions:
        told = tuple((term, words) for term, words in _of_action(action) if words)
        if told:
            yield Heading(3, f"More about action {action.number}")
            yield Terms(told)


def _of_action(a: Action) -> Iterator[tuple[str, str]]:
    """What the table does not say."""
    if a.reference == FROM_FIGURES:
        yield "What was found", a.source_says
    yield "Cost", f"{a.cost}, paid from {a.funding}" if a.cost and a.funding else a.cost
    yield "We shall know it has worked when", a.success
    yield "How this is checked", a.checked_how
    yield "Barrier", a.barrier
    yield "Reach", a.reach
    yield "Outcome", a.outcome
    yield "Support wanted from", a.support_wanted
    if a.progress or a.status != "Not started":
        yield "Status", f"{a.status}. {a.progress}".strip()


def _duties(plan: ActionPlan) -> Iterator[Part]:
    yield Heading(2, "What the law and grants require", "duties")
    yield Text("Each row is a duty that applies to this kind of school, and what the school answered.")
    rows = tuple((d.number, f"{d.question}\n{d.duty}", d.answer, day(d.answered_on)) for d in plan.duties)
    yield Table(
        "Duties and answers", ("No.", "Duty, as a question, and whose it is", "Answer", "On"), rows, (9, 56, 17, 18)
    )
    yield Heading(3, "Where the duties stand")
    for cite, url in dict.fromkeys((d.cite, d.url) for d in plan.duties):
        yield Link(cite, url) if url else Text(cite)


def _stages(plan: ActionPlan) -> Iterator[Part]:
    yield Heading(2, "Stage by stage", "stages")
    for stage in plan.stages:
        yield from _stage(stage)


def _stage(stage: StageSummary) -> Iterator[Part]:
    yield Heading(3, f"{stage.number}. {stage.title}")
    for warning in stage.warnings:
        yield Text(warning, "strong")
    yield Text(f"{stage.counts}. {stage.score}".strip())
    if stage.figures:
        rows = tuple((figure.name, figure.value) for figure in stage.figures)
        yield Table(f"Figures of stage {stage.number}", ("Figure", "Amount"), rows, (70, 30), frozenset({1}))
    answers = tuple(
        (
            a.number,
            a.question,
            a.answer + ("" if a.agreed or a.answer == "Not answered" else " (draft)"),
            _beside(a.note, a.evidence, a.basis),
        )
        for a in stage.answers
    )
    yield Table(
        f"Answers of stage {stage.number}", ("No.", "Question", "Answer", "Note and evidence"), answers, (7, 38, 14, 41)
    )


def _beside(note: str, evidence: str, basis: str) -> str:
    return "\n".join(each for each in (note, f"Evidence: {evidence}" if evidence else "", basis) if each)


def _provision(plan: ActionPlan) -> Iterator[Part]:
    yield Heading(2, "Costed provision", "provision")
    if not plan.provision:
        yield Text("No intervention has been entered yet.")
        return
    rows = tuple((_described(row), row.pupils, row.hours, row.cost, row.additional) for row in plan.provision)
    total = ("Total", "", "", *plan.provision_total)
    headings = ("Intervention", "Pupils", "Hours", "Cost", "Additional")
    yield Table(
        "Interventions and what they cost",
        headings,
        (*rows, total),
        (42, 10, 14, 17, 17),
        frozenset({1, 3, 4}),
        total_row=True,
    )
    for note in dict.fromkeys(p.note for p in plan.provision if p.note):
        yield Text(note, "note")


def _described(row: ProvisionRow) -> str:
    return f"{row.name}\n{row.tier}, {row.given_by}. Outcome: {row.result[0].lower()}{row.result[1:]}"


def _working(plan: ActionPlan) -> Iterator[Part]:
    yield Heading(2, "How every figure was worked out", "working")
    shown = dict.fromkeys((*plan.summary, *(f for stage in plan.stages for f in stage.figures)))
    for figure in shown:
        yield Heading(3, f"{figure.name}: {figure.value}")
        yield Text(figure.formula)
        if figure.inputs:
            yield Items(tuple(f"{name}: {value}" for name, value in figure.inputs))
        yield Text(". ".join(each for each in _circumstances(figure) if each) + ".", "note")


def _circumstances(figure: Shown) -> Iterator[str]:
    yield figure.state
    yield f"As at {figure.as_at}" if figure.as_at else ""
    yield f"Rates: {figure.method}" if figure.method else ""
    yield f"From: {figure.source}" if figure.source else ""
