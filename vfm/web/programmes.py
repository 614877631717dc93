"""The register of programmes: the school's catalogue, each with its other names, and which interventions use it."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear
from vfm.costing.catalogue import Catalogue, first_come
from vfm.costing.programme import KINDS, Usual, exactly
from vfm.store.programme_uses import join, numbers_of_uses, uses_of
from vfm.store.programmes import BETWEEN, ProgrammeRow, aliases_in, as_aliases, as_programme, hold_catalogue
from vfm.store.provision import InterventionRow
from vfm.store.rows import row_of, rows_of
from vfm.web.database import db
from vfm.web.fields import Form, Line, Menu, Number, Options, Prose
from vfm.web.intervention_form import AREAS, TIER_WORDS
from vfm.web.naming import USUAL, entry_of, usual_of
from vfm.web.permissions import Permission, here, permit
from vfm.web.register import Column, Register, RowForm
from vfm.web.review import review_or_404
from vfm.web.school import now_by
from vfm.web.text import LONGEST_LINE

MOST_NAMES = 2_000
LISTED_NAMES = 3


class ProgrammeForm(RowForm):
    """One programme."""

    name = Line("Name of the programme", missing="Enter the name of the programme")
    aliases = Prose(
        "Other names it goes by",
        rows=2,
        longest=MOST_NAMES,
        description="With a semicolon between two, such as: Lexia; Core5. Whoever types one of them means this programme",
    )
    kind = Menu("Type")
    tier = Options("Tier", TIER_WORDS.items(), missing="Choose the tier")
    need = Menu("Area of need")
    minutes = Number("Usual minutes of one session", low="1", high="1000", suffix="minutes")
    sessions_a_week = Number("Usual sessions a week", low="0.01", suffix="a week")
    weeks = Number("Usual number of weeks", low="0.01", high="53", suffix="weeks")
    notes = Prose(
        "Notes", rows=3, longest=MOST_NAMES, description="For example, who is trained, and where the material is"
    )


class Programmes(Register):
    name, one, heading = "programmes", "programme", "Programmes"
    why = (
        "What your school calls its programmes, each once, with its other names, so that its years can be compared. "
        "The quickest way to fill it is to tick in the library what you use. A new name typed with an intervention comes here by itself."
    )
    table, form = ProgrammeRow, ProgrammeForm
    list_template, form_template = "programmes/list.html", "programmes/programme.html"

    def rows(self, year: int) -> Sequence[Any]:
        return sorted(super().rows(year), key=lambda row: row.name.casefold())

    def columns(self, year: int) -> Sequence[Column]:
        uses = numbers_of_uses(db(), here().school.id)
        return (
            Column("Programme", lambda row: row.name),
            Column("Other names", _some_names),
            Column("Type", lambda row: row.kind.capitalize()),
            Column("Tier", lambda row: row.tier.capitalize()),
            Column("Area of need", lambda row: row.need),
            Column("Usual", lambda row: usual_of(row).when),
            Column("Interventions, all years", lambda row: str(uses.get(row.id, 0)), right=True),
        )

    def prepare(self, form: Any, year: int, row: Any) -> None:
        form.kind.offer((kind, kind.capitalize()) for kind in KINDS)
        form.need.offer((area, area) for area in AREAS)

    def check(self, form: Any, year: int, row: Any) -> None:
        hold_catalogue(db(), here().school.id)
        others = _others(row)
        _check_free(form.name, [form.name.data], others)
        _check_free(form.aliases, _typed_aliases(form), others)

    def values(self, form: Any) -> dict[str, Any]:
        names = {"aliases": as_aliases(_typed_aliases(form), form.name.data)}
        return super().values(form) | names | {"kind": form.kind.data or "", "need": form.need.data or ""}

    def about(self, row: Any, year: int) -> dict[str, Any]:
        if row is None:
            return {}
        uses = [(AcademicYear(each.year), each, _when(each)) for each in uses_of(db(), row)]
        return {"uses": uses, "entry": entry_of(row), "others": len(_others(row))}


def _some_names(row: ProgrammeRow) -> str:
    names = aliases_in(row.aliases, row.name)
    more = len(names) - LISTED_NAMES
    return BETWEEN.join(names[:LISTED_NAMES]) + (f" and {more} more" if more > 0 else "")


def _typed_aliases(form: Any) -> list[str]:
    return aliases_in(form.aliases.data.replace("\n", ";"), form.name.data)


def _others(row: Any) -> Catalogue:
    """The school's programmes beside this one."""
    rows = rows_of(db(), ProgrammeRow, here().school.id)
    return first_come([as_programme(each) for each in rows if row is None or each.id != row.id])


def _check_free(field: Any, names: Sequence[str], others: Catalogue) -> None:
    """Refuses a name that another programme answers to."""
    for name in names:
        other = others.find(name)
        if other:
            field.errors = [f"“{name}” is a name of {other.name}, which is on your list. If the two are one, join them"]
        elif len(name) > LONGEST_LINE:
            field.errors = [f"{field.label.text}: each must be {LONGEST_LINE} characters or fewer"]


def _when(it: InterventionRow) -> str:
    minutes, a_week, weeks, in_total = (exactly(getattr(it, field)) for field in USUAL)
    return Usual(minutes, a_week, weeks, in_total).when


pages = Programmes().pages()


class SameForm(Form):
    """Which programme another one is the same as."""

    kept = Menu("Which programme is it the same as?", missing="Choose the programme that it is the same as")


@pages.route("/<int:row>/same-as", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def same_as(year: int, row: int) -> ResponseReturnValue:
    """Joins a programme with another one: two names that turned out to be one thing."""
    review_or_404(year)
    if request.method == "POST":
        hold_catalogue(db(), here().school.id)
    gone = _row_or_404(row)
    form = SameForm()
    others = {str(each.id): each for each in rows_of(db(), ProgrammeRow, here().school.id) if each.id != gone.id}
    form.kept.offer(sorted(((key, each.name) for key, each in others.items()), key=lambda each: each[1].casefold()))
    if form.validate_on_submit():
        kept, was = others[form.kept.data], gone.name
        names = join(db(), gone, kept, now_by())
        if len(names) <= MOST_NAMES:
            db().commit()
            flash(f"{was} and {kept.name} are one programme now, called {kept.name}", "success")
            return redirect(url_for(".change", year=year, row=kept.id))
        db().rollback()
        db().expire_all()
        gone = _row_or_404(row)
        form.kept.errors = ["Together they have too many other names: take some out of one of them first"]
    page, uses = "programmes/same.html", len(uses_of(db(), gone))
    shown = {"row": gone, "uses": uses, "others": others, "form": form, "year": AcademicYear(year), "at": here()}
    return render_template(page, **shown), 400 if form.errors else 200


def _row_or_404(identity: int) -> ProgrammeRow:
    found = row_of(db(), ProgrammeRow, here().school.id, identity) if identity < 1 << 63 else None
    return found or abort(404)
