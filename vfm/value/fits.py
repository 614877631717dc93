"""Which provision fits a pupil: by need, year group and tier, and no repeat of what brought no gain. It suggests only."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from vfm.costing.intervention import Tier
from vfm.pupils.pupil import NEED_TYPES, AreaOfNeed, Pupil, SenStatus
from vfm.value.offers import Known, Offer, offers
from vfm.value.repeats import MANY_YEARS, repeated
from vfm.value.taken import Taken
from vfm.value.year_groups import years_in

OFFERED_TIERS = (Tier.TARGETED, Tier.SPECIALIST)


class Fit(IntEnum):
    """For which of the pupil's needs it is; lower comes first."""

    PRIMARY = 1
    SECOND = 2
    NOT_SAID = 3


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
    for offer in offers(known):
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
