"""The adviser's pages: the schools of their own authority, and the plans that these chose to submit."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear
from vfm.store.places import schools_of
from vfm.store.reviews import latest_reviews
from vfm.web.database import db
from vfm.web.permissions import Permission, authority_here, permit

pages = Blueprint("advising", __name__, url_prefix="/authority/<authority>")


@pages.get("/")
@permit(Permission.ADVISE)
def schools() -> ResponseReturnValue:
    """Every school of the authority, and how far it has come."""
    authority = authority_here()
    rows = schools_of(db(), authority.id)
    latest = latest_reviews(db(), {row.id for row in rows})
    listed = [(row, AcademicYear(latest[row.id].year) if row.id in latest else None) for row in rows]
    return render_template("advising/schools.html", authority=authority, schools=listed)
