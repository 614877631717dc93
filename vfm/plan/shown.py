"""Prints figures: the one place where an exact value becomes words, for pages and documents alike."""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from vfm.costing.figure import Figure, Input, Unit
from vfm.costing.methods import Gap
from vfm.money import apportion, half_up, hours_and_minutes, percent_words, pounds
from vfm.plan.action_plan import Shown


def words_of(value: Fraction | int | None, unit: Unit) -> str:
    """A value as it is printed, rounded half up once; "not known" where there is none."""
    if value is None:
        return "not known"
    exact = Fraction(value)
    printers = {
        Unit.PENCE: lambda: pounds(half_up(exact)),
        Unit.PENCE_AN_HOUR: lambda: f"{pounds(half_up(exact))} an hour",
        Unit.HOURS: lambda: hours_and_minutes(exact * 60),
        Unit.MINUTES: lambda: hours_and_minutes(exact),
        Unit.PERCENT: lambda: percent_words(exact),
    }
    return printers.get(unit, lambda: f"{half_up(exact):,}")()


def shown(figure: Figure) -> Shown:
    """A figure with its working, in words."""
    as_at = day_words(figure.as_at) if figure.as_at else ""
    return Shown(
        name=figure.name, value=words_of(figure.value, figure.unit), formula=figure.formula, inputs=_inputs(figure),
        as_at=as_at, method=figure.method, state=figure.certainty.value.capitalize(), source=figure.source,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Explained:
    """A figure as a page explains it: its words, and for each input where it is entered (empty: nowhere of its own)."""

    words: Shown
    leads: tuple[str, ...] = ()


def explained(figure: Figure) -> Explained:
    """A figure with its working in words, each input with where it is entered."""
    return Explained(shown(figure), tuple(each.leads_to for each in figure.inputs))


def day_words(day: dt.date) -> str:
    """Such as 1 September 2026."""
    return f"{day.day} {day:%B %Y}"


def gap_words(gap: Gap) -> str:
    """Such as "No rate before 4 January 2027 for TA: the time before it is not in the cost." """
    if gap.until is None and gap.since is None:
        return f"No rate yet for {gap.role}: this time is not in the cost."
    if gap.until is None and gap.since is not None:
        return f"No rate to show from {day_words(gap.since)} for {gap.role}: the time since then is not in the cost."
    since = f"from {day_words(gap.since)} " if gap.since else ""
    return f"No rate {since}before {day_words(gap.until or dt.date.max)} for {gap.role}: this time is not in the cost."


def _inputs(figure: Figure) -> tuple[tuple[str, str], ...]:
    """The inputs in words. Where they are the parts of the figure, the odd pennies are shared so that they add up."""
    parts = [each for each in figure.inputs if each.unit is Unit.PENCE and each.value is not None]
    if figure.unit is Unit.PENCE and parts and _total(parts) == figure.value:
        printed = apportion([Fraction(each.value or 0) for each in parts])
        adding_up = {id(each): pounds(pence) for each, pence in zip(parts, printed, strict=True)}
        return tuple((each.name, adding_up.get(id(each)) or words_of(each.value, each.unit)) for each in figure.inputs)
    return tuple((each.name, words_of(each.value, each.unit)) for each in figure.inputs)


def _total(parts: list[Input]) -> Fraction:
    return sum((Fraction(each.value or 0) for each in parts), Fraction(0))
