"""Brings a sheet in, whatever it holds: upload, columns, preview, and one transaction. Nothing is done before it was seen."""

import hmac
from collections.abc import Mapping
from typing import Any, ClassVar

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear
from vfm.sheets.headings import Layout, Meaning, called, find_layout, headings_of, match, plain, repeated
from vfm.sheets.kept import clean, from_plain, to_plain
from vfm.sheets.preview import Asked, Fate, Preview, rows_words
from vfm.sheets.reading import read_table
from vfm.sheets.table import Limits, SheetError, Table, column_letters
from vfm.store.audit import record
from vfm.store.imports import ImportDraftRow, drop_sheet, find_sheet, keep_sheet, remember, remembered
from vfm.web.database import db, end
from vfm.web.fields import Form, Menu, Options, Upload
from vfm.web.permissions import Permission, here, me, permit
from vfm.web.register import ADDRESS
from vfm.web.review import review_or_404
from vfm.web.school import now_by
from vfm.web.uploads import LARGEST_FILE, takes_a_file

LIMITS = Limits(size=LARGEST_FILE, columns=100)
HEADING_ROWS = 20
SAMPLES, LONGEST_SAMPLE, LONGEST_NAME, LONGEST_HEADING = 3, 40, 200, 200


class UploadForm(Form):
    """The sheet."""

    file = Upload(
        "Your sheet, as CSV or Excel (.xlsx)",
        missing="Choose the file",
        description="5 MB at most. Of an Excel file the first worksheet is read. Nothing is changed before you have seen what would be",
    )


class ConfirmForm(Form):
    """Agreement to what was seen, with answers to what the sheet does not say."""


class Import:
    """One kind of sheet. A subject makes one by saying its meanings, its preview and what is written."""

    name: ClassVar[str]  # of its endpoints
    kind: ClassVar[str]  # under which it is kept
    address: ClassVar[str]  # of the register that it fills
    heading: ClassVar[str]
    why: ClassVar[str]
    register: ClassVar[str]  # the endpoint of the register's page
    meanings: ClassVar[tuple[Meaning, ...]]

    def preview(self, table: Table, layout: Layout, answers: Mapping[str, str], year: int) -> tuple[Preview, Any]:
        """What bringing it in would do, and what `write` then needs."""
        raise NotImplementedError

    def write(self, changes: Any, answers: Mapping[str, str], year: int) -> None:
        """Writes what was previewed; the caller commits."""
        raise NotImplementedError

    def pages(self) -> Blueprint:
        """The routes of bringing such a sheet in."""
        pages = Blueprint(self.name, __name__, url_prefix=f"{ADDRESS}/{self.address}/import")
        lead = permit(Permission.REVIEW)
        form = ["GET", "POST"]
        pages.add_url_rule("/", "upload", takes_a_file(lead(lambda year, **_: _upload(self, year))), methods=form)
        pages.add_url_rule(
            "/<int:draft>/columns", "columns", lead(lambda year, draft, **_: _columns(self, year, draft)), methods=form
        )
        pages.add_url_rule(
            "/<int:draft>", "preview", lead(lambda year, draft, **_: _preview(self, year, draft)), methods=form
        )
        pages.add_url_rule(
            "/<int:draft>/forget", "forget", lead(lambda year, draft, **_: _forget(self, year, draft)), methods=["POST"]
        )
        return pages

    def link(self, page: str, year: int, draft: int | None = None) -> str:
        """The address of one of its pages."""
        return url_for(f"{self.name}.{page}", year=year, draft=draft)

    def missing(self, layout: Layout) -> list[Meaning]:
        """What must be in some column and is in none."""
        return [each for each in self.meanings if each.needed and layout.column(each.name) is None]


def _shown(what: Import, year: int, **more: Any) -> dict[str, Any]:
    return {"what": what, "year": AcademicYear(year), "at": here()} | more


def _upload(what: Import, year: int) -> ResponseReturnValue:
    review_or_404(year)
    form = UploadForm()
    if form.validate_on_submit():
        school, account, by = here().school.id, me().id, now_by()
        name, data = clean(form.file.data.filename)[:LONGEST_NAME], form.file.data.read(LARGEST_FILE + 1)
        end()  # reading takes a second or two, in which others can save
        try:
            sheet = to_plain(read_table(data, lenient=True, limits=LIMITS))
        except SheetError as wrong:
            form.file.errors = [f"{name} cannot be used: {wrong}"]
        else:
            row = keep_sheet(db(), school, account, year, what.kind, name, sheet, by.at)
            address = what.link("preview", year, row.id)
            db().commit()
            return redirect(address)
    return render_template("imports/upload.html", **_shown(what, year, form=form)), 400 if form.errors else 200


def _sheet_or_404(what: Import, year: int, draft: int) -> tuple[ImportDraftRow, Table, Layout]:
    """The sheet that this person put away, and how its columns are understood so far."""
    review_or_404(year)
    if draft >= 1 << 63:
        abort(404)
    row = find_sheet(db(), here().school.id, me().id, year, what.kind, draft, now_by().at) or abort(404)
    table, chosen = from_plain(row.sheet), row.choices
    known = remembered(db(), row.school_id, what.kind)
    if "columns" in chosen:
        columns = {int(column): meaning for column, meaning in chosen["columns"].items()}
        return row, table, Layout(chosen["start"], columns)
    if "start" in chosen:
        start = chosen["start"]
        return row, table, Layout(start, match(table.rows[start].cells, what.meanings, known))
    return row, table, find_layout(table, what.meanings, known)


def _columns(what: Import, year: int, draft: int) -> ResponseReturnValue:
    row, table, layout = _sheet_or_404(what, year, draft)
    form = _columns_form(what, table, layout)
    if form.validate_on_submit():
        start = int(form["row"].data)
        if start != layout.start:
            row.choices = {"start": start}
            db().commit()
            return redirect(what.link("columns", year, draft))
        chosen = _chosen(what, form)
        if not form.errors:
            row.choices = row.choices | {"start": start, "columns": {str(key): value for key, value in chosen.items()}}
            _remember(what, table, Layout(start, chosen))
            db().commit()
            return redirect(what.link("preview", year, draft))
    page = _shown(what, year, form=form, row=row)
    return render_template("imports/columns.html", **page), 400 if form.errors else 200


def _columns_form(what: Import, table: Table, layout: Layout) -> Form:
    """A menu for each column that holds something, beginning with what is understood of it."""
    rows = [(str(place), _row_words(each.number, each.cells)) for place, each in enumerate(table.rows[:HEADING_ROWS])]
    fields: dict[str, Any] = {"row": Menu("In which row do the headings stand?", rows, missing="Choose the row")}
    options = [("", "Not used"), *((each.name, each.words) for each in what.meanings)]
    headings = headings_of(table, layout)
    for column in range(max(len(each.cells) for each in table.rows)):
        samples = _samples(table, layout, column)
        if samples or (column < len(headings) and headings[column].strip()):
            label = f"Column {column_letters(column)}: {called(headings, column)[: LONGEST_SAMPLE * 2]}"
            fields[f"column_{column}"] = Menu(label, options, description=f"Such as: {samples}" if samples else "")
    made: type[Form] = type("ColumnsForm", (Form,), fields)
    shown = {f"column_{column}": meaning for column, meaning in layout.columns.items()}
    return made(row=str(layout.start), **shown)


def _row_words(number: int, cells: Any) -> str:
    return f"Row {number}: {', '.join(filter(None, cells))}"[:90]


def _samples(table: Table, layout: Layout, column: int) -> str:
    """Some different values of a column, so that a person can tell what it holds."""
    below = (row.cells[column] for row in table.rows[layout.start + 1 :][:200] if column < len(row.cells))
    values = list(dict.fromkeys(value[:LONGEST_SAMPLE] for value in below if value.strip()))
    return "; ".join(values[:SAMPLES])


def _chosen(what: Import, form: Any) -> dict[int, str]:
    """The meanings that were chosen, by column; a meaning twice, or a needed one nowhere, is an error."""
    chosen: dict[int, str] = {}
    words = {each.name: each.words for each in what.meanings}
    several = {each.name for each in what.meanings if each.several}
    menus = [field for field in form if field.name.startswith("column_")]
    for field in menus:
        if field.data and field.data in chosen.values() and field.data not in several:
            field.errors = [f"Another column already holds this: {words[field.data]}"]
        elif field.data:
            chosen[int(field.name.removeprefix("column_"))] = field.data
    for each in what.missing(Layout(0, chosen)):
        menus[0].errors = [*menus[0].errors, f"Say which column holds this: {each.words}"]
    return chosen


def _remember(what: Import, table: Table, layout: Layout) -> None:
    """Next time the same headings mean the same."""
    headings = [plain(cell)[:LONGEST_HEADING] for cell in headings_of(table, layout)]
    meant = {heading: layout.columns.get(column, "") for column, heading in enumerate(headings) if heading}
    remember(db(), here().school.id, what.kind, meant)


def _answers(row: ImportDraftRow) -> dict[str, str]:
    return dict(row.choices.get("answers", {}))


def _look(what: Import, table: Table, layout: Layout, answers: Mapping[str, str], year: int) -> tuple[Preview, Any]:
    """The preview; where a heading stands twice, only that."""
    twice = repeated(table, layout)
    return (Preview(wrong=twice), None) if twice else what.preview(table, layout, answers, year)


def _preview(what: Import, year: int, draft: int) -> ResponseReturnValue:
    row, table, layout = _sheet_or_404(what, year, draft)
    if what.missing(layout):
        return redirect(what.link("columns", year, draft))
    answers = _answers(row)
    preview, changes = _look(what, table, layout, answers, year)
    form = _confirm_form(preview.asked)
    if form.validate_on_submit():
        answers |= {each.name: form[each.name].data for each in preview.asked}
        preview, changes = _look(what, table, layout, answers, year)
        if not _seen(preview):
            row.choices = row.choices | {"answers": answers}
            db().commit()
            flash("This is what would be done. Nothing has been changed yet.", "notice")
            return redirect(what.link("preview", year, draft))
        if not preview.wrong and preview.changes:
            return _write(what, year, row, table, layout, answers, preview, changes)
    heads = headings_of(table, layout)
    understood = [(called(heads, column), _words(what, name)) for column, name in layout.columns.items()]
    page = _shown(
        what, year, form=form, row=row, preview=preview, fates=Fate, understood=understood, rows_words=rows_words
    )
    return render_template("imports/preview.html", **page), 400 if form.errors else 200


def _words(what: Import, name: str) -> str:
    return next(each.words for each in what.meanings if each.name == name)


def _seen(preview: Preview) -> bool:
    """Whether what is about to be done is what stood on the page. A wrong mark only shows the page again."""
    return hmac.compare_digest(request.form.get("seen", "").encode(), preview.mark.encode())


def _confirm_form(asked: Any) -> Form:
    fields = {each.name: Options(each.words, each.options, missing=f"Answer this: {each.words}") for each in asked}
    made: type[Form] = type("AnswersForm", (ConfirmForm,), fields)
    return made(**{each.name: each.answer for each in asked})


def _write(
    what: Import, year: int, row: ImportDraftRow, table: Table, layout: Layout, answers: Mapping[str, str],
    preview: Preview, changes: Any,
) -> ResponseReturnValue:  # fmt: skip
    """Everything in one transaction, with its audit: all of it or nothing."""
    what.write(changes, answers, year)
    _remember(what, table, layout)
    counts = {fate.value: str(len(preview.of(fate))) for fate in Fate}
    record(db(), row.school_id, now_by(), "brought in", f"{what.heading.lower()} for {year}", None, counts)
    drop_sheet(db(), row)
    db().commit()
    said = f"{counts['added']} added, {counts['changed']} changed, {counts['left as it is']} left as they were"
    flash(f"The sheet has been brought in: {said}", "success")
    return redirect(url_for(what.register, year=year))


def _forget(what: Import, year: int, draft: int) -> ResponseReturnValue:
    row, _, _ = _sheet_or_404(what, year, draft)
    drop_sheet(db(), row)
    db().commit()
    flash("The sheet has been put aside. Nothing was changed.", "success")
    return redirect(url_for(what.register, year=year))


ESTIMATED = Asked("estimated", "Are these figures confirmed or estimated?", (("no", "Confirmed"), ("yes", "Estimated")))
