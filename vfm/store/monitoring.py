"""Gathers a school's financial year for budget monitoring, from the maps of the one or two academic years it touches.

It remembers the notes on variances as well: why a figure is not as planned, who wrote that, and when.
"""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from vfm.costing.bridge import Bridge
from vfm.costing.budget import IncomeLine, compares
from vfm.costing.calendar import AcademicYear, Period, financial_year
from vfm.costing.monitoring import Monitoring, monitoring
from vfm.costing.variance import VarianceNote
from vfm.store.accounts import SchoolRow
from vfm.store.audit import By
from vfm.store.bridging import TimeNotTiedRow, bridge_with
from vfm.store.columns import exact
from vfm.store.costed import CostedYears
from vfm.store.funds import every_income, ledger_of
from vfm.store.pupils import pupils_of
from vfm.store.reviews import ReviewRow, names_of
from vfm.store.rows import RegisterRow, add_row, change_row, count_rows, rows_of
from vfm.store.tables import Prose, refers


class VarianceNoteRow(RegisterRow):
    """A note on one variance of a financial year, named by the first calendar year of it (2026 for 2026 to 2027)."""

    __tablename__ = "variance_note"
    review_id: Mapped[int] = mapped_column(BigInteger)
    financial_year: Mapped[int]
    key: Mapped[str] = mapped_column(String(80))
    text: Mapped[Prose]
    written_by: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    written_at: Mapped[dt.datetime]
    __table_args__ = (
        UniqueConstraint("school_id", "review_id", "financial_year", "key"),
        refers("review_id", "review", ondelete="CASCADE"),
    )


def financial_years(school: SchoolRow, year: AcademicYear) -> tuple[Period, ...]:
    """The financial years that an academic year touches: two of a maintained school, one of an academy."""
    ends = year.first_day, year.last_day
    return tuple(dict.fromkeys(financial_year(day, academy=school.academy) for day in ends))


def financial_year_on(school: SchoolRow, year: AcademicYear, day: dt.date) -> Period:
    """The financial year to look at on a day, among those that the academic year touches."""
    return financial_year(within(year, day), academy=school.academy)


def within(year: AcademicYear, day: dt.date) -> dt.date:
    """The day of the academic year that is nearest to a day: a review looks at its own year, whenever it is opened."""
    return min(max(day, year.first_day), year.last_day)


def monitoring_of(
    db: Session, review: ReviewRow, period: Period, as_at: dt.date, *, leadership: bool = False
) -> Monitoring:
    """The report of a financial year at a date, with a fixed number of selects.

    Without `leadership` no figure in it was made with a rate that gives somebody's pay away.
    """
    return _read(db, review, period, as_at, leadership=leadership)[0]


def report_of(
    db: Session, review: ReviewRow, period: Period, as_at: dt.date, *, leadership: bool = False
) -> tuple[Monitoring, Bridge | None]:
    """The same, and what stands beside it: the bridge of the year, where a ledger or time not on the map was entered."""
    found, school, years = _read(db, review, period, as_at, leadership=leadership)
    ledger = ledger_of(db, school.id, period.first.year)
    if not compares(ledger) and not count_rows(db, TimeNotTiedRow, school.id, year=period.first.year):
        return found, None
    return found, bridge_with(db, school, period.first.year, ledger, years)


def _read(
    db: Session, review: ReviewRow, period: Period, as_at: dt.date, *, leadership: bool
) -> tuple[Monitoring, SchoolRow, CostedYears]:
    pupils = pupils_of(db, review.school_id, review.year)
    years = CostedYears(db, review.school_id, pupils, leadership=leadership)
    school = db.get_one(SchoolRow, review.school_id)
    return monitored(school, period, as_at, every_income(db, school.id, pupils), years), school, years


def monitored(
    school: SchoolRow, period: Period, as_at: dt.date, income: Sequence[IncomeLine], years: CostedYears
) -> Monitoring:
    """The report for whoever has read the income and some of the years; it is for who reads `years`."""
    costed = years.touched_by(period)
    return monitoring(
        income, [each.actual for each in costed], period, as_at, tolerance=exact(school.tolerance) / 100,
        on_authority=[each.authority for each in costed],
    )  # fmt: skip


def notes_of(db: Session, review: ReviewRow, period: Period) -> dict[str, VarianceNote]:
    """The notes on a financial year's variances, by key, with people's names."""
    rows = _rows(db, review, period.first.year)
    names = names_of(db, {row.written_by for row in rows})
    return {row.key: VarianceNote(row.text, names.get(row.written_by, ""), row.written_at.date()) for row in rows}


def note_row(db: Session, review: ReviewRow, year: int, key: str) -> VarianceNoteRow | None:
    """The note on one variance, or None."""
    return next(iter(_rows(db, review, year, key=key)), None)


def _rows(db: Session, review: ReviewRow, year: int, **where: str) -> list[VarianceNoteRow]:
    found = {"review_id": review.id, "financial_year": year, **where}
    return rows_of(db, VarianceNoteRow, review.school_id, **found)


def write_note(db: Session, review: ReviewRow, year: int, key: str, version: int, text: str, by: By) -> bool:
    """Keeps a note if nobody wrote it since `version` (0: there was none). False means that somebody did: a conflict."""
    row = note_row(db, review, year, key)
    what = f"note on {key} of {year} to {year + 1}"
    values = {"text": text, "written_by": by.account_id, "written_at": by.at}
    if row is not None:
        return change_row(db, row, version, by, what, **values)
    if version != 0:
        return False
    where = {"review_id": review.id, "financial_year": year, "key": key}
    try:
        with db.begin_nested():
            add_row(db, VarianceNoteRow, review.school_id, by, what, **where, **values)
    except IntegrityError:  # a colleague's note came a moment before
        return False
    return True
