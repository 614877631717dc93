"""Says what an action plan shows and in which order: one list of parts, from which page and PDF are both made."""

from collections.abc import Iterator
from dataclasses import dataclass

from vfm.documents.charts import Bars
from vfm.documents.pdf.parts import Chart, Heading, Items, Part, Table, Terms, Text
from vfm.money import pounds
from vfm.plan.action_plan import Action, ActionPlan, Shown, StageSummary


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
    ))  # fmt: skip
    yield Heading(2, "What we ask of the authority and others")
    if plan.asks:
        yield Items(plan.asks)
    else:
        yield Text("Nothing has been asked for in this plan.")
    yield Heading(2, "What this plan is for")
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
        rows = tuple((a.text, a.owner, a.status, a.progress) for a in plan.last_year)
        yield Table(
            "What became of last year's actions", ("Action", "Owner", "Status", "Progress"), rows, (40, 18, 14, 28)
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
    yield Text("The first five are the school's priorities.")
    rows = tuple(
        (str(a.number), a.text, a.priority, a.owner, day(a.due), a.cost or "Not costed yet", a.reference)
        for a in plan.actions
    )
    headings = ("No.", "Action", "Priority", "Owner", "Due", "Cost", "From")
    yield Table("The actions in order", headings, rows, (6, 36, 11, 14, 13, 11, 9))
    for action in plan.actions:
        yield Heading(3, f"Action {action.number}: {action.text}")
        yield Terms(tuple((term, words) for term, words in _of_action(action) if words))


def _of_action(a: Action) -> Iterator[tuple[str, str]]:
    yield "Came from", a.source_title
    yield "What was found", a.source_says
    yield "Owner", a.owner
    yield "Priority", a.priority
    yield "From", day(a.starts)
    yield "Due", day(a.due)
    yield "Cost", a.cost
    yield "Paid from", a.funding
    yield "We shall know it has worked when", a.success
    yield "How this is checked", a.checked_how
    yield "Barrier", a.barrier
    yield "Reach", a.reach
    yield "Outcome", a.outcome
    yield "Support wanted from", a.support_wanted
    yield "Status", a.status
    yield "Progress", a.progress


def _duties(plan: ActionPlan) -> Iterator[Part]:
    yield Heading(2, "What the law and grants require", "duties")
    yield Text("Each row is a duty that applies to this kind of school, and what the school answered.")
    rows = tuple(
        (d.number, d.question, d.duty, d.answer, day(d.answered_on), f"{d.cite} {d.url}".strip()) for d in plan.duties
    )
    headings = ("No.", "Duty, as a question", "Whose duty", "Answer", "Answered on", "Rests on")
    yield Table("Duties and answers", headings, rows, (6, 32, 18, 10, 12, 22))


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
    rows = tuple(
        (p.name, p.tier, p.given_by, p.pupils, p.hours, p.cost, p.additional, p.result) for p in plan.provision
    )
    total = ("Total", "", "", "", "", *plan.provision_total, "")
    headings = ("Intervention", "Tier", "Given by", "Pupils", "Hours", "Cost", "Counts as additional", "Outcome")
    widths = (22, 10, 16, 8, 8, 12, 12, 12)
    yield Table(
        "Interventions and what they cost", headings, (*rows, total), widths, frozenset({3, 4, 5, 6}), total_row=True
    )
    for note in dict.fromkeys(p.note for p in plan.provision if p.note):
        yield Text(note)


def _working(plan: ActionPlan) -> Iterator[Part]:
    yield Heading(2, "How every figure was worked out", "working")
    shown = dict.fromkeys((*plan.summary, *(f for stage in plan.stages for f in stage.figures)))
    for figure in shown:
        yield Heading(3, f"{figure.name}: {figure.value}")
        yield Terms(tuple((term, said) for term, said in _of_figure(figure) if said))


def _of_figure(figure: Shown) -> Iterator[tuple[str, str]]:
    yield "Formula", figure.formula
    yield from figure.inputs
    yield "As at", figure.as_at
    yield "Rates", figure.method
    yield "State", figure.state
    yield "Source", figure.source
