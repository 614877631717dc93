"""Stage 3: the cost of provision against the money identified for it."""

from collections.abc import Iterator
from typing import TypeGuard

from vfm.costing.bridge import Bridge
from vfm.costing.budget import Comparison, IncomeKind
from vfm.costing.calendar import Period, day_words
from vfm.costing.figure import Bars, Figure, Input, Unit, bars_of, certainty
from vfm.costing.monitoring import Monitoring
from vfm.costing.variance import TO_DATE, YEAR_END, Variance, VarianceNote
from vfm.money import half_up, percent_words, pounds
from vfm.stages.stage import Case, Finding, Line, Stage, Weight


def compared(case: Case) -> Comparison:
    """The additional cost for pupils with SEN against all the money identified."""
    return Comparison(case.year, case.budget.identified, case.cost, case.budget.not_counted_yet, case.tolerance)


def against_notional(case: Case) -> Comparison:
    """The same cost against the notional SEN budget alone."""
    notional = case.budget.by_kind.get(IncomeKind.NOTIONAL, case.cost * 0)
    return Comparison(case.year, notional, case.cost, tolerance=case.tolerance)


def figures(case: Case) -> tuple[Figure, ...]:
    """Money less cost, where both are there; how the financial year will end; what stands between the map and the ledger."""
    ends = _ends(case.monitoring) if told(case.monitoring) else ()
    return (*_compared(case), *ends, *_bridged(case))


def _ends(report: Monitoring) -> tuple[Figure, ...]:
    """How the financial year will end; where part of it has no map, that it cannot be said, and what can be compared."""
    same = [_same_days(report, days, each) for days, each in report.same_days]
    return (_forecast(report), _balance(report), *same, _left(report))


def _compared(case: Case) -> tuple[Figure, ...]:
    if not case.budget.identified or not case.map.interventions:
        return ()
    shown = list(_difference(case, "Money identified less cost", compared(case), "Money identified for SEN"))
    if against_notional(case).identified:
        shown += _difference(case, "Notional SEN budget less cost", against_notional(case), "Notional SEN budget")
    return tuple(shown)


SOURCE = "Income register, provision map and calendar"


def year_in(name: str) -> str:
    """A financial year's name within a sentence."""
    return name[:1].lower() + name[1:]


def told(report: Monitoring | None) -> TypeGuard[Monitoring]:
    """Whether there is anything in the financial year to tell."""
    return report is not None and not report.nothing


def without(report: Monitoring) -> str:
    """Which part of the year has no map, so that its end cannot be said, and what to do; nothing where it is whole."""
    if report.whole:
        return ""
    gaps = " and ".join(gap.dates for gap in report.unmapped)
    years = " and ".join(gap.name[:1].lower() + gap.name[1:] for gap in report.unmapped)
    return f" It cannot be said: no provision map is entered for {gaps}. Enter the map of the {years}, in the review of that year."


def _forecast(report: Monitoring) -> Figure:
    spend, sure = report.spend, certainty(report.forecast_estimated)
    inputs = [
        Input("Spent: run up to the day", spend.spent.sen, leads_to="monitoring"),
        Input("Still to run", spend.to_run.sen, leads_to="monitoring"),
        Input("Ordered: charged on a later day", spend.ordered.sen, leads_to="monitoring"),
    ]
    formula = f"The additional part for pupils with SEN: spent + still to run + ordered.{without(report)}"
    name, value = f"Forecast spend, {year_in(report.period.name)}", spend.forecast.sen if report.whole else None
    shown = inputs if report.whole else ()
    return Figure(name, value, Unit.PENCE, formula, shown, report.as_at, report.method, sure, SOURCE)


def _balance(report: Monitoring) -> Figure:
    forecast = report.spend.forecast.sen if report.whole else None
    inputs = [
        Input("Expected income", report.expected, leads_to="income"),
        Input("Forecast spend", forecast, leads_to="monitoring"),
    ]
    formula = (
        "Expected income − forecast spend. Below nought, provision costs more, which is common and lawful."
        + without(report)
    )
    name, sure = f"Forecast balance, {year_in(report.period.name)}", certainty(report.estimated)
    return Figure(name, report.printed_balance, Unit.PENCE, formula, inputs, report.as_at, report.method, sure, SOURCE)


def _same_days(report: Monitoring, days: Period, found: Variance) -> Figure:
    """Budget less cost of days that all have a map: fair where the year as a whole cannot be compared."""
    budget, cost, difference = found.amounts
    inputs = [
        Input("Revised budget, by its profile", budget, leads_to="income"),
        Input("Additional cost for pupils with SEN", cost, leads_to="monitoring"),
    ]
    formula = "Budget of these days by its profile − cost of the same days. Below nought, provision costs more, which is common and lawful."
    sure = certainty(report.income_estimated or report.profile_estimated or report.spend_estimated)
    name = f"Budget less cost, {days.dates}"
    return Figure(name, -difference, Unit.PENCE, formula, inputs, report.as_at, report.method, sure, SOURCE)


def _left(report: Monitoring) -> Figure:
    """Next year's income less what runs on; not known while no income of next year is entered."""
    name, sure = (
        f"What is left for the {year_in(report.following.name)}",
        report.next_estimated or report.spend_estimated,
    )
    ends = day_words(report.period.last)
    inputs = [
        Input("Expected income of that year", report.next_year if report.next_lines else None, leads_to="income"),
        Input(f"What runs on past {ends}", report.runs_on.sen if report.end_mapped else None, leads_to="monitoring"),
    ]
    formula = (
        f"Expected income of that year − what runs on past {ends}: interventions that began by then, as far as they are "
        "planned, and licences, equipment and training that are still being spread."
        + ("" if report.next_lines else " No income of that year is entered yet.")
        + ("" if report.end_mapped else f" There is no provision map of {ends}.")
    )
    value = report.printed_left
    return Figure(name, value, Unit.PENCE, formula, inputs, report.as_at, report.method, certainty(sure), SOURCE)


def _difference(case: Case, name: str, found: Comparison, money: str) -> tuple[Figure, ...]:
    inputs = [
        Input(f"{money}, {case.year.words}", found.identified, leads_to="income"),
        Input("Additional cost for pupils with SEN", found.cost, leads_to="provision-map"),
    ]
    if found.percent is not None:
        inputs.append(Input("As a share of the money", abs(found.percent), Unit.PERCENT))
    sure = certainty(case.budget.estimated or case.map_estimated)
    formula = "Money − cost. Below nought, provision costs more, which is common and lawful."
    source = "Income register and provision map"
    return (Figure(name, found.difference, Unit.PENCE, formula, inputs, case.today, case.method, sure, source),)


def charts(case: Case) -> tuple[Bars, ...]:
    """The money identified beside the cost, and in the financial year the budget beside the forecast."""
    if not case.budget.identified or not case.map.interventions:
        return ()
    amounts = {
        "Money identified for SEN": half_up(case.budget.identified),
        "Additional cost for pupils with SEN": half_up(case.cost),
    }
    return (bars_of("Money and cost", "What", amounts, "Amount"), *_budget_and_forecast(case.monitoring))


def _budget_and_forecast(report: Monitoring | None) -> tuple[Bars, ...]:
    if report is None or not report.revised:
        return ()
    if not report.whole:
        return _budget_and_cost(report)
    to_date = {"Budget, by its profile": report.to_date, "Spent and ordered": report.actual_and_ordered}
    whole = {"Revised budget": report.revised, "Estimate to the year's end": report.spend.forecast.sen}
    pence = {name: half_up(amount) for name, amount in (to_date | whole).items()}
    return (bars_of(f"Budget and forecast, {year_in(report.period.name)}", "What", pence, "Amount"),)


def _budget_and_cost(report: Monitoring) -> tuple[Bars, ...]:
    """The days with a map alone, where others have none: no bar is of the whole year."""
    return tuple(
        bars_of(
            f"Budget and cost, {days.dates}", "What",
            {"Budget, by its profile": each.amounts[0], "Cost of the same days": each.amounts[1]}, "Amount",
        )
        for days, each in report.same_days[-1:]
    )  # fmt: skip


def _bridged(case: Case) -> tuple[Figure, ...]:
    """Not explained, with the bridge's lines as they are printed, so that they add up to the printed ledger."""
    if case.bridge is None:
        return ()
    found = case.bridge
    lines, rest = found.printed()
    inputs = [Input(line.name, pence, leads_to="bridge") for line, pence in zip(found.telling, lines, strict=True)]
    inputs.append(Input("SEN spend in the ledger", half_up(found.ledger), leads_to="ledger"))
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


def variances(case: Case) -> Iterator[Finding]:
    """Each variance of the financial year beyond the tolerance: its figures, and the note that somebody wrote on it."""
    report = case.monitoring
    for each in report.variances if report else ():
        if report and each.beyond:
            yield _variance(report, each, case.variance_notes.get(each.key))


def _variance(report: Monitoring, found: Variance, note: VarianceNote | None) -> Finding:
    year = report.period.first.year
    of_income = found.key not in (TO_DATE, YEAR_END)
    return Finding(
        rule=f"variance-{year}-{found.key.replace(':', '-')}",
        stage="budget",
        title=f"{found.name}, {year_in(report.period.name)}",
        says=f"{_figures_of(report, found)} {_question_of(found, of_income=of_income)} {_said_of(note)}",
        action=f"{found.name}, {year_in(report.period.name)}: record the reason for the difference and what follows from it.",
        owner="Business manager",
        weight=Weight.MONEY,
        lines=(Line(f"Budget monitoring, {year_in(report.period.name)}", f"monitoring:{year}"),),
    )


def _figures_of(report: Monitoring, found: Variance) -> str:
    planned, actual, difference = found.amounts
    a, b = pounds(planned), pounds(actual)
    by, year = day_words(report.as_at), year_in(report.period.name)
    told = {
        TO_DATE: f"By {by} the profile of the revised budget comes to {a}, and {b} is spent.",
        YEAR_END: f"The revised budget of the {year} is {a}, and the estimate to its end is {b}.",
    }.get(found.key, f"For the {year} {a} was first notified, and {b} is now expected.")
    way = "more" if difference > 0 else "less"
    return (
        f"{told} That is {pounds(abs(difference))} ({percent_words(abs(found.percent or found.planned * 0))}) {way}; the "
        f"school's tolerance is {percent_words(found.tolerance * 100)}."
    )


def _question_of(found: Variance, *, of_income: bool) -> str:
    if of_income:
        return "Which provision leaned on it, and what pays for that now?"
    if found.difference > 0:
        return "More cost than identified money is common and lawful: record the reason."
    return "Is provision missing from the map, late, or paid for elsewhere? Record the reason."


def _said_of(note: VarianceNote | None) -> str:
    return f"Note by {note.by}, {day_words(note.on)}: {note.text}" if note else "No note has been written yet."


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


STAGE = Stage("budget", figures, (costs_more, costs_less, not_explained), (variances,), charts)
