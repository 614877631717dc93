import datetime as dt

from vfm.pupils.cohort import ENGLAND, cohort_of, england_for, phase_of, share_words
from vfm.pupils.pupil import Pupil, SenStatus

K, E = SenStatus.SEN_SUPPORT, SenStatus.EHC_PLAN


def test_pupils_are_counted_by_status_need_year_and_who_else_they_are() -> None:
    pupils = [
        Pupil("1", "", year=4, status=K, need="SLCN", pupil_premium=True, sex="M"),
        Pupil("2", "", year=4, status=E, need="SLCN", second_need="MLD", looked_after=True, sex="F"),
        Pupil("3", "", year=5, status=K, pupil_premium=True),
        Pupil("4", "", year=5, pupil_premium=True, eal=True),
    ]
    found = cohort_of(pupils)
    assert (found.total, found.support, found.plans, found.sen, found.without_need) == (4, 2, 1, 3, 1)
    assert found.needs == (("Speech, language and communication needs", 1, 1, 2),)
    assert found.years == ((4, 1, 1, 2, 2), (5, 1, 0, 1, 2))
    assert found.overlaps[0] == ("Pupil premium", 2, 0, 2, 3)
    assert {name: rest for name, *rest in found.overlaps}["Two types of need"] == [0, 1, 1, 1]


def test_under_ten_stand_people_and_no_percentage() -> None:
    assert share_words(9, 200) == "9 of 200"
    assert share_words(5, 9) == "5 of 9"
    assert share_words(10, 200) == "10 of 200 (5.0%)"
    assert share_words(33, 160) == "33 of 160 (20.6%)", "20.625 to one decimal"
    assert share_words(1, None) == "1 pupil"
    assert share_words(30, 20) == "30 of 20", "a roll that is smaller than its part gives no percentage"


def test_england_is_known_for_one_phase_at_a_time_with_its_sources() -> None:
    assert [(phase_of(*ages)) for ages in ((4, 11), (3, 7), (11, 18), (3, 16))] == [
        "primary",
        "primary",
        "secondary",
        "",
    ]
    primary, secondary = england_for("primary"), england_for("secondary")
    assert primary is not None and secondary is not None
    assert (primary.words, secondary.words) == ("19.4%", "17.6%")
    assert england_for("") is None
    assert all(each.sources and each.checked <= dt.date(2026, 11, 24) for each in ENGLAND)
