"""The school's calendar: the year at a glance, the days without pupils, and whether somebody said that the dates are right."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear, Calendar
from vfm.store.calendar import (
    CalendarRow,
    ClosedDaysRow,
    calendar_of,
    calendar_row,
    closed_days_of,
    closed_of,
    confirm_calendar,
    hold_calendar,
    reopen_calendar,
    start_again,
    start_calendar,
)
from vfm.store.reviews import names_of
from vfm.web.closed_days import ClosedForm, check_closed
from vfm.web.database import db
from vfm.web.layout import day
from vfm.web.permissions import Permission, here, permit
from vfm.web.register import Column, Register, RowForm
from vfm.web.review import review_or_404
from vfm.web.school import now_by
from vfm.web.year_picture import (
    Mark,
    cards_of,
    change_words,
    closed_words,
    days_words,
    financial_years,
    marks_of,
    months_of,
    school_days,
    terms_table,
    weekdays_table,
)


class ClosedDays(Register):
    """The calendar's page is the list of this register; adding, changing and removing go as everywhere."""

    name, one, heading = "calendar", "day without pupils", "Calendar"
    why = "Half-terms, bank holidays, INSET days and other days of a term on which there are no pupils."
    table, form = ClosedDaysRow, ClosedForm
    taken_out = False
    list_template, form_template = "calendar/year.html", "calendar/closed.html"

    def where(self, year: int) -> dict[str, Any]:
        return {"year": year}

    def rows(self, year: int) -> Sequence[Any]:
        return closed_days_of(db(), here().school.id, AcademicYear(year))

    def columns(self, year: int) -> Sequence[Column]:
        return ()

    def title_of(self, row: Any) -> str:
        return f"{closed_words(closed_of(row))}, {days_words(closed_of(row))}"

    def check(self, form: Any, year: int, row: Any) -> None:
        school, academic = here().school.id, AcademicYear(year)
        hold_calendar(db(), school, academic, now_by())
        form.before = calendar_of(db(), school, academic)
        others = [
            closed_of(each) for each in closed_days_of(db(), school, academic) if row is None or each.id != row.id
        ]
        check_closed(form, Calendar(academic, form.before.terms, others))

    def shown(self, row: Any) -> dict[str, Any]:
        """The last day of a single day stays empty, so that a day can be moved by one date."""
        return super().shown(row) | ({"last_day": None} if row.last_day == row.first_day else {})

    def values(self, form: Any) -> dict[str, Any]:
        return super().values(form) | {"last_day": form.last_day.data or form.first_day.data}

    def about(self, row: Any, year: int) -> dict[str, Any]:
        return {"calendar": calendar_of(db(), here().school.id, AcademicYear(year))}

    def saved(self, row: Any, form: Any) -> str:
        return f"{super().saved(row, form)}. {change_words(form.before, calendar_now(row.year))}"

    def removed(self, row: Any) -> str:
        after = calendar_now(row.year)
        before = Calendar(after.year, after.terms, [*after.closed, closed_of(row)])
        return f"{super().removed(row)}. {change_words(before, after)}"

    def extra(self, rows: Sequence[Any], year: int) -> dict[str, Any]:
        school, academic = here().school, AcademicYear(year)
        own = calendar_row(db(), school.id, academic)
        calendar = calendar_of(db(), school.id, academic)
        marks = marks_of(calendar)
        return {
            "own": own, "confirmed_by": _confirmed_by(own), "calendar": calendar, "cards": cards_of(calendar),
            "lines": _lines(self, calendar, rows), "terms": terms_table(calendar, marks), "weekdays": weekdays_table(calendar),
            "months": months_of(calendar), "marks": [(mark, list(marks.values()).count(mark)) for mark in Mark],
            "years": financial_years(calendar, academy=school.academy),
        }  # fmt: skip


def calendar_now(year: int) -> Calendar:
    """The school's calendar of a year as it stands."""
    return calendar_of(db(), here().school.id, AcademicYear(year))


def _confirmed_by(own: CalendarRow | None) -> str:
    if own is None or own.confirmed_by is None:
        return ""
    return f"{names_of(db(), {own.confirmed_by})[own.confirmed_by]}, {day(own.confirmed_at)}"


def _lines(register: Register, calendar: Calendar, rows: Sequence[Any]) -> list[tuple[str, str, int, str]]:
    """Each of the days without pupils: why, when, how many school days, and its page where it has one."""
    year = calendar.year.start
    pages = [register.link("change", year, row=row.id) for row in rows] or [""] * len(calendar.closed)
    counted = [len(school_days(calendar, closed)) for closed in calendar.closed]
    return [
        (closed_words(closed), days_words(closed), taken, page)
        for closed, taken, page in zip(calendar.closed, counted, pages, strict=True)
    ]


pages = ClosedDays().pages()


@pages.post("/start")
@permit(Permission.REVIEW)
def start(year: int) -> ResponseReturnValue:
    """Makes the usual dates the school's own; pressed twice it does so once."""
    review_or_404(year)
    start_calendar(db(), here().school.id, AcademicYear(year), now_by())
    db().commit()
    flash("These dates are now yours to change, and to confirm once they are right", "success")
    return redirect(url_for(".overview", year=year))


def own_or_404(year: int) -> CalendarRow:
    """The school's own calendar of a year, or a 404 while it has none."""
    review_or_404(year)
    return calendar_row(db(), here().school.id, AcademicYear(year)) or abort(404)


LOOK_AGAIN = "The dates were changed while this page stood open. Look at them once more, then decide."


@pages.post("/<any(confirm,reopen):what>")
@permit(Permission.REVIEW)
def confirmed(year: int, what: str) -> ResponseReturnValue:
    """Says that these are the school's dates, or takes that back."""
    own = own_or_404(year)
    if what == "reopen":
        reopen_calendar(db(), own, now_by())
        told = ("The dates are marked as not confirmed", "success")
    elif confirm_calendar(db(), own, RowForm().version_typed, now_by()):
        told = ("The dates are confirmed", "success")
    else:
        told = (LOOK_AGAIN, "error")
    db().commit()
    flash(*told)
    return redirect(url_for(".overview", year=year))


@pages.route("/again", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def again(year: int) -> ResponseReturnValue:
    """Puts the usual dates in place of the school's own, after asking."""
    own, before = own_or_404(year), calendar_now(year)
    if request.method == "GET":
        return render_template("calendar/again.html", own=own, calendar=before, year=before.year, at=here())
    if start_again(db(), own, RowForm().version_typed, now_by()):
        db().commit()
        flash(f"The usual dates stand here again. {change_words(before, calendar_now(year))}", "success")
    else:
        db().rollback()
        flash(LOOK_AGAIN, "error")
    return redirect(url_for(".overview", year=year))
