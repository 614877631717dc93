"""Brings in a provision map from a sheet: interventions, who gives them and who takes part, costed before it is agreed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from vfm.costing.intervention import Intervention
from vfm.costing.map_compare import MapPlan, There, compare_map
from vfm.costing.map_costs import sheet_beside_ours
from vfm.costing.map_lines import MapSheet
from vfm.costing.map_meanings import MEANINGS
from vfm.costing.map_roles import SOURCE, Roles
from vfm.costing.map_sheet import read_map
from vfm.costing.provision_map import CostedMap, cost_map
from vfm.costing.rates import Card, RateBook, RateCard, RoleRate, Stated
from vfm.money import pounds
from vfm.sheets.headings import Layout, Meaning
from vfm.sheets.preview import Asked, Preview
from vfm.sheets.table import Table
from vfm.store.cases import case_of
from vfm.store.programmes import catalogue_of
from vfm.store.rows import rows_of
from vfm.store.staff import StaffRoleRow, rate_book
from vfm.web.bank import bank
from vfm.web.database import db
from vfm.web.import_pages import pages_of
from vfm.web.importing import ESTIMATED, Import
from vfm.web.map_there import what_is_there
from vfm.web.map_writing import write_map
from vfm.web.permissions import here
from vfm.web.review import review_or_404
from vfm.web.roles import MADE_FROM

KEPT = ("same_name", "matrix")
SOURCE_HINT = "Rates made from what particular people are paid are not taken from a sheet"


class MapImport(Import):
    name, kind, address, register = "map_import", "provision-map", "provision-map", "provision-map.overview"
    heading = "Bring in a provision map"
    why = (
        "A sheet with one row for each intervention, with one row for each pupil, or with year groups as columns. Interventions are "
        "known by their names: one that is here already is changed where the sheet says something else, and costs are worked out "
        "on your own rates and on the authority's before you agree. Of pupils only names or references are read."
    )
    meanings = MEANINGS

    def missing(self, layout: Layout) -> list[Meaning]:
        there = layout.every("name") or layout.every("year_group")
        return [] if there else [each for each in MEANINGS if each.name == "name"]

    def preview(self, table: Table, layout: Layout, answers: Mapping[str, str], year: int) -> tuple[Preview, Any]:
        there = what_is_there(year)
        sheet = read_map(table, layout, Roles(there.roles, answers), answers, there.names)
        _name_programmes(sheet)
        preview, plan = compare_map(sheet, there, answers)
        asked = [*preview.asked]
        if plan.asks_source and here().leads:
            words = "Where do the sheet’s hourly rates come from?"
            asked.append(Asked(SOURCE, words, MADE_FROM, answers.get(SOURCE, ""), hint=SOURCE_HINT))
        if plan.changes and not preview.wrong:
            asked.append(replace(ESTIMATED, answer=answers.get("estimated", "")))
        preview = replace(preview, asked=asked)
        return (preview if preview.wrong else _with_costs(preview, sheet, there, plan, year)), plan

    def write(self, changes: MapPlan, answers: Mapping[str, str], year: int) -> None:
        write_map(changes, year, estimated=answers["estimated"] == "yes")

    def keeps(self, changes: MapPlan, answers: Mapping[str, str]) -> Mapping[str, str]:
        """What rows of one name are, how years sit, which tier a word is, and which role a word means."""
        roles = {row.name: str(row.id) for row in rows_of(db(), StaffRoleRow, here().school.id)}
        meant = {question: roles[name] for question, name in changes.meant.items()}
        return {name: value for name, value in answers.items() if name in KEPT or name in changes.tiers} | meant


def _name_programmes(sheet: MapSheet) -> None:
    """A programme of the sheet is called as the school's own list calls it, so that its other names change nothing."""
    own = catalogue_of(db(), here().school.id)
    for entry in sheet.entries.values():
        found = own.find(entry.values.get("programme") or "")
        if found:
            entry.values["programme"] = found.name


def _with_costs(preview: Preview, sheet: MapSheet, there: There, plan: MapPlan, year: int) -> Preview:
    """What the map costs now and what it would cost, on both cards, for whoever is looking; and what the sheet says."""
    case = case_of(db(), review_or_404(year), bank(), leadership=here().leads)
    book = _with_rates(rate_book(db(), here().school.id, case.map.calendar), plan)
    every = _as_it_would_be(there, plan)

    def then(card: Card) -> CostedMap:
        leads = here().leads and card is Card.ACTUAL
        return cost_map(every, book, case.pupils, case.map.calendar, leadership=leads, card=card)

    own, authority = then(Card.ACTUAL), then(Card.AUTHORITY)
    notes = [
        f"On {words} the map costs {_known(before)} now and {_known(after)} afterwards"
        for words, before, after in (
            ("your own rates", case.map, own),
            ("the authority's rates", case.authority_map, authority),
        )
        if after.rated
    ]
    return replace(preview, notes=[*notes, *preview.notes], beside=sheet_beside_ours(sheet, own))


def _known(costed: CostedMap) -> str:
    return pounds(costed.printed_total) if costed.rated else "an amount that is not known"


def _as_it_would_be(there: There, plan: MapPlan) -> Sequence[Intervention]:
    after = {change.kept.id: change.after for change in plan.changes if change.kept}
    kept = [after.get(each.id, each.intervention) for each in there.interventions]
    return [*kept, *(change.after for change in plan.changes if change.kept is None)]


def _with_rates(book: RateBook, plan: MapPlan) -> RateBook:
    """The school's cards with the rates that would come from the sheet."""
    new = [RoleRate(role, Stated(rate), estimated=True) for role, rate in plan.every_rate.items()]
    return replace(book, actual=RateCard(Card.ACTUAL, [*book.actual.roles, *new]))


pages = pages_of(MapImport())
