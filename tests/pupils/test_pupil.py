import pytest

from vfm.pupils.pupil import NEED_TYPES, Pupil, SenStatus


def test_a_status_can_be_read_from_the_letter_of_the_census() -> None:
    assert [SenStatus(code) for code in ("N", "k", "E")] == [
        SenStatus.NONE,
        SenStatus.SEN_SUPPORT,
        SenStatus.EHC_PLAN,
    ]
    with pytest.raises(ValueError, match="S"):
        SenStatus("S")


def test_sen_support_and_plans_are_sen() -> None:
    assert [Pupil("a", "A", status=status).has_sen for status in SenStatus] == [False, True, True]


def test_every_type_of_need_stands_under_its_own_code() -> None:
    assert all(code == need.code for code, need in NEED_TYPES.items())
