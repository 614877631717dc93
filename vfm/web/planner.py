"""The year planner: the days of the year in order, and as a calendar file without any pupil's name."""

import datetime as dt

from flask import Blueprint, Response, render_template, url_for
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear
from vfm.documents.calendar import calendar_file
from vfm.plan.names import search
from vfm.plan.official_days import census_missing
from vfm.plan.planner import Planned, planner, without_names
from vfm.store.places import profile_of
from vfm.store.planning import own_days
from vfm.store.pupils import written_names
from vfm.web.database import db
from vfm.web.permissions import Permission, here, permit
from vfm.web.register import ADDRESS
from vfm.web.review import review_or_404
from vfm.web.school import today

pages = Blueprint("planner", __name__, url_prefix=f"{ADDRESS}/planner")


def _days(year: int) -> tuple[Planned, ...]:
    return planner(AcademicYear(year), profile_of(here().school), own_days(db(), review_or_404(year)))


@pages.get("/")
@permit(Permission.REVIEW)
def overview(year: int) -> ResponseReturnValue:
    """Every day in order; those that are over are marked."""
    days = [
        {"day": each.day, "planned": each, "address": _address(each, year), "past": each.past(today())}
        for each in _days(year)
    ]
    following = next((each["planned"] for each in days if not each["past"]), None)
    return render_template(
        "year_end/planner.html", at=here(), year=AcademicYear(year), days=days, following=following,
        missing=census_missing(AcademicYear(year)),
    )  # fmt: skip


def _address(planned: Planned, year: int) -> str:
    kind, _, key = planned.leads_to.partition(":")
    if kind == "intervention":
        return url_for("intervention.overview", year=year, intervention=int(key))
    if kind == "action":
        return url_for("plan.change", year=year, row=int(key))
    return url_for("year_end.overview", year=year) if kind == "year-end" else ""


@pages.get("/planner.ics")
@permit(Permission.REVIEW)
def calendar_file_of(year: int) -> ResponseReturnValue:
    """The same days for a calendar. Where a text may name a pupil, plain words stand in its place."""
    days, (names, upns) = _days(year), written_names(db(), here().school.id)
    named = {hit.where for hit in search({each.key: each.name for each in days if each.plain}, names, upns)}
    body = calendar_file(
        without_names(days, named), title=f"SEN year {AcademicYear(year).words}", place=here().school.slug,
        stamp=dt.datetime.now(dt.UTC).replace(microsecond=0),
    )  # fmt: skip
    name = f"{here().school.slug}-year-planner-{year}.ics"
    return Response(
        body,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
