"""Remembers the money: what comes in for SEN, and which lines of the ledger hold what was spent."""

import datetime as dt
from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from vfm.costing.budget import IncomeLine, LedgerLine
from vfm.store.rows import RegisterRow, rows_of
from vfm.store.tables import Money, Prose, Rate, Words, money_within, one_of, rate_within, refers

INCOME_KINDS = (
    "notional", "top-up", "disproportionate", "place-funding", "pupil-premium", "looked-after", "inclusive-mainstream",
    "early-years", "sixteen-to-nineteen", "other-grant", "brought-forward", "in-kind", "pooled",
)  # fmt: skip


class IncomeRow(RegisterRow):
    """A line of the income register. It has its own dates and is spread over them."""

    __tablename__ = "income"
    kind: Mapped[str] = mapped_column(String(30))
    name: Mapped[Words]
    original: Mapped[Money | None]
    revised: Mapped[Money | None]
    expected: Mapped[Money | None]
    starts: Mapped[dt.date | None]
    ends: Mapped[dt.date | None]
    sen_share: Mapped[Rate | None]
    hours: Mapped[Rate | None]
    pupil_id: Mapped[int | None] = mapped_column(BigInteger)
    source: Mapped[Words] = mapped_column(default="")
    code: Mapped[Words] = mapped_column(default="")
    conditions: Mapped[Prose] = mapped_column(default="")
    estimated: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (
        one_of("kind", INCOME_KINDS),
        money_within("original", below_zero=True),
        money_within("revised", below_zero=True),
        money_within("expected", below_zero=True),
        rate_within("sen_share", 100),
        rate_within("hours", 100_000),
        CheckConstraint("ends >= starts", name="dates_in_order"),
        refers("pupil_id", "pupil"),
    )


class LedgerRow(RegisterRow):
    """A line of the school's ledger with the share of it that is SEN, who set the share and on what ground."""

    __tablename__ = "ledger"
    year: Mapped[int]
    code: Mapped[Words] = mapped_column(default="")
    name: Mapped[Words]
    amount: Mapped[Money]
    sen_share: Mapped[Rate | None]
    ground: Mapped[Words] = mapped_column(default="")
    set_by: Mapped[Words] = mapped_column(default="")
    estimated: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (money_within("amount", below_zero=True), rate_within("sen_share", 100))
