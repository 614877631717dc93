"""What an hour of a staff role costs on a day: the school's actual card, the authority's card, and who may see which.

A new rate applies from its date: work on a day costs that day's rate. Typed amounts are Decimal pounds; what comes out is exact Fraction pence an hour. Pay is not shown by accident: a rate
made from the pay of fewer than three people is for leadership only, and everyone else gets a substitute, marked.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from vfm.costing.pay import FromPay
from vfm.money import Number, in_pence

FEWEST_PEOPLE = 3


class Method(Protocol):
    """How the cost of an hour was found."""

    @property
    def per_hour(self) -> Fraction:
        """Exact pence an hour."""

    @property
    def words(self) -> str:
        """The method, for people."""


@dataclass(frozen=True, slots=True)
class Stated:
    """The pounds an hour that were typed, with up to four decimals."""

    pounds_an_hour: Decimal

    @property
    def per_hour(self) -> Fraction:
        return in_pence(self.pounds_an_hour)

    @property
    def words(self) -> str:
        return "stated"


@dataclass(frozen=True, slots=True)
class WeeklyHour:
    """The price of one weekly hour for a year (pounds) ÷ the weeks it is over; the quotient is kept exact."""

    price: Decimal
    weeks: Number = 38

    def __post_init__(self) -> None:
        if self.weeks <= 0:
            raise ValueError("the weeks that a price is over must be above 0")

    @property
    def per_hour(self) -> Fraction:
        return in_pence(self.price) / Fraction(self.weeks)

    @property
    def words(self) -> str:
        return "weekly-hour price"


class Card(StrEnum):
    """Whose rates: the school's own costs, or those that applications to the authority must use."""

    ACTUAL = "actual"
    AUTHORITY = "authority"
    PAY_POINT = "pay-point"

    @property
    def words(self) -> str:
        return {"actual": "actual cost", "authority": "authority's rate", "pay-point": "published pay point"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class RoleRate:
    """One role's rate on a card from a day on (`starts` None: since ever). `people`: whose pay it was made from, counted.

    None: a typed price that is not pay, or, from pay, as many people as there are contracts in it. `pay_point` is
    pounds an hour at a published pay point of the role. `award`: it changes an earlier rate by a pay award, whose effect
    is a line of its own; `estimated` until it is agreed.
    """

    role: str
    method: Method
    people: int | None = None
    pay_point: Decimal | None = None
    estimated: bool = False
    starts: dt.date | None = None
    award: bool = False

    @property
    def private(self) -> bool:
        """Whether pay could be read from it (costing §3)."""
        if isinstance(self.method, FromPay):
            return (len(self.method.pays) if self.people is None else self.people) < FEWEST_PEOPLE
        return self.people is not None and 0 < self.people < FEWEST_PEOPLE


@dataclass(frozen=True, slots=True)
class RateCard:
    """A list of role rates; a role stands on it at most once for each day on which a rate starts."""

    name: Card
    roles: Sequence[RoleRate] = ()

    def __post_init__(self) -> None:
        names = [(row.role, row.starts) for row in self.roles]
        if len(set(names)) < len(names):
            raise ValueError("a role stands twice on one rate card from the same day")

    def find(self, role: str, day: dt.date | None = None) -> RoleRate | None:
        """The role's rate on a day, its newest where no day is said; None where the card has none in force."""
        rows = [row for row in self.roles if row.role == role and (day is None or (row.starts or dt.date.min) <= day)]
        return max(rows, key=lambda row: row.starts or dt.date.min, default=None)

    def changes(self, role: str) -> set[dt.date]:
        """The days on which a rate of the role starts."""
        return {row.starts for row in self.roles if row.role == role and row.starts is not None}

    def without_awards(self) -> "RateCard":
        """The card as it would be if no pay award had been made."""
        return replace(self, roles=tuple(row for row in self.roles if not row.award))


@dataclass(frozen=True, slots=True)
class Rate:
    """What an hour costs (exact pence) for the person who is looking.

    `private`: made from fewer than three people's pay, so for leadership only. `substitute`: shown in place of one.
    """

    role: str
    per_hour: Fraction
    method: str
    card: Card
    private: bool = False
    substitute: bool = False
    covers_preparation: bool = False
    estimated: bool = False
    since: dt.date | None = None


@dataclass(frozen=True, slots=True)
class RateBook:
    """The school's two cards side by side."""

    actual: RateCard = RateCard(Card.ACTUAL)
    authority: RateCard = RateCard(Card.AUTHORITY)

    def on_authority(self) -> "RateBook":
        """The same book with the authority's card only, as applications must be costed."""
        return RateBook(RateCard(Card.ACTUAL), self.authority)

    def without_awards(self) -> "RateBook":
        """The same book as if no pay award had been made: the difference in cost is the effect of the awards."""
        return RateBook(self.actual.without_awards(), self.authority.without_awards())

    def rate_for(self, role: str, leadership: bool = False, day: dt.date | None = None) -> Rate | None:
        """The actual rate, else the authority's, else the pay point; None where the role has no rate to show.

        On a day, or the newest. Without `leadership` (other people, and every document) a private rate never comes out.
        """
        actual = self.actual.find(role, day)
        if actual is None:
            return self.substitute_for(role, day)
        if actual.private and not leadership:
            return self.substitute_for(role, day, substitute=True)
        return _rate(actual, Card.ACTUAL)

    def worked_part(self, role: str, day: dt.date | None = None) -> Fraction | None:
        """Productive hours ÷ paid hours of a role on a day, or by its newest rate; None where its rate was not worked out from pay.

        It says how many weeks are paid and nothing of the pay, so it may stand beside a substitute.
        """
        actual = self.actual.find(role, day)
        return actual.method.worked_part if actual and isinstance(actual.method, FromPay) else None

    def timeline(
        self, role: str, leadership: bool, first: dt.date, last: dt.date
    ) -> tuple[tuple[dt.date, Rate | None], ...]:
        """The role's rates from `first` to `last`, each with the day from which it holds; None while there is none."""
        starts = self.actual.changes(role) | self.authority.changes(role)
        found: list[tuple[dt.date, Rate | None]] = []
        for day in [first, *sorted(start for start in starts if first < start <= last)]:
            rate = self.rate_for(role, leadership, day)
            if not found or found[-1][1] != rate:
                found.append((day, rate))
        return tuple(found)

    def substitute_for(self, role: str, day: dt.date | None = None, *, substitute: bool = False) -> Rate | None:
        """The authority's rate, else the published pay point of the role, else None."""
        authority = self.authority.find(role, day)
        if authority is not None:
            return _rate(authority, Card.AUTHORITY, substitute=substitute)
        actual = self.actual.find(role, day)
        if actual is None or actual.pay_point is None:
            return None
        per_hour = in_pence(actual.pay_point)
        return Rate(role, per_hour, "published pay point", Card.PAY_POINT, substitute=substitute)


def typed_rate(role: str, method: Method, card: Card = Card.ACTUAL) -> Rate:
    """A rate that stands on an intervention's own row, such as an agency's price an hour."""
    return Rate(role, method.per_hour, method.words, card)


def _rate(row: RoleRate, card: Card, *, substitute: bool = False) -> Rate:
    covers = isinstance(row.method, FromPay) and row.method.covers_preparation
    private = row.private and card is Card.ACTUAL
    return Rate(
        row.role, row.method.per_hour, row.method.words, card, private, substitute, covers, row.estimated, row.starts
    )
