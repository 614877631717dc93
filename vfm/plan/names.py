"""Looks for pupils in what people wrote, so that a plan does not carry a child's name out of the school."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SHORTEST_NAME = 3
SAME_LETTER = str.maketrans(dict.fromkeys("‘’ʼ`´", "'") | dict(zip("ŁłØøĐđıĦħ", "LlOoDdiHh", strict=True)))
"""Letters that no accent can be taken off, and the apostrophes: each as it is typed by whoever lacks the key."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a pupil might be named: where, the words found, and the text around them."""

    where: str
    found: str
    around: str


def plain(text: str) -> str:
    """Small letters without accents, letter for letter, so that Siân is found as Sian and the places stay the same."""
    if text.isascii():
        return text.translate(SAME_LETTER).lower()
    # Not casefold(), which makes two letters of some and so would shift the places.
    return "".join(unicodedata.normalize("NFD", letter)[0].lower() for letter in text.translate(SAME_LETTER))


def search(texts: Mapping[str, str], names: Iterable[str], upns: Iterable[str] = ()) -> list[Hit]:
    """Every place where a name of the register, its parts, its initials beside a year group, or a UPN stands.

    `texts` are what people wrote, by where it stands. Single words of a name are looked for as whole words.
    """
    patterns = [re.compile(rf"(?<!\w){re.escape(plain(word))}(?!\w)") for word in sorted(_words(names))]
    patterns += [initials(name) for name in sorted(set(names)) if len(name.split()) > 1]
    patterns += [re.compile(re.escape(plain(upn))) for upn in sorted(set(upns)) if upn]
    patterns.append(re.compile(r"(?<!\w)[a-hj-np-rt-z]\d{11}[\da-hj-np-rt-z](?!\w)"))  # the shape of any UPN
    hits = []
    for where, text in texts.items():
        searched = plain(text)
        spans = sorted({match.span() for pattern in patterns for match in pattern.finditer(searched)})
        hits += [Hit(where, text[a:b], text[max(0, a - 40) : b + 40]) for a, b in _widest(spans)]
    return hits


def _words(names: Iterable[str]) -> set[str]:
    return {
        word for name in names for word in (*name.split(), name) if len(word) >= SHORTEST_NAME and not word.isdigit()
    }


def initials(name: str) -> re.Pattern[str]:
    """A child's initials with a year group on either side, such as "SŴ in Year 4" or "Y4 S.W."."""
    letters = r"\.?\s?".join(re.escape(plain(word[0])) for word in name.split())
    year = r"(?:y(?:ear)?\s?\d{1,2}|reception|nursery)"
    between = r"[\s,(:-]{0,3}(?:in\s)?"
    return re.compile(rf"(?<!\w)(?:{letters}\.?{between}{year}|{year}{between}{letters})(?!\w)")


def _widest(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leaves out what lies inside another hit, so that one name is asked about once."""
    return [s for s in spans if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in spans)]
