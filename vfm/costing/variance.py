"""A variance (costing §6): what was planned against what is, and the note that says why. A question, never a verdict."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from vfm.costing.budget import TOLERANCE, IncomeKind
from vfm.money import half_up

TO_DATE, YEAR_END = "to-date", "year-end"


@dataclass(frozen=True, slots=True)
class Variance:
    """What was planned against what is, in exact pence: `key` names it for good, so that a note keeps to it.

    `printed`: planned and actual in whole pence, where they stand in a list that must add up; else each is rounded.
    """

    key: str
    name: str
    planned: Fraction
    actual: Fraction
    tolerance: Fraction = TOLERANCE
    printed: tuple[int, int] | None = None

    @property
    def difference(self) -> Fraction:
        """Actual − planned, in pence."""
        return self.actual - self.planned

    @property
    def percent(self) -> Fraction | None:
        """The difference as a percentage of what was planned; None where nothing was."""
        return self.difference * 100 / abs(self.planned) if self.planned else None

    @property
    def beyond(self) -> bool:
        """Whether it is above the tolerance, either way; exactly at it is within. Nothing planned: nothing to compare."""
        return self.planned != 0 and abs(self.difference) > self.tolerance * abs(self.planned)

    @property
    def amounts(self) -> tuple[int, int, int]:
        """Planned, actual and their difference as printed, in whole pence: the third is the second less the first."""
        planned, actual = self.printed or (half_up(self.planned), half_up(self.actual))
        return planned, actual, actual - planned


@dataclass(frozen=True, slots=True)
class VarianceNote:
    """Why a variance is there and what will be done, by whom it was written and when."""

    text: str
    by: str
    on: dt.date


def key_of(kind: IncomeKind) -> str:
    """The key of the variance of one kind of income."""
    return f"income:{kind.value}"


def keys() -> Iterable[str]:
    """Every key that a variance can have, for good."""
    return (TO_DATE, YEAR_END, *(key_of(kind) for kind in IncomeKind))


def name_of(key: str) -> str:
    """What the variance of a key is called on pages and in documents."""
    names = {TO_DATE: "Spend to date against its profile", YEAR_END: "Estimate to the year's end against the budget"}
    return names.get(key) or f"Income: {IncomeKind(key.removeprefix('income:')).words}"
