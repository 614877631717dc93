"""Builds a school's year for tests, out of toys: whatever is not said is not there."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.costing.usual import USUAL
from vfm.answers import Answer, Choice
from vfm.costing.bridge import BridgeEntry, bridge
from vfm.costing.budget import IncomeKind, IncomeLine, LedgerLine
from vfm.costing.calendar import AcademicYear
from vfm.costing.delivery import InTotal
from vfm.costing.intervention import Intervention, Membership, Staff
from vfm.costing.other_cost import CostKind, OtherCost
from vfm.costing.provision_map import CostedMap, cost_map
from vfm.costing.rates import Card, RateBook, RateCard, RoleRate, Stated
from vfm.papers.paper import read_papers
from vfm.pupils.pupil import Pupil, SenStatus
from vfm.questions.bank import Bank, Strength, read_bank
from vfm.questions.school import School
from vfm.stages import SLUGS
from vfm.stages.stage import Case

TOYS = Path(__file__).parents[1] / "toys"
BANK = read_bank(TOYS / "questions", SLUGS, read_papers(TOYS / "papers"))
SCHOOL = School("Toy School")
YEAR = AcademicYear(2026)
TODAY = dt.date(2027, 1, 15)
YESTERDAY = TODAY - dt.timedelta(days=1)
ANN = Pupil("ann", "Ann", status=SenStatus.SEN_SUPPORT)
BEN = Pupil("ben", "Ben")
RATES = RateBook(
    RateCard(Card.ACTUAL, [RoleRate("Teacher", Stated(Decimal(40))), RoleRate("TA", Stated(Decimal(20)))]),
    RateCard(Card.AUTHORITY, [RoleRate("Teacher", Stated(Decimal(50)))]),
)


def make_case(
    interventions: Sequence[Intervention] = (), *, pupils: Sequence[Pupil] = (ANN, BEN), rates: RateBook = RATES,
    answers: Mapping[str, Choice] | None = None, leadership: bool = False, **values: Any,
) -> Case:  # fmt: skip
    """A case in which only what is said was entered."""
    register = {pupil.id: pupil for pupil in pupils}
    entered: dict[str, Any] = {
        "school": SCHOOL,
        "year": YEAR,
        "bank": BANK,
        "answers": {key: Answer(key, choice) for key, choice in (answers or {}).items()},
        "map": cost_map(interventions, rates, register, USUAL, leadership=leadership),
        "authority_map": cost_map(interventions, rates, register, USUAL, card=Card.AUTHORITY),
        "pupils": register,
        "today": TODAY,
    }
    return Case(**entered | values)


def costing(pounds: str, *pupils: Pupil, name: str = "Reading", **values: Any) -> Intervention:
    """An intervention with one fee, so that it costs exactly what is said."""
    entered: dict[str, Any] = {
        "id": name.lower(),
        "other_costs": [OtherCost(CostKind.FEES, "Fee", Decimal(pounds))],
        "members": [Membership(pupil.id) for pupil in pupils],
    }
    return Intervention(name, **entered | values)


def bridged(
    map_pounds: str, ledger_pounds: str, *, entries: Sequence[BridgeEntry] = (), maps: Sequence[CostedMap] | None = None,
    **values: Any,
) -> Case:  # fmt: skip
    """A case whose map and ledger (all of it SEN) come to exactly what is said, in the financial year of an academy."""
    lines = (LedgerLine("E03", "Support staff", Decimal(ledger_pounds), 100, estimated=False),)
    case = make_case([costing(map_pounds, ANN, estimated=False)], ledger=lines, **values)
    found = bridge(case.map, maps or [case.map], YEAR.period, lines, [RATES] * len(maps or [case.map]), entries=entries)
    return replace(case, bridge=found)


def taking(minutes: int, role: str = "TA", **values: Any) -> Intervention:
    """An intervention of one session of so many minutes with one member of staff."""
    return Intervention("Reading", id="reading", minutes=minutes, delivery=InTotal(1), staff=[Staff(role)], **values)


def income(
    pounds: str, kind: IncomeKind = IncomeKind.NOTIONAL, *, name: str = "Notional SEN budget", **values: Any
) -> IncomeLine:
    """A line of exactly the academic year, all of it SEN, unless `values` say otherwise."""
    entered: dict[str, Any] = {"starts": YEAR.first_day, "ends": YEAR.last_day, "sen_share": 100, "id": "7"}
    return IncomeLine(kind, name, Decimal(pounds), **entered | values)


def with_strength(question: str, strength: Strength, *, duty: str = "The school must have toys.") -> Bank:
    """The toy bank in which one question binds in another way."""
    sets = [
        replace(
            stage,
            questions=tuple(
                replace(each, strength=strength, duty=duty) if each.id == question else each for each in stage.questions
            ),
        )
        for stage in BANK.sets
    ]
    return Bank(tuple(sets))
