"""Who gives an intervention: what its form says of them, what is wrong with that, and the rows that keep it."""

from collections.abc import Iterator
from typing import Any

from vfm.store.givers import Key, Part, givers_of, number_of, parts_for, set_givers
from vfm.store.provision import GiverRow, InterventionRow
from vfm.store.rows import rows_of
from vfm.web.database import db
from vfm.web.fields import plain
from vfm.web.school import now_by

GIVERS = 4
PLACES = range(1, GIVERS + 1)
AGENCY = "agency"
OTHERS = (
    (AGENCY, "An outside agency"),
    ("volunteer", "Volunteers"),
    ("other-pupil", "Other pupils"),
)
FIELDS = ("giver_", "number_", "own_", "agency_")


def check_givers(form: Any) -> None:
    """Says beside the fields what is wrong with who gives it."""
    given = [place for place in PLACES if form[f"giver_{place}"].data]
    if not given:
        form.giver_1.errors = [
            "Choose who gives it. If the role is not in the list, add it under Staff roles and rates"
        ]
    for place in given:
        if form[f"number_{place}"].value is None and not form[f"number_{place}"].errors:
            form[f"number_{place}"].value = form[f"number_{place}"].read("1")
    chosen = [form[f"giver_{place}"].data for place in given]
    for place in given:
        if chosen.count(form[f"giver_{place}"].data) > 1:
            form[f"giver_{place}"].errors = ["The same role stands twice: put the number beside it instead"]
    if {"volunteer", "other-pupil"} & set(chosen) and not form.lead.data:
        form.lead.errors = ["Name the member of staff who leads the volunteers or pupils"]
    _check_own(form, given, chosen)


def _check_own(form: Any, given: list[int], chosen: list[str]) -> None:
    if form.agency_price.value is not None and AGENCY not in chosen:
        form.agency_price.errors = ["Choose an outside agency above, or leave its price empty"]
    for place in PLACES:
        if form[f"own_preparation_{place}"].value is not None and place not in given:
            form[f"own_preparation_{place}"].errors = ["Choose who that is above, or leave the preparation empty"]


def shown_givers(row: InterventionRow) -> dict[str, Any]:
    """What the form shows of who gives an intervention; people of one role stand together."""
    shown: dict[str, Any] = {}
    there = givers_of(db(), row.school_id, row.id)
    first = {(giver.kind, giver.role_id): giver for giver in reversed(_givers(row))}
    for place, (key, parts) in enumerate(list(there.items())[:GIVERS], start=1):
        shown |= {f"giver_{place}": str(key[1] or key[0]), f"number_{place}": number_of(parts)}
        shown[f"own_preparation_{place}"] = first[key].preparation_minutes
        if key[0] == AGENCY:
            shown["agency_price"] = first[key].per_hour
    return shown


def keep_givers(row: InterventionRow, form: Any) -> None:
    """Those that stay are changed where they stand, those that are gone go, those that are new come.

    What no form shows stays as it is: who is named, as far as the number goes, and whoever comes after the fourth.
    """
    there = givers_of(db(), row.school_id, row.id)
    wanted: dict[Key, list[Part]] = dict(list(there.items())[GIVERS:])
    values = dict(_wanted(form))
    for key, typed in values.items():
        known, number = there.get(key, []), typed.pop("number")
        people = [person for _, person in known if person is not None]
        wanted[key] = known if known and number_of(known) == number else parts_for(number, people)
    set_givers(db(), row.school_id, row.id, wanted, now_by(), values)


def _wanted(form: Any) -> Iterator[tuple[Key, dict[str, Any]]]:
    for place in PLACES:
        chosen = form[f"giver_{place}"].data
        if chosen:
            key: Key = ("staff", int(chosen)) if chosen.isdigit() else (chosen, None)
            yield (
                key,
                {
                    "number": form[f"number_{place}"].value,
                    "preparation_minutes": form[f"own_preparation_{place}"].value,
                    "per_hour": form.agency_price.value if chosen == AGENCY else None,
                },
            )


def _givers(row: InterventionRow) -> list[GiverRow]:
    return rows_of(db(), GiverRow, row.school_id, intervention_id=row.id)


def agency_words(row: InterventionRow, *, invoiced: bool) -> tuple[str, str]:
    """What is to be said about an agency's price, and how the hours delivered stand to those bought; both may be empty."""
    agencies = [giver for giver in _givers(row) if giver.kind == AGENCY]
    priced = any(giver.per_hour is not None for giver in agencies)
    hint = ""
    if agencies and not priced and not invoiced:
        hint = "An outside agency gives this, and neither its price an hour nor an invoice has been entered: it costs nothing here"
    elif priced and invoiced:
        hint = "The agency has a price an hour and an invoice: if both are the same money, take one of them away"
    return hint, _hours_words(row)


def _hours_words(row: InterventionRow) -> str:
    if row.hours_bought is None and row.hours_delivered is None:
        return ""
    bought = "not known" if row.hours_bought is None else plain(row.hours_bought)
    delivered = "not known" if row.hours_delivered is None else plain(row.hours_delivered)
    said = f"Hours bought: {bought}. Hours delivered so far: {delivered}"
    if row.hours_bought is None or row.hours_delivered is None:
        return said
    left = row.hours_bought - row.hours_delivered
    if left < 0:
        return f"{said}. Delivered beyond what was bought: {plain(-left)}"
    return f"{said}. {'All have been delivered' if not left else f'Still to be delivered: {plain(left)}'}"
