"""Remembers who works on provision: roles, their rates on the two cards, and people with their hours and pay."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import BigInteger, Index, String, UniqueConstraint, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from vfm.costing.awards import Named
from vfm.costing.calendar import Calendar
from vfm.costing.pay import EMPLOYER_NI, FromPay, Hours, Pay, employer_ni_changes
from vfm.costing.rates import Card, Method, RateBook, RateCard, RoleRate, Stated, WeeklyHour
from vfm.money import half_up
from vfm.store.rows import RegisterRow, rows_of
from vfm.store.tables import Money, Rate, Words, money_within, one_of, rate_within, refers

CARDS = ("actual", "authority")
METHODS = ("stated", "weekly-hour", "from-pay")
LARGEST_RATE = 100_000  # pounds an hour, pounds for a weekly hour: far above any, and a bound for the CHECKs


class StaffRoleRow(RegisterRow):
    """A role, such as teaching assistant level 2; `teacher` decides how productive hours are counted."""

    __tablename__ = "staff_role"
    name: Mapped[Words]
    teacher: Mapped[bool] = mapped_column(default=False)
    pay_point: Mapped[Rate | None]
    __table_args__ = (UniqueConstraint("school_id", "name"), rate_within("pay_point", LARGEST_RATE))


class RateRow(RegisterRow):
    """The cost of an hour of a role on one card from a day on; `people`: how many people's pay it was made from."""

    __tablename__ = "rate"
    role_id: Mapped[int] = mapped_column(BigInteger)
    card: Mapped[str] = mapped_column(String(20))
    method: Mapped[str] = mapped_column(String(20))
    starts: Mapped[dt.date | None]
    per_hour: Mapped[Rate | None]
    weekly_hour_price: Mapped[Money | None]
    weeks: Mapped[Rate | None]
    people: Mapped[int | None]
    award: Mapped[bool] = mapped_column(default=False)
    award_percent: Mapped[Rate | None]
    estimated: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (
        UniqueConstraint("school_id", "role_id", "card", "starts"),
        Index(
            "uq_rate_since_ever",
            "school_id",
            "role_id",
            "card",
            unique=True,
            sqlite_where=text("starts IS NULL"),
            postgresql_where=text("starts IS NULL"),
        ),  # the UNIQUE above does not hold where the day is empty
        one_of("card", CARDS),
        one_of("method", METHODS),
        rate_within("per_hour", LARGEST_RATE),
        rate_within("weeks", 53),
        rate_within("award_percent", 100),
        money_within("weekly_hour_price"),
        refers("role_id", "staff_role", ondelete="CASCADE"),
    )


class StaffRow(RegisterRow):
    """A person: hours by kind for everybody who runs the review, pay for leadership only."""

    __tablename__ = "staff"
    role_id: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[Words]
    weekly_hours: Mapped[Rate]
    class_support_hours: Mapped[Rate | None]
    duty_hours: Mapped[Rate | None]
    preparation_hours: Mapped[Rate | None]
    training_hours: Mapped[Rate | None]
    cover_hours: Mapped[Rate | None]
    salary: Mapped[Money | None]
    allowances: Mapped[Money | None]
    full_time_hours: Mapped[Rate | None]
    paid_weeks: Mapped[Rate | None]
    pension_percent: Mapped[Rate | None]
    levy_percent: Mapped[Rate | None]
    __table_args__ = (
        rate_within("weekly_hours", 60),
        rate_within("full_time_hours", 60),
        rate_within("paid_weeks", 53),
        rate_within("pension_percent", 100),
        rate_within("levy_percent", 100),
        money_within("salary"),
        money_within("allowances"),
        refers("role_id", "staff_role"),
    )


def hold_role(db: Session, role: StaffRoleRow) -> None:
    """Before a rate of a role changes: until the transaction ends nobody else changes its rates, or the role."""
    table = StaffRoleRow
    db.execute(
        update(table)
        .where(table.school_id == role.school_id, table.id == role.id)
        .values(version=table.version + 1)
        .execution_options(synchronize_session=False)
    )


def rates_of(db: Session, role: StaffRoleRow) -> list[RateRow]:
    """The rates of a role, card by card, in order of the day on which they start."""
    rows = rows_of(db, RateRow, role.school_id, role_id=role.id)
    return sorted(rows, key=lambda row: (CARDS.index(row.card), row.starts or dt.date.min))


def rate_book(
    db: Session, school_id: int, calendar: Calendar, *, leave_out: Collection[Named] = frozenset()
) -> RateBook:
    """The school's two cards for a year; a rate whose parts are missing (no pay entered yet) is not on its card."""
    return book_of(rates_entered(db, school_id), calendar, leave_out)


@dataclass(frozen=True, slots=True)
class RatesEntered:
    """What the rates of any year are made from: roles by id, their rates, and people with their pay."""

    roles: Mapping[int, StaffRoleRow]
    rates: Sequence[RateRow]
    people: Sequence[StaffRow]


def rates_entered(db: Session, school_id: int) -> RatesEntered:
    """Three selects, for whoever makes the cards of several years."""
    roles = {role.id: role for role in rows_of(db, StaffRoleRow, school_id)}
    return RatesEntered(roles, rows_of(db, RateRow, school_id), rows_of(db, StaffRow, school_id))


def book_of(entered: RatesEntered, calendar: Calendar, leave_out: Collection[Named] = frozenset()) -> RateBook:
    """The two cards in a year's calendar.

    A rate from pay stands again on each day of the year on which employer NI changes, until the next rate of its role.
    """
    roles, people = entered.roles, entered.people
    rows = [row for row in entered.rates if (Card(row.card), roles[row.role_id].name, row.starts) not in leave_out]
    cards: dict[str, list[RoleRate]] = {card: [] for card in CARDS}
    for row in rows:
        role = roles[row.role_id]
        holders = [person for person in people if person.role_id == role.id]
        cards[row.card] += _role_rates(row, _next(row, rows), role, holders, people, calendar)
    return RateBook(RateCard(Card.ACTUAL, cards["actual"]), RateCard(Card.AUTHORITY, cards["authority"]))


def _next(row: RateRow, rows: Sequence[RateRow]) -> dt.date | None:
    """The day on which the next rate of the same role and card begins."""
    later = [
        other.starts
        for other in rows
        if (other.role_id, other.card) == (row.role_id, row.card)
        and other.starts is not None
        and other.starts > (row.starts or dt.date.min)
    ]
    return min(later, default=None)


def _role_rates(
    row: RateRow, until: dt.date | None, role: StaffRoleRow, holders: list[StaffRow], people: Sequence[StaffRow],
    calendar: Calendar,
) -> list[RoleRate]:  # fmt: skip
    if row.method == "from-pay":
        paid = [person for person in holders if person.salary is not None and person.weekly_hours > 0]
        days = _pay_days(row, until, calendar) if paid else []
        return [_from_pay(row, role, paid, people, calendar, day) for day in days]
    method = _typed(row)
    return [_role_rate(row, role, method, row.people, row.starts)] if method else []


def _pay_days(row: RateRow, until: dt.date | None, calendar: Calendar) -> list[dt.date | None]:
    """The day on which the rate starts, and those on which NI changes afterwards while it holds, as far as the year goes."""
    since = max(row.starts or calendar.year.first_day, calendar.year.first_day)
    changes = employer_ni_changes(since, calendar.year.last_day)
    return [row.starts, *(day for day in changes if until is None or day < until)]


def _from_pay(
    row: RateRow, role: StaffRoleRow, paid: list[StaffRow], people: Sequence[StaffRow], calendar: Calendar, day: dt.date | None
) -> RoleRate:  # fmt: skip
    # The first rate that is known stands in for years before it: those are read, not entered.
    in_force = max(day or calendar.year.first_day, calendar.year.first_day, EMPLOYER_NI[0].starts)
    pays = [_pay(person, role, people, row.award_percent) for person in paid]
    return _role_rate(row, role, FromPay(pays, calendar.weeks, in_force), _heads(paid), day)


def _role_rate(
    row: RateRow, role: StaffRoleRow, method: Method, people: int | None, starts: dt.date | None
) -> RoleRate:
    return RoleRate(role.name, method, people, role.pay_point, row.estimated, starts, row.award)


def _typed(row: RateRow) -> Method | None:
    if row.method == "weekly-hour":
        return WeeklyHour(row.weekly_hour_price, row.weeks) if row.weekly_hour_price is not None and row.weeks else None
    return Stated(row.per_hour) if row.per_hour is not None else None


def _heads(holders: Sequence[StaffRow]) -> int:
    """How many people: two contracts under one name are one person's, since a mean of them would show her pay."""
    return len({person.name.casefold() for person in holders if person.salary is not None})


def _pay(person: StaffRow, role: StaffRoleRow, people: Sequence[StaffRow], award: Decimal | None) -> Pay:
    """A contract as the costing knows it; the same person's other contracts use up the same NI threshold."""
    others = (
        p for p in people if p.id != person.id and p.name.casefold() == person.name.casefold() and p.salary is not None
    )
    elsewhere = sum((half_up(_contract(other, role).pay) for other in others), 0)
    return replace(_contract(person, role), elsewhere=Decimal(elsewhere) / 100, award_percent=award or 0)


def _contract(person: StaffRow, role: StaffRoleRow) -> Pay:
    return Pay(
        salary=person.salary or Decimal(0),
        hours=person.weekly_hours,
        full_time_hours=person.full_time_hours or person.weekly_hours,
        paid_weeks=person.paid_weeks,
        pension_percent=person.pension_percent or 0,
        levy_percent=person.levy_percent or 0,
        allowances=person.allowances or Decimal(0),
        counted=Hours.DIRECTED if role.teacher else Hours.SUPPORT,
    )
