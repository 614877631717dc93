"""The words of schools' own provision maps: tiers and waves, areas of need, kinds of time, weekdays, who gives it, years."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from vfm.costing.intervention import Giver, Tier, TimeKind
from vfm.sheets.headings import plain
from vfm.sheets.wrong import CellError

AREAS = (
    "Communication and interaction", "Cognition and learning", "Social, emotional and mental health",
    "Sensory and physical", "More than one area",
)  # fmt: skip
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
TIERS = {
    Tier.SPECIALIST: ("specialist", "wave 3", "tier 3", "individual", "personalised"),
    Tier.TARGETED: ("targeted", "targeted plus", "wave 2", "tier 2", "small group"),
    Tier.UNIVERSAL: ("universal", "wave 1", "tier 1", "quality first", "qft", "high quality teaching", "ordinarily available"),
}  # fmt: skip
NEEDS = (
    ("communication", "c i", "slcn", "speech", "language", "asd", "asc", "autism"),
    ("cognition", "c l", "learning", "literacy", "numeracy", "reading", "maths", "mld", "sld", "spld", "pmld", "dyslexia"),
    ("semh", "social", "emotional", "mental health", "behaviour", "wellbeing"),
    ("sensory", "physical", "hi", "vi", "msi", "pd", "hearing", "vision", "visual", "medical"),
    ("more than one", "several", "all", "all areas", "multiple"),
)  # fmt: skip
TIMES = {
    TimeKind.INTERVENTION: ("intervention", "group", "one to one", "1 1"),
    TimeKind.IN_CLASS_SUPPORT: ("in class", "class support", "classroom"),
    TimeKind.PERSONAL_CARE: ("personal care", "care"),
    TimeKind.LUNCHTIME: ("lunch", "lunchtime", "lunch time"),
    TimeKind.REVIEW_MEETING: ("review meeting", "review meetings", "review", "annual review"),
    TimeKind.AGENCY_MEETING: ("agency", "agencies"),
    TimeKind.TRANSITION: ("transition",),
    TimeKind.EXAM_ACCESS: ("exam", "examination", "examinations", "access arrangements"),
}
UNPAID = {
    "volunteer": Giver.VOLUNTEER, "volunteers": Giver.VOLUNTEER, "parent volunteer": Giver.VOLUNTEER,
    "other pupil": Giver.OTHER_PUPIL, "other pupils": Giver.OTHER_PUPIL, "peers": Giver.OTHER_PUPIL,
    "peer mentor": Giver.OTHER_PUPIL, "agency": Giver.AGENCY, "outside agency": Giver.AGENCY, "external agency": Giver.AGENCY,
}  # fmt: skip
BEFORE = r"(?:([0-9]+(?:\.[0-9]{1,2})?)\s*[x×]?\s+)?"
AFTER = r"(?:\s*[x×]\s*([0-9]+(?:\.[0-9]{1,2})?))?"
BETWEEN = re.compile(r"[;\n+&/]|,\s|\band\b")
MOST_STAFF = 100


class GivenBy(NamedTuple):
    """Who gives it in one cell's words; `number` None where the sheet does not say."""

    kind: Giver
    role: str
    number: Decimal | None = None


def _says(text: str, words: Sequence[str]) -> bool:
    return any(f" {word} " in f" {plain(text)} " for word in words)


def tier_in(text: str) -> Tier:
    """The tier; refuses with a CellError."""
    if plain(text) in ("1", "2", "3"):
        return (Tier.UNIVERSAL, Tier.TARGETED, Tier.SPECIALIST)[int(plain(text)) - 1]
    for tier, words in TIERS.items():
        if _says(text, words):
            return tier
    raise CellError("expected universal, targeted or specialist, or wave 1, 2 or 3")


def need_in(text: str) -> str:
    """The area of need as the site words it; two areas are “More than one area”. Refuses with a CellError."""
    exact = next((area for area in AREAS if plain(area) == plain(text)), None)
    found = [area for area, words in zip(AREAS, NEEDS, strict=True) if _says(text, words)]
    if exact or len(found) == 1:
        return exact or found[0]
    if found:
        return AREAS[-1]
    raise CellError(f"expected an area of need, such as {AREAS[0]}, or {AREAS[2]}")


def time_kind_in(text: str) -> TimeKind:
    """What the time is spent on; refuses with a CellError."""
    for kind, words in TIMES.items():
        if kind is not TimeKind.INTERVENTION and _says(text, (*words, plain(kind.value))):
            return kind
    if _says(text, TIMES[TimeKind.INTERVENTION]):
        return TimeKind.INTERVENTION
    raise CellError("expected a kind of time, such as intervention, in-class support or lunchtime")


def days_in(text: str) -> tuple[int, ...]:
    """Weekdays, Monday 0: Monday, Mon, M W F, daily. Refuses with a CellError."""
    words = plain(text).split()
    if words in (["daily"], ["every", "day"], ["each", "day"], ["mon", "fri"], ["monday", "to", "friday"]):
        return tuple(range(len(DAYS)))
    found = {_day(word) for word in words if word not in ("and", "each", "every", "on", "week") and not word.isdigit()}
    if None in found or not found:
        raise CellError("expected weekdays, such as Monday, Wednesday")
    return tuple(sorted(day for day in found if day is not None))


def _day(word: str) -> int | None:
    stem = word.removesuffix("s") if len(word) > 2 else word
    starts = [place for place, day in enumerate(DAYS) if day.startswith(stem)]
    return starts[0] if len(starts) == 1 else None


def staff_in(text: str, roles: Iterable[str]) -> list[GivenBy]:
    """Who gives it: 2 TAs; TA x2 and a teacher. Names of the school's roles are found first, whatever they hold."""
    found, rest = [], text
    for role in sorted(roles, key=len, reverse=True):
        pattern = re.compile(rf"(?<!\w){BEFORE}{re.escape(role)}s?(?!\w){AFTER}", re.IGNORECASE)
        for match in pattern.finditer(rest):
            found.append((text.casefold().find(match.group().casefold()), GivenBy(Giver.STAFF, role, _number(match))))
        rest = pattern.sub(";", rest)
    for part in BETWEEN.split(rest):
        whole = re.fullmatch(rf"{BEFORE}(.+?){AFTER}", part.strip())
        if whole and any(sign.isalpha() for sign in whole.group(2)):
            found.append((text.find(part.strip()), _unknown(whole)))
    return [given for _, given in sorted(found, key=lambda each: each[0])]


def _unknown(match: re.Match[str]) -> GivenBy:
    words = match.group(2).strip()
    kind = UNPAID.get(plain(words), Giver.STAFF)
    return GivenBy(kind, words if kind is Giver.STAFF else "", _number(match))


def _number(match: re.Match[str]) -> Decimal | None:
    typed = match.group(1) or match.groups()[-1]
    if typed is None:
        return None
    if not 0 < Decimal(typed) <= MOST_STAFF:
        raise CellError("expected up to 100 of one role")
    return Decimal(typed)


YEARS = ("nursery", "reception", "eyfs", "ks1", "ks2", "ks3", "ks4", *(
    phrase for n in range(1, 15) for phrase in (f"year {n}", f"y{n}", f"yr {n}", f"yr{n}", f"y {n}")
))  # fmt: skip
"""Headings of columns that stand for a year group."""


def entries_in(text: str) -> list[str]:
    """The names in one cell, one a line or between semicolons, without bullets; a repeat counts once."""
    parts = (" ".join(part.strip(" •*–-\t").split()) for part in re.split(r"[;\n]", text))
    return list(dict.fromkeys(part for part in parts if part))
