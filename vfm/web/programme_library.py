"""The starter library of programmes: what is known of each, with its sources, to tick and take over at once."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear
from vfm.costing.intervention import Tier
from vfm.costing.programme import Programme
from vfm.pupils.pupil import AREA_WORDS
from vfm.store.programmes import ProgrammeRow, add_from_library, catalogue_of, hold_catalogue
from vfm.store.rows import rows_of
from vfm.web.bank import library
from vfm.web.database import db
from vfm.web.fields import Form, Line, Menu
from vfm.web.permissions import Permission, here, permit
from vfm.web.register import ADDRESS
from vfm.web.review import review_or_404
from vfm.web.school import now_by

pages = Blueprint("programme_library", __name__, url_prefix=f"{ADDRESS}/programmes/library")
NAMED_AT_MOST = 5


class Search(Form):
    """What to show of the library. It stands in the address, so it needs no token."""

    class Meta:
        csrf = False

    words = Line("Name or word")
    area = Menu("Area of need")
    tier = Menu("Tier")


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry of the library, and what the school calls it where it is on the school's list."""

    entry: Programme
    there: str


@pages.route("/", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def choose(year: int) -> ResponseReturnValue:
    """Shows what fits the search, and adds what is ticked; what is on the list already is left as it is."""
    review_or_404(year)
    ticked = [library().by_key[key] for key in dict.fromkeys(request.form.getlist("entry")) if key in library().by_key]
    if ticked:
        _add(ticked)
        return redirect(url_for("programmes.overview", year=year))
    search = _search()
    found = library().matching(*(search[name].data or "" for name in ("words", "area", "tier")))
    there = _there()
    shown = [Shown(entry, there(entry)) for entry in sorted(found, key=lambda each: each.name.casefold())]
    missed = request.method == "POST"
    page = render_template(
        "programmes/library.html", search=search, shown=shown, number=len(library()), missed=missed,
        year=AcademicYear(year), at=here(),
    )  # fmt: skip
    return page, 400 if missed else 200


def _search() -> Any:
    search = Search(formdata=request.args)
    search.area.offer((area.value, words) for area, words in AREA_WORDS.items())
    search.tier.offer((tier.value, tier.value.capitalize()) for tier in Tier)
    for menu in (search.area, search.tier):
        menu.choices[0].label = "Any"
    if not search.validate():
        for field in (field for field in search if field.errors):
            field.data, field.errors = "", []
    return search


def _there() -> Any:
    """What the school calls an entry, or nothing: by the entry a programme came from, else by any of the entry's names."""
    own = catalogue_of(db(), here().school.id)
    taken = {row.library: row.name for row in rows_of(db(), ProgrammeRow, here().school.id)}

    def name_of(entry: Programme) -> str:
        found = own.shared_by(entry)
        return taken.get(entry.key) or (found.name if found else "")

    return name_of


def _add(ticked: list[Programme]) -> None:
    hold_catalogue(db(), here().school.id)
    there, by = _there(), now_by()
    new = [entry for entry in ticked if not there(entry)]
    for entry in new:
        add_from_library(db(), here().school.id, entry, by)
    db().commit()
    names = ", ".join(entry.name for entry in new) if len(new) <= NAMED_AT_MOST else f"{len(new)} programmes"
    flash(f"Added to your list: {names}" if new else "Everything you ticked was on your list already", "success")
