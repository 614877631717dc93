"""The map by member of staff and week: who gives what on which day, hours beside the contract, and two places at once."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from vfm.costing.calendar import AcademicYear, Calendar, day_words
from vfm.costing.costed import CostedIntervention
from vfm.costing.counting import number_words
from vfm.costing.delivery import Weekly
from vfm.costing.provision_map import CostedMap
from vfm.money import hours_and_minutes
from vfm.store.costed import costed_year
from vfm.store.pupils import pupils_of
from vfm.store.rows import rows_of
from vfm.store.staff import StaffRoleRow, StaffRow
from vfm.value.staff_week import Clash, Session, StaffWeek, staff_weeks
from vfm.value.timetable import WEEKDAYS
from vfm.value.weekly import monday, often_words, span_words, time_words, week_letter, when_words
from vfm.web.database import db
from vfm.web.fields import Form, Menu
from vfm.web.paging import page_asked
from vfm.web.permissions import Permission, here, permit
from vfm.web.register import ADDRESS
from vfm.web.review import review_or_404
from vfm.web.school import today
from vfm.web.year_picture import number_of

pages = Blueprint("by_staff", __name__, url_prefix=f"{ADDRESS}/provision-map/by-staff")
ON_A_PAGE = 40


class WeekForm(Form):
    """Which week, and whose. It is sent as an address."""

    class Meta:
        csrf = False

    week = Menu("Week that begins on Monday")
    who = Menu("Whose week")


@dataclass(frozen=True, slots=True)
class Person:
    """A human being on the staff list: whoever has two contracts under one name is one. Hours a week are of all of them."""

    name: str
    roles: tuple[str, ...]
    hours: Fraction


@pages.get("/")
@permit(Permission.REVIEW)
def overview(year: int) -> ResponseReturnValue:
    """The weeks of everybody, or of one. Names are for leadership and the SENCO, who alone come here; pay is on no such page."""
    review_or_404(year)
    school = here().school.id
    costed = costed_year(db(), school, AcademicYear(year), pupils_of(db(), school, year), leadership=False).actual
    people, weeks = _people(school), _weeks(costed.calendar)
    week = _asked_week(weeks, year)
    every = sorted(staff_weeks(costed, week, lambda key: _same(people, key)), key=lambda one: _order(one, people))
    names = {_key(each): _name(each, people) for each in every}
    who = request.args.get("who", "")
    shown = [each for each in every if who not in names or _key(each) == who]
    number, links = page_asked(".overview", len(shown), ON_A_PAGE, year=year, week=week.isoformat())
    return render_template(
        "provision/by_staff.html", at=here(), year=AcademicYear(year), form=_form(weeks, week, names, who, costed.calendar),
        weeks=[_shown(each, people, costed, year) for each in shown[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]],
        week=day_words(week), one=who in names, links=links, number=len(every), days=WEEKDAYS,
        clashing=[_name(each, people) for each in every if each.clashes],
    )  # fmt: skip


def _people(school_id: int) -> dict[str, Person]:
    """Who stands behind the key of each contract."""
    roles = {role.id: role.name for role in rows_of(db(), StaffRoleRow, school_id)}
    rows = rows_of(db(), StaffRow, school_id)
    found = {}
    for row in rows:
        theirs = [each for each in rows if each.name.casefold() == row.name.casefold()]
        hours = sum((Fraction(each.weekly_hours) for each in theirs), Fraction(0))
        found[str(row.id)] = Person(theirs[0].name, tuple(dict.fromkeys(roles[each.role_id] for each in theirs)), hours)
    return found


def _same(people: Mapping[str, Person], key: str) -> str:
    """The first contract of the person who has this one."""
    return next(each for each, person in people.items() if person.name == people[key].name)


def _key(each: StaffWeek) -> str:
    return f"person-{each.who.key}" if each.who.person else f"role-{each.who.key}"


def _name(each: StaffWeek, people: Mapping[str, Person]) -> str:
    return people[each.who.key].name if each.who.person else f"{each.who.key}, not named"


def _order(each: StaffWeek, people: Mapping[str, Person]) -> tuple[bool, str]:
    return not each.who.person, _name(each, people).casefold()


def _weeks(calendar: Calendar) -> list[dt.date]:
    """The Mondays of the weeks in which there are pupil days; without a calendar that of the year's first day."""
    return sorted({monday(day) for day in calendar.pupil_days}) or [monday(calendar.year.first_day)]


def _asked_week(weeks: Sequence[dt.date], year: int) -> dt.date:
    """The week in the address; else this one, the next with pupils in school, or the year's last."""
    asked = next((each for each in weeks if each.isoformat() == request.args.get("week", "")), None)
    return asked or next((each for each in weeks if each >= monday(today())), weeks[-1])


def _form(weeks: Sequence[dt.date], week: dt.date, names: Mapping[str, str], who: str, calendar: Calendar) -> WeekForm:
    form: Any = WeekForm(formdata=None, week=week.isoformat(), who=who if who in names else "")
    options = ((each.isoformat(), f"{day_words(each)} (week {week_letter(each, calendar)})") for each in weeks)
    form.week.choices = [SelectChoice(*option) for option in options]
    form.who.choices = [SelectChoice("", "Everybody"), *(SelectChoice(*each) for each in names.items())]
    return form  # type: ignore[no-any-return]


def _shown(each: StaffWeek, people: Mapping[str, Person], costed: CostedMap, year: int) -> dict[str, Any]:
    person = people.get(each.who.key) if each.who.person else None
    heads = dict(each.heads)
    over = each.minutes - person.hours * 60 if person else Fraction(0)
    return {
        "id": _key(each).replace(" ", "-"), "name": _name(each, people), "roles": ", ".join(person.roles) if person else "",
        "hours": _hours(each, person), "over": hours_and_minutes(over) if over > 0 else "",
        "clashes": [_clash(one) for one in each.clashes],
        "grids": [(letter, _grid(each, letter, heads, year)) for letter in each.letters] if each.sessions else [],
        "loose": [_line(line, heads, year, costed) for line in each.loose],
        "irregular": [_line(line, heads, year, costed) for line in each.irregular],
    }  # fmt: skip


def _hours(each: StaffWeek, person: Person | None) -> str:
    """Such as "On the map: 5 hours a week, 30 minutes of it preparation. Contract: 25 hours a week"."""
    contract = f" Contract: {hours_and_minutes(person.hours * 60)} a week." if person else ""
    if not (each.sessions or each.loose or each.irregular):
        return f"Nothing on the map in this week.{contract}"
    prepares = f", {hours_and_minutes(each.preparation)} of it preparation" if each.preparation else ""
    average = ", on average over two weeks" if len(each.letters) > 1 else ""
    return f"On the map: {hours_and_minutes(each.minutes)} a week{prepares}{average}.{contract}"


def _clash(each: Clash) -> str:
    one, other = each.one, each.other
    times = [f"{session.it.name}, {session.times.words}" for session in (one, other) if session.times]
    days = number_of(len(each.days), "day")
    return f"{WEEKDAYS[one.slot.weekday]}: {' and '.join(times)}. On {days}, first on {day_words(each.days[0])}."


def _grid(
    each: StaffWeek, letter: str, heads: Mapping[str, Fraction], year: int
) -> list[tuple[str, list[dict[str, str]]]]:
    """Each day of the week with what is on it."""
    return [
        (day, [_session(session, heads, year) for session in each.on(place, letter)])
        for place, day in enumerate(WEEKDAYS)
    ]


def _session(each: Session, heads: Mapping[str, Fraction], year: int) -> dict[str, str]:
    minutes = f"{number_words(each.minutes)} minutes, " if each.minutes else ""
    when = each.times.words if each.times else f"{minutes}time not known"
    return _link(each.line, heads, year) | {"when": when[:1].upper() + when[1:]}


def _line(line: CostedIntervention, heads: Mapping[str, Fraction], year: int, costed: CostedMap) -> dict[str, str]:
    it = line.intervention
    often = often_words(it.delivery) if isinstance(it.delivery, Weekly) else when_words(it, costed.calendar)
    parts = (often, time_words(it), span_words(it.starts_on, it.ends_on))
    return _link(line, heads, year) | {"when": "; ".join(filter(None, parts))}


def _link(line: CostedIntervention, heads: Mapping[str, Fraction], year: int) -> dict[str, str]:
    it = line.intervention
    number = heads.get(it.id, Fraction(1))
    whom = number_of(it.pupils, "pupil") if it.pupils else "pupils not known"
    several = f"; {number_words(number)} of them" if number != 1 else ""
    return {
        "name": it.name, "about": f"{whom}{', out of class' if it.withdrawn else ''}{several}",
        "address": url_for("intervention.overview", year=year, intervention=it.id),
    }  # fmt: skip
