"""The bridge from the provision map to the ledger (costing §6): why the two differ, line by line. Exact pence.

Nothing is forced: what is left at the end is "not explained", above or below nought, and is the last line. Some lines
are worked out from what was entered for the map, the others are typed with the ground that they stand on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from vfm.costing.budget import LedgerLine, compares, ledger_not_counted, ledger_sen
from vfm.costing.calendar import Period
from vfm.costing.cancelled import cancelled_cost
from vfm.costing.costed import CostedIntervention
from vfm.costing.in_year import spend_in
from vfm.costing.other_cost import CostKind, OtherCost
from vfm.costing.provision_map import CostedMap
from vfm.costing.rates import RateBook
from vfm.costing.time_not_tied import TimeCost, TimeKind, TimeNotTied, cost_time
from vfm.money import add_up, apportion, half_up, in_pence


class Heading(StrEnum):
    """What a typed line of the bridge explains. Recoveries are taken off."""

    ABSENCE = "absence"
    COVER = "cover"
    RECOVERIES = "recoveries"
    RATES = "rates"
    ACCRUALS = "accruals"
    NEVER_MAPPED = "never-mapped"

    @property
    def words(self) -> str:
        return {
            "absence": "Paid hours not worked: absence",
            "cover": "Cover and agency staff",
            "recoveries": "Insurance and maternity recoveries",
            "rates": "Difference between rates",
            "accruals": "Accruals and prepayments",
            "never-mapped": "Spend that was never mapped",
        }[self.value]

    @property
    def either_way(self) -> bool:
        """Whether it may bring the ledger below the map as well as above it, so that a minus may be typed."""
        return self in (Heading.RATES, Heading.ACCRUALS)


@dataclass(frozen=True, slots=True)
class BridgeEntry:
    """A typed line (pounds, the SEN part of it), its ground, and who set it. Recoveries are typed as they are received."""

    heading: Heading
    amount: Decimal
    name: str = ""
    ground: str = ""
    set_by: str = ""
    estimated: bool = True
    id: str = ""

    @property
    def pence(self) -> Fraction:
        """What it adds to the map on the way to the ledger."""
        return -in_pence(self.amount) if self.heading is Heading.RECOVERIES else in_pence(self.amount)


@dataclass(frozen=True, slots=True)
class BridgeLine:
    """One step from the map to the ledger. `leads_to` says where its figures are entered; computed ones were not typed.

    `ground` and `set_by` are of typed lines. `substitute`: somewhere in it a rate stands in for one that gives pay away.
    """

    key: str
    name: str
    amount: Fraction
    leads_to: str = ""
    computed: bool = True
    ground: str = ""
    set_by: str = ""
    estimated: bool = False
    substitute: bool = False


@dataclass(frozen=True, slots=True)
class Bridge:
    """map + Σ lines + not explained = ledger, in one financial year. Every kind of line is there, many of them at nought.

    `times` and `entries` are what the lines of time and the typed ones were made of. `compared`: a SEN share is set for a ledger line, so that there is a
    ledger to compare with; `not_counted`: pence of ledger lines that still lack one. `without_map`: days of the period of
    which no map was entered.
    """

    period: Period
    lines: tuple[BridgeLine, ...]
    ledger: Fraction
    times: tuple[TimeCost, ...] = ()
    ledger_estimated: bool = True
    compared: bool = True
    not_counted: Fraction = Fraction(0)
    without_map: tuple[Period, ...] = ()
    entries: tuple[BridgeEntry, ...] = ()

    @property
    def explained(self) -> Fraction:
        """What the lines come to, the map's cost among them."""
        return add_up(line.amount for line in self.lines)

    @property
    def not_explained(self) -> Fraction:
        """The last line: ledger − everything above, whichever side of nought it falls."""
        return self.ledger - self.explained

    @property
    def percent(self) -> Fraction | None:
        """Not explained as a percentage of the ledger's SEN spend; None where that is nought."""
        return self.not_explained * 100 / self.ledger if self.ledger else None

    @property
    def telling(self) -> tuple[BridgeLine, ...]:
        """The lines that explain something."""
        return tuple(line for line in self.lines if line.amount)

    @property
    def at_nought(self) -> tuple[BridgeLine, ...]:
        """The lines that explain nothing."""
        return tuple(line for line in self.lines if not line.amount)

    @property
    def estimated(self) -> bool:
        """Whether anything that went into it is an estimate; where a map is missing it is."""
        return self.ledger_estimated or bool(self.without_map) or any(line.estimated for line in self.telling)

    @property
    def substitute(self) -> bool:
        """Whether a rate somewhere in it stands in for one that would give pay away."""
        return any(line.substitute for line in self.telling)

    @property
    def without_rate(self) -> tuple[str, ...]:
        """Roles whose time is in no line, because they have no rate for some of the period."""
        return tuple(dict.fromkeys(each.entered.role for each in self.times if each.per_hour is None))

    def printed(self) -> tuple[list[int], int]:
        """The telling lines and, last, not explained, in whole pence: together they add up to the printed ledger."""
        parts = [*(line.amount for line in self.telling), self.not_explained]
        *lines, rest = apportion(parts, half_up(self.ledger))
        return lines, rest

    def beyond(self, tolerance: Fraction) -> bool:
        """Whether what is not explained, either way, is more than this share of the ledger; exactly at it is within."""
        return abs(self.not_explained) > tolerance * abs(self.ledger)


def bridge(
    academic: CostedMap, maps: Sequence[CostedMap], period: Period, ledger: Iterable[LedgerLine],
    rates: Sequence[RateBook], *, time: Sequence[TimeNotTied] = (), entries: Sequence[BridgeEntry] = (),
    leadership: bool = False,
) -> Bridge:  # fmt: skip
    """From the map of the academic year to the ledger of the financial year.

    `maps` are those of the academic years that the period touches, `rates` the book of each. Time of a role without a rate
    for this reader (a private one has a substitute, else none) is named and not in it.
    """
    ledger = list(ledger)
    books = list(_books(maps, period, rates))
    times = tuple(cost_time(each, books, leadership=leadership) for each in time)
    lines = (*_map_lines(academic, maps, period), *_time_lines(times), *_bought_lines(maps, period))
    return Bridge(
        period, (*lines, *_entry_lines(entries)), ledger_sen(ledger), times,
        ledger_estimated=any(each.estimated for each in ledger),
        compared=compares(ledger), not_counted=ledger_not_counted(ledger),
        without_map=tuple(_without_map(maps, period)), entries=tuple(entries),
    )  # fmt: skip


def _books(maps: Sequence[CostedMap], period: Period, rates: Sequence[RateBook]) -> Iterable[tuple[Period, RateBook]]:
    for costed, book in zip(maps, rates, strict=True):
        if days := costed.calendar.year.period.within(period.first, period.last):
            yield days, book


def _without_map(maps: Sequence[CostedMap], period: Period) -> Iterable[Period]:
    for costed in maps:
        days = costed.calendar.year.period.within(period.first, period.last)
        if days and not costed.interventions:
            yield days


def _map_lines(academic: CostedMap, maps: Sequence[CostedMap], period: Period) -> tuple[BridgeLine, ...]:
    start = academic.for_sen
    moved = spend_in(maps, period.first, period.last).sen - start
    either = [academic, *maps]
    estimated, substitute = any(each.estimated for each in either), any(each.substitute for each in either)
    return (
        BridgeLine(
            "map", "Cost of the map, additional, for pupils with SEN", start, "provision-map",
            estimated=academic.estimated, substitute=academic.substitute,
        ),
        BridgeLine(
            "period", "Academic year to financial year", moved, "provision-map",
            estimated=estimated, substitute=substitute,
        ),
    )  # fmt: skip


def _time_lines(times: Sequence[TimeCost]) -> Iterable[BridgeLine]:
    for kind in TimeKind:
        found = [each for each in times if each.entered.kind is kind]
        yield BridgeLine(
            f"time:{kind.value}", kind.words, add_up(each.cost for each in found), "time",
            estimated=any(each.estimated for each in found), substitute=any(each.substitute for each in found),
        )  # fmt: skip


def _bought_lines(maps: Sequence[CostedMap], period: Period) -> tuple[BridgeLine, ...]:
    estimated = any(each.estimated for each in maps)
    not_run = add_up(
        _sen(each, cancelled_cost(each, period)) for costed in maps for each in costed.interventions if each.run.cancelled
    )  # fmt: skip
    return (
        BridgeLine(
            "not-run", "Paid hours not run: cancelled sessions", not_run, "provision-map",
            estimated=estimated, substitute=any(each.substitute for each in maps),
        ),
        BridgeLine(
            "timing", "Timing: bought in full in the ledger, spread on the map", _timing(maps, period), "provision-map",
            estimated=estimated,
        ),
    )  # fmt: skip


def _timing(maps: Sequence[CostedMap], period: Period) -> Fraction:
    """Bought in the period at the full price, less what the maps spread over its days."""
    return add_up(
        _sen(each, _bought(line.entered, days) - line.entered.counted(days.first, days.last))
        for costed in maps
        if (days := costed.calendar.year.period.within(period.first, period.last))
        for each in costed.interventions
        for line in each.other_lines
        if line.entered.spread and line.entered.starts
    )


def _bought(cost: OtherCost, days: Period) -> Fraction:
    """The price in full where it was bought on those days: of training the part of this intervention, of a licence each
    year that begins. The days are of one academic year, so that what was copied to the next map is not bought twice.
    """
    bought = [day for day in cost.paid_on if days.holds(day)]
    return in_pence(cost.amount) * len(bought) / (cost.served if cost.kind is CostKind.TRAINING else 1)


def _sen(each: CostedIntervention, amount: Fraction) -> Fraction:
    return amount * each.sen_part[0] / each.sen_part[1]


def _entry_lines(entries: Sequence[BridgeEntry]) -> Iterable[BridgeLine]:
    for heading in Heading:
        found = [each for each in entries if each.heading is heading]
        yield BridgeLine(
            heading.value, heading.words, add_up(one.pence for one in found), "bridge-lines", computed=False,
            ground=_together(one.ground for one in found), set_by=_together(one.set_by for one in found),
            estimated=any(one.estimated for one in found),
        )  # fmt: skip


def _together(words: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(each for each in words if each))
