"""Remembers the provision map: interventions, who gives them, what else they cost, who takes part, who pays."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar, TypeVar

from sqlalchemy import BigInteger, CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column

from vfm.costing.intervention import (
    FundingShare,
    Giver,
    Intervention,
    InterventionError,
    InTotal,
    Membership,
    Result,
    Staff,
    Tier,
    TimeKind,
    Weekly,
)
from vfm.costing.other_cost import CostKind, OtherCost
from vfm.costing.sharing import Basis
from vfm.store.programmes import names_of_programmes
from vfm.store.rows import RegisterRow, rows_of
from vfm.store.staff import StaffRoleRow
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
        rate_within("preparation_minutes", 1_000),
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
    __table_args__ = (
        one_of("kind", GIVERS),
        rate_within("number", 100),
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
    """A pupil in an intervention, and what came of it for that pupil."""

    __tablename__ = "takes_part"
    values_audited: ClassVar[bool] = False  # which pupil, and what came of it, is a value of that pupil
    intervention_id: Mapped[int] = mapped_column(BigInteger)
    pupil_id: Mapped[int] = mapped_column(BigInteger)
    percent: Mapped[Rate | None]
    carries_all: Mapped[bool] = mapped_column(default=False)
    result: Mapped[str | None] = mapped_column(String(10))
    __table_args__ = (
        UniqueConstraint("school_id", "intervention_id", "pupil_id"),
        one_of("result", RESULTS),
        rate_within("percent", 100),
        refers("intervention_id", "intervention", ondelete="CASCADE"),
        refers("pupil_id", "pupil"),
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


Part = TypeVar("Part", GiverRow, CostRow, TakesPartRow, FundingRow)


def interventions_of(db: Session, school_id: int, year: int) -> list[Entered]:
    """A year's map in the order in which it was entered, with a fixed number of selects."""
    roles = {role.id: role.name for role in rows_of(db, StaffRoleRow, school_id)}
    givers, costs = _by_intervention(db, GiverRow, school_id), _by_intervention(db, CostRow, school_id)
    members, funding = _by_intervention(db, TakesPartRow, school_id), _by_intervention(db, FundingRow, school_id)
    programmes = names_of_programmes(db, school_id)
    return [
        _entered(row, givers[row.id], costs[row.id], members[row.id], funding[row.id], roles, programmes)
        for row in rows_of(db, InterventionRow, school_id, year=year)
    ]


def _by_intervention(db: Session, table: type[Part], school_id: int) -> Mapping[int, list[Part]]:
    found: defaultdict[int, list[Part]] = defaultdict(list)
    for row in rows_of(db, table, school_id):
        found[row.intervention_id].append(row)
    return found


def _entered(
    row: InterventionRow, givers: list[GiverRow], costs: list[CostRow], members: list[TakesPartRow],
    funding: list[FundingRow], roles: Mapping[int, str], programmes: Mapping[int, str],
) -> Entered:  # fmt: skip
    carrier = next((str(each.pupil_id) for each in members if each.carries_all), None)
    values: dict[str, Any] = {
        "programme": programmes.get(row.programme_id or 0, ""),
        "staff": tuple(_staff(each, roles) for each in givers),
        "other_costs": tuple(_cost(each) for each in costs),
        "members": tuple(_member(each) for each in members),
        "funding": tuple(FundingShare(each.source, each.percent) for each in funding),
    }
    plain = _plain(row)
    try:
        return Entered(replace(plain, basis=Basis(row.basis), places=row.places, whole_to=carrier, **values))
    except InterventionError as wrong:
        # Two pages make one intervention, so for a while they may not fit: it is costed as shared, and says so.
        return Entered(replace(plain, **values), f"Costed as shared by the group for now: {wrong}.")


def _plain(row: InterventionRow) -> Intervention:
    return Intervention(
        id=str(row.id), name=row.name, tier=Tier(row.tier), need=row.need, minutes=row.minutes or Decimal(0),
        delivery=_delivery(row), preparation=row.preparation_minutes or Decimal(0), whole_reason=row.whole_reason,
        group_size=row.group_size, group_with_sen=row.group_with_sen, counts_percent=row.counts_percent,
        counts_reason=row.counts_why, time_kind=TimeKind(row.time_kind), withdrawn=row.withdrawn,
        withdrawn_reason=row.withdrawn_why, lesson=row.lesson, lead=row.lead,
        outcome=row.outcome, ends_on=row.ends_on, review_on=row.review_on, reviewed_on=row.reviewed_on,
        estimated=row.estimated,
    )  # fmt: skip


def _delivery(row: InterventionRow) -> Weekly | InTotal | None:
    if row.sessions_in_total is not None:
        return InTotal(row.sessions_in_total)
    if row.sessions_a_week is not None and row.weeks is not None:
        return Weekly(row.sessions_a_week, row.weeks)
    return None


def _staff(row: GiverRow, roles: Mapping[int, str]) -> Staff:
    kind = Giver(row.kind)
    return Staff(role=roles[row.role_id] if row.role_id else kind.words, number=row.number, kind=kind)


def _cost(row: CostRow) -> OtherCost:
    return OtherCost(
        kind=CostKind(row.kind), name=row.name, amount=row.amount, starts=row.on, ends=row.ends,
        years=row.years_of_life, served=row.serves or 1,
    )  # fmt: skip


def _member(row: TakesPartRow) -> Membership:
    result = Result(row.result) if row.result else None
    return Membership(pupil=str(row.pupil_id), percent=row.percent, result=result)
