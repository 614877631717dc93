"""Many interventions entered at once: a grid to type in or to paste a sheet into, saved as a whole or not at all."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear
from vfm.store.programmes import hold_catalogue
from vfm.store.provision import GiverRow, InterventionRow
from vfm.store.rows import add_row, rows_of
from vfm.store.staff import StaffRoleRow
from vfm.web.cells import Fault, Faults, Line, lines_of, said_beside
from vfm.web.database import db
from vfm.web.drafts import typed_before
from vfm.web.fields import Form
from vfm.web.giver_fields import AGENCY
from vfm.web.grid_cells import CELLS, MOST_LINES, TIERS, check_lines, paste_into
from vfm.web.permissions import Permission, here, permit
from vfm.web.register import ADDRESS
from vfm.web.review import review_or_404
from vfm.web.school import now_by

pages = Blueprint("grid", __name__, url_prefix=f"{ADDRESS}/provision-map/many")
AT_FIRST, MORE = 10, 10
LONGEST_PASTE = 100_000


class GridForm(Form):
    """Lines of interventions; their cells are read from the request, one by one."""


@pages.route("", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def enter(year: int) -> ResponseReturnValue:
    """The grid; every wrong cell is named, and nothing is saved before all are right."""
    review_or_404(year)
    form = GridForm()
    sent = form.is_submitted()
    typed = request.form if sent else typed_before()
    lines = lines_of(typed, range(1, _how_many(typed) + 1), CELLS)
    pasted = (typed.get("pasted", "") if typed else "").replace("\r\n", "\n")[:LONGEST_PASTE]
    wrong = paste_into(lines, pasted) if sent else ""
    faults = [Fault("pasted", wrong)] if wrong else []
    saving = sent and "more" not in request.form and "fill" not in request.form and not pasted.strip()
    if saving and form.validate():
        faults = _save(year, lines)
        if not faults:
            return redirect(url_for("provision-map.overview", year=year))
    filled = len([line for line in lines if line.filled]) if sent and pasted.strip() and not wrong else 0
    return render_template(
        "provision/many.html", form=form, lines=lines, cells=CELLS, faults=faults, wrong=said_beside(faults), at=here(),
        year=AcademicYear(year),        pasted=pasted if wrong or not sent else "", filled=filled, most=MOST_LINES, roles=_names(), tiers=TIERS,
    ), 400 if faults or form.errors else 200  # fmt: skip


def _how_many(typed: Mapping[str, str] | None) -> int:
    """How many lines the page had, and more where these were asked for."""
    text = (typed or {}).get("lines", "")
    there = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else AT_FIRST
    return max(AT_FIRST, min(MOST_LINES, there + (MORE if typed and "more" in typed else 0)))


def _names() -> list[str]:
    return [role.name for role in rows_of(db(), StaffRoleRow, here().school.id)]


def _save(year: int, lines: list[Line]) -> Faults:
    """Saves every line in one transaction, or none; returns what is wrong."""
    school = here().school.id
    hold_catalogue(db(), school)  # the same grid that is sent twice finds its names on the map
    roles: dict[str, int | None] = {role.name.casefold(): role.id for role in rows_of(db(), StaffRoleRow, school)}
    there = {row.name.casefold() for row in rows_of(db(), InterventionRow, school, year=year)}
    faults = check_lines(lines, {AGENCY: None} | roles, there)
    if faults:
        return faults
    filled = [line for line in lines if line.filled]
    for line in filled:
        _add(year, line)
    db().commit()
    flash(
        f"{len(filled)} intervention{'s have' if len(filled) > 1 else ' has'} been added, marked as estimated",
        "success",
    )
    return []


def _add(year: int, line: Line) -> None:
    by, school, values = now_by(), here().school.id, line.values
    row = add_row(
        db(), InterventionRow, school, by, "intervention", year=year, name=values["name"], tier=values["tier"],
        minutes=values["minutes"], sessions_a_week=values["a_week"], weeks=values["weeks"],
        group_size=None if values["pupils"] is None else int(values["pupils"]),
        preparation_minutes=values["preparation"], estimated=True,
    )  # fmt: skip
    add_row(
        db(), GiverRow, school, by, "who gives it", intervention_id=row.id, number=values["number"],
        kind="staff" if values["role"] else AGENCY, role_id=values["role"],
    )  # fmt: skip
