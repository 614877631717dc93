import datetime as dt
from dataclasses import replace

import pytest

from vfm.plan.proposals import FOLLOWED, Kept, Priority, Proposal, Source, rewrite

DAY = dt.date(2027, 1, 15)


def proposal(key: str = "answer:toy", text: str = "Start: do it.", owner: str = "Head") -> Proposal:
    return Proposal(key, "funding", "1.1", text, owner, Priority.HIGH, DAY, DAY, Source("1.1 Done?", "No."))


def kept(of: Proposal, state: str = "open", **edits: str) -> Kept:
    """An action as it was written from a proposal, with a person's edits."""
    return Kept(of.key, state, of.written, of.written | edits)


OWN = Kept("own:1", "open", {}, {"text": "Paint the hall.", "owner": "Head", "priority": "low"})


def test_the_first_writing_adds_everything() -> None:
    both = [proposal(), proposal("finding:x")]
    what = rewrite([], both)
    assert what.added == tuple(both)
    assert not what.nothing
    assert not (what.back or what.changed or what.dropped or what.released)


def test_where_nothing_changed_there_is_nothing_to_ask() -> None:
    what = rewrite([kept(proposal()), OWN], [proposal()])
    assert what.nothing
    assert not (what.added or what.back or what.changed or what.dropped or what.released)


def test_an_unedited_action_follows_its_source() -> None:
    new = proposal(text="Complete: do it.")
    assert rewrite([kept(proposal())], [new]).changed == ((new, {"text": "Complete: do it."}),)


@pytest.mark.parametrize("name", FOLLOWED)
def test_an_edit_is_kept_while_its_source_holds(name: str) -> None:
    edited = kept(proposal(), **{name: "low" if name == "priority" else "Mine"})
    assert edited.edited == (name,)
    assert rewrite([edited], [proposal()]).nothing


def test_beside_an_edit_the_other_fields_go_on_following() -> None:
    edited = kept(proposal(), text="Mine")
    new = proposal(text="Complete: do it.", owner="SENCO")
    assert rewrite([edited], [new]).changed == ((new, {"owner": "SENCO"}),)


def test_an_edit_taken_back_follows_again() -> None:
    undone = kept(proposal(), text="Start: do it.")
    assert undone.edited == ()
    assert rewrite([undone], [proposal(text="Complete: do it.")]).changed[0][1] == {"text": "Complete: do it."}


def test_an_action_whose_source_is_gone_is_offered_for_removal_edited_or_not() -> None:
    for action in (kept(proposal()), kept(proposal(), text="Mine")):
        what = rewrite([action], [])
        assert what.dropped == (action,)
        assert not what.nothing


def test_what_a_person_kept_is_offered_again_and_goes_on_when_its_source_returns() -> None:
    edited = kept(proposal(), text="Mine")
    assert rewrite([edited], []).dropped == rewrite([edited], []).dropped == (edited,)
    assert rewrite([edited], [proposal()]).nothing


def test_a_removed_action_comes_back_once() -> None:
    gone = kept(proposal(), "gone", text="Mine")
    what = rewrite([gone], [proposal()])
    assert what.back == (proposal(),)
    assert not (what.added or what.changed or what.dropped)
    assert rewrite([replace(gone, state="open")], [proposal()]).nothing


def test_a_removed_action_without_its_source_is_not_mentioned() -> None:
    what = rewrite([kept(proposal(), "gone")], [])
    assert what.nothing
    assert not what.released


def test_what_was_left_out_stays_out_while_its_source_holds() -> None:
    left_out = kept(proposal(), "left-out")
    for wanted in (proposal(), proposal(text="Complete: do it.")):
        what = rewrite([left_out], [wanted])
        assert what.nothing
        assert not what.released


def test_what_was_left_out_is_released_without_asking_once_its_source_is_gone() -> None:
    left_out = kept(proposal(), "left-out")
    what = rewrite([left_out], [])
    assert what.released == (left_out,)
    assert what.nothing
    assert rewrite([replace(left_out, state="gone")], [proposal()]).back == (proposal(),)


@pytest.mark.parametrize("state", ["open", "gone", "left-out"])
def test_no_rule_touches_a_persons_own_action(state: str) -> None:
    own = replace(OWN, state=state)
    what = rewrite([own], [proposal()])
    assert what.added == (proposal(),)
    assert not (what.back or what.changed or what.dropped)


def test_what_is_added_keeps_the_order_of_the_proposals() -> None:
    keys = ["finding:b", "answer:z", "answer:a", "finding:a"]
    assert [each.key for each in rewrite([], [proposal(key) for key in keys]).added] == keys
