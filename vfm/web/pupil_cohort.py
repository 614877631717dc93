"""The pupils with SEN at a glance: how many, their needs and years, who else they are, and where the school stands beside England."""

from collections.abc import Sequence

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear
from vfm.pupils.cohort import SMALL, Cohort, cohort_of, england_for, people, phase_of, share_words
from vfm.store.pupils import counts_row, pupils_of
from vfm.web.database import db
from vfm.web.permissions import Permission, here, permit
from vfm.web.pupils import YEAR_WORDS
from vfm.web.register import ADDRESS
from vfm.web.review import review_or_404

pages = Blueprint("pupil_cohort", __name__, url_prefix=f"{ADDRESS}/pupils/at-a-glance")


@pages.get("/")
@permit(Permission.REVIEW)
def overview(year: int) -> ResponseReturnValue:
    """Counted from the register, for those at the school in the review's year."""
    review, term = review_or_404(year), AcademicYear(year)
    pupils = [
        pupil
        for pupil in pupils_of(db(), here().school.id, year).values()
        if pupil.here_between(term.first_day, term.last_day)
    ]
    counts, cohort = counts_row(db(), here().school.id, review.id), cohort_of(pupils)
    roll = counts.roll if counts and counts.roll else None
    school = here().school
    phase = phase_of(school.lowest_age, school.highest_age) if school.kind == "mainstream" else ""
    return render_template(
        "register/cohort.html", at=here(), year=term, cohort=cohort, roll=roll, small=SMALL, ours=_ours(cohort, roll),
        england=england_for(phase), needs=_needs(cohort), years=_years(cohort), overlaps=_overlaps(cohort),
        without=people(cohort.without_need), nobody=_nobody(cohort),
    )  # fmt: skip


def _ours(cohort: Cohort, roll: int | None) -> list[tuple[str, str]]:
    """The school's own numbers as part of the roll, where it is known."""
    named = (("SEN Support (K)", cohort.support), ("EHC plan (E)", cohort.plans), ("Both together", cohort.sen))
    return [(words, share_words(number, roll)) for words, number in named]


def _needs(cohort: Cohort) -> Sequence[tuple[str, ...]]:
    return [(name, f"{k}", f"{e}", share_words(both, cohort.sen)) for name, k, e, both in cohort.needs]


def _years(cohort: Cohort) -> Sequence[tuple[str, ...]]:
    return [
        (YEAR_WORDS.get(str(year), str(year)), f"{k}", f"{e}", share_words(both, every))
        for year, k, e, both, every in cohort.years
    ]


def _overlaps(cohort: Cohort) -> Sequence[tuple[str, ...]]:
    return [(row[0], *_shares(row[1:], cohort)) for row in cohort.overlaps if row[-1]]


def _shares(numbers: Sequence[int], cohort: Cohort) -> tuple[str, ...]:
    """Of SEN Support, of plans, of both, and of everybody on the register."""
    wholes = (cohort.support, cohort.plans, cohort.sen, cohort.total)
    return tuple(share_words(part, whole) for part, whole in zip(numbers, wholes, strict=True))


def _nobody(cohort: Cohort) -> list[str]:
    """What is recorded of nobody, so that it may only not have been entered."""
    return [row[0].casefold() if row[0][1:2].islower() else row[0] for row in cohort.overlaps if not row[-1]]
