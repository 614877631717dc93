"""Brings a sheet in, whatever it holds: upload, columns, preview, and one transaction. Nothing is done before it was seen."""

import datetime as dt
import hmac
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.validators import ValidationError

from vfm.costing.calendar import AcademicYear
from vfm.sheets.headings import repeated
from vfm.sheets.kept import clean, to_plain
from vfm.sheets.preview import Asked, Fate, Preview, joined, rows_words
from vfm.sheets.table import SheetError
from vfm.sheets.years import years_in
from vfm.store.audit import record
from vfm.store.imports import drop_sheet, keep_sheet
from vfm.web.database import db, end
from vfm.web.fields import Day, Form, Options, Upload
from vfm.web.import_columns import columns_page
from vfm.web.import_draft import Draft, draft_or_404, remember_answers, remember_columns
from vfm.web.importing import Import, shown
from vfm.web.permissions import Permission, here, me, permit
from vfm.web.register import ADDRESS
from vfm.web.review import review_or_404
from vfm.web.school import now_by
from vfm.web.uploads import LARGEST_FILE, takes_a_file

LONGEST_NAME = 200


class UploadForm(Form):
    """The sheet."""

    file = Upload(
        "Your sheet, as CSV or Excel (.xlsx)",
        missing="Choose the file",
        description="5 MB at most. Of an Excel file the first worksheet is read. Nothing is changed before you have seen what would be",
    )


class AskedDay(Day):
    """A day that a sheet does not say, which may have to be past."""

    def __init__(self, label: str, *, latest: dt.date | None, **more: Any):
        super().__init__(label, **more)
        self.latest = latest

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.latest and self.data and self.data > self.latest:
            raise ValidationError(f"{self.label.text}: the day must not be after today")


class AnswersForm(Form):
    """Answers to what the sheet does not say, with agreement to what was seen."""


def pages_of(what: Import) -> Blueprint:
    """The routes of bringing such a sheet in."""
    pages = Blueprint(what.name, __name__, url_prefix=f"{ADDRESS}/{what.address}/import")
    lead = permit(Permission.REVIEW)
    form = ["GET", "POST"]
    pages.add_url_rule("/", "upload", takes_a_file(lead(lambda year, **_: _upload(what, year))), methods=form)
    pages.add_url_rule(
        "/<int:draft>/columns", "columns", lead(lambda year, draft, **_: columns_page(what, year, draft)), methods=form
    )
    pages.add_url_rule(
        "/<int:draft>", "preview", lead(lambda year, draft, **_: _preview(what, year, draft)), methods=form
    )
    pages.add_url_rule(
        "/<int:draft>/forget", "forget", lead(lambda year, draft, **_: _forget(what, year, draft)), methods=["POST"]
    )
    return pages


def _upload(what: Import, year: int) -> ResponseReturnValue:
    review_or_404(year)
    form = UploadForm()
    form.file.label.text = what.file
    if form.validate_on_submit():
        school, account, by = here().school.id, me().id, now_by()
        name, data = clean(form.file.data.filename)[:LONGEST_NAME], form.file.data.read(LARGEST_FILE + 1)
        end()  # reading takes a second or two, in which others can save
        try:
            sheet = to_plain(what.read(data))
        except SheetError as wrong:
            form.file.errors = [f"{name} cannot be used: {wrong}"]
        else:
            row = keep_sheet(db(), school, account, year, what.kind, name, sheet, by.at)
            address = what.link("preview", year, row.id)
            db().commit()
            return redirect(address)
    return render_template("imports/upload.html", **shown(what, year, form=form)), 400 if form.errors else 200


def _look(what: Import, it: Draft, answers: Mapping[str, str], year: int) -> tuple[Preview, Any]:
    """The preview; where a heading stands twice, only that."""
    twice = repeated(it.table, it.layout)
    return (Preview(wrong=twice), None) if twice else what.preview(it.table, it.layout, answers, year)


def _preview(what: Import, year: int, draft: int) -> ResponseReturnValue:
    it = draft_or_404(what, year, draft)
    if what.missing(it.layout):
        return redirect(what.link("columns", year, draft))
    preview, changes = _look(what, it, it.answers, year)
    form = _answers_form(preview.asked)
    if form.validate_on_submit():
        answers = it.answers | {each.name: str(form[each.name].data) for each in preview.asked if form[each.name].data}
        preview, changes = _look(what, it, answers, year)
        if not _seen(preview) or _open(preview.asked, answers):
            it.row.choices = it.row.choices | {"answers": answers}
            db().commit()
            flash("This is what would be done. Nothing has been changed yet.", "notice")
            return redirect(what.link("preview", year, draft))
        if not preview.wrong and preview.changes:
            return _write(what, year, it, answers, preview, changes)
    page = _page(what, year, it, preview)
    return render_template("imports/preview.html", form=form, **page), 400 if form.errors else 200


def _page(what: Import, year: int, it: Draft, preview: Preview) -> dict[str, Any]:
    """What the preview's page shows: warnings and open questions first."""
    guesses = it.guesses(what)
    understood = [
        (it.called(column), what.words(name)) for column, name in it.layout.columns.items() if column not in guesses
    ]
    to_answer = _open(preview.asked, it.answers)
    answered = [each for each in preview.asked if not each.late and each not in to_answer]
    return shown(
        what, year, row=it.row, preview=preview, fates=Fate, rows_words=rows_words, understood=understood,
        guesses=[(it.called(column), what.words(it.layout.columns[column]), it.samples(column)) for column in guesses],
        unused=[it.called(column) for column in it.unused()], other_year=_other_year(it, year),
        to_answer=to_answer, answered=answered, last=[each for each in preview.asked if each.late],
        ready=bool(preview.changes) and not preview.wrong and not to_answer,
    )  # fmt: skip


def _other_year(it: Draft, year: int) -> str:
    """A warning where the sheet calls itself by another year than the review's; empty where it does not."""
    named = years_in(it.titles)
    if not named or year in named:
        return ""
    called = joined([f"{each}-{(each + 1) % 100:02d}" for each in named])
    return (
        f"The sheet’s name or title says {called}. This review is of {AcademicYear(year).words}: look whether it is the "
        "right sheet, or whether its dates and costs have to be brought up to date"
    )


def _open(asked: Sequence[Asked], answers: Mapping[str, str]) -> list[Asked]:
    """The questions that nobody has answered yet and that bear on what would be done."""
    return [each for each in asked if not each.late and not _is_answer(each, answers.get(each.name, ""))]


def _is_answer(asked: Asked, answer: str) -> bool:
    return answer in [value for value, _ in asked.options] if asked.options else bool(answer)


def _seen(preview: Preview) -> bool:
    """Whether what is about to be done is what stood on the page. A wrong mark only shows the page again."""
    return hmac.compare_digest(request.form.get("seen", "").encode(), preview.mark.encode())


def _answers_form(asked: Sequence[Asked]) -> Form:
    """The questions; who only wants to look again need not answer the last ones."""
    look = "seen" not in request.form and any(not each.late for each in asked)
    fields = {each.name: _asked_field(each, optional=look and each.late) for each in asked}
    made: type[Form] = type("AskedForm", (AnswersForm,), fields)
    likely = {} if request.method == "POST" else {each.name: _likely(each) for each in asked}
    return made(**likely)  # an answer counts once it was sent


def _asked_field(asked: Asked, *, optional: bool) -> Any:
    missing = "" if optional else f"Answer this: {asked.words}"
    if asked.options:
        return Options(asked.words, asked.options, description=asked.hint, missing=missing)
    latest = dt.date.fromisoformat(asked.latest) if asked.latest else None
    return AskedDay(asked.words, description=asked.hint, missing=missing, latest=latest)


def _likely(asked: Asked) -> str | dt.date | None:
    if asked.options:
        return asked.answer
    return dt.date.fromisoformat(asked.answer) if asked.answer else None


def _write(
    what: Import, year: int, it: Draft, answers: Mapping[str, str], preview: Preview, changes: Any
) -> ResponseReturnValue:
    """Everything in one transaction, with its audit: all of it or nothing."""
    what.write(changes, answers, year)
    remember_columns(what, it.table, it.layout)
    remember_answers(what, what.keeps(changes, answers))
    counts = {fate.value: str(len(preview.of(fate))) for fate in Fate}
    record(db(), it.row.school_id, now_by(), "brought in", f"{what.heading.lower()} for {year}", None, counts)
    drop_sheet(db(), it.row)
    db().commit()
    said = f"{counts['added']} added, {counts['changed']} changed, {counts['left as it is']} left as they were"
    said += f", {counts['ended']} ended" if counts["ended"] != "0" else ""
    flash(f"The sheet has been brought in: {said}", "success")
    return redirect(url_for(what.register, year=year))


def _forget(what: Import, year: int, draft: int) -> ResponseReturnValue:
    drop_sheet(db(), draft_or_404(what, year, draft).row)
    db().commit()
    flash("The sheet has been put aside. Nothing was changed.", "success")
    return redirect(url_for(what.register, year=year))
