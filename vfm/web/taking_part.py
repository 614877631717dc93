"""Which pupils take part in an intervention, how its cost falls on them where that is set by hand, and what came of it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear
from vfm.money import MoneyError, read_number
from vfm.store.provision import InterventionRow, TakesPartRow
from vfm.store.pupils import PupilRow
from vfm.store.rows import add_row, change_row, remove_row, rows_of
from vfm.web.database import db
from vfm.web.drafts import typed_before
from vfm.web.fields import Form
from vfm.web.intervention import intervention_or_404
from vfm.web.permissions import Permission, here, permit
from vfm.web.pupils import STATUS_WORDS, YEAR_WORDS
from vfm.web.register import ADDRESS
from vfm.web.school import now_by

pages = Blueprint("taking_part", __name__, url_prefix=f"{ADDRESS}/provision-map/<int:intervention>/pupils")
RESULT_WORDS = {"met": "Outcome met", "partly": "Partly met", "not": "Not met"}


class TakingPartForm(Form):
    """Which pupils take part; the rows of the table are read from the request, pupil by pupil."""


@pages.route("", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def choose(year: int, intervention: int) -> ResponseReturnValue:
    """Who takes part, the percentages where they are set by hand, and what came of it for each."""
    row = intervention_or_404(year, intervention)
    pupils = sorted(rows_of(db(), PupilRow, row.school_id), key=lambda p: (p.status == "N", p.year_group, p.name))
    there = {each.pupil_id: each for each in rows_of(db(), TakesPartRow, row.school_id, intervention_id=row.id)}
    form = TakingPartForm()
    typed = request.form if form.is_submitted() else typed_before()
    entries = [_entry(pupil, there.get(pupil.id), typed) for pupil in pupils]
    faults = _faults(row, entries) if form.validate_on_submit() else []
    if form.is_submitted() and not faults and not form.errors:
        _keep_taking_part(row, entries, there)
        db().commit()
        flash(f"{row.name}: pupils saved", "success")
        return redirect(url_for("intervention.overview", year=year, intervention=intervention))
    return render_template(
        "provision/pupils.html", form=form, row=row, entries=entries, faults=faults, at=here(), year=AcademicYear(year),
        status_words=STATUS_WORDS, year_words=YEAR_WORDS, result_words=RESULT_WORDS,
    ), 400 if faults or form.errors else 200  # fmt: skip


def _entry(pupil: PupilRow, there: TakesPartRow | None, typed: Mapping[str, str] | None) -> dict[str, Any]:
    """One line of the table as it was typed, or as it is kept."""
    key = str(pupil.id)
    if typed is not None:
        shown = {name: typed.get(f"{name}-{key}", "").strip()[:40] for name in ("in", "percent", "result", "all")}
    else:
        shown = {
            "in": "y" if there else "",
            "percent": f"{there.percent:f}".rstrip("0").rstrip(".") if there and there.percent is not None else "",
            "result": there.result or "" if there else "",
            "all": "y" if there and there.carries_all else "",
        }
    return shown | {"pupil": pupil, "key": key}


def _faults(row: InterventionRow, entries: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """What is wrong with the table: (field, message)."""
    chosen = [entry for entry in entries if entry["in"]]
    faults = [
        (f"result-{entry['key']}", f"{entry['pupil'].name}: choose an outcome from the list")
        for entry in chosen
        if entry["result"] and entry["result"] not in RESULT_WORDS
    ]
    if row.basis == "by-place" and row.places is not None and len(chosen) > row.places:
        faults.append((f"in-{chosen[0]['key']}", f"There are {row.places} places and {len(chosen)} pupils"))
    if row.basis == "whole" and chosen and sum(bool(entry["all"]) for entry in chosen) != 1:
        faults.append((f"all-{chosen[0]['key']}", "Choose the one pupil who carries the whole cost"))
    return faults + (_percent_faults(chosen) if row.basis == "stated" else [])


def _percent(text: str) -> Decimal | None:
    try:
        return read_number(text, low=Decimal(0), high=Decimal(100), places=2)
    except MoneyError:
        return None


def _percent_faults(chosen: list[dict[str, Any]]) -> list[tuple[str, str]]:
    faults, total = [], Decimal(0)
    for entry in chosen:
        percent = _percent(entry["percent"])
        if percent is None:
            faults.append(
                (
                    f"percent-{entry['key']}",
                    f"{entry['pupil'].name}: enter a percentage from 0 to 100, with two decimals at most",
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
