"""The map pupil by pupil as tables to take out: a row for each pupil, a row for each part, and what was chosen."""

from collections.abc import Sequence

from vfm.costing.provision_map import CostedMap
from vfm.documents.rows import Cell, Sheet, hundredths, in_pounds
from vfm.pupils.pupil import NEED_TYPES, Pupil
from vfm.value.map_by_pupil import MapByPupil, Part, PupilOnMap
from vfm.value.weekly import minutes_a_week, when_words

YEARS = {-2: "Before nursery", -1: "Nursery", 0: "Reception"}
HEADINGS = (
    "Pupil", "Year group", "Class", "SEN status", "Primary need", "Interventions", "Takes part in", "Hours in the year",
    "Share of the cost",
)  # fmt: skip
OF_PARTS = ("Pupil", "Intervention", "Tier", "When", "Minutes a week", "From", "To", "Hours in the year")


def by_pupil_tables(found: MapByPupil, costed: CostedMap, said: Sequence[tuple[str, str]]) -> tuple[Sheet, ...]:
    """The printed figures of the page. `said`: what was chosen, by menu; where nothing was, no table says so."""
    pupils = Sheet("Provision map by pupil", HEADINGS, _rows(found), _last("Total", found.total))
    parts = tuple(_part(each.pupil, part, costed) for each in found.pupils for part in each.parts)
    tables = (pupils, Sheet("Parts of each pupil", OF_PARTS, parts))
    return (*tables, Sheet("What is shown", ("What", "Is"), tuple(said))) if said else tables


def _rows(found: MapByPupil) -> tuple[tuple[Cell, ...], ...]:
    rest = (
        ("Other pupils", found.others), ("Groups that name no pupils", found.unnamed),
        ("Not attributed: nobody was in the group while it ran", found.not_attributed), ("Unfilled places", found.unfilled),
    )  # fmt: skip
    return (*(_pupil(each) for each in found.pupils), *(_last(words, pence) for words, pence in rest if pence))


def _last(words: str, pence: int) -> tuple[Cell, ...]:
    return (words, *[""] * 4, None, "", None, in_pounds(pence))


def _pupil(each: PupilOnMap) -> tuple[Cell, ...]:
    pupil = each.pupil
    return (
        pupil.name, _year(pupil), pupil.class_name, pupil.status.words, NEED_TYPES[pupil.need].words if pupil.need else "",
        len(each.parts), "; ".join(part.line.name for part in each.parts), hundredths(each.hours), in_pounds(each.pence),
    )  # fmt: skip


def _year(pupil: Pupil) -> str:
    return "" if pupil.year is None else YEARS.get(pupil.year, f"Year {pupil.year}")


def _part(pupil: Pupil, part: Part, costed: CostedMap) -> tuple[Cell, ...]:
    it, minutes = part.line.intervention, minutes_a_week(part.line.intervention)
    return (
        pupil.name, it.name, it.tier.value.capitalize(), when_words(it, costed.calendar),
        None if minutes is None else hundredths(minutes), part.member.joined or it.starts_on, part.member.left or it.ends_on,
        hundredths(part.hours),
    )  # fmt: skip
