"""Year groups that a name says: "Phonics catch-up, Year 1" is for Year 1, "Mentoring, Years 9 to 11" for three of them."""

import re
from collections.abc import Iterator

OLDEST = 14
NAMED = {"nursery": (-1,), "reception": (0,), "eyfs": (-1, 0)}
KEY_STAGES = {1: (1, 2), 2: (3, 4, 5, 6), 3: (7, 8, 9), 4: (10, 11), 5: (12, 13)}
_WITH = r"(?<!with )(?<!by )"  # "Paired reading with Year 6" is for somebody else
_NUMBER = r"\d{1,2}(?!\d)"
_YEARS = re.compile(
    rf"{_WITH}\by(?:ears?|rs?)?\.?\s*(?P<first>{_NUMBER})(?:\s*(?:to|-|–|/)\s*(?:y(?:ears?|rs?)?\s*)?(?P<last>{_NUMBER})"
    rf"|(?P<more>(?:\s*(?:,|and|&)\s*(?:y(?:ears?|rs?)?\s*)?{_NUMBER})+))?",
    re.IGNORECASE | re.ASCII,
)
_STAGES = re.compile(
    rf"{_WITH}\b(?:key stage|ks)\s*(?P<first>[1-5])\b(?:\s*(?:and|&|/)\s*(?P<other>[1-5])\b)?", re.I | re.A
)
_NAMES = re.compile(rf"{_WITH}\b({'|'.join(NAMED)})\b", re.IGNORECASE)


def years_in(name: str) -> frozenset[int]:
    """The year groups (Reception 0, Nursery -1) that a name says it is for; empty where it says none."""
    text = " ".join(name.split())
    return frozenset(year for year in (*_numbered(text), *_staged(text), *_named(text)) if year <= OLDEST)


def _numbered(text: str) -> Iterator[int]:
    for found in _YEARS.finditer(text):
        first = int(found["first"])
        yield from range(first, int(found["last"] or first) + 1)
        yield from (int(number) for number in re.findall(r"\d+", found["more"] or ""))


def _staged(text: str) -> Iterator[int]:
    for found in _STAGES.finditer(text):
        for stage in (found["first"], found["other"]):
            yield from KEY_STAGES[int(stage)] if stage else ()


def _named(text: str) -> Iterator[int]:
    for found in _NAMES.finditer(text):
        yield from NAMED[found[1].casefold()]
