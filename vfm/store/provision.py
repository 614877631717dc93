"""Remembers the provision map: interventions, who gives them, what else they cost, who takes part, who pays."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, ColumnElement, String, UniqueConstraint, and_, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from vfm.costing.delivery import Delivery, InTotal, NotRun, OnDays, Slot, Weekly
from vfm.costing.intervention import (
    FundingShare,
    Giver,
    Intervention,
    InterventionError,
    Membership,
    Result,
    Staff,
    Tier,
    TimeKind,
)
from vfm.costing.other_cost import CostKind, OtherCost
from vfm.costing.rates import Stated
from vfm.costing.sharing import Basis
from vfm.store.programmes import names_of_programmes
from vfm.store.rows import RegisterRow, rows_of
from vfm.store.staff import LARGEST_RATE, StaffRoleRow
from vfm.store.tables import Money, Prose, Rate, Words, money_within, one_of, rate_within, refers

TIERS = ("universal", "targeted", "specialist")
BASES = ("shared", "by-place", "whole", "stated")
RESULTS = ("met", "partly", "not")
COST_KINDS = (
    "consumables", "fees", "servicing", "repair", "travel", "invoice", "licence", "equipment", "training", "cover",
)  # fmt: skip
GIVERS = ("staff", "agency", "volunteer", "other-pupil")
TIME_KINDS = (
    "intervention", "in-class-support", "personal-care", "lunchtime", "review-meeting", "agency-meeting", "transition",
    "exam-access",
)  # fmt: skip
DECISIONS = ("continue", "change", "stop")
MOST = 10_000
MOST_RECEIVED = 1_000


class InterventionRow(RegisterRow):
    """One intervention of one year's map."""

    __tablename__ = "intervention"
    year: Mapped[int]
    name: Mapped[Words]
    programme_id: Mapped[int | None] = mapped_column(BigInteger)
    tier: Mapped[str] = mapped_column(String(20))
    need: Mapped[Words] = mapped_column(default="")
    time_kind: Mapped[str] = mapped_column(String(20), default="intervention")
    withdrawn: Mapped[bool] = mapped_column(default=False)
    withdrawn_why: Mapped[Words] = mapped_column(default="")
    lesson: Mapped[Words] = mapped_column(default="")
    lead: Mapped[Words] = mapped_column(default="")
    minutes: Mapped[Rate | None]
    sessions_a_week: Mapped[Rate | None]
    weeks: Mapped[Rate | None]
    sessions_in_total: Mapped[Rate | None]
    counted: Mapped[Rate | None]
    preparation_minutes: Mapped[Rate | None]
    places: Mapped[int | None]
    basis: Mapped[str] = mapped_column(String(20), default="shared")
    whole_reason: Mapped[Words] = mapped_column(default="")
    group_size: Mapped[int | None]
    group_with_sen: Mapped[int | None]
    counts_percent: Mapped[Rate | None]
    counts_why: Mapped[Words] = mapped_column(default="")
    hours_bought: Mapped[Rate | None]
    hours_delivered: Mapped[Rate | None]
    entry: Mapped[Prose] = mapped_column(default="")
    exit: Mapped[Prose] = mapped_column(default="")
    outcome: Mapped[Prose] = mapped_column(default="")
    review_on: Mapped[dt.date | None]
    starts_on: Mapped[dt.date | None]
    ends_on: Mapped[dt.date | None]
    reviewed_on: Mapped[dt.date | None]
    reviewed_by: Mapped[Words] = mapped_column(default="")
    decision: Mapped[str | None] = mapped_column(String(20))
    decision_why: Mapped[Prose] = mapped_column(default="")
    estimated: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (
        one_of("tier", TIERS),
        one_of("basis", BASES),
        one_of("time_kind", TIME_KINDS),
        one_of("decision", DECISIONS),
        rate_within("minutes", 1_000),
        rate_within("sessions_a_week", 100),
        rate_within("weeks", 53),
        rate_within("sessions_in_total", MOST),
        rate_within("counted", MOST),
        rate_within("preparation_minutes", 1_000),
        CheckConstraint("ends_on >= starts_on", name="days_in_order"),
        rate_within("counts_percent", 100),
        rate_within("hours_bought", MOST),
        rate_within("hours_delivered", MOST),
        CheckConstraint(f"places BETWEEN 1 AND {MOST}", name="places_range"),
        CheckConstraint(f"group_size BETWEEN 0 AND {MOST}", name="group_size_range"),
        CheckConstraint("group_with_sen BETWEEN 0 AND group_size", name="group_with_sen_range"),
        refers("programme_id", "programme"),
    )


class GiverRow(RegisterRow):
    """Who gives an intervention: so many of a staff role, or an agency, volunteers, other pupils."""

    __tablename__ = "giver"
    intervention_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(20))
    role_id: Mapped[int | None] = mapped_column(BigInteger)
    number: Mapped[Rate]
    preparation_minutes: Mapped[Rate | None]
    per_hour: Mapped[Rate | None]
    staff_id: Mapped[int | None] = mapped_column(BigInteger)
    __table_args__ = (
        one_of("kind", GIVERS),
        rate_within("number", 100),
        rate_within("preparation_minutes", 1_000),
        rate_within("per_hour", LARGEST_RATE),
        CheckConstraint("per_hour IS NULL OR kind = 'agency'", name="price_if_agency"),
        CheckConstraint("staff_id IS NULL OR kind = 'staff'", name="person_if_staff"),
        refers("staff_id", "staff"),
        CheckConstraint("(kind = 'staff') = (role_id IS NOT NULL)", name="role_if_staff"),
        refers("intervention_id", "intervention", ondelete="CASCADE"),
        refers("role_id", "staff_role"),
    )


class CostRow(RegisterRow):
    """What an intervention costs beside staff."""

    __tablename__ = "cost"
    intervention_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[Words]
    amount: Mapped[Money]
    years_of_life: Mapped[Rate | None]
    serves: Mapped[int | None]
    on: Mapped[dt.date | None]
    ends: Mapped[dt.date | None]
    estimated: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (
        one_of("kind", COST_KINDS),
        money_within("amount"),
        rate_within("years_of_life", 50),
        CheckConstraint("serves BETWEEN 1 AND 1000", name="serves_range"),
        CheckConstraint('ends >= "on"', name="dates_in_order"),
        refers("intervention_id", "intervention", ondelete="CASCADE"),
    )


class TakesPartRow(RegisterRow):
    """A pupil in an intervention, and what came of it for that pupil.

    `sessions_received` are those that were logged for the pupil; None: nobody logged any, which is not none.
    """

    __tablename__ = "takes_part"
    values_audited: ClassVar[bool] = False  # which pupil, and what came of it, is a value of that pupil
    intervention_id: Mapped[int] = mapped_column(BigInteger)
    pupil_id: Mapped[int] = mapped_column(BigInteger)
    joined: Mapped[dt.date | None]
    left: Mapped[dt.date | None]
    percent: Mapped[Rate | None]
    carries_all: Mapped[bool] = mapped_column(default=False)
    result: Mapped[str | None] = mapped_column(String(10))
    sessions_received: Mapped[Rate | None]
    __table_args__ = (
        UniqueConstraint("school_id", "intervention_id", "pupil_id"),
        rate_within("sessions_received", MOST_RECEIVED),
        one_of("result", RESULTS),
        rate_within("percent", 100),
        CheckConstraint('"left" >= joined', name="days_in_order"),
        refers("intervention_id", "intervention", ondelete="CASCADE"),
        refers("pupil_id", "pupil"),
    )


class SlotRow(RegisterRow):
    """A weekday (Monday 0) on which an intervention runs; `week` 1 or 2 of a two-week timetable, else every week.

    `starts` is the minute of the day at which it begins.
    """

    __tablename__ = "slot"
    intervention_id: Mapped[int] = mapped_column(BigInteger)
    weekday: Mapped[int]
    week: Mapped[int | None]
    minutes: Mapped[Rate | None]
    starts: Mapped[int | None]
    __table_args__ = (
        CheckConstraint("starts BETWEEN 0 AND 1439", name="starts_range"),
        CheckConstraint("weekday BETWEEN 0 AND 4", name="weekday_range"),
        CheckConstraint("week BETWEEN 1 AND 2", name="week_range"),
        rate_within("minutes", 1_000),
        refers("intervention_id", "intervention", ondelete="CASCADE"),
    )


class SessionDayRow(RegisterRow):
    """A day on which one session of irregular work is."""

    __tablename__ = "session_day"
    intervention_id: Mapped[int] = mapped_column(BigInteger)
    on: Mapped[dt.date]
    __table_args__ = (refers("intervention_id", "intervention", ondelete="CASCADE"),)


class NotRunRow(RegisterRow):
    """Sessions that were planned and did not run, on a day if it is known, and why."""

    __tablename__ = "not_run"
    intervention_id: Mapped[int] = mapped_column(BigInteger)
    sessions: Mapped[Rate]
    on: Mapped[dt.date | None]
    why: Mapped[Words] = mapped_column(default="")
    __table_args__ = (
        rate_within("sessions", MOST),
        refers("intervention_id", "intervention", ondelete="CASCADE"),
    )


class FundingRow(RegisterRow):
    """Who pays for an intervention, and what share."""

    __tablename__ = "funding"
    intervention_id: Mapped[int] = mapped_column(BigInteger)
    source: Mapped[Words]
    percent: Mapped[Rate]
    __table_args__ = (
        rate_within("percent", 100),
        UniqueConstraint("school_id", "intervention_id", "source"),
        refers("intervention_id", "intervention", ondelete="CASCADE"),
    )


@dataclass(frozen=True, slots=True)
class Entered:
    """An intervention as it can be costed, and what in the entry stands against what was asked, in words."""

    intervention: Intervention
    problem: str = ""


class _Parts:
    """What belongs to some interventions: rows of columns, not objects of the session, since there are many."""

    def __init__(self, db: Session, school_id: int, *which: ColumnElement[bool]) -> None:
        self.roles = {role.id: role.name for role in rows_of(db, StaffRoleRow, school_id)}
        self.programmes = names_of_programmes(db, school_id)
        self._found: dict[type[RegisterRow], defaultdict[int, list[Any]]] = {}
        for table in (GiverRow, CostRow, TakesPartRow, FundingRow, SlotRow, SessionDayRow, NotRunRow):
            self._found[table] = _by_intervention(db, table, school_id, *which)

    def of(self, table: type[RegisterRow], intervention: int) -> list[Any]:
        """Its rows of a table, in the order in which they were entered."""
        return self._found[table].get(intervention, [])


def _by_intervention(
    db: Session, table: Any, school_id: int, *which: ColumnElement[bool]
) -> defaultdict[int, list[Any]]:
    query = (
        select(table.__table__)
        .join(InterventionRow, and_(InterventionRow.school_id == table.school_id, InterventionRow.id == table.intervention_id))
        .where(table.school_id == school_id, *which)
        .order_by(table.id)
    )  # fmt: skip
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in db.execute(query):
        found[row.intervention_id].append(row)
    return found


def interventions_of(db: Session, school_id: int, year: int) -> list[Entered]:
    """A year's map in the order in which it was entered, with a fixed number of selects."""
    return [entered for _, entered in _entered_where(db, school_id, InterventionRow.year == year)]


def lines_of_pupil(db: Session, school_id: int, pupil_id: int, upto: int) -> dict[int, list[Intervention]]:
    """What a pupil takes part in, by year up to one, with everybody who is in it: as many selects as for a year's map."""
    found: defaultdict[int, list[Intervention]] = defaultdict(list)
    for year, entered in _entered_where(db, school_id, *of_pupil(school_id, pupil_id, upto)):
        found[year].append(entered.intervention)
    return found


def intervention_rows_of_pupil(db: Session, school_id: int, pupil_id: int, year: int) -> list[InterventionRow]:
    """The rows of one year's map that a pupil takes part in, in the order in which they were entered."""
    which = (InterventionRow.school_id == school_id, InterventionRow.year == year, *of_pupil(school_id, pupil_id, year))
    return list(db.scalars(select(InterventionRow).where(*which).order_by(InterventionRow.id)))


def of_pupil(school_id: int, pupil_id: int, upto: int) -> tuple[ColumnElement[bool], ...]:
    """Chooses the interventions that a pupil takes part in, up to a year, it included."""
    part = aliased(TakesPartRow)  # the query that this is put into may be about those who take part itself
    theirs = select(part.intervention_id).where(part.school_id == school_id, part.pupil_id == pupil_id)
    return InterventionRow.year <= upto, InterventionRow.id.in_(theirs)


def _entered_where(db: Session, school_id: int, *which: ColumnElement[bool]) -> list[tuple[int, Entered]]:
    """Some of a school's interventions in the order in which they were entered, each with its year."""
    parts = _Parts(db, school_id, *which)
    query = select(InterventionRow).where(InterventionRow.school_id == school_id, *which).order_by(InterventionRow.id)
    return [(row.year, _entered(row, parts)) for row in db.scalars(query)]


def _entered(row: InterventionRow, parts: _Parts) -> Entered:
    members = parts.of(TakesPartRow, row.id)
    carrier = next((str(each.pupil_id) for each in members if each.carries_all), None)
    values: dict[str, Any] = {
        "programme": parts.programmes.get(row.programme_id or 0, ""),
        "staff": tuple(_staff(each, parts.roles) for each in parts.of(GiverRow, row.id)),
        "other_costs": tuple(cost_of(each) for each in parts.of(CostRow, row.id)),
        "members": tuple(_member(each) for each in members),
        "funding": tuple(FundingShare(each.source, each.percent) for each in parts.of(FundingRow, row.id)),
    }
    plain = _plain(row, _delivery(row, parts), parts.of(NotRunRow, row.id))
    try:
        return Entered(replace(plain, basis=Basis(row.basis), places=row.places, whole_to=carrier, **values))
    except InterventionError as wrong:
        # Two pages make one intervention, so for a while they may not fit: it is costed as shared, and says so.
        return Entered(replace(plain, **values), f"Costed as shared by the group for now: {wrong}.")


def _plain(row: InterventionRow, delivery: Delivery | None, not_run: list[Any]) -> Intervention:
    return Intervention(
        id=str(row.id), name=row.name, tier=Tier(row.tier), need=row.need, minutes=row.minutes or Decimal(0),
        delivery=delivery, counted=row.counted, preparation=row.preparation_minutes or Decimal(0), whole_reason=row.whole_reason,
        group_size=row.group_size, group_with_sen=row.group_with_sen, counts_percent=row.counts_percent,
        counts_reason=row.counts_why, time_kind=TimeKind(row.time_kind), withdrawn=row.withdrawn,
        withdrawn_reason=row.withdrawn_why, lesson=row.lesson, lead=row.lead,
        outcome=row.outcome, starts_on=row.starts_on, ends_on=row.ends_on, review_on=row.review_on, reviewed_on=row.reviewed_on,
        reviewed_by=row.reviewed_by, estimated=row.estimated, not_run=tuple(NotRun(each.sessions, each.on, each.why) for each in not_run),
    )  # fmt: skip


def _delivery(row: InterventionRow, parts: _Parts) -> Delivery | None:
    slots = parts.of(SlotRow, row.id)
    if slots:
        return OnDays(tuple(Slot(each.weekday, each.week, each.minutes, each.starts) for each in slots))
    if row.sessions_in_total is not None:
        return InTotal(row.sessions_in_total, tuple(each.on for each in parts.of(SessionDayRow, row.id)))
    if row.sessions_a_week is not None:
        return Weekly(row.sessions_a_week, row.weeks)
    return None


def _staff(row: Any, roles: Mapping[int, str]) -> Staff:
    kind = Giver(row.kind)
    return Staff(
        role=roles[row.role_id] if row.role_id else kind.words, number=row.number, kind=kind,
        preparation=row.preparation_minutes, rate=Stated(row.per_hour) if row.per_hour is not None else None,
        person=str(row.staff_id) if row.staff_id else "",
    )  # fmt: skip


def cost_of(row: Any) -> OtherCost:
    """A cost beside staff as the plain value."""
    return OtherCost(
        kind=CostKind(row.kind), name=row.name, amount=row.amount, starts=row.on, ends=row.ends,
        years=row.years_of_life, served=row.serves or 1,
    )  # fmt: skip


def _member(row: Any) -> Membership:
    result = Result(row.result) if row.result else None
    return Membership(str(row.pupil_id), row.joined, row.left, row.percent, result, row.sessions_received)
