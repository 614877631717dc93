"""The register of paid time for SEN that is tied to no intervention: SENCO time, reviews, hours that are not on the map."""

from collections.abc import Sequence
from typing import Any

from flask import g

from vfm.costing.calendar import AcademicYear
from vfm.costing.time_not_tied import TimeCost, TimeKind
from vfm.money import add_up, apportion, half_up, pounds
from vfm.store.bridging import MOST_HOURS, TimeNotTiedRow, times_of
from vfm.store.calendar import calendar_of
from vfm.store.rows import rows_of
from vfm.store.staff import StaffRoleRow, rate_book
from vfm.web.database import db
from vfm.web.fields import Line, Menu, Number, Options, plain
from vfm.web.income import CONFIRMED
from vfm.web.ledger_year import OfLedgerYear
from vfm.web.permissions import here
from vfm.web.register import Column, RowForm

KINDS = (
    (TimeKind.SENCO.value, TimeKind.SENCO.words, "Leading and organising provision"),
    (TimeKind.COORDINATION.value, TimeKind.COORDINATION.words, "Paperwork, ordering, timetables, an assistant to the SENCO"),
    (TimeKind.REVIEWS.value, TimeKind.REVIEWS.words, "Annual reviews and meetings that belong to no one intervention"),
    (TimeKind.NOT_ON_MAP.value, TimeKind.NOT_ON_MAP.words, "Contracted for SEN, and not yet on any intervention"),
)  # fmt: skip
WHICH_HOURS = (
    ("no", "Hours at work", "As on a timetable: 6.5 hours a week over 38 weeks are 247"),
    ("yes", "Paid hours", "As on payroll, with paid holidays. Only for a role whose rate is worked out from pay"),
)
INSTEAD = "* The authority’s rate or a published pay point, in place of a rate that would give away a person’s pay."


class TimeForm(RowForm):
    """Some hours of one role in the financial year."""

    name = Line("What is it?", missing="Say what it is, for example SENCO, one day a week")
    kind = Options("What kind of time is it?", KINDS, missing="Choose the kind of time")
    role_id = Menu(
        "Whose time is it?", missing="Choose the role. If it is not there, add it under Staff roles and rates"
    )
    hours = Number("Hours in the financial year", high=str(MOST_HOURS), suffix="hours", missing="Enter the hours")
    paid = Options("Which hours are these?", WHICH_HOURS, missing="Say which hours these are")
    sen_share = Number("Share of them that is for SEN", suffix="%", missing="Enter the share, 100 if all of it is")
    estimated = Options(
        "Are the hours confirmed or estimated?", CONFIRMED, missing="Say whether they are confirmed or estimated"
    )


class TimeNotOnMap(OfLedgerYear):
    name, one, heading = "time", "time", "Time not on the map"
    why = (
        "Paid time for SEN that belongs to no intervention. It is in the ledger, so without it the map seems to cost too little. "
        "It stands on its own and is never spread over interventions."
    )
    table, form = TimeNotTiedRow, TimeForm

    def columns(self, year: int) -> Sequence[Column]:
        roles = {role.id: role.name for role in rows_of(db(), StaffRoleRow, here().school.id)}
        costs = _costs(year)
        printed = dict(zip(costs, apportion([each.cost for each in costs.values()]), strict=True))
        return (
            Column("What it is", lambda row: row.name),
            Column("Kind", lambda row: TimeKind(row.kind).words),
            Column("Role", lambda row: roles[row.role_id]),
            Column("Hours", lambda row: f"{plain(row.hours)}{' paid' if row.paid else ''}", right=True),
            Column("SEN share", lambda row: f"{plain(row.sen_share)}%", right=True),
            Column("Cost", lambda row: _cost_words(costs[str(row.id)], printed[str(row.id)]), right=True),
            Column("State", lambda row: "Estimated" if costs[str(row.id)].estimated else "Confirmed"),
        )

    def total(self, rows: Sequence[Any], year: int) -> Sequence[str]:
        total = half_up(add_up(each.cost for each in _costs(year).values()))
        return ("Total", "", "", "", "", pounds(total), "")

    def notes(self, rows: Sequence[Any], year: int) -> Sequence[str]:
        return (INSTEAD,) if any(each.substitute for each in _costs(year).values()) else ()

    def prepare(self, form: Any, year: int, row: Any) -> None:
        form.role_id.offer((str(role.id), role.name) for role in rows_of(db(), StaffRoleRow, here().school.id))
        if row is None and not form.is_submitted():
            form.paid.data, form.sen_share.data, form.estimated.data = "no", "100", "yes"

    def check(self, form: Any, year: int, row: Any) -> None:
        if form.paid.data == "yes" and form.role_id.data and not _has_paid_hour(int(form.role_id.data), year):
            form.paid.errors = ["The rate of this role is not worked out from pay, so enter its hours at work"]

    def values(self, form: Any) -> dict[str, Any]:
        return super().values(form) | {"role_id": int(form.role_id.data)}


def _costs(year: int) -> dict[str, TimeCost]:
    """Each row's cost at the rates that this person may see, by the row's id; worked out once for a page."""
    if "time_costs" not in g:
        found = times_of(db(), here().school, year, leadership=here().leads)
        g.time_costs = {each.entered.id: each for each in found}
    costs: dict[str, TimeCost] = g.time_costs
    return costs


def _cost_words(each: TimeCost, pence: int) -> str:
    if each.per_hour is None:
        return "No rate yet"
    return pounds(pence) + ("*" if each.substitute else "")


def _has_paid_hour(role_id: int, year: int) -> bool:
    school = here().school.id
    role = next(role.name for role in rows_of(db(), StaffRoleRow, school) if role.id == role_id)
    return rate_book(db(), school, calendar_of(db(), school, AcademicYear(year))).worked_part(role) is not None


pages = TimeNotOnMap().pages()
