"""Costs a school's map of one academic year, in its own calendar and on both cards, from what was entered."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from vfm.costing.calendar import AcademicYear, Calendar
from vfm.costing.provision_map import CostedMap, cost_map
from vfm.costing.rates import Card
from vfm.pupils.pupil import Pupil
from vfm.store.calendar import calendar_of
from vfm.store.provision import interventions_of
from vfm.store.staff import rate_book


@dataclass(frozen=True, slots=True)
class CostedYear:
    """A year's map on the school's actual costs, and the same map on the authority's card."""

    actual: CostedMap
    authority: CostedMap

    @property
    def calendar(self) -> Calendar:
        return self.actual.calendar


def costed_year(
    db: Session, school_id: int, year: AcademicYear, pupils: Mapping[str, Pupil], *, leadership: bool
) -> CostedYear:
    """Both maps of a year, with a fixed number of selects; without interventions they are empty."""
    calendar = calendar_of(db, school_id, year)
    interventions = [each.intervention for each in interventions_of(db, school_id, year.start)]
    book = rate_book(db, school_id, calendar)
    return CostedYear(
        cost_map(interventions, book, pupils, calendar, leadership=leadership),
        cost_map(interventions, book, pupils, calendar, card=Card.AUTHORITY),
    )
