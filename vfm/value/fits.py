"""Which provision fits a pupil: by need, year group and tier, and no repeat of what brought no gain. It suggests only.

An offer is a line of this year's map, a programme on the school's list, or one of the starter library.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from vfm.costing.catalogue import Catalogue
from vfm.costing.costed import CostedIntervention
from vfm.costing.intervention import Intervention, Tier, TimeKind
from vfm.costing.programme import Programme, folded
from vfm.costing.provision_map import CostedMap
from vfm.costing.sharing import Basis
from vfm.pupils.pupil import AREA_WORDS, NEED_TYPES, AreaOfNeed, Pupil, SenStatus
from vfm.value.repeats import MANY_YEARS, repeated
from vfm.value.taken import Taken
from vfm.value.year_groups import years_in

OFFERED_TIERS = (Tier.TARGETED, Tier.SPECIALIST)
MEETINGS = (TimeKind.REVIEW_MEETING, TimeKind.AGENCY_MEETING)


class Fit(IntEnum):
    """For which of the pupil's needs it is; lower comes first."""

    PRIMARY = 1
    SECOND = 2
    NOT_SAID = 3


class Rank(IntEnum):
    """How soon a pupil could begin; lower comes first."""

    PLACES = 1
    PLACES_NOT_KNOWN = 2
    ON_LIST = 3
    FULL = 4
    LIBRARY = 5


@dataclass(frozen=True, slots=True)
class Running:
    """A line of this year's map: what is written of its entry, and pupils in it on the day (or on its first, if later).

    `places` and `left` are None where no places were entered, `in_it` where neither names nor a number are.
    """

    line: CostedIntervention
    entry: str
    in_it: int | None
    places: int | None
    begins: dt.date | None

    @property
    def left(self) -> int | None:
        """Places left on that day, 0 at least."""
        return None if self.places is None else max(0, self.places - (self.in_it or 0))


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that could be given. `own` is the school's programme, `entry` what the library holds of it."""

    name: str
    tier: Tier
    need: str
    own: Programme | None = None
    entry: Programme | None = None
    running: Running | None = None

    @property
    def areas(self) -> frozenset[AreaOfNeed]:
        """What the line says, else the school's list, else the library; empty where none says it."""
        said = {area for area, words in AREA_WORDS.items() if words == self.need}
        for programme in (self.own, self.entry):
            said = said or set(programme.areas if programme else ())
        return frozenset(said)

    @property
    def kind(self) -> str:
        """The type of support, as the school's list has it, else the library."""
        return next((each.kind for each in (self.own, self.entry) if each and each.kind), "")

    @property
    def keys(self) -> frozenset[str]:
        """What its programme is called in what pupils took part in before."""
        programmes = [each for each in (self.own, self.entry) if each]
        names = {folded(name) for each in programmes for name in each.names} or {folded(self.name)}
        return frozenset(names | ({self.own.key} if self.own else set()))

    @property
    def programme(self) -> str:
        """What tells its programme from others, whichever list it is on."""
        if self.own:
            return f"own {self.own.key}"
        return f"library {self.entry.key}" if self.entry else f"named {folded(self.name)}"

    @property
    def rank(self) -> Rank:
        """Places left, places not entered, on the list, full, in the library."""
        if self.running is None:
            return Rank.ON_LIST if self.own else Rank.LIBRARY
        if self.running.left is None:
            return Rank.PLACES_NOT_KNOWN
        return Rank.PLACES if self.running.left else Rank.FULL


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An offer that fits; `before` where it was taken with a gain, `like` what of the same type the pupil has now."""

    offer: Offer
    fit: Fit
    before: tuple[Taken, ...] = ()
    like: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tried:
    """An offer that would repeat: why in words, and what was taken then."""

    offer: Offer
    why: str
    taken: tuple[Taken, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known for one pupil on a day. `taken` is the pupil's own, of this year and before.

    `entries` holds the entry criteria of lines by key, `held` what the library holds of a programme of the school by key.
    """

    pupil: Pupil
    day: dt.date
    costed: CostedMap
    taken: Sequence[Taken] = ()
    own: Catalogue = field(default_factory=Catalogue)
    library: Catalogue = field(default_factory=Catalogue)
    held: Mapping[str, Programme] = field(default_factory=dict)
    entries: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fits:
    """What fits, in order; what was tried; what the pupil takes part in now or will; names left out because they say other years."""

    suggestions: tuple[Suggestion, ...]
    tried: tuple[Tried, ...]
    now: tuple[Taken, ...]
    other_years: tuple[str, ...]


def first_tier(status: SenStatus) -> Tier:
    """The tier that is shown first: specialist for a pupil with an EHC plan, targeted for everybody else."""
    return Tier.SPECIALIST if status is SenStatus.EHC_PLAN else Tier.TARGETED


def needs_of(pupil: Pupil) -> tuple[AreaOfNeed | None, AreaOfNeed | None]:
    """The broad areas of the primary and the second need; None where none is recorded or the type has no one area."""
    primary, second = (NEED_TYPES.get(code) for code in (pupil.need, pupil.second_need))
    return primary.area if primary else None, second.area if second else None


def fits(known: Known, tier: Tier) -> Fits:
    """What matches need, year group and tier, repeats apart. Order: rank, then the need it is for, then the name.

    A programme of which a line is suggested does not stand there once more by itself.
    """
    now = tuple(each for each in known.taken if each.last >= known.day)
    suggestions, tried, other_years = [], [], []
    for offer in _offers(known):
        fit = _fit(offer, known.pupil)
        if offer.tier is not tier or fit is None or _has_now(offer, now):
            continue
        if not _for_year(offer, known.pupil):
            other_years.append(offer.name)
        elif found := _tried(offer, known):
            tried.append(found)
        else:
            suggestions.append(_suggestion(offer, fit, known, now))
    running = {one.offer.programme for one in suggestions if one.offer.running}
    kept = [one for one in suggestions if one.offer.running or one.offer.programme not in running]
    ordered = sorted(kept, key=lambda one: (one.offer.rank, one.fit, one.offer.name.casefold()))
    first = {one.offer.programme: one for one in reversed(tried)}
    return Fits(tuple(ordered), tuple(reversed(first.values())), now, tuple(dict.fromkeys(other_years)))


def _offers(known: Known) -> Iterator[Offer]:
    for each in known.costed.interventions:
        if _open_to_others(each.intervention) and not _over(each.intervention, known.day):
            own = programme_of(each.intervention, known.own)
            entry = known.held.get(own.key) if own else known.library.find(each.name)
            running = _running(each, known)
            yield Offer(each.name, each.intervention.tier, each.intervention.need, own, entry, running)
    for own in known.own:
        yield Offer(own.name, own.tier, own.need, own, known.held.get(own.key))
    owned = {entry.key for entry in known.held.values()}
    for entry in known.library:
        if entry.key not in owned:
            yield Offer(entry.name, entry.tier, entry.need, None, entry)


def programme_of(it: Intervention, own: Catalogue) -> Programme | None:
    """The programme of the school's list that a line follows; where it names none, the one whose name it bears."""
    return own.find(it.programme or it.name)


def _open_to_others(it: Intervention) -> bool:
    """Not a group that exists for one pupil, and no meeting."""
    return it.basis is not Basis.WHOLE and it.time_kind not in MEETINGS


def _over(it: Intervention, day: dt.date) -> bool:
    return it.ends_on is not None and it.ends_on < day


def _running(each: CostedIntervention, known: Known) -> Running:
    it = each.intervention
    begins = it.starts_on if it.starts_on and it.starts_on > known.day else None
    day = begins or known.day
    there = sum(
        (member.joined is None or member.joined <= day) and (member.left is None or member.left >= day)
        for member in it.members
    )
    return Running(each, known.entries.get(it.id, ""), there if it.members else it.group_size, it.places, begins)


def _fit(offer: Offer, pupil: Pupil) -> Fit | None:
    """None where it is for another need; a need without an area, or none recorded, may be any."""
    primary, second = needs_of(pupil)
    areas = offer.areas
    if not areas or (primary is None and second is None):
        return Fit.NOT_SAID
    if primary in areas:
        return Fit.PRIMARY
    if second in areas:
        return Fit.SECOND
    return Fit.NOT_SAID if primary is None else None


def _for_year(offer: Offer, pupil: Pupil) -> bool:
    """Whether its name says this year group, or none. What notes say is for people to read, not for us to guess from."""
    names = (offer.name, offer.own.name if offer.own else "", offer.entry.name if offer.entry else "")
    years = next((found for found in map(years_in, names) if found), frozenset())
    return pupil.year is None or not years or pupil.year in years


def _has_now(offer: Offer, now: Sequence[Taken]) -> bool:
    lines = {each.line for each in now}
    programmes = {each.programme for each in now}
    return bool(programmes & offer.keys) or (offer.running is not None and offer.running.line.intervention.id in lines)


def _tried(offer: Offer, known: Known) -> Tried | None:
    """Whether it was taken without a recorded gain, would be the third year, or is like a programme that was repeated."""
    year, programmes, keys = known.costed.calendar.year.start, _by_programme(known.taken), offer.keys
    same = [each for key in keys for each in programmes.get(key, ())]
    if same and not any(each.gained for each in same):
        return Tried(offer, "Taken before, and no gain is recorded", _in_time(same))
    if same and len({*(each.year for each in same), year}) >= MANY_YEARS:
        return Tried(offer, "It would be the third year or more", _in_time(same))
    new = _as_taken(offer, known)
    for old in programmes.values():
        if old[-1].programme not in keys and old[-1].like(new) and repeated(old):
            return Tried(offer, f"Of the same type as {old[-1].called}, which was repeated", _in_time(old))
    return None


def _in_time(taken: Sequence[Taken]) -> tuple[Taken, ...]:
    return tuple(sorted(taken, key=lambda each: (each.first, each.last, each.line)))


def _by_programme(taken: Sequence[Taken]) -> dict[str, list[Taken]]:
    found: dict[str, list[Taken]] = {}
    for each in _in_time(taken):
        found.setdefault(each.programme, []).append(each)
    return found


def _as_taken(offer: Offer, known: Known) -> Taken:
    """The offer as if the pupil began it on the day; a need of more than one area may be any."""
    areas = offer.areas
    need = next(iter(areas)).words if len(areas) == 1 else ""
    return Taken(
        known.pupil.id, known.costed.calendar.year.start, "", offer.name, offer.name, offer.name, known.day,
        known.costed.calendar.year.last_day, offer.kind, need,
    )  # fmt: skip


def _suggestion(offer: Offer, fit: Fit, known: Known, now: Sequence[Taken]) -> Suggestion:
    keys = offer.keys
    before = _in_time([each for each in known.taken if each.programme in keys])
    new = _as_taken(offer, known)
    return Suggestion(offer, fit, before, tuple(dict.fromkeys(each.called for each in now if each.like(new))))
