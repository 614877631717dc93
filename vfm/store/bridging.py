"""Remembers what explains why the map and the ledger differ, and builds the bridge between them."""

from collections.abc import Mapping, Sequence

from sqlalchemy import BigInteger, CheckConstraint, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from vfm.costing.bridge import Bridge, BridgeEntry, Heading, bridge
from vfm.costing.budget import LedgerLine
from vfm.costing.calendar import AcademicYear, Period, financial_year
from vfm.costing.time_not_tied import TimeKind, TimeNotTied
from vfm.store.accounts import SchoolRow
from vfm.store.costed import CostedYear, costed_year
from vfm.store.funds import ledger_of
from vfm.store.pupils import pupils_of
from vfm.store.reviews import ReviewRow
from vfm.store.rows import RegisterRow, rows_of
from vfm.store.staff import StaffRoleRow
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
    pupils = pupils_of(db, school.id)
    this = costed_year(db, school.id, AcademicYear(review.year), pupils, leadership=leadership)
    return bridge_with(db, school, this, ledger_of(db, school.id, review.year))


def bridge_with(db: Session, school: SchoolRow, this: CostedYear, ledger: Sequence[LedgerLine]) -> Bridge:
    """The same, where the map of the review's year and the ledger have been read. It is for who reads `this`."""
    year, leadership = this.calendar.year, this.actual.leadership
    period = year_of_ledger(school, year.start)
    years = [
        this if start == year.start
        else costed_year(db, school.id, AcademicYear(start), this.pupils, leadership=leadership)
        for start in range(AcademicYear.holding(period.first).start, AcademicYear.holding(period.last).start + 1)
    ]  # fmt: skip
    roles = {role.id: role.name for role in rows_of(db, StaffRoleRow, school.id)}
    return bridge(
        this.actual, [each.actual for each in years], period, ledger, [each.book for each in years],
        time=[time_not_tied(row, roles) for row in rows_of(db, TimeNotTiedRow, school.id, year=year.start)],
        entries=[bridge_entry(row) for row in rows_of(db, BridgeEntryRow, school.id, year=year.start)],
        leadership=leadership,
    )  # fmt: skip
