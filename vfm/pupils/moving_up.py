"""Who moves up at the end of a year, who leaves from the top of the school, who has a last day already, who is still to come."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from vfm.pupils.pupil import Pupil
from vfm.pupils.year_groups import HIGHEST


@dataclass(slots=True)
class Moving:
    """The pupils of a year as it ends. `up` holds those who move up, by the year group that they are in now, lowest first."""

    up: dict[int, list[Pupil]] = field(default_factory=dict)
    top: list[Pupil] = field(default_factory=list)
    leaving: list[Pupil] = field(default_factory=list)
    unknown: list[Pupil] = field(default_factory=list)
    coming: int = 0

    @property
    def number_up(self) -> int:
        """How many move up."""
        return sum(len(pupils) for pupils in self.up.values())


def moving(pupils: Iterable[Pupil], first: dt.date, last: dt.date, top: int) -> Moving:
    """Everybody who is at the school in the year from `first` to `last`; their year groups are those of that year.

    Who is erased is not among them. `top` is the highest year group of the school; nobody moves up past the highest of all.
    """
    found, highest = Moving(), min(top, HIGHEST)
    for pupil in sorted(pupils, key=lambda each: (each.year is None, each.year or 0)):
        if pupil.erased or (pupil.left is not None and pupil.left < first):
            continue
        if pupil.joined is not None and pupil.joined > last:
            found.coming += 1
        elif pupil.left is not None and pupil.left <= last:
            found.leaving.append(pupil)
        elif pupil.year is None:
            found.unknown.append(pupil)
        elif pupil.year >= highest:
            found.top.append(pupil)
        else:
            found.up.setdefault(pupil.year, []).append(pupil)
    return found
