"""The bridge from the provision map to the ledger (costing §6): why the two differ, line by line. Exact pence.

Nothing is forced: what is left at the end is "not explained", above or below nought, and is the last line. Some lines
are worked out from what was entered for the map, the others are typed with the ground that they stand on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from vfm.costing.budget import LedgerLine, ledger_sen
from vfm.costing.calendar import ONE_DAY, Period, days_between
from vfm.costing.costed import CostedIntervention
from vfm.costing.in_year import spend_in
from vfm.costing.other_cost import CostKind, OtherCost
from vfm.costing.provision_map import CostedMap
from vfm.costing.rates import Rate, RateBook
from vfm.money import Number, add_up, in_pence

NOTHING = Fraction(0)


class TimeKind(StrEnum):
    """Paid time for SEN that belongs to no intervention; it is never smeared over them."""

    SENCO = "senco"
    COORDINATION = "co-ordination"
    REVIEWS = "reviews"
    NOT_ON_MAP = "not-on-map"

    @property
    def words(self) -> str:
        return {
            "senco": "SENCO time",
            "co-ordination": "Co-ordination and administration",
            "reviews": "Reviews and meetings in general",
            "not-on-map": "Paid hours that are not on the map",
        }[self.value]


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


@dataclass(frozen=True, slots=True)
class TimeNotTied:
    """Hours of a role in the financial year that are on no intervention, and the percentage of them that is SEN."""

    kind: TimeKind
    role: str
    hours: Number
    sen_share: Number = 100
    name: str = ""
    estimated: bool = True
    id: str = ""


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
    """One step from the map to the ledger. `leads_to` says where its figures are entered; computed ones were not typed."""

    key: str
    name: str
    amount: Fraction
    leads_to: str = ""
    computed: bool = True
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Bridge:
    """map + Σ lines + not explained = ledger, in one financial year."""

    period: Period
    lines: tuple[BridgeLine, ...]
    ledger: Fraction
    estimated: bool = True
    without_rate: tuple[str, ...] = ()

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


def bridge(
    academic: CostedMap, maps: Sequence[CostedMap], period: Period, ledger: Iterable[LedgerLine], rates: RateBook, *,
    time: Sequence[TimeNotTied] = (), entries: Sequence[BridgeEntry] = (), leadership: bool = False,
) -> Bridge:  # fmt: skip
    """From the map of the academic year to the ledger of the financial year. `maps` are those that the period touches.

    Time of a role without a rate for this reader (a private one has a substitute, else none) is named and not in it.
    """
    ledger = list(ledger)
    start = academic.for_sen
    costs = [(each, _hour(rates, each.role, leadership, period)) for each in time]
    lines = [
        BridgeLine("map", "Cost of the map, additional, for pupils with SEN", start, "stage:spending"),
        BridgeLine("period", "Academic year to financial year", _period(maps, period) - start, "stage:spending"),
        *_time_lines(costs),
        BridgeLine("not-run", "Paid hours not run: cancelled sessions", _not_run(maps, period), "provision-map"),
        BridgeLine("timing", "Timing: bought in full in the ledger, spread on the map", _timing(maps, period), "provision-map"),
        *_entry_lines(entries),
    ]  # fmt: skip
    estimates = [each.estimated for each in time] + [each.estimated for each in entries]
    estimated = any(estimates + [each.estimated for each in ledger] + [each.estimated for each in maps])
    missing = tuple(dict.fromkeys(each.role for each, price in costs if price is None))
    return Bridge(period, tuple(lines), ledger_sen(ledger), estimated, missing)


def _period(maps: Sequence[CostedMap], period: Period) -> Fraction:
    return spend_in(maps, period.first, period.last).sen


def _time_lines(costs: Sequence[tuple[TimeNotTied, Fraction | None]]) -> list[BridgeLine]:
    sums: dict[TimeKind, Fraction] = {}
    for each, price in costs:
        cost = Fraction(each.hours) * (price or 0) * Fraction(each.sen_share) / 100
        sums[each.kind] = sums.get(each.kind, NOTHING) + cost
    return [BridgeLine(f"time:{kind.value}", kind.words, amount, "time") for kind, amount in sums.items()]


def _hour(rates: RateBook, role: str, leadership: bool, period: Period) -> Fraction | None:
    """What an hour costs on the average day of the period (pence); None where part of it has no rate."""
    line = rates.timeline(role, leadership, period.first, period.last)
    ends = [day - ONE_DAY for day, _ in line[1:]] + [period.last]
    parts = [(rate, days_between(day, end)) for (day, rate), end in zip(line, ends, strict=True)]
    known: list[tuple[Rate, int]] = [(rate, days) for rate, days in parts if rate is not None]
    return add_up(rate.per_hour * days for rate, days in known) / period.days if len(known) == len(parts) else None


def _not_run(maps: Sequence[CostedMap], period: Period) -> Fraction:
    """Sessions that were cancelled are paid for all the same: their staff cost, in step with those that ran."""
    return add_up(
        _sen(each, _cancelled(each, period)) for costed in maps for each in costed.interventions if each.run.cancelled
    )


def _cancelled(each: CostedIntervention, period: Period) -> Fraction:
    run = each.sessions
    if run:
        return each.staff_between(period.first, period.last) * each.run.cancelled / run
    minutes = Fraction(*each.run.minutes)
    hours = (
        (Fraction(line.staff.number) * (minutes + Fraction(*line.preparation)) / 60, line.rate)
        for line in each.staff_lines
    )
    return each.run.cancelled * add_up(hour * rate.per_hour for hour, rate in hours if rate is not None)


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


def _entry_lines(entries: Sequence[BridgeEntry]) -> list[BridgeLine]:
    sums: dict[Heading, list[BridgeEntry]] = {heading: [] for heading in Heading}
    for entry in entries:
        sums[entry.heading].append(entry)
    return [
        BridgeLine(
            heading.value, heading.words, add_up(one.pence for one in found), "bridge", computed=False,
            ground="; ".join(dict.fromkeys(one.ground for one in found if one.ground)),
        )
        for heading, found in sums.items()
        if found
    ]  # fmt: skip
