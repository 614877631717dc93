"""A pupil's SEN status by day: what a new report of it adds to what is known. What is known is never overwritten."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

Step: TypeAlias = tuple[dt.date, str]
"""A day, and the letter N, K or E of the status that began on it."""


class Known(NamedTuple):
    """What is known of a pupil: today's status, its history in order of days, and the first day at the school."""

    status: str
    steps: Sequence[Step] = ()
    joined: dt.date | None = None


class Added(NamedTuple):
    """What is to be added, the status that then holds, and what a person should know."""

    steps: tuple[Step, ...]
    status: str
    query: str = ""


def status_on(known: Known, day: dt.date) -> str:
    """The status that is known for a day."""
    if not known.steps:
        return known.status
    return next((status for since, status in reversed(known.steps) if since <= day), "N")


def first_steps(status: str, steps: Sequence[Step]) -> tuple[Step, ...]:
    """The history of a pupil who is new, from what a report says began when; a lone N from the start says nothing."""
    found = _in_order(steps)
    if not found or (len(found) == 1 and found[0][1] == "N"):
        return ()
    return found if found[-1][1] == status else ()


def next_steps(known: Known, status: str | None, steps: Sequence[Step], asked: dt.date) -> Added:
    """What a report of a status, and of what began when, adds. `status` None: the report is silent on it.

    A change without a day of its own holds from `asked`. Where no day is known at all, the report's days are taken in.
    """
    status = status or known.status
    if status == known.status:
        return _same(known, _in_order(steps))
    newest = known.steps[-1][0] if known.steps else None
    own = [day for day, each in _in_order(steps) if each == status and (newest is None or day > newest)]
    since = own[-1] if own else asked
    if newest is not None and since <= newest:
        return Added((), known.status, "its history here goes on to a later day: change the status on the pupil's page")
    return Added((*_before(known, since), (since, status)), status)


def _same(known: Known, steps: tuple[Step, ...]) -> Added:
    if not known.steps:
        return Added(first_steps(known.status, steps), known.status)
    differs = bool(steps) and steps[-1][1] == known.status and steps[-1][0] != known.steps[-1][0]
    query = "the file has another day on which its SEN status began: the history here is left as it is"
    return Added((), known.status, query if differs else "")


def _before(known: Known, since: dt.date) -> tuple[Step, ...]:
    """A status that stood without a day begins with joining, else in September, once another follows it."""
    if known.steps or known.status == "N":
        return ()
    began = known.joined or dt.date(since.year - (since.month < 9), 9, 1)
    return ((began, known.status),) if began < since else ()


def _in_order(steps: Sequence[Step]) -> tuple[Step, ...]:
    """By day, one a day, without those that repeat the status before them."""
    found: list[Step] = []
    for day, status in sorted(dict(steps).items()):
        if not found or found[-1][1] != status:
            found.append((day, status))
    return tuple(found)
