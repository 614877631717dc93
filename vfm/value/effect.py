"""What one intervention did for its pupils, as far as the tests can carry it; where they cannot, words and no figure.

Before-and-after says what went together, never what caused what. Gains are exact, in the measure's unit; costs are exact
pence, and are the shares of the pupils who were measured (costing page, section 7).
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from vfm.money import Number, add_up
from vfm.value.bootstrap import FEWEST, range_of
from vfm.value.measure import Family, Measure

DAYS_A_MONTH = Fraction(1461, 48)
"""365.25 days ÷ 12."""
BANDS = (
    (Fraction(14, 10), "under 1.4"),
    (Fraction(2), "1.4 to 2"),
    (Fraction(3), "2 to 3"),
    (Fraction(4), "3 to 4"),
)
TOP_BAND = "4 and over"


class Withheld(StrEnum):
    """Why there is no figure."""

    NOBODY = "nobody has been measured twice"
    FEW = "fewer than five pupils were measured twice, so a figure would say more than it knows"
    MIXED = "pupils were measured by different tests, which cannot be put together"
    NO_PROGRESS = "no measured progress"
    NOT_EXTRA = "no more progress than time alone would bring"
    NO_TIME = "this measure has no months"
    NOBODY_MET = "no pupil met it"


Said = Fraction | Withheld
"""A figure, or why there is none."""


class LeftOut(StrEnum):
    """Why a pupil of the group is not in a figure."""

    NO_ENTRY = "without a result at the start"
    NO_EXIT = "without a result at the end"
    OTHER_TEST = "measured by another test at the end"
    NO_DAYS = "without the days of the tests"


@dataclass(frozen=True, slots=True)
class Measurement:
    """What a pupil (by key) had at the start and at the end, by which measure (by key), and who judged it.

    `exit_by` is the measure at the end where it was another one.
    """

    pupil: str
    measure: str
    entry: Number | None = None
    entry_on: dt.date | None = None
    exit: Number | None = None
    exit_on: dt.date | None = None
    exit_by: str = ""
    judged_by: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """One pupil who was measured twice: what was gained, in how many months, and the pupil's share of the cost."""

    pupil: str
    gain: Fraction
    months: Fraction
    share: Fraction = Fraction(0)


def months_between(first: dt.date, last: dt.date) -> Fraction:
    """Months from one day to another, at 365.25 days a year."""
    return (last - first).days / DAYS_A_MONTH


def band_of(ratio: Fraction) -> str:
    """The band of a ratio gain; the edge itself is in the upper band (Brooks)."""
    return next((words for below, words in BANDS if ratio < below), TOP_BAND)


@dataclass(frozen=True)
class Effect:
    """The effect by one measure on a group: of `size` pupils, `measured` were, the others were left out for a reason."""

    measure: Measure
    size: int
    measured: tuple[Measured, ...]
    left_out: Mapping[LeftOut, int]

    @property
    def counted(self) -> str:
        """Such as 12 of 15 pupils."""
        return f"{len(self.measured)} of {self.size} {'pupil' if self.size == 1 else 'pupils'}"

    @property
    def share_measured(self) -> Fraction | None:
        return Fraction(len(self.measured), self.size) if self.size else None

    @property
    def cost(self) -> Fraction:
        """Pence: the shares of the pupils who were measured."""
        return add_up(each.share for each in self.measured)

    @property
    def gained(self) -> Fraction:
        """In the measure's unit, all pupils together."""
        return add_up(each.gain for each in self.measured)

    @property
    def months(self) -> Fraction:
        """Months from test to test, all pupils together."""
        return add_up(each.months for each in self.measured)

    @property
    def withheld(self) -> Withheld | None:
        """Why nothing is said of this group at all, or None."""
        if not self.measured:
            return Withheld.MIXED if self.left_out.get(LeftOut.OTHER_TEST) else Withheld.NOBODY
        return Withheld.FEW if len(self.measured) < FEWEST else None

    def _say(self, figure: Callable[[], Said]) -> Said:
        return self.withheld or figure()

    @property
    def mean(self) -> Said:
        """Total gain ÷ pupils, in the measure's unit."""
        return self._say(lambda: self.gained / len(self.measured))

    @property
    def ratio(self) -> Said:
        """Ratio gain: months gained ÷ months of intervention, total ÷ total."""
        if self.measure.family is not Family.AGE:
            return Withheld.NO_TIME
        return self._say(lambda: self.gained / self.months)

    @cached_property
    def range(self) -> tuple[Fraction, Fraction] | None:
        """From where to where the ratio gain lies, or for other measures the mean gain."""
        if self.withheld:
            return None
        one = self.measure.family is Family.AGE
        return range_of([(each.gain, each.months if one else Fraction(1)) for each in self.measured])

    @property
    def cost_of_each(self) -> Said:
        """Pence for each month, or point, gained. Nothing gained is never £0.00."""
        return self._say(lambda: self.cost / self.gained if self.gained > 0 else Withheld.NO_PROGRESS)

    @property
    def cost_of_extra(self) -> Said:
        """Pence for each month gained beyond the months that passed."""
        if self.measure.family is not Family.AGE:
            return Withheld.NO_TIME
        extra = self.gained - self.months
        return self._say(lambda: self.cost / extra if extra > 0 else Withheld.NOT_EXTRA)


def effect_of(
    measure: Measure, found: Iterable[Measurement], shares: Mapping[str, Fraction], members: Sequence[str]
) -> Effect:
    """The effect on the members of a group (keys), of whom each carries a share of the cost (pence) by key."""
    by_pupil = {each.pupil: each for each in found if each.measure == measure.key}
    measured, left_out = [], Counter[LeftOut]()
    for pupil in members:
        each = by_pupil.get(pupil, Measurement(pupil, measure.key))
        why = _why_not(each, measure)
        if why:
            left_out[why] += 1
        else:
            measured.append(_measured(each, measure, shares.get(pupil, Fraction(0))))
    return Effect(measure, len(members), tuple(measured), dict(left_out))


def _why_not(each: Measurement, measure: Measure) -> LeftOut | None:
    if each.entry is None:
        return LeftOut.NO_ENTRY
    if each.exit_by and each.exit_by != measure.key:
        return LeftOut.OTHER_TEST
    if each.exit is None:
        return LeftOut.NO_EXIT
    if measure.family is Family.AGE and not (each.entry_on and each.exit_on and each.entry_on < each.exit_on):
        return LeftOut.NO_DAYS
    return None


def _measured(each: Measurement, measure: Measure, share: Fraction) -> Measured:
    assert each.entry is not None and each.exit is not None
    gain = measure.better_by(each.entry, each.exit)
    months = months_between(each.entry_on, each.exit_on) if each.entry_on and each.exit_on else Fraction(0)
    return Measured(each.pupil, gain, months, share)


def cost_per_success(cost: Fraction, size: int, met: int) -> Said:
    """Pence of the pupils whose outcome is recorded ÷ those who met it, in a group of five or more."""
    if size < FEWEST:
        return Withheld.FEW
    return cost / met if met else Withheld.NOBODY_MET
