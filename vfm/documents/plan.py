"""Says what an action plan shows and in which order: one list of parts, from which page and PDF are both made."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from vfm.costing import figure
from vfm.documents.charts import Bars
from vfm.documents.pdf.parts import Chart, Heading, Items, Link, Part, Table, Terms, Text
from vfm.money import pounds
from vfm.plan.action_plan import Action, ActionPlan, GivenAnswer, ProvisionRow, Shown, StageSummary

FROM_FIGURES = "Figures"
SUMMARY_CHARTS = 2
"""Charts on the summary, as product.md asks; the others stand beside the costed provision."""


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
    yield from chart_parts(plan.charts[:SUMMARY_CHARTS])


def chart_parts(charts: Iterable[figure.Bars]) -> list[Part]:
    """Each chart as a picture, with its numbers beneath: the same on a page and in a PDF."""
    return [part for bars in charts for part in _chart(bars)]


def _chart(bars: figure.Bars) -> Iterator[Part]:
    series = tuple((name, tuple(p / 100 for p in pence)) for name, pence in bars.series)
    yield Chart(Bars(bars.title, bars.names, series, "£"))
    headings = (bars.across, *(name for name, _ in bars.series))
    rows = tuple((n, *(pounds(pence[i]) for _, pence in bars.series)) for i, n in enumerate(bars.names))
    widths = (30 * (len(bars.series) + 1), *(30 for _ in bars.series))
    yield Table(f"{bars.title}: the numbers", headings, rows, widths, frozenset(range(1, len(headings))))


def _last_year(plan: ActionPlan) -> Iterator[Part]:
    if plan.last_year:
        yield Heading(2, "Last year's actions", "last-year")
        rows = tuple((a.text, a.owner, _lines(a.status, a.progress)) for a in plan.last_year)
        yield Table(
            "What became of last year's actions", ("Action", "Owner", "Status and progress"), rows, (55, 19, 26)
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
        (str(a.number), f"{a.text}\n{a.priority} priority", _who_and_when(a), a.reference) for a in plan.actions
    )
    yield Table("The actions in order", ("No.", "Action", "Owner and dates", "From"), rows, (8, 49, 30, 13))
    for action in plan.actions:
        told = tuple((term, words) for term, words in _of_action(action) if words)
        if told:
            yield Heading(3, f"More about action {action.number}")
            yield Terms(told)


def _who_and_when(a: Action) -> str:
    start = f"{day(a.starts)} to" if a.starts else ""
    return _lines(a.owner, start, day(a.due))


def _of_action(a: Action) -> Iterator[tuple[str, str]]:
    """What the table does not say."""
    if a.reference == FROM_FIGURES:
        yield "What was found", a.source_says
    yield "Cost", f"{a.cost}, paid from {a.funding}" if a.cost and a.funding else a.cost
    yield "Paid from", "" if a.cost else a.funding
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
    rows = tuple((d.number, f"{d.question}\n{d.duty}", _lines(d.answer, day(d.answered_on))) for d in plan.duties)
    yield Table("Duties and answers", ("No.", "Duty, as a question, and whose it is", "Answer"), rows, (9, 61, 30))
    yield Heading(3, "The law and the conditions they rest on")
    for cite, url in dict.fromkeys((d.cite, d.url) for d in plan.duties):
        yield Link(cite, url) if url else Text(cite)


def _stages(plan: ActionPlan) -> Iterator[Part]:
    yield Heading(2, "Stage by stage", "stages")
    for stage in plan.stages:
        yield from _stage(stage, plan.summary)


def _stage(stage: StageSummary, told: tuple[Shown, ...]) -> Iterator[Part]:
    """A stage without the figures that the summary has told."""
    yield Heading(3, f"{stage.number}. {stage.title}")
    for warning in stage.warnings:
        yield Text(warning, "strong")
    yield Text(f"{stage.counts}. {stage.score}".strip())
    rows = tuple((figure.name, figure.value) for figure in stage.figures if figure not in told)
    if rows:
        yield Table(f"Figures of stage {stage.number}", ("Figure", "Amount"), rows, (62, 38), frozenset({1}))
    answers = tuple((_lines(a.number, _given(a)), a.question, _beside(a)) for a in stage.answers)
    headings = ("No. and answer", "Question", "Note and evidence")
    yield Table(f"Answers of stage {stage.number}", headings, answers, (15, 38, 47))


def _given(a: GivenAnswer) -> str:
    return a.answer + ("" if a.agreed or a.answer == "Not answered" else " (draft)")


def _beside(a: GivenAnswer) -> str:
    evidence = f"Evidence: {a.evidence}" if a.evidence else ""
    return _lines(a.note, ". ".join(each for each in (evidence, a.basis) if each))


def _lines(*texts: str) -> str:
    return "\n".join(text for text in texts if text)


def _provision(plan: ActionPlan) -> Iterator[Part]:
    yield Heading(2, "Costed provision", "provision")
    if not plan.provision:
        yield Text("No intervention has been entered yet.")
        return
    rows = tuple((_described(row), row.cost, row.additional) for row in plan.provision)
    yield Table(
        "Interventions and what they cost",
        ("Intervention", "Cost", "Counts as additional"),
        (*rows, ("Total", *plan.provision_total)),
        (56, 22, 22),
        frozenset({1, 2}),
        total_row=True,
    )
    for note in dict.fromkeys(line for p in plan.provision for line in p.note.split("\n") if line):
        yield Text(note, "note")
    yield from chart_parts(plan.charts[SUMMARY_CHARTS:])


def _described(row: ProvisionRow) -> str:
    outcome = f"{row.result[0].lower()}{row.result[1:]}"
    return f"{row.name}\n{row.tier}. {row.given_by}, {row.hours}. Pupils: {row.pupils}. Outcome: {outcome}"


def _working(plan: ActionPlan) -> Iterator[Part]:
    yield Heading(2, "How every figure was worked out", "working")
    shown = dict.fromkeys((*plan.summary, *(f for stage in plan.stages for f in stage.figures)))
    usual = next((figure.as_at for figure in shown if figure.as_at), "")
    if usual:
        yield Text(f"All figures are as at {usual}, unless another day is given.")
    for (formula, how, inputs), figures in groupby(shown, lambda f: (f.formula, _circumstances(f, usual), f.inputs)):
        yield Heading(3, "; ".join(f"{figure.name}: {figure.value}" for figure in figures))
        yield Text(f"{formula} {how}".strip())
        if inputs:
            yield Items(tuple(f"{name}: {value}" for name, value in inputs))


def _circumstances(figure: Shown, usual: str) -> str:
    told = (
        figure.state,
        f"As at {figure.as_at}" if figure.as_at != usual else "",
        f"Rates: {figure.method}" if figure.method else "",
        f"From: {figure.source}" if figure.source else "",
    )
    return "".join(f"{each}. " for each in told if each).strip()
