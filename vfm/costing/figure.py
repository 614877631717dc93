"""A figure carries its working: what people see, with the formula, inputs, date and rates that it came from."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Unit(StrEnum):
    """What a figure counts. Money is exact pence; a percentage is a number of hundredths (5 is 5%)."""

    PENCE = "pence"
    PENCE_AN_HOUR = "pence an hour"
    HOURS = "hours"
    MINUTES = "minutes"
    PERCENT = "percent"
    PUPILS = "pupils"
    INTERVENTIONS = "interventions"


class Certainty(StrEnum):
    """Whether somebody has confirmed it."""

    CONFIRMED = "confirmed"
    ESTIMATED = "estimated"


@dataclass(frozen=True, slots=True)
class Input:
    """One number that a figure was worked out from. `leads_to` names where it is entered, such as "income:12"."""

    name: str
    value: Fraction | int | None
    unit: Unit = Unit.PENCE
    leads_to: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure and its working. `value` None: it cannot be said, and `formula` says why or what is missing.

    `method` says which rate card or way of counting was used; `as_at` is the day that it holds for.
    """

    name: str
    value: Fraction | int | None
    unit: Unit = Unit.PENCE
    formula: str = ""
    inputs: Sequence[Input] = ()
    as_at: dt.date | None = None
    method: str = ""
    certainty: Certainty = Certainty.ESTIMATED
    source: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """The numbers of a chart, in whole pence; `across` heads the names."""

    title: str
    across: str
    names: tuple[str, ...]
    series: tuple[tuple[str, tuple[int, ...]], ...]


def bars_of(title: str, across: str, pence: Mapping[str, int], series: str = "Cost") -> Bars:
    """A chart of one number for each name, in their order."""
    return Bars(title, across, tuple(pence), ((series, tuple(pence.values())),))


def certainty(estimated: bool) -> Certainty:
    """Confirmed only where nothing that went into the figure is estimated."""
    return Certainty.ESTIMATED if estimated else Certainty.CONFIRMED
