"""Says the rates of a role in words: what an hour costs, from which day, how that was found, and who sees it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from vfm.costing.calendar import AcademicYear
from vfm.costing.rates import Card, Rate, RateBook, RoleRate
from vfm.store.calendar import calendar_of
from vfm.store.staff import RateRow, StaffRoleRow, rate_book, rates_of
from vfm.web.database import db
from vfm.web.fields import plain
from vfm.web.layout import day, pence
from vfm.web.permissions import here
from vfm.web.school import today

CARD_WORDS = {"actual": "Actual cost", "authority": "Authority's rate"}
NO_PAY = "Not known yet: no pay is entered"


@dataclass(frozen=True, slots=True)
class RateLine:
    """One dated rate, in words."""

    id: int
    card: str
    since: str
    cost: str
    how: str
    state: str

    @property
    def title(self) -> str:
        return f"{CARD_WORDS[self.card]}, {self.since}"


def book_of(year: int) -> RateBook:
    """The school's two cards in a year."""
    school = here().school.id
    return rate_book(db(), school, calendar_of(db(), school, AcademicYear(year)))


def rate_lines(role: StaffRoleRow, year: int) -> list[RateLine]:
    """Every rate of a role, card by card, in order of date."""
    book = book_of(year)
    return [_line(row, role, book) for row in rates_of(db(), role)]


def _line(row: RateRow, role: StaffRoleRow, book: RateBook) -> RateLine:
    card = book.actual if row.card == Card.ACTUAL else book.authority
    found = next((rate for rate in card.roles if (rate.role, rate.starts) == (role.name, row.starts)), None)
    return RateLine(
        row.id, row.card, since_words(row.starts), pence(found.method.per_hour) if found else NO_PAY,
        _how(row, found), _state(row, found),
    )  # fmt: skip


def since_words(starts: dt.date | None) -> str:
    """Such as "from 4 January 2027"."""
    return f"from {day(starts)}" if starts else "since ever"


def _how(row: RateRow, found: RoleRate | None) -> str:
    words = found.method.words if found else "from pay"
    words += f", with {plain(row.award_percent)}% on top" if row.award_percent else ""
    if row.people:
        words += f", made from the pay of {row.people}"
    return f"{words[:1].upper()}{words[1:]}"


def _state(row: RateRow, found: RoleRate | None) -> str:
    if row.award:
        state = "Pay award, estimated until agreed" if row.estimated else "Pay award, agreed"
    else:
        state = "Estimated" if row.estimated else "Confirmed"
    return f"{state}. Seen by leadership only" if found and found.private and row.card == Card.ACTUAL else state


def within_year(year: int) -> dt.date:
    """Today, or the day of the year that is nearest to it."""
    academic = AcademicYear(year)
    return min(max(today(), academic.first_day), academic.last_day)


def on_card(rates: Sequence[RoleRate], role: str, on: dt.date) -> tuple[RoleRate | None, RoleRate | None]:
    """A role's rate in force on a day, and the next to come."""
    rows = sorted((rate for rate in rates if rate.role == role), key=lambda rate: rate.starts or dt.date.min)
    there = [rate for rate in rows if (rate.starts or dt.date.min) <= on]
    return (there[-1] if there else None), next((rate for rate in rows if rate not in there), None)


def card_words(rates: Sequence[RoleRate], role: str, on: dt.date) -> str:
    """What an hour costs on a day, as far as this person may see."""
    now, later = on_card(rates, role, on)
    return _shown(now) if now else "None on this day" if later else "None yet"


def next_words(book: RateBook, role: str, on: dt.date) -> str:
    """The rates of a role that begin next, on either card."""
    cards = ((Card.ACTUAL, book.actual.roles), (Card.AUTHORITY, book.authority.roles))
    later = [(card, on_card(rates, role, on)[1]) for card, rates in cards]
    told = [f"{CARD_WORDS[card]} {since_words(rate.starts)}: {_shown(rate)}" for card, rate in later if rate]
    return "; ".join(told) or "None"


def _shown(rate: RoleRate) -> str:
    if rate.private and not here().leads:
        return "Seen by leadership only"
    return f"{pence(rate.method.per_hour)} ({rate.method.words}{', estimated' if rate.estimated else ''})"


def used_words(rate: Rate | None) -> str:
    """The rate that figures are made with for this person, and its card."""
    return "No rate yet" if rate is None else f"{pence(rate.per_hour)} ({rate.card.words})"
