"""What comes in for SEN and what the ledger says went out, each with the share that counts. Exact pence.

The notional budget is a guide: a difference from it is a question to explain, not a sum unspent or owed.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from vfm.costing.calendar import AcademicYear, Period, days_between
from vfm.costing.figure import Figure, Input, Unit, certainty
from vfm.costing.provision_map import CostedMap
from vfm.money import Number, add_up, in_pence

MONTHS = 12
TOLERANCE = Fraction(5, 100)
"""The share of identified money that a difference may come to before it is a finding, unless the school changes it."""


class IncomeKind(StrEnum):
    """Kinds of income of the register (costing §6). Element 1 is left out of both sides."""

    NOTIONAL = "notional"
    TOP_UP = "top-up"
    DISPROPORTIONATE = "disproportionate"
    PLACE_FUNDING = "place-funding"
    PUPIL_PREMIUM = "pupil-premium"
    LOOKED_AFTER = "looked-after"
    INCLUSIVE_MAINSTREAM = "inclusive-mainstream"
    EARLY_YEARS = "early-years"
    SIXTEEN_TO_NINETEEN = "sixteen-to-nineteen"
    OTHER_GRANT = "other-grant"
    BROUGHT_FORWARD = "brought-forward"
    IN_KIND = "in-kind"
    POOLED = "pooled"

    @property
    def words(self) -> str:
        return INCOME_WORDS[self]


INCOME_WORDS = {
    IncomeKind.NOTIONAL: "Notional SEN budget",
    IncomeKind.TOP_UP: "Top-up funding for a pupil",
    IncomeKind.DISPROPORTIONATE: "Funding for a disproportionate number of pupils with SEN",
    IncomeKind.PLACE_FUNDING: "Place funding",
    IncomeKind.PUPIL_PREMIUM: "Pupil premium: what is charged to interventions",
    IncomeKind.LOOKED_AFTER: "Pupil premium plus for looked-after children",
    IncomeKind.INCLUSIVE_MAINSTREAM: "Inclusive Mainstream Fund",
    IncomeKind.EARLY_YEARS: "Early years fund",
    IncomeKind.SIXTEEN_TO_NINETEEN: "16 to 19 fund",
    IncomeKind.OTHER_GRANT: "Another grant",
    IncomeKind.BROUGHT_FORWARD: "Brought forward from last year",
    IncomeKind.IN_KIND: "Help in kind (hours, no money)",
    IncomeKind.POOLED: "Pooled or de-delegated (taken away, below nought)",
}


@dataclass(frozen=True, slots=True)
class IncomeLine:
    """A line of the income register. `amount`: what is expected, in pounds, for all its days; None: not known yet.

    It is spread over its own dates, both included. `sen_share`: the percentage that is for SEN or additional needs (of
    pupil premium, what is charged to interventions). Without amount, dates or share it is not counted yet. `original` and
    `revised` are the amounts as first notified and as last changed, for all its days too. `until`: a top-up stops with its
    pupil, on that day; what is expected stops, what was budgeted stands as it was notified. `months` says what part of it
    each month is meant for, January first, in any unit; empty: as the pupil days go.
    """

    kind: IncomeKind
    name: str
    amount: Decimal | None
    starts: dt.date | None = None
    ends: dt.date | None = None
    sen_share: Number | None = None
    estimated: bool = True
    source: str = ""
    code: str = ""
    conditions: str = ""
    pupil: str | None = None
    hours: Number | None = None
    id: str = ""
    original: Decimal | None = None
    revised: Decimal | None = None
    until: dt.date | None = None
    months: Sequence[Number] = ()

    def __post_init__(self) -> None:
        if self.months and (len(self.months) != MONTHS or min(self.months) < 0 or not any(self.months)):
            raise ValueError("a profile has twelve months, none below 0 and not all of them 0")
        if self.starts and self.ends and self.ends < self.starts:
            raise ValueError("the last day must not be before the first day")
        if self.amount is not None and self.amount < 0 and self.kind is not IncomeKind.POOLED:
            raise ValueError("only pooled or de-delegated money stands below nought")

    def touches(self, year: AcademicYear) -> bool:
        """Whether any of its days falls in the year."""
        return self.starts is not None and self.ends is not None and year.days_within(self.starts, self.ends) > 0

    def counted(self, year: AcademicYear) -> Fraction | None:
        """Pence that count in an academic year: amount × its days in the year ÷ its days × SEN share; None: not yet.

        Help in kind counts as nil; a top-up counts until its pupil leaves.
        """
        return self.within(year.period, self.amount)

    @property
    def notified(self) -> Decimal | None:
        """The amount as first notified (pounds); what is expected where nobody entered it."""
        return self.original if self.original is not None else self.amount

    @property
    def latest_budget(self) -> Decimal | None:
        """The amount as last revised (pounds), else as first notified."""
        return self.revised if self.revised is not None else self.notified

    def budgeted(self, period: Period, amount: Decimal | None) -> Fraction:
        """The pence of a budgeted amount that count in a period: it stands whether or not the pupil left; 0: not yet."""
        return replace(self, until=None).within(period, amount) or Fraction(0)

    def within(self, period: Period, amount: Decimal | None) -> Fraction | None:
        """The pence of an amount of this line (pounds, for all its days) that count in a period, by days; None: not yet."""
        if self.kind is IncomeKind.IN_KIND:
            return Fraction(0)
        if amount is None or self.sen_share is None or self.starts is None or self.ends is None:
            return None
        last = min(self.ends, period.last, self.until or dt.date.max)
        days = Fraction(days_between(max(self.starts, period.first), last), days_between(self.starts, self.ends))
        return in_pence(amount) * days * Fraction(self.sen_share) / 100

    def not_counted(self, year: AcademicYear) -> Fraction:
        """The whole amount (pence) of a line that cannot be counted yet, else 0; a line of another year is left out."""
        return self.not_counted_in(year.period)

    def not_counted_in(self, period: Period) -> Fraction:
        """The same of any period, such as a financial year."""
        if self.amount is None or self.within(period, self.amount) is not None or self._outside(period):
            return Fraction(0)
        return in_pence(self.amount)

    def _outside(self, period: Period) -> bool:
        too_late = self.starts is not None and self.starts > period.last
        return too_late or (self.ends is not None and self.ends < period.first)


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A line of the ledger (pounds): the percentage of it that is SEN, the ground for that share, and who set it."""

    code: str
    name: str
    amount: Decimal
    sen_share: Number | None = None
    basis: str = ""
    set_by: str = ""
    estimated: bool = True
    id: str = ""

    @property
    def sen(self) -> Fraction:
        """The SEN part, in pence; 0 while no share is set."""
        return in_pence(self.amount) * Fraction(self.sen_share or 0) / 100

    @property
    def not_counted(self) -> Fraction:
        """The whole amount (pence) while no share is set, else 0."""
        return in_pence(self.amount) if self.sen_share is None else Fraction(0)


@dataclass(frozen=True, slots=True)
class BudgetView:
    """The income of one academic year (pence): what is identified, by kind, and what is not counted yet."""

    year: AcademicYear
    lines: tuple[IncomeLine, ...]

    @property
    def identified(self) -> Fraction:
        """Σ what counts in the year."""
        return add_up(line.counted(self.year) or Fraction(0) for line in self.lines)

    @property
    def not_counted_yet(self) -> Fraction:
        """Σ amounts without a share or dates, on their own: part of no other figure."""
        return add_up(line.not_counted(self.year) for line in self.lines)

    @property
    def estimated(self) -> bool:
        """Whether any line that counts is estimated."""
        return any(line.estimated for line in self.lines if line.counted(self.year))

    @property
    def by_kind(self) -> dict[IncomeKind, Fraction]:
        """What counts, by kind, in order of first appearance; it adds up to identified."""
        sums: dict[IncomeKind, Fraction] = {}
        for line in self.lines:
            sums[line.kind] = sums.get(line.kind, Fraction(0)) + (line.counted(self.year) or 0)
        return sums


@dataclass(frozen=True, slots=True)
class Comparison:
    """Identified money against the cost of additional provision for pupils with SEN, in one academic year (pence)."""

    year: AcademicYear
    identified: Fraction
    cost: Fraction
    not_counted_yet: Fraction = Fraction(0)
    tolerance: Fraction = TOLERANCE
    method: str = ""
    estimated: bool = True

    @property
    def difference(self) -> Fraction:
        """Identified − cost: below nought where provision costs more, which is common and lawful."""
        return self.identified - self.cost

    @property
    def percent(self) -> Fraction | None:
        """The difference as a percentage of identified money; None where none is identified."""
        return self.difference * 100 / self.identified if self.identified else None

    @property
    def beyond_tolerance(self) -> bool:
        """Whether the difference, either way, is above the tolerance; exactly at it is within."""
        return abs(self.difference) > self.tolerance * abs(self.identified)

    def figures(self, as_at: dt.date | None = None) -> tuple[Figure, ...]:
        """The figures that a page shows, each with its working."""
        words, sure = self.year.words, certainty(self.estimated)
        identified, cost = Input("Identified money", self.identified), Input("Cost for pupils with SEN", self.cost)
        return (
            Figure(
                f"Identified money, {words}", self.identified, Unit.PENCE,
                "Σ amount × its days in the year ÷ its days × SEN share", (), as_at, "by days", sure, "Income register",
            ),
            Figure(
                f"Cost of additional SEN provision, {words}", self.cost, Unit.PENCE,
                "Σ additional part of each intervention for pupils with SEN",
                (), as_at, self.method, sure, "Provision map",
            ),
            Figure(
                f"Difference, {words}", self.difference, Unit.PENCE, "identified money − cost",
                (identified, cost), as_at, self.method, sure,
            ),
            Figure(
                f"Difference as a share of identified money, {words}", self.percent, Unit.PERCENT,
                "difference × 100 ÷ identified money", (identified, cost), as_at, self.method, sure,
            ),
        )  # fmt: skip


def compare(
    income: Sequence[IncomeLine], costed: CostedMap, year: AcademicYear, tolerance: Fraction = TOLERANCE
) -> Comparison:
    """Identified money of the year against the additional cost for pupils with SEN."""
    view = BudgetView(year, tuple(income))
    estimated = view.estimated or costed.estimated
    return Comparison(
        year, view.identified, costed.for_sen, view.not_counted_yet, tolerance, costed.card.words, estimated
    )


def ledger_sen(lines: Iterable[LedgerLine]) -> Fraction:
    """Σ SEN part of the ledger's lines, in pence; lines without a share are not in it."""
    return add_up(line.sen for line in lines)


def ledger_not_counted(lines: Iterable[LedgerLine]) -> Fraction:
    """Σ amounts (pence) of ledger lines whose SEN share nobody has set yet."""
    return add_up(line.not_counted for line in lines)


def compares(lines: Iterable[LedgerLine]) -> bool:
    """Whether there is a ledger to compare the map with: somebody has set the SEN share of a line."""
    return any(line.sen_share is not None for line in lines)
