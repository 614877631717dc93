import datetime as dt

from vfm.pupils.pupil import Pupil, SenStatus
from vfm.pupils.register import Chosen, choose, shown_name

FIRST, LAST, TODAY = dt.date(2026, 9, 1), dt.date(2027, 8, 31), dt.date(2027, 1, 21)
K, E = SenStatus.SEN_SUPPORT, SenStatus.EHC_PLAN
ADA = Pupil("1", "Ada", year=4, status=K, need="SLCN", second_need="MLD", eal=True, upn="A1")
BEN = Pupil("2", "Ben", year=0, status=E, need="ASD", pupil_premium=True, looked_after=True)
CY = Pupil("3", "Cy", year=6, left=dt.date(2026, 7, 17))
DAI = Pupil("4", "Dai", year=4, fsm=True, left=dt.date(2026, 12, 18))
EVERY = [DAI, ADA, BEN, CY]


def names(**chosen: str) -> str:
    return " ".join(each.name for each in choose(EVERY, Chosen(**chosen), FIRST, LAST, TODAY))


def test_without_a_choice_those_of_the_year_stand_as_entered() -> None:
    assert names() == "Dai Ada Ben"
    assert names(who="left") == "Dai Cy"
    assert names(who="all", sort="name") == "Ada Ben Cy Dai"


def test_each_menu_leaves_out_the_others() -> None:
    assert names(status="sen") == "Ada Ben" and names(status="E") == "Ben" and names(status="N") == "Dai"
    assert names(need="MLD") == "Ada", "the second need counts too"
    assert names(in_year="0") == "Ben" and names(in_year="4") == "Dai Ada"
    assert [names(group=each) for each in ("pupil-premium", "fsm", "eal", "looked-after", "no-upn")] == [
        "Ben", "Dai", "Ada", "Ben", "Dai Ben"
    ]  # fmt: skip


def test_the_list_is_sorted_by_status_year_or_need() -> None:
    assert (
        names(sort="status") == "Ben Ada Dai"
        and names(sort="year") == "Ben Dai Ada"
        and names(sort="need") == "Ben Ada Dai"
    )


def test_words_that_no_menu_has_choose_nothing() -> None:
    assert names(status="?", group="?", sort="?") == "Dai Ada Ben"


def test_a_name_is_shown_as_the_school_chose() -> None:
    assert shown_name("name", "Siân O'Neill-Ŵyn", "") == "Siân O'Neill-Ŵyn"
    assert shown_name("initials", "Siân O'Neill-Ŵyn", "") == "S.O.Ŵ."
    assert [shown_name("reference", "Ada", each) for each in ("P7", "")] == ["P7", "No reference"]
