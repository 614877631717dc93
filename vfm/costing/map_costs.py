"""The costs that a map's sheet gives, beside what the same interventions cost here."""

from vfm.costing.costed import CostedIntervention
from vfm.costing.map_lines import Entry, MapSheet
from vfm.costing.methods import gaps_of
from vfm.costing.provision_map import CostedMap
from vfm.money import add_up, half_up, in_pence, pounds
from vfm.sheets.preview import Beside, joined, rows_words

HEADINGS = ("Intervention", "In the sheet", "Here", "Difference", "What to look at")


def sheet_beside_ours(sheet: MapSheet, costed: CostedMap) -> Beside | None:
    """A row for each intervention whose cost in the sheet is not what it costs here, and the totals, each rounded on its own.

    None where the sheet gives no costs. `costed` is the map as it would be, on the school's own rates.
    """
    if sheet.own_cost is None:
        return None
    known = {each.name.casefold(): each for each in costed.interventions}
    entries = [entry for entry in sheet.entries.values() if entry.key in known]
    rows = [row for entry in entries for row in _row(entry, known[entry.key])]
    theirs, ours = half_up(in_pence(sheet.own_cost)), half_up(add_up(known[entry.key].total for entry in entries))
    total = ("All that is in the sheet", pounds(theirs), pounds(ours), _apart(theirs, ours), "")
    caption = "Your sheet’s costs beside the costs here"
    return Beside(f"{caption}, where they differ" if rows else caption, HEADINGS, (*rows, total))


def _row(entry: Entry, costed: CostedIntervention) -> list[tuple[str, ...]]:
    if entry.cost is None:
        return []
    theirs, ours = half_up(in_pence(entry.cost)), half_up(costed.total)
    if theirs == ours:
        return []
    name = f"{entry.name} ({rows_words(entry.rows)})"
    return [(name, pounds(theirs), pounds(ours), _apart(theirs, ours), _missing(costed))]


def _apart(theirs: int, ours: int) -> str:
    return "none" if theirs == ours else f"{pounds(abs(ours - theirs))} {'more' if ours > theirs else 'less'} here"


def _missing(each: CostedIntervention) -> str:
    """What is missing for a cost, if anything is; else the rate or the times must be other ones."""
    it = each.intervention
    if not it.staff and not it.other_costs:
        return "Nobody is said to give it"
    if it.staff and not it.minutes:
        return "No minutes"
    if it.staff and it.delivery is None:
        return "No sessions"
    roles = list(dict.fromkeys(gap.role for gap in gaps_of(each)))
    return f"No rate yet for {joined(roles)}" if roles else "The rate, the weeks or the number of staff"
