"""What to do with each intervention at the end of a year: a proposal by plain rules, with its reason, which a person may change."""

import datetime as dt
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from vfm.costing.calendar import AcademicYear
from vfm.costing.intervention import Intervention, Result

NEARLY_OVER = (6, 1)
"""Ours: from 1 June the year end is offered, when the summer reviews are under way and next year's groups are being made."""
TOP_AGE = 5
"""A year group is its pupils' age at the year's end less five: who turns 11 in it is in Year 6."""


class Proposal(StrEnum):
    """What becomes of an intervention in the next year."""

    CONTINUE = "continue"
    CHANGE = "change"
    STOP = "stop"

    @property
    def words(self) -> str:
        return self.value.capitalize()


@dataclass(frozen=True, slots=True)
class LastYear:
    """What is known of an intervention at the end of its year: pupils by outcome, who of them stays, and its review.

    `staying` are those who are still in it and will be at the school next year. Where nobody is named, all are nought and
    `named` is false. `repeats`: how often something repeated was found for its pupils.
    """

    met: int = 0
    partly: int = 0
    not_met: int = 0
    not_recorded: int = 0
    staying: int = 0
    named: bool = True
    repeats: int = 0
    decision: str = ""
    because: str = ""

    @property
    def pupils(self) -> int:
        return self.met + self.partly + self.not_met + self.not_recorded

    @property
    def recorded(self) -> int:
        """Pupils of whom an outcome is recorded."""
        return self.met + self.partly + self.not_met


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal and why. Where `reason` is empty, going on needs one that a person gives."""

    proposal: Proposal
    says: str
    reason: str = ""


def propose(last: LastYear) -> Proposed:
    """The first rule that fits: the review; nobody stays; no outcome; most met it; none met it; repeats; some met it."""
    if last.decision:
        said = f"The review decided: {last.decision}"
        reason = f"{said}. {last.because}" if last.because else said
        return Proposed(Proposal(last.decision), f"{said}.", reason)
    if last.named and not last.staying:
        return _by_rule(Proposal.STOP, "Every pupil in it leaves, or has left it")
    if not last.recorded:
        return Proposed(Proposal.CONTINUE, "No outcome is recorded for anybody: continue only with a reason.")
    met = f"{last.met} of {last.pupils} met the outcome"
    if 2 * last.met > last.pupils:
        return _by_rule(Proposal.CONTINUE, met)
    if not last.met:
        return _by_rule(Proposal.CHANGE, f"Of {last.recorded} with an outcome, none met it")
    if last.repeats:
        return _by_rule(Proposal.CHANGE, f"{met}, and some of its pupils repeat it")
    return _by_rule(Proposal.CONTINUE, met)


def _by_rule(proposal: Proposal, says: str) -> Proposed:
    return Proposed(proposal, f"{says}.", says)


def reason_missing(proposed: Proposed, chosen: Proposal, reason: str) -> str:
    """What is wrong with the reason that a person leaves beside a choice; empty where nothing is."""
    if not reason:
        return (
            "Say why"
            if chosen is not Proposal.CONTINUE or proposed.reason
            else "No outcome is recorded: say why it continues"
        )
    if chosen is not proposed.proposal and reason == proposed.reason:
        return f"This is the reason to {proposed.proposal}: say why it is to {chosen} instead"
    return ""


def nearly_over(year: AcademicYear, today: dt.date) -> bool:
    """Whether it is time to prepare the next year: from 1 June of its last term, and after its end."""
    return today >= dt.date(year.start + 1, *NEARLY_OVER)


def top_group(highest_age: int) -> int:
    """The highest year group of a school whose oldest pupils are of this age."""
    return highest_age - TOP_AGE


def last_year_of(
    it: Intervention, here: Collection[str], *, repeats: int = 0, decision: str = "", because: str = ""
) -> LastYear:
    """What is known of an intervention at its year's end. `here`: keys of pupils who will be at the school next year."""
    results = Counter(member.result for member in it.members)
    staying = sum(member.left is None and member.pupil in here for member in it.members)
    return LastYear(
        met=results[Result.MET], partly=results[Result.PARTLY], not_met=results[Result.NOT_MET], not_recorded=results[None],
        staying=staying, named=bool(it.members), repeats=repeats, decision=decision, because=because,
    )  # fmt: skip
