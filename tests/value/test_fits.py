"""Which provision fits a child: what matches, what is left out and why, in what order. It must never hide that it was tried."""

import datetime as dt
from dataclasses import replace
from typing import Any

from tests.costing.usual import USUAL
from tests.value.test_repeats import part
from vfm.costing.catalogue import Catalogue
from vfm.costing.intervention import Intervention, Membership, Result, Tier, TimeKind
from vfm.costing.programme import Programme
from vfm.costing.provision_map import cost_map
from vfm.costing.rates import RateBook
from vfm.costing.sharing import Basis
from vfm.pupils.pupil import AreaOfNeed, Pupil, SenStatus
from vfm.value.fits import Fit, Fits, first_tier, fits, needs_of
from vfm.value.offers import Known, Rank

COGNITION, SOCIAL = "Cognition and learning", "Social, emotional and mental health"
DAY = dt.date(2026, 11, 24)
MIA = Pupil("mia", "Mia", year=4, status=SenStatus.SEN_SUPPORT, need="SPLD")
REGISTER = {each: Pupil(each, each, year=4) for each in ("bo", "cy", "di")} | {"mia": MIA}


def it(name: str, *members: Membership | str, **more: Any) -> Intervention:
    those = [Membership(each) if isinstance(each, str) else each for each in members]
    given: dict[str, Any] = {"id": name, "need": COGNITION, "members": those} | more
    return Intervention(name, **given)


def programme(key: str, kind: str = "phonics", *, tier: Tier = Tier.TARGETED, **more: Any) -> Programme:
    return Programme(key, key, tier, kind, **({"areas": (AreaOfNeed.COGNITION,)} | more))


def known(*its: Intervention, pupil: Pupil = MIA, **more: Any) -> Known:
    costed = cost_map(its, RateBook(), REGISTER | {"mia": pupil}, USUAL)
    return Known(pupil, DAY, costed, **more)


def names(found: Fits) -> list[str]:
    return [each.offer.name for each in found.suggestions]


def suggested(*its: Intervention, tier: Tier = Tier.TARGETED, **more: Any) -> list[str]:
    return names(fits(known(*its, **more), tier))


def tried(**more: Any) -> list[tuple[str, str]]:
    return [(each.offer.name, each.why) for each in fits(known(**more), Tier.TARGETED).tried]


def test_a_group_for_the_childs_need_fits_and_one_for_another_need_does_not() -> None:
    assert suggested(it("Phonics"), it("Friends", need=SOCIAL)) == ["Phonics"]


def test_the_second_need_counts_and_comes_after_the_first() -> None:
    both = replace(MIA, second_need="SEMH")
    found = fits(known(it("Friends", need=SOCIAL), it("Phonics"), pupil=both), Tier.TARGETED)
    assert [(each.offer.name, each.fit) for each in found.suggestions] == [
        ("Phonics", Fit.PRIMARY),
        ("Friends", Fit.SECOND),
    ]


def test_a_group_that_does_not_say_its_need_may_fit_and_comes_last() -> None:
    assert suggested(it("A club", need=""), it("Phonics")) == ["Phonics", "A club"]
    assert suggested(it("A club", need="More than one area")) == ["A club"]


def test_where_no_need_is_recorded_or_it_has_no_area_every_need_is_shown() -> None:
    for need in ("", "NSA", "DS"):
        pupil = replace(MIA, need=need)
        assert needs_of(pupil) == (None, None)
        assert suggested(it("Friends", need=SOCIAL), it("Phonics"), pupil=pupil) == ["Friends", "Phonics"]


def test_only_the_tier_that_was_asked_for_is_shown() -> None:
    its = it("Phonics"), it("Dyslexia lessons", tier=Tier.SPECIALIST), it("Story time", tier=Tier.UNIVERSAL)
    assert suggested(*its) == ["Phonics"]
    assert suggested(*its, tier=Tier.SPECIALIST) == ["Dyslexia lessons"]
    assert [first_tier(each) for each in SenStatus] == [Tier.TARGETED, Tier.TARGETED, Tier.SPECIALIST]


def test_a_name_that_says_another_year_group_is_left_out_and_named() -> None:
    found = fits(known(it("Phonics, Year 1"), it("Reading, Years 3 and 4"), it("Spelling")), Tier.TARGETED)
    assert names(found) == ["Reading, Years 3 and 4", "Spelling"]
    assert found.other_years == ("Phonics, Year 1",)
    unknown = replace(MIA, year=None)
    assert suggested(it("Phonics, Year 1"), pupil=unknown) == ["Phonics, Year 1"]


def test_places_left_are_those_of_the_day() -> None:
    its = it("Full", "bo", "cy", places=2), it("One left", "bo", places=2), it("Over", "bo", "cy", "di", places=2)
    gone = it("One has gone", "bo", Membership("cy", left=dt.date(2026, 11, 23)), places=2)
    today = it("Gone at the end of today", "bo", Membership("cy", left=DAY), places=2)
    found = fits(known(*its, gone, today), Tier.TARGETED)
    left = {each.offer.name: each.offer.running.left for each in found.suggestions if each.offer.running}
    assert left == {"Full": 0, "One left": 1, "Over": 0, "One has gone": 1, "Gone at the end of today": 0}


def test_a_group_that_begins_later_counts_its_places_on_its_first_day_and_one_that_ended_is_no_group() -> None:
    joined = Membership("bo", joined=dt.date(2027, 1, 11))
    later = it("Spring", joined, places=2, starts_on=dt.date(2027, 1, 11))
    ended = it("Autumn", places=2, ends_on=dt.date(2026, 11, 23)), it("Today", places=2, ends_on=DAY)
    found = fits(known(later, *ended), Tier.TARGETED)
    assert names(found) == ["Spring", "Today"]
    running = found.suggestions[0].offer.running
    assert running is not None
    assert (running.left, running.begins) == (1, dt.date(2027, 1, 11))


def test_a_group_of_which_only_the_size_is_known_has_the_other_places_left() -> None:
    (found,) = fits(known(it("Phonics", group_size=4, places=6)), Tier.TARGETED).suggestions
    assert found.offer.running is not None
    assert found.offer.running.left == 2


def test_the_order_is_places_then_not_known_then_the_list_then_full_then_the_library() -> None:
    its = it("Full", "bo", places=1), it("Not known"), it("Places", places=3)
    found = fits(
        known(*its, own=Catalogue((programme("On the list"),)), library=Catalogue((programme("In the library"),))),
        Tier.TARGETED,
    )
    assert names(found) == ["Places", "Not known", "On the list", "Full", "In the library"]
    assert [each.offer.rank for each in found.suggestions] == list(Rank)


def test_a_programme_that_the_school_has_from_the_library_stands_there_once() -> None:
    entry = programme("lexia", aliases=("Lexia Core5",))
    own = Catalogue((programme("Core5"),))
    assert suggested(own=own, library=Catalogue((entry,)), held={"Core5": entry}) == ["Core5"]


def test_a_programme_of_which_a_line_is_suggested_does_not_stand_there_again_and_else_it_does() -> None:
    own = Catalogue((programme("Lexia"),))
    lines = it("Screens", programme="Lexia", places=3), it("More screens", programme="Lexia", places=3)
    assert suggested(*lines, own=own) == ["More screens", "Screens"]
    assert suggested(it("Screens, Year 1", programme="Lexia"), own=own) == ["Lexia"]
    assert suggested(it("Toe by Toe"), library=Catalogue((programme("toe-by-toe", aliases=("Toe by Toe",)),))) == [
        "Toe by Toe"
    ]


def test_what_was_tried_stands_there_once_though_it_is_on_the_map_and_on_the_list() -> None:
    own = Catalogue((programme("Lexia"),))
    found = fits(known(it("Screens", programme="Lexia"), own=own, taken=(part(2024),)), Tier.TARGETED)
    assert [each.offer.name for each in found.tried] == ["Screens"]


def test_a_group_that_exists_for_one_child_and_a_meeting_are_not_offered() -> None:
    alone = it("One adult", "bo", basis=Basis.WHOLE, whole_to="bo", whole_reason="Plan")
    assert suggested(alone, it("Review", time_kind=TimeKind.REVIEW_MEETING)) == []


def test_what_the_child_takes_part_in_now_is_not_suggested_again() -> None:
    now = replace(part(2026, "Phonics"), line="Phonics")
    own = Catalogue((programme("Phonics"), programme("Nessy", "spelling")))
    found = fits(known(it("Phonics", "mia", programme="Phonics"), own=own, taken=(now,)), Tier.TARGETED)
    assert (names(found), [each.called for each in found.now], found.tried) == (["Nessy"], ["Phonics"], ())


def test_what_begins_later_this_year_is_counted_with_what_the_child_has_now() -> None:
    later = part(2026, "Phonics", first="01-11")
    found = fits(known(own=Catalogue((programme("Phonics"),)), taken=(later,)), Tier.TARGETED)
    assert (names(found), found.tried, len(found.now)) == ([], (), 1)


def test_a_programme_taken_before_without_a_gain_is_shown_apart_with_the_year_and_the_outcome() -> None:
    lexia = Catalogue((programme("Lexia"),))
    for result in (None, Result.NOT_MET):
        found = fits(known(own=lexia, taken=(part(2024, result=result),)), Tier.TARGETED)
        (one,) = found.tried
        assert (names(found), one.why) == ([], "Taken before, and no gain is recorded")
        assert [(each.year, each.result) for each in one.taken] == [(2024, result)]


def test_a_programme_taken_once_with_a_gain_is_suggested_and_says_so() -> None:
    lexia = Catalogue((programme("Lexia"),))
    for result in (Result.MET, Result.PARTLY):
        (one,) = fits(known(own=lexia, taken=(part(2025, result=result),)), Tier.TARGETED).suggestions
        assert [each.year for each in one.before] == [2025]


def test_a_third_year_is_a_repeat_even_with_a_gain_and_a_second_is_not() -> None:
    lexia = Catalogue((programme("Lexia"),))
    met = [part(year, result=Result.MET) for year in (2024, 2025)]
    assert tried(own=lexia, taken=met) == [("Lexia", "It would be the third year or more")]
    assert tried(own=lexia, taken=met[:1]) == []
    assert tried(own=lexia, taken=[met[0], part(2026, result=Result.MET, last="10-01")]) == []


def test_what_ended_earlier_this_year_without_a_gain_was_tried() -> None:
    over = part(2026, last="11-23")
    assert tried(own=Catalogue((programme("Lexia"),)), taken=(over,)) == [
        ("Lexia", "Taken before, and no gain is recorded")
    ]


def test_a_similar_programme_after_a_repeat_was_tried_and_after_one_year_was_not() -> None:
    nessy = Catalogue((programme("Nessy"),))
    twice = [part(year, "Lexia") for year in (2023, 2024)]
    assert tried(own=nessy, taken=twice) == [("Nessy", "Of the same type as Lexia, which was repeated")]
    assert tried(own=nessy, taken=twice[:1]) == []
    assert tried(own=nessy, taken=[twice[0], part(2024, "Lexia", result=Result.MET)]) == []
    assert tried(own=Catalogue((programme("Numicon", "number"),)), taken=twice) == []
    assert tried(own=nessy, taken=[replace(each, need=SOCIAL) for each in twice]) == []


def test_a_programme_is_known_again_by_any_name_that_the_library_has_for_it() -> None:
    entry = programme("lexia-core5", aliases=("Core5",))
    before = part(2024, "core 5", programme="core5")
    assert tried(library=Catalogue((entry,)), taken=(before,)) == [
        ("lexia-core5", "Taken before, and no gain is recorded")
    ]


def test_another_of_the_type_that_the_child_has_now_is_suggested_with_a_word_of_it() -> None:
    (one,) = fits(known(own=Catalogue((programme("Nessy"),)), taken=(part(2026, "Lexia"),)), Tier.TARGETED).suggestions
    assert (one.offer.name, one.like) == ("Nessy", ("Lexia",))
