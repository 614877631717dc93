"""Says what the report on the financial year shows and in which order: one list of parts for page and PDF alike."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from vfm.costing.bridge import Bridge
from vfm.costing.calendar import Period, day_words
from vfm.costing.in_year import InYear, Spend
from vfm.costing.monitoring import Monitoring
from vfm.costing.variance import Variance, VarianceNote, name_of
from vfm.documents.headline import headline, in_pence, in_words, state
from vfm.documents.pdf.parts import Heading, Items, Link, Part, Table, Terms, Text
from vfm.documents.plan import Section
from vfm.money import add_up, apportion, half_up, percent_words, pounds

SEN = "Additional, for pupils with SEN"
WHOLE = "Whole provision map"


@dataclass(frozen=True, slots=True)
class Report:
    """A school's report: its figures, the notes on its variances by key, and what lies between the map and the ledger.

    `addresses`: on a page, where the bridge, time not on the map and the maps of years without one (by the name of the
    year) are entered; a document that is printed has none.
    """

    school: str
    figures: Monitoring
    notes: Mapping[str, VarianceNote] = field(default_factory=dict)
    bridge: Bridge | None = None
    addresses: Mapping[str, str] = field(default_factory=dict)


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


def _first(report: Report) -> Iterator[Part]:
    found = report.figures
    yield Heading(1, title(report), "report")
    yield Text(f"{report.school}, financial year {found.period.dates}", "lead")
    if not found.nothing:
        yield Text(" ".join(filter(None, (in_words(found), _ledger_says(report)))), "strong")
    yield Terms((
        ("As at", as_at(report)),
        ("Rates", found.method[:1].upper() + found.method[1:]),
    ))  # fmt: skip
    if found.nothing:
        return
    yield from _missing(report)
    yield from headline(found)
    yield from _beside(report)


def _ledger_says(report: Report) -> str:
    """At the year's end, what the ledger holds for SEN against the income: the map alone would look like money left over."""
    found, ledger = report.figures, report.bridge
    if ledger is None or not ledger.compared or found.as_at < found.period.last:
        return ""
    spend, without = half_up(ledger.ledger), half_up(ledger.not_counted)
    left = f" Lines of {pounds(without)} have no SEN share yet." if without else ""
    said = f"The ledger’s SEN spend in the year is {pounds(spend)}"
    if not found.lines:
        return f"{said}.{left}"
    rest = half_up(found.expected) - spend
    against = (
        f"{pounds(abs(rest))} {'less' if rest > 0 else 'more'} than the income expected" if rest else "as the income"
    )
    return f"{said}, {against}.{left}"


def _missing(report: Report) -> Iterator[Part]:
    """What no figure holds: the time without a map, and income that cannot be counted."""
    found = report.figures
    for gap in found.unmapped:
        yield Text(
            f"No provision map is entered for {gap.dates}, so the year’s end is not shown. To complete the year, enter the "
            f"map of the {_small(gap.name)}, in the review of that year.",
            "strong",
        )
        yield from _linked(f"Provision map of the {_small(gap.name)}", report.addresses.get(gap.name, ""))
    if found.not_counted_yet:
        yield Text(
            f"Income of {in_pence(found.not_counted_yet)} has no dates or no SEN share yet. It is in no figure here.",
            "strong",
        )


def _linked(words: str, address: str) -> Iterator[Part]:
    """A link, where there is somewhere to go: on paper there is not."""
    if address:
        yield Link(words, address)


def _beside(report: Report) -> Iterator[Part]:
    """What lies between map and ledger: beside the projected position, and in no figure of it."""
    found = report.bridge
    if found is None:
        return
    time, missing = (add_up(each.cost for each in found.times), found.without_rate)
    if found.times:
        sure = state(any(each.estimated for each in found.times))
        rate = f" Without the time of {', '.join(missing)}, which has no rate." if missing else ""
        yield Text(f"Not in these figures: time not on the map, {in_pence(time)}. {sure}.{rate}")
    elif found.compared:
        yield Text("Not in these figures: time not on the map. None is entered.")
    yield from _linked("Time not on the map", report.addresses.get("time", ""))
    if found.entries:
        typed = in_pence(add_up(each.pence for each in found.entries))
        sure = state(any(each.estimated for each in found.entries))
        yield Text(f"Not in these figures: bridge lines that were typed, {typed}. {sure}.")
    if found.compared:
        yield Text(f"Not in these figures: {_not_explained(found)}")
        yield from _linked("From the map to the ledger", report.addresses.get("bridge", ""))


def _not_explained(found: Bridge) -> str:
    rest = found.printed()[1]
    if not rest:
        return "the bridge to the ledger of the year is explained to the penny."
    where = "more" if rest > 0 else "less"
    missing = " and ".join(days.dates for days in found.without_map)
    held = f" The cost of provision of {missing}, for which no map is entered, is in this sum." if missing else ""
    return (
        f"not explained between map and ledger, {pounds(rest)}. The ledger of the year holds {where} than the map and what is "
        f"known to lie between them. {state(found.estimated)}.{held}"
    )


def _variances(report: Report) -> Iterator[Part]:
    found = report.figures
    yield Heading(2, "Comparison and reasons", "variances")
    rows = tuple(_variance_row(each) for each in found.variances)
    if not rows:
        yield Text("There is nothing to compare yet.")
        return
    headings = ("Comparison", "Planned", "Now", "Difference", "In %")
    yield Table(
        "What was planned, and what is", headings, rows, (32, 19, 19, 19, 11), frozenset({1, 2, 3, 4}), whole=True
    )
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
        (f"{line.kind.words}\n{state(line.estimated)}", *(pounds(each) for each in amounts))
        for line, amounts in zip(found.lines, found.printed_lines, strict=True)
    ]
    totals = (found.original, found.revised, found.to_date, found.expected)
    headings = ("Kind", "Original", "Revised", "To date, by profile", "Expected")
    yield _table("Income of the year", headings, [*rows, ("Total", *(in_pence(each) for each in totals))])
    yield Text(
        "Original and revised amounts stand as they were notified. What is expected stops with its pupil where a top-up "
        "belongs to one who left."
    )


def _spend(found: Monitoring) -> Iterator[Part]:
    yield Heading(2, "Spend by tier", "spend")
    if not found.tiers:
        yield Text("No provision is entered for this year.")
        return
    yield from _only_these_days(found)
    last = "Forecast" if found.whole else "Together"
    for caption, pick in ((SEN, _sen), (WHOLE, _whole)):
        yield _table(caption, ("Tier", "Spent", "Still to run", "Ordered", last), _tier_rows(found, pick))
    beside = found.on_authority
    if beside:
        what = "forecast" if found.whole else "cost of these days"
        yield Text(
            f"On the authority’s rates the {what} is {in_pence(beside.sen)} for pupils with SEN and {in_pence(beside.whole)} for "
            "the whole map."
        )


def _only_these_days(found: Monitoring) -> Iterator[Part]:
    if not found.whole and found.mapped:
        yield Text(f"These are the days with a map alone: {found.mapped.dates}.")


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
    held = found.mapped
    if held is None:
        yield from _budget_alone(found)
        return
    yield from _only_these_days(found)
    spends = [(span, spend) for span, spend in found.months if held.holds(span.first)]
    budgets = [amount for (span, _), amount in zip(found.months, found.profile, strict=True) if held.holds(span.first)]
    rows = [
        (period.name, pounds(planned), *amounts)
        for (period, *amounts), planned in zip(_periods(spends), apportion(budgets), strict=True)
    ]
    total = in_pence(found.spend.forecast.sen), in_pence(found.spend.forecast.whole)
    headings = ("Month", "Revised budget by its profile", SEN, WHOLE)
    yield _table("Month by month", headings, [*rows, ("Total", in_pence(add_up(budgets)), *total)])
    others = found.revised - add_up(budgets)
    if not found.whole and others:
        missing = " and ".join(gap.dates for gap in found.unmapped)
        yield Text(f"{in_pence(others)} of the revised budget is meant for {missing}, by its profile.")
    terms = [(span, spend) for span, spend in found.terms if held.holds(span.first)]
    rows = [(f"{period.name}\n{period.dates}", *amounts) for period, *amounts in _periods(terms)]
    yield _table("Term by term", ("Term", SEN, WHOLE), [*rows, ("Total", *total)], (46, 27, 27))
    yield Text(
        "Months and terms hold what has run and what is planned to run. A term lasts until the day before the next. Each "
        "column is rounded so that it adds up to its own foot, so two columns may differ by a penny."
    )


def _budget_alone(found: Monitoring) -> Iterator[Part]:
    yield Text("No provision is entered for this year.")
    planned = zip(found.period.months, apportion(list(found.profile)), strict=True)
    rows = [(month.name, pounds(amount)) for month, amount in planned]
    headings = ("Month", "Revised budget by its profile")
    yield _table("Month by month", headings, [*rows, ("Total", in_pence(found.revised))], (70, 30))


def _periods(periods: Sequence[tuple[Period, Spend]]) -> Iterator[tuple[Period, str, str]]:
    columns = (apportion([pick(spend) for _, spend in periods]) for pick in (_sen, _whole))
    for (period, _), sen, whole in zip(periods, *columns, strict=True):
        yield period, pounds(sen), pounds(whole)


def _next_year(found: Monitoring) -> Iterator[Part]:
    yield Heading(2, "What is left for next year", "next-year")
    ends = day_words(found.period.last)
    over, going_on = half_up(found.runs_on.sen), found.runs_on - found.still_spread
    plans, spread = apportion([going_on.sen, found.still_spread.sen])
    if not found.end_mapped:
        yield Text(f"It cannot be said: there is no provision map of {ends}, which says what runs on past it.")
        return
    if found.printed_left is None:
        yield Text(f"It cannot be said yet: no income of the {_small(found.following.name)} is entered.")
    else:
        total, left = in_pence(found.next_year), pounds(found.printed_left)
        sure = state(found.next_estimated or found.spend_estimated)
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
        f"Rates: {found.method}. What falls on a day belongs to the month, term or year that holds the day.",
        "Spent is what has run up to the end of the day, whether or not a bill has come: it is read from the provision map, not "
        "from the ledger. Orders are costs charged on a later day. Costs without a date go with the sessions.",
        "The additional part that is for pupils with SEN is the same share of an intervention on all its days, so that what was "
        "said to be spent stays said when a pupil joins later.",
        "A budget is spread over its own days. To date it goes with the pupil days of the school’s calendar, or by the months "
        "that the school typed, not by twelfths.",
        "Comparison: difference = now − planned; in % of what was planned. At the tolerance exactly it is within.",
        "The notional SEN budget is a guide for the school. Nothing here says that it must be spent on one pupil or another.",
    ))  # fmt: skip


def _table(
    caption: str, headings: tuple[str, ...], rows: Sequence[tuple[str, ...]], widths: tuple[int, ...] = ()
) -> Table:
    """Money in every column but the first, and a total at the foot."""
    widths = widths or (24, *(19 for _ in headings[1:]))
    return Table(caption, headings, tuple(rows), widths, frozenset(range(1, len(headings))), total_row=True, whole=True)
