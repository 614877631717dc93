"""Which pupils take part in an intervention, how its cost falls on them where that is set by hand, and what came of it."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear
from vfm.costing.stays import first_day_over
from vfm.money import MoneyError, read_number
from vfm.pupils.year_groups import HIGHEST
from vfm.store.provision import MOST_RECEIVED, InterventionRow, TakesPartRow
from vfm.store.pupils import PupilRow
from vfm.store.rows import add_row, change_row, remove_row, rows_of
from vfm.store.year_groups import groups_in
from vfm.web.database import db
from vfm.web.drafts import typed_before
from vfm.web.fields import Form, plain
from vfm.web.intervention import intervention_or_404
from vfm.web.layout import day
from vfm.web.permissions import Permission, here, permit
from vfm.web.pupil_names import called
from vfm.web.pupils import group_words
from vfm.web.register import ADDRESS
from vfm.web.school import now_by
from vfm.web.sen_status import STATUS_WORDS
from vfm.web.typed_days import DayError, as_typed, outside, read_day

pages = Blueprint("taking_part", __name__, url_prefix=f"{ADDRESS}/provision-map/<int:intervention>/pupils")
FIELDS = ("in", "joined", "left", "percent", "result", "all", "received")
EVERYBODY = "everybody"
RESULT_WORDS = {"met": "Outcome met", "partly": "Partly met", "not": "Not met"}


class TakingPartForm(Form):
    """Which pupils take part; the rows of the table are read from the request, pupil by pupil."""


@pages.route("", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def choose(year: int, intervention: int) -> ResponseReturnValue:
    """Who takes part, the percentages where they are set by hand, and what came of it for each."""
    row = intervention_or_404(year, intervention)
    years = groups_in(db(), row.school_id, year)
    there = {each.pupil_id: each for each in rows_of(db(), TakesPartRow, row.school_id, intervention_id=row.id)}
    every = (each for each in rows_of(db(), PupilRow, row.school_id) if each.erased is None or each.id in there)
    pupils = sorted(every, key=lambda p: (p.status == "N", _place(years.get(p.id)), called(p)))
    form = TakingPartForm()
    typed = request.form if form.is_submitted() else typed_before()
    entries = [_entry(pupil, years.get(pupil.id), there.get(pupil.id), typed) for pupil in pupils]
    ticking = _tick_group(entries, request.form.get("group", ""), year) if "tick" in request.form else None
    begun = _begun_with(entries) if typed is None else ""
    faults = _faults(row, entries) if form.validate_on_submit() and ticking is None else []
    if form.is_submitted() and ticking is None and not faults and not form.errors:
        _keep_taking_part(row, entries, there)
        db().commit()
        flash(f"{row.name}: pupils saved", "success")
        return redirect(url_for("intervention.overview", year=year, intervention=intervention))
    return render_template(
        "provision/pupils.html", form=form, row=row, entries=entries, faults=faults, at=here(), year=AcademicYear(year),
        status_words=STATUS_WORDS, result_words=RESULT_WORDS,
        groups=_groups(years.values()), ticking=ticking or begun,
    ), 400 if faults or form.errors else 200  # fmt: skip


def _place(group: int | None) -> int:
    return HIGHEST + 1 if group is None else group


def _entry(
    pupil: PupilRow, group: int | None, there: TakesPartRow | None, typed: Mapping[str, str] | None
) -> dict[str, Any]:
    """One line of the table as it was typed, or as it is kept."""
    key = str(pupil.id)
    if typed is not None:
        shown = {name: typed.get(f"{name}-{key}", "").strip()[:40] for name in FIELDS}
    else:
        shown = {
            "in": "y" if there else "",
            "joined": as_typed(there.joined) if there else "",
            "left": as_typed(there.left) if there else "",
            "percent": plain(there.percent) if there and there.percent is not None else "",
            "received": plain(there.sessions_received) if there and there.sessions_received is not None else "",
            "result": there.result or "" if there else "",
            "all": "y" if there and there.carries_all else "",
        }
    about = {"pupil": pupil, "name": called(pupil), "key": key, "group": group, "year_words": group_words(group)}
    return shown | about


def _begun_with(entries: list[dict[str, Any]]) -> str:
    """Ticks the pupil with whom somebody came here, if that pupil does not take part yet; says so, or nothing."""
    entry = next((each for each in entries if each["key"] == request.args.get("with", "") and not each["in"]), None)
    if entry is None:
        return ""
    entry["in"] = "y"
    return f"{entry['name']} is ticked. Nothing is saved yet: look through the list, then press Save."


def _faults(row: InterventionRow, entries: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """What is wrong with the table: (field, message)."""
    chosen = [entry for entry in entries if entry["in"]]
    faults = [
        (f"result-{entry['key']}", f"{entry['name']}: choose an outcome from the list")
        for entry in chosen
        if entry["result"] and entry["result"] not in RESULT_WORDS
    ]
    faults += [fault for entry in chosen for fault in _day_faults(entry, AcademicYear(row.year))]
    faults += [fault for entry in chosen for fault in _received_faults(entry)]
    if not faults and row.basis == "by-place" and row.places is not None:
        faults += _place_faults(row, chosen)
    if row.basis == "whole" and chosen and sum(bool(entry["all"]) for entry in chosen) != 1:
        faults.append((f"all-{chosen[0]['key']}", "Choose the one pupil who carries the whole cost"))
    return faults + (_percent_faults(chosen) if row.basis == "stated" else [])


def _day_faults(entry: dict[str, Any], year: AcademicYear) -> list[tuple[str, str]]:
    """What is wrong with the days on which a pupil joined and left; the days that are right are put into the entry."""
    days, name = {}, entry["name"]
    for field, words in (("joined", "the day of joining"), ("left", "the day of leaving")):
        try:
            days[field] = read_day(entry[field]) if entry[field] else None
        except DayError as wrong:
            return [(f"{field}-{entry['key']}", f"{name}, {words}: {wrong}")]
        if fault := outside(days[field], year):
            return [(f"{field}-{entry['key']}", f"{name}: {words} {fault}")]
    if days["joined"] and days["left"] and days["left"] < days["joined"]:
        return [(f"left-{entry['key']}", f"{name}: the day of leaving must not be before the day of joining")]
    entry["days"] = days
    return []


def _place_faults(row: InterventionRow, chosen: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """The first day on which there are more pupils than places, beside the pupil who makes it one too many."""
    places = row.places or 0
    over = first_day_over([(entry["days"]["joined"], entry["days"]["left"]) for entry in chosen], places)
    if over is None:
        return []
    first, count = over
    begins = max(first, row.starts_on or AcademicYear(row.year).first_day)
    there = [entry for entry in chosen if (entry["days"]["joined"] or first) <= first]
    there = [entry for entry in there if not entry["days"]["left"] or entry["days"]["left"] >= first]
    message = f"There are {places} places and {count} pupils on {day(begins)}"
    return [(f"in-{there[places]['key']}", message)]


def _groups(years: Iterable[int | None]) -> list[tuple[str, str]]:
    """What can be ticked at once: each year group that somebody is in, and everybody."""
    there = sorted({group for group in years if group is not None})
    return [(str(each), group_words(each)) for each in there] + [(EVERYBODY, "the whole register")]


def _tick_group(entries: list[dict[str, Any]], group: str, year: int) -> str:
    """Ticks everybody of a year group who is at the school in this year; returns what was done, in words."""
    ticked = 0
    for entry in entries:
        pupil = entry["pupil"]
        gone = pupil.left is not None and pupil.left < AcademicYear(year).first_day
        if not entry["in"] and not gone and group in (EVERYBODY, str(entry["group"])):
            entry["in"], ticked = "y", ticked + 1
    return f"{ticked} more ticked. Nothing is saved yet: look through the list, then press Save."


def _received_faults(entry: dict[str, Any]) -> list[tuple[str, str]]:
    """What is wrong with the sessions that a pupil received; a number that is right is put into the entry."""
    entry["sessions"] = _number(entry["received"], MOST_RECEIVED) if entry["received"] else None
    if entry["received"] and entry["sessions"] is None:
        words = f"enter sessions received as a number from 0 to {MOST_RECEIVED:,}, with two decimals at most, or leave it empty"
        return [(f"received-{entry['key']}", f"{entry['name']}: {words}")]
    return []


def _number(text: str, high: int) -> Decimal | None:
    try:
        return read_number(text, low=Decimal(0), high=Decimal(high), places=2)
    except MoneyError:
        return None


def _percent_faults(chosen: list[dict[str, Any]]) -> list[tuple[str, str]]:
    faults, total = [], Decimal(0)
    for entry in chosen:
        percent = _number(entry["percent"], 100)
        if percent is None:
            faults.append(
                (
                    f"percent-{entry['key']}",
                    f"{entry['name']}: enter a percentage from 0 to 100, with two decimals at most",
                )
            )
        else:
            entry["value"], total = percent, total + percent
    if chosen and not faults and total != 100:
        faults.append((f"percent-{chosen[0]['key']}", f"The percentages add up to {total.normalize():f}, not to 100"))
    return faults


def _keep_taking_part(row: InterventionRow, entries: list[dict[str, Any]], there: dict[int, TakesPartRow]) -> None:
    by, what = now_by(), f"who takes part in intervention {row.id}"
    for entry in entries:
        kept = there.get(entry["pupil"].id)
        values = {"percent": entry.get("value"), "result": entry["result"] or None, "carries_all": bool(entry["all"])}
        values |= entry.get("days", {}) | {"sessions_received": entry.get("sessions")}
        if entry["in"] and kept is None:
            add_row(
                db(),
                TakesPartRow,
                row.school_id,
                by,
                what,
                intervention_id=row.id,
                pupil_id=entry["pupil"].id,
                **values,
            )
        elif entry["in"] and kept is not None:
            change_row(db(), kept, kept.version, by, what, **values)
        elif kept is not None:
            remove_row(db(), kept, by, what)
