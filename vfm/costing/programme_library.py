"""Reads the starter library of programmes from its TOML file and refuses one that is not whole, naming the entry."""

import datetime as dt
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from vfm.costing.catalogue import Catalogue, CatalogueError
from vfm.costing.intervention import Tier
from vfm.costing.programme import KINDS, LEADERS, Programme, Span, Usual, folded
from vfm.pupils.pupil import AreaOfNeed

STARTER = Path(__file__).with_name("programmes.toml")
NEEDED = {"key", "name", "tier", "kind", "areas"}
LISTS = ("aliases", "unclear", "sources", "areas")
WORDS = ("key", "name", "tier", "kind", "usual_note", "evidence", "how_to_enter", "looked_up")
LONGEST_NAME = 200


class LibraryError(Exception):
    """The library is wrong; the message names the file, the entry and the fault."""


def read_library(path: Path = STARTER) -> Catalogue:
    """The library of a file. Raises LibraryError."""
    try:
        text = path.read_text(encoding="utf-8")
        words = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise LibraryError(f"{path.name}, {_entry_at(text, str(wrong))}: {wrong}") from wrong
    except (OSError, ValueError) as wrong:
        raise LibraryError(f"{path.name}: {wrong}") from wrong
    rows = words.pop("programme", [])
    if words or not rows:
        raise LibraryError(f"{path.name}: {f'unknown key {min(words)!r}' if words else 'there is no programme'}")
    return _whole(path.name, [_programme(path.name, row) for row in rows])


def _entry_at(text: str, message: str) -> str:
    """The entry in which the fault stands: the last key named above its line."""
    found = re.search(r"\(at line (\d+)", message)
    lines = text.splitlines()[: int(found[1])] if found else []
    keys = re.findall(r'^key = "([^"]*)"', "\n".join(lines), flags=re.MULTILINE)
    return keys[-1] if keys else "before the first entry"


def _whole(file: str, programmes: list[Programme]) -> Catalogue:
    for key, times in Counter(programme.key for programme in programmes).items():
        if times > 1:
            raise LibraryError(f"{file}, {key}: this key stands twice")
    try:
        library = Catalogue(tuple(programmes))
    except CatalogueError as wrong:
        raise LibraryError(f"{file}: {wrong}") from wrong
    for programme in library:
        for word in programme.unclear:
            if other := library.find(word):
                raise LibraryError(
                    f"{file}, {programme.key}: {word!r} is a name of {other.name!r}, so it is not unclear"
                )
    return library


def _programme(file: str, row: dict[str, Any]) -> Programme:
    where = f"{file}, {row.get('key') or row.get('name') or 'an entry without a key'}"
    known = {field.name for field in fields(Programme)}
    for key in sorted(set(row) - known):
        raise LibraryError(f"{where}: unknown key {key!r}")
    for key in sorted(NEEDED - set(row)):
        raise LibraryError(f"{where}: {key!r} is missing")
    try:
        programme = Programme(**row | _values(row))
        faults = list(_faults(programme))
    except (TypeError, ValueError, AttributeError) as wrong:
        raise LibraryError(f"{where}: {wrong}") from wrong
    for fault in faults:
        raise LibraryError(f"{where}: {fault}")
    return programme


def _values(row: dict[str, Any]) -> dict[str, Any]:
    for key, value in row.items():
        if key in WORDS and not (isinstance(value, str) and value.strip()):
            raise ValueError(f"{key!r} must say something in words")
        if key in LISTS and not (isinstance(value, list) and all(isinstance(each, str) for each in value)):
            raise ValueError(f"{key!r} must be a list of words")
    values: dict[str, Any] = {key: tuple(row[key]) for key in LISTS if key in row}
    values |= {"tier": Tier(row["tier"]), "areas": tuple(AreaOfNeed(area) for area in row["areas"])}
    return values | ({"usual": _usual(row["usual"])} if "usual" in row else {})


def _usual(row: dict[str, Any]) -> Usual:
    leaders = tuple(row.get("led_by", ()))
    for leader in set(leaders) - set(LEADERS):
        raise ValueError(f"nobody knows the leader {leader!r}")
    return Usual(**{key: _span(key, value) for key, value in row.items() if key != "led_by"}, led_by=leaders)


def _span(key: str, value: Any) -> Span:
    low, high = value if isinstance(value, list) and len(value) == 2 else (value, value)
    if not all(type(each) is int and each > 0 for each in (low, high)) or (isinstance(value, list) and low >= high):
        raise ValueError(f"{key!r} must be a whole number above 0, or two of them, the smaller first")
    return Span(low, high)


def _faults(it: Programme) -> Iterator[str]:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", it.key):
        yield "the key is not kebab-case"
    if it.kind not in KINDS:
        yield f"unknown kind {it.kind!r}"
    if not it.areas:
        yield "it has no area of need"
    yield from _faults_of_names(it)
    yield from _faults_of_sources(it)


def _faults_of_names(it: Programme) -> Iterator[str]:
    every = (*it.names, *it.unclear)
    for name, times in Counter(folded(each) for each in every).items():
        if times > 1:
            yield f"the name {name!r} stands twice"
    for name in every:
        if not name.strip() or len(name) > LONGEST_NAME or ";" in name:
            yield f"{name[:20]!r} is no name: it is empty, too long or holds a semicolon"


def _faults_of_sources(it: Programme) -> Iterator[str]:
    claims = bool(it.evidence or it.usual)
    if claims and not it.sources:
        yield f"{'evidence' if it.evidence else 'usual'!r} stands without a source"
    if claims and not it.looked_up:
        yield f"{'evidence' if it.evidence else 'usual'!r} stands without the day on which its sources were read"
    if not claims and (it.sources or it.looked_up):
        yield "there are sources, and nothing that leans on them"
    if it.usual_note and not it.usual:
        yield "'usual_note' stands without 'usual'"
    if it.looked_up and not _is_time(it.looked_up):
        yield f"{it.looked_up!r} is no month or day, such as 2026-11 or 2026-11-24"
    yield from (f"malformed link {url!r}" for url in it.sources if not _is_link(url))


def _is_time(text: str) -> bool:
    whole = f"{text}-01" if re.fullmatch(r"\d{4}-\d{2}", text) else text
    try:
        return whole == dt.date.fromisoformat(whole).isoformat()
    except ValueError:
        return False


def _is_link(url: str) -> bool:
    return re.fullmatch(r"https?://[a-z0-9.-]+\.[a-z]{2,}(:\d+)?(/\S*)?", url, flags=re.IGNORECASE) is not None
