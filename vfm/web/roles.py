"""Staff roles and what an hour of each costs, on the school's own card and on the authority's."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask import abort

from vfm.costing.rates import FEWEST_PEOPLE, Card, RoleRate
from vfm.documents.rows import Cell, Sheet, in_pounds
from vfm.money import half_up, in_pence
from vfm.plan.shown import explained
from vfm.stages.spending import awards
from vfm.store.cases import case_of
from vfm.store.rows import add_row, change_row, remove_row, rows_of
from vfm.store.staff import RateRow, StaffRoleRow, rates_of
from vfm.web.bank import bank
from vfm.web.database import db
from vfm.web.effect import Effect, Totals, effect_since, totals_of
from vfm.web.fields import Line, Number, Options, Pounds
from vfm.web.income import CONFIRMED
from vfm.web.layout import pence
from vfm.web.leads import address_of
from vfm.web.permissions import here
from vfm.web.rate_words import CARD_WORDS, book_of, card_words, next_words, rate_lines, used_words, within_year
from vfm.web.register import Column, Register, RowForm
from vfm.web.review import review_or_404
from vfm.web.school import now_by

METHODS = (
    ("", "No rate yet"),
    ("stated", "A rate an hour that we state"),
    ("weekly-hour", "The price of one weekly hour for a year"),
    ("from-pay", "Worked out from the pay of our staff", "Enter their pay under Staff"),
)
MADE_FROM = (
    ("no", "It is a typical, published or agreed rate"),
    ("yes", "It is worked out from what particular people are paid"),
)
RATE = ("method", "per_hour", "weekly_hour_price", "weeks", "people", "estimated")


class RoleForm(RowForm):
    """A role with its two rates."""

    name = Line("Role", missing="Enter the role, for example Teaching assistant, level 2")
    teacher = Options(
        "Is it a teaching post?",
        (("no", "No, support staff: weekly hours × weeks"), ("yes", "Yes, a teacher: 1,265 hours a year")),
        missing="Say whether it is a teaching post",
    )
    actual_method = Options("What an hour really costs the school", METHODS)
    actual_per_hour = Pounds(
        "Pounds an hour", places=4, description="The full cost: pay with the employer's national insurance and pension"
    )
    actual_weekly_hour_price = Pounds("Price of one weekly hour for a year")
    actual_weeks = Number("Over how many weeks is that price?", high="53", low="1", suffix="weeks")
    actual_from_people = Options("Where does the rate come from?", MADE_FROM)
    actual_people = Number(
        "How many people's pay is it made from?",
        high="1000",
        low="1",
        places=0,
        description="A rate made from fewer than three people is shown to leadership only",
    )
    actual_estimated = Options("Is this rate confirmed or estimated?", CONFIRMED)
    authority_method = Options("The authority's rate, which applications must use", METHODS[:3])
    authority_per_hour = Pounds("Pounds an hour", places=4)
    authority_weekly_hour_price = Pounds("Price of one weekly hour for a year")
    authority_weeks = Number("Over how many weeks is that price?", high="53", low="1", suffix="weeks")
    pay_point = Pounds(
        "Published pay point, pounds an hour",
        places=4,
        description="Shown in place of a rate that would give away a person's pay, where the authority has none",
    )


class Roles(Register):
    name, one, heading = "roles", "role", "Staff roles and rates"
    why = (
        "What an hour of each role costs. A typical or published rate is enough to begin with; leadership can work out the real "
        "cost from pay. A rate made from the pay of fewer than three people is shown to leadership only."
    )
    table, form = StaffRoleRow, RoleForm
    list_template, form_template = "roles/list.html", "roles/role.html"

    def columns(self, year: int) -> Sequence[Column]:
        book, on = book_of(year), within_year(year)
        return (
            Column("Role", lambda row: row.name),
            Column("Actual cost an hour", lambda row: card_words(book.actual.roles, row.name, on), right=True),
            Column("Authority's rate an hour", lambda row: card_words(book.authority.roles, row.name, on), right=True),
            Column(
                "Published pay point",
                lambda row: _pay_point(row),
                right=True,
            ),
            Column("Next rate", lambda row: next_words(book, row.name, on)),
            Column("Used in figures", lambda row: used_words(book.rate_for(row.name, here().leads, on)), right=True),
        )

    def extra(self, rows: Sequence[Any], year: int) -> dict[str, Any]:
        """What pay awards add to the map, in the figures of whoever looks."""
        case = case_of(db(), review_or_404(year), bank(), leadership=here().leads)
        return {
            "awards": [explained(figure) for figure in awards(case)],
            "address_of": address_of,
            "on": within_year(year),
        }

    def weigh(self, year: int) -> Totals | None:
        return totals_of(year)

    def asks(self, before: Any, year: int) -> Effect | None:
        return effect_since(before, year)

    def about(self, row: Any, year: int) -> dict[str, Any]:
        """The role's rates over time."""
        return {"lines": rate_lines(row, year) if row else [], "card_words": CARD_WORDS}

    def sheets(self, year: int) -> Sequence[Sheet]:
        """In a file the rates are numbers, with how they were found beside them."""
        book, on = book_of(year), within_year(year)
        headings = (
            "Role", "Actual cost an hour", "How it was found", "Authority's rate an hour", "How the authority's was found",
            "Published pay point", "Used in figures", "Which rate is used",
        )  # fmt: skip
        rows = (
            (
                row.name, *_actual_cells(book.actual.find(row.name, on)), *_rate_cells(book.authority.find(row.name, on)),
                _pay_point(row), *_used_cells(book.rate_for(row.name, here().leads, on)),
            )
            for row in self.rows(year)
        )  # fmt: skip
        return (Sheet(self.heading, headings, tuple(rows)),)

    def opens(self, row: Any, year: int) -> bool:
        return here().leads or not is_private(row)

    def prepare(self, form: Any, year: int, row: Any) -> None:
        if row is not None and not self.opens(row, year):
            abort(403)
        if not here().leads:
            form.actual_method.offer(METHODS[:3])
            del form.actual_from_people, form.actual_people
        if row is None and not form.is_submitted():
            form.actual_method.data, form.authority_method.data, form.actual_estimated.data = "stated", "", "yes"

    def check(self, form: Any, year: int, row: Any) -> None:
        same = [
            each
            for each in rows_of(db(), StaffRoleRow, here().school.id)
            if each.name.casefold() == form.name.data.casefold()
        ]
        if any(row is None or each.id != row.id for each in same):
            form.name.errors = ["There is already a role with this name"]
        for card in ("actual", "authority"):
            _check_rate(form, card)
        if here().leads:
            _check_people(form)

    def shown(self, row: Any) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "name": row.name,
            "teacher": "yes" if row.teacher else "no",
            "pay_point": row.pay_point,
        }
        for rate in _first_rates(row).values():
            shown |= {f"{rate.card}_{name}": getattr(rate, name) for name in RATE}
            shown[f"{rate.card}_estimated"] = "yes" if rate.estimated else "no"
            shown[f"{rate.card}_from_people"] = "yes" if rate.people else "no"
        return shown

    def values(self, form: Any) -> dict[str, Any]:
        return {"name": form.name.data, "teacher": form.teacher.data == "yes", "pay_point": form.pay_point.value}

    def wrote(self, row: Any, form: Any) -> None:
        """The rates that hold since ever are written with the role; those that begin on a day have a page of their own."""
        by, what, first = now_by(), f"rate of {row.name}", _first_rates(row)
        for card in CARD_WORDS:
            method, rate = form[f"{card}_method"].data, first.get(card)
            if method:
                values = _rate(form, card, method, rate)
                if rate is None:
                    add_row(db(), RateRow, row.school_id, by, what, role_id=row.id, card=card, **values)
                else:
                    change_row(db(), rate, rate.version, by, what, **values)
            elif rate is not None:
                remove_row(db(), rate, by, what)


def _first_rates(role: StaffRoleRow) -> dict[str, RateRow]:
    """The rates of a role that hold since ever, by card."""
    return {rate.card: rate for rate in rates_of(db(), role) if rate.starts is None}


def _rate(form: Any, card: str, method: str, rate: RateRow | None) -> dict[str, Any]:
    """What is kept of one card; what the form does not ask about stays as it was."""
    actual = card == "actual"
    estimated = form["actual_estimated"].data != "no" if actual else rate is not None and rate.estimated
    return {
        "method": method,
        "per_hour": form[f"{card}_per_hour"].value if method == "stated" else None,
        "weekly_hour_price": form[f"{card}_weekly_hour_price"].value if method == "weekly-hour" else None,
        "weeks": form[f"{card}_weeks"].value if method == "weekly-hour" else None,
        "award_percent": rate.award_percent if rate and method == "from-pay" else None,
        "people": _people(form, rate.people if rate else None) if actual else None,
        "estimated": estimated,
    }


def _people(form: Any, kept: int | None) -> int | None:
    """From how many people's pay the actual rate was made; the SENCO is not asked, so what leadership said stays."""
    if "actual_people" not in form:
        return kept
    typed = form.actual_people.value
    return int(typed) if typed is not None and form.actual_from_people.data == "yes" else None


def _check_rate(form: Any, card: str) -> None:
    method = form[f"{card}_method"].data
    needed = {"stated": (f"{card}_per_hour",), "weekly-hour": (f"{card}_weekly_hour_price", f"{card}_weeks")}.get(
        method, ()
    )
    for name in needed:
        if form[name].value is None and not form[name].errors:
            form[name].errors = [f"Enter it as well: {form[name].label.text.lower()}"]


def _check_people(form: Any) -> None:
    method = form.actual_method.data
    from_people = method == "from-pay" or (method and form.actual_from_people.data == "yes")
    if method in ("stated", "weekly-hour") and not form.actual_from_people.data:
        form.actual_from_people.errors = ["Say where the rate comes from"]
    if from_people and method != "from-pay" and form.actual_people.value is None:
        form.actual_people.errors = ["Enter how many people's pay it is made from"]
    few = method == "from-pay" or (form.actual_people.value or Decimal(0)) < FEWEST_PEOPLE
    if from_people and few and form.pay_point.value is None and not form.authority_method.data:
        form.pay_point.errors = [
            "Enter a published pay point or the authority's rate: others see it where this rate would give away a person's pay"
        ]


def is_private(role: StaffRoleRow) -> bool:
    """Whether any of a role's rates is made from pay that only leadership may see; then only leadership opens the role."""
    few = [rate for rate in rates_of(db(), role) if rate.people is not None and 0 < rate.people < FEWEST_PEOPLE]
    return bool(few) or any(rate.method == "from-pay" for rate in rates_of(db(), role))


def _actual_cells(rate: RoleRate | None) -> tuple[Cell, Cell]:
    if rate is not None and rate.private and not here().leads:
        return None, "Seen by leadership only"
    return _rate_cells(rate)


def _rate_cells(rate: RoleRate | None) -> tuple[Cell, Cell]:
    if rate is None:
        return None, "None yet"
    return in_pounds(half_up(rate.method.per_hour)), rate.method.words + (", estimated" if rate.estimated else "")


def _used_cells(rate: Any) -> tuple[Cell, Cell]:
    return (None, "No rate yet") if rate is None else (in_pounds(half_up(rate.per_hour)), Card(rate.card).words)


def _pay_point(row: StaffRoleRow) -> Cell:
    return None if row.pay_point is None else in_pounds(half_up(in_pence(row.pay_point)))


def _used(rate: Any) -> str:
    return "No rate yet" if rate is None else f"{pence(rate.per_hour)} ({Card(rate.card).words})"


pages = Roles().pages()
