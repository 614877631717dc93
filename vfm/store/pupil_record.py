"""Reads everything that is known of one pupil, in every year up to one, with a fixed number of selects."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy.orm import Session

from vfm.costing.calendar import AcademicYear, Calendar
from vfm.costing.claim import ClaimRules
from vfm.costing.intervention import Intervention
from vfm.costing.provision_map import cost_map
from vfm.pupils.pupil import Pupil
from vfm.store.attendance import attendance_of
from vfm.store.calendar import calendars_of
from vfm.store.claims import claim_rules_of
from vfm.store.costed import CostedYear
from vfm.store.programmes import catalogue_of
from vfm.store.provision import lines_of_pupil
from vfm.store.pupil_reviews import reviews_of_pupil
from vfm.store.pupil_views import Said, views_of
from vfm.store.pupils import pupils_of
from vfm.store.section_f import section_f_row
from vfm.store.staff import RatesEntered, book_of, rates_entered
from vfm.store.taken import taken_by, years_taken
from vfm.value.pupil_record import PupilRecord, PupilReview, PupilYear
from vfm.value.pupil_year import Beside, pupil_year
from vfm.value.repeats import repeats_in
from vfm.value.section_f import Per, SectionF
from vfm.value.taken import Taken


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of a pupil, by the first year of each academic year."""

    pupil: Pupil
    everybody: Mapping[str, Pupil]  # the pupil, and whoever else is in the same groups
    lines: Mapping[int, Sequence[Intervention]]
    taken: Sequence[Taken]
    entered: Sequence[int]
    views: Mapping[int, Said]
    reviews: Mapping[int, Sequence[PupilReview]]
    attendance: Mapping[int, Fraction]

    def years(self, upto: int) -> list[AcademicYear]:
        """The years of which something is known, and the one that is asked for, the newest first."""
        known = {upto, *self.lines, *self.views, *self.reviews, *self.attendance}
        return [AcademicYear(start) for start in sorted(known, reverse=True)]

    def beside(self, year: int, asked: SectionF | None) -> Beside:
        """What is known of a year beside the map."""
        return Beside(
            views=self.views.get(year, {}), asked=asked, attendance=self.attendance.get(year),
            reviews=self.reviews.get(year, ()), noticed=repeats_in(self.taken, year, self.entered),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Costing:
    """What every year is costed with, for one reader."""

    calendars: Mapping[AcademicYear, Calendar]
    rates: RatesEntered
    rules: ClaimRules
    leadership: bool

    def year(self, year: AcademicYear, its: Sequence[Intervention], pupils: Mapping[str, Pupil]) -> CostedYear:
        """Some lines of a year's map, costed as the whole map costs them: no line's cost hangs on another's."""
        calendar = self.calendars[year]
        book = book_of(self.rates, calendar)
        return CostedYear(cost_map(its, book, pupils, calendar, leadership=self.leadership), book, pupils)


def pupil_record(
    db: Session, school_id: int, pupil_id: int, *, upto: int, leadership: bool, today: dt.date
) -> PupilRecord | None:
    """A pupil's record up to the academic year that begins in `upto`; None where the school has no such pupil.

    Without `leadership` private rates are never used. As many selects for ten years as for one.
    """
    read = _read(db, school_id, pupil_id, upto)
    if read is None:
        return None
    years = read.years(upto)
    costing = _Costing(
        calendars_of(db, school_id, years), rates_entered(db, school_id), claim_rules_of(db, school_id), leadership
    )
    row = section_f_row(db, school_id, pupil_id)
    asked = SectionF(row.hours, Per(row.per)) if row else None
    made = tuple(_year(read, costing, year, asked if year.start == upto else None, today) for year in years)
    return PupilRecord(read.pupil, made)


def _read(db: Session, school_id: int, pupil_id: int, upto: int) -> _Read | None:
    lines = lines_of_pupil(db, school_id, pupil_id, upto)
    mates = {int(member.pupil) for its in lines.values() for each in its for member in each.members}
    everybody = pupils_of(db, school_id, upto, {pupil_id, *mates})
    pupil = everybody.get(str(pupil_id))
    if pupil is None:
        return None
    return _Read(
        pupil, everybody, lines, taken_by(db, school_id, pupil_id, upto, catalogue_of(db, school_id)),
        years_taken(db, school_id, upto), views_of(db, school_id, pupil_id, upto),
        reviews_of_pupil(db, school_id, pupil_id, upto), attendance_of(db, school_id, pupil_id, upto),
    )  # fmt: skip


def _year(read: _Read, costing: _Costing, year: AcademicYear, asked: SectionF | None, today: dt.date) -> PupilYear:
    costed = costing.year(year, read.lines.get(year.start, ()), read.everybody)
    beside = read.beside(year.start, asked)
    return pupil_year(read.pupil, costed.actual, costed.authority, costing.rules, read.taken, beside, today)
