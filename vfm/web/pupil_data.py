"""Everything that is kept about one pupil, to read, to print and to take out: what a school answers a request with."""

import datetime as dt

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear
from vfm.documents.pdf.pupil_data import pupil_data_pdf
from vfm.documents.pupil_data import sections
from vfm.pupils.pupil_data import PupilData, as_json
from vfm.store.pupil_data import data_of
from vfm.web.coverage import pupil_or_404
from vfm.web.database import db, end
from vfm.web.permissions import Permission, here, permit
from vfm.web.reads import noted
from vfm.web.register import ADDRESS
from vfm.web.review import review_or_404

pages = Blueprint("pupil_data", __name__, url_prefix=f"{ADDRESS}/pupils/<int:pupil>/data")


def _data(year: int, pupil: int) -> PupilData:
    review_or_404(year)
    return data_of(db(), pupil_or_404(pupil), dt.datetime.now(dt.UTC).replace(microsecond=0))


@pages.get("/")
@permit(Permission.REVIEW)
def overview(year: int, pupil: int) -> ResponseReturnValue:
    """The page: what it holds and does not hold, and all of it."""
    data = _data(year, pupil)
    page = render_template(
        "rights/data.html", data=data, sections=sections(data), at=here(), year=AcademicYear(year), pupil=pupil
    )
    noted("looked at everything about", f"pupil {pupil}")
    return page


@pages.get("/everything.pdf")
@permit(Permission.REVIEW)
def pdf(year: int, pupil: int) -> ResponseReturnValue:
    """The same as a PDF."""
    data = _data(year, pupil)
    end()  # drawing takes a while, in which others can save
    made = pupil_data_pdf(data)
    noted("took out as a PDF everything about", f"pupil {pupil}")
    return _file(made, "application/pdf", "pdf")


@pages.get("/everything.json")
@permit(Permission.REVIEW)
def json_file(year: int, pupil: int) -> ResponseReturnValue:
    """The same as a file for a machine."""
    made = as_json(_data(year, pupil)).encode()
    noted("took out as JSON everything about", f"pupil {pupil}")
    return _file(made, "application/json", "json")


def _file(body: bytes, kind: str, ending: str) -> Response:
    """A file whose name names nobody: it stays in lists of downloads."""
    named = f'attachment; filename="everything-about-a-pupil.{ending}"'
    return Response(body, mimetype=kind, headers={"Content-Disposition": named})
