"""What pupils have taken part in, in every year that the school has entered."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from vfm.costing.intervention import Result

RESULT_WORDS = {
    Result.MET: "Outcome met",
    Result.PARTLY: "Partly met",
    Result.NOT_MET: "Not met",
    None: "Not recorded",
}
GAIN = (Result.MET, Result.PARTLY)
NOT_A_SCHEME = frozenset(
    {"", "agency visit", "assistive technology", "club", "in-class support", "personal care", "transition"}
)
"""Kinds of support of which two at once, or one after another, say nothing: they teach no one thing in two ways."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A pupil's part in one line (by key) of one academic year's map, from `first` to `last`, both included.

    `programme` is the key of the school's catalogue, or the folded name of a line that follows none; `called` its name,
    `name` what the line was called. `decision` and `because` are those of the line's review. `adults` are who gave it:
    keys of people where they are named, else of roles.
    """

    pupil: str
    year: int
    line: str
    name: str
    programme: str
    called: str
    first: dt.date
    last: dt.date
    kind: str = ""
    need: str = ""
    result: Result | None = None
    decision: str = ""
    because: str = ""
    adults: frozenset[str] = frozenset()

    @property
    def gained(self) -> bool:
        """Whether a gain is recorded: the outcome was met, or partly met."""
        return self.result in GAIN

    def like(self, other: "Taken") -> bool:
        """Whether another programme is of the same type and for the same need; a need that is not stated may be any."""
        if self.programme == other.programme or self.kind in NOT_A_SCHEME:
            return False
        return self.kind == other.kind and (not self.need or not other.need or self.need == other.need)

    def overlaps(self, other: "Taken") -> bool:
        """Whether there is a day on which the pupil takes part in both."""
        return self.first <= other.last and other.first <= self.last


def by_pupil(taken: Iterable[Taken]) -> dict[str, list[Taken]]:
    """Each pupil's, in order of time."""
    found: dict[str, list[Taken]] = {}
    for each in sorted(taken, key=lambda one: (one.first, one.last, one.line)):
        found.setdefault(each.pupil, []).append(each)
    return found
