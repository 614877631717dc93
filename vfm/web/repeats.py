"""Repeats and coherence: who is on the same programme again, on two for one thing, or begun again, over all years."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from vfm.value.repeats import HEADINGS
from vfm.web.noticed import case_here, page_parts
from vfm.web.permissions import Permission, permit
from vfm.web.register import ADDRESS

pages = Blueprint("repeats", __name__, url_prefix=f"{ADDRESS}/repeats")


@pages.get("/")
@permit(Permission.REVIEW)
def overview(year: int) -> ResponseReturnValue:
    """Pupil by pupil, each year with the outcome at the time. Names are for leadership and the SENCO, who alone come here."""
    case = case_here(year)
    years = sorted({each.year for each in case.taken})
    return render_template("noticed/repeats.html", headings=HEADINGS, years=years, **page_parts(case, "repeats"))
