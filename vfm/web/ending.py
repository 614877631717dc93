"""Ends an intervention today: its last day, and the day of leaving of everybody who is still in it."""

import datetime as dt

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear
from vfm.costing.counting import weeks_between
from vfm.store.calendar import calendar_of
from vfm.store.provision import InterventionRow, SessionDayRow, TakesPartRow
from vfm.store.rows import change_row, remove_row, rows_of
from vfm.web.database import db
from vfm.web.intervention import intervention_or_404, may_end
from vfm.web.layout import day
from vfm.web.permissions import Permission, here, permit
from vfm.web.register import ADDRESS
from vfm.web.school import now_by, today

pages = Blueprint("ending", __name__, url_prefix=f"{ADDRESS}/provision-map/<int:intervention>")


@pages.route("/end", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def end_today(year: int, intervention: int) -> ResponseReturnValue:
    """Asks, then sets the last day to today."""
    row, on = intervention_or_404(year, intervention), today()
    members = rows_of(db(), TakesPartRow, row.school_id, intervention_id=row.id)
    after = [each for each in rows_of(db(), SessionDayRow, row.school_id, intervention_id=row.id) if each.on > on]
    if request.method == "POST":
        if may_end(row, on):
            _end(row, on, members, after)
            db().commit()
            flash(f"{row.name}: its last day is today, {day(on)}", "success")
        return redirect(url_for("intervention.overview", year=year, intervention=intervention))
    return render_template(
        "provision/end.html", row=row, at=here(), year=AcademicYear(year), may=may_end(row, on), on=on, after=after,
        staying=sum(_stays(each, on) for each in members), coming=sum(_comes(each, on) for each in members),
        weeks_over=_weeks_over(row, on),
    )  # fmt: skip


def _stays(member: TakesPartRow, on: dt.date) -> bool:
    return not _comes(member, on) and (member.left is None or member.left > on)


def _comes(member: TakesPartRow, on: dt.date) -> bool:
    return member.joined is not None and member.joined > on


def _weeks_over(row: InterventionRow, on: dt.date) -> bool:
    """Whether more weeks were typed than there have been: these are then counted in the calendar, up to the last day."""
    if row.weeks is None or row.sessions_a_week is None:
        return False
    calendar = calendar_of(db(), row.school_id, AcademicYear(row.year))
    return row.weeks > weeks_between(calendar, row.starts_on, on)


def _end(row: InterventionRow, on: dt.date, members: list[TakesPartRow], after: list[SessionDayRow]) -> None:
    by, what = now_by(), f"end of intervention {row.id}"
    days = len(rows_of(db(), SessionDayRow, row.school_id, intervention_id=row.id))
    total = row.sessions_in_total
    if after and total is not None:
        total = (total * (days - len(after)) / days).quantize(total)
    weeks = None if _weeks_over(row, on) else row.weeks
    change_row(db(), row, row.version, by, what, ends_on=on, weeks=weeks, sessions_in_total=total)
    for each in after:
        remove_row(db(), each, by, what)
    for member in members:
        if _comes(member, on):
            remove_row(db(), member, by, what)
        elif _stays(member, on):
            change_row(db(), member, member.version, by, what, left=on)
