"""Which interventions of a map somebody wants to see, and how large a group each one is for."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass, replace
from enum import StrEnum
from fractions import Fraction

from vfm.costing.intervention import Intervention, Tier
from vfm.costing.provision_map import CostedMap
from vfm.costing.stays import most_at_once
from vfm.money import add_up
from vfm.pupils.pupil import Pupil

WHOLE_CLASS_FROM = 15
"""Ours: half a class of thirty. With so many pupils at one time it counts as a whole class."""
NOT_STATED = "none"
"""The word in an address for an area of need, or a source of funding, that is not stated."""
OUT, IN = "out", "in"


class Size(StrEnum):
    """How large the group is at one time."""

    WHOLE_CLASS = "whole-class"
    SMALL_GROUP = "small-group"
    INDIVIDUAL = "individual"
    NOT_KNOWN = "not-known"

    @property
    def words(self) -> str:
        return {
            "whole-class": "Whole class", "small-group": "Small group", "individual": "Individual",
            "not-known": "Size not known",
        }[self.value]  # fmt: skip


def size_of(it: Intervention) -> Size:
    """One pupil at a time is individual; universal, or fifteen and more at a time, whole class; else a small group."""
    at_once = most_at_once((each.joined, each.left) for each in it.members) if it.members else it.group_size or 0
    if at_once == 1:
        return Size.INDIVIDUAL
    if it.tier is Tier.UNIVERSAL or at_once >= WHOLE_CLASS_FROM:
        return Size.WHOLE_CLASS
    return Size.SMALL_GROUP if at_once else Size.NOT_KNOWN


@dataclass(frozen=True, slots=True)
class MapChoice:
    """What a person wants to see of a map; empty means any. `in_year` is a number in digits."""

    tier: str = ""
    need: str = ""
    size: str = ""
    where: str = ""
    funding: str = ""
    in_year: str = ""
    class_name: str = ""

    @property
    def any(self) -> bool:
        """Whether anything is left out."""
        return any(astuple(self))

    def holds(self, pupil: Pupil) -> bool:
        """Whether a pupil is of the year group and of the class that are wanted."""
        return self.in_year in ("", str(pupil.year)) and self.class_name in ("", pupil.class_name)


def chosen_of(costed: CostedMap, choice: MapChoice, pupils: Mapping[str, Pupil]) -> CostedMap:
    """The part of a map that is wanted, each line whole: its total is of these lines. Without a choice the map itself.

    The pooled difference is one of the whole map, so a part has none.
    """
    if not choice.any:
        return costed
    wanted = tuple(each for each in costed.interventions if _wanted(each.intervention, choice, pupils))
    return replace(costed, interventions=wanted, pooled_difference=None)


def _wanted(it: Intervention, choice: MapChoice, pupils: Mapping[str, Pupil]) -> bool:
    asked = ((choice.tier, _tier), (choice.need, _need), (choice.size, _size), (choice.where, _where))
    if any(word and word != of(it) for word, of in asked):
        return False
    if choice.funding and choice.funding not in sources_of(it):
        return False
    by_pupil = choice.in_year or choice.class_name
    return not by_pupil or any(choice.holds(pupils[member.pupil]) for member in it.members)


def _tier(it: Intervention) -> str:
    return it.tier.value


def _need(it: Intervention) -> str:
    return it.need or NOT_STATED


def _size(it: Intervention) -> str:
    return size_of(it).value


def _where(it: Intervention) -> str:
    return OUT if it.withdrawn else IN


def sources_of(it: Intervention) -> tuple[str, ...]:
    """Who pays, in the order of entry; with NOT_STATED where part of it has no source."""
    stated = tuple(share.source for share in it.funding if share.percent)
    whole = add_up(Fraction(share.percent) for share in it.funding) >= 100
    return stated if whole else (*stated, NOT_STATED)
