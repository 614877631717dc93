"""What could be offered to a pupil: lines of this year's map with their places, the school's programmes, the starter library."""

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
from vfm.pupils.pupil import AREA_WORDS, AreaOfNeed, Pupil
from vfm.value.taken import Taken

MEETINGS = (TimeKind.REVIEW_MEETING, TimeKind.AGENCY_MEETING)


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


def offers(known: Known) -> Iterator[Offer]:
    """Everything that could be given: lines that go on and are open to others, the school's list, then the library."""
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
