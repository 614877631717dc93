"""The three costliest interventions, typed on one page of the quick start: what is asked, and what is kept of it."""

from itertools import product
from typing import Any

from vfm.store.provision import GiverRow, InterventionRow
from vfm.store.rows import add_row, rows_of
from vfm.store.staff import RateRow, StaffRoleRow, hold_role
from vfm.web.database import db
from vfm.web.fields import Form, Line, Number, Options, Pounds
from vfm.web.intervention_form import TIER_WORDS
from vfm.web.permissions import here
from vfm.web.school import now_by

HOW_MANY = 3
AT_ONCE = ("name", "role", "rate", "minutes", "a_week", "weeks", "pupils")  # asked of every intervention
MORE = ("tier", "number", "with_sen")  # asked of whoever opens them; what stands there at first will often do
WANTED = {
    "name": "enter its name", "role": "say who gives it", "minutes": "enter the minutes of one session",
    "a_week": "enter how many sessions a week",
}  # fmt: skip
RATE_WANTED = {"rate": "enter what an hour costs; a guess will do"}
Rated = dict[str, tuple[StaffRoleRow, bool]]


class ThreeForm(Form):
    """The three costliest interventions, each in one line of the mind."""


for _n in range(1, HOW_MANY + 1):
    _fields: dict[str, Any] = {
        "name": Line("Name"),
        "tier": Options("Tier", TIER_WORDS.items(), default="targeted"),
        "role": Line("Who gives it?"),
        "rate": Pounds("Cost of an hour", places=4),
        "number": Number("How many adults give it at once?", default="1"),
        "minutes": Number("Minutes a session", high="1000"),
        "a_week": Number("Sessions a week"),
        "weeks": Number("Weeks", high="53", default="38"),
        "pupils": Number("Pupils", high="10000", places=0),
        "with_sen": Number("How many of the pupils have SEN?", high="10000", places=0),
    }  # fmt: skip
    for _name, _field in _fields.items():
        setattr(ThreeForm, f"{_name}_{_n}", _field)


def rated_roles() -> Rated:
    """The school's roles by name in small letters, and whether each has a rate."""
    with_rate = {rate.role_id for rate in rows_of(db(), RateRow, here().school.id)}
    return {
        role.name.casefold(): (role, role.id in with_rate) for role in rows_of(db(), StaffRoleRow, here().school.id)
    }


def filled(form: Any) -> list[int]:
    """Which of the three somebody began to fill in; what stood there at first does not count."""
    return [n for n in range(1, HOW_MANY + 1) if any(form[f"{name}_{n}"].data for name in AT_ONCE if name != "weeks")]


def complete(form: Any, rated: Rated, there: set[str]) -> bool:
    """Whether everything that a cost needs was typed as it should be; says beside each field what is wrong.

    `there` are the names on the map in small letters: a form that is sent again must not put anything there twice.
    """
    form.validate()
    _say_which(form)
    if not filled(form):
        form.name_1.errors = ["Enter the name of at least one intervention"]
    rates: dict[str, Any] = {}
    names = set(there)
    for n in filled(form):
        role = form[f"role_{n}"].data.casefold()
        has_rate = role in rates or rated.get(role, (None, False))[1]
        _check_missing(form, n, WANTED if has_rate or not role else WANTED | RATE_WANTED)
        _check_rate(form, n, rates.setdefault(role, form[f"rate_{n}"].value))
        _check_pupils(form, n)
        _check_name(form, n, names)
    return not form.errors


def _say_which(form: Any) -> None:
    """The same labels stand three times: a message must say for which intervention."""
    for n, name in product(range(1, HOW_MANY + 1), (*AT_ONCE, *MORE)):
        field = form[f"{name}_{n}"]
        field.errors = [f"Intervention {n}: {words[0].lower()}{words[1:]}" for words in field.errors]


def _check_name(form: Any, n: int, names: set[str]) -> None:
    field = form[f"name_{n}"]
    if field.data and field.data.casefold() in names:
        field.errors = [
            f"Intervention {n}: {field.data} is on your map already; change it there, or name this one apart"
        ]
    names.add(field.data.casefold())


def _check_missing(form: Any, n: int, wanted: dict[str, str]) -> None:
    for name, message in wanted.items():
        field = form[f"{name}_{n}"]
        if not field.data and not field.errors:
            field.errors = [f"Intervention {n}: {message}"]


def _check_rate(form: Any, n: int, first: Any) -> None:
    """A role has one rate: a second that differs would be lost without a word."""
    field = form[f"rate_{n}"]
    if first is not None and field.value not in (None, first):
        field.errors = [f"Intervention {n}: an hour of this role costs something else above; give it another name"]


def _check_pupils(form: Any, n: int) -> None:
    size, with_sen = form[f"pupils_{n}"].value, form[f"with_sen_{n}"].value
    if with_sen is not None and (size is None or with_sen > size):
        form[f"with_sen_{n}"].errors = ["The pupils with SEN cannot be more than the pupils in the group"]


def add_one(form: Any, n: int, year: int, rated: Rated) -> None:
    """Puts one intervention on the map, with its role and the role's rate where these are new."""
    by, school = now_by(), here().school.id
    values = {
        name: form[f"{name}_{n}"] for name in ("pupils", "with_sen", "minutes", "a_week", "weeks", "number", "rate")
    }
    role, has_rate = rated.get(form[f"role_{n}"].data.casefold(), (None, False))
    if role is None:
        role = add_row(db(), StaffRoleRow, school, by, "role", name=form[f"role_{n}"].data, teacher=False)
    if not has_rate:
        hold_role(db(), role)
        add_row(
            db(), RateRow, school, by, f"rate of {role.name}", role_id=role.id, card="actual", method="stated",
            per_hour=values["rate"].value, estimated=True,
        )  # fmt: skip
    rated[role.name.casefold()] = (role, True)
    row = add_row(
        db(), InterventionRow, school, by, "intervention", year=year, name=form[f"name_{n}"].data,
        tier=form[f"tier_{n}"].data or "targeted", minutes=values["minutes"].value,
        sessions_a_week=values["a_week"].value, weeks=values["weeks"].value or values["weeks"].read("38"),
        group_size=whole(values["pupils"]), group_with_sen=whole(values["with_sen"]), estimated=True,
    )  # fmt: skip
    add_row(
        db(), GiverRow, school, by, "who gives it", intervention_id=row.id, kind="staff", role_id=role.id,
        number=values["number"].value or values["number"].read("1"),
    )  # fmt: skip


def whole(field: Any) -> int | None:
    """The number that was typed, for a column of whole numbers."""
    return None if field.value is None else int(field.value)
