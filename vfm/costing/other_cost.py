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

from vfm.costing.calendar import ONE_DAY, days_between, years_after
from vfm.money import Number, add_up, in_pence

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

    @property
    def spread(self) -> bool:
        """Whether it is spread by days, not charged on one date."""
        return self.kind in (CostKind.LICENCE, CostKind.EQUIPMENT, CostKind.TRAINING)

    @property
    def paid_on(self) -> list[dt.date]:
        """The days on which it is charged in the ledger: its date, of a licence each day on which a year of cover begins."""
        if self.starts is None:
            return []
        if self.kind is not CostKind.LICENCE:
            return [self.starts]
        over = self.ends or years_after(self.starts, 1) - ONE_DAY
        return [begins for begins, _ in _years_from(self.starts, over)]

    @property
    def a_year(self) -> Fraction:
        """Exact pence of a whole year's charge: what counts where no date is known."""
        amount = in_pence(self.amount)
        if self.kind in (CostKind.EQUIPMENT, CostKind.TRAINING):
            return amount / max(self.life, Fraction(1)) / (self.served if self._training else 1)
        return amount

    def counted(self, first: dt.date, last: dt.date) -> Fraction:
        """Exact pence that count from `first` to `last`, both included. Without a date of its own: a ValueError."""
        if self.starts is None:
            raise ValueError("a cost without a date cannot be put into a period")
        if self.kind is CostKind.LICENCE:
            return self.a_year * self._covered(self.starts, first, last)
        if self.spread:
            return self.a_year * self._lived(self.starts, first, last)
        return self.a_year if first <= self.starts <= last else Fraction(0)

    def _covered(self, starts: dt.date, first: dt.date, last: dt.date) -> Fraction:
        """How many years of a licence's cover fall between two days, by days."""
        over = self.ends or years_after(starts, 1) - ONE_DAY
        return add_up(
            Fraction(_common(begins, min(finishes, over), first, last), days_between(begins, finishes))
            for begins, finishes in _years_from(starts, over)
        )

    def _lived(self, starts: dt.date, first: dt.date, last: dt.date) -> Fraction:
        """How many years of the life fall between two days: each year of life is spread by its own days."""
        lived = Fraction(0)
        for number in range(ceil(self.life)):
            begins = years_after(starts, number)
            part = min(Fraction(1), self.life - number) if self.life > 1 else Fraction(1)
            days = ceil(days_between(begins, years_after(starts, number + 1) - ONE_DAY) * part)
            lived += part * Fraction(_common(begins, begins + (days - 1) * ONE_DAY, first, last), days)
        return lived


def _common(one: dt.date, one_ends: dt.date, other: dt.date, other_ends: dt.date) -> int:
    """How many days two periods have in common."""
    return days_between(max(one, other), min(one_ends, other_ends))


def _years_from(starts: dt.date, last: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """Years from a day on, each with its first and last day, as far as a last day."""
    number = 0
    while (first := years_after(starts, number)) <= last:
        number += 1
        yield first, years_after(starts, number) - ONE_DAY
