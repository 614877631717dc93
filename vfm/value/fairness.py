"""Fairness: pounds and hours for each pupil, by what pupils are. A difference is a question to explain, not unfairness."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from vfm.costing.calendar import AcademicYear
from vfm.costing.provision_map import CostedMap
from vfm.money import add_up
from vfm.pupils.pupil import NEED_TYPES, Pupil, SenStatus
from vfm.value.withheld import FEWEST, withheld

NOTHING = Fraction(0)
NOT_RECORDED = "Not recorded"
A_TENTH = 10
"""Pupils for whom a tenth is at least one."""


@dataclass(frozen=True, slots=True)
class Given:
    """What one pupil is given in the year: exact pence that count as additional, and exact hours of those sessions."""

    pupil: Pupil
    pence: Fraction
    hours: Fraction


@dataclass(frozen=True, slots=True)
class Spread:
    """How values lie: their mean, the middle one (the mean of the middle two), the lowest and the highest. Exact."""

    mean: Fraction
    median: Fraction
    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Group:
    """Pupils of one kind; `pence` and `hours` are None where they are withheld."""

    name: str
    pupils: int
    pence: Spread | None
    hours: Spread | None


@dataclass(frozen=True, slots=True)
class Division:
    """All pupils, parted by one thing."""

    name: str
    groups: tuple[Group, ...]


def given_in(costed: CostedMap, pupils: Mapping[str, Pupil]) -> tuple[Given, ...]:
    """Every pupil who is on the register in the map's year, also those who are given nothing."""
    pence, hours = costed.additional_by_pupil, dict.fromkeys(pupils, NOTHING)
    for each in costed.interventions:
        if each.intervention.counts_ratio[0]:
            for member in each.intervention.members:
                hours[member.pupil] += each.hours_of(member.pupil)
    there = (pupil for pupil in pupils.values() if _there(pupil, costed.calendar.year))
    return tuple(Given(pupil, pence.get(pupil.id, NOTHING), hours[pupil.id]) for pupil in there)


def _there(pupil: Pupil, year: AcademicYear) -> bool:
    begun = pupil.joined is None or pupil.joined <= year.last_day
    return begun and (pupil.left is None or pupil.left >= year.first_day)


def spread(values: Iterable[Fraction]) -> Spread:
    """Raises ValueError where there are no values."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("nothing has no mean")
    middle = len(ordered) // 2
    median = ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    return Spread(add_up(ordered) / len(ordered), median, ordered[0], ordered[-1])


def gini(values: Sequence[Fraction]) -> Fraction | None:
    """Σ|xi − xj| ÷ (2 n² mean): 0 where all have the same, near 1 where one has all. None where there is nothing."""
    total, n = add_up(values), len(values)
    if not total:
        return None
    ordered = sorted(values)
    return add_up((2 * place - n + 1) * value for place, value in enumerate(ordered)) / (n * total)


def share_of_the_top_tenth(values: Sequence[Fraction]) -> Fraction | None:
    """The share (0 to 1) of all that goes to the tenth who get most; of a part of a pupil, that part. None under ten."""
    total, ordered = add_up(values), sorted(values, reverse=True)
    if len(ordered) < A_TENTH or not total:
        return None
    whole, part = divmod(len(ordered), A_TENTH)
    return (add_up(ordered[:whole]) + ordered[whole] * Fraction(part, A_TENTH)) / total


def _need(pupil: Pupil) -> str:
    found = NEED_TYPES.get(pupil.need)
    return "No need recorded" if found is None else found.area.words if found.area else "Another need"


def _year(pupil: Pupil) -> str:
    if pupil.year is None:
        return NOT_RECORDED
    return {-2: "Before nursery", -1: "Nursery", 0: "Reception"}.get(pupil.year, f"Year {pupil.year}")


def _either(yes: str, no: str, of: Callable[[Pupil], bool]) -> Callable[[Pupil], str]:
    return lambda pupil: yes if of(pupil) else no


PREMIUM = _either("Receives pupil premium", "Does not", lambda pupil: pupil.pupil_premium)
EAL = _either("English as an additional language", "English as a first language", lambda pupil: pupil.eal)
LOOKED_AFTER = _either("Looked after", "Not looked after", lambda pupil: pupil.looked_after)
SEX = {"F": "Girls", "M": "Boys"}
DIVISIONS: Mapping[str, Callable[[Pupil], str]] = {
    "SEN status": lambda pupil: pupil.status.words,
    "Area of need": _need,
    "Year group": _year,
    "Sex": lambda pupil: SEX.get(pupil.sex, NOT_RECORDED),
    "Pupil premium": PREMIUM,
    "Language": EAL,
    "Looked after": LOOKED_AFTER,
}


def divisions(given: Sequence[Given]) -> tuple[Division, ...]:
    """Every division; groups under five are withheld, and with them what would let their figures be worked back."""
    parts = {name: _parted(given, of) for name, of in DIVISIONS.items()}
    tables = {
        name: {group: frozenset(each.pupil.id for each in its) for group, its in groups.items()}
        for name, groups in parts.items()
    }
    hidden = withheld(tables) if len(given) >= FEWEST else frozenset((n, g) for n, its in parts.items() for g in its)
    return tuple(
        Division(name, tuple(_group(group, its, (name, group) in hidden) for group, its in groups.items()))
        for name, groups in parts.items()
    )


def _parted(given: Sequence[Given], of: Callable[[Pupil], str]) -> dict[str, list[Given]]:
    found: dict[str, list[Given]] = {}
    for each in sorted(given, key=lambda one: _order(one.pupil)):
        found.setdefault(of(each.pupil), []).append(each)
    return found


def _order(pupil: Pupil) -> tuple[int, str]:
    return (99 if pupil.year is None else pupil.year, pupil.status.code)


def _group(name: str, its: Sequence[Given], hidden: bool) -> Group:
    if hidden:
        return Group(name, len(its), None, None)
    return Group(name, len(its), spread(each.pence for each in its), spread(each.hours for each in its))


def of_status(given: Iterable[Given], status: SenStatus) -> tuple[Given, ...]:
    """Those of one SEN status."""
    return tuple(each for each in given if each.pupil.status is status)
