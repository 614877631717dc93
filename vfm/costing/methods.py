"""Which rate cards and methods a cost was made with, and for which days a role has no rate: every cost names both."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vfm.costing.costed import CostedIntervention
from vfm.costing.rates import Card, Rate
from vfm.costing.staffing import StaffLine


@dataclass(frozen=True, slots=True)
class Used:
    """A card and a method, and the roles whose time was costed so, in order of first appearance."""

    card: Card
    method: str
    substitute: bool
    roles: tuple[str, ...]

    @property
    def words(self) -> str:
        """Such as "actual cost, stated"; the method of a pay point is its own name."""
        method = "" if self.card is Card.PAY_POINT else f", {self.method}"
        return f"{self.card.words}{method}{', in place of a rate that is not shown' if self.substitute else ''}"


@dataclass(frozen=True, slots=True)
class Gap:
    """Days that a role works and has no rate for. `until`: the day on which its rate begins; None: it does not."""

    role: str
    since: dt.date | None
    until: dt.date | None


def used_in(costed: Iterable[CostedIntervention]) -> tuple[Used, ...]:
    """Every card and method with which some time was costed; a role whose method changes stands with both."""
    roles: dict[tuple[Card, str, bool], dict[str, None]] = {}
    for each in costed:
        for line in each.staff_lines:
            for rate in line.rates:
                roles.setdefault(_kind(rate), {})[line.label] = None
    return tuple(Used(*kind, tuple(names)) for kind, names in roles.items())


def _kind(rate: Rate) -> tuple[Card, str, bool]:
    return rate.card, rate.method, rate.substitute


def counted_words(used: Iterable[Used]) -> str:
    """Such as "actual cost, stated (2 roles); authority's rate, stated (1 role)"."""
    return "; ".join(f"{each.words} ({len(each.roles)} {'role' if len(each.roles) == 1 else 'roles'})" for each in used)


def gaps_of(each: CostedIntervention) -> tuple[Gap, ...]:
    """The days of an intervention for which a role has no rate, so that its time is not in the cost."""
    return tuple(gap for line in each.staff_lines for gap in _gaps(line, each.calendar.year.first_day))


def _gaps(line: StaffLine, first_day: dt.date) -> Iterator[Gap]:
    rated = [segment.first for segment in line.segments if segment.rate]
    for segment in line.worked:
        if segment.rate is None:
            until = next((first for first in rated if first > segment.first), None)
            since = any(first < segment.first for first in rated)
            yield Gap(
                line.label, first_day + dt.timedelta(segment.first) if since else None,
                None if until is None else first_day + dt.timedelta(until),
            )  # fmt: skip
