"""How the cost of a group falls on its pupils: the four bases of costing §5. Amounts are exact pence.

Each function takes the group's total and gives Shares that add up to it. Sessions are counts: a pupil's own sessions
are those from joining to leaving; whoever asks has counted them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from vfm.money import add_up

NOTHING = Fraction(0)


class SharingError(ValueError):
    """The group cannot be shared like this; the message says why."""


class Basis(StrEnum):
    """How the cost of a group is shared; shown wherever a share is shown."""

    SHARED = "shared"
    BY_PLACE = "by-place"
    WHOLE = "whole"
    STATED = "stated"

    @property
    def words(self) -> str:
        return {
            "shared": "shared by sessions",
            "by-place": "by place",
            "whole": "whole cost to one pupil",
            "stated": "stated percentages",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Shares:
    """A total (pence, exact) as it falls on pupils, in list order, on nobody, and on places that nobody filled."""

    by_pupil: Mapping[str, Fraction] = field(default_factory=dict)
    not_attributed: Fraction = NOTHING
    unfilled: Fraction = NOTHING

    @property
    def attributed(self) -> Fraction:
        """What falls on pupils."""
        return add_up(self.by_pupil.values())

    @property
    def total(self) -> Fraction:
        return self.attributed + self.not_attributed + self.unfilled


def shared(total: Fraction, sessions: Mapping[str, Fraction]) -> Shares:
    """By pupil-sessions: sessions with nobody in the group stay in what is shared; none at all: not attributed."""
    everyone = add_up(sessions.values())
    if everyone == 0:
        return Shares(dict.fromkeys(sessions, NOTHING), not_attributed=total)
    return Shares({pupil: total * own / everyone for pupil, own in sessions.items()})


def by_place(total: Fraction, sessions: Mapping[str, Fraction], run: Fraction, places: int) -> Shares:
    """Each pupil carries total ÷ places × own sessions ÷ sessions run; the rest is unfilled places.

    More pupil-sessions than places × sessions run is refused: there would be more pupils than places on some day.
    """
    if places < 1 or add_up(sessions.values()) > places * run or any(own > run for own in sessions.values()):
        raise SharingError("there are more pupils than places")
    if run == 0:
        return Shares(dict.fromkeys(sessions, NOTHING), not_attributed=total)
    carried = {pupil: total * own / (places * run) for pupil, own in sessions.items()}
    return Shares(carried, unfilled=total - add_up(carried.values()))


def whole(total: Fraction, sessions: Mapping[str, Fraction], carrier: str) -> Shares:
    """The group exists for one pupil, who carries it all; the others are listed at nil."""
    if carrier not in sessions:
        raise SharingError("the pupil who carries the whole cost must be in the group")
    return Shares({pupil: total if pupil == carrier else NOTHING for pupil in sessions})


def stated(total: Fraction, percents: Mapping[str, Fraction]) -> Shares:
    """Percentages that a person typed, adding up to 100."""
    if add_up(percents.values()) != 100 or any(percent < 0 for percent in percents.values()):
        raise SharingError("the stated percentages must add up to 100")
    return Shares({pupil: total * percent / 100 for pupil, percent in percents.items()})
