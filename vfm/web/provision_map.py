"""The provision map: every intervention of the year with its cost, and the page on which one is entered."""

from collections.abc import Sequence
from typing import Any

from flask import url_for

from vfm.documents.map_tables import map_tables, part_of_tables
from vfm.documents.rows import Sheet
from vfm.store.cases import case_of
from vfm.store.programmes import names_of_programmes
from vfm.store.provision import InterventionRow
from vfm.store.rows import rows_of
from vfm.store.staff import StaffRoleRow
from vfm.store.year_end import draft_into
from vfm.value.map_choice import chosen_of
from vfm.web.bank import bank
from vfm.web.costed_lines import costed_lines
from vfm.web.database import db
from vfm.web.giver_fields import FIELDS as GIVER_FIELDS
from vfm.web.giver_fields import GIVERS, OTHERS, check_givers, keep_givers, shown_givers
from vfm.web.intervention_form import (
    AREAS,
    TIME_WORDS,
    InterventionForm,
    check_group,
)
from vfm.web.map_filter import filter_of
from vfm.web.naming import begin_with, hint_at_usual, keep_programme, offered, say_programme
from vfm.web.permissions import here
from vfm.web.register import Column, Register
from vfm.web.review import review_or_404
from vfm.web.running import (
    allow_as_many_days,
    check_running,
    hint_at_weeks,
    keep_running,
    shown_running,
    values_of_running,
)

AT_FIRST = {"time_kind": "intervention", "basis": "shared", "estimated": "yes", "where": "in", "runs": "weekly"}
NO_COLUMNS = ("where", "programme", "runs", "slots", "known_days")


class ProvisionMap(Register):
    name, one, heading = "provision-map", "intervention", "Provision map"
    why = (
        "Every intervention of the year: who gives it, when, to whom. Its cost is worked out from the hours and the rates. "
        "Begin with the three that cost most."
    )
    table, form = InterventionRow, InterventionForm
    brought_in = "map_import.upload"
    list_template = "provision/map.html"
    form_template = "provision/change.html"

    def where(self, year: int) -> dict[str, Any]:
        return {"year": year}

    def columns(self, year: int) -> Sequence[Column]:
        return ()

    def extra(self, rows: Sequence[Any], year: int) -> dict[str, Any]:
        return costed_lines(year, filtered=True) | {"drafted": draft_into(db(), here().school.id, year)}

    def sheets(self, year: int) -> Sequence[Sheet]:
        """As on the page: on the rates that this person may see, pupils by name, for whoever runs the review."""
        case = case_of(db(), review_or_404(year), bank(), leadership=here().leads)
        chosen = filter_of(case.map, case.pupils)
        part, theirs = (chosen_of(each, chosen.choice, case.pupils) for each in (case.map, case.authority_map))
        tables = map_tables(part, theirs, {key: pupil.name for key, pupil in case.pupils.items()})
        return part_of_tables(tables, chosen.said, part, case.map) if chosen.choice.any else tables

    def prepare(self, form: Any, year: int, row: Any) -> None:
        roles = [(str(role.id), role.name) for role in rows_of(db(), StaffRoleRow, here().school.id)]
        for place in range(1, GIVERS + 1):
            form[f"giver_{place}"].offer([*roles, *OTHERS])
        form.need.offer((area, area) for area in AREAS)
        form.time_kind.offer(TIME_WORDS.items())
        if row is None and not form.is_submitted():
            for name, at_first in AT_FIRST.items():
                form[name].data = form[name].data or at_first
            begin_with(form)
        form.programme.offered = offered()
        hint_at_weeks(form, year)
        allow_as_many_days(form, row)
        hint_at_usual(form)

    def check(self, form: Any, year: int, row: Any) -> None:
        check_running(form, year, row)
        check_givers(form)
        check_group(form)
        if form.basis.data == "whole" and not form.whole_reason.data:
            form.whole_reason.errors = ["Say why one pupil carries the whole cost"]
        if form.tier.data == "universal" and form.counts_percent.value and not form.counts_why.data:
            form.counts_why.errors = ["Say why this share of a universal provision counts as additional"]

    def shown(self, row: Any) -> dict[str, Any]:
        names = names_of_programmes(db(), row.school_id)
        shown = super().shown(row) | {
            "where": "out" if row.withdrawn else "in",
            "programme": names.get(row.programme_id or 0, ""),
        }
        return shown | shown_givers(row) | shown_running(row)

    def values(self, form: Any) -> dict[str, Any]:
        values = {name: value for name, value in super().values(form).items() if not name.startswith(GIVER_FIELDS)}
        whole = {
            name: None if values[name] is None else int(values[name])
            for name in ("group_size", "group_with_sen", "places")
        }
        return (
            {k: v for k, v in values.items() if k not in NO_COLUMNS}
            | whole
            | keep_programme(form)
            | values_of_running(form)
            | {
                "withdrawn": form.where.data == "out",
                "need": form.need.data or "",
            }
        )

    def wrote(self, row: Any, form: Any) -> None:
        keep_givers(row, form)
        keep_running(row, form)
        say_programme(form)

    def after(self, row: Any, year: int) -> str:
        return url_for("intervention.overview", year=year, intervention=row.id)


pages = ProvisionMap().pages()
