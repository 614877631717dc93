"""The plan through the site: written, edited, put in order, written again, submitted, and read by the adviser."""

import json
import re

from tests.web.entering import begin, intervention, put, row_id, stated, submit
from tests.world import Visitor, World
from vfm.store.plans import ActionRow
from vfm.store.rows import rows_of

FIGURE, OTHER = "funding/toy-figure", "value/toy-value"
EDIT = {"text": "Our own words", "owner": "Deputy head", "priority": "high", "status": "under-way"}
DUE = {"due__day": "5", "due__month": "3", "due__year": "2027"}


def _answer(visitor: Visitor, world: World, choice: str, version: str, question: str = FIGURE) -> None:
    put(visitor, world.home + question, version=version, choice=choice, note=f"Answered {choice}")


def _actions(world: World, state: str = "open") -> list[ActionRow]:
    with world.app.extensions["vfm_database"].read() as db:
        rows = rows_of(db, ActionRow, world.school.id, state=state)
    return sorted(rows, key=lambda row: row.place)


def _edit(visitor: Visitor, world: World, row: ActionRow, **fields: str) -> None:
    put(visitor, f"{world.home}plan/{row.id}", version=str(row.version), **(EDIT | DUE | fields))


def _write(visitor: Visitor, world: World, **fields: str) -> None:
    put(visitor, world.home + "plan/write", **fields)


def _one(world: World, key: str) -> ActionRow:
    (row,) = [row for row in _actions(world) if row.key == key]
    return row


def test_answers_and_figures_write_the_plan_and_each_action_leads_to_its_source(world: World) -> None:
    head = begin(world)
    _answer(head, world, "no", "0")
    intervention(world, head, "Reading", stated(world, head, "Assistant", "20"), group_size="4")
    assert "Write the plan" in head.get(world.home + "plan/").text
    _write(head, world)
    assert {row.key for row in _actions(world)} >= {"answer:toy-figure", "finding:no-outcome"}
    page = head.get(world.home + "plan/").text
    assert f'href="{world.home}{FIGURE}"' in page
    assert f"provision-map/{row_id(world, _table(), 'Reading')}/costed" in page


def _table() -> type:
    from vfm.store.provision import InterventionRow  # noqa: PLC0415

    return InterventionRow


def test_edits_survive_a_yes_and_back_and_nothing_stands_twice(world: World) -> None:
    head = begin(world)
    _answer(head, world, "no", "0")
    _write(head, world)
    _edit(head, world, _one(world, "answer:toy-figure"))
    _answer(head, world, "yes", "1")
    assert "taken out" in head.get(world.home + "plan/write").text
    _write(head, world, drop="answer:toy-figure")
    assert [row.key for row in _actions(world)] == []
    _answer(head, world, "no", "2")
    _write(head, world)
    _write(head, world)
    row = _one(world, "answer:toy-figure")
    assert (row.text, row.owner, row.priority) == ("Our own words", "Deputy head", "high")
    assert f"{row.due}" == "2027-03-05"


def test_what_is_not_ticked_stays_although_its_source_is_gone(world: World) -> None:
    head = begin(world)
    _answer(head, world, "no", "0")
    _write(head, world)
    _edit(head, world, _one(world, "answer:toy-figure"))
    _answer(head, world, "yes", "1")
    _write(head, world)
    assert [row.text for row in _actions(world)] == ["Our own words"]
    assert "no longer holds" in head.get(world.home + "plan/").text


def test_an_unedited_action_follows_its_answer_and_a_changed_figure_its_finding(world: World) -> None:
    head = begin(world)
    _answer(head, world, "no", "0")
    _write(head, world)
    assert _one(world, "answer:toy-figure").text.startswith("Start: ")
    _answer(head, world, "in-part", "1")
    assert "1 to change" in head.get(world.home + "plan/").text
    _write(head, world)
    assert _one(world, "answer:toy-figure").text.startswith("Complete: ")
    intervention(world, head, "Reading", stated(world, head, "Assistant", "20"), group_size="4")
    _write(head, world)
    assert len([row for row in _actions(world) if row.key == "finding:no-outcome"]) == 1


def test_the_order_is_a_persons_and_survives_writing_again(world: World) -> None:
    head = begin(world)
    _answer(head, world, "no", "0")
    intervention(world, head, "Reading", stated(world, head, "Assistant", "20"), group_size="4")
    _write(head, world)
    before = [row.key for row in _actions(world)]
    last = _actions(world)[-1]
    for _ in before[1:]:
        head.send(f"{world.home}plan/{last.id}/up", page=world.home + "plan/")
    assert [row.key for row in _actions(world)] == [before[-1], *before[:-1]]
    _write(head, world)
    assert [row.key for row in _actions(world)] == [before[-1], *before[:-1]]


def test_an_action_left_out_stays_out_until_it_is_taken_back(world: World) -> None:
    head = begin(world)
    _answer(head, world, "no", "0")
    _write(head, world)
    row = _one(world, "answer:toy-figure")
    put(head, f"{world.home}plan/{row.id}/remove")
    _write(head, world)
    assert _actions(world) == []
    assert "Left out by the school" in head.get(world.home + "plan/").text
    head.send(f"{world.home}plan/{row.id}/back", page=world.home + "plan/")
    assert [each.id for each in _actions(world)] == [row.id]


def test_an_action_of_ones_own_is_touched_by_no_rule(world: World) -> None:
    head = begin(world)
    put(head, world.home + "plan/add", **(EDIT | DUE), support_wanted="Health")
    _write(head, world)
    assert [row.text for row in _actions(world)] == ["Our own words"]


def test_two_people_who_edit_one_action_see_both_texts(world: World) -> None:
    head, senco = begin(world), world.signed_in("senco")
    _answer(head, world, "no", "0")
    _write(head, world)
    row = _one(world, "answer:toy-figure")
    _edit(head, world, row, text="What the head wrote")
    stale = EDIT | DUE | {"text": "What the SENCO wrote"}
    answer = senco.send(f"{world.home}plan/{row.id}", version=str(row.version), **stale)
    assert answer.status_code == 409
    assert "What the head wrote" in answer.text
    assert "What the SENCO wrote" in answer.text
    assert _one(world, "answer:toy-figure").text == "What the head wrote"


def test_a_submitted_plan_is_frozen_and_a_change_makes_the_next_version(world: World) -> None:
    head = begin(world)
    _answer(head, world, "no", "0")
    _write(head, world)
    first = submit(world, head)
    page = head.get(world.home + "submission/1").text
    _answer(head, world, "yes", "1")
    _edit(head, world, _one(world, "answer:toy-figure"), text="Changed afterwards")
    again = head.get(world.home + "submission/1").text
    assert _body(again) == _body(page)
    assert "Changed afterwards" not in _body(again)
    assert head.client.get(world.home + "submission/1.pdf").data == first.pdf
    second = submit(world, head)
    assert (first.number, second.number) == (1, 2)
    assert json.loads(second.plan)["actions"][0]["text"] == "Changed afterwards"
    assert json.loads(first.plan)["format"] == 1


def _body(page: str) -> str:
    found = re.search(r"<article>.*</article>", page, re.DOTALL)
    assert found
    return found.group()


def test_the_adviser_reads_what_was_submitted_and_nothing_else(world: World) -> None:
    head, adviser = begin(world), world.signed_in("adviser")
    home = f"/authority/{world.authority.slug}/"
    assert "In progress since" in adviser.get(home).text
    address = f"{home}{world.school.slug}/2026/1"
    assert adviser.get(address).status_code == 404
    _answer(head, world, "no", "0")
    _write(head, world)
    stored = submit(world, head)
    assert f'href="{address}"' in adviser.get(home).text
    assert "Answered no" in adviser.get(address).text
    assert adviser.client.get(address + ".pdf").data == stored.pdf
    assert world.signed_in("other-adviser").get(address).status_code == 404
    assert adviser.get(world.home + "submission/1").status_code == 404


def test_only_leadership_submits(world: World) -> None:
    begin(world)
    senco = world.signed_in("senco")
    assert senco.get(world.home + "submission/submit").status_code == 403
    assert "Leadership submits the plan" in senco.get(world.home + "plan/").text
