"""What a filter leaves of a map, and that its figures are those of the whole map's lines."""

import datetime as dt
from decimal import Decimal
from typing import Any

from tests.costing.usual import USUAL
from vfm.costing.delivery import Weekly
from vfm.costing.intervention import FundingShare, Giver, Intervention, Membership, Staff, Tier
from vfm.costing.provision_map import CostedMap, cost_map
from vfm.costing.rates import RateBook, Stated
from vfm.money import add_up
from vfm.pupils.pupil import Pupil
from vfm.value.map_choice import WHOLE_CLASS_FROM, MapChoice, Size, chosen_of, size_of

PUPILS = {
    "ada": Pupil("ada", "Ada", year=4, class_name="Elm"),
    "bo": Pupil("bo", "Bo", year=4, class_name="Oak"),
    "cy": Pupil("cy", "Cy", year=5, class_name="Elm"),
}
AGENCY = (Staff("Agency", kind=Giver.AGENCY, rate=Stated(Decimal(30))),)


def it(name: str, *pupils: str, **more: Any) -> Intervention:
    given: dict[str, Any] = {
        "members": [Membership(each) for each in pupils], "staff": AGENCY, "minutes": 20, "delivery": Weekly(1, 38),
    } | more  # fmt: skip
    return Intervention(name, **given)


def made(*its: Intervention) -> CostedMap:
    return cost_map(its, RateBook(), PUPILS, USUAL)


def shown(choice: MapChoice, *its: Intervention) -> list[str]:
    return [each.name for each in chosen_of(made(*its), choice, PUPILS).interventions]


def group(size: int, **more: Any) -> Size:
    return size_of(Intervention("Group", group_size=size, **more))


def test_one_pupil_at_a_time_is_individual_and_fifteen_are_a_whole_class() -> None:
    assert [group(size) for size in (0, 1, 2, WHOLE_CLASS_FROM - 1, WHOLE_CLASS_FROM)] == [
        Size.NOT_KNOWN,
        Size.INDIVIDUAL,
        Size.SMALL_GROUP,
        Size.SMALL_GROUP,
        Size.WHOLE_CLASS,
    ]


def test_universal_provision_is_for_a_whole_class_whatever_its_size() -> None:
    assert [group(size, tier=Tier.UNIVERSAL) for size in (0, 2)] == [Size.WHOLE_CLASS] * 2
    assert group(1, tier=Tier.UNIVERSAL) is Size.INDIVIDUAL


def test_pupils_who_follow_one_another_are_individual_and_a_day_together_makes_a_group() -> None:
    gone, day = dt.date(2026, 12, 18), dt.timedelta(days=1)
    for begins, size in ((gone + day, Size.INDIVIDUAL), (gone, Size.SMALL_GROUP)):
        members = [Membership("ada", left=gone), Membership("bo", joined=begins)]
        assert size_of(Intervention("One to one", members=members)) is size


def test_each_filter_leaves_what_it_says() -> None:
    its = (
        it("Phonics", "ada", need="Cognition and learning"),
        it("Speech", "cy", tier=Tier.SPECIALIST, withdrawn=True, funding=[FundingShare("Top-up", 60)]),
        it(
            "Story",
            group_size=30,
            tier=Tier.UNIVERSAL,
            funding=[FundingShare("Top-up", 40), FundingShare("School", 60)],
        ),
    )
    expected = {
        MapChoice(): ["Phonics", "Speech", "Story"],
        MapChoice(tier="specialist"): ["Speech"],
        MapChoice(need="Cognition and learning"): ["Phonics"],
        MapChoice(need="none"): ["Speech", "Story"],
        MapChoice(size="individual"): ["Phonics", "Speech"],
        MapChoice(size="whole-class"): ["Story"],
        MapChoice(where="out"): ["Speech"],
        MapChoice(where="in"): ["Phonics", "Story"],
        MapChoice(funding="Top-up"): ["Speech", "Story"],
        MapChoice(funding="none"): ["Phonics", "Speech"],
        MapChoice(in_year="4"): ["Phonics"],
        MapChoice(class_name="Elm"): ["Phonics", "Speech"],
        MapChoice(class_name="Elm", tier="targeted"): ["Phonics"],
        MapChoice(tier="no such tier"): [],
    }
    assert {choice: shown(choice, *its) for choice in expected} == expected


def test_year_group_and_class_are_of_one_and_the_same_pupil() -> None:
    mixed = it("Mixed", "bo", "cy")
    assert shown(MapChoice(in_year="4", class_name="Elm"), mixed) == []
    assert shown(MapChoice(in_year="5", class_name="Elm"), mixed) == ["Mixed"]


def test_the_parts_of_a_map_add_up_to_it_and_no_choice_is_the_map_itself() -> None:
    whole = made(it("One", "ada", minutes=7), it("Two", "bo", minutes=11, tier=Tier.SPECIALIST))
    assert chosen_of(whole, MapChoice(), PUPILS) is whole
    parts = [chosen_of(whole, MapChoice(tier=tier.value), PUPILS) for tier in Tier]
    assert add_up(part.total for part in parts) == whole.total
    assert [part.printed_total for part in parts] == [0, 13300, 20900]
