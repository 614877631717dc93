"""What a stage is made of: the case that it looks at, the figures that it gathers, and the findings that its rules make."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from vfm.answers import Answer
from vfm.costing.awards import Awards
from vfm.costing.bridge import Bridge
from vfm.costing.budget import TOLERANCE, BudgetView, IncomeLine, LedgerLine
from vfm.costing.calendar import AcademicYear
from vfm.costing.deployment import Contract, Deployment, by_role
from vfm.costing.figure import Bars, Figure, Input, Unit, certainty
from vfm.costing.methods import counted_words, used_in
from vfm.costing.monitoring import Monitoring
from vfm.costing.provision_map import CostedMap
from vfm.costing.variance import VarianceNote
from vfm.pupils.pupil import Pupil
from vfm.questions.bank import Bank
from vfm.questions.school import School
from vfm.value.covered import Wait
from vfm.value.noticed import SetAside
from vfm.value.section_f import SectionF
from vfm.value.taken import Taken
from vfm.value.withdrawal import Week


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
    """How many pupils there are: what was typed, else what the register holds; None is not known."""

    roll: int | None = None
    sen_support: int | None = None
    ehc_plans: int | None = None
    top_ups: int | None = None
    pupil_premium: int | None = None

    @property
    def with_sen(self) -> int:
        """Pupils on SEN Support or with an EHC plan, as far as known."""
        return (self.sen_support or 0) + (self.ehc_plans or 0)


@dataclass(frozen=True, slots=True)
class Looks:
    """What the looks at pupils need besides the map: read only where one is taken."""

    taken: tuple[Taken, ...] = ()
    set_aside: SetAside = frozenset()
    section_f: Mapping[str, SectionF] = field(default_factory=dict)
    week: Week = field(default_factory=Week)
    programmes: Mapping[str, str] = field(default_factory=dict)
    waiting: tuple[Wait, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """Everything about one school's year that figures and rules look at. Budgets as said are whole pence.

    `monitoring` is of the financial year that holds `today`, or the day of the review's year that is nearest to it;
    `variance_notes` are the notes on its variances, by key. `look` reads what the looks at
    repeats, coverage and withdrawal need, for the stages that show them and for no other.
    """

    school: School
    year: AcademicYear
    bank: Bank
    answers: Mapping[str, Answer]
    map: CostedMap
    authority_map: CostedMap
    today: dt.date
    income: tuple[IncomeLine, ...] = ()
    ledger: tuple[LedgerLine, ...] = ()
    pupils: Mapping[str, Pupil] = field(default_factory=dict)
    contracts: tuple[Contract, ...] = ()
    counts: Counts = field(default_factory=Counts)
    senco_budget: int | None = None
    office_budget: int | None = None
    tolerance: Fraction = TOLERANCE
    awards: Awards | None = None
    monitoring: Monitoring | None = None
    variance_notes: Mapping[str, VarianceNote] = field(default_factory=dict)
    bridge: Bridge | None = None  # where there is a ledger to compare the map with
    look: Callable[[], Looks] = Looks

    @property
    def taken(self) -> tuple[Taken, ...]:
        """What pupils took part in, this year and before."""
        return self.look().taken

    @property
    def set_aside(self) -> SetAside:
        """What somebody has set aside with a reason."""
        return self.look().set_aside

    @property
    def section_f(self) -> Mapping[str, SectionF]:
        """Hours of Section F by pupil."""
        return self.look().section_f

    @property
    def week(self) -> Week:
        """Timetables, and what pupils enjoy."""
        return self.look().week

    @property
    def programmes(self) -> Mapping[str, str]:
        """The names of the school's programmes by key."""
        return self.look().programmes

    @property
    def waiting(self) -> tuple[Wait, ...]:
        """Who still waits for something."""
        return self.look().waiting

    @property
    def budget(self) -> BudgetView:
        """The income of the year."""
        return BudgetView(self.year, self.income)

    @property
    def cost(self) -> Fraction:
        """Pence of the map that are additional and for pupils with SEN: what is set against SEN money."""
        return self.map.for_sen

    @property
    def map_estimated(self) -> bool:
        """Whether anything on the map is an estimate."""
        return self.map.estimated

    @property
    def method(self) -> str:
        """Which cards and methods the map was costed with, and for how many roles each."""
        return counted_words(used_in(self.map.interventions)) or "no staff rate"

    @property
    def authority_method(self) -> str:
        """The same of the map on the authority's card."""
        return counted_words(used_in(self.authority_map.interventions)) or "no staff rate"

    def deployment(self) -> tuple[Deployment, ...]:
        """Hours by role, for the roles in which somebody is on the staff list."""
        lines = by_role(self.contracts, self.map.interventions)
        return tuple(line for line in lines if line.people)


Rule = Callable[[Case], Finding | None]
Series = Callable[[Case], Iterable[Finding]]
"""A rule that looks at several things of one kind: a finding for each that calls for one, with a name of its own."""
Figures = Callable[[Case], tuple[Figure, ...]]
Charts = Callable[[Case], tuple[Bars, ...]]


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the seven: its figures, its rules, its charts. Its words and questions are data, under the same slug."""

    slug: str
    figures: Figures
    rules: tuple[Rule, ...] = ()
    series: tuple[Series, ...] = ()
    charts: Charts = lambda _case: ()


def map_figure(
    case: Case, name: str, value: Fraction | int | None, unit: Unit, formula: str, inputs: tuple[Input, ...] = ()
) -> Figure:
    """A figure made from the provision map, with the rates and the certainty of the map."""
    method = case.method if unit is Unit.PENCE else ""
    return Figure(
        name, value, unit, formula, inputs, case.today, method, certainty(case.map_estimated), "Provision map"
    )
