"""The register as a list: which pupils are shown, in what order, and what a school calls them."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from vfm.pupils.pupil import Pupil

SHOWN = {
    "name": "By name",
    "initials": "By initials",
    "reference": "By the school's own reference",
}
STATUSES = {"sen": "SEN Support or EHC plan", "K": "SEN Support (K)", "E": "EHC plan (E)", "N": "No SEN"}
GROUPS: dict[str, tuple[str, Callable[[Pupil], bool]]] = {
    "pupil-premium": ("Pupil premium", lambda pupil: pupil.pupil_premium),
    "fsm": ("Free school meals", lambda pupil: pupil.fsm),
    "eal": ("English as an additional language", lambda pupil: pupil.eal),
    "looked-after": ("Looked after", lambda pupil: pupil.looked_after),
    "top-up": ("Top-up funding", lambda pupil: pupil.top_up),
    "no-upn": ("No UPN yet", lambda pupil: not pupil.upn),
}
WHO = {"here": "At the school in this year", "left": "Have left", "all": "Everybody"}
SORTS: dict[str, tuple[str, Callable[[Pupil], Any]]] = {
    "entered": ("As entered", lambda pupil: 0),
    "name": ("Name or reference", lambda pupil: pupil.name.casefold()),
    "year": ("Year group", lambda pupil: (-3 if pupil.year is None else pupil.year, pupil.class_name.casefold())),
    "status": ("SEN status, most support first", lambda pupil: "EKN".index(pupil.status.code)),
    "need": ("Primary need", lambda pupil: (not pupil.need, pupil.need)),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person wants to see of the register; an empty or unknown word leaves out nobody. `in_year` is a number in digits."""

    status: str = ""
    need: str = ""
    in_year: str = ""
    group: str = ""
    who: str = "here"
    sort: str = "entered"


def choose(pupils: Sequence[Pupil], chosen: Chosen, first: dt.date, last: dt.date, today: dt.date) -> list[Pupil]:
    """Those who are wanted, in the order that is wanted. `first` and `last` are the days of the review's year."""
    found = [pupil for pupil in pupils if _wanted(pupil, chosen) and _among(pupil, chosen.who, first, last, today)]
    return sorted(found, key=SORTS[chosen.sort if chosen.sort in SORTS else "entered"][1])


def _wanted(pupil: Pupil, chosen: Chosen) -> bool:
    if chosen.status in STATUSES and not (
        pupil.has_sen if chosen.status == "sen" else pupil.status.code == chosen.status
    ):
        return False
    if chosen.need and chosen.need not in (pupil.need, pupil.second_need):
        return False
    if chosen.in_year and str(pupil.year) != chosen.in_year:
        return False
    return chosen.group not in GROUPS or GROUPS[chosen.group][1](pupil)


def _among(pupil: Pupil, who: str, first: dt.date, last: dt.date, today: dt.date) -> bool:
    if who == "here":
        return pupil.here_between(first, last)
    return who != "left" or (pupil.left is not None and pupil.left < today)


def shown_name(way: str, name: str, reference: str) -> str:
    """What a pupil is called on pages and in files: the name, its initials, or the reference that the school gave."""
    if way == "reference":
        return reference or "No reference"
    if way == "initials":
        return "".join(f"{word[0].upper()}." for word in name.replace("-", " ").split()) or "No name"
    return name
