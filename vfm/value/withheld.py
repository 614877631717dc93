"""Which groups of a set of tables must be withheld, so that no sum of fewer than five pupils can be worked back.

A table divides the same pupils into groups, and shows the sum (or mean and number) of each; the sum of all is known too.
Whatever follows from these by adding and taking away is looked for by solving.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

FEWEST = 5
PRIME = (1 << 61) - 1  # solving in remainders of a large prime is exact enough here and needs no fractions
Group = tuple[str, str]
"""The name of a table, and of a group in it."""
Row = dict[int, int]


def withheld(tables: Mapping[str, Mapping[str, frozenset[str]]]) -> frozenset[Group]:
    """The groups to withhold: those of fewer than five, and those that would give one of these, or any few, away."""
    groups = {(table, name): pupils for table, parts in tables.items() for name, pupils in parts.items() if pupils}
    hidden = {group for group, pupils in groups.items() if len(pupils) < FEWEST}
    few = _few(groups)
    while (leak := _leak(groups, hidden, few)) is not None:
        shown = [group for group in groups if group not in hidden]
        beside = [group for group in shown if _beside_a_hidden_one(group, groups, hidden, leak)]
        near = [group for group in shown if groups[group] & leak]
        hidden.add(min(beside or near or shown, key=lambda each: (len(groups[each]), each)))
    return frozenset(hidden)


def _few(groups: Mapping[Group, frozenset[str]]) -> set[frozenset[str]]:
    """Every set of one to four pupils that is a group, or what two groups share, or what one has beyond another."""
    found = set(groups.values())
    for one, other in combinations(set(groups.values()), 2):
        found |= {one & other, one - other, other - one}
    return {each for each in found if 0 < len(each) < FEWEST}


def _beside_a_hidden_one(
    group: Group, groups: Mapping[Group, frozenset[str]], hidden: set[Group], leak: frozenset[str]
) -> bool:
    """Whether it stands in the table of a hidden group that the leak gives away."""
    return any(table == group[0] and groups[table, name] <= leak for table, name in hidden)


def _leak(
    groups: Mapping[Group, frozenset[str]], hidden: set[Group], few: Iterable[frozenset[str]]
) -> frozenset[str] | None:
    """Some pupils, fewer than five, whose sum follows from what is shown; None where there are none."""
    alike = _alike(groups)
    known = [frozenset().union(*alike), *(pupils for group, pupils in groups.items() if group not in hidden)]
    basis = _solved([_row(pupils, alike) for pupils in known])
    for row in basis.values():
        pupils = frozenset().union(*(alike[n] for n in row))
        if len(pupils) < FEWEST:
            return pupils
    return next((each for each in sorted(few, key=sorted) if not _less(_row(each, alike), basis)), None)


def _alike(groups: Mapping[Group, frozenset[str]]) -> list[frozenset[str]]:
    """Pupils who are in the same groups of all tables, together: no sum tells one of them from another."""
    found: dict[tuple[Group, ...], set[str]] = {}
    within: dict[str, list[Group]] = {}
    for group, pupils in groups.items():
        for pupil in pupils:
            within.setdefault(pupil, []).append(group)
    for pupil, its in within.items():
        found.setdefault(tuple(sorted(its)), set()).add(pupil)
    return [frozenset(each) for _, each in sorted(found.items())]


def _row(pupils: frozenset[str], alike: Sequence[frozenset[str]]) -> Row:
    return {n: 1 for n, each in enumerate(alike) if each <= pupils}


def _solved(rows: Sequence[Row]) -> dict[int, Row]:
    """The rows in reduced echelon form, by the place of their first number."""
    basis: dict[int, Row] = {}
    for row in rows:
        rest = _less(row, basis)
        if rest:
            first = min(rest)
            inverse = pow(rest[first], -1, PRIME)
            rest = {n: value * inverse % PRIME for n, value in rest.items()}
            basis = {pivot: _less(other, {first: rest}) for pivot, other in basis.items()} | {first: rest}
    return basis


def _less(row: Row, basis: Mapping[int, Row]) -> Row:
    """A row without what the basis explains of it."""
    rest = dict(row)
    for pivot in [n for n in row if n in basis]:
        times = rest.get(pivot, 0)
        for n, value in basis[pivot].items():
            left = (rest.get(n, 0) - times * value) % PRIME
            if left:
                rest[n] = left
            else:
                rest.pop(n, None)
    return rest
