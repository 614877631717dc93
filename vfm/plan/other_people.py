"""Finds other people in what was written about one pupil, and puts "another pupil" or a role where a name stood.

It looks harder than `names.search` does for a plan, since a pack is about one child and may be read by another's neighbour:
two-letter names, halves of double names, a first name with an initial, titles, references. A register of thousands is
looked up word by word, so that a long record takes no longer than a short register.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from vfm.plan.names import plain

ANOTHER_PUPIL, ANOTHER_ADULT, A_MEMBER_OF_STAFF = "another pupil", "another adult", "a member of staff"
TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "rev", "sir"})
PARTICLES = frozenset({"al", "bin", "bint", "da", "de", "del", "della", "den", "der", "di", "du", "el", "la", "le", "st", "ter", "van", "von"})  # fmt: skip
AROUND = 60
SHORTEST_REFERENCE = 4
UPN = re.compile(r"(?<!\w)[a-hj-np-rt-z]\d{11}[\da-hj-np-rt-z](?!\w)")
YEAR = re.compile(r"(?<!\w)(?:(?:year|yr|y)\s?\d{1,2}|reception|nursery)(?!\w)")
INITIALS = r"[^\W\d_](?:\.?\s?[^\W\d_]){1,4}?\.?"
BESIDE = r"[\s,(:-]{0,3}"
APART = re.compile(r"[\s,.\-']{1,3}")


@dataclass(frozen=True, slots=True)
class Others:
    """Whom a text about one pupil may not name: other pupils with their UPNs and references, and staff with their roles."""

    own: str
    own_numbers: tuple[str, ...] = ()
    pupils: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    staff: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Letters `start` to `end` of a text that may name somebody, and what stands there instead.

    `word`: it is a single word, which may be no name at all, such as Summer or Will: a person may say so.
    """

    start: int
    end: int
    found: str
    instead: str
    word: bool


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str
    capital: bool


@dataclass(frozen=True, eq=False)
class _Person:
    words: frozenset[str]
    letters: frozenset[str]  # with which a part of the name begins
    initials: frozenset[str]  # such as "cwj", "cw" and "cj" of one name
    role: str = ""  # of a member of staff; empty: a pupil


@dataclass(frozen=True)
class Index:
    """The people by every word that may stand for them, made once for many texts."""

    own: _Person
    own_numbers: frozenset[str]
    people: Mapping[str, Sequence[_Person]]
    initials: frozenset[str]
    numbers: frozenset[str]


def tidy(text: str) -> str:
    """One spelling of each letter, and no letter that cannot be seen: a name with a soft hyphen in it is still a name."""
    return "".join(letter for letter in unicodedata.normalize("NFC", text) if unicodedata.category(letter) != "Cf")


def index_of(others: Others) -> Index:
    """Makes the people ready to be looked up."""
    own = _person(others.own)
    everybody = [_person(name) for name in others.pupils] + [_person(name, role) for name, role in others.staff]
    people: defaultdict[str, list[_Person]] = defaultdict(list)
    for person in everybody:
        for word in person.words - PARTICLES:
            people[word].append(person)
    initials = {letters for person in everybody for letters in person.initials} - own.initials
    own_numbers = frozenset(plain(number) for number in others.own_numbers if number)
    numbers = {plain(number) for number in others.numbers if len(number) >= SHORTEST_REFERENCE} - own_numbers
    return Index(own, own_numbers, people, frozenset(initials), frozenset(numbers))


def _person(name: str, role: str = "") -> _Person:
    chunks = [chunk for chunk in plain(tidy(name)).split() if chunk.strip(".") not in TITLES]
    parts = [part for chunk in chunks for part in re.findall(r"\w+", chunk)]
    words = {part for part in parts if len(part) > 1 and not part.isdigit()}
    words |= {"".join(re.findall(r"\w+", chunk)) for chunk in chunks if re.search(r"\w['-]\w", chunk)}
    if len(parts) > 1 and len(parts[0]) > 2:
        words.add(parts[0] + parts[-1][0])  # two children of one first name are often told apart as AmyJ and AmyK
    ways = (
        "".join(part[0] for part in each)
        for each in (parts, chunks, parts[:2], [*parts[:1], *parts[-1:]])
        if len(each) > 1
    )
    return _Person(frozenset(words), frozenset(part[0] for part in parts), frozenset(ways), role)


def find(text: str, index: Index) -> tuple[Found, ...]:
    """Every place of a tidy text that may name somebody else, in order; places do not overlap."""
    searched = plain(text)
    found = [*_names(text, searched, index), *_with_a_year(text, searched, index), *_numbers(text, searched, index)]
    chosen: list[Found] = []
    for each in sorted(found, key=lambda one: (one.start - one.end, one.start)):  # the widest first
        if all(each.end <= other.start or other.end <= each.start for other in chosen):
            chosen.append(each)
    return tuple(sorted(chosen, key=lambda one: one.start))


def key_of(text: str, found: Found) -> str:
    """What a place is known by: the same for as long as the text is the same."""
    return f"{sha256(text.encode()).hexdigest()[:12]}.{found.start}"


def around(text: str, found: Found) -> str:
    """The words around a place."""
    start, end = max(0, found.start - AROUND), found.end + AROUND
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def without(text: str, index: Index, kept: Iterable[str] = ()) -> str:
    """The text with something else in each place. Only a single word can be kept as it is, by the key of its place."""
    text, not_names, made, last = tidy(text), frozenset(kept), "", 0
    for each in find(text, index):
        if each.word and key_of(text, each) in not_names:
            continue
        between = text[last : each.start]
        if not (
            made.lower().endswith(each.instead.lower()) and between.isspace()
        ):  # two halves of one name are one person
            made += between + (_at_the_start(each.instead) if _begins(made + between) else each.instead)
        last = each.end
    return made + text[last:]


def _begins(before: str) -> bool:
    return not before.strip() or before.rstrip()[-1] in ".!?" or before.endswith("\n")


def _at_the_start(words: str) -> str:
    return words[:1].upper() + words[1:]


def _tokens(text: str, searched: str) -> list[_Token]:
    return [
        _Token(each.start(), each.end(), each.group(), text[each.start()].isupper())
        for each in re.finditer(r"[^\W_]+", searched)
    ]


def _names(text: str, searched: str, index: Index) -> Iterator[Found]:
    tokens = _tokens(text, searched)
    for place, token in enumerate(tokens):
        people = index.people.get(token.word, ())
        if not people or (len(token.word) == 2 and not token.capital):
            continue
        spans: defaultdict[tuple[int, int], list[_Person]] = defaultdict(list)
        for person in people:
            spans[_span(tokens, place, person, searched)].append(person)
        for (first, last), those in spans.items():
            first = _after_own(tokens, first, last, index.own)
            if not _may_be(tokens[first : last + 1], index.own):
                yield _found(text, searched, tokens, first, last, those)


def _span(tokens: Sequence[_Token], place: int, person: _Person, searched: str) -> tuple[int, int]:
    """How far the name of a person goes to the left and to the right of one of its words."""
    first = last = place
    while first > 0 and _goes_on(tokens[first - 1], tokens[first], tokens[first : last + 1], person, searched):
        first -= 1
    while last + 1 < len(tokens) and _goes_on(
        tokens[last + 1], tokens[last], tokens[first : last + 1], person, searched
    ):
        last += 1
    return first, last


def _goes_on(other: _Token, token: _Token, run: Sequence[_Token], person: _Person, searched: str) -> bool:
    """A word stands in a name once: in "Will Day will" the last word is no name."""
    return all(each.word != other.word for each in run) and _belongs(other, token, person, searched)


def _after_own(tokens: Sequence[_Token], first: int, last: int, own: _Person) -> int:
    """In "Tom Jones, Amy Jones" the first surname is Tom's: what follows the pupil's own name begins after it."""
    if first and tokens[first - 1].word in own.words:
        while first < last and tokens[first].word in own.words:
            first += 1
    return first


def _belongs(other: _Token, token: _Token, person: _Person, searched: str) -> bool:
    between = searched[min(other.end, token.end) : max(other.start, token.start)]
    if not APART.fullmatch(between):
        return False
    before = other.end <= token.start  # the O of O'Shea, but not the s of Amy's
    initial = len(other.word) == 1 and other.capital and ("'" not in between or before) and other.word in person.letters
    return other.word in person.words or initial


def _may_be(run: Sequence[_Token], own: _Person) -> bool:
    """Whether it may be the pupil's own name, or a surname that is shared."""
    return all(each.word in own.words or (len(each.word) == 1 and each.word in own.letters) for each in run)


def _found(
    text: str, searched: str, tokens: Sequence[_Token], first: int, last: int, people: Sequence[_Person]
) -> Found:
    start, end = tokens[first].start, tokens[last].end
    staff = {person.role for person in people if person.role}
    role = next(iter(staff)) if len(staff) == 1 else A_MEMBER_OF_STAFF
    instead = ANOTHER_PUPIL if any(not person.role for person in people) else role
    before = tokens[first - 1] if first else None
    titled = before is not None and before.word in TITLES and bool(APART.fullmatch(searched[before.end : start]))
    if before is not None and titled:
        start, instead = before.start, role if staff else ANOTHER_ADULT
    return Found(start, end, text[start:end], instead, first == last and not titled)


def _with_a_year(text: str, searched: str, index: Index) -> Iterator[Found]:
    """Initials with a year group on either side, such as "SŴ in Year 4" or "Y4 S.W."."""
    for year in YEAR.finditer(searched):
        for start, end, letters in _initials_beside(searched, year):
            if "".join(re.findall(r"[^\W\d_]", letters)) in index.initials:
                end += "(" in text[start:end] and text[end : end + 1] == ")"
                small = text[start:end].replace(text[year.start() : year.end()], "").islower()
                yield Found(start, end, text[start:end], ANOTHER_PUPIL, small)


def _initials_beside(searched: str, year: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    before, after = searched[max(0, year.start() - 20) : year.start()], searched[year.end() : year.end() + 20]
    offset = year.start() - len(before)
    for place in range(len(before)):
        left = re.fullmatch(rf"({INITIALS}){BESIDE}(?:in\s)?", before[place:])
        if left and (place == 0 or not before[place - 1].isalnum()):
            yield offset + place, year.end(), left[1]
    for length in range(len(after), 0, -1):
        right = re.fullmatch(rf"{BESIDE}({INITIALS})", after[:length])
        if right and not after[length : length + 1].isalnum():
            yield year.start(), year.end() + length, right[1]


def _numbers(text: str, searched: str, index: Index) -> Iterator[Found]:
    """A UPN, whoever's it is but the pupil's own, and the references of other pupils."""
    for each in UPN.finditer(searched):
        if each.group() not in index.own_numbers:
            yield Found(*each.span(), text[slice(*each.span())], ANOTHER_PUPIL, word=False)
    for each in re.finditer(r"(?<!\S)[(\[]?(\S+?)[)\].,;:!?]*(?!\S)", searched):
        if each[1] in index.numbers:
            yield Found(*each.span(1), text[slice(*each.span(1))], ANOTHER_PUPIL, word=True)
