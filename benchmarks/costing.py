"""How long a big map takes to cost in memory, beside a bare integer loop that works out the same figures.

python benchmarks/costing.py        prints milliseconds and the ratio, the best of several runs of each in one process

The map: a year of 2,000 interventions with two staff each, every basis, and 8,000 memberships with dates. The job: each
intervention, the total, what is additional and for pupils with SEN, every pupil's share, and the breakdowns by tier, need,
provider and funding, all exact. The bare loop has only whole numbers in tuples: no names, no checks, no working to show.
"""

from fractions import Fraction
from math import lcm
from typing import Any

from big_map import INTERVENTIONS, MEMBERS, RATES, Figures, best, made

from vfm.costing.calendar import AcademicYear
from vfm.costing.delivery import OnDays, Weekly
from vfm.costing.intervention import Intervention
from vfm.costing.provision_map import CostedMap, cost_map
from vfm.costing.usual_calendar import usual_calendar


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
