"""What a stage is made of: the case that it looks at, the figures that it gathers, and the findings that its rules make."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from vfm.answers import Answer
from vfm.costing.budget import IncomeLine, LedgerLine
from vfm.costing.calendar import AcademicYear
from vfm.costing.deployment import Deployment
from vfm.costing.figure import Figure
from vfm.costing.provision_map import CostedMap
from vfm.pupils.pupil import Pupil
from vfm.questions.bank import Bank
from vfm.questions.school import School


class Weight(StrEnum):
    """How much a finding weighs; the plan turns this into a priority."""

    LEGAL = "legal"
    MONEY = "money"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Line:
    """One row behind a finding. `leads_to` names it, such as "income:12"; a private line is never in a document."""

    words: str
    leads_to: str
    private: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: a sentence for people, what to do about it, and the rows that caused it."""

    rule: str
    stage: str
    title: str
    says: str
    action: str
    owner: str
    weight: Weight
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many pupils there are; None is not known. `typed`: a person's count, not the register's."""

    roll: int | None = None
    sen_support: int | None = None
    ehc_plans: int | None = None
    top_ups: int | None = None
    pupil_premium: int | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """Everything about one school's year that figures and rules look at. Money is exact pence."""

    school: School
    year: AcademicYear
    bank: Bank
    answers: Mapping[str, Answer]
    map: CostedMap
    authority_map: CostedMap
    income: tuple[IncomeLine, ...] = ()
    ledger: tuple[LedgerLine, ...] = ()
    pupils: Mapping[str, Pupil] = field(default_factory=dict)
    deployment: tuple[Deployment, ...] = ()
    counts: Counts = field(default_factory=Counts)
    senco_budget: int | None = None
    office_budget: int | None = None
    tolerance: Fraction = Fraction(5, 100)


Rule = Callable[[Case], Finding | None]
Figures = Callable[[Case], tuple[Figure, ...]]


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the seven: its figures and its rules. Its words and questions are data, under the same slug."""

    slug: str
    figures: Figures
    rules: tuple[Rule, ...] = ()
