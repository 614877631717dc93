"""Remembers the money: what comes in for SEN, and which lines of the ledger hold what was spent."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, String, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from vfm.costing.budget import IncomeKind, IncomeLine, LedgerLine
from vfm.costing.calendar import AcademicYear
from vfm.costing.profile import EVENLY
from vfm.money import Number
from vfm.pupils.pupil import Pupil
from vfm.store.rows import RegisterRow, rows_of
from vfm.store.tables import Money, Prose, Rate, Words, money_within, one_of, rate_within, refers

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
PUPIL_DAYS, EVEN, OWN = PROFILES = ("pupil-days", "evenly", "months")
LARGEST_PART = 1_000_000


class IncomeRow(RegisterRow):
    """A line of the income register. It has its own dates and is spread over them.

    `profile` says when in the year it is meant to be spent; the twelve months are parts in any unit, for the school's
    own profile. They are columns of the line, so that its version, its audit and its conflict page hold them too.
    """

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
    january: Mapped[Rate | None]
    february: Mapped[Rate | None]
    march: Mapped[Rate | None]
    april: Mapped[Rate | None]
    may: Mapped[Rate | None]
    june: Mapped[Rate | None]
    july: Mapped[Rate | None]
    august: Mapped[Rate | None]
    september: Mapped[Rate | None]
    october: Mapped[Rate | None]
    november: Mapped[Rate | None]
    december: Mapped[Rate | None]
    profile: Mapped[str] = mapped_column(String(20), default=PUPIL_DAYS, server_default=text(f"'{PUPIL_DAYS}'"))
    __table_args__ = (
        one_of("kind", IncomeKind),
        one_of("profile", PROFILES),
        CheckConstraint(
            f"profile <> '{OWN}' OR " + " + ".join(f"COALESCE({month}, 0)" for month in MONTHS) + " > 0",
            name="profile_has_months",
        ),
        *(rate_within(month, LARGEST_PART) for month in MONTHS),
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


def income_line(row: IncomeRow, left: dt.date | None = None) -> IncomeLine:
    """A line of the income register as a plain value; its amount is the latest that is known. `left`: its pupil did."""
    return IncomeLine(
        kind=IncomeKind(row.kind), name=row.name, amount=amount_of(row), starts=row.starts, ends=row.ends,
        sen_share=row.sen_share, estimated=row.estimated, source=row.source, code=row.code, conditions=row.conditions,
        pupil=str(row.pupil_id) if row.pupil_id else None, hours=row.hours, id=str(row.id), original=row.original,
        revised=row.revised, until=left, months=months_of(row),
    )  # fmt: skip


def amount_of(row: IncomeRow) -> Decimal | None:
    """The latest amount that is known."""
    return next((each for each in (row.expected, row.revised, row.original) if each is not None), None)


def months_of(row: IncomeRow) -> Sequence[Number]:
    """The parts of the months that a line goes by, January first; none where it goes with the pupil days."""
    if row.profile == OWN:
        return tuple(getattr(row, month) or Decimal(0) for month in MONTHS)
    return EVENLY if row.profile == EVEN else ()


def ledger_line(row: LedgerRow) -> LedgerLine:
    """A ledger line as a plain value."""
    return LedgerLine(
        code=row.code, name=row.name, amount=row.amount, sen_share=row.sen_share, basis=row.ground, set_by=row.set_by,
        estimated=row.estimated, id=str(row.id),
    )  # fmt: skip


def every_income(db: Session, school_id: int, pupils: Mapping[str, Pupil]) -> tuple[IncomeLine, ...]:
    """The whole register, of every year; a top-up line knows when its pupil left. One select."""
    rows = rows_of(db, IncomeRow, school_id)
    left = {key: pupil.left for key, pupil in pupils.items()}
    return tuple(income_line(row, left.get(str(row.pupil_id))) for row in rows)


def income_of(lines: Sequence[IncomeLine], year: AcademicYear) -> tuple[IncomeLine, ...]:
    """The lines that bear on a year: those whose dates touch it, and those without dates."""
    return tuple(line for line in lines if line.starts is None or line.ends is None or line.touches(year))


def ledger_of(db: Session, school_id: int, year: int) -> tuple[LedgerLine, ...]:
    """The ledger lines of a year."""
    return tuple(ledger_line(row) for row in rows_of(db, LedgerRow, school_id, year=year))


def hold_ledger(db: Session, school_id: int, year: int) -> dict[int, LedgerRow]:
    """The ledger lines of a year by id, as they stand now and until this transaction ends.

    PostgreSQL holds the rows, in one order, so that no two people wait for each other; SQLite has one writer at a time.
    """
    query = select(LedgerRow).where(LedgerRow.school_id == school_id, LedgerRow.year == year).order_by(LedgerRow.id)
    held = db.scalars(query.with_for_update(), execution_options={"populate_existing": True})
    return {row.id: row for row in held}


def ledger_before(db: Session, school_id: int, year: int) -> tuple[int, tuple[LedgerLine, ...]]:
    """The newest earlier year in which a ledger line has a share, and its lines; no lines where there is none."""
    newest = (
        select(func.max(LedgerRow.year))
        .where(LedgerRow.school_id == school_id, LedgerRow.year < year, LedgerRow.sen_share.is_not(None))
        .scalar_subquery()
    )
    query = select(LedgerRow).where(LedgerRow.school_id == school_id, LedgerRow.year == newest).order_by(LedgerRow.id)
    rows = db.scalars(query).all()
    return (rows[0].year if rows else year - 1), tuple(ledger_line(row) for row in rows)
