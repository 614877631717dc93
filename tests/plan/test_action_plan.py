import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.stages.cases import ANN, BEN, TODAY, costing, income, make_case, taking
from vfm.answers import Choice
from vfm.costing.budget import LedgerLine
from vfm.costing.deployment import Contract
from vfm.costing.intervention import Membership, Result
from vfm.plan.action_plan import FORMAT, MANY, TOP, Action, ActionPlan, PlanError, SignOff, from_json, to_json
from vfm.plan.make import make_plan
from vfm.stages.stage import Case, Counts

ACTION = Action(
    1, "funding", "1.1", "Start: send “the figure” – Siân’s list\nline 2", "SENCO", "High", TODAY, None, "£1,520.00", "", "", "",
    "", "", "", "Health", "Not started", "", "1.1 Known?", "No. <b>\u2028</b>",
)  # fmt: skip
SIGNED = (SignOff("A Head", "Head", TODAY), SignOff("A Chair", "Chair of governors", TODAY, "Minute 7"))


def whole_case(**values: Any) -> Case:
    known = [Membership("ann", result=Result.MET), Membership("ben", result=Result.PARTLY)]
    entered: dict[str, Any] = {
        "answers": {"toy-figure": Choice.IN_PART, "toy-duty": Choice.NO},
        "income": [income("10000"), income("500", name="IMF", sen_share=None)],
        "ledger": [LedgerLine("E03", "Support staff", Decimal(80000), 50)],
        "contracts": [Contract("12", "TA", 25)],
        "counts": Counts(280, 42, 7, 3, 60),
        "senco_budget": 1,
        "office_budget": 2,
    }
    return make_case([costing("7000", ANN), taking(90, members=known)], **entered | values)


def written(case: Case | None = None, **values: Any) -> ActionPlan:
    said: dict[str, Any] = {"authority": "Exampleshire", "reference": "TOY-2026-1", "today": TODAY}
    return make_plan(case or whole_case(), [ACTION], **said | values)


FULL = written(number=2, signed=SIGNED, last_year=[ACTION], written_by=["B", "A"], may_inform_top_up=True)


def test_a_plan_comes_back_from_its_json_as_it_was() -> None:
    assert from_json(to_json(FULL)) == FULL
    assert FULL.actions[0].starts == TODAY
    assert from_json(to_json(FULL)).signed[1].on == TODAY


def test_an_empty_plan_comes_back_too() -> None:
    empty = make_plan(make_case(), [], authority="", reference="", today=TODAY)
    assert from_json(to_json(empty)) == empty


def test_the_same_plan_gives_the_same_bytes() -> None:
    again = written(number=2, signed=SIGNED, last_year=[ACTION], written_by=["B", "A"], may_inform_top_up=True)
    assert to_json(again) == to_json(FULL) == to_json(from_json(to_json(FULL)))


def test_a_plan_says_its_format_and_an_unknown_one_is_refused_by_its_number() -> None:
    stored = json.loads(to_json(FULL))
    assert stored["format"] == FORMAT == 1
    with pytest.raises(PlanError, match="plan format 99 is not known"):
        from_json(json.dumps(stored | {"format": 99}))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "1", "{}", '{"format": 1}', '{"format": "1"}'])
def test_a_damaged_plan_is_refused(text: str) -> None:
    with pytest.raises(PlanError):
        from_json(text)


@pytest.mark.parametrize("damage", [{"actions": 5}, {"submitted_on": "yesterday"}, {"signed": [{}]}, {"number": "x"}])
def test_a_plan_with_one_wrong_part_is_refused(damage: dict[str, Any]) -> None:
    with pytest.raises(PlanError, match="damaged"):
        from_json(json.dumps(json.loads(to_json(FULL)) | damage))


def test_a_document_is_never_made_from_leaderships_figures() -> None:
    with pytest.raises(ValueError, match="only leadership may see"):
        written(make_case(leadership=True))


def test_a_draft_has_no_number_and_no_day() -> None:
    draft = written()
    assert [draft.number, draft.submitted_on] == [0, None]
    assert [FULL.number, FULL.submitted_on] == [2, TODAY]


def test_no_pupil_stands_in_a_plan_not_even_behind_a_finding() -> None:
    names = [replace(ANN, name="Zebedee Quill"), replace(BEN, name="Xanthe Quill")]
    plan = written(whole_case(pupils=names))
    for word in ("Zebedee", "Xanthe", "Quill"):
        assert word not in to_json(plan)


def test_the_five_that_stand_first_and_when_there_are_too_many() -> None:
    plan = replace(FULL, actions=tuple(replace(ACTION, number=n) for n in range(1, MANY + 1)))
    assert [each.number for each in plan.top] == [1, 2, 3, 4, 5]
    assert len(plan.top) == TOP
    assert not plan.many
    assert replace(plan, actions=(*plan.actions, ACTION)).many


def test_page_one_says_what_is_known_and_what_is_not() -> None:
    facts = dict(written(whole_case(counts=Counts(roll=1280), income=())).facts)
    assert facts["Pupils on roll"] == "1,280"
    assert facts["On SEN Support (K)"] == "Not known"
    assert facts["Notional SEN budget in this year"] == "Not entered"
    assert dict(FULL.facts)["Notional SEN budget in this year"] == "£10,000.00"


def test_a_duty_that_was_not_answered_says_so_and_has_no_day() -> None:
    plan = written(whole_case(answers={}))
    assert [(each.number, each.answer, each.answered_on) for each in plan.duties] == [("1.2", "Not answered", None)]
    assert plan.duties[0].cite == "Toys Act 2014, section 1"
    assert FULL.duties[0].answer == "No"


def test_a_legal_requirement_answered_no_stands_above_the_score() -> None:
    assert FULL.stages[0].warnings == ("A legal requirement is not yet met",)
    assert FULL.stages[0].score == "Score 25% of what has been answered."
    assert "A legal requirement is not yet met." in FULL.notes


def test_provision_is_listed_so_that_it_adds_up_to_its_total() -> None:
    thirds = [taking(1, members=[Membership("ann")]) for _ in range(3)]  # 33⅓p each
    plan = written(make_case(thirds))
    assert [row.cost for row in plan.provision] == ["£0.34", "£0.33", "£0.33"]
    assert plan.provision_total == ("£1.00", "£1.00")


def test_small_groups_do_not_tell_how_many_met_the_outcome() -> None:
    assert [row.result for row in FULL.provision] == ["Nothing recorded", "Recorded"]
    many = [replace(ANN, id=f"p{n}") for n in range(10)]
    members = [Membership(each.id, result=Result.MET if each.id != "p0" else Result.NOT_MET) for each in many]
    plan = written(make_case([taking(90, members=members)], pupils=many))
    assert [row.result for row in plan.provision] == ["9 of 10 met"]


def test_what_the_school_asks_of_others_stands_on_page_one() -> None:
    assert FULL.asks == (f"Health: {ACTION.text}",)


def test_the_day_of_a_plan_is_the_day_it_is_given() -> None:
    later = dt.date(2027, 5, 1)
    assert written(number=1, today=later).submitted_on == later
