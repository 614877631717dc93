"""Costs a school's map of one academic year, in its own calendar and on both cards, from what was entered."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from vfm.costing.awards import Awards, awards_in, effect_of
from vfm.costing.calendar import AcademicYear, Calendar, Period
from vfm.costing.provision_map import CostedMap, cost_map
from vfm.costing.rates import Card, RateBook
from vfm.pupils.pupil import Pupil
from vfm.store.calendar import calendar_of
from vfm.store.provision import interventions_of
from vfm.store.pupils import pupils_of
from vfm.store.reviews import ReviewRow
from vfm.store.staff import rate_book


@dataclass(frozen=True)
class CostedYear:
    """A year's map on the school's actual costs, with the rates and the register that it was costed with."""

    actual: CostedMap
    book: RateBook
    pupils: Mapping[str, Pupil]

    @cached_property
    def authority(self) -> CostedMap:
        """The same map on the authority's card."""
        its = [each.intervention for each in self.actual.interventions]
        return cost_map(its, self.book, self.pupils, self.calendar, card=Card.AUTHORITY)

    @property
    def calendar(self) -> Calendar:
        return self.actual.calendar


def costed_year(
    db: Session, school_id: int, year: AcademicYear, pupils: Mapping[str, Pupil], *, leadership: bool
) -> CostedYear:
    """The map of a year, with a fixed number of selects; empty where none was entered.

    Without `leadership` private rates are never used.
    """
    calendar = calendar_of(db, school_id, year)
    interventions = [each.intervention for each in interventions_of(db, school_id, year.start)]
    book = rate_book(db, school_id, calendar)
    return CostedYear(cost_map(interventions, book, pupils, calendar, leadership=leadership), book, pupils)


class CostedYears:
    """A school's costed years for one reader; each is read once, when it is first asked for."""

    def __init__(self, db: Session, school_id: int, pupils: Mapping[str, Pupil], *, leadership: bool) -> None:
        self.db, self.school_id, self.pupils, self.leadership = db, school_id, pupils, leadership
        self._read: dict[AcademicYear, CostedYear] = {}

    def of(self, year: AcademicYear) -> CostedYear:
        """One academic year."""
        found = self._read.get(year)
        if found is None:
            found = costed_year(self.db, self.school_id, year, self.pupils, leadership=self.leadership)
            self._read[year] = found
        return found

    def touched_by(self, period: Period) -> list[CostedYear]:
        """The academic years that a financial year touches, in order."""
        years = dict.fromkeys(AcademicYear.holding(day) for day in (period.first, period.last))
        return [self.of(year) for year in years]


def map_of(db: Session, review: ReviewRow, *, leadership: bool = False, card: Card = Card.ACTUAL) -> CostedMap:
    """The map of a school's year alone, as one reader may see it, on one of the cards."""
    pupils = pupils_of(db, review.school_id, review.year)
    found = costed_year(db, review.school_id, AcademicYear(review.year), pupils, leadership=leadership)
    return found.authority if card is Card.AUTHORITY else found.actual


def awards_of(
    db: Session, school_id: int, book: RateBook, costed: CostedMap, pupils: Mapping[str, Pupil]
) -> Awards | None:
    """The map without the pay awards, where the reader may see any; the rates are read again without them."""
    named = awards_in(book, costed.leadership)
    if not named:
        return None
    earlier = rate_book(db, school_id, costed.calendar, leave_out=named)
    interventions = [each.intervention for each in costed.interventions]
    without = cost_map(interventions, earlier, pupils, costed.calendar, leadership=costed.leadership)
    return effect_of(costed, without, book, named)
