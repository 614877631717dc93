"""Asks what the columns of a sheet hold: what is guessed stands open at the top, what is certain is folded away."""

from typing import Any

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from vfm.sheets.headings import Layout, headings_of
from vfm.sheets.table import column_letters
from vfm.web.database import db
from vfm.web.fields import Form, Menu
from vfm.web.import_draft import Draft, draft_or_404, remember_columns
from vfm.web.importing import Import, shown

HEADING_ROWS = 20


def columns_page(what: Import, year: int, draft: int) -> ResponseReturnValue:
    """Chooses the row of the headings and what each column holds."""
    it = draft_or_404(what, year, draft)
    form = _columns_form(what, it)
    if form.validate_on_submit():
        start = int(form["row"].data)
        if start != it.layout.start:
            it.row.choices = {"start": start}
            db().commit()
            return redirect(what.link("columns", year, draft))
        chosen = _chosen(what, form)
        if not form.errors:
            _keep(what, it, start, chosen)
            return redirect(what.link("preview", year, draft))
    unsure = {f"column_{column}" for column in (*it.guesses(what), *it.unused())}
    wrong = any(field.errors for field in form)
    page = shown(what, year, form=form, row=it.row, unsure=unsure, fold=bool(it.layout.columns) and not wrong)
    return render_template("imports/columns.html", **page), 400 if form.errors else 200


def _keep(what: Import, it: Draft, start: int, chosen: dict[int, str]) -> None:
    columns = {str(column): meaning for column, meaning in chosen.items()}
    it.row.choices = it.row.choices | {"start": start, "columns": columns}
    remember_columns(what, it.table, Layout(start, chosen))
    db().commit()


def _columns_form(what: Import, it: Draft) -> Form:
    """A menu for each column that holds something, beginning with what is understood of it."""
    rows = [
        (str(place), _row_words(each.number, each.cells)) for place, each in enumerate(it.table.rows[:HEADING_ROWS])
    ]
    fields: dict[str, Any] = {"row": Menu("In which row do the headings stand?", rows, missing="Choose the row")}
    options = [("", "Not used"), *((each.name, each.words) for each in what.meanings)]
    headings = headings_of(it.table, it.layout)
    for column in range(max(len(each.cells) for each in it.table.rows)):
        samples = it.samples(column)
        if samples or (column < len(headings) and headings[column].strip()):
            label = f"Column {column_letters(column)}: {it.called(column)}"
            fields[f"column_{column}"] = Menu(label, options, description=f"Such as: {samples}" if samples else "")
    made: type[Form] = type("ColumnsForm", (Form,), fields)
    meant = {f"column_{column}": meaning for column, meaning in it.layout.columns.items()}
    return made(row=str(it.layout.start), **meant)


def _row_words(number: int, cells: Any) -> str:
    return f"Row {number}: {', '.join(filter(None, cells))}"[:90]


def _chosen(what: Import, form: Any) -> dict[int, str]:
    """The meanings that were chosen, by column; a meaning twice, or a needed one nowhere, is an error."""
    chosen: dict[int, str] = {}
    several = {each.name for each in what.meanings if each.several}
    menus = [field for field in form if field.name.startswith("column_")]
    for field in menus:
        if field.data and field.data in chosen.values() and field.data not in several:
            field.errors = [f"Another column already holds this: {what.words(field.data)}"]
        elif field.data:
            chosen[int(field.name.removeprefix("column_"))] = field.data
    for each in what.missing(Layout(0, chosen)):
        menus[0].errors = [*menus[0].errors, f"Say which column holds this: {each.words}"]
    return chosen
