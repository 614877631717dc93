"""What a pupil or a parent says of support: of one line of the map, or of the year as a whole."""

from collections.abc import Sequence
from typing import Any

from flask import request

from vfm.store.provision import InterventionRow, intervention_rows_of_pupil
from vfm.store.pupil_views import PupilViewRow
from vfm.store.rows import row_of
from vfm.value.pupil_record import Voice
from vfm.web.about_pupil import AboutPupil, check_day, pupil_here
from vfm.web.database import db
from vfm.web.fields import Day, Menu, Options, Prose
from vfm.web.layout import day
from vfm.web.permissions import here
from vfm.web.register import Column, RowForm

WHOLE_YEAR = "year"
WORTH = "Was it worth it?"


class ViewForm(RowForm):
    """One view."""

    of = Menu("What is it about?", missing="Choose what it is about")
    voice = Options("Whose view is it?", [(each.value, each.words) for each in Voice], missing="Say whose view it is")
    on = Day("When was it said?", missing="Enter the day on which it was said")
    said = Prose(
        "What was said?", missing="Write what was said", longest=2_000, rows=4,
        description="In their own words, as far as you can. Do not name other children",
    )  # fmt: skip
    worth_it = Options(WORTH, (("yes", "Yes"), ("no", "No"), ("", "Not asked")))


class Views(AboutPupil):
    name, one, heading = "views", "view", "Views of the pupil and of parents"
    why = (
        "What the pupil or a parent says of the support in this year: of one line of the map, or of the year as a whole. It "
        "stands on the pupil’s page beside what it is about. Ask while the support runs, not only when it is over."
    )
    table, form = PupilViewRow, ViewForm
    address = "/pupils/<int:pupil>/record/views"

    def columns(self, year: int) -> Sequence[Column]:
        names = {str(each.id): each.name for each in _lines(year)}
        worth = {True: "Yes", False: "No", None: "Not asked"}
        return (
            Column("Whose", lambda row: Voice(row.voice).words),
            Column("What was said", lambda row: row.said),
            Column("Of what", lambda row: names.get(str(row.intervention_id)) or _of_words(row)),
            Column("When", lambda row: day(row.on)),
            Column("Worth it?", lambda row: worth[row.worth_it]),
        )

    def prepare(self, form: Any, year: int, row: Any) -> None:
        lines = _lines(year, row)
        form.of.offer([*((str(each.id), each.name) for each in lines), (WHOLE_YEAR, "The year as a whole")])
        asked = request.args.get("line", "")
        if row is None and not form.is_submitted() and asked in {WHOLE_YEAR, *(str(each.id) for each in lines)}:
            form.of.data = asked
        missed = {each.lesson for each in lines if each.withdrawn and each.lesson and str(each.id) == form.of.data}
        form.worth_it.description = f"Such as: was it worth missing {missed.pop() if missed else 'art'} for?"

    def check(self, form: Any, year: int, row: Any) -> None:
        check_day(form.on, year)

    def shown(self, row: Any) -> dict[str, Any]:
        return super().shown(row) | {"of": str(row.intervention_id or WHOLE_YEAR)}

    def values(self, form: Any) -> dict[str, Any]:
        values = super().values(form)
        of = values.pop("of")
        return values | {"intervention_id": None if of == WHOLE_YEAR else int(of)}

    def title_of(self, row: Any) -> str:
        return f"{Voice(row.voice).words}, {day(row.on)}"


def _lines(year: int, row: Any = None) -> list[InterventionRow]:
    """What the pupil takes part in in the year, and what a view that is kept already is about."""
    pupil = pupil_here()
    lines = intervention_rows_of_pupil(db(), pupil.school_id, pupil.id, year)
    kept = row.intervention_id if row is not None else None
    if kept and kept not in {each.id for each in lines}:
        its = row_of(db(), InterventionRow, here().school.id, kept)
        lines += [its] if its else []
    return lines


def _of_words(row: PupilViewRow) -> str:
    """What a view is about where the pupil does not take part in it any more."""
    its = row_of(db(), InterventionRow, row.school_id, row.intervention_id) if row.intervention_id else None
    return its.name if its else "The year as a whole"


pages = Views().pages()
