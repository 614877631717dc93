"""Pounds and hours by group: exact, and no group under five can be worked back by anybody who adds and takes away."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given as generated
from hypothesis import strategies as st

from tests.costing.usual import USUAL
from vfm.costing.intervention import Intervention, Membership, Tier
from vfm.costing.other_cost import CostKind, OtherCost
from vfm.costing.provision_map import cost_map
from vfm.costing.rates import RateBook
from vfm.pupils.pupil import Pupil, SenStatus
from vfm.value.fair_questions import questions_in
from vfm.value.fairness import Given, divisions, gini, given_in, share_of_the_top_tenth, spread
from vfm.value.withheld import withheld

K, E, N = SenStatus.SEN_SUPPORT, SenStatus.EHC_PLAN, SenStatus.NONE


def numbers(*values: int) -> list[Fraction]:
    return [Fraction(value) for value in values]


def child(key: int, pence: int = 100, status: SenStatus = K, **more: object) -> Given:
    pupil = Pupil(str(key), f"Child {key}", status=status, **more)  # type: ignore[arg-type]
    return Given(pupil, Fraction(pence), Fraction(pence, 100))


def parted(*sizes: int, start: int = 0) -> dict[str, frozenset[str]]:
    """Groups of these sizes of pupils numbered on."""
    found: dict[str, frozenset[str]] = {}
    place = start
    for size in sizes:
        found[f"g{len(found)}"] = frozenset(str(n) for n in range(place, place + size))
        place += size
    return found


def test_the_published_example_has_a_gini_of_0_55() -> None:
    assert gini(numbers(0, 120, 240, 360, 1200)) == Fraction(55, 100)


@generated(st.lists(st.integers(0, 10_000), min_size=1, max_size=12))
def test_gini_is_the_formula(values: list[int]) -> None:
    n, total = len(values), sum(values)
    apart = sum(abs(a - b) for a in values for b in values)
    assert gini(numbers(*values)) == (Fraction(apart, 2 * n * total) if total else None)


def test_the_tenth_who_get_most_may_be_a_part_of_a_pupil() -> None:
    assert share_of_the_top_tenth(numbers(*[10] * 9, 110)) == Fraction(110, 200)
    assert share_of_the_top_tenth(numbers(*[10] * 14, 110)) == Fraction(110 + 5, 250)
    assert share_of_the_top_tenth(numbers(*[10] * 9)) is None
    assert share_of_the_top_tenth(numbers(*[0] * 10)) is None


def test_the_median_of_an_even_number_lies_between_the_middle_two() -> None:
    found = spread(numbers(0, 10, 30, 100))
    assert [found.mean, found.median, found.low, found.high] == numbers(35, 20, 0, 100)
    assert spread(numbers(1, 5, 100)).median == 5
    with pytest.raises(ValueError, match="no mean"):
        spread([])


def fee(name: str, price: int, pupils: str, **more: object) -> Intervention:
    members = [Membership(each) for each in pupils]
    return Intervention(name, other_costs=[OtherCost(CostKind.FEES, "fee", Decimal(price))], members=members, **more)  # type: ignore[arg-type]


def test_a_pupil_with_nothing_counts_as_nought_and_one_who_left_before_the_year_does_not() -> None:
    left = Pupil("c", "Cy", left=dt.date(2026, 8, 31))
    pupils = {"a": Pupil("a", "Ann"), "b": Pupil("b", "Bob"), "c": left}
    universal = fee("Class", 99, "b", tier=Tier.UNIVERSAL)
    found = given_in(cost_map([fee("Reading", 30, "a"), universal], RateBook(), pupils, USUAL), pupils)
    assert [(each.pupil.id, each.pence) for each in found] == [("a", Fraction(3000)), ("b", Fraction(0))]


def test_a_group_of_four_is_withheld_with_one_more_and_a_group_of_five_is_shown() -> None:
    assert withheld({"t": parted(5, 9)}) == frozenset()
    assert withheld({"t": parted(4, 9, 20)}) == {("t", "g0"), ("t", "g1")}


def test_two_small_groups_hide_each_other_only_if_together_they_are_five() -> None:
    assert withheld({"t": parted(3, 3, 20)}) == {("t", "g0"), ("t", "g1")}
    assert withheld({"t": parted(2, 2, 20, 30)}) == {("t", "g0"), ("t", "g1"), ("t", "g2")}


def test_one_group_that_holds_another_but_for_three_pupils_gives_the_three_away() -> None:
    tables = {"one": parted(10, 20), "other": parted(13, 17)}
    assert withheld(tables) != frozenset()


def test_of_three_tables_that_differ_by_two_and_four_pupils_only_one_is_shown() -> None:
    everyone = "abcdefghijklmnopqrst"
    tables = {str(size): {"in": frozenset(everyone[:size]), "out": frozenset(everyone[size:])} for size in (8, 10, 12)}
    hidden = withheld(tables)
    assert len({size for size, parts in tables.items() for name in parts if (size, name) not in hidden}) == 1


def _solves(known: list[frozenset[str]], wanted: frozenset[str], everyone: list[str]) -> bool:
    """Gauss with fractions, another way than the code's own."""
    rows = [[Fraction(pupil in each) for pupil in everyone] for each in known]
    rank = _rank(rows)
    return _rank([*rows, [Fraction(pupil in wanted) for pupil in everyone]]) == rank


def _rank(rows: list[list[Fraction]]) -> int:
    rows, rank = [list(row) for row in rows], 0
    for column in range(len(rows[0])):
        pivot = next((n for n in range(rank, len(rows)) if rows[n][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        for n in range(rank + 1, len(rows)):
            times = rows[n][column] / rows[rank][column]
            rows[n] = [a - times * b for a, b in zip(rows[n], rows[rank], strict=True)]
        rank += 1
    return rank


@generated(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.booleans()), min_size=5, max_size=24))
def test_no_group_under_five_and_no_single_pupil_can_be_solved_for(marks: list[tuple[int, int, bool]]) -> None:
    everyone = [str(n) for n in range(len(marks))]
    tables: dict[str, dict[str, frozenset[str]]] = {}
    for table in range(3):
        for key in sorted({str(mark[table]) for mark in marks}):
            its = frozenset(pupil for pupil, mark in zip(everyone, marks, strict=True) if str(mark[table]) == key)
            tables.setdefault(f"t{table}", {})[key] = its
    hidden = withheld(tables)
    groups = {(table, name): its for table, parts in tables.items() for name, its in parts.items()}
    known = [frozenset(everyone), *(its for group, its in groups.items() if group not in hidden)]
    small = [its for its in groups.values() if len(its) < 5] + [frozenset((pupil,)) for pupil in everyone]
    assert not any(_solves(known, each, everyone) for each in small)


def test_every_division_parts_everybody_and_says_nothing_of_few() -> None:
    given = [child(n, 100 * n, E if n < 3 else K, year=3, sex="F" if n % 2 else "M") for n in range(12)]
    found = {each.name: {group.name: group for group in each.groups} for each in divisions(given)}
    assert {name: sum(group.pupils for group in its.values()) for name, its in found.items()} == dict.fromkeys(
        found, 12
    )
    assert found["SEN status"]["EHC plan"].pence is None
    assert found["SEN status"]["SEN Support"].pence is None, "it would give the plans away"
    girls = found["Sex"]["Girls"].pence
    assert girls is not None
    assert [girls.mean, girls.low, girls.high] == numbers(600, 100, 1100)


def test_with_fewer_than_five_pupils_nothing_is_shown() -> None:
    groups = [group for each in divisions([child(n) for n in range(4)]) for group in each.groups]
    assert groups
    assert all(group.pence is None and group.hours is None for group in groups)


def asked(given: list[Given], *there: str) -> list[tuple[str, str]]:
    return [(each.pattern.slug, each.pupil or each.about[0]) for each in questions_in(given, there)]


def test_a_pupil_with_sen_on_no_line_is_asked_about_unless_top_up_is_received() -> None:
    given = [child(1, 0), child(2, 0, E), child(3, 0, N), child(4, 0, E, top_up=True), child(5, 0)]
    assert asked(given, "5") == [("nothing", "1"), ("nothing", "2")]
    assert asked(given) == [], "a map that names nobody is unfinished"


def test_nothing_is_asked_about_a_pupil_on_no_line_who_is_erased() -> None:
    assert asked([child(1, 0, erased=True), child(2, 0), child(5, 0)], "5") == [("nothing", "2")]


def test_a_pupil_without_sen_is_asked_about_above_the_middle_of_sen_support_and_not_at_it() -> None:
    support = [child(n, 100 * n) for n in range(1, 6)]
    everyone = [str(n) for n in range(9)]
    assert asked([*support, child(7, 300, N)], *everyone) == []
    assert asked([*support, child(7, 301, N)], *everyone) == [("much", "7")]
    assert asked([*support[:4], child(7, 301, N)], *everyone) == [], "four are too few to have a middle"


def test_groups_that_differ_by_half_as_much_again_are_asked_about_and_small_ones_are_not() -> None:
    def two(more: int, size: int = 10) -> list[Given]:
        rich = [child(n, more, pupil_premium=True) for n in range(size)]
        return [*rich, *(child(n, 200) for n in range(100, 110))]

    everyone = [str(n) for n in range(200)]
    assert asked(two(300), *everyone) == [("apart", "Pupil premium")]
    assert asked(two(299), *everyone) == []
    assert asked(two(300, 9), *everyone) == []
    (found,) = questions_in(two(300), everyone)
    assert found.says == "Receives pupil premium: £3.00 for each pupil with SEN. Does not: £2.00."
    assert "not unfairness" in found.pattern.plan
