"""The adviser's pages: the schools of their own authority, and the plans that these chose to submit."""

import datetime as dt

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear
from vfm.documents.plan import sections
from vfm.plan.action_plan import from_json
from vfm.store.accounts import SchoolRow, school_by_slug
from vfm.store.places import schools_of
from vfm.store.plans import SubmittedPlanRow, newest_plans, submitted_plan
from vfm.store.reviews import ReviewRow, latest_reviews, review_of
from vfm.web.database import db
from vfm.web.permissions import Permission, authority_here, permit
from vfm.web.submission import pdf_answer

pages = Blueprint("advising", __name__, url_prefix="/authority/<authority>")


@pages.get("/")
@permit(Permission.ADVISE)
def schools() -> ResponseReturnValue:
    """Every school of the authority, and how far it has come."""
    authority = authority_here()
    rows = schools_of(db(), authority.id)
    latest = latest_reviews(db(), {row.id for row in rows})
    plans = newest_plans(db(), [review.id for review in latest.values()])
    listed = [_state(row, latest.get(row.id), plans) for row in rows]
    return render_template("advising/schools.html", authority=authority, schools=listed)


def _state(
    school: SchoolRow, review: ReviewRow | None, plans: dict[int, tuple[int, dt.datetime]]
) -> tuple[SchoolRow, AcademicYear | None, dt.datetime | None, tuple[int, dt.datetime] | None]:
    """A school with its newest review: which year, since when, and the number and day of the newest plan."""
    if review is None:
        return school, None, None, None
    return school, AcademicYear(review.year), review.started, plans.get(review.id)


def _plan_or_404(slug: str, year: int, number: int) -> SubmittedPlanRow:
    """A submitted plan of a school of this authority; anything else is the same 404."""
    school = school_by_slug(db(), slug)
    if school is None or school.authority_id != authority_here().id or number >= 1 << 31 or year >= 1 << 31:
        abort(404)
    review = review_of(db(), school.id, year) or abort(404)
    return submitted_plan(db(), review, number) or abort(404)


@pages.get("/<slug>/<int:year>/<int:number>")
@permit(Permission.ADVISE)
def plan(slug: str, year: int, number: int) -> ResponseReturnValue:
    """A plan exactly as it was submitted."""
    found = from_json(_plan_or_404(slug, year, number).plan)
    return render_template(
        "submission/read.html", plan=found, sections=sections(found), number=number, year=AcademicYear(year), adviser=True,
        slug=slug,
    )  # fmt: skip


@pages.get("/<slug>/<int:year>/<int:number>.pdf")
@permit(Permission.ADVISE)
def plan_pdf(slug: str, year: int, number: int) -> ResponseReturnValue:
    """Its PDF."""
    row = _plan_or_404(slug, year, number)
    return pdf_answer(row.pdf, from_json(row.plan))
