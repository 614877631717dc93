"""The form for days of a term without pupils, and what is wrong with such days, beside the field."""

from typing import Any

from vfm.costing.calendar import Calendar, Closed, Closing
from vfm.web.fields import Day, Line, Options
from vfm.web.layout import day
from vfm.web.register import RowForm
from vfm.web.year_picture import closed_words, days_words, school_days, small

KINDS = (
    (Closing.HALF_TERM.value, "Half-term"),
    (Closing.BANK_HOLIDAY.value, "Bank holiday"),
    (Closing.INSET.value, "INSET day", "Staff work, pupils do not come"),
    (Closing.OTHER.value, "Closed for another reason", "For example snow, or a polling station"),
)


class ClosedForm(RowForm):
    """Days of a term without pupils."""

    before: Calendar
    kind = Options("Why are there no pupils?", KINDS, missing="Say why there are no pupils")
    first_day = Day("First day", missing="Enter the first day", description="For example, 23 10 2026")
    last_day = Day("Last day", description="Leave it empty if it is one day")
    name = Line("Name", description="If it has one, for example Early May bank holiday")


def check_closed(form: Any, calendar: Calendar) -> None:
    """Says what is wrong with days without pupils, beside the field; `calendar` is the year without them."""
    first, last = form.first_day.data, form.last_day.data or form.first_day.data
    for field in (form.first_day, form.last_day):
        if field.data and not calendar.year.period.holds(field.data):
            field.errors = [f"{field.label.text} must be in the academic year, {days_words(calendar.year.period)}"]
            field.wrong = "year"
    if form.errors:
        return
    if last < first:
        form.last_day.errors = ["The last day must not be before the first day"]
        return
    closed = Closed(Closing(form.kind.data), first, last)
    fault = _outside_term(calendar, closed) or _taken(calendar, closed)
    if fault:
        form[fault[0]].errors = [fault[1]]
    elif not Calendar(calendar.year, calendar.terms, [*calendar.closed, closed]).pupil_days:
        form.first_day.errors = ["That would leave no day with pupils in the whole year"]


def _outside_term(calendar: Calendar, closed: Closed) -> tuple[str, str] | None:
    """Which field is wrong, and why, where days are not in one term or are no school days at all."""
    term = next((each for each in calendar.terms if each.holds(closed.first)), None)
    if term is None:
        return "first_day", f"{day(closed.first)} is outside every term, so there are no pupils on it anyway"
    if not term.holds(closed.last):
        return "last_day", f"{day(closed.last)} is outside the {small(term)}, which ends on {day(term.last)}"
    if not school_days(calendar, closed):
        return "first_day", f"{days_words(closed)}: that is a weekend, and there are no pupils on it anyway"
    return None


def _taken(calendar: Calendar, closed: Closed) -> tuple[str, str] | None:
    """A day is closed once, so that it has one reason."""
    for each in calendar.closed:
        if each.first <= closed.last and closed.first <= each.last:
            return (
                "first_day",
                f"{closed_words(each)}, {days_words(each)}, is there already: change that, or these days",
            )
    return None
