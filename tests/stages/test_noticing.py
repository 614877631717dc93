"""What the looks at the map ask of a case about who is erased."""

from dataclasses import replace

from tests.stages.cases import ANN, BEN, costing, make_case
from vfm.pupils.pupil import Pupil, SenStatus
from vfm.stages.noticing import coverage, hours_to_look_at
from vfm.stages.stage import Case, Looks
from vfm.value.section_f import SectionF

PLAN = replace(ANN, status=SenStatus.EHC_PLAN)


def case_of(pupil: Pupil, takes_part: Pupil) -> Case:
    looks = Looks(section_f={"ann": SectionF(5)})
    return make_case([costing("10", takes_part)], pupils=[pupil, BEN], look=lambda: looks)


def hours_shown(pupil: Pupil, takes_part: Pupil) -> list[Pupil]:
    return [each.pupil for each in hours_to_look_at(case_of(pupil, takes_part))]


def asked_about(pupil: Pupil, takes_part: Pupil) -> list[str]:
    return [each.pupil for each in coverage(case_of(pupil, takes_part)) if each.pupil]


def test_hours_of_section_f_of_who_is_erased_stand_only_where_a_line_is_there_to_show() -> None:
    gone = replace(PLAN, erased=True)
    assert hours_shown(gone, ANN) == [gone]
    assert hours_shown(gone, BEN) == []
    assert hours_shown(PLAN, BEN) == [PLAN]


def test_nobody_is_asked_for_hours_of_who_is_erased_and_on_no_line() -> None:
    gone = replace(PLAN, erased=True)
    assert asked_about(gone, ANN) == ["ann"]
    assert asked_about(gone, BEN) == []
    assert asked_about(PLAN, BEN) == ["ann"]
