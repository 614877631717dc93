"""The waiting list: which pupil waits for what, since when, of whom it was asked, and until when."""

from collections.abc import Mapping, Sequence
from typing import Any

from vfm.store.pupils import PupilRow
from vfm.store.rows import rows_of
from vfm.store.waiting import WaitingRow
from vfm.web.about_pupil import hold_pupil
from vfm.web.database import db
from vfm.web.fields import Day, Line, Menu
from vfm.web.layout import day
from vfm.web.permissions import here
from vfm.web.pupil_names import called
from vfm.web.register import Column, Register, RowForm
from vfm.web.school import today


class WaitingForm(RowForm):
    """Somebody who waits."""

    pupil_id = Menu("Pupil", missing="Choose the pupil")
    waits_for = Line(
        "Waiting for what?",
        missing="Enter what the pupil is waiting for",
        description="Such as an assessment by a speech therapist",
    )
    since = Day("Since when?", missing="Enter the day since which the pupil has been waiting")
    asked_of = Line("Asked of whom?", description="Such as the educational psychology service")
    until = Day(
        "Until when?", description="The day on which the waiting ended. Leave empty while the pupil is still waiting"
    )


class Waiting(Register):
    name, one, heading = "waiting", "waiting list entry", "Waiting list"
    why = (
        "Pupils who wait for something that the school has asked for: an assessment, a therapist, a place. Kept with its days, it "
        "shows how long they wait, and for whom. Those who still wait stand first, the longest first."
    )
    table, form = WaitingRow, WaitingForm

    def rows(self, year: int) -> Sequence[Any]:
        rows = rows_of(db(), WaitingRow, here().school.id)
        return sorted(rows, key=lambda row: (row.until is not None, row.since))

    def columns(self, year: int) -> Sequence[Column]:
        names = _names()
        return (
            Column("Pupil", lambda row: names[row.pupil_id]),
            Column("Waiting for", lambda row: row.waits_for),
            Column("Since", lambda row: day(row.since)),
            Column("Asked of", lambda row: row.asked_of),
            Column("Until", lambda row: day(row.until) if row.until else "Still waiting"),
            Column("Weeks", lambda row: ((row.until or max(today(), row.since)) - row.since).days // 7, right=True),
        )

    def prepare(self, form: Any, year: int, row: Any) -> None:
        form.pupil_id.offer((str(key), name) for key, name in _names().items())

    def check(self, form: Any, year: int, row: Any) -> None:
        if form.since.data > today():
            form.since.errors = ["The day must not be after today"]
        if form.until.data and form.until.data < form.since.data:
            form.until.errors = ["The day on which the waiting ended must not be before the day on which it began"]

    def hold(self, form: Any) -> None:
        hold_pupil(int(form.pupil_id.data))

    def values(self, form: Any) -> dict[str, Any]:
        return super().values(form) | {"pupil_id": int(form.pupil_id.data)}

    def title_of(self, row: Any) -> str:
        return f"{_names()[row.pupil_id]}: {row.waits_for}"


def _names() -> Mapping[int, str]:
    return {row.id: called(row) for row in rows_of(db(), PupilRow, here().school.id, erased=None)}


pages = Waiting().pages()
