"""What pay awards do to the cost of a map: a line of its own (costing §3), worked out from what the reader may see."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from vfm.costing.provision_map import CostedMap
from vfm.costing.rates import Card, RateBook, RateCard, RoleRate

Named = tuple[Card, str, dt.date | None]
"""A rate by its card, its role and the day on which it starts."""


@dataclass(frozen=True, slots=True)
class Awards:
    """The cost of a map, and what it would be had no award been made, for one reader (exact pence).

    `estimated`: some award in it has not been agreed yet, or the map itself is an estimate.
    """

    cost: Fraction
    without: Fraction
    estimated: bool

    @property
    def effect(self) -> Fraction:
        """Pence that the awards add to the map; below nought if they took away from it."""
        return self.cost - self.without


def awards_in(book: RateBook, leadership: bool) -> frozenset[Named]:
    """The awards that a reader may see the effect of.

    An award changes an earlier rate: one that is its role's first on the card is a rate like any other. A role of which
    any actual rate is private keeps its actual awards for everybody but leadership, since a substitute stands in for them.
    """
    private = set() if leadership else {row.role for row in book.actual.roles if row.private}
    return frozenset(
        (card.name, row.role, row.starts)
        for card in (book.actual, book.authority)
        for row in _awards(card)
        if card.name is not Card.ACTUAL or row.role not in private
    )


def _awards(card: RateCard) -> Iterator[RoleRate]:
    first: dict[str, dt.date] = {}
    for row in card.roles:
        if not row.award:
            first[row.role] = min(first.get(row.role, dt.date.max), row.starts or dt.date.min)
    for row in card.roles:
        if row.award and first.get(row.role, dt.date.max) < (row.starts or dt.date.min):
            yield row


def effect_of(costed: CostedMap, without: CostedMap, book: RateBook, named: frozenset[Named]) -> Awards | None:
    """The map beside the same map without the `named` awards of the `book`; None where they change nothing in it."""
    if costed.total == without.total:
        return None
    last = costed.calendar.year.last_day
    open_ = any(
        row.estimated
        for card in (book.actual, book.authority)
        for row in card.roles
        if (card.name, row.role, row.starts) in named and (row.starts or last) <= last
    )
    return Awards(costed.total, without.total, open_ or costed.estimated or without.estimated)
