"""A pupil's SEN status by day: the register of what began when, and what the pupil's own page keeps of it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from flask import abort, request, url_for

from vfm.costing.calendar import AcademicYear
from vfm.store.pupils import PupilRow, SenStatusRow
from vfm.store.rows import add_row, change_row, row_of, rows_of
from vfm.web.database import db
from vfm.web.fields import Day, Options
from vfm.web.layout import day
from vfm.web.permissions import here
from vfm.web.register import Column, Register, RowForm
from vfm.web.school import now_by, today

STATUS_WORDS = {"N": "No SEN", "K": "SEN Support (K)", "E": "EHC plan (E)"}


class StatusForm(RowForm):
    """A status, and the day on which it began."""

    starts = Day("Since when?", missing="Enter the day on which it began")
    status = Options("SEN status", STATUS_WORDS.items(), missing="Choose the SEN status")


class Statuses(Register):
    name, one, heading = "statuses", "SEN status", "SEN status by day"
    why = (
        "What the pupil's SEN status was from which day on. Before the first day the pupil counts as without SEN. "
        "If nothing stands here, the status on the pupil's page holds for the whole time."
    )
    table, form = SenStatusRow, StatusForm
    address = "/pupils/<int:pupil>/statuses"

    def where(self, year: int) -> dict[str, Any]:
        return {"pupil_id": _pupil_or_404().id}

    def rows(self, year: int) -> Sequence[Any]:
        return history_of(_pupil_or_404())

    def columns(self, year: int) -> Sequence[Column]:
        return (
            Column("Since", lambda row: day(row.starts)),
            Column("SEN status", lambda row: STATUS_WORDS[row.status]),
        )

    def title_of(self, row: Any) -> str:
        return status_words(row)

    def check(self, form: Any, year: int, row: Any) -> None:
        if form.starts.data > today():
            form.starts.errors = ["The day must not be after today"]
        others = [each for each in self.rows(year) if row is None or each.id != row.id]
        if any(each.starts == form.starts.data for each in others):
            form.starts.errors = ["A status begins on this day already: change that one"]

    def wrote(self, row: Any, form: Any) -> None:
        _follow(_pupil_or_404())

    def remove(self, row: Any) -> None:
        super().remove(row)
        _follow(_pupil_or_404())

    def after(self, row: Any, year: int) -> str:
        return url_for("pupils.change", year=year, row=row.pupil_id)


def _pupil_or_404() -> PupilRow:
    identity = int((request.view_args or {})["pupil"])
    if identity >= 1 << 63:
        abort(404)
    return row_of(db(), PupilRow, here().school.id, identity, erased=None) or abort(404)


def history_of(pupil: PupilRow) -> list[SenStatusRow]:
    """A pupil's statuses by day, the newest last."""
    rows = rows_of(db(), SenStatusRow, pupil.school_id, pupil_id=pupil.id)
    return sorted(rows, key=lambda row: row.starts)


def status_words(row: SenStatusRow) -> str:
    """Such as SEN Support (K) since 3 November 2026."""
    return f"{STATUS_WORDS[row.status]} since {day(row.starts)}"


def _follow(pupil: PupilRow) -> None:
    """The pupil's own status is the newest of those by day. Where none is left, it stays and holds for the whole time."""
    history = history_of(pupil)
    if history and history[-1].status != pupil.status:
        change_row(db(), pupil, pupil.version, now_by(), f"pupil {pupil.id}", status=history[-1].status)


def check_since(form: Any, pupil: PupilRow | None) -> None:
    """Says beside the field what is wrong with the day since which the status on a pupil's page holds."""
    since, history = form.since.data, history_of(pupil) if pupil else []
    if since and since > today():
        form.since.errors = ["The day must not be after today"]
    if form.since.errors or pupil is None or not history:
        return
    newest, before = history[-1], history[-2] if len(history) > 1 else None
    changed = form.status.data != pupil.status
    if since is None:
        form.since.errors = ["Enter since when this status holds; earlier ones are in the list below"]
    elif changed and since <= newest.starts:
        form.since.errors = [f"{status_words(newest)}: enter the later day from which the new status holds"]
    elif not changed and before and since <= before.starts:
        form.since.errors = [f"{status_words(before)}: this status can only have begun later"]


def keep_since(pupil: PupilRow, status_before: str | None, since: dt.date | None) -> None:
    """Keeps the day since which a pupil's status holds. `status_before`: what it was until now, None for a new pupil."""
    history, what = history_of(pupil), f"SEN status of pupil {pupil.id}"
    if since is None or (not history and pupil.status == "N" and status_before in (None, "N")):
        return
    if history and history[-1].status == pupil.status:
        if history[-1].starts != since:
            change_row(db(), history[-1], history[-1].version, now_by(), what, starts=since)
        return
    earlier = _since_before(pupil, since)
    if not history and status_before not in (None, "N", pupil.status) and earlier < since:
        _add(pupil, earlier, str(status_before), what)
    _add(pupil, since, pupil.status, what)


def _since_before(pupil: PupilRow, since: dt.date) -> dt.date:
    """From when a status without a day is counted, once another has followed it: from joining, else from 1 September."""
    return pupil.joined or AcademicYear.holding(since).first_day


def _add(pupil: PupilRow, starts: dt.date, status: str, what: str) -> None:
    add_row(db(), SenStatusRow, pupil.school_id, now_by(), what, pupil_id=pupil.id, starts=starts, status=status)


pages = Statuses().pages()
