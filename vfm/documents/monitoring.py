"""Says what the report on the financial year shows and in which order: one list of parts for page and PDF alike."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from vfm.costing.calendar import Period, day_words
from vfm.costing.figure import certainty
from vfm.costing.in_year import InYear, Spend
from vfm.costing.monitoring import Monitoring
from vfm.costing.variance import TO_DATE, YEAR_END, Variance, VarianceNote, name_of
from vfm.documents.pdf.parts import Heading, Items, Part, Table, Terms, Text
from vfm.documents.plan import Section
from vfm.money import apportion, half_up, percent_words, pounds

SEN = "Additional, for pupils with SEN"
WHOLE = "Whole provision map"


@dataclass(frozen=True, slots=True)
class Report:
    """A school's report: its figures, and the notes on its variances by key."""

    school: str
    figures: Monitoring
    notes: Mapping[str, VarianceNote] = field(default_factory=dict)


def title(report: Report) -> str:
    """The title of the document."""
    period = report.figures.period
    return f"Budget monitoring {period.first.year} to {period.first.year + 1}"


def as_at(report: Report) -> str:
    """The day that the figures hold for, in words."""
    found = report.figures
    if found.as_at < found.period.first:
        return f"Before the year begins on {day_words(found.period.first)}"
    return day_words(found.as_at)


def sections(report: Report) -> list[Section]:
    """The whole report in reading order."""
    found = report.figures
    made = (
        ("report", _first(report)),
        ("variances", _variances(report)),
        ("budget", _budget(found)),
        ("spend", _spend(found)),
        ("when", _when(found)),
        ("next-year", _next_year(found)),
        ("method", _method(found)),
    )
    return [Section(anchor, tuple(parts)) for anchor, parts in made]


def _state(estimated: bool) -> str:
    return certainty(estimated).value.capitalize()


def _first(report: Report) -> Iterator[Part]:
    found = report.figures
    yield Heading(1, title(report), "report")
    yield Text(f"{report.school}, financial year {found.period.dates}", "lead")
    yield Terms((
        ("As at", as_at(report)),
        ("Rates", found.method or "No provision entered"),
    ))  # fmt: skip
    for gap in found.unmapped:
        yield Text(
            f"No provision is entered for {gap.dates}, so its cost is in no figure here, and spend is not compared where "
            "that would mislead.",
            "strong",
        )
    if found.not_counted_yet:
        yield Text(
            f"Income of {_pence(found.not_counted_yet)} has no dates or no SEN share yet. It is in no figure here.",
            "strong",
        )
    if not found.nothing:
        yield from _headline(found)


def _headline(found: Monitoring) -> Iterator[Part]:
    """What governors look at first, on the first page."""
    spent, to_run, ordered = found.printed_spend
    income, spent_so_far = _state(found.income_estimated), _state(found.spent_estimated)
    forecast = _state(found.forecast_estimated)
    profile = _state(found.income_estimated or found.profile_estimated)
    rows = (
        ("Original budget", _pence(found.original), income),
        ("Revised budget", _pence(found.revised), income),
        ("Revised budget to date, by its profile", _pence(found.to_date), profile),
        ("Actual to date: spent", pounds(spent), spent_so_far),
        ("Orders: charged on a later day", pounds(ordered), forecast),
        ("Still to run", pounds(to_run), forecast),
        ("Estimate to the year’s end", _pence(found.spend.forecast.sen), forecast),
        ("Expected income", _pence(found.expected), income),
        ("Projected position: income less estimate", pounds(found.printed_balance), _state(found.estimated)),
        *(_compared(found, each) for each in found.variances if each.key in (TO_DATE, YEAR_END)),
    )
    yield Table("Budget, spend and projection", ("Figure", "Amount", "State"), rows, (51, 31, 18), frozenset({1}))
    yield Text(
        "Spend is the additional cost for pupils with SEN, as the provision map has it run up to the day. Spent, orders and "
        "still to run add up to the estimate to the year’s end."
    )
    if found.printed_balance < 0:
        yield Text(
            "Provision costs more than the money identified for it. That is common and lawful: record the reason."
        )


def _compared(found: Monitoring, each: Variance) -> tuple[str, str, str]:
    """A comparison in pounds and in per cent, where there is something to take a share of."""
    share = f" ({percent_words(each.percent)})" if each.percent is not None else ""
    if each.key == TO_DATE:
        name, sure = "Spent less the profile to date", found.spent_estimated or found.profile_estimated
    else:
        name, sure = "Estimate less the revised budget", found.forecast_estimated
    return name, pounds(each.amounts[2]) + share, _state(sure or found.income_estimated)


def _variances(report: Report) -> Iterator[Part]:
    found = report.figures
    yield Heading(2, "Comparison and reasons", "variances")
    rows = tuple(_variance_row(each) for each in found.variances)
    if not rows:
        yield Text("There is nothing to compare yet.")
        return
    headings = ("Comparison", "Planned", "Now", "Difference", "In %")
    yield Table("What was planned, and what is", headings, rows, (34, 18, 18, 18, 12), frozenset({1, 2, 3, 4}))
    beyond = [each for each in found.variances if each.beyond]
    tolerance = percent_words(found.tolerance * 100)
    if not beyond:
        yield Text(f"Nothing is further from what was planned than the tolerance of {tolerance}.")
    else:
        yield Text(
            f"Further from what was planned than the tolerance of {tolerance}. A difference is a question to explain."
        )
    for each in beyond:
        yield Heading(3, each.name)
        yield Text(_note(report.notes.get(each.key)))
    for key, note in report.notes.items():
        if key not in {each.key for each in beyond}:
            yield Heading(3, f"{name_of(key)}: within the tolerance, or not compared, at this date")
            yield Text(_note(note))


def _variance_row(each: Variance) -> tuple[str, ...]:
    planned, actual, difference = each.amounts
    share = "–" if each.percent is None else percent_words(each.percent)
    beyond = "\nBeyond the tolerance" if each.beyond else ""
    return each.name + beyond, pounds(planned), pounds(actual), pounds(difference), share


def _note(note: VarianceNote | None) -> str:
    return f"{note.text}\n\n{note.by}, {day_words(note.on)}" if note else "No reason has been written yet."


def _budget(found: Monitoring) -> Iterator[Part]:
    yield Heading(2, "Budget by kind of income", "budget")
    if not found.lines:
        yield Text("No income with dates and an SEN share falls in this year.")
        return
    rows = [
        (f"{line.kind.words}\n{_state(line.estimated)}", *(pounds(each) for each in amounts))
        for line, amounts in zip(found.lines, found.printed_lines, strict=True)
    ]
    totals = (found.original, found.revised, found.to_date, found.expected)
    headings = ("Kind", "Original", "Revised", "To date, by profile", "Expected")
    yield _table("Income of the year", headings, [*rows, ("Total", *(_pence(each) for each in totals))])
    yield Text(
        "Original and revised amounts stand as they were notified. What is expected stops with its pupil where a top-up "
        "belongs to one who left."
    )


def _spend(found: Monitoring) -> Iterator[Part]:
    yield Heading(2, "Spend by tier", "spend")
    if not found.tiers:
        yield Text("No provision is entered for this year.")
        return
    headings = ("Tier", "Spent", "Still to run", "Ordered", "Forecast")
    for caption, pick in ((SEN, _sen), (WHOLE, _whole)):
        yield _table(caption, headings, _tier_rows(found, pick))
    beside = found.on_authority
    if beside:
        yield Text(
            f"On the authority’s rates the forecast is {_pence(beside.sen)} for pupils with SEN and {_pence(beside.whole)} for "
            "the whole map."
        )


def _sen(spend: Spend) -> Fraction:
    return spend.sen


def _whole(spend: Spend) -> Fraction:
    return spend.whole


def _tier_rows(found: Monitoring, pick: Callable[[Spend], Fraction]) -> list[tuple[str, ...]]:
    """Each tier and the total: every column adds up to its foot, and every row to its forecast."""
    totals = apportion([pick(each) for each in _states(found.spend)])
    columns = [
        apportion([pick(_states(tier)[place]) for tier in found.tiers.values()], total)
        for place, total in enumerate(totals)
    ]
    rows = [*zip(*columns, strict=True), tuple(totals)]
    names = [*(name.capitalize() for name in found.tiers), "Total"]
    return [(name, *(pounds(each) for each in row), pounds(sum(row))) for name, row in zip(names, rows, strict=True)]


def _states(spend: InYear) -> tuple[Spend, Spend, Spend]:
    return spend.spent, spend.to_run, spend.ordered


def _when(found: Monitoring) -> Iterator[Part]:
    yield Heading(2, "Spend by month and by term", "when")
    profile = [pounds(each) for each in apportion(list(found.profile))]
    months = [
        (period.name, planned, *amounts)
        for (period, *amounts), planned in zip(_periods(found.months), profile, strict=True)
    ]
    total = _pence(found.spend.forecast.sen), _pence(found.spend.forecast.whole)
    headings = ("Month", "Revised budget by its profile", SEN, WHOLE)
    yield _table("Month by month", headings, [*months, ("Total", _pence(found.revised), *total)])
    terms = [(f"{period.name}\n{period.dates}", *amounts) for period, *amounts in _periods(found.terms)]
    yield _table("Term by term", ("Term", SEN, WHOLE), [*terms, ("Total", *total)])
    yield Text(
        "Months and terms hold what has run and what is planned to run. A term lasts until the day before the next. Each "
        "column is rounded so that it adds up to its own foot, so two columns may differ by a penny."
    )


def _periods(periods: Sequence[tuple[Period, Spend]]) -> Iterator[tuple[Period, str, str]]:
    columns = (apportion([pick(spend) for _, spend in periods]) for pick in (_sen, _whole))
    for (period, _), sen, whole in zip(periods, *columns, strict=True):
        yield period, pounds(sen), pounds(whole)


def _next_year(found: Monitoring) -> Iterator[Part]:
    yield Heading(2, "What is left for next year", "next-year")
    ends = day_words(found.period.last)
    over, going_on = half_up(found.runs_on.sen), found.runs_on - found.still_spread
    plans, spread = apportion([going_on.sen, found.still_spread.sen])
    if found.printed_left is None:
        yield Text(f"It cannot be said yet: no income of the {_small(found.following.name)} is entered.")
    else:
        total, left = _pence(found.next_year), pounds(found.printed_left)
        sure = _state(found.next_estimated or found.spend_estimated)
        yield Text(f"Left for next year: {total} − {pounds(over)} = {left}. {sure}.", "strong")
        kinds = apportion([amount for _, amount in found.next_lines])
        rows = [(kind.words, pounds(each)) for (kind, _), each in zip(found.next_lines, kinds, strict=True)]
        caption = f"Expected income of the {_small(found.following.name)}"
        yield _table(caption, ("Kind", "Amount"), [*rows, ("Total", total)], (70, 30))
    yield _table(
        f"What runs on past {ends}, {_small(SEN)}",
        ("What", "Amount"),
        [
            (f"Interventions that began by {ends}, as far as they are planned", pounds(plans)),
            ("Licences, equipment and training still being spread", pounds(spread)),
            ("Total", pounds(over)),
        ],
        (70, 30),
    )


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _method(found: Monitoring) -> Iterator[Part]:
    yield Heading(2, "How the figures are worked out", "method")
    yield Items((
        f"Rates: {found.method}. What falls on a day belongs to the month, term or year that holds the day."
        if found.method else "What falls on a day belongs to the month, term or year that holds the day.",
        "Spent is what has run up to the end of the day, whether or not a bill has come: it is read from the provision map, not "
        "from the ledger. Orders are costs charged on a later day. Costs without a date go with the sessions.",
        "The additional part that is for pupils with SEN is the same share of an intervention on all its days, so that what was "
        "said to be spent stays said when a pupil joins later.",
        "A budget is spread over its own days. To date it goes with the pupil days of the school’s calendar, or by the months "
        "that the school typed, not by twelfths.",
        "Comparison: difference = now − planned; in % of what was planned. At the tolerance exactly it is within.",
        "The notional SEN budget is a guide for the school. Nothing here says that it must be spent on one pupil or another.",
    ))  # fmt: skip


def _pence(amount: Fraction) -> str:
    return pounds(half_up(amount))


def _table(
    caption: str, headings: tuple[str, ...], rows: Sequence[tuple[str, ...]], widths: tuple[int, ...] = ()
) -> Table:
    """Money in every column but the first, and a total at the foot."""
    widths = widths or (28, *(18 for _ in headings[1:]))
    return Table(caption, headings, tuple(rows), widths, frozenset(range(1, len(headings))), total_row=True)
