import datetime as dt
from collections.abc import Collection
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError

from tests.stages.cases import BANK, SCHOOL, TODAY
from tests.store.school import Place, audit_of, make_place
from vfm.answers import Answer, Choice
from vfm.plan.proposals import Rewrite, proposals, rewrite
from vfm.store.engine import Database
from vfm.store.plans import (
    ActionRow,
    SubmittedPlanRow,
    actions_of,
    add_own_action,
    apply_rewrite,
    arrange,
    kept_actions,
    next_number,
    submit_plan,
    submitted_plan,
)
from vfm.store.rows import change_row

NO, PART, YES = Choice.NO, Choice.IN_PART, Choice.YES


def write(database: Database, place: Place, drop: Collection[str] = (), **choices: Choice) -> Rewrite:
    """Writes the plan from these answers ("toy_duty" is toy-duty), as the page does once a person agrees."""
    answers = {key.replace("_", "-"): Answer(key, choice) for key, choice in choices.items()}
    with database.write.begin() as db:
        what = rewrite(kept_actions(db, place.review), proposals(BANK, SCHOOL, answers, [], TODAY))
        apply_rewrite(db, place.review, what, drop, place.by)
    return what


def edit(database: Database, place: Place, key: str, **values: Any) -> None:
    with database.write.begin() as db:
        row = db.scalars(select(ActionRow).where(ActionRow.key == key)).one()
        assert change_row(db, row, row.version, place.by, "action", **values)


def standing(database: Database, place: Place, state: str = "open") -> list[str]:
    with database.read() as db:
        return [row.key for row in actions_of(db, place.review, state)]


def action(database: Database, key: str) -> ActionRow:
    with database.read() as db:
        return db.scalars(select(ActionRow).where(ActionRow.key == key)).one()


def test_what_is_proposed_is_written_whole_and_in_its_order(database: Database) -> None:
    place = make_place(database)
    write(database, place, toy_budget=NO, toy_figure=PART, toy_duty=NO)
    assert standing(database, place) == ["answer:toy-duty", "answer:toy-figure", "answer:toy-budget"]
    row = action(database, "answer:toy-duty")
    assert [row.text, row.owner, row.priority] == [
        "Start: meet the toy duty and record it in the governors' minutes.",
        "Head",
        "high",
    ]
    assert [row.starts, row.due] == [TODAY, TODAY + dt.timedelta(weeks=4)]
    assert row.written == {"text": row.text, "owner": "Head", "priority": "high"}


def test_writing_again_at_once_changes_no_row(database: Database) -> None:
    place = make_place(database)
    write(database, place, toy_duty=NO, toy_figure=PART)
    edit(database, place, "answer:toy-duty", text="Mine")
    with database.read() as db:
        before = [(row.key, row.version, row.place, row.text) for row in actions_of(db, place.review)]
        recorded = len(audit_of(db, place))
    assert write(database, place, toy_duty=NO, toy_figure=PART).nothing
    with database.read() as db:
        assert [(row.key, row.version, row.place, row.text) for row in actions_of(db, place.review)] == before
        assert len(audit_of(db, place)) == recorded


def test_an_edit_is_kept_and_the_fields_beside_it_follow(database: Database) -> None:
    place = make_place(database)
    write(database, place, toy_duty=NO)
    edit(database, place, "answer:toy-duty", text="Mine", success="Minuted")
    write(database, place, toy_duty=PART)
    row = action(database, "answer:toy-duty")
    assert [row.text, row.priority, row.success] == ["Mine", "medium-high", "Minuted"]


def test_only_what_was_ticked_is_dropped_and_it_comes_back_once_with_its_edits(database: Database) -> None:
    place = make_place(database)
    write(database, place, toy_duty=NO, toy_figure=NO)
    edit(database, place, "answer:toy-duty", text="Mine", progress="Half done")
    what = write(database, place, ["answer:toy-duty"], toy_duty=YES, toy_figure=YES)
    assert {each.key for each in what.dropped} == {"answer:toy-duty", "answer:toy-figure"}
    assert standing(database, place) == ["answer:toy-figure"]
    assert standing(database, place, "gone") == ["answer:toy-duty"]
    what = write(database, place, toy_duty=PART, toy_figure=NO)
    assert [each.key for each in what.back] == ["answer:toy-duty"]
    row = action(database, "answer:toy-duty")
    assert [row.state, row.text, row.priority, row.progress] == ["open", "Mine", "medium-high", "Half done"]
    assert sorted(standing(database, place)) == ["answer:toy-duty", "answer:toy-figure"]


def test_what_was_left_out_stays_out_until_its_source_has_been_away(database: Database) -> None:
    place = make_place(database)
    write(database, place, toy_duty=NO)
    edit(database, place, "answer:toy-duty", state="left-out", text="Mine")
    write(database, place, toy_duty=PART)
    assert standing(database, place) == []
    write(database, place, toy_duty=YES)
    assert standing(database, place, "gone") == ["answer:toy-duty"]
    write(database, place, toy_duty=NO)
    assert standing(database, place) == ["answer:toy-duty"]
    assert action(database, "answer:toy-duty").text == "Mine"


def test_a_persons_own_action_and_order_stay_when_new_actions_come(database: Database) -> None:
    place = make_place(database)
    write(database, place, toy_figure=NO, toy_budget=NO)
    with database.write.begin() as db:
        own = add_own_action(db, place.review, place.by, text="Paint the hall.", priority="low")
        arrange(db, place.review, reversed(actions_of(db, place.review)), place.by)
    order = [own.key, "answer:toy-budget", "answer:toy-figure"]
    assert standing(database, place) == order
    write(database, place, toy_figure=NO, toy_budget=NO, toy_duty=NO, toy_value=NO)
    now = standing(database, place)
    assert [key for key in now if key in order] == order
    assert now[0] == "answer:toy-duty"
    assert len(now) == len(set(now)) == 5
    assert action(database, own.key).text == "Paint the hall."


def test_a_review_never_holds_two_actions_of_one_source(database: Database) -> None:
    place = make_place(database)
    write(database, place, toy_duty=NO)
    answers = {"toy-duty": Answer("toy-duty", NO)}
    twice = rewrite([], proposals(BANK, SCHOOL, answers, [], TODAY))
    with pytest.raises(IntegrityError), database.write.begin() as db:
        apply_rewrite(db, place.review, twice, (), place.by)
    assert standing(database, place) == ["answer:toy-duty"]


def submit(database: Database, place: Place, number: int, plan: str = "{}") -> SubmittedPlanRow:
    with database.write.begin() as db:
        return submit_plan(db, place.review, place.by, number=number, plan_format=1, plan=plan, pdf=b"%PDF-1.7\x00\xff")


def test_a_submitted_plan_is_stored_whole_under_a_number_that_is_given_once(database: Database) -> None:
    place = make_place(database)
    submit(database, place, 1, '{"school": "Siân’s"}')
    with pytest.raises(IntegrityError):
        submit(database, place, 1)
    with database.read() as db:
        assert next_number(db, place.review) == 2
        stored = submitted_plan(db, place.review, 1)
    assert stored is not None
    assert [stored.plan, stored.pdf, stored.at] == ['{"school": "Siân’s"}', b"%PDF-1.7\x00\xff", place.by.at]
    assert len(stored.sha256) == 64


def test_the_actions_of_a_review_are_read_with_one_select(database: Database) -> None:
    place = make_place(database)
    write(database, place, toy_duty=NO, toy_figure=NO, toy_budget=NO, toy_value=NO)
    said: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    with database.read() as db:
        assert len(kept_actions(db, place.review)) == 4
    assert sum(words.startswith("SELECT") for words in said) == 1
