"""What the year end's page shows of each intervention and of the pupils, from what is entered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vfm.costing.calendar import AcademicYear
from vfm.costing.costed import CostedIntervention
from vfm.money import hours_and_minutes, pounds
from vfm.pupils.moving_up import Moving, moving
from vfm.store.costed import costed_year
from vfm.store.programmes import catalogue_of
from vfm.store.provision import InterventionRow
from vfm.store.pupils import pupils_of
from vfm.store.rows import rows_of
from vfm.store.taken import taken_until
from vfm.value.repeats import repeats_in
from vfm.value.taken import Taken
from vfm.value.year_end import LastYear, Proposed, last_year_of, propose, top_group
from vfm.web.database import db
from vfm.web.layout import day
from vfm.web.permissions import here


@dataclass(frozen=True, slots=True)
class LastYearsLine:
    """An intervention as its year ends: its facts in words, and what is proposed."""

    key: str
    version: int
    name: str
    outcome: str
    cost: str
    repeats: str
    review: str
    proposed: Proposed


def moving_of(year: int) -> Moving:
    """The pupils of the school as the year ends."""
    term = AcademicYear(year)
    pupils = pupils_of(db(), here().school.id, year).values()
    return moving(pupils, term.first_day, term.last_day, top_group(here().school.highest_age))


def rows_by_key(year: int) -> dict[str, InterventionRow]:
    """The year's interventions, in the order in which they were entered."""
    return {str(row.id): row for row in rows_of(db(), InterventionRow, here().school.id, year=year)}


def lines_of(year: int, moves: Moving) -> list[LastYearsLine]:
    """Each intervention of the year, on the rates that this person may see."""
    school, rows = here().school.id, rows_by_key(year)
    pupils = pupils_of(db(), school, year)
    costed = costed_year(db(), school, AcademicYear(year), pupils, leadership=here().leads).actual
    stay = {pupil.id for pupils in moves.up.values() for pupil in pupils} | {pupil.id for pupil in moves.unknown}
    again = _repeated(taken_until(db(), school, year, catalogue_of(db(), school)), year)
    costs = zip(costed.interventions, costed.printed_interventions(), strict=True)
    return [_line(each, pence, rows[each.intervention.id], stay, again.get(each.intervention.id, frozenset())) for each, pence in costs]  # fmt: skip


def _repeated(taken: Iterable[Taken], year: int) -> Mapping[str, frozenset[str]]:
    """The pupils for whom something repeats, by the key of each line that it rests on."""
    found: dict[str, frozenset[str]] = {}
    for noticed in repeats_in(taken, year):
        for line in {row.line for row in noticed.rows if row.year == year}:
            found[line] = found.get(line, frozenset()) | {noticed.pupil}
    return found


def _line(
    each: CostedIntervention, pence: int, row: InterventionRow, stay: set[str], again: frozenset[str]
) -> LastYearsLine:
    it = each.intervention
    last = last_year_of(it, stay, repeats=len(again), decision=row.decision or "", because=row.decision_why)
    return LastYearsLine(
        it.id, row.version, row.name, _outcome(last, it.pupils),
        f"{pounds(pence)}, {hours_and_minutes(each.contact_hours * 60)} of contact",
        f"Something repeats for {_pupils(len(again))}" if again else "", _review(row), propose(last),
    )  # fmt: skip


def _outcome(last: LastYear, size: int | None) -> str:
    if not last.named:
        return f"{_pupils(size)}, not named, so no outcome is recorded" if size else "No pupils are entered"
    parts = (
        (last.met, "met the outcome"),
        (last.partly, "partly"),
        (last.not_met, "did not"),
        (last.not_recorded, "not recorded"),
    )
    said = ", ".join(f"{number} {words}" for number, words in parts if number)
    return f"{_pupils(last.pupils)}: {said}"


def _pupils(number: int) -> str:
    return f"{number} pupil{'' if number == 1 else 's'}"


def _review(row: InterventionRow) -> str:
    if not row.decision:
        return (
            f"No review is recorded; it was to be on {day(row.review_on)}" if row.review_on else "No review is recorded"
        )
    when = f" on {day(row.reviewed_on)}" if row.reviewed_on else ""
    return f"Reviewed{when}: {row.decision}{f'. {row.decision_why}' if row.decision_why else ''}"
