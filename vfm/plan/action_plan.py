"""The finished action plan: a value that holds every word and figure which the page and the documents show."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from vfm.costing.figure import Bars
from vfm.plan.frozen import FrozenError, frozen, thawed

FORMAT = 1
TOP = 5
MANY = 12


class PlanError(Exception):
    """A stored plan cannot be read: its format is not one that this program knows."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as it was shown: its words, and how it was worked out."""

    name: str
    value: str
    formula: str = ""
    inputs: tuple[tuple[str, str], ...] = ()
    as_at: str = ""
    method: str = ""
    state: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """A row of the statutory table."""

    number: str
    duty: str
    question: str
    answer: str
    answered_on: dt.date | None
    cite: str
    url: str


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """A question and what was answered."""

    number: str
    question: str
    answer: str
    note: str
    evidence: str
    basis: str
    agreed: bool


@dataclass(frozen=True, slots=True)
class StageSummary:
    """A stage: its counts, what is not met, its answers."""

    number: int
    title: str
    counts: str
    score: str
    warnings: tuple[str, ...]
    answers: tuple[GivenAnswer, ...]
    figures: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """An action as it was submitted."""

    number: int
    stage: str
    reference: str
    text: str
    owner: str
    priority: str
    starts: dt.date | None
    due: dt.date | None
    cost: str
    funding: str
    success: str
    checked_how: str
    barrier: str
    reach: str
    outcome: str
    support_wanted: str
    status: str
    progress: str
    source_title: str
    source_says: str


@dataclass(frozen=True, slots=True)
class ProvisionRow:
    """A line of the costed provision summary: no pupil's name, staff as roles."""

    name: str
    tier: str
    need: str
    given_by: str
    pupils: str
    hours: str
    cost: str
    additional: str
    result: str
    note: str


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who signed: the head, or the governors with the reference of their minute."""

    name: str
    role: str
    on: dt.date
    minute: str = ""


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """The whole plan. `number` is 0 and `submitted_on` None while it is a draft."""

    format: int
    school: str
    authority: str
    year: str
    number: int
    reference: str
    submitted_on: dt.date | None
    written_by: tuple[str, ...]
    signed: tuple[SignOff, ...]
    may_inform_top_up: bool
    facts: tuple[tuple[str, str], ...]
    confirmed_share: str
    outcome_share: str
    asks: tuple[str, ...]
    summary: tuple[Shown, ...]
    charts: tuple[Bars, ...]
    duties: tuple[Duty, ...]
    stages: tuple[StageSummary, ...]
    actions: tuple[Action, ...]
    last_year: tuple[Action, ...]
    provision: tuple[ProvisionRow, ...]
    provision_total: tuple[str, str]
    notes: tuple[str, ...]

    @property
    def top(self) -> Sequence[Action]:
        """The five that stand first."""
        return self.actions[:TOP]

    @property
    def many(self) -> bool:
        """More than a school can carry in a year."""
        return len(self.actions) > MANY


def to_json(plan: ActionPlan) -> str:
    """The plan as it is stored: the same plan gives the same bytes."""
    return frozen(plan)


def from_json(text: str) -> ActionPlan:
    """A stored plan. Raises PlanError when its format is unknown or it is damaged."""
    try:
        return thawed(text, ActionPlan, FORMAT)
    except FrozenError as wrong:
        raise PlanError(f"plan {wrong}") from wrong
