"""Says who of a sheet's pupils is on the register already: by UPN, then by reference, then by name and year group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vfm.pupils.history import Known
from vfm.pupils.pupil_sheet import SheetPupil
from vfm.pupils.said import same_number
from vfm.sheets.headings import plain

TWICE = "another pupil of this name and year group cannot be told from this one: give each a UPN or a reference"


@dataclass(frozen=True, slots=True)
class KeptPupil:
    """A pupil who is on the register. `values` are those of its row, by name; `known` is the SEN history."""

    id: int
    values: Mapping[str, Any]
    known: Known

    @property
    def name(self) -> str:
        return str(self.values["name"])


@dataclass(frozen=True, slots=True)
class Match:
    """A pupil of the sheet, who it is on the register (None: nobody), and why it cannot be told."""

    pupil: SheetPupil
    kept: KeptPupil | None = None
    unclear: str = ""


def name_key(name: str) -> tuple[str, ...]:
    """A name as it is compared: whichever way round, whatever its capitals and signs."""
    return tuple(sorted(plain(name).split()))


def match_pupils(pupils: Sequence[SheetPupil], kept: Sequence[KeptPupil]) -> list[Match]:
    """Each pupil of the sheet with who it is. Nobody on the register is two pupils of the sheet."""
    register = _Register(kept)
    found = {place: register.by_upn(pupil) for place, pupil in enumerate(pupils)}
    taken = {match.kept.id for match in found.values() if match and match.kept}
    names = _names(pupils)
    for place, pupil in enumerate(pupils):
        if found[place] is None:
            match = register.by_reference(pupil, taken) or register.by_name(pupil, taken, names)
            found[place] = match
            taken |= {match.kept.id} if match.kept else set()
    return [found[place] or Match(pupil) for place, pupil in enumerate(pupils)]


def _names(pupils: Sequence[SheetPupil]) -> dict[tuple[Any, ...], int]:
    """How often a name and a year group stand in the sheet without a UPN or a reference."""
    counted: dict[tuple[Any, ...], int] = {}
    for pupil in pupils:
        if not (pupil.upn or pupil.values.get("reference")):
            key = (name_key(pupil.name), pupil.values.get("year_group"))
            counted[key] = counted.get(key, 0) + 1
    return counted


class _Register:
    def __init__(self, kept: Sequence[KeptPupil]) -> None:
        self.upns = {each.values["upn"]: each for each in kept if each.values.get("upn")}
        self.references = [each for each in kept if each.values.get("reference")]
        self.bare: dict[str, list[KeptPupil]] = {}
        for each in self.references:
            self.bare.setdefault(str(each.values["reference"]).casefold().lstrip("0"), []).append(each)
        self.names: dict[tuple[str, ...], list[KeptPupil]] = {}
        for each in kept:
            self.names.setdefault(name_key(each.name), []).append(each)

    def by_upn(self, pupil: SheetPupil) -> Match | None:
        kept = self.upns.get(pupil.upn) if pupil.upn else None
        return Match(pupil, kept) if kept else None

    def by_reference(self, pupil: SheetPupil, taken: set[int]) -> Match | None:
        """The same reference and the same name; a reference alone may have been given to somebody else."""
        reference = str(pupil.values.get("reference", ""))
        for each in self.bare.get(reference.casefold().lstrip("0"), []) if reference else []:
            same = same_number(str(each.values["reference"]), reference) and name_key(each.name) == name_key(pupil.name)
            if same and each.id not in taken and _may_be(pupil, each):
                return Match(pupil, each)
        return None

    def by_name(self, pupil: SheetPupil, taken: set[int], names: Mapping[tuple[Any, ...], int]) -> Match:
        year = pupil.values.get("year_group")
        alone = not (pupil.upn or pupil.values.get("reference"))
        if alone and names.get((name_key(pupil.name), year), 0) > 1:
            return Match(pupil, unclear=TWICE)
        free = [each for each in self.names.get(name_key(pupil.name), []) if each.id not in taken]
        here = [each for each in free if _may_be(pupil, each) and _year_fits(each.values["year_group"], year)]
        same_year = [each for each in here if each.values["year_group"] == year]
        here = same_year or here
        if len(here) > 1:
            return Match(pupil, unclear=TWICE)
        return Match(pupil, here[0] if here else None)


def _may_be(pupil: SheetPupil, kept: KeptPupil) -> bool:
    """Not where each has a UPN of its own, unless one of them is only temporary."""
    old = str(kept.values.get("upn") or "")
    settled = bool(pupil.upn and old) and not (pupil.upn[-1].isalpha() or old[-1].isalpha())
    return not settled or pupil.upn == old


def _year_fits(here: int | None, now: int | None) -> bool:
    """The same year group, or one beside it: who is kept back or moved ahead, or a file of the year before or after."""
    return now is None or (here is not None and abs(now - here) <= 1)
