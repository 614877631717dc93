"""When an intervention runs: what its form says of it, what is wrong with that, and the rows that keep it."""

from fractions import Fraction
from typing import Any

from vfm.costing.calendar import AcademicYear
from vfm.costing.counting import number_words, sessions_words, weeks_between
from vfm.costing.delivery import Slot
from vfm.store.calendar import calendar_of
from vfm.store.provision import InterventionRow, SessionDayRow, SlotRow
from vfm.store.rows import RegisterRow, add_row, remove_row, rows_of
from vfm.web.database import db
from vfm.web.layout import day
from vfm.web.permissions import here
from vfm.web.school import now_by
from vfm.web.typed_days import MOST_DAYS, outside

RUNS = (("weekly", "So often a week"), ("days", "On named weekdays"), ("total", "So many sessions in all"))
UNDER = {
    "weekly": ("sessions_a_week", "weeks"),
    "days": ("slots",),
    "total": ("sessions_in_total", "known_days"),
}


def leave_out_what_was_not_chosen(form: Any) -> None:
    """Where no choice was sent, what was filled in says it; then only the fields under the choice count."""
    if not form.runs.data:
        form.runs.data = _filled_in(form)
    for choice, names in UNDER.items():
        if form.runs.data in UNDER and choice != form.runs.data:
            for name in names:
                form[name].errors = ()


def _filled_in(form: Any) -> str:
    if form.slots.data:
        return "days"
    return (
        "total" if (form.sessions_in_total.data or form.known_days.data) and not form.sessions_a_week.data else "weekly"
    )


def check_running(form: Any, year: int, row: Any) -> None:
    """Says beside the fields what is wrong with when it runs."""
    _check_first_and_last(form, AcademicYear(year))
    if form.runs.data == "days":
        if not form.slots.data:
            form.slots.errors = ["Tick the days on which it runs"]
    elif form.runs.data == "total":
        _check_total(form, AcademicYear(year), row)
    elif form.sessions_a_week.value is None:
        form.sessions_a_week.errors = ["Enter sessions a week, or choose another way to say when it runs"]
    own_minutes = form.runs.data == "days" and all(slot.minutes for slot in form.slots.data)
    if not form.minutes.value and not own_minutes:
        form.minutes.errors = ["Enter the minutes of one session"]


def _check_first_and_last(form: Any, year: AcademicYear) -> None:
    for field in (form.starts_on, form.ends_on):
        wrong = outside(field.data, year)
        if wrong:
            field.errors, field.wrong = [f"{field.label.text} {wrong}"], "year"
    first, last = form.starts_on.data, form.ends_on.data
    if first and last and last < first and not form.ends_on.errors:
        form.ends_on.errors = ["The last day must not be before the first day"]


def _check_total(form: Any, year: AcademicYear, row: Any) -> None:
    days, total = form.known_days.days, form.sessions_in_total.value
    if total is None and days:
        total = form.sessions_in_total.value = form.sessions_in_total.read(str(len(days)))
    if total is None:
        form.sessions_in_total.errors = ["Enter the sessions in all, or the days on which they are"]
        return
    if len(days) > total:
        form.known_days.errors = [
            f"There are {len(days)} days for {sessions_words(Fraction(total))}: enter as many sessions in all"
        ]
    for each in days:
        wrong = outside(each, year) or _not_between(each, form)
        if wrong:
            form.known_days.errors = [f"{day(each)} {wrong}"]
            return


def _not_between(each: Any, form: Any) -> str:
    if form.starts_on.data and each < form.starts_on.data:
        return f"is before the first day, {day(form.starts_on.data)}"
    if form.ends_on.data and each > form.ends_on.data:
        return f"is after the last day, {day(form.ends_on.data)}"
    return ""


def hint_at_weeks(form: Any, year: int) -> None:
    """Says what the calendar gives if the weeks are left empty."""
    calendar = calendar_of(db(), here().school.id, AcademicYear(year))
    weeks = weeks_between(calendar, form.starts_on.data, form.ends_on.data)
    part = " from the first day to the last" if form.starts_on.data or form.ends_on.data else ""
    whose = "your calendar" + (", which nobody has confirmed yet" if calendar.typical else "")
    form.weeks.description = (
        f"Leave empty to count them in {whose}: {number_words(weeks)} weeks{part} ({weeks * 5} pupil days ÷ 5)"
    )


def shown_running(row: InterventionRow) -> dict[str, Any]:
    """What the form shows of when an intervention runs, beside its own columns."""
    slots = rows_of(db(), SlotRow, row.school_id, intervention_id=row.id)
    days = [each.on for each in rows_of(db(), SessionDayRow, row.school_id, intervention_id=row.id)]
    choice = "days" if slots else "weekly" if row.sessions_in_total is None else "total"
    return {"runs": choice, "slots": [Slot(s.weekday, s.week, s.minutes, s.starts) for s in slots], "known_days": days}


def allow_as_many_days(form: Any, row: Any) -> None:
    """Days that were imported stay, however many there are."""
    there = rows_of(db(), SessionDayRow, row.school_id, intervention_id=row.id) if row else ()
    form.known_days.most = max(MOST_DAYS, len(there))


def values_of_running(form: Any) -> dict[str, Any]:
    """The columns of what was chosen; those of the other ways are emptied."""
    columns = ("sessions_a_week", "weeks", "sessions_in_total")
    return {name: form[name].value if name in UNDER[form.runs.data] else None for name in columns}


def keep_running(row: InterventionRow, form: Any) -> None:
    """The weekdays and days of an intervention are written with it."""
    slots = form.slots.data if form.runs.data == "days" else ()
    days = form.known_days.days if form.runs.data == "total" else ()
    _keep(
        row, SlotRow, [{"weekday": s.weekday, "week": s.week, "minutes": s.minutes, "starts": s.starts} for s in slots]
    )
    _keep(row, SessionDayRow, [{"on": each} for each in days])


def _keep(row: InterventionRow, table: type[RegisterRow], wanted: list[dict[str, Any]]) -> None:
    """Rows that are wanted stay as they are, others go, and those that are not there yet come."""
    what, missing = f"when intervention {row.id} runs", list(wanted)
    for there in rows_of(db(), table, row.school_id, intervention_id=row.id):
        values = {name: getattr(there, name) for name in (wanted[0] if wanted else ())}
        if values in missing:
            missing.remove(values)
        else:
            remove_row(db(), there, now_by(), what)
    for values in missing:
        add_row(db(), table, row.school_id, now_by(), what, intervention_id=row.id, **values)
