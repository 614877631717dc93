"""What an intervention costs beside staff, and how much of each counts in a year (costing §4).

Equipment, training and licences are spread by days; days after 31 August belong to the next year's map.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil

from vfm.costing.calendar import AcademicYear, days_between, years_after
from vfm.money import Number, in_pence

TRAINING_YEARS = 3


class CostKind(StrEnum):
    """What the money is for; the kind decides how it is counted."""

    CONSUMABLES = "consumables"
    FEES = "fees"
    SERVICING = "servicing"
    REPAIR = "repair"
    TRAVEL = "travel"
    INVOICE = "invoice"
    LICENCE = "licence"
    EQUIPMENT = "equipment"
    TRAINING = "training"
    COVER = "cover"

    @property
    def words(self) -> str:
        return COST_WORDS[self]


COST_WORDS = {
    CostKind.CONSUMABLES: "Consumables",
    CostKind.FEES: "Fees",
    CostKind.SERVICING: "Servicing",
    CostKind.REPAIR: "Repair",
    CostKind.TRAVEL: "Travel",
    CostKind.INVOICE: "Invoices",
    CostKind.LICENCE: "Licences",
    CostKind.EQUIPMENT: "Equipment",
    CostKind.TRAINING: "Training",
    CostKind.COVER: "Supply cover",
}


@dataclass(frozen=True, slots=True)
class OtherCost:
    """One cost (pounds, net of recoverable VAT). `starts` is its date: of invoice, purchase, training, start of cover.

    Licence: `amount` is a year's price; `ends` the last day of cover, a year from the start if None. Equipment: `years`
    of life, which must be said (1 if None: all in the first year). Training: fee, travel and release together, over
    `years` (3 if None), for the interventions `served`. Others count in full on their date.
    """

    kind: CostKind
    name: str
    amount: Decimal
    starts: dt.date | None = None
    ends: dt.date | None = None
    years: Number | None = None
    served: int = 1

    def __post_init__(self) -> None:
        if self.amount < 0 or self.served < 1 or (self.years is not None and self.years <= 0):
            raise ValueError("a cost is £0 or more, its years of life and interventions served above 0")

    @property
    def life(self) -> Fraction:
        """The years that it is spread over."""
        return Fraction(self.years if self.years is not None else TRAINING_YEARS if self._training else 1)

    @property
    def _training(self) -> bool:
        return self.kind is CostKind.TRAINING

    def counted(self, year: AcademicYear | None = None) -> Fraction:
        """Exact pence that count in an academic year; without a date, or a year, a whole year's charge."""
        amount = in_pence(self.amount)
        if self.kind is CostKind.LICENCE:
            return amount * self._covered(year)
        if self.kind in (CostKind.EQUIPMENT, CostKind.TRAINING):
            a_year = amount / max(self.life, Fraction(1)) / (self.served if self._training else 1)
            return a_year if year is None or self.starts is None else a_year * self._lived(self.starts, year)
        falls = year is None or self.starts is None or bool(year.days_within(self.starts, self.starts))
        return amount if falls else Fraction(0)

    def _covered(self, year: AcademicYear | None) -> Fraction:
        """How many years of a licence's cover fall in the year, by days."""
        if year is None or self.starts is None:
            return Fraction(1)
        last = self.ends or years_after(self.starts, 1) - dt.timedelta(days=1)
        return sum(
            (
                Fraction(year.days_within(first, min(end, last)), days_between(first, end))
                for first, end in _years_from(self.starts, last)
            ),
            Fraction(0),
        )

    def _lived(self, starts: dt.date, year: AcademicYear) -> Fraction:
        """How many years of the life fall in the year: each year of life is spread by its own days."""
        lived = Fraction(0)
        for number in range(ceil(self.life)):
            first = years_after(starts, number)
            part = min(Fraction(1), self.life - number) if self.life > 1 else Fraction(1)
            days = ceil(days_between(first, years_after(starts, number + 1) - dt.timedelta(days=1)) * part)
            lived += part * Fraction(year.days_within(first, first + dt.timedelta(days=days - 1)), days)
        return lived


def _years_from(starts: dt.date, last: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """Years from a day on, each with its first and last day, as far as a last day."""
    number = 0
    while (first := years_after(starts, number)) <= last:
        number += 1
        yield first, years_after(starts, number) - dt.timedelta(days=1)
