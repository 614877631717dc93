"""Stage 1: what comes in, and what each side thinks it is."""

from fractions import Fraction

from vfm.costing.budget import IncomeLine
from vfm.costing.figure import Figure, Input, Unit, certainty
from vfm.money import half_up, pounds
from vfm.stages.stage import Case, Finding, Line, Stage, Weight

SENCO, OFFICE = "SEN budget as the SENCO knows it", "SEN budget as the office knows it"


def figures(case: Case) -> tuple[Figure, ...]:
    """The two views of the budget first, then the register."""
    return (*_views(case), *_register(case))


def _views(case: Case) -> tuple[Figure, ...]:
    said = {
        name: pence for name, pence in ((SENCO, case.senco_budget), (OFFICE, case.office_budget)) if pence is not None
    }
    asked = "As it was said, before anybody looked it up."
    views = [Figure(name, pence, Unit.PENCE, asked, as_at=case.today) for name, pence in said.items()]
    if len(said) == 2:
        inputs = tuple(Input(name, pence) for name, pence in said.items())
        gap = abs(said[SENCO] - said[OFFICE])
        views.append(
            Figure("Gap between the two", gap, Unit.PENCE, "The larger figure less the smaller.", inputs, case.today)
        )
    return tuple(views)


def _register(case: Case) -> tuple[Figure, ...]:
    if not case.income:
        return ()
    counted = tuple(
        Input(line.name, pence, leads_to=f"income:{line.id}")
        for line in case.income
        if (pence := line.counted(case.year)) is not None
    )
    shown = [
        Figure(
            f"Money identified for SEN, {case.year.words}", case.budget.identified, Unit.PENCE,
            "For each line: amount × share that is SEN × its days in the year ÷ all its days; then added up.",
            counted, case.today, "", certainty(case.budget.estimated), "Income register",
        )
    ]  # fmt: skip
    waiting = incomplete(case)
    if waiting:
        shown.append(
            Figure(
                "Income not counted yet", case.budget.not_counted_yet, Unit.PENCE,
                "The amounts of the lines that have no SEN share or no dates. They are in no total.",
                tuple(Input(line.name, line.not_counted(case.year), leads_to=f"income:{line.id}") for line in waiting), case.today, source="Income register",
            )
        )  # fmt: skip
    return tuple(shown)


def incomplete(case: Case) -> tuple[IncomeLine, ...]:
    """Lines without a share or without dates, which cannot be counted. Help in kind counts as nil, and needs neither."""
    return tuple(
        line
        for line in case.income
        if line.counted(case.year) is None and None in (line.sen_share, line.starts, line.ends)
    )


def income_incomplete(case: Case) -> Finding | None:
    """An income line without share or dates."""
    waiting = incomplete(case)
    if not waiting:
        return None
    return Finding(
        rule="income-incomplete",
        stage="funding",
        title="Income without a share or dates",
        says=f"{_lines(len(waiting))} on the income register without the share that is SEN or without dates, "
        f"so {pounds(half_up(Fraction(case.budget.not_counted_yet)))} is not counted yet.",
        action="Complete the income register: enter the SEN share and the dates of every line.",
        owner="Business manager",
        weight=Weight.MONEY,
        lines=tuple(Line(line.name, f"income:{line.id}") for line in waiting),
    )


def _lines(number: int) -> str:
    return "One line stands" if number == 1 else f"{number} lines stand"


STAGE = Stage("funding", figures, (income_incomplete,))
