"""What governors look at first: one sentence, and the table of budget, spend and how the financial year will end."""

from collections.abc import Iterator
from fractions import Fraction

from vfm.costing.calendar import Period, day_words
from vfm.costing.figure import certainty
from vfm.costing.monitoring import Monitoring
from vfm.costing.variance import TO_DATE, YEAR_END, Variance
from vfm.documents.pdf.parts import Part, Table, Text
from vfm.money import half_up, percent_words, pounds

Row = tuple[str, str, str]
NOT_KNOWN = ("Not known", "")
ESTIMATE, POSITION = "Estimate to the year’s end", "Projected position: income less estimate"


def in_pence(amount: Fraction) -> str:
    """An exact amount as it is printed."""
    return pounds(half_up(amount))


def state(estimated: bool) -> str:
    """Whether somebody has confirmed a figure."""
    return certainty(estimated).value.capitalize()


def in_words(found: Monitoring) -> str:
    """Budget, spent and ordered, estimate and position in one line; where no estimate can be made, why not."""
    return " ".join(filter(None, (_budget(found), _so_far(found), _end(found))))


def _budget(found: Monitoring) -> str:
    return (
        f"The budget of the year is {in_pence(found.revised)}." if found.lines else "No income is entered for the year."
    )


def _so_far(found: Monitoring) -> str:
    if found.mapped is None or found.as_at < found.mapped.first:
        return ""
    spent, _, ordered = found.printed_spend
    since = "" if found.to_date_mapped else f"From {day_words(found.mapped.first)} to "
    return f"{since or 'By '}{day_words(found.as_at)} {pounds(spent)} is spent and {pounds(ordered) if ordered else 'nothing'} is ordered."


def _end(found: Monitoring) -> str:
    position = found.printed_balance
    if position is None:
        return "How the year will end is not known: part of it has no provision map."
    estimate = f"The estimate to the year’s end is {in_pence(found.spend.forecast.sen)}"
    if not found.lines:
        return f"{estimate}."
    if not position:
        return f"{estimate}, which is the income expected."
    return f"{estimate}, {pounds(abs(position))} {'less' if position > 0 else 'more'} than the income expected."


def headline(found: Monitoring) -> Iterator[Part]:
    """The table, and what its words mean."""
    income = state(found.income_estimated)
    rows = (
        ("Original budget", in_pence(found.original), income),
        ("Revised budget", in_pence(found.revised), income),
        *(_whole(found) if found.whole else _part(found)),
    )
    yield Table(
        "Budget, spend and projection", ("Figure", "Amount", "State"), rows, (51, 31, 18), frozenset({1}), whole=True
    )
    parts = "the estimate to the year’s end" if found.whole else "the cost of the days with a map"
    yield Text(
        "Spend is the additional cost for pupils with SEN, as the provision map has it run up to the day. Spent, orders and "
        f"still to run add up to {parts}."
    )
    if (found.printed_balance or 0) < 0:
        yield Text(
            "Provision costs more than the money identified for it. That is common and lawful: record the reason."
        )


def _whole(found: Monitoring) -> Iterator[Row]:
    spent, to_run, ordered = found.printed_spend
    spent_so_far, forecast = state(found.spent_estimated), state(found.forecast_estimated)
    profile = state(found.income_estimated or found.profile_estimated)
    yield "Revised budget to date, by its profile", in_pence(found.to_date), profile
    yield "Actual to date: spent", pounds(spent), spent_so_far
    yield "Orders: charged on a later day", pounds(ordered), forecast
    yield "Still to run", pounds(to_run), forecast
    yield ESTIMATE, in_pence(found.spend.forecast.sen), forecast
    yield "Expected income", in_pence(found.expected), state(found.income_estimated)
    yield POSITION, pounds(found.printed_balance or 0), state(found.estimated)
    for each in found.variances:
        if each.key == TO_DATE:
            sure = found.spent_estimated or found.profile_estimated or found.income_estimated
            yield "Spent less the profile to date", _difference(each), state(sure)
        elif each.key == YEAR_END:
            sure = found.forecast_estimated or found.income_estimated
            yield "Estimate less the revised budget", _difference(each), state(sure)


def _part(found: Monitoring) -> Iterator[Row]:
    """Where part of the year has no map: the budget and the cost of the same days, and nothing of the year’s end."""
    if found.mapped is None:
        profile = state(found.income_estimated or found.profile_estimated)
        yield "Revised budget to date, by its profile", in_pence(found.to_date), profile
    for days, each in found.same_days:
        yield from _same_days(found, days, each)
    yield "Expected income of the whole year", in_pence(found.expected), state(found.income_estimated)
    yield ESTIMATE, *NOT_KNOWN
    yield POSITION, *NOT_KNOWN


def _same_days(found: Monitoring, days: Period, each: Variance) -> Iterator[Row]:
    budget, cost, _ = each.amounts
    sure = found.income_estimated or found.profile_estimated
    what = "Spent" if each.key == TO_DATE or days.last <= found.as_at else "Spent, orders and still to run"
    yield f"Budget by its profile, {days.dates}", pounds(budget), state(sure)
    yield f"{what}, the same days", pounds(cost), state(found.spend_estimated)
    yield "Cost less budget, the same days", _difference(each), state(sure or found.spend_estimated)


def _difference(each: Variance) -> str:
    """A comparison in pounds and in per cent, where there is something to take a share of."""
    return pounds(each.amounts[2]) + (f" ({percent_words(each.percent)})" if each.percent is not None else "")
