"""The rates of one role over time: each with its card, the day on which it starts, its method, and whether it is an award."""

from collections.abc import Sequence
from typing import Any

from flask import abort, request, url_for

from vfm.store.rows import row_of
from vfm.store.staff import RateRow, StaffRoleRow, hold_role, rates_of
from vfm.web.database import db
from vfm.web.effect import Effect, Totals, effect_since, totals_of
from vfm.web.fields import Day, Number, Options, Pounds
from vfm.web.permissions import here
from vfm.web.rate_checks import check_rate
from vfm.web.rate_words import CARD_WORDS, rate_lines, since_words
from vfm.web.register import Column, Register, RowForm
from vfm.web.roles import MADE_FROM, METHODS, is_private

CARDS = (
    ("actual", "The school's own: what an hour really costs"),
    ("authority", "The authority's: what applications must use"),
)
AWARD = (("no", "No"), ("yes", "Yes: what it adds to the cost of the map is shown on a line of its own"))
AGREED = (("no", "Agreed"), ("yes", "Estimated until it is agreed"))


class RateForm(RowForm):
    """One rate of a role."""

    role: StaffRoleRow
    row: RateRow | None
    card = Options("On which rate card?", CARDS, missing="Say on which rate card it stands")
    starts = Day(
        "From which day?",
        description="Work on that day and after it costs this rate, until the next rate begins. Leave it empty for a rate that "
        "has been there since ever",
    )
    method = Options("How is the cost of an hour found?", METHODS[1:], missing="Say how the cost of an hour is found")
    per_hour = Pounds(
        "Pounds an hour", places=4, description="The full cost: pay with the employer's national insurance and pension"
    )
    weekly_hour_price = Pounds("Price of one weekly hour for a year")
    weeks = Number("Over how many weeks is that price?", high="53", low="1", suffix="weeks")
    award_percent = Number(
        "If worked out from pay: award on top of today's pay",
        suffix="%",
        places=4,
        description="For example 3.2 while an award of 3.2% is awaited. Leave it empty for pay as it is entered under Staff",
    )
    from_people = Options("Where does a stated rate or price come from?", MADE_FROM)
    people = Number(
        "How many people's pay is it made from?",
        high="1000",
        low="1",
        places=0,
        description="A rate made from fewer than three people is shown to leadership only",
    )
    award = Options("Is it a pay award?", AWARD, missing="Say whether it is a pay award")
    estimated = Options("Is it agreed?", AGREED, missing="Say whether it is agreed or estimated")


class Rates(Register):
    name, one, heading = "rates", "rate", "Rates over time"
    why = "Each rate holds from its day until the next one of the same card begins."
    table, form = RateRow, RateForm
    address = "/roles/<int:role>/rates"
    list_template, form_template = "roles/rates.html", "roles/rate.html"

    def where(self, year: int) -> dict[str, Any]:
        return {"role_id": role_or_404().id}

    def rows(self, year: int) -> Sequence[Any]:
        return rate_lines(role_or_404(), year)

    def columns(self, year: int) -> Sequence[Column]:
        return (
            Column("Card and day", lambda line: line.title),
            Column("An hour costs", lambda line: line.cost, right=True),
            Column("How it is found", lambda line: line.how),
            Column("State", lambda line: line.state),
        )

    def title_of(self, row: Any) -> str:
        role = row_of(db(), StaffRoleRow, row.school_id, row.role_id)
        return f"{role.name if role else ''}: {CARD_WORDS[row.card].lower()}, {since_words(row.starts)}"

    def extra(self, rows: Sequence[Any], year: int) -> dict[str, Any]:
        return {"role": role_or_404()}

    def about(self, row: Any, year: int) -> dict[str, Any]:
        return {"role": role_or_404()}

    def prepare(self, form: Any, year: int, row: Any) -> None:
        form.role, form.row = role_or_404(), row
        if not here().leads:
            form.method.offer(METHODS[1:3])
            del form.from_people, form.people, form.award_percent
        if row is None and not form.is_submitted():
            form.card.data, form.method.data, form.award.data, form.estimated.data = "actual", "stated", "no", "yes"

    def check(self, form: Any, year: int, row: Any) -> None:
        hold_role(db(), form.role)
        others = [rate for rate in rates_of(db(), form.role) if row is None or rate.id != row.id]
        check_rate(form, others)

    def shown(self, row: Any) -> dict[str, Any]:
        return super().shown(row) | {"from_people": "yes" if row.people else "no"}

    def values(self, form: Any) -> dict[str, Any]:
        method = form.method.data
        percent = form.award_percent.value if "award_percent" in form and method == "from-pay" else None
        return {
            "card": form.card.data,
            "starts": form.starts.data,
            "method": method,
            "per_hour": form.per_hour.value if method == "stated" else None,
            "weekly_hour_price": form.weekly_hour_price.value if method == "weekly-hour" else None,
            "weeks": form.weeks.value if method == "weekly-hour" else None,
            "award": form.award.data == "yes",
            "award_percent": percent,
            "people": _people(form),
            "estimated": form.estimated.data == "yes",
        }

    def weigh(self, year: int) -> Totals | None:
        return totals_of(year)

    def asks(self, before: Any, year: int) -> Effect | None:
        return effect_since(before, year)

    def remove(self, row: Any) -> None:
        hold_role(db(), role_or_404())
        super().remove(row)

    def after(self, row: Any, year: int) -> str:
        return url_for("roles.change", year=year, row=row.role_id)


def role_or_404() -> StaffRoleRow:
    """The role in the address. One of which a rate is private is leadership's alone."""
    identity = (request.view_args or {})["role"]
    found = row_of(db(), StaffRoleRow, here().school.id, identity) if identity < 1 << 63 else None
    role = found or abort(404)
    if is_private(role) and not here().leads:
        abort(403)
    return role


def _people(form: Any) -> int | None:
    """From how many people's pay; the SENCO is not asked, so what leadership said stays with the rate."""
    if form.card.data != "actual" or form.method.data == "from-pay":
        return None
    if "people" not in form:
        return form.row.people if form.row is not None else None
    typed = form.people.value
    return int(typed) if typed is not None and form.from_people.data == "yes" else None


pages = Rates().pages()
