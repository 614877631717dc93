"""How the cost of a group falls on its pupils: the four bases of costing §5. Amounts are exact pence.

Each function gives a Split, by which a total falls on the pupils. Sessions are counts: a pupil's own sessions are those
from joining to leaving; whoever asks has counted them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import lcm
from typing import TypeAlias

Rational: TypeAlias = int | Fraction

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

    What the weights leave of `over` is on places that nobody filled. `over` 0: nobody to share it, so not attributed.
    """

    weights: Mapping[str, int]
    over: int

    @property
    def carried(self) -> int:
        """The weights of all pupils."""
        return sum(self.weights.values())


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


def shared(sessions: Mapping[str, Rational]) -> Split:
    """By pupil-sessions: sessions with nobody in the group stay in what is shared; none at all: not attributed."""
    weights, _ = _whole_numbers(sessions, 1)
    everyone = sum(weights.values())
    return Split(weights if everyone else dict.fromkeys(weights, 0), everyone)


def by_place(sessions: Mapping[str, Rational], run: Rational, places: int) -> Split:
    """Each pupil carries total ÷ places × own sessions ÷ sessions run; the rest is unfilled places.

    More pupil-sessions than places × sessions run is refused: there would be more pupils than places on some day.
    """
    weights, scaled = _whole_numbers(sessions, run)
    if places < 1 or sum(weights.values()) > places * scaled or any(own > scaled for own in weights.values()):
        raise SharingError("there are more pupils than places")
    return Split(weights, places * scaled)


def whole(sessions: Mapping[str, Rational], carrier: str) -> Split:
    """The group exists for one pupil, who carries it all; the others are listed at nil."""
    if carrier not in sessions:
        raise SharingError("the pupil who carries the whole cost must be in the group")
    return Split({pupil: int(pupil == carrier) for pupil in sessions}, 1)


def stated(percents: Mapping[str, Rational]) -> Split:
    """Percentages that a person typed, adding up to 100."""
    weights, hundred = _whole_numbers(percents, 100)
    if sum(weights.values()) != hundred or any(percent < 0 for percent in weights.values()):
        raise SharingError("the stated percentages must add up to 100")
    return Split(weights, hundred)


def _whole_numbers(numbers: Mapping[str, Rational], whole: Rational) -> tuple[dict[str, int], int]:
    """The numbers and the whole that they are part of, both scaled by one factor that makes them whole numbers."""
    if type(whole) is int and all(type(number) is int for number in numbers.values()):
        return dict(numbers), whole  # type: ignore[arg-type]  # the usual way: counts of sessions
    ratios = {key: number.as_integer_ratio() for key, number in numbers.items()}
    factor = lcm(whole.as_integer_ratio()[1], *(below for _, below in ratios.values()))
    return {key: above * factor // below for key, (above, below) in ratios.items()}, int(whole * factor)
