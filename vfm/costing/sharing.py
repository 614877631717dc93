"""How the cost of a group falls on its pupils: the four bases of costing §5. Amounts are exact pence.

Each function gives a Split, by which a total falls on the pupils. Sessions are counts: a pupil's own sessions are those
from joining to leaving; whoever asks has counted them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from vfm.money import Number, over_one

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
class Split:
    """How a cost falls on pupils, in whole numbers: each pupil's weight out of `over`, in list order.

    `carried` is the sum of the weights. What the weights leave of `over` is on places that nobody filled. `over` 0: nobody to share it, so not attributed.
    """

    weights: Mapping[str, int]
    over: int
    carried: int


@dataclass(frozen=True, slots=True)
class Shares:
    """A total (pence, exact) as it falls on pupils, in list order, on nobody, and on places that nobody filled."""

    total: Fraction
    split: Split

    @property
    def by_pupil(self) -> dict[str, Fraction]:
        over = self.split.over or 1
        return {pupil: self.total * weight / over for pupil, weight in self.split.weights.items()}

    @property
    def attributed(self) -> Fraction:
        """What falls on pupils."""
        return self.total * self.split.carried / (self.split.over or 1)

    @property
    def not_attributed(self) -> Fraction:
        return NOTHING if self.split.over else self.total

    @property
    def unfilled(self) -> Fraction:
        return self.total - self.attributed if self.split.over else NOTHING


def shared(sessions: Mapping[str, int]) -> Split:
    """By pupil-sessions: sessions with nobody in the group stay in what is shared; none at all: not attributed."""
    everyone = sum(sessions.values())
    return Split(sessions, everyone, everyone)


def by_place(sessions: Mapping[str, int], run: int, places: int) -> Split:
    """Each pupil carries total ÷ places × own sessions ÷ sessions run; the rest is unfilled places.

    More pupil-sessions than places × sessions run is refused: there would be more pupils than places on some day.
    """
    carried = sum(sessions.values())
    if places < 1 or carried > places * run or max(sessions.values(), default=0) > run:
        raise SharingError("there are more pupils than places")
    return Split(sessions, places * run, carried)


def whole(sessions: Mapping[str, int], carrier: str) -> Split:
    """The group exists for one pupil, who carries it all; the others are listed at nil."""
    if carrier not in sessions:
        raise SharingError("the pupil who carries the whole cost must be in the group")
    return Split({pupil: int(pupil == carrier) for pupil in sessions}, 1, 1)


def stated(percents: Mapping[str, Number]) -> Split:
    """Percentages that a person typed, adding up to 100."""
    weights, _ = over_one([*(percent.as_integer_ratio() for percent in percents.values()), (100, 1)])
    *weights, hundred = weights
    if sum(weights) != hundred or min(weights, default=0) < 0:
        raise SharingError("the stated percentages must add up to 100")
    return Split(dict(zip(percents, weights, strict=True)), hundred, hundred)
