"""Costs a school's map of one academic year, in that year's calendar and on that year's rates, with a fixed number of selects."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from vfm.costing.calendar import AcademicYear, Calendar
from vfm.costing.intervention import Intervention
from vfm.costing.provision_map import CostedMap, cost_map
from vfm.costing.rates import RateBook
from vfm.pupils.pupil import Pupil
from vfm.store.calendar import calendar_of
from vfm.store.provision import interventions_of
from vfm.store.staff import rate_book


@dataclass(frozen=True, slots=True)
class YearOfMap:
    """A year's interventions as entered, the calendar and the rates that they were costed with, and the costed map."""

    interventions: tuple[Intervention, ...]
    calendar: Calendar
    rates: RateBook
    costed: CostedMap


def year_of_map(
    db: Session, school_id: int, year: AcademicYear, pupils: Mapping[str, Pupil], *, leadership: bool
) -> YearOfMap:
    """The map of a year; empty where none was entered. Without `leadership` private rates are never used."""
    interventions = tuple(each.intervention for each in interventions_of(db, school_id, year.start))
    calendar = calendar_of(db, school_id, year)
    book = rate_book(db, school_id, calendar)
    return YearOfMap(
        interventions, calendar, book, cost_map(interventions, book, pupils, calendar, leadership=leadership)
    )
