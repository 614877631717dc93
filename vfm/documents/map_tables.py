"""The provision map as tables to take out: its interventions, its pupils, who carries what of each, and its breakdowns."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from vfm.costing.costed import CostedIntervention
from vfm.costing.delivery import InTotal, OnDays, Weekly
from vfm.costing.intervention import Intervention
from vfm.costing.provision_map import CostedMap, printed
from vfm.documents.rows import Cell, Sheet, hundredths, in_pounds
from vfm.money import half_up
from vfm.plan.make import given_by

ON_AUTHORITY = "Cost on the authority's rates"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
HEADINGS = (
    "Intervention", "Programme", "Tier", "Area of need", "Given by", "Number of pupils", "Minutes of one session", "Sessions a week",
    "Weeks", "Sessions in total", "Weekdays", "Contact hours", "Cost", "Cost a pupil", ON_AUTHORITY,
    "Counts as additional", "Note",
)  # fmt: skip


def map_tables(costed: CostedMap, authority: CostedMap, names: Mapping[str, str]) -> tuple[Sheet, ...]:
    """The tables of a costed map, with the printed figures of its pages. `names`: what each pupil is called."""
    return (_interventions(costed, authority), _pupils(costed, names), _shares(costed, names), _breakdowns(costed))


def part_of_tables(
    tables: Sequence[Sheet], said: Sequence[tuple[str, str]], part: CostedMap, whole: CostedMap
) -> tuple[Sheet, ...]:
    """The tables of a part of the map, named so, and last a table that says which part it is."""
    first, *rest = tables
    rows: tuple[tuple[Cell, ...], ...] = (
        *said,
        ("Interventions shown", len(part.interventions)),
        ("Interventions on the map", len(whole.interventions)),
        ("Cost of those shown", in_pounds(part.printed_total)),
        ("Cost of the map", in_pounds(whole.printed_total)),
    )
    return (
        replace(first, title=f"Part of the {first.title.lower()}"),
        *rest,
        Sheet("What is shown", ("What", "Is"), rows),
    )


def _interventions(costed: CostedMap, authority: CostedMap) -> Sheet:
    printed_sums = zip(
        costed.interventions, costed.printed_interventions(), authority.printed_interventions(), costed.printed_additional(),
        strict=True,
    )  # fmt: skip
    rows = tuple(_intervention(each, *sums) for each, *sums in printed_sums)
    sums = (costed.printed_total, None, authority.printed_total, half_up(costed.additional))
    total: tuple[Cell, ...] = ("Total", *[""] * 11, *(None if each is None else in_pounds(each) for each in sums), "")
    sheet = Sheet("Provision map", HEADINGS, rows, total if rows else ())
    return sheet if authority.rated else _without(sheet, HEADINGS.index(ON_AUTHORITY))


def _without(sheet: Sheet, place: int) -> Sheet:
    """The same table without one of its columns, of which nothing is known."""
    headings = sheet.headings[:place] + sheet.headings[place + 1 :]
    *rows, total = (row[:place] + row[place + 1 :] for row in (*sheet.rows, sheet.total))
    return replace(sheet, headings=headings, rows=tuple(rows), total=total)


def _intervention(each: CostedIntervention, cost: int, authority: int, additional: int) -> tuple[Cell, ...]:
    it, per_pupil = each.intervention, each.cost_per_pupil
    return (
        it.name, it.programme, it.tier.value.capitalize(), it.need, ", ".join(given_by(each)), it.pupils, *_when(it),
        hundredths(each.contact_hours), in_pounds(cost), None if per_pupil is None else in_pounds(half_up(per_pupil)),
        in_pounds(authority), in_pounds(additional), _note(each),
    )  # fmt: skip


def _when(it: Intervention) -> tuple[Cell, ...]:
    """Minutes, sessions a week, weeks, sessions in total, weekdays."""
    when = it.delivery
    minutes = hundredths(Fraction(it.minutes)) if it.minutes else None
    if isinstance(when, OnDays):
        days = ", ".join(DAYS[slot.weekday] + (f" (week {slot.week})" if slot.week else "") for slot in when.slots)
        return minutes, None, None, None, days
    if isinstance(when, InTotal):
        return minutes, None, None, hundredths(Fraction(when.sessions_in_total)), ""
    if isinstance(when, Weekly):
        weeks = None if when.weeks is None else hundredths(Fraction(when.weeks))
        return minutes, hundredths(Fraction(when.sessions_a_week)), weeks, None, ""
    return minutes, None, None, None, ""


def _note(each: CostedIntervention) -> str:
    missing = (
        f"No rate yet for {', '.join(each.rate_missing)}: their time is not in the cost." if each.rate_missing else ""
    )
    return " ".join(filter(None, (missing, "Costed at a substitute rate." if each.substitute else "")))


def _pupils(costed: CostedMap, names: Mapping[str, str]) -> Sheet:
    shares = costed.printed_pupils()
    rows: list[tuple[Cell, ...]] = [(names[key], in_pounds(pence)) for key, pence in shares.by_pupil.items()]
    rows += [("Not attributed to a named pupil", in_pounds(shares.not_attributed))] if shares.not_attributed else []
    rows += [("Unfilled places", in_pounds(shares.unfilled))] if shares.unfilled else []
    total = ("Total", in_pounds(costed.printed_total)) if rows else ()
    return Sheet("Pupils", ("Pupil", "Cost of provision"), tuple(rows), total)


def _shares(costed: CostedMap, names: Mapping[str, str]) -> Sheet:
    """How each intervention falls on its pupils, as on the intervention's page: adding up to its own rounded total."""
    rows = [row for each in costed.interventions for row in _shares_of(each, names)]
    return Sheet("Shares of each intervention", ("Intervention", "Pupil", "Share"), tuple(rows))


def _shares_of(each: CostedIntervention, names: Mapping[str, str]) -> list[tuple[Cell, ...]]:
    *parts, nobody, empty = each.printed_shares()
    rows = [(names[key], pence) for key, pence in zip(each.shares.by_pupil, parts, strict=True)]
    rows += [(words, pence) for words, pence in (("Not attributed", nobody), ("Unfilled places", empty)) if pence]
    return [(each.name, who, in_pounds(pence)) for who, pence in [*rows, ("Total", half_up(each.total))]]


def _breakdowns(costed: CostedMap) -> Sheet:
    whose = zip(("Pupils with SEN", "Other additional needs", "Universal"), costed.printed_whose(), strict=True)
    by: Sequence[tuple[str, Mapping[str, int]]] = (
        ("Whose it is", dict(whose)),
        ("Tier", {tier.capitalize(): pence for tier, pence in printed(costed.by_tier).items()}),
        ("Area of need", printed(costed.by_need)),
        ("Given by", printed(costed.by_provider)),
        ("Funding", printed(costed.by_funding)),
        ("Kind of cost", printed(costed.by_kind)),
    )
    rows = [
        (title, part, in_pounds(pence))
        for title, parts in by if parts
        for part, pence in [*parts.items(), ("Total", costed.printed_total)]
    ]  # fmt: skip
    return Sheet("Breakdowns", ("Broken down by", "Part", "Cost"), tuple(rows) if costed.interventions else ())
