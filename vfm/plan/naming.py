"""Finds pupils in what people wrote, surely or perhaps, and puts other words in their place."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from vfm.plan.names import SHORTEST_NAME, initials, plain

PUT = "a pupil"
FEW = 100
FEWEST_FIGURES = 3
"""A shorter number than this is too common to be looked for."""
Keys: TypeAlias = tuple[str, ...]

_WORD = re.compile(r"[^\W_][\u0300-\u036f]*(?:[^\W_]|[\u0300-\u036f]|'(?!s(?!\w))(?=\w))*")
_LETTERS = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[\s,.\-‐‑–_/]{1,3}")
_JOINED_BEFORE = re.compile(r"\w[ \-]$")
_JOINED_AFTER = re.compile(r"[ \-][^\W\d_a-z]")
_SIGNS = re.compile("['\u0300-\u036f]")
_YEAR = re.compile(r"y(?:ear)?\s?\d|reception|nursery")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name stands in a text. `sure`: a whole name or a number of the pupil's; else a word that may mean another."""

    start: int
    end: int
    sure: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What to look for: whole names by their first word (True: turned round, surname first), numbers, single words, names of signs."""

    whole: Mapping[str, tuple[tuple[Keys, bool], ...]]
    numbers: frozenset[str]
    singles: frozenset[str]
    with_years: tuple[re.Pattern[str], ...] = ()
    unsure: frozenset[Keys] = frozenset()
    signs: tuple[re.Pattern[str], ...] = ()
    keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text as it is compared, and where it stands."""

    start: int
    end: int
    key: str


def keys_of(name: str) -> Keys:
    """The words of a name as they are compared: small letters, no accents, no apostrophes, parted at hyphens."""
    return tuple(word.key for word in words_of(name))


def same_name(one: str, other: str) -> bool:
    """Whether two names are one, but for capitals, accents and signs."""
    keys = keys_of(one)
    return keys == keys_of(other) if keys else one.strip() == other.strip()


def words_of(text: str) -> list[Word]:
    """The words of a text in order."""
    return [Word(m.start(), m.end(), _SIGNS.sub("", m.group())) for m in _WORD.finditer(plain(text))]


def known(
    names: Iterable[str], numbers: Iterable[str] = (), perhaps: Iterable[str] = (), shared: Iterable[str] = ()
) -> Known:
    """What pupils are found by. `numbers` are theirs alone; `perhaps` are words that may mean something else as well.

    A name of one word, such as Summer, is a word like any other: it is found, but never surely. `shared` are names that somebody
    else at the school bears as well: they are not sure either.
    """
    whole: defaultdict[str, set[tuple[Keys, bool]]] = defaultdict(set)
    singles, dated = {each for one in perhaps for each in _alone(keys_of(one), 1)}, dict[str, re.Pattern[str]]()
    for name in set(names):
        keys = keys_of(name)
        singles |= _alone(keys, 1 if len(keys) == 1 else SHORTEST_NAME)
        if len(keys) > 1:
            for order, turned in _orders(keys):
                whole[order[0]].add((order, turned))
            dated.setdefault("".join(key[0] for key in keys), initials(" ".join(keys)))
    own = frozenset("".join(keys_of(each)) for each in numbers if each)
    signs = [
        name for name in set(names) if len(name.strip()) > 1 and not _alone(keys_of(name), 1) and len(keys_of(name)) < 2
    ]
    odd = tuple(re.compile(rf"(?<!\w){re.escape(plain(name))}(?!\w)") for name in signs)
    unsure = {order for name in shared for order, _ in _orders(keys_of(name) or ("",))}
    by_length = {first: tuple(sorted(each, key=lambda one: -len(one[0]))) for first, each in whole.items()}
    every = frozenset({*by_length, *own, *singles})
    return Known(by_length, own, frozenset(singles), tuple(dated.values()), frozenset(unsure), odd, every)


def _alone(keys: Keys, shortest: int) -> set[str]:
    return {
        k
        for k in keys
        if len(k) > (1 if shortest == 1 else shortest - 1) and not (k.isdigit() and len(k) < FEWEST_FIGURES)
    }


def _orders(keys: Keys) -> set[tuple[Keys, bool]]:
    """The name as it is written, its first and last word alone, and both with the surname first."""
    straight = {keys, (keys[0], keys[-1])}
    return {(each, False) for each in straight} | {((each[-1], *each[:-1]), True) for each in straight}


def places(text: str, who: Known) -> list[Place]:
    """Every place, in order; none lies within another."""
    if not _may_be_in(text, who):
        return _more(text, who, [])
    words, found, at = words_of(text), list[Place](), 0
    while at < len(words):
        length, sure = _longest(text, words, at, who)
        if length:
            found.append(Place(words[at].start, words[at + length - 1].end, sure))
        at += length or 1
    return _more(text, who, found)


def _may_be_in(text: str, who: Known) -> bool:
    """A quick look, since most texts name nobody: for few words whether their letters are there, for many whether a word is."""
    searched = _SIGNS.sub("", plain(text))
    if len(who.keys) <= FEW:
        return any(key in searched for key in who.keys)
    return not who.keys.isdisjoint(_LETTERS.findall(searched))


def _longest(text: str, words: list[Word], at: int, who: Known) -> tuple[int, bool]:
    """How many words from here on are a name, and whether surely."""
    first = words[at]
    for keys, turned in who.whole.get(first.key, ()):
        its = words[at : at + len(keys)]
        if not (tuple(word.key for word in its) == keys and _together(text, its)):
            continue
        if not turned or _as_a_list_has_it(text, its):
            return len(keys), keys not in who.unsure
    if first.key in who.numbers:
        return 1, True
    return (1, False) if first.key in who.singles else (0, False)


def _together(text: str, its: list[Word]) -> bool:
    return all(_BETWEEN.fullmatch(text, one.end, two.start) for one, two in pairwise(its))


def _as_a_list_has_it(text: str, its: list[Word]) -> bool:
    """Surname first is a name with a comma after the surname, in capital letters, and no other name before or after it."""
    alone = not _JOINED_BEFORE.search(text[: its[0].start]) and not _JOINED_AFTER.match(text, its[-1].end)
    return alone and "," in text[its[0].end : its[1].start] and all(text[word.start].isupper() for word in its)


def _more(text: str, who: Known, found: list[Place]) -> list[Place]:
    """Adds initials beside a year group, which may mean another child of the same initials, and names that are hardly words."""
    if not (who.with_years or who.signs):
        return found
    searched = plain(text)
    patterns = (*who.signs, *(who.with_years if _YEAR.search(searched) else ()))
    if not patterns:
        return found
    spans = sorted({match.span() for pattern in patterns for match in pattern.finditer(searched)})
    more = [Place(a, b, False) for a, b in spans if not any(p.start < b and a < p.end for p in found)]
    return sorted(found + more, key=lambda place: place.start)


def put_in(text: str, found: Iterable[Place], words: str = PUT) -> str:
    """The text with other words at the places."""
    for place in sorted(found, key=lambda each: -each.start):
        text = text[: place.start] + words + text[place.end :]
    return text


def capital(text: str, place: Place) -> bool:
    """Whether it is written as names are."""
    return text[place.start].isupper() or text[place.start].isdigit()


def around(text: str, place: Place, width: int = 60) -> str:
    """The words and what stands beside them."""
    before = "…" if place.start > width else ""
    after = "…" if place.end + width < len(text) else ""
    return f"{before}{text[max(0, place.start - width) : place.end + width]}{after}"
