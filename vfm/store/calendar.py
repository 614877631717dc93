"""Remembers the dates of a school's year: its terms, the days without pupils, and whether somebody said they are right."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    String,
    UniqueConstraint,
    delete,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from vfm.costing.calendar import AcademicYear, Calendar, Closed, Closing, Period
from vfm.costing.usual_calendar import usual_calendar
from vfm.store.audit import By, record
from vfm.store.ids import new_id
from vfm.store.rows import RegisterRow, change_row, rows_of
from vfm.store.tables import Words, one_of


class CalendarRow(RegisterRow):
    """A school has made the dates of a year its own; confirmed once somebody said that they are right.

    `version` rises with every change of the dates, so that nobody confirms dates which they have not seen.
    """

    __tablename__ = "calendar"
    year: Mapped[int]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    confirmed_at: Mapped[dt.datetime | None]
    __table_args__ = (
        UniqueConstraint("school_id", "year"),
        CheckConstraint("(confirmed_by IS NULL) = (confirmed_at IS NULL)", name="confirmed_whole"),
    )


def _of_calendar() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["school_id", "year"], ["calendar.school_id", "calendar.year"], ondelete="CASCADE")


class TermRow(RegisterRow):
    """A term. The terms of a year are changed together, so they always share their version."""

    __tablename__ = "term"
    year: Mapped[int]
    name: Mapped[Words]
    first_day: Mapped[dt.date]
    last_day: Mapped[dt.date]
    __table_args__ = (
        UniqueConstraint("school_id", "year", "name"),
        CheckConstraint("last_day >= first_day", name="dates_in_order"),
        _of_calendar(),
    )


class ClosedDaysRow(RegisterRow):
    """Days of a term without pupils."""

    __tablename__ = "closed_days"
    year: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    first_day: Mapped[dt.date]
    last_day: Mapped[dt.date]
    name: Mapped[Words] = mapped_column(default="")
    __table_args__ = (
        one_of("kind", Closing),
        CheckConstraint("last_day >= first_day", name="dates_in_order"),
        _of_calendar(),
    )


Dated = TypeVar("Dated", CalendarRow, TermRow, ClosedDaysRow)
OfDays = TypeVar("OfDays", TermRow, ClosedDaysRow)


def calendar_row(db: Session, school_id: int, year: AcademicYear) -> CalendarRow | None:
    """Whether, and since when confirmed, a school has dates of its own for a year."""
    return db.scalar(select(CalendarRow).where(CalendarRow.school_id == school_id, CalendarRow.year == year.start))


def terms_of(db: Session, school_id: int, year: AcademicYear) -> list[TermRow]:
    """The terms that a school entered, in order."""
    return _in_order(rows_of(db, TermRow, school_id, year=year.start))


def closed_days_of(db: Session, school_id: int, year: AcademicYear) -> list[ClosedDaysRow]:
    """The days without pupils that a school entered, in order."""
    return _in_order(rows_of(db, ClosedDaysRow, school_id, year=year.start))


def closed_of(row: ClosedDaysRow) -> Closed:
    """Days without pupils as a plain value."""
    return Closed(Closing(row.kind), row.first_day, row.last_day, row.name)


def calendar_of(db: Session, school_id: int, year: AcademicYear) -> Calendar:
    """A school's dates, else the usual year's; typical until somebody has confirmed them. Three selects."""
    return calendars_of(db, school_id, (year,))[year]


def calendars_of(db: Session, school_id: int, years: Collection[AcademicYear]) -> dict[AcademicYear, Calendar]:
    """The same for some years, by year; three selects however many they are."""
    own = {row.year: row for row in _of_years(db, CalendarRow, school_id, years)}
    terms, closed = defaultdict[int, list[TermRow]](list), defaultdict[int, list[ClosedDaysRow]](list)
    for term in _of_years(db, TermRow, school_id, years):
        terms[term.year].append(term)
    for days in _of_years(db, ClosedDaysRow, school_id, years):
        closed[days.year].append(days)
    return {
        year: _calendar(year, own[year.start], terms[year.start], closed[year.start])
        if year.start in own
        else usual_calendar(year)
        for year in years
    }


def _of_years(db: Session, table: type[Dated], school_id: int, years: Collection[AcademicYear]) -> list[Dated]:
    starts = [year.start for year in years]
    return list(db.scalars(select(table).where(table.school_id == school_id, table.year.in_(starts))))


def _calendar(
    year: AcademicYear, row: CalendarRow, terms: Iterable[TermRow], closed: Iterable[ClosedDaysRow]
) -> Calendar:
    periods = [Period(term.name, term.first_day, term.last_day) for term in _in_order(terms)]
    return Calendar(year, periods, [closed_of(each) for each in _in_order(closed)], typical=row.confirmed_at is None)


def _in_order(rows: Iterable[OfDays]) -> list[OfDays]:
    return sorted(rows, key=lambda row: (row.first_day, row.id))


def start_calendar(db: Session, school_id: int, year: AcademicYear, by: By) -> CalendarRow:
    """Makes the usual dates the school's own, to be changed; once, whoever else asks for it at the same moment."""
    row = calendar_row(db, school_id, year)
    if row is not None:
        return row
    row = CalendarRow(school_id=school_id, id=new_id(), year=year.start)
    try:
        with db.begin_nested():
            db.add(row)
    except IntegrityError:  # a colleague began a moment before
        return db.scalars(
            select(CalendarRow).where(CalendarRow.school_id == school_id, CalendarRow.year == year.start)
        ).one()
    usual = usual_calendar(year)
    db.add_all(_term_row(row, term) for term in usual.terms)
    db.add_all(_closed_row(row, each) for each in usual.closed)
    record(db, school_id, by, "began from the usual dates", _subject(year))
    db.flush()
    return row


def hold_calendar(db: Session, school_id: int, year: AcademicYear, by: By) -> None:
    """Before a change of the dates: they are begun if need be, and until the transaction ends nobody else changes them."""
    start_calendar(db, school_id, year, by)
    db.execute(
        update(CalendarRow)
        .where(CalendarRow.school_id == school_id, CalendarRow.year == year.start)
        .values(version=CalendarRow.version + 1)
    )


def set_terms(db: Session, school_id: int, year: AcademicYear, version: int, terms: Sequence[Period], by: By) -> bool:
    """New first and last days of the terms, in order. False when somebody changed the terms since `version`.

    Refuses with a ValueError what can be no calendar: terms that overlap or leave the year.
    """
    Calendar(year, terms)
    hold_calendar(db, school_id, year, by)
    return all(
        change_row(db, row, version, by, f"{row.name} {year.words}", first_day=term.first, last_day=term.last)
        for row, term in zip(terms_of(db, school_id, year), terms, strict=True)
    )


def confirm_calendar(db: Session, row: CalendarRow, version: int, by: By) -> bool:
    """These are our dates. False when the dates changed since `version`; said twice it has one effect."""
    if row.confirmed_at is not None:
        return True
    return change_row(
        db, row, version, by, _subject(AcademicYear(row.year)), confirmed_by=by.account_id, confirmed_at=by.at
    )


def reopen_calendar(db: Session, row: CalendarRow, by: By) -> None:
    """Takes the confirmation back; the dates stay."""
    if row.confirmed_at is not None:
        change_row(db, row, row.version, by, _subject(AcademicYear(row.year)), confirmed_by=None, confirmed_at=None)


def start_again(db: Session, row: CalendarRow, version: int, by: By) -> bool:
    """Puts the usual dates in place of the school's own. False when the dates changed since `version`.

    The audit keeps what stood there. Where the usual dates stand already nothing is done.
    """
    year = AcademicYear(row.year)
    old, usual = calendar_of(db, row.school_id, year), usual_calendar(year)
    if old == Calendar(year, list(usual.terms), list(usual.closed), typical=True):
        return True
    values = {"confirmed_by": None, "confirmed_at": None}
    if not change_row(db, row, version, by, _subject(year), **values):
        return False
    terms = terms_of(db, row.school_id, year)
    set_terms(db, row.school_id, year, terms[0].version, usual.terms, by)
    db.execute(delete(ClosedDaysRow).where(ClosedDaysRow.school_id == row.school_id, ClosedDaysRow.year == row.year))
    db.add_all(_closed_row(row, each) for each in usual.closed)
    record(
        db,
        row.school_id,
        by,
        "began again from the usual dates",
        _subject(year),
        _words_of(old.closed),
        _words_of(usual.closed),
    )
    db.flush()
    return True


def _subject(year: AcademicYear) -> str:
    return f"calendar {year.words}"


def _term_row(row: CalendarRow, term: Period) -> TermRow:
    return TermRow(
        school_id=row.school_id, id=new_id(), year=row.year, name=term.name, first_day=term.first, last_day=term.last
    )


def _closed_row(row: CalendarRow, closed: Closed) -> ClosedDaysRow:
    return ClosedDaysRow(
        school_id=row.school_id, id=new_id(), year=row.year, kind=closed.kind, first_day=closed.first,
        last_day=closed.last, name=closed.name,
    )  # fmt: skip


def _words_of(closed: Iterable[Closed]) -> dict[str, str]:
    return {f"{each.first} to {each.last}": f"{each.kind.words} {each.name}".strip() for each in closed}
