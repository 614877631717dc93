"""Copies of interventions: one more of the same, or those of last year that go on."""

from collections.abc import Iterable, Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear
from vfm.store.copying import Copied, copy_those, copy_within_year
from vfm.store.provision import InterventionRow
from vfm.store.rows import rows_of
from vfm.web.database import db
from vfm.web.intervention import intervention_or_404
from vfm.web.intervention_form import TIER_WORDS
from vfm.web.permissions import Permission, here, permit
from vfm.web.register import ADDRESS
from vfm.web.review import review_or_404
from vfm.web.school import now_by
from vfm.web.text import LONGEST_LINE

pages = Blueprint("copying", __name__, url_prefix=f"{ADDRESS}/provision-map")


@pages.post("/<int:intervention>/duplicate")
@permit(Permission.REVIEW)
def duplicate(year: int, intervention: int) -> ResponseReturnValue:
    """A copy with the same people and without outcomes, opened for change."""
    row = intervention_or_404(year, intervention)
    names = {each.name for each in rows_of(db(), InterventionRow, row.school_id, year=year)}
    copy = copy_within_year(db(), row, free_name(row.name, names), now_by())
    db().commit()
    flash(
        f"{copy.name}: this is a copy with the same people, without outcomes and without other costs. "
        "Give it its own name and change what differs",
        "success",
    )
    return redirect(url_for("provision-map.change", year=year, row=copy.id))


def free_name(name: str, names: set[str]) -> str:
    """The name of a copy that nothing on the map has yet."""
    number, ending = 1, " (copy)"
    while (free := name[: LONGEST_LINE - len(ending)] + ending) in names:
        number += 1
        ending = f" (copy {number})"
    return free


@pages.route("/copy", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def last_year(year: int) -> ResponseReturnValue:
    """Last year's interventions with boxes to tick; those whose name is on this year's map already say so."""
    review_or_404(year)
    before = rows_of(db(), InterventionRow, here().school.id, year=year - 1)
    there = {row.name.casefold() for row in rows_of(db(), InterventionRow, here().school.id, year=year)}
    asked = set(request.form.getlist("copy"))
    chosen = [row for row in before if str(row.id) in asked]
    if chosen:
        flash(_copy(chosen, year), "success")
        db().commit()
        return redirect(url_for("provision-map.overview", year=year))
    refused = request.method == "POST"
    return render_template(
        "provision/copy.html", at=here(), year=AcademicYear(year), before=AcademicYear(year - 1), refused=refused,
        rows=[(row, row.name.casefold() in there) for row in before], tier_words=TIER_WORDS,
    ), 400 if refused else 200  # fmt: skip


def _copy(chosen: Iterable[InterventionRow], year: int) -> str:
    """Copies those whose name is not on the map yet; returns what was done, in words."""
    found = copy_those(db(), here().school.id, chosen, year, now_by())
    already = f"On this year’s map already, so not copied again: {', '.join(found.there)}" if found.there else ""
    return ". ".join(words for words in (copied_words(found.done), already) if words)


def copied_words(done: Sequence[Copied]) -> str:
    """What was copied and what was not, in words."""
    if not done:
        return "Nothing was copied"
    pupils, left = sum(each.pupils for each in done), sum(each.pupils_left for each in done)
    costs, over = sum(each.costs for each in done), sum(each.costs_over for each in done)
    said = f"Copied from last year: {_many(len(done), 'intervention')}"
    said += f", with their staff, {_many(pupils, 'place')} of pupils and {_many(costs, 'running cost')}"
    gone = [
        f"{_many(left, 'place')} of pupils who have left" if left else "",
        f"{_many(over, 'cost')} of last year alone" if over else "",
    ]
    not_copied = " and ".join(part for part in gone if part)
    said += f". Not copied: {not_copied}" if not_copied else ""
    return f"{said}. All their figures are marked as estimated; look through them"


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
