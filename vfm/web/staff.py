"""People who give provision: their hours for whoever runs the review, their pay for leadership only."""

from collections.abc import Sequence
from typing import Any

from flask import abort

from vfm.documents.rows import Count
from vfm.store.rows import rows_of
from vfm.store.staff import StaffRoleRow, StaffRow
from vfm.web.database import db
from vfm.web.fields import Line, Menu, Number, Pounds, plain
from vfm.web.permissions import here
from vfm.web.register import Column, Register, RowForm

PAY = ("salary", "allowances", "full_time_hours", "paid_weeks", "pension_percent", "levy_percent")
HOURS = (
    ("class_support_hours", "class support"),
    ("duty_hours", "lunch and break duty"),
    ("preparation_hours", "preparation and meetings"),
    ("training_hours", "training"),
    ("cover_hours", "cover for others"),
)


class StaffForm(RowForm):
    """One person."""

    name = Line(
        "Name", missing="Enter the name", description="Seen by leadership and the SENCO; everybody else sees the role"
    )
    role_id = Menu("Role", missing="Choose the role. If it is not in the list, add it under Staff roles and rates")
    weekly_hours = Number("Contracted hours a week", high="60", suffix="hours", missing="Enter the contracted hours")
    class_support_hours = Number("Of these: class support, not on the map", high="60", suffix="hours a week")
    duty_hours = Number("Lunch and break duty", high="60", suffix="hours a week")
    preparation_hours = Number("Preparation and meetings", high="60", suffix="hours a week")
    training_hours = Number("Training", high="60", suffix="hours a week")
    cover_hours = Number("Cover for others", high="60", suffix="hours a week")
    salary = Pounds(
        "Full-time salary for a year", description="Only needed where the role's rate is worked out from pay"
    )
    allowances = Pounds("Allowances for a year")
    full_time_hours = Number(
        "Full-time hours a week in the contract",
        high="60",
        suffix="hours",
        description="Usually 37 for support staff, 32.5 for teachers",
    )
    paid_weeks = Number(
        "Paid weeks a year",
        high="53",
        places=3,
        suffix="weeks",
        description="From payroll, usually 43 to 46 for support staff, 52.143 for teachers",
    )
    pension_percent = Number(
        "Employer's pension contribution", suffix="%", description="From payroll; nought where the person has opted out"
    )
    levy_percent = Number(
        "Apprenticeship levy", suffix="%", description="0.5 where the employer pays it; otherwise leave empty"
    )


class Staff(Register):
    name, one, heading = "staff", "member of staff", "Staff"
    why = (
        "Who gives provision and for how many hours a week. It shows who is booked for more hours than they have. "
        "Pay is entered and seen by leadership only."
    )
    table, form = StaffRow, StaffForm

    def columns(self, year: int) -> Sequence[Column]:
        roles = {role.id: role.name for role in rows_of(db(), StaffRoleRow, here().school.id)}
        columns = [
            Column("Name", lambda row: row.name),
            Column("Role", lambda row: roles.get(row.role_id, "")),
            Column("Hours a week", lambda row: Count(row.weekly_hours), right=True),
        ]
        if here().leads:
            columns.append(Column("Pay entered", lambda row: "Yes" if row.salary is not None else "No"))
        return columns

    def prepare(self, form: Any, year: int, row: Any) -> None:
        form.role_id.offer((str(role.id), role.name) for role in rows_of(db(), StaffRoleRow, here().school.id))
        if not here().leads:
            for name in PAY:
                del form[name]

    def check(self, form: Any, year: int, row: Any) -> None:
        used = sum(form[name].value or 0 for name, _ in HOURS)
        if form.weekly_hours.value is not None and used > form.weekly_hours.value:
            form.weekly_hours.errors = [f"The hours by kind add up to {plain(used)}, more than the contracted hours"]
        if here().leads and form.salary.value is not None:
            for name, words in (
                ("full_time_hours", "the full-time hours"),
                ("paid_weeks", "the paid weeks"),
                ("pension_percent", "the pension contribution, 0 if there is none"),
            ):
                if form[name].value is None:
                    form[name].errors = [f"Enter {words} as well: the rate cannot be worked out without"]
        if _paid_and_not_ours(row):
            _refuse_changes_of_rate(form, row)

    def values(self, form: Any) -> dict[str, Any]:
        return super().values(form) | {"role_id": int(form.role_id.data)}

    def remove(self, row: Any) -> None:
        if _paid_and_not_ours(row):
            abort(403)
        super().remove(row)


def _paid_and_not_ours(row: Any) -> bool:
    """Whether changing this person would move a rate made from pay, by somebody who may not see that pay."""
    return row is not None and row.salary is not None and not here().leads


def _refuse_changes_of_rate(form: Any, row: Any) -> None:
    """Rates before and after somebody left the role, or had next to no hours, would tell what one person is paid."""
    message = "Their pay is part of the role's rate, so leadership makes this change"
    if form.role_id.data != str(row.role_id):
        form.role_id.errors = [message]
    if form.weekly_hours.value != row.weekly_hours:
        form.weekly_hours.errors = [message]


pages = Staff().pages()
