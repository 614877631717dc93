"""How long a big map takes to cost in memory, beside a bare integer loop that adds up the same shares.

python benchmarks/costing.py        prints milliseconds and the ratio, the best of five runs of each in the same process
"""

import random
import time
from collections.abc import Callable
from decimal import Decimal

from vfm.costing.intervention import Intervention, Membership, Staff, Weekly
from vfm.costing.provision_map import cost_map
from vfm.costing.rates import Card, RateBook, RateCard, RoleRate, Stated
from vfm.pupils.pupil import Pupil, SenStatus

INTERVENTIONS, MEMBERS, PUPILS = 2_000, 4, 1_000
PENCE = {"TA": 2_038, "Teacher": 5_092}


def made() -> tuple[list[Intervention], dict[str, Pupil]]:
    """2,000 interventions with two staff and four pupils each, from a seed."""
    chance = random.Random(2008)
    pupils = {str(n): Pupil(str(n), f"Pupil {n}", status=SenStatus.SEN_SUPPORT) for n in range(PUPILS)}
    interventions = [
        Intervention(
            name=f"Intervention {n}", id=str(n), minutes=Decimal(chance.choice((15, 20, 30, 45, 60))),
            delivery=Weekly(Decimal(chance.randint(1, 5)), Decimal(38)),
            staff=(Staff("TA", Decimal(1)), Staff("Teacher", Decimal(1))),
            members=tuple(Membership(str(p)) for p in chance.sample(range(PUPILS), MEMBERS)),
        )
        for n in range(INTERVENTIONS)
    ]  # fmt: skip
    return interventions, pupils


def bare(interventions: list[Intervention]) -> int:
    """The floor: whole pence over a common denominator of 60 minutes, shared in a loop without any of our types."""
    rows = [
        (int(it.minutes) * int(it.sessions), [PENCE[staff.role] for staff in it.staff], [m.pupil for m in it.members])
        for it in interventions
    ]
    total, by_pupil = 0, dict.fromkeys(map(str, range(PUPILS)), 0)
    for minutes, rates, members in rows:
        cost = sum(minutes * rate for rate in rates)
        total += cost
        for pupil in members:
            by_pupil[pupil] += cost // len(members)
    return total


def best(work: Callable[[], object]) -> float:
    """Milliseconds, the best of five."""
    times = []
    for _ in range(5):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1_000)
    return min(times)


def main() -> None:
    """Prints both times and their ratio, after checking that they mean the same total."""
    interventions, pupils = made()
    rates = [RoleRate(role, Stated(Decimal(pence) / 100)) for role, pence in PENCE.items()]
    book = RateBook(RateCard(Card.ACTUAL, rates))
    costed = cost_map(interventions, book, pupils)
    assert costed.total * 60 == bare(interventions), "the two do not cost the same map"
    ours, floor = best(lambda: cost_map(interventions, book, pupils)), best(lambda: bare(interventions))
    print(f"{INTERVENTIONS} interventions, {INTERVENTIONS * MEMBERS} memberships")
    print(f"cost_map           {ours:8.1f} ms")
    print(f"bare integer loop  {floor:8.1f} ms")
    print(f"ratio              {ours / floor:8.1f}")


if __name__ == "__main__":
    main()
