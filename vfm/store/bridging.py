"""Remembers what explains why the map and the ledger differ, and builds the bridge between them."""

from collections.abc import Mapping, Sequence

from sqlalchemy import BigInteger, CheckConstraint, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from vfm.costing.bridge import Bridge, BridgeEntry, Heading, bridge
from vfm.costing.budget import LedgerLine
from vfm.costing.calendar import AcademicYear, Period, financial_year
from vfm.costing.time_not_tied import TimeCost, TimeKind, TimeNotTied, cost_time
from vfm.store.accounts import SchoolRow
from vfm.store.calendar import calendar_of
from vfm.store.costed import CostedYears
from vfm.store.funds import ledger_of
from vfm.store.pupils import pupils_of
from vfm.store.reviews import ReviewRow
from vfm.store.rows import RegisterRow, rows_of
from vfm.store.staff import StaffRoleRow, rate_book
from vfm.store.tables import Money, Rate, Words, money_within, one_of, rate_within, refers

MOST_HOURS = 100_000
EITHER_WAY = ", ".join(f"'{heading.value}'" for heading in Heading if heading.either_way)


class TimeNotTiedRow(RegisterRow):
    """Hours of a role in a financial year that are on no intervention; `year` is that of the review, in which it begins."""

    __tablename__ = "time_not_tied"
    year: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    role_id: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[Words]
    hours: Mapped[Rate]
    paid: Mapped[bool] = mapped_column(default=False)
    sen_share: Mapped[Rate]
    estimated: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (
        one_of("kind", TimeKind),
        rate_within("hours", MOST_HOURS),
        rate_within("sen_share", 100),
        refers("role_id", "staff_role"),
    )


class BridgeEntryRow(RegisterRow):
    """A typed line of the bridge: its SEN part in pounds, on what ground it stands, and who set it."""

    __tablename__ = "bridge_entry"
    year: Mapped[int]
    heading: Mapped[str] = mapped_column(String(20))
    name: Mapped[Words]
    amount: Mapped[Money]
    ground: Mapped[Words]
    set_by: Mapped[Words]
    estimated: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (
        one_of("heading", Heading),
        money_within("amount", below_zero=True),
        CheckConstraint(f"heading IN ({EITHER_WAY}) OR amount >= 0", name="sign_fits_heading"),
    )


def time_not_tied(row: TimeNotTiedRow, roles: Mapping[int, str]) -> TimeNotTied:
    """Time as a plain value; `roles` are the school's roles by id."""
    return TimeNotTied(
        kind=TimeKind(row.kind), role=roles[row.role_id], hours=row.hours, sen_share=row.sen_share, name=row.name,
        estimated=row.estimated, id=str(row.id), paid=row.paid,
    )  # fmt: skip


def bridge_entry(row: BridgeEntryRow) -> BridgeEntry:
    """A typed line as a plain value."""
    return BridgeEntry(
        heading=Heading(row.heading), amount=row.amount, name=row.name, ground=row.ground, set_by=row.set_by,
        estimated=row.estimated, id=str(row.id),
    )  # fmt: skip


def year_of_ledger(school: SchoolRow, year: int) -> Period:
    """The financial year of a review: the one that begins in the year in which the review's academic year begins."""
    return financial_year(AcademicYear(year).first_day, academy=school.academy)


def bridge_of(db: Session, review: ReviewRow, *, leadership: bool = False) -> Bridge:
    """The bridge of a review's financial year. Without `leadership` no rate in it gives anybody's pay away."""
    school = db.get_one(SchoolRow, review.school_id)
    years = CostedYears(db, school.id, pupils_of(db, school.id, review.year), leadership=leadership)
    return bridge_with(db, school, review.year, ledger_of(db, school.id, review.year), years)


def bridge_with(db: Session, school: SchoolRow, year: int, ledger: Sequence[LedgerLine], years: CostedYears) -> Bridge:
    """The same for whoever has read some of the years and the ledger. It is for who reads `years`."""
    period = year_of_ledger(school, year)
    touched = years.touched_by(period)
    entries = [bridge_entry(row) for row in rows_of(db, BridgeEntryRow, school.id, year=year)]
    return bridge(
        years.of(AcademicYear(year)).actual, [each.actual for each in touched], period, ledger,
        [each.book for each in touched], time=_time(db, school, year), entries=entries, leadership=years.leadership,
    )  # fmt: skip


def _time(db: Session, school: SchoolRow, year: int) -> list[TimeNotTied]:
    roles = {role.id: role.name for role in rows_of(db, StaffRoleRow, school.id)}
    return [time_not_tied(row, roles) for row in rows_of(db, TimeNotTiedRow, school.id, year=year)]


def times_of(db: Session, school: SchoolRow, year: int, *, leadership: bool = False) -> tuple[TimeCost, ...]:
    """What a year's time not on the map costs: with the rates alone, since it stands on no map."""
    period = year_of_ledger(school, year)
    touched = dict.fromkeys(AcademicYear.holding(day) for day in (period.first, period.last))
    books = [
        (days, rate_book(db, school.id, calendar_of(db, school.id, each)))
        for each in touched
        if (days := each.period.within(period.first, period.last))
    ]
    return tuple(cost_time(each, books, leadership=leadership) for each in _time(db, school, year))
