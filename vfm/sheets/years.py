"""Which academic or financial year a sheet says it is of, in its file's name and in the titles above its headings."""

import re
from collections.abc import Iterable

LONG = re.compile(r"(?<![0-9])(20[0-9]{2})\s*(?:[-–—/_]|to|and)\s*((?:20)?[0-9]{2})(?![0-9])", re.ASCII | re.IGNORECASE)
SHORT = re.compile(r"(?<![0-9/.–-])([2-9][0-9])\s*[-–/]\s*([2-9][0-9])(?![0-9/–-]|[.][0-9])", re.ASCII)


def years_in(texts: Iterable[str]) -> list[int]:
    """The first halves of the years that are named, in order: 2025 for 2025-26, 2025/2026 or 25/26. Days are no years."""
    found = [
        int(match.group(1)) % 100
        for text in texts
        for pattern in (LONG, SHORT)
        for match in pattern.finditer(text)
        if int(match.group(2)) % 100 == (int(match.group(1)) + 1) % 100
    ]
    return list(dict.fromkeys(2000 + each for each in found))
