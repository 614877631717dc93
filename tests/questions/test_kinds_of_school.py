"""Who is asked what: a duty is put only to the kinds of school that it binds."""

from dataclasses import replace
from typing import Any

import pytest

from tests.questions.real import BANK, school
from vfm.questions.bank import Strength
from vfm.questions.school import CONDITIONS, Kind, School

EVERY_SCHOOL = {"accessibility-plan", "annual-reviews"}
# Children and Families Act 2014: sections 35 and 67 bind mainstream and maintained nursery schools, section 66 also
# pupil referral units and alternative provision academies, section 68 those four, section 69 every school but those
# in a hospital and units. Regulations of 2014, Schedule 1, paragraph 2: mainstream and maintained nursery schools.
MAINSTREAM_OR_NURSERY = {
    "activities-together",
    "identification-published",
    "parents-told-formally",
    "report-on-effectiveness",
    "section-f-provided",
    "senco-qualified",
}
BINDING = {
    Kind.MAINSTREAM: EVERY_SCHOOL | MAINSTREAM_OR_NURSERY | {"inclusion-strategy-published"},
    Kind.NURSERY: EVERY_SCHOOL | MAINSTREAM_OR_NURSERY,
    Kind.PRU: EVERY_SCHOOL | {"parents-told-formally", "section-f-provided"},
    Kind.SPECIAL: EVERY_SCHOOL | {"report-on-effectiveness"},
    Kind.HOSPITAL_SPECIAL: EVERY_SCHOOL,
}
MAINSTREAM_ONLY = {
    "notional-budget-known",
    "notional-budget-understood",
    "extra-funding-asked",
    "inclusion-strategy-published",
    "notional-gap-decided",
}


def asked(of: School) -> set[str]:
    return {question.id for question in BANK if question.applies_to(of)}


@pytest.mark.parametrize("kind", Kind)
def test_a_duty_is_put_only_to_whom_it_binds(kind: Kind) -> None:
    here = school(kind)
    binding = {q.id for q in BANK if q.applies_to(here) and q.strength_for(here).binds}
    assert binding == BINDING[kind]


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.MAINSTREAM])
def test_only_mainstream_schools_are_asked_about_the_notional_budget_and_the_fund(kind: Kind) -> None:
    assert asked(school(Kind.MAINSTREAM)) >= MAINSTREAM_ONLY
    assert not asked(school(kind)) & MAINSTREAM_ONLY


def test_a_mainstream_school_to_which_everything_applies_is_asked_everything() -> None:
    assert len(asked(school(Kind.MAINSTREAM))) == 69


def test_a_primary_in_its_first_year_without_a_unit_is_asked_67() -> None:
    here = replace(school(Kind.MAINSTREAM), unit_or_resourced_provision=False, first_year=True)
    assert len(asked(here)) == 67


def test_section_f_is_what_a_special_school_should_see_to() -> None:
    question = BANK.question("section-f-provided")
    assert question.strength_for(school(Kind.SPECIAL)) is Strength.SHOULD
    assert question.strength_for(school(Kind.HOSPITAL_SPECIAL)) is Strength.SHOULD
    assert question.strength_for(school(Kind.PRU)) is Strength.MUST


def test_strength_differs_in_special_schools_for_one_question_only() -> None:
    assert [question.id for question in BANK if question.strength_in_special] == ["section-f-provided"]


@pytest.mark.parametrize(
    ("switched_off", "gone"),
    [
        ({"any_ehc_plan": False}, {"plan-costs-compared", "section-f-provided", "annual-reviews"}),
        ({"any_sen_support": False}, {"parents-told-formally", "termly-reviews"}),
        ({"any_top_up": False}, {"top-up-reconciled"}),
        ({"pupil_premium": False}, {"premium-overlap-split"}),
        ({"unit_or_resourced_provision": False}, {"place-funding-separate"}),
        ({"volunteers_or_peers": False}, {"volunteers-and-peers"}),
        ({"first_year": True}, {"last-plan-reviewed"}),
        ({"lowest_age": 16, "highest_age": 19}, {"inclusion-strategy-published"}),
        ({"lowest_age": 2, "highest_age": 4}, {"inclusion-strategy-published"}),
    ],
)
def test_what_a_school_does_not_have_it_is_not_asked_about(switched_off: dict[str, Any], gone: set[str]) -> None:
    here = school(Kind.MAINSTREAM)
    assert asked(here) - asked(replace(here, **switched_off)) == gone


def test_every_condition_is_used_by_a_question() -> None:
    assert {name for question in BANK for name in question.applies_when} == set(CONDITIONS)
