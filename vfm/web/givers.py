"""Who exactly gives an intervention: which member of staff of each role, where the school wants to say so."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear
from vfm.store.givers import Key, Part, givers_of, number_of, parts_for, set_givers
from vfm.store.provision import InterventionRow
from vfm.store.rows import change_row, rows_of
from vfm.store.staff import StaffRoleRow, StaffRow
from vfm.web.database import db
from vfm.web.fields import Menu
from vfm.web.intervention import intervention_or_404
from vfm.web.permissions import Permission, here, permit
from vfm.web.register import ADDRESS, RowForm
from vfm.web.school import now_by

pages = Blueprint("givers", __name__, url_prefix=f"{ADDRESS}/provision-map/<int:intervention>/givers")
NOBODY = "Nobody in particular"
CHANGED = "Somebody else changed this intervention while you were choosing. Look at it once more, then save again."


@dataclass(frozen=True, slots=True)
class Place:
    """One of those who give it: its menu, who stands in it, and who may."""

    field: str
    label: str
    role: int
    chosen: int | None
    offered: tuple[tuple[str, str], ...]


@pages.route("", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def choose(year: int, intervention: int) -> ResponseReturnValue:
    """A menu of the staff of the role for each who gives it; all of them may stay empty."""
    row = intervention_or_404(year, intervention)
    there = givers_of(db(), row.school_id, row.id)
    places = _places(row, there)
    form = _form(places, row)
    if form.validate_on_submit() and _each_once(form, places) and _kept(form, places, there, row):
        db().commit()
        flash(f"{row.name}: who gives it has been saved", "success")
        return redirect(url_for("intervention.overview", year=year, intervention=intervention))
    shown = {"form": form, "row": row, "places": places, "at": here(), "year": AcademicYear(year)}
    return render_template("provision/givers.html", **shown), 400 if form.errors else 200


def _places(row: InterventionRow, there: dict[Key, list[Part]]) -> list[Place]:
    roles = {role.id: role.name for role in rows_of(db(), StaffRoleRow, row.school_id)}
    staff = rows_of(db(), StaffRow, row.school_id)
    return [place for (_, role), parts in there.items() if role for place in _of_role(role, roles[role], parts, staff)]


def _of_role(role: int, name: str, parts: Sequence[Part], staff: Sequence[StaffRow]) -> list[Place]:
    """As many menus as there are to give it, and no more than there are people to choose from."""
    named = [person for _, person in parts if person is not None]
    offered = tuple((str(each.id), each.name) for each in staff if each.role_id == role or each.id in named)
    count = min(ceil(number_of(parts)), len(offered))
    chosen = [*named, *[None] * count][:count]
    return [
        Place(f"person_{role}_{n}", name if count == 1 else f"{name}, {n} of {count}", role, person, offered)
        for n, person in enumerate(chosen, start=1)
    ]


def _form(places: Sequence[Place], row: InterventionRow) -> Any:
    """A form with a menu for each place."""
    made = type("GiversForm", (RowForm,), {each.field: Menu(each.label) for each in places})
    form = made(version=str(row.version), **{each.field: each.chosen for each in places})
    for each in places:
        form[each.field].offer(each.offered)
        form[each.field].choices[0].label = NOBODY
    return form


def _each_once(form: Any, places: Sequence[Place]) -> bool:
    chosen: set[str] = set()
    for each in places:
        field = form[each.field]
        if field.data and field.data in chosen:
            field.errors = [f"{dict(each.offered)[field.data]} stands here twice, and can be in a session once"]
        chosen.add(field.data)
    return not form.errors


def _kept(form: Any, places: Sequence[Place], there: dict[Key, list[Part]], row: InterventionRow) -> bool:
    """Writes who was chosen, unless somebody changed the intervention since the page was made."""
    if not change_row(db(), row, form.version_typed, now_by(), f"intervention {row.id}"):
        db().rollback()
        db().expire_all()
        form.version.data = str(row.version)
        form.form_errors.append(CHANGED)
        return False
    wanted = dict(there)
    for key, parts in there.items():
        people = [int(form[each.field].data) for each in places if each.role == key[1] and form[each.field].data]
        if key[1] is not None:
            wanted[key] = parts_for(number_of(parts), people)
    set_givers(db(), row.school_id, row.id, wanted, now_by())
    return True
