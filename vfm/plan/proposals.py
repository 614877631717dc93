"""Turns answers and findings into proposed actions, and says what writing the plan again would change."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from vfm.answers import Answer, Choice, applying
from vfm.questions.bank import Bank, Question, Strength
from vfm.questions.school import School
from vfm.stages.stage import Finding, Line, Weight

TOP = 5
MANY = 12
FOLLOWED = ("text", "owner", "priority")  # what goes on following the source until a person edits it


class Priority(StrEnum):
    """How soon an action matters. A person may put the actions in another order."""

    HIGH = "high"
    MEDIUM_HIGH = "medium-high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def words(self) -> str:
        return PRIORITY_WORDS[self]


PRIORITY_WORDS = {
    Priority.HIGH: "High",
    Priority.MEDIUM_HIGH: "Medium to high",
    Priority.MEDIUM: "Medium",
    Priority.LOW: "Low",
}

# Our design, not a source's: what binds comes first, and No before In part.
OF_ANSWERS: Mapping[tuple[Strength, Choice], Priority] = {
    (Strength.MUST, Choice.NO): Priority.HIGH,
    (Strength.MUST, Choice.IN_PART): Priority.MEDIUM_HIGH,
    (Strength.GRANT_CONDITION, Choice.NO): Priority.HIGH,
    (Strength.GRANT_CONDITION, Choice.IN_PART): Priority.MEDIUM_HIGH,
    (Strength.SHOULD, Choice.NO): Priority.MEDIUM_HIGH,
    (Strength.SHOULD, Choice.IN_PART): Priority.MEDIUM,
    (Strength.GOOD_PRACTICE, Choice.NO): Priority.MEDIUM,
    (Strength.GOOD_PRACTICE, Choice.IN_PART): Priority.LOW,
}
OF_FINDINGS: Mapping[Weight, Priority] = {
    Weight.LEGAL: Priority.HIGH,
    Weight.MONEY: Priority.MEDIUM_HIGH,
    Weight.OTHER: Priority.MEDIUM,
}
ORDER = tuple(Priority)
FIRST_STEP = dt.timedelta(weeks=4)
ONE_TERM = dt.timedelta(weeks=13)
TWO_TERMS = dt.timedelta(weeks=26)


def by_priority(priorities: Iterable[str]) -> str:
    """How many actions there are of each priority, such as "3 high, 1 medium to high"; what is nought is left out."""
    given = list(priorities)
    counts = ((given.count(priority), priority.words.lower()) for priority in ORDER)
    return ", ".join(f"{number} {words}" for number, words in counts if number)


@dataclass(frozen=True, slots=True)
class Source:
    """What an action came from: the question and its answer, or the finding and its rows."""

    title: str
    says: str
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """An action as the answers and figures suggest it, before anybody has touched it."""

    key: str
    stage: str
    reference: str
    text: str
    owner: str
    priority: Priority
    starts: dt.date
    due: dt.date
    source: Source

    @property
    def written(self) -> dict[str, str]:
        """What is compared later, to tell what a person edited."""
        return {"text": self.text, "owner": self.owner, "priority": self.priority.value}


def proposals(
    bank: Bank, school: School, answers: Mapping[str, Answer], findings: Iterable[Finding], today: dt.date
) -> list[Proposal]:
    """Every action that the answers and findings call for: by priority, then findings, then in the order asked.

    Unanswered questions make no action: they stand on the readiness list.
    """
    found = [_of_finding(finding, today) for finding in findings]
    for question in applying(bank, school):
        answer = answers.get(question.id)
        if answer is not None and answer.choice in (Choice.NO, Choice.IN_PART):
            found.append(_of_answer(bank, school, question, answer, today))
    return sorted(found, key=lambda each: ORDER.index(each.priority))


def _of_answer(bank: Bank, school: School, question: Question, answer: Answer, today: dt.date) -> Proposal:
    choice = answer.choice or Choice.NO
    strength = question.strength_for(school)
    first = "Start" if choice is Choice.NO else "Complete"
    said = f"{choice.words}. {answer.note}".strip()
    number = bank.number(question.id)
    return Proposal(
        key=f"answer:{question.id}",
        stage=bank.stage_of(question.id).slug,
        reference=number,
        text=f"{first}: {question.action}",
        owner=question.owner,
        priority=OF_ANSWERS[strength, choice],
        starts=today,
        due=today + _time_for(strength, choice),
        source=Source(f"{number} {question.text}", said, (Line(question.topic, f"question:{question.id}"),)),
    )


def _time_for(strength: Strength, choice: Choice) -> dt.timedelta:
    """Ours: what binds and is not met has its first step in four weeks; No has a term, In part two."""
    if choice is Choice.IN_PART:
        return TWO_TERMS
    return FIRST_STEP if strength.binds else ONE_TERM


def _of_finding(finding: Finding, today: dt.date) -> Proposal:
    return Proposal(
        key=f"finding:{finding.rule}",
        stage=finding.stage,
        reference="Figures",
        text=finding.action,
        owner=finding.owner,
        priority=OF_FINDINGS[finding.weight],
        starts=today,
        due=today + (FIRST_STEP if finding.weight is Weight.LEGAL else ONE_TERM),
        source=Source(finding.title, finding.says, finding.lines),
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """An action as it stands: `written` is what was last proposed, `values` what it says now."""

    key: str
    state: str
    written: Mapping[str, str]
    values: Mapping[str, str]

    @property
    def edited(self) -> tuple[str, ...]:
        """The fields that a person has changed."""
        return tuple(name for name in FOLLOWED if self.values[name] != self.written.get(name))

    @property
    def of_a_person(self) -> bool:
        """Added by hand, so that no rule may touch it."""
        return self.key.startswith("own:")


@dataclass(frozen=True, slots=True)
class Rewrite:
    """What writing the plan again would do; nothing is done until a person says so."""

    added: tuple[Proposal, ...]
    back: tuple[Proposal, ...]
    changed: tuple[tuple[Proposal, Mapping[str, str]], ...]
    dropped: tuple[Kept, ...]
    released: tuple[Kept, ...]

    @property
    def nothing(self) -> bool:
        """Whether there is anything to ask a person about."""
        return not (self.added or self.back or self.changed or self.dropped)


def rewrite(kept: Sequence[Kept], proposed: Sequence[Proposal]) -> Rewrite:
    """Compares the actions that are kept with those now proposed, by key, so that no action can stand twice.

    An edited field keeps its edit while the source holds. An action whose source no longer holds is offered for
    removal; when the source holds again it comes back, once, with its edits. One that a person left out stays out
    for as long as its source holds without a break.
    """
    there = {each.key: each for each in kept}
    wanted = {each.key: each for each in proposed}
    changed = []
    for key, proposal in wanted.items():
        if key in there and there[key].state == "open":
            new = _following(there[key], proposal)
            if new:
                changed.append((proposal, new))
    return Rewrite(
        added=tuple(p for p in proposed if p.key not in there),
        back=tuple(p for p in proposed if p.key in there and there[p.key].state == "gone"),
        changed=tuple(changed),
        dropped=tuple(k for k in kept if k.key not in wanted and not k.of_a_person and k.state == "open"),
        released=tuple(k for k in kept if k.key not in wanted and k.state == "left-out"),
    )


def _following(kept: Kept, proposal: Proposal) -> dict[str, str]:
    """The fields that nobody edited and whose proposal has changed."""
    return {
        name: value
        for name, value in proposal.written.items()
        if name not in kept.edited and kept.values[name] != value
    }
