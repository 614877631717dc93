"""Whatever people and answers do, in whatever order, writing the plan loses nothing and says nothing twice."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from vfm.plan.proposals import FOLLOWED, Kept, Priority, Proposal, Rewrite, Source, rewrite

DAY = dt.date(2027, 1, 15)
KEYS = ("answer:a", "answer:b", "finding:c")
EDITS = ("text", "owner")

Step = tuple[str, str, str]
steps = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), st.sampled_from(KEYS), st.sampled_from(("No", "In part", "Yes"))),
        st.tuples(st.just("edit"), st.sampled_from(KEYS), st.sampled_from(EDITS)),
        st.tuples(st.just("leave out"), st.sampled_from(KEYS), st.just("")),
        st.tuples(st.just("take back"), st.sampled_from(KEYS), st.just("")),
        st.tuples(st.just("add own"), st.just(""), st.just("")),
        st.tuples(st.just("write"), st.just(""), st.sampled_from(("drop", "keep"))),
    ),
    max_size=25,
)


def proposal(key: str, said: str) -> Proposal:
    priority = Priority.HIGH if said == "No" else Priority.MEDIUM
    return Proposal(key, "funding", "1.1", f"{said}: {key}", f"Owner of {said}", priority, DAY, DAY, Source(key, said))


@dataclass
class World:
    """A plan, what is answered, and what people have typed so far; `actions` is a list, so a double would be seen."""

    actions: list[Kept] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    typed: dict[tuple[str, str], str] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=count)

    @property
    def proposed(self) -> list[Proposal]:
        return [proposal(key, said) for key, said in self.said.items() if said != "Yes"]

    def of(self, key: str, *states: str) -> Kept | None:
        return next((each for each in self.actions if each.key == key and each.state in states), None)

    def put(self, old: Kept, **new: object) -> None:
        self.actions[self.actions.index(old)] = replace(old, **new)  # type: ignore[arg-type]

    def take(self, step: Step) -> None:
        did, key, what = step
        if did == "answer":
            self.said[key] = what
        elif did == "add own":
            text = f"Own {next(self.numbers)}"
            self.actions.append(Kept(f"own:{text}", "open", {}, dict.fromkeys(FOLLOWED, text)))
        elif did == "write":
            self.write(drop=what == "drop")
        elif did == "edit" and (action := self.of(key, "open")):
            self.typed[key, what] = f"Mine {next(self.numbers)}"
            self.put(action, values=dict(action.values) | {what: self.typed[key, what]})
        elif did == "leave out" and (action := self.of(key, "open")):
            self.put(action, state="left-out")
        elif did == "take back" and (action := self.of(key, "left-out")):
            self.put(action, state="open")

    def write(self, *, drop: bool) -> Rewrite:
        """As store.plans.apply_rewrite writes it; tests/store looks at that one."""
        what = rewrite(self.actions, self.proposed)
        self.actions += [Kept(each.key, "open", each.written, each.written) for each in what.added]
        for each in what.back:
            self._back(each)
        for each, follows in what.changed:
            self._follow(each.key, follows)
        for action in (*(what.dropped if drop else ()), *what.released):
            self.put(action, state="gone")
        return what

    def _back(self, each: Proposal) -> None:
        gone = self.of(each.key, "gone")
        assert gone is not None
        new = {name: value for name, value in each.written.items() if name not in gone.edited}
        self.put(gone, state="open", written=each.written, values=dict(gone.values) | new)

    def _follow(self, key: str, follows: Mapping[str, str]) -> None:
        action = self.of(key, "open")
        assert action is not None
        self.put(action, written=dict(action.written) | dict(follows), values=dict(action.values) | dict(follows))


def after(taken: Sequence[Step]) -> World:
    world = World()
    for step in taken:
        world.take(step)
    return world


@given(steps)
def test_no_action_ever_stands_twice(taken: list[Step]) -> None:
    keys = [each.key for each in after(taken).actions]
    assert len(keys) == len(set(keys))


@given(steps)
def test_what_a_person_typed_is_never_lost(taken: list[Step]) -> None:
    world = after(taken)
    for (key, name), text in world.typed.items():
        action = world.of(key, "open", "gone", "left-out")
        assert action is not None
        assert action.values[name] == text


@given(steps)
def test_own_actions_are_never_touched(taken: list[Step]) -> None:
    own = [each for each in after(taken).actions if each.of_a_person]
    assert len(own) == sum(step[0] == "add own" for step in taken)
    assert all(each.state == "open" and each.key == f"own:{each.values['text']}" for each in own)


@given(steps)
def test_once_written_writing_again_finds_nothing_to_do(taken: list[Step]) -> None:
    world = after(taken)
    world.write(drop=True)
    again = rewrite(world.actions, world.proposed)
    assert again.nothing
    assert not again.released


@given(steps)
def test_once_written_the_plan_is_what_is_proposed_less_what_was_left_out(taken: list[Step]) -> None:
    world = after(taken)
    before = {each.key for each in world.actions if each.state == "left-out"}
    world.write(drop=True)
    wanted = {each.key: each for each in world.proposed}
    there = {each.key: each for each in world.actions if each.state == "open" and not each.of_a_person}
    assert set(there) == set(wanted) - before
    for key, action in there.items():
        for name in FOLLOWED:
            assert action.values[name] == world.typed.get((key, name), wanted[key].written[name])


@given(steps)
def test_what_was_left_out_stays_out_for_as_long_as_its_source_holds(taken: list[Step]) -> None:
    world = after(taken)
    left_out = {each.key for each in world.actions if each.state == "left-out"}
    world.write(drop=True)
    still = {each.key for each in world.actions if each.state == "left-out"}
    assert still == {key for key in left_out if world.said[key] != "Yes"}


@given(steps)
def test_keeping_what_is_offered_for_removal_changes_nothing_of_it(taken: list[Step]) -> None:
    world = after(taken)
    offered = rewrite(world.actions, world.proposed).dropped
    world.write(drop=False)
    assert all(each in world.actions for each in offered)
