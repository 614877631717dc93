"""The map pupil by pupil: nobody is forgotten, and every penny of the map stands on some line."""

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.costing.usual import USUAL
from tests.value.test_map_choice import AGENCY
from vfm.costing.delivery import Weekly
from vfm.costing.intervention import Intervention, Membership
from vfm.costing.provision_map import CostedMap, cost_map
from vfm.costing.rates import RateBook
from vfm.costing.sharing import Basis
from vfm.pupils.pupil import Pupil, SenStatus
from vfm.value.map_by_pupil import MapByPupil, map_by_pupil, sort_by

K = SenStatus.SEN_SUPPORT
PUPILS = {
    "ada": Pupil("ada", "Ada", year=4, status=K),
    "bo": Pupil("bo", "Bo", year=5),
    "cy": Pupil("cy", "Cy", year=5, status=K),
    "di": Pupil("di", "Di", year=4),
    "ed": Pupil("ed", "Ed", year=4, status=K, left=dt.date(2026, 8, 31)),
}


def it(name: str, *members: Membership | str, **more: Any) -> Intervention:
    those = [Membership(each) if isinstance(each, str) else each for each in members]
    given: dict[str, Any] = {"staff": AGENCY, "minutes": 20, "delivery": Weekly(1, 38), "members": those} | more
    return Intervention(name, **given)


def made(*its: Intervention) -> CostedMap:
    return cost_map(its, RateBook(), PUPILS, USUAL)


def everybody(costed: CostedMap, **more: Any) -> MapByPupil:
    return map_by_pupil(costed, PUPILS, lambda pupil: True, **({"with_nothing": True} | more))


def adds_up(found: MapByPupil) -> bool:
    rest = found.others + found.unnamed + found.not_attributed + found.unfilled
    return found.listed + rest == found.total


def test_whoever_is_on_the_map_is_listed_and_whoever_has_sen_and_nothing() -> None:
    found = everybody(made(it("Phonics", "ada", "bo")))
    assert [(each.pupil.id, len(each.parts)) for each in found.pupils] == [("ada", 1), ("bo", 1), ("cy", 0)]
    assert [each.pupil.id for each in everybody(made(it("Phonics", "ada", "bo")), with_nothing=False).pupils] == [
        "ada",
        "bo",
    ]


def test_what_falls_on_no_pupil_has_lines_of_its_own_and_all_add_up() -> None:
    found = everybody(
        made(
            it("Named", "ada", "bo", "cy"),
            it("A group of six", group_size=6, minutes=21),
            it("By place", "ada", basis=Basis.BY_PLACE, places=4, minutes=10),
            it("Joined too late", Membership("bo", joined=dt.date(2027, 8, 1)), minutes=5),
        )
    )
    assert (found.unnamed, found.not_attributed, found.unfilled) == (39900, 9500, 14250)
    assert adds_up(found)
    assert found.total == 38000 + 39900 + 19000 + 9500


def test_pupils_who_are_not_wanted_are_one_line() -> None:
    found = map_by_pupil(
        made(it("Phonics", "ada", "bo", "cy")), PUPILS, lambda pupil: pupil.year == 4, with_nothing=True
    )
    assert [each.pupil.id for each in found.pupils] == ["ada"]
    assert (found.others, found.number_of_others, adds_up(found)) == (25333, 2, True)


def test_hours_are_those_while_the_pupil_was_in_it() -> None:
    half = Membership("bo", joined=dt.date(2026, 11, 2), left=dt.date(2026, 12, 11))
    found = everybody(made(it("Phonics", "ada", half, minutes=60, delivery=Weekly(5))))
    days = sum(dt.date(2026, 11, 2) <= day <= dt.date(2026, 12, 11) for day in USUAL.pupil_days)
    assert [each.hours for each in found.pupils[:2]] == [190, days]


def test_the_most_costly_or_those_with_most_hours_or_least_lines_can_come_first() -> None:
    pupils = everybody(made(it("Long", "ada", "bo"), it("Short", "bo", minutes=10))).pupils
    assert [each.pupil.id for each in sort_by(pupils, "cost")] == ["bo", "ada", "cy"]
    assert [each.pupil.id for each in sort_by(pupils, "hours")] == ["bo", "ada", "cy"]
    assert [each.pupil.id for each in sort_by(pupils, "lines")] == ["cy", "ada", "bo"]
    assert sort_by(pupils, "no such order") == pupils


@given(
    st.lists(
        st.tuples(st.sets(st.sampled_from(["ada", "bo", "cy"])), st.integers(1, 90), st.booleans(), st.integers(3, 9)),
        max_size=6,
    )
)
def test_every_penny_stands_on_some_line(lines: list[tuple[set[str], int, bool, int]]) -> None:
    its = [
        it(f"Line {n}", *sorted(members), minutes=minutes, **_basis(by_place, places))
        for n, (members, minutes, by_place, places) in enumerate(lines)
    ]
    costed = made(*its)
    assert adds_up(everybody(costed)) and everybody(costed).total == costed.printed_total
    only = map_by_pupil(costed, PUPILS, lambda pupil: pupil.id == "ada", with_nothing=False)
    assert adds_up(only)


def _basis(by_place: bool, places: int) -> dict[str, Any]:
    return {"basis": Basis.BY_PLACE, "places": places} if by_place else {}
