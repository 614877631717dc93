"""A year's map as big as a large authority's school would have it, from a seed: what the benchmarks cost."""

import datetime as dt
import random
import time
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from vfm.costing.calendar import Calendar
from vfm.costing.delivery import OnDays, Slot, Weekly
from vfm.costing.intervention import FundingShare, Intervention, Membership, Staff, Tier
from vfm.costing.rates import Card, RateBook, RateCard, RoleRate, Stated
from vfm.costing.sharing import Basis
from vfm.pupils.pupil import Pupil, SenStatus

INTERVENTIONS, MEMBERS, PUPILS, ROLES = 2_000, 4, 1_000, 12
BASES = (Basis.SHARED, Basis.SHARED, Basis.SHARED, Basis.BY_PLACE, Basis.WHOLE, Basis.STATED)
NEEDS = ("Communication and interaction", "Cognition and learning", "Sensory and physical", "")
SOURCES = ("Notional SEN budget", "Pupil premium", "Top-up")
Figures: TypeAlias = tuple[Fraction, ...]
RATES = {f"Role {n}": 1600 + 137 * n for n in range(ROLES)}


def made(calendar: Calendar, size: int = INTERVENTIONS) -> tuple[list[Intervention], dict[str, Pupil], RateBook]:
    """The map, its pupils and its rates, from a seed."""
    chance = random.Random(2008)
    statuses = list(SenStatus)
    pupils = {str(n): Pupil(str(n), f"Pupil {n}", status=statuses[n % 3]) for n in range(PUPILS)}
    rates = [RoleRate(role, Stated(Decimal(pence) / 100)) for role, pence in RATES.items()]
    days = calendar.pupil_days
    return [_intervention(n, chance, days) for n in range(size)], pupils, RateBook(RateCard(Card.ACTUAL, rates))


def _intervention(n: int, chance: random.Random, days: tuple[dt.date, ...]) -> Intervention:
    starts, ends = days[chance.randrange(0, 40)], days[chance.randrange(120, 190)]
    basis, members = BASES[n % len(BASES)], []
    for pupil in chance.sample(range(PUPILS), MEMBERS):
        joined = days[chance.randrange(0, 60)] if chance.random() < 0.5 else None
        left = days[chance.randrange(100, 190)] if chance.random() < 0.5 else None
        members.append(Membership(str(pupil), joined, left, percent=Decimal(25) if basis is Basis.STATED else None))
    delivery = Weekly(Decimal(chance.randint(1, 5))) if n % 3 == 0 else OnDays((Slot(chance.randrange(5)),))
    roles = chance.sample(range(ROLES), 2)
    return Intervention(
        name=f"Intervention {n}", id=str(n), minutes=Decimal(chance.choice((15, 20, 30, 45, 60))), delivery=delivery,
        tier=list(Tier)[n % 3], need=NEEDS[n % len(NEEDS)], starts_on=starts, ends_on=ends,
        staff=tuple(Staff(f"Role {role}", Decimal(1)) for role in roles), members=tuple(members), basis=basis,
        places=6 if basis is Basis.BY_PLACE else None, whole_to=members[0].pupil if basis is Basis.WHOLE else None,
        whole_reason="for one pupil", funding=(FundingShare(SOURCES[n % 3], Decimal(60)),), preparation=Decimal(n % 2 * 10),
    )  # fmt: skip


def best(work: Callable[[], object], runs: int = 15) -> float:
    """Milliseconds, the best of some runs."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1_000)
    return min(times)
