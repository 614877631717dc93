"""Takes a school's details over from an extract of the national register of schools: looked at first, and by leadership only."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.validators import ValidationError

from vfm.questions.school import KIND_WORDS
from vfm.questions.school_details import URN, SchoolDetails, details_of, find_school, heading_row
from vfm.sheets.kept import clean, from_plain, to_plain
from vfm.sheets.reading import read_table
from vfm.sheets.table import Limits, SheetError, Table
from vfm.store.accounts import SchoolRow
from vfm.store.audit import record
from vfm.store.imports import drop_sheet, find_sheet, keep_sheet
from vfm.web.database import db, end
from vfm.web.fields import Form, Line, Upload
from vfm.web.permissions import Permission, here, me, permit
from vfm.web.school import now_by, this_year
from vfm.web.uploads import LARGEST_FILE, takes_a_file

pages = Blueprint("school_details", __name__, url_prefix="/school/<school>/details")
KIND = "school-details"
LIMITS = Limits(size=LARGEST_FILE, rows=60_000, columns=200)
LABELS = {
    "urn": "Unique reference number", "name": "Name", "kind": "Kind of school", "academy": "Academy or free school",
    "lowest_age": "Youngest pupils' age", "highest_age": "Oldest pupils' age",
    "unit_or_resourced_provision": "SEN unit or resourced provision",
}  # fmt: skip


class ExtractForm(Form):
    """The extract, and which school in it."""

    urn = Line(
        "The school's unique reference number (URN)", longest=6, width="10",
        description="Six figures. Left empty, the school is looked for by its name",
    )  # fmt: skip
    file = Upload(
        "The extract, as CSV",
        missing="Choose the file",
        description="5 MB at most: on Get Information about Schools, search for your school or authority, and download the results",
    )

    def validate_urn(self, field: Any) -> None:
        if field.data and not URN.fullmatch(field.data):
            raise ValidationError("The number must be six figures, such as 123456")


class TakeOverForm(Form):
    """Agreement to what was seen."""


@pages.route("/", methods=["GET", "POST"])
@takes_a_file
@permit(Permission.LEAD)
def upload() -> ResponseReturnValue:
    """Where the extract is chosen."""
    form = ExtractForm(urn=here().school.urn)
    if form.validate_on_submit():
        school, name, account, by = here().school.id, here().school.name, me().id, now_by()
        called, data = clean(form.file.data.filename)[:200], form.file.data.read(LARGEST_FILE + 1)
        end()  # reading takes a second or two, in which others can save
        try:
            table = read_table(data, lenient=True, limits=LIMITS)
            only = Table([heading_row(table)[0], find_school(table, form.urn.data, name)])
        except SheetError as wrong:
            form.file.errors = [f"{called} cannot be used: {wrong}"]
        else:
            row = keep_sheet(db(), school, account, this_year(), KIND, called, to_plain(only), by.at)
            address = url_for(".preview", draft=row.id)
            db().commit()
            return redirect(address)
    return render_template("school/details.html", form=form), 400 if form.errors else 200


@pages.route("/<int:draft>", methods=["GET", "POST"])
@permit(Permission.LEAD)
def preview(draft: int) -> ResponseReturnValue:
    """What would change, and the button that changes it."""
    school, form = here().school, TakeOverForm()
    if draft >= 1 << 63:
        abort(404)
    row = find_sheet(db(), school.id, me().id, this_year(), KIND, draft, now_by().at) or abort(404)
    found = details_of(*(each.cells for each in from_plain(row.sheet).rows))
    changes = changes_of(school, found)
    if form.validate_on_submit():
        old = {name: str(getattr(school, name)) for name in changes}
        for name, value in changes.items():
            setattr(school, name, value)
        record(
            db(), school.id, now_by(), "changed", "the school's profile", old, {k: str(v) for k, v in changes.items()}
        )
        drop_sheet(db(), row)
        db().commit()
        flash("The school's details have been taken over", "success")
        return redirect(url_for("school.profile"))
    rows = [(LABELS[name], said(name, getattr(school, name)), said(name, value)) for name, value in changes.items()]
    return render_template("school/details_seen.html", form=form, rows=rows, found=found, row=row)


def changes_of(school: SchoolRow, found: SchoolDetails) -> dict[str, Any]:
    """What the extract says otherwise than the school's page; what it does not say stays."""
    said: dict[str, Any] = {
        "urn": found.urn, "name": found.name, "kind": found.kind, "academy": found.academy,
        "unit_or_resourced_provision": found.unit,
    }  # fmt: skip
    if found.lowest_age is not None and found.highest_age is not None and found.lowest_age <= found.highest_age:
        said |= {"lowest_age": found.lowest_age, "highest_age": found.highest_age}
    if found.kind == "special" and school.kind == "hospital-special":
        del said["kind"]  # the extract does not tell the two apart
    return {name: value for name, value in said.items() if value not in (None, "") and getattr(school, name) != value}


def said(name: str, value: Any) -> str:
    """A detail in words."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if name == "kind":
        return KIND_WORDS[value]
    return "Not entered" if value is None else str(value)
