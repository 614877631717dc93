"""The map pupil by pupil: what each one takes part in, hours in the year, and the share of the printed total."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from vfm.costing.costed import CostedIntervention
from vfm.costing.group import days_in_it
from vfm.costing.intervention import Membership
from vfm.costing.provision_map import CostedMap
from vfm.money import add_up, apportion
from vfm.pupils.pupil import Pupil


@dataclass(frozen=True, slots=True)
class Part:
    """A pupil's part in one line: contact hours of the sessions run while the pupil was in it, exact."""

    line: CostedIntervention
    member: Membership
    hours: Fraction


@dataclass(frozen=True, slots=True)
class PupilOnMap:
    """A pupil, and the share in whole pence as it is printed."""

    pupil: Pupil
    parts: tuple[Part, ...]
    pence: int

    @property
    def hours(self) -> Fraction:
        """In the year, exact; two things at one time count twice."""
        return add_up(part.hours for part in self.parts)


@dataclass(frozen=True, slots=True)
class MapByPupil:
    """Whole pence as printed: the pupils, `others` (pupils who are not listed), and what falls on no pupil add up to `total`.

    `unnamed` is of groups that name nobody; `not_attributed` of groups in which nobody was while sessions ran.
    """

    pupils: tuple[PupilOnMap, ...]
    others: int
    number_of_others: int
    unnamed: int
    not_attributed: int
    unfilled: int
    total: int

    @property
    def listed(self) -> int:
        """Whole pence of the pupils who are listed."""
        return sum(each.pence for each in self.pupils)


def map_by_pupil(
    costed: CostedMap, pupils: Mapping[str, Pupil], wanted: Callable[[Pupil], bool], *, with_nothing: bool
) -> MapByPupil:
    """Those on the map who are wanted; `with_nothing`: also those with SEN, at the school in the year, who are on no line."""
    parts, printed = parts_of(costed), costed.printed_pupils()
    every = [
        PupilOnMap(pupil, tuple(parts.get(key, ())), printed.by_pupil.get(key, 0))
        for key, pupil in pupils.items()
        if key in parts or (with_nothing and _missing(pupil, costed))
    ]
    listed = tuple(each for each in every if wanted(each.pupil))
    beside = [each for each in every if not wanted(each.pupil) and each.parts]
    unnamed, nobody = _on_nobody(costed, printed.not_attributed)
    return MapByPupil(
        listed, sum(each.pence for each in beside), len(beside), unnamed, nobody, printed.unfilled, costed.printed_total
    )


def parts_of(costed: CostedMap) -> dict[str, list[Part]]:
    """The parts of each pupil (by key) who is on a line, in the order of the map."""
    found: dict[str, list[Part]] = {}
    for each in costed.interventions:
        for member in each.intervention.members:
            span = days_in_it(costed.calendar, each.run, member.joined, member.left)
            hours = Fraction(*each.run.contact(*span)) / 60
            found.setdefault(member.pupil, []).append(Part(each, member, hours))
    return found


def _missing(pupil: Pupil, costed: CostedMap) -> bool:
    year = costed.calendar.year
    return pupil.has_sen and not pupil.erased and pupil.here_between(year.first_day, year.last_day)


def _on_nobody(costed: CostedMap, printed: int) -> tuple[int, int]:
    """What is not attributed, in whole pence: of groups that name nobody, and of others; they add up to what is printed."""
    its = [each for each in costed.interventions if not each.split.over]
    unnamed = _sum(each for each in its if not each.intervention.members)
    rest = _sum(each for each in its if each.intervention.members)
    of_unnamed, of_rest = apportion([unnamed, rest], printed)
    return of_unnamed, of_rest


def _sum(its: Iterable[CostedIntervention]) -> Fraction:
    return add_up(each.total for each in its)


SORTS: Mapping[str, tuple[str, Callable[[PupilOnMap], Fraction | int]]] = {
    "cost": ("Cost, most first", lambda each: -each.pence),
    "hours": ("Hours, most first", lambda each: -each.hours),
    "lines": ("Number of interventions, fewest first", lambda each: len(each.parts)),
}


def sort_by(pupils: Sequence[PupilOnMap], word: str) -> tuple[PupilOnMap, ...]:
    """In the order of one of SORTS; for any other word as they are."""
    return tuple(sorted(pupils, key=SORTS[word][1])) if word in SORTS else tuple(pupils)
