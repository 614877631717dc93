"""Goes through every word of a pupil's record, whatever field it stands in, so that none leaves the school unread.

A field that is added to the record later is gone through as well: what must not be changed is listed, not what must.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import Any

from vfm.plan.other_people import Index, around, find, key_of, tidy, without
from vfm.pupils.pupil import Pupil
from vfm.value.noticed import Noticed, Pattern
from vfm.value.pupil_record import PupilRecord, PupilReview, PupilYear, Support, View

OURS = (Enum, Pupil, Pattern)
"""Our own words, and the pupil's own details."""
KEYS = frozenset({"line", "about", "facts", "pupil"})
PLACES: Mapping[type, str] = {View: "a view", PupilReview: "a meeting", Noticed: "what is repeated"}
LABELS = {
    "name": "name on the map", "programme": "programme", "given_by": "who gives it", "intended": "intended outcome",
    "because": "why it goes on or ends", "reviewed_by": "who reviewed it", "withdrawn_why": "why outside lessons",
    "lesson": "lesson missed", "said": "what was said", "who": "who took part", "agreed": "what was agreed",
    "decision": "decision", "rate_missing": "roles without a rate",
}  # fmt: skip
Change = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in which somebody else may be named; `wheres` are all the fields that hold the same text."""

    key: str
    wheres: tuple[str, ...]
    found: str
    around: str
    instead: str
    word: bool


def places_in(record: PupilRecord, index: Index, more: Mapping[str, str] | None = None) -> tuple[Place, ...]:
    """Every place in the record, and in `more` (text by where it stands), in reading order; a text twice is one place."""
    wheres: dict[str, list[str]] = {}

    def look(where: str, text: str) -> str:
        wheres.setdefault(tidy(text), []).append(where)
        return text

    changed(record, look)
    for where, text in (more or {}).items():
        look(where, text)
    return tuple(place for text, there in wheres.items() for place in _places(text, tuple(there), index))


def _places(text: str, wheres: tuple[str, ...], index: Index) -> Iterator[Place]:
    for each in find(text, index):
        yield Place(key_of(text, each), wheres, each.found, around(text, each), each.instead, each.word)


def without_others(record: PupilRecord, index: Index, not_names: frozenset[str]) -> PupilRecord:
    """The record in which nobody else is named; only single words whose places are in `not_names` stay."""
    return changed(record, lambda _where, text: without(text, index, not_names))


def changed(record: PupilRecord, change: Change) -> PupilRecord:
    """The record with every text as `change` gives it back, asked with where it stands."""
    return replace(record, years=_changed(record.years, "", change))


def _changed(value: Any, where: str, change: Change) -> Any:
    if isinstance(value, OURS):
        return value
    if isinstance(value, str):
        return change(where, value) if value else value
    if isinstance(value, tuple):
        return tuple(_changed(each, where, change) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        inside = _inside(value, where)
        names = [each.name for each in fields(value) if each.init and each.name not in KEYS]
        return replace(value, **{name: _changed(getattr(value, name), _at(inside, name), change) for name in names})
    return value


def _inside(value: Any, where: str) -> str:
    own = value.words if isinstance(value, PupilYear) else value.name if isinstance(value, Support) else ""
    return _joined(where, own or PLACES.get(type(value), ""))


def _at(where: str, field: str) -> str:
    return _joined(where, LABELS.get(field, ""))


def _joined(*parts: str) -> str:
    return ": ".join(part for part in parts if part)
