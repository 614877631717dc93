"""Where contracted hours go: on the map, on other work, not yet recorded; and who is booked for more than there is.

Times are exact minutes a year. Names are for leadership and the SENCO (by_person); roles for everyone else (by_role).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from vfm.costing.costed import CostedIntervention
from vfm.costing.intervention import Giver, Staff
from vfm.money import Number, add_up

MINUTES = 60


class Work(StrEnum):
    """What contracted hours are for, beside the provision map."""

    CLASS_SUPPORT = "class-support"
    DUTY = "duty"
    PREPARATION = "preparation"
    TRAINING = "training"
    COVER = "cover"

    @property
    def words(self) -> str:
        return {
            "class-support": "Class support",
            "duty": "Lunch and break duty",
            "preparation": "Preparation and meetings",
            "training": "Training",
            "cover": "Cover for others",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Contract:
    """One person's contracted hours a week over so many weeks, and the hours a week of other work in them."""

    person: str
    role: str
    weekly_hours: Number
    weeks: Number = 38
    other_work: Mapping[Work, Number] = field(default_factory=dict)

    @property
    def minutes(self) -> Fraction:
        """Contracted minutes in the year."""
        return self._in_year(self.weekly_hours)

    def minutes_of(self, work: Work) -> Fraction:
        """Minutes in the year on one kind of other work."""
        return self._in_year(self.other_work.get(work, 0))

    def _in_year(self, hours: Number) -> Fraction:
        return Fraction(hours) * MINUTES * Fraction(self.weeks)


@dataclass(frozen=True, slots=True)
class Deployment:
    """The year of one role, or of one person (`person`, else empty), in exact minutes."""

    role: str
    contracted: Fraction
    on_the_map: Fraction
    other_work: Mapping[Work, Fraction]
    people: int
    person: str = ""

    @property
    def booked(self) -> Fraction:
        """On the map and on other work together."""
        return self.on_the_map + add_up(self.other_work.values())

    @property
    def over(self) -> Fraction:
        """Minutes booked beyond the contract; 0 where there are none, or no contract to compare with."""
        return max(Fraction(0), self.booked - self.contracted) if self.people else Fraction(0)

    @property
    def over_booked(self) -> bool:
        """From the first minute."""
        return self.over > 0

    @property
    def not_recorded(self) -> Fraction:
        """Minutes of the contract that nothing is recorded for yet, which is not the same as idle."""
        return max(Fraction(0), self.contracted - self.booked)

    @property
    def percent(self) -> Fraction | None:
        """Booked as a percentage of contracted; over 100 is over-booked. None without contracted time."""
        return self.booked * 100 / self.contracted if self.contracted else None


def by_role(contracts: Sequence[Contract], interventions: Iterable[CostedIntervention]) -> tuple[Deployment, ...]:
    """One line a role, contracts first; a role that is on the map without a contract stands with `people` 0."""
    booked = _booked(interventions, lambda staff: staff.role)
    roles = dict.fromkeys([contract.role for contract in contracts] + list(booked))
    return tuple(
        _deployment(role, [c for c in contracts if c.role == role], booked.get(role, Fraction(0))) for role in roles
    )


def by_person(contracts: Sequence[Contract], interventions: Iterable[CostedIntervention]) -> tuple[Deployment, ...]:
    """One line a contract; on the map is only what names the person, who is one of however many give it. For leadership
    and the SENCO.
    """
    booked = _booked(interventions, lambda staff: staff.person, _one_of)
    return tuple(_deployment(c.role, [c], booked.get(c.person, Fraction(0)), c.person) for c in contracts)


def _deployment(role: str, contracts: Sequence[Contract], on_the_map: Fraction, person: str = "") -> Deployment:
    return Deployment(
        role=role,
        contracted=add_up(contract.minutes for contract in contracts),
        on_the_map=on_the_map,
        other_work={work: add_up(contract.minutes_of(work) for contract in contracts) for work in Work},
        people=len({contract.person for contract in contracts}),
        person=person,
    )


def _one_of(staff: Staff) -> Fraction:
    """The part of a staff row's hours that is one person's: one of two is a half, half a person the whole."""
    number = Fraction(staff.number)
    return min(Fraction(1), number) / number if number else Fraction(0)


def unnamed(interventions: Iterable[CostedIntervention]) -> dict[str, Fraction]:
    """Minutes on the map by role that name nobody: not yet anybody's, so nobody may be called idle for them."""
    return _booked(interventions, lambda staff: staff.role, lambda staff: 1 - _one_of(staff) if staff.person else 1)


def _booked(
    interventions: Iterable[CostedIntervention], key: Callable[[Staff], str],
    part: Callable[[Staff], Number] = lambda _: 1,
) -> dict[str, Fraction]:  # fmt: skip
    """Minutes on the map, contact and preparation, by role or person, in order of first appearance."""
    sums: dict[str, Fraction] = {}
    for each in interventions:
        for line in each.staff_lines:
            if line.staff.kind is Giver.STAFF and key(line.staff):
                sums[key(line.staff)] = sums.get(key(line.staff), Fraction(0)) + line.hours * MINUTES * Fraction(
                    part(line.staff)
                )
    return sums
