"""Takes other pupils out of a text about one, so that it can be handed to the one."""

from dataclasses import dataclass

from vfm.plan.other_people import Index, around, find, key_of, tidy, without


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without other pupils: how often one was taken out, and small words that were left because they may mean nothing."""

    text: str
    taken_out: int
    left: tuple[str, ...]


def masked(text: str, others: Index) -> Masked:
    """A text about one pupil without the others: their names where written as names, and every UPN but the pupil's own.

    A single word in small letters is left, since it mostly is no name, and is said.
    """
    text = tidy(text)
    found = find(text, others)
    small = [each for each in found if each.word and each.found[:1].islower()]
    kept = [key_of(text, each) for each in small]
    return Masked(without(text, others, kept), len(found) - len(small), tuple(around(text, each) for each in small))
