"""Makes typed text safe to keep: one spelling of each letter, no invisible control characters, not too long."""

import unicodedata

LONGEST_LINE = 200
LONGEST_PROSE = 5_000
KEPT = "\n\t"


def normal(typed: str) -> str:
    """NFC, line ends as \\n, and no control characters, lone surrogates or NULs: the same on both databases."""
    text = typed.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(c for c in text if c in KEPT or unicodedata.category(c) not in ("Cc", "Cs", "Cn"))
    return unicodedata.normalize("NFC", text).strip()
