"""The register of pupils, entered by hand: a name or a reference, year, SEN status, need."""

from collections.abc import Sequence
from typing import Any

from flask import url_for

from vfm.pupils.pupil import NEED_TYPES
from vfm.store.pupils import PupilRow
from vfm.web.fields import Day, Line, Menu, Options, Tick
from vfm.web.layout import day
from vfm.web.register import Column, Register, RowForm
from vfm.web.sen_status import STATUS_WORDS, check_since, history_of, keep_since, status_words

YEAR_WORDS = {"-1": "Nursery", "0": "Reception"} | {str(n): f"Year {n}" for n in range(1, 15)}
NEED_WORDS = {need.code: need.words for need in NEED_TYPES.values()}


class PupilForm(RowForm):
    """One pupil."""

    status_before: str | None = None  # what the status was until now

    name = Line(
        "Name or reference",
        missing="Enter a name or a reference",
        description="A reference that only your school understands is enough",
    )
    year_group = Menu("Year group", YEAR_WORDS.items(), missing="Choose the year group")
    status = Options("SEN status", STATUS_WORDS.items(), missing="Choose the SEN status")
    since = Day(
        "Since when?",
        description="If the status began or changed in this year. Left empty, it holds for the whole year",
    )
    need = Menu("Primary need", NEED_WORDS.items())
    pupil_premium = Tick("Receives pupil premium")
    eal = Tick("Has English as an additional language")
    top_up = Tick("The school receives top-up funding for this pupil")
    joined = Day("First day at the school", description="Leave empty if the pupil was here before the year began")
    left = Day(
        "Last day at the school",
        description="Leave empty unless the pupil has left or is leaving. Top-up for the pupil counts up to this day",
    )


class Pupils(Register):
    name, one, heading = "pupils", "pupil", "Pupils"
    why = (
        "The pupils who receive support, or the whole register. Nothing of this leaves the school: the plan holds counts only. "
        "If you would rather enter no pupils, leave this empty and give the size of each group with its intervention."
    )
    table, form = PupilRow, PupilForm
    brought_in = "pupils_import.upload"
    list_template = "claims/pupils.html"
    form_template = "register/pupil.html"

    def columns(self, year: int) -> Sequence[Column]:
        return (
            Column("Name or reference", lambda row: row.name),
            Column("Year group", lambda row: YEAR_WORDS.get(str(row.year_group), str(row.year_group))),
            Column("SEN status", lambda row: STATUS_WORDS[row.status]),
            Column("Primary need", lambda row: NEED_WORDS.get(row.need or "", "")),
            Column("Pupil premium", lambda row: "Yes" if row.pupil_premium else "No"),
            Column("Top-up", lambda row: "Yes" if row.top_up else "No"),
            Column("Left", lambda row: day(row.left)),
            Column(
                "Claim", lambda row: "Claim view", link=lambda row: url_for("claims.of_pupil", year=year, pupil=row.id)
            ),
        )

    def prepare(self, form: Any, year: int, row: Any) -> None:
        form.year_group.offer(YEAR_WORDS.items())
        form.need.offer(NEED_WORDS.items())

    def check(self, form: Any, year: int, row: Any) -> None:
        if form.status.data == "N" and form.need.data:
            form.need.errors = ["A pupil without SEN has no primary need: choose a status, or leave the need empty"]
        if form.top_up.data and form.status.data == "N":
            form.top_up.errors = ["Top-up is for a pupil with SEN: choose a status"]
        if form.joined.data and form.left.data and form.left.data < form.joined.data:
            form.left.errors = ["The last day must not be before the first day"]
        check_since(form, row)
        form.status_before = row.status if row else None

    def about(self, row: Any, year: int) -> dict[str, Any]:
        return {"history": [(each, status_words(each)) for each in reversed(history_of(row))] if row else []}

    def shown(self, row: Any) -> dict[str, Any]:
        history = history_of(row)
        return super().shown(row) | ({"since": history[-1].starts} if history else {})

    def values(self, form: Any) -> dict[str, Any]:
        values = super().values(form) | {"year_group": int(form.year_group.data)}
        del values["since"]
        return values

    def wrote(self, row: Any, form: Any) -> None:
        keep_since(row, form.status_before, form.since.data)


pages = Pupils().pages()
