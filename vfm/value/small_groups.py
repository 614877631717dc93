"""Which of the groups that figures are told by hold so few pupils that somebody who knew the school could tell who is meant."""

from collections.abc import Iterable
from typing import NamedTuple

from vfm.pupils.pupil import Pupil
from vfm.value.fairness import DIVISIONS
from vfm.value.withheld import FEWEST


class SmallGroup(NamedTuple):
    """What pupils are parted by, the group, and how many are in it, the pupil too."""

    division: str
    group: str
    pupils: int


def small_groups(pupil: Pupil, pupils: Iterable[Pupil]) -> tuple[SmallGroup, ...]:
    """The groups of fewer than five pupils that a pupil is in, of all who were ever on the register."""
    every = list(pupils)
    found = (
        SmallGroup(name, of(pupil), sum(of(each) == of(pupil) for each in every)) for name, of in DIVISIONS.items()
    )
    return tuple(each for each in found if each.pupils < FEWEST)
