"""What a person has chosen on the year end's page: what becomes of each intervention, who leaves, who stays in the year group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from vfm.pupils.moving_up import Moving
from vfm.pupils.pupil import Pupil
from vfm.store.provision import InterventionRow
from vfm.store.year_end import Choice
from vfm.value.year_end import Proposal, reason_missing
from vfm.web.pupils import group_words
from vfm.web.text import normal
from vfm.web.year_end_lines import LastYearsLine

LONGEST_REASON = 500


@dataclass(slots=True)
class Chosen:
    """A line with what is chosen of it, or proposed where nothing was chosen yet."""

    line: LastYearsLine
    decision: str
    reason: str
    fault: str = ""


@dataclass(slots=True)
class Ticked:
    """A pupil of the page, and what is ticked."""

    pupil: Pupil
    leaves: bool = False
    stays: bool = False


@dataclass(slots=True)
class Turn:
    """Everything chosen on the page. `groups` holds who moves up: the words of now and of next year, and the pupils."""

    lines: list[Chosen] = field(default_factory=list)
    groups: list[tuple[str, str, list[Ticked]]] = field(default_factory=list)
    top: list[Ticked] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)

    @property
    def leavers(self) -> list[int]:
        return [int(each.pupil.id) for each in self.top if each.leaves]

    @property
    def stayers(self) -> dict[int, int]:
        """Who stays, with the year group that they are in now."""
        every = [*self.top, *(each for *_, its in self.groups for each in its)]
        return {int(each.pupil.id): each.pupil.year for each in every if each.stays and each.pupil.year is not None}

    def choices(self, rows: Mapping[str, InterventionRow]) -> list[Choice]:
        """What becomes of each intervention."""
        return [Choice(rows[each.line.key], each.decision, each.reason) for each in self.lines]


def read_turn(lines: Sequence[LastYearsLine], moves: Moving, typed: Mapping[str, str] | None) -> Turn:
    """What was typed; where nothing was typed yet, what is proposed."""
    turn = Turn()
    for line in lines:
        turn.lines.append(_chosen(line, typed))
    turn.top = [_ticked(pupil, typed, leaves=True) for pupil in moves.top]
    for year, pupils in moves.up.items():
        turn.groups.append((group_words(year), group_words(year + 1), [_ticked(pupil, typed) for pupil in pupils]))
    if typed is not None:
        turn.faults = [(f"{each.fault}-{each.line.key}", message) for each in turn.lines if (message := _fault(each))]
        turn.faults += [(f"stay-{each.pupil.id}", _both(each)) for each in turn.top if each.leaves and each.stays]
    return turn


def _chosen(line: LastYearsLine, typed: Mapping[str, str] | None) -> Chosen:
    if typed is None:
        return Chosen(line, line.proposed.proposal.value, line.proposed.reason)
    return Chosen(line, typed.get(f"do-{line.key}", "")[:20], normal(typed.get(f"why-{line.key}", "")).strip())


def _fault(each: Chosen) -> str:
    """What is wrong with a choice; it is kept with the line beside which field it stands."""
    each.fault = "do"
    if each.decision not in [*Proposal]:
        return f"{each.line.name}: choose whether it continues, changes or stops"
    each.fault = "why"
    if len(each.reason) > LONGEST_REASON:
        return f"{each.line.name}: the reason must be {LONGEST_REASON} letters or fewer"
    wrong = reason_missing(each.line.proposed, Proposal(each.decision), each.reason)
    return f"{each.line.name}: {wrong[0].lower()}{wrong[1:]}" if wrong else ""


def _ticked(pupil: Pupil, typed: Mapping[str, str] | None, *, leaves: bool = False) -> Ticked:
    if typed is None:
        return Ticked(pupil, leaves)
    return Ticked(pupil, leaves and bool(typed.get(f"leave-{pupil.id}")), bool(typed.get(f"stay-{pupil.id}")))


def _both(each: Ticked) -> str:
    return f"{each.pupil.name}: tick that the pupil leaves or that the pupil stays, not both"
