"""Puts together everything about one school's year, with a fixed number of selects, for figures and rules to look at."""

import datetime as dt
from decimal import Decimal
from functools import cache

from sqlalchemy.orm import Session

from vfm.costing.budget import compares
from vfm.costing.calendar import AcademicYear, Calendar
from vfm.costing.deployment import Contract, Work
from vfm.money import in_pence
from vfm.pupils.pupil import Pupil, SenStatus
from vfm.questions.bank import Bank
from vfm.stages.stage import Case, Counts, Looks
from vfm.store.accounts import SchoolRow
from vfm.store.bridging import bridge_with
from vfm.store.columns import exact
from vfm.store.costed import CostedYears, awards_of
from vfm.store.funds import every_income, income_of, ledger_of
from vfm.store.monitoring import financial_year_on, monitored, notes_of, within
from vfm.store.places import profile_of
from vfm.store.programmes import catalogue_of
from vfm.store.pupils import counts_row, pupils_of
from vfm.store.reviews import ReviewRow, answers_of, as_answers
from vfm.store.rows import rows_of
from vfm.store.section_f import section_f_of
from vfm.store.set_aside import set_aside_of
from vfm.store.staff import StaffRoleRow, StaffRow
from vfm.store.taken import taken_until
from vfm.store.timetables import week_of
from vfm.store.waiting import waiting_of

KINDS_OF_HOURS = (
    ("class_support_hours", Work.CLASS_SUPPORT),
    ("duty_hours", Work.DUTY),
    ("preparation_hours", Work.PREPARATION),
    ("training_hours", Work.TRAINING),
    ("cover_hours", Work.COVER),
)


def case_of(
    db: Session, review: ReviewRow, bank: Bank, *, leadership: bool = False, today: dt.date | None = None
) -> Case:
    """A school's year. Without `leadership` no figure in it was made with a rate that gives somebody's pay away."""
    school = db.get_one(SchoolRow, review.school_id)
    year, today = AcademicYear(review.year), today or dt.datetime.now(dt.UTC).date()
    pupils = pupils_of(db, school.id, year.start)
    years = CostedYears(db, school.id, pupils, leadership=leadership)
    costed = years.of(year)
    income, period = every_income(db, school.id, pupils), financial_year_on(school, year, today)
    ledger = ledger_of(db, school.id, review.year)
    return Case(
        school=profile_of(school),
        year=year,
        bank=bank,
        answers=as_answers(db, answers_of(db, review)),
        map=costed.actual,
        awards=awards_of(db, school.id, costed.book, costed.actual, pupils),
        authority_map=costed.authority,
        income=income_of(income, year),
        ledger=ledger,
        pupils=pupils,
        contracts=contracts_of(db, school.id, costed.calendar),
        counts=_counts(db, review, pupils),
        senco_budget=_pence(review.senco_budget),
        office_budget=_pence(review.office_budget),
        today=today,
        tolerance=exact(school.tolerance) / 100,
        monitoring=monitored(school, period, within(year, today), income, years),
        variance_notes=notes_of(db, review, period),
        bridge=bridge_with(db, school, review.year, ledger, years) if compares(ledger) else None,
        look=cache(lambda: _looks(db, school.id, review.year, today)),
    )  # fmt: skip


def _looks(db: Session, school_id: int, year: int, today: dt.date) -> Looks:
    catalogue = catalogue_of(db, school_id)
    return Looks(
        taken_until(db, school_id, year, catalogue), set_aside_of(db, school_id), section_f_of(db, school_id),
        week_of(db, school_id, year), {each.key: each.name for each in catalogue},
        waiting_of(db, school_id, today),
    )  # fmt: skip


def _pence(amount: Decimal | None) -> int | None:
    return None if amount is None else int(in_pence(amount))


def contracts_of(db: Session, school_id: int, calendar: Calendar) -> tuple[Contract, ...]:
    """The staff list with the hours of each by kind, over the weeks of the calendar."""
    roles = {role.id: role.name for role in rows_of(db, StaffRoleRow, school_id)}
    return tuple(
        Contract(
            str(row.id), roles[row.role_id], row.weekly_hours, calendar.weeks,
            {work: getattr(row, name) for name, work in KINDS_OF_HOURS if getattr(row, name) is not None},
        )
        for row in rows_of(db, StaffRow, school_id)
    )  # fmt: skip


def _counts(db: Session, review: ReviewRow, pupils: dict[str, Pupil]) -> Counts:
    """What was typed; what was not typed is counted from the register, where there is one. The roll is only typed.

    Who had left before the year began, or joins after it, is not counted.
    """
    row, year = counts_row(db, review.school_id, review.id), AcademicYear(review.year)
    every = [pupil for pupil in pupils.values() if pupil.here_between(year.first_day, year.last_day)]
    counted = {
        "sen_support": sum(pupil.status is SenStatus.SEN_SUPPORT for pupil in every),
        "ehc_plans": sum(pupil.status is SenStatus.EHC_PLAN for pupil in every),
        "top_ups": sum(pupil.top_up for pupil in every),
        "pupil_premium": sum(pupil.pupil_premium for pupil in every),
    }
    typed = {name: getattr(row, name) if row else None for name in ("roll", *counted)}
    return Counts(**{name: counted.get(name) if value is None and every else value for name, value in typed.items()})
