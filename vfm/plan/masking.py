"""Takes other pupils out of a text about one, so that it can be handed to the one."""

import re
from dataclasses import dataclass

from vfm.plan.naming import Known, Place, around, capital, keys_of, places, put_in, words_of

ANOTHER = "another pupil"
_UPN = re.compile(r"[a-hj-np-rt-z]\d{11}[\da-hj-np-rt-z]")


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without other pupils: how often one was taken out, and small words that were left because they may mean nothing."""

    text: str
    taken_out: int
    left: tuple[str, ...]


def masked(text: str, others: Known, own: Known) -> Masked:
    """A text about one pupil without the others: their names where written as names, and every UPN but the pupil's own.

    A single word in small letters is left, since it mostly is no name, and is said.
    """
    mine = [place for place in places(text, own) if place.sure]
    theirs = [place for place in places(text, others) if not _is_mine(text, place, mine, own)]
    taken = [place for place in theirs if place.sure or capital(text, place)]
    left = tuple(around(text, place) for place in theirs if place not in taken)
    taken += _numbers(text, own, [*mine, *taken])
    return Masked(put_in(text, taken, ANOTHER), len(taken), left)


def _is_mine(text: str, place: Place, mine: list[Place], own: Known) -> bool:
    if any(each.start <= place.start and place.end <= each.end for each in mine):
        return True
    return not place.sure and set(keys_of(text[place.start : place.end])) <= own.singles


def _numbers(text: str, own: Known, there: list[Place]) -> list[Place]:
    """Whatever has the shape of a UPN and is not the pupil's own."""
    words = [word for word in words_of(text) if _UPN.fullmatch(word.key) and word.key not in own.numbers]
    return [Place(w.start, w.end, True) for w in words if not any(p.start <= w.start < p.end for p in there)]
