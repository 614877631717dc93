"""Serves every register of a school in one way: a table to read, a page to add or change a row, a page to remove one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from vfm.costing.calendar import AcademicYear
from vfm.documents.rows import Cell, Sheet
from vfm.store.rows import RegisterRow, add_row, change_row, remove_row, row_of, rows_of
from vfm.web.components import kind_of
from vfm.web.database import db
from vfm.web.fields import Form, Line
from vfm.web.permissions import Permission, here, permit
from vfm.web.review import review_or_404
from vfm.web.school import now_by
from vfm.web.taking_out import as_file

ADDRESS = "/school/<school>/<int:year>"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a register's table; `right`: figures stand right. `link`: where the cell of a row leads.

    Amounts are Decimal pounds until they are printed.
    """

    title: str
    show: Callable[[Any], Cell]
    right: bool = False
    link: Callable[[Any], str] | None = None


class RowForm(Form):
    """A form for one row of a register: it knows which version of the row it was filled in from."""

    version = Line("Version")

    @property
    def version_typed(self) -> int:
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1

    @property
    def shown(self) -> list[Any]:
        """What stands on the page, in the order of the class."""
        return [f for f in self if f.name not in ("csrf_token", "version")]


class Register:
    """One kind of row. A subject makes one by saying its table, its form and its columns."""

    name: ClassVar[str]  # of its addresses and endpoints
    one: ClassVar[str]  # such as "income line"
    heading: ClassVar[str]
    why: ClassVar[str]  # what goes here, why, and the quickest way to fill it
    table: ClassVar[type[RegisterRow]]
    form: ClassVar[type[RowForm]]
    address: ClassVar[str] = ""  # of its pages, where it is not its name
    may: ClassVar[Permission] = Permission.REVIEW
    brought_in: ClassVar[str] = ""  # the page on which a sheet of its rows is brought in, if there is one
    taken_out: ClassVar[bool] = True  # whether its rows can be downloaded
    list_template: ClassVar[str] = "register/rows.html"
    form_template: ClassVar[str] = "register/row.html"

    def where(self, year: int) -> dict[str, Any]:
        """Which of the school's rows stand in the register, and what every new row carries."""
        return {}

    def columns(self, year: int) -> Sequence[Column]:
        raise NotImplementedError

    def rows(self, year: int) -> Sequence[Any]:
        """What stands in the list."""
        return rows_of(db(), self.table, here().school.id, **self.where(year))

    def total(self, rows: Sequence[Any], year: int) -> Sequence[Cell]:
        """The cells of a last row, or nothing."""
        return ()

    def sheets(self, year: int) -> Sequence[Sheet]:
        """What can be taken out as CSV or Excel: the same cells as on the page but for links, for whoever may see them there."""
        rows, columns = self.rows(year), [each for each in self.columns(year) if each.link is None]
        cells = tuple(tuple(column.show(row) for column in columns) for row in rows)
        total = tuple(self.total(rows, year)) if rows else ()
        return (Sheet(self.heading, tuple(column.title for column in columns), cells, total),)

    def prepare(self, form: Any, year: int, row: Any) -> None:
        """Fills menus, which depend on what the school has entered."""

    def check(self, form: Any, year: int, row: Any) -> None:
        """Adds errors that need more than one field."""

    def shown(self, row: Any) -> dict[str, Any]:
        """What the form shows of a row; by default each field the column of its name."""
        fields = [field for field in self.form(formdata=None).shown if hasattr(row, field.name)]
        return {field.name: _as_typed(field, getattr(row, field.name)) for field in fields}

    def values(self, form: Any) -> dict[str, Any]:
        """What is kept of a form; by default each field's meaning in the column of its name."""
        return {field.name: meaning(field) for field in form.shown}

    def title_of(self, row: Any) -> str:
        return str(row.name)

    def opens(self, row: Any, year: int) -> bool:
        """Whether this person may open the row's page."""
        return True

    def extra(self, rows: Sequence[Any], year: int) -> dict[str, Any]:
        """More for the list's page."""
        return {}

    def link(self, page: str, year: int, **more: Any) -> str:
        """The address of one of the register's pages; what stands before it in the address stays."""
        within = {name: value for name, value in (request.view_args or {}).items() if name not in ("year", "row")}
        return url_for(f"{self.name}.{page}", year=year, **within, **more)

    def after(self, row: Any, year: int) -> str:
        """Where a person goes after saving."""
        return self.link("overview", year)

    def about(self, row: Any, year: int) -> dict[str, Any]:
        """More for the page of one row."""
        return {}

    def created(self, year: int) -> dict[str, Any]:
        """What a new row carries beside what was typed."""
        return {}

    def remove(self, row: Any) -> None:
        """Takes a row away."""
        remove_row(db(), row, now_by(), f"{self.one} {row.id}")

    def hold(self, form: Any) -> None:
        """Takes what must not change until a row is written, in its transaction, and refuses where it has."""

    def wrote(self, row: Any, form: Any) -> None:
        """What else is written with a row, in the same transaction."""

    def weigh(self, year: int) -> Any:
        """What a change is weighed against, before it is made; None: changes are made without asking."""
        return None

    def asks(self, before: Any, year: int) -> Any:
        """What to ask of a change that stands in the transaction, before it is kept; None: nothing."""
        return None

    def saved(self, row: Any, form: Any) -> str:
        """What the next page says of a row that was saved."""
        return f"{self.title_of(row)}: saved"

    def stays(self, row: Any) -> str:
        """Why a row may not be removed, or nothing."""
        return ""

    def removed(self, row: Any) -> str:
        """What the next page says of a row that was removed."""
        return f"{self.title_of(row)}: removed"

    def pages(self) -> Blueprint:
        """The register's routes."""
        pages = Blueprint(self.name, __name__, url_prefix=ADDRESS + (self.address or f"/{self.name}"))
        routes: tuple[tuple[str, str, Callable[..., ResponseReturnValue], tuple[str, ...]], ...] = (
            ("/", "overview", lambda year, **_: _overview(self, year), ("GET",)),
            ("/add", "add", lambda year, **_: _write(self, year, None), ("GET", "POST")),
            (
                "/download.<any(csv,xlsx):kind>",
                "download",
                lambda year, kind, **_: _download(self, year, kind),
                ("GET",),
            ),
            ("/<int:row>", "change", lambda year, row, **_: _write(self, year, row), ("GET", "POST")),
            ("/<int:row>/remove", "remove", lambda year, row, **_: _remove(self, year, row), ("GET", "POST")),
        )
        for rule, endpoint, view, methods in routes:
            if endpoint == "download" and not self.taken_out:
                continue
            pages.add_url_rule(rule, endpoint, permit(self.may)(view), methods=methods)
        return pages


def _as_typed(field: Any, value: Any) -> Any:
    """A kept value as the form would have it: yes and no are words where they are choices."""
    if isinstance(value, bool) and kind_of(field) == "radios":
        return "yes" if value else "no"
    return value


def meaning(field: Any) -> Any:
    """What a field's text means: a Decimal, a date, a yes or no, None where nothing was typed and nothing is known."""
    kind = kind_of(field)
    if kind in ("pounds", "number"):
        return field.value
    if kind in ("radios", "select"):
        return {"yes": True, "no": False}.get(field.data, field.data or None)
    return field.data


def _overview(register: Register, year: int) -> ResponseReturnValue:
    review_or_404(year)
    rows = register.rows(year)
    return render_template(
        register.list_template, register=register, rows=rows, columns=register.columns(year), at=here(),
        total=register.total(rows, year), year=AcademicYear(year), **register.extra(rows, year),
    )  # fmt: skip


def _download(register: Register, year: int, kind: str) -> ResponseReturnValue:
    """The register as a file."""
    review_or_404(year)
    return as_file(register.sheets(year), kind, register.heading, year)


def _row_or_404(register: Register, year: int, identity: int) -> RegisterRow:
    review_or_404(year)
    if identity >= 1 << 63:
        abort(404)
    return row_of(db(), register.table, here().school.id, identity, **register.where(year)) or abort(404)


def _write(register: Register, year: int, identity: int | None) -> ResponseReturnValue:
    try:
        return _written(register, year, identity)
    except IntegrityError:  # a colleague saved the like between the check and the writing: now the check sees it
        db().rollback()
        return _written(register, year, identity)


def _written(register: Register, year: int, identity: int | None) -> ResponseReturnValue:
    review_or_404(year)
    row = None if identity is None else _row_or_404(register, year, identity)
    form = register.form(**({"version": str(row.version)} | register.shown(row) if row else {}))
    register.prepare(form, year, row)
    if request.form.get("step") == "back":
        return _form_page(register, form, year, row)
    if form.validate_on_submit():
        register.check(form, year, row)
    if not form.is_submitted() or form.errors:
        return _form_page(register, form, year, row), 400 if form.errors else 200
    before = register.weigh(year)
    saved = _save(register, form, year, row)
    if saved is None:
        db().rollback()
        db().expire_all()
        theirs = _row_or_404(register, year, identity or 0)
        form.version.data = str(theirs.version)
        return _form_page(register, form, year, theirs, conflict=True), 409
    question = register.asks(before, year)
    if question is not None:
        return _ask(register, question, year)
    db().commit()
    flash(register.saved(saved, form), "success")
    return redirect(register.after(saved, year))


def _ask(register: Register, question: Any, year: int) -> str:
    """Takes the change back and asks whether it is meant; what was typed goes along, to be sent once more."""
    db().rollback()
    typed = [pair for pair in request.form.items(multi=True) if pair[0] not in ("csrf_token", "step", "confirm")]
    return render_template(
        "register/ask.html", register=register, question=question, typed=typed, year=AcademicYear(year), at=here()
    )


def _save(register: Register, form: RowForm, year: int, row: RegisterRow | None) -> RegisterRow | None:
    """The row as it was written, or None when somebody else saved first."""
    values = register.values(form)
    register.hold(form)
    if row is None:
        more = register.where(year) | register.created(year)
        row = add_row(db(), register.table, here().school.id, now_by(), register.one, **more, **values)
    elif not change_row(db(), row, form.version_typed, now_by(), f"{register.one} {row.id}", **values):
        return None
    register.wrote(row, form)
    return row


def _form_page(register: Register, form: RowForm, year: int, row: RegisterRow | None, *, conflict: bool = False) -> str:
    theirs = []
    if conflict and row is not None:
        shown = register.form(formdata=None, **register.shown(row))
        register.prepare(shown, year, row)
        theirs = [(f.label.text, said(f)) for f in shown.shown]
    return render_template(
        register.form_template, register=register, form=form, row=row, year=AcademicYear(year), theirs=theirs,
        conflict=conflict, at=here(), **register.about(row, year),
    )  # fmt: skip


def said(field: Any) -> str:
    """What a field says, in words."""
    kind = kind_of(field)
    if kind in ("radios", "select"):
        return next((str(c.label) for c in field.choices or () if c.value == str(field.data) and c.value), "")
    if kind == "tick":
        return "Yes" if field.data else "No"
    if kind == "day":
        return " ".join(part for part in field.typed.values() if part)
    if kind == "weekdays":
        return str(field.words)
    return str(field.data or "")


def _remove(register: Register, year: int, identity: int) -> ResponseReturnValue:
    row = _row_or_404(register, year, identity)
    if not register.opens(row, year):
        abort(403)
    stays = register.stays(row)
    if stays:
        flash(f"{stays} Nothing was removed.", "error")
        return redirect(register.link("change", year, row=identity))
    if request.method == "GET" or request.form.get("step") == "back":
        return render_template("register/remove.html", register=register, row=row, year=AcademicYear(year), at=here())
    title, before = register.title_of(row), register.weigh(year)
    try:
        register.remove(row)
        question = register.asks(before, year)
        if question is not None:
            return _ask(register, question, year)
        db().commit()
    except IntegrityError:
        db().rollback()
        flash(f"{title} is used elsewhere: take it out there first. Nothing was removed.", "error")
        return redirect(register.link("change", year, row=identity))
    flash(register.removed(row), "success")
    return redirect(register.link("overview", year))
