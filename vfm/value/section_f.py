"""Hours that a plan's Section F asks for, beside the hours that the map plans and those that ran."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from vfm.costing.calendar import DAYS_A_WEEK, Calendar
from vfm.costing.costed import CostedIntervention
from vfm.costing.provision_map import CostedMap
from vfm.money import Number, add_up
from vfm.pupils.pupil import Pupil

MINUTES = 60


class Per(StrEnum):
    """Over what the hours are said."""

    WEEK = "week"
    YEAR = "year"

    @property
    def words(self) -> str:
        return {"week": "a week", "year": "a year"}[self.value]


@dataclass(frozen=True, slots=True)
class SectionF:
    """Hours as the plan says them."""

    hours: Number
    per: Per = Per.WEEK


@dataclass(frozen=True, slots=True)
class Hours:
    """One pupil's hours in the year, exact: `asked` by Section F (None: not entered), planned on the map, and run.

    What the pupil missed by being away is not taken off: hours that ran are an estimate of hours received.
    """

    pupil: Pupil
    asked: Fraction | None
    planned: Fraction
    run: Fraction


def asked_in(said: SectionF, pupil: Pupil, calendar: Calendar) -> Fraction:
    """Hours in the year: a week's × weeks of pupil days ÷ 5 on which the pupil is at the school; a year's as they are."""
    if said.per is Per.YEAR:
        return Fraction(said.hours)
    year = calendar.year
    days = calendar.days_from(pupil.joined or year.first_day, pupil.left or year.last_day)
    return Fraction(said.hours) * days / DAYS_A_WEEK


def hours_of(pupil: Pupil, said: SectionF | None, costed: CostedMap) -> Hours:
    """The three, over every line of the map that the pupil is in, whatever its tier."""
    hours = [planned_and_run(each, pupil.id) for each in costed.interventions if _in(pupil, each)]
    asked = None if said is None else asked_in(said, pupil, costed.calendar)
    return Hours(pupil, asked, add_up(planned for planned, _ in hours), add_up(run for _, run in hours))


def planned_and_run(each: CostedIntervention, pupil: str) -> tuple[Fraction, Fraction]:
    """A line's contact hours while a pupil (by key) is in it, before and after sessions that did not run."""
    run = each.hours_of(pupil)
    return run + _not_run(each, run), run


def _in(pupil: Pupil, each: CostedIntervention) -> bool:
    return any(member.pupil == pupil.id for member in each.intervention.members)


def _not_run(each: CostedIntervention, own: Fraction) -> Fraction:
    """The pupil's part of the hours that were planned and did not run, by the pupil's part of those that did."""
    hours = each.run.cancelled * Fraction(each.intervention.minutes) / MINUTES
    return hours * own / each.contact_hours if each.contact_hours else hours
