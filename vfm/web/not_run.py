"""Sessions of an intervention that were planned and did not run: how many, on which day if it is known, and why."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from flask import request, url_for

from vfm.costing.calendar import AcademicYear, Calendar
from vfm.costing.counting import number_words, sessions_words
from vfm.costing.delivery import NotRun, Run, run_of
from vfm.costing.intervention import Intervention
from vfm.store.calendar import calendar_of
from vfm.store.provision import InterventionRow, NotRunRow, interventions_of
from vfm.web.database import db
from vfm.web.fields import Day, Line, Number
from vfm.web.intervention import intervention_or_404, not_run_words
from vfm.web.layout import day
from vfm.web.register import Column, Register, RowForm
from vfm.web.typed_days import outside


class NotRunForm(RowForm):
    """Sessions that did not run."""

    sessions = Number("How many sessions did not run?", low="0.01", high="10000", missing="Enter how many sessions")
    on = Day("On which day?", description="Leave empty if you do not know, or if it was several days")
    why = Line("Why?", description="For example: the teaching assistant was absent, a school trip")


class SessionsNotRun(Register):
    name, one, heading = "not-run", "session not run", "Sessions not run"
    why = "Sessions that were planned and did not run, for any reason. They are taken out of the hours and out of the cost."
    table, form = NotRunRow, NotRunForm
    address = "/provision-map/<int:intervention>/not-run"

    def where(self, year: int) -> dict[str, Any]:
        return {"intervention_id": _intervention(year).id}

    def columns(self, year: int) -> Sequence[Column]:
        return (
            Column("Sessions", self.title_of),
            Column("Why", lambda row: row.why),
        )

    def title_of(self, row: Any) -> str:
        return not_run_words(row)

    def check(self, form: Any, year: int, row: Any) -> None:
        calendar = calendar_of(db(), _intervention(year).school_id, AcademicYear(year))
        wrong = outside(form.on.data, calendar.year)
        if wrong:
            form.on.errors, form.on.wrong = [f"The day {wrong}"], "year"
            return
        others = [NotRun(each.sessions, each.on) for each in self.rows(year) if row is None or each.id != row.id]
        _check_against(form, calendar, _as_entered(_intervention(year), year), others)

    def after(self, row: Any, year: int) -> str:
        return url_for("intervention.overview", year=year, intervention=row.intervention_id)


def _intervention(year: int) -> InterventionRow:
    return intervention_or_404(year, (request.view_args or {})["intervention"])


def _as_entered(row: InterventionRow, year: int) -> Intervention:
    entered = interventions_of(db(), row.school_id, year)
    return next(each.intervention for each in entered if each.intervention.id == str(row.id))


def _check_against(form: Any, calendar: Calendar, it: Intervention, others: Sequence[NotRun]) -> None:
    """No more can be missing than were to run, on a known day or in all."""
    run = run_of(it.delivery, it.minutes, calendar, it.starts_on, it.ends_on, it.counted, others)
    sessions, left = Fraction(form.sessions.value), run.sessions()
    if sessions > left:
        rest = f"{sessions_words(left)} {'is' if left == 1 else 'are'} left to run"
        form.sessions.errors = [f"There are not so many: {rest} of {number_words(run.planned)} planned"]
    elif form.on.data:
        _check_day(form, calendar, run, sessions)


def _check_day(form: Any, calendar: Calendar, run: Run, sessions: Fraction) -> None:
    place = calendar.place(form.on.data)
    if not run.first <= place <= run.last:
        form.on.errors = [f"It does not run on {day(form.on.data)}: that is before its first day or after its last"]
    elif not run.evenly and run.sessions(place, place) < sessions:
        there = sessions_words(run.sessions(place, place))
        form.on.errors = [f"There {'is' if there.startswith('1 ') else 'are'} {there} on {day(form.on.data)}"]
    elif run.evenly and not calendar.every_day[place + 1] - calendar.every_day[place]:
        form.on.errors = [f"There are no pupils in school on {day(form.on.data)}"]


pages = SessionsNotRun().pages()
