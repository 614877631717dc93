"""Remembers who works on provision: roles, their rates on the two cards, and people with their hours and pay."""

import datetime as dt

from sqlalchemy import BigInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vfm.store.rows import RegisterRow
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
    estimated: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (
        UniqueConstraint("school_id", "role_id", "card", "starts"),
        one_of("card", CARDS),
        one_of("method", METHODS),
        rate_within("per_hour", LARGEST_RATE),
        rate_within("weeks", 53),
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
