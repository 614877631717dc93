"""How long a big map takes to cost in memory, beside a bare integer loop that works out the same figures.

python benchmarks/costing.py        prints milliseconds and the ratio, the best of several runs of each in one process

The map: a year of 2,000 interventions with two staff each, every basis, and 8,000 memberships with dates. The job: each
intervention, the total, what is additional and for pupils with SEN, every pupil's share, and the breakdowns by tier, need,
provider and funding, all exact. The bare loop has only whole numbers in tuples: no names, no checks, no working to show.
"""

import datetime as dt
import random
import time
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any, TypeAlias

from vfm.costing.calendar import AcademicYear, Calendar
from vfm.costing.delivery import OnDays, Slot, Weekly
from vfm.costing.intervention import FundingShare, Intervention, Membership, Staff, Tier
from vfm.costing.provision_map import CostedMap, cost_map
from vfm.costing.rates import Card, RateBook, RateCard, RoleRate, Stated
from vfm.costing.sharing import Basis
from vfm.costing.usual_calendar import usual_calendar
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


def flattened(interventions: list[Intervention]) -> list[tuple[Any, ...]]:
    """The same map as tuples of what was typed (Decimals, days and names), as a bare program would hold it."""
    return [
        (
            it.delivery.slots[0].weekday if isinstance(it.delivery, OnDays) else None,
            it.delivery.sessions_a_week if isinstance(it.delivery, Weekly) else None,
            it.starts_on, it.ends_on, it.minutes, it.preparation, [(each.role, each.number) for each in it.staff],
            [(each.pupil, each.joined, each.left, each.percent) for each in it.members], it.basis.value, it.places,
            it.whole_to, it.tier.value, it.need, [(each.source, each.percent) for each in it.funding],
        )
        for it in interventions
    ]  # fmt: skip


def bare(flat: list[tuple[Any, ...]], marks_of: dict[int | None, list[int]], places: dict[Any, int], sen: set[str]) -> Figures:  # fmt: skip
    """The floor: the same job over common denominators, in one loop without any of our types, checks or working.

    Minutes are over 5 (a week has five days), so pence are over 300. What is known of each intervention is kept.
    """
    costed, labels = [], dict[tuple[str, str], int]()
    for (
        weekday,
        a_week,
        starts,
        ends,
        minutes,
        extra,
        staff,
        members,
        basis,
        group,
        carrier,
        tier,
        need,
        funding,
    ) in flat:
        marks, first, last = marks_of[weekday], places[starts], places[ends]
        count = marks[last + 1] - marks[first]
        session = (int(minutes) + int(extra)) * (5 if a_week is None else int(a_week))
        cost, lines = 0, []
        for role, number in staff:
            line = session * count * int(number) * RATES[role]
            lines.append(line)
            labels["role", role] = labels.get(("role", role), 0) + line
            cost += line
        labels["tier", tier] = labels.get(("tier", tier), 0) + cost
        labels["need", need] = labels.get(("need", need), 0) + cost
        rest = 100
        for source, percent in funding:
            labels["source", source] = labels.get(("source", source), 0) + cost * int(percent)
            rest -= int(percent)
        labels["source", ""] = labels.get(("source", ""), 0) + cost * rest
        weights = {}
        for pupil, joined, left, percent in members:
            if basis == "whole":
                weights[pupil] = int(pupil == carrier)
            elif basis == "stated":
                weights[pupil] = int(percent)
            else:
                start, end = places[joined] if joined else first, places[left] if left else last
                start, end = max(start, first), min(end, last)
                weights[pupil] = marks[end + 1] - marks[start] if start <= end else 0
        carried = sum(weights.values())
        over = group * count if basis == "by-place" else carried
        with_sen = sum(weight for pupil, weight in weights.items() if pupil in sen)
        costed.append((cost, count, lines, weights, carried, over, with_sen, int(tier != "universal")))
    return _summed(costed, labels)


def _summed(costed: list[tuple[Any, ...]], labels: dict[tuple[str, str], int]) -> Figures:
    over_all = lcm(*{each[5] for each in costed if each[5]})
    carried_all = lcm(*{each[4] for each in costed if each[4]})
    shares, for_sen, total, additional = dict[str, int](), 0, 0, 0
    for cost, _, _, weights, carried, over, with_sen, counts in costed:
        total += cost
        additional += cost * counts
        if over:
            worth = cost * (over_all // over)
            for pupil, weight in weights.items():
                shares[pupil] = shares.get(pupil, 0) + worth * weight
        if carried:
            for_sen += cost * counts * with_sen * (carried_all // carried)
    return (
        Fraction(total, 300), Fraction(additional, 300), Fraction(for_sen, 300 * carried_all),
        Fraction(sum(shares.values()), 300 * over_all),
        *(Fraction(labels[key], 30_000 if key[0] == "source" else 300) for key in sorted(labels)),
    )  # fmt: skip


def ours(costed: CostedMap) -> Figures:
    """The same figures from a costed map."""
    found = {"need": costed.by_need, "role": costed.by_provider, "source": costed.by_funding, "tier": costed.by_tier}
    plain = {
        (kind, "" if label == "not stated" else label): amount
        for kind in found
        for label, amount in found[kind].items()
    }
    shares, over = costed.pupils_over_one
    attributed = Fraction(sum(shares.values()), over)
    return costed.total, costed.additional, costed.for_sen, attributed, *(plain[key] for key in sorted(plain))


def best(work: Callable[[], object], runs: int = 15) -> float:
    """Milliseconds, the best of some runs."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1_000)
    return min(times)


def main() -> None:
    """Prints both times and their ratio, after checking that they mean the same figures."""
    calendar = usual_calendar(AcademicYear(2026))
    interventions, pupils, book = made(calendar)
    flat, places = flattened(interventions), calendar.places
    marks: dict[int | None, list[int]] = {day: calendar.on(frozenset({day})) for day in range(5)}
    marks[None] = calendar.every_day
    sen = {key for key, pupil in pupils.items() if pupil.has_sen}
    assert ours(cost_map(interventions, book, pupils, calendar)) == bare(flat, marks, places, sen), (
        "not the same figures"
    )
    mine = best(lambda: ours(cost_map(interventions, book, pupils, calendar)))
    floor = best(lambda: bare(flat, marks, places, sen))
    print(f"{INTERVENTIONS} interventions, {INTERVENTIONS * MEMBERS} memberships")
    print(f"cost_map           {mine:8.1f} ms")
    print(f"bare integer loop  {floor:8.1f} ms")
    print(f"ratio              {mine / floor:8.1f}")


if __name__ == "__main__":
    main()
