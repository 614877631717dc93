"""One year's map beside the next, line by line: what continued, changed, stopped or is new, in minutes and in pence that add up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from vfm.costing.provision_map import CostedMap
from vfm.money import apportion


class Became(StrEnum):
    """What became of a line."""

    CONTINUED = "Continued"
    CHANGED = "To change"
    STOPPED = "Stopped"
    NEW = "New"
    TAKEN_OUT = "Taken out again"
    NOT_COPIED = "Not copied"
    LATER = "Entered later"


@dataclass(frozen=True, slots=True)
class Side:
    """A line of one year's map: contact minutes and pence, rounded so that the map's lines add up to its total."""

    key: str
    name: str
    minutes: int
    pence: int


@dataclass(frozen=True, slots=True)
class Went:
    """What was decided on a line of the year before: `new` is the key of its copy, empty where none was made."""

    old: str
    new: str
    decision: str
    reason: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A line in both years, or in one of them."""

    became: Became
    before: Side | None
    after: Side | None
    reason: str = ""

    @property
    def name(self) -> str:
        side = self.after or self.before
        return side.name if side else ""

    @property
    def minutes(self) -> tuple[int, int, int]:
        """Before, after, and the difference."""
        return _three(self.before.minutes if self.before else 0, self.after.minutes if self.after else 0)

    @property
    def pence(self) -> tuple[int, int, int]:
        """Before, after, and the difference."""
        return _three(self.before.pence if self.before else 0, self.after.pence if self.after else 0)


def _three(before: int, after: int) -> tuple[int, int, int]:
    return before, after, after - before


def sides_of(costed: CostedMap) -> list[Side]:
    """The lines of a map; their minutes and their pence add up to what is printed for the whole map."""
    minutes = apportion([each.contact_hours * 60 for each in costed.interventions])
    rows = zip(costed.interventions, minutes, costed.printed_interventions(), strict=True)
    return [Side(each.intervention.id, each.name, time, pence) for each, time, pence in rows]


def beside(before: Sequence[Side], after: Sequence[Side], went: Sequence[Went]) -> list[Pair]:
    """Every line of both years once: those of the year before in its order, then what is new."""
    decided, there = {each.old: each for each in went}, {side.key: side for side in after}
    copies = {each.old: there.pop(each.new) for each in went if each.new in there}
    pairs = [_pair(side, decided.get(side.key), copies, there) for side in before]
    used = {pair.after.key for pair in pairs if pair.after}
    return pairs + [Pair(Became.NEW, None, side) for side in after if side.key not in used]


def _pair(side: Side, went: Went | None, copies: Mapping[str, Side], there: dict[str, Side]) -> Pair:
    if went is None:
        return Pair(Became.LATER, side, None)
    if went.decision == "stop":
        return Pair(Became.STOPPED, side, None, went.reason)
    new = copies.get(side.key) or (None if went.new else _of_that_name(side, there))
    if new is None:
        return Pair(Became.TAKEN_OUT if went.new else Became.NOT_COPIED, side, None, went.reason)
    return Pair(Became.CHANGED if went.decision == "change" else Became.CONTINUED, side, new, went.reason)


def _of_that_name(side: Side, there: dict[str, Side]) -> Side | None:
    """What stood on the next map before the draft was made, and so was not copied again; each stands for one line."""
    key = next((key for key, each in there.items() if each.name.casefold() == side.name.casefold()), None)
    return there.pop(key) if key is not None else None


def totals(pairs: Sequence[Pair]) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """Minutes and pence of all lines: before, after, and the difference."""
    minutes = _three(sum(each.minutes[0] for each in pairs), sum(each.minutes[1] for each in pairs))
    return minutes, _three(sum(each.pence[0] for each in pairs), sum(each.pence[1] for each in pairs))
