"""The kind of school that is asked, and the named conditions that decide which questions apply to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Kinds of school that the law treats differently."""

    MAINSTREAM = "mainstream"
    SPECIAL = "special"
    HOSPITAL_SPECIAL = "hospital-special"
    NURSERY = "nursery"
    PRU = "pru"

    @property
    def words(self) -> str:
        return KIND_WORDS[self]


KIND_WORDS = {
    Kind.MAINSTREAM: "Mainstream school",
    Kind.SPECIAL: "Special school",
    Kind.HOSPITAL_SPECIAL: "Special school in a hospital",
    Kind.NURSERY: "Maintained nursery school",
    Kind.PRU: "Pupil referral unit or alternative provision academy",
}


@dataclass(frozen=True, slots=True)
class School:
    """What is asked on the school's page. Whatever has not been answered yet counts as yes, so nothing is hidden."""

    name: str
    kind: Kind = Kind.MAINSTREAM
    academy: bool = False
    lowest_age: int = 4
    highest_age: int = 11
    unit_or_resourced_provision: bool = True
    any_ehc_plan: bool = True
    any_sen_support: bool = True
    any_top_up: bool = True
    pupil_premium: bool = True
    volunteers_or_peers: bool = True
    first_year: bool = False

    @property
    def special(self) -> bool:
        return self.kind in (Kind.SPECIAL, Kind.HOSPITAL_SPECIAL)


# A condition is a name in the TOML and one line here: no rule language, so each can be read and tested alone.
CONDITIONS: Mapping[str, Callable[[School], bool]] = {
    "mainstream": lambda school: school.kind is Kind.MAINSTREAM,
    "mainstream-or-nursery": lambda school: school.kind in (Kind.MAINSTREAM, Kind.NURSERY),
    "mainstream-nursery-or-pru": lambda school: school.kind in (Kind.MAINSTREAM, Kind.NURSERY, Kind.PRU),
    "report-is-required": lambda school: school.kind not in (Kind.HOSPITAL_SPECIAL, Kind.PRU),
    "pupils-aged-5-to-16": lambda school: school.lowest_age < 16 and school.highest_age > 4,
    "unit-or-resourced-provision": lambda school: school.unit_or_resourced_provision,
    "any-ehc-plan": lambda school: school.any_ehc_plan,
    "any-sen-support": lambda school: school.any_sen_support,
    "any-top-up": lambda school: school.any_top_up,
    "pupil-premium": lambda school: school.pupil_premium,
    "volunteers-or-peers": lambda school: school.volunteers_or_peers,
    "not-first-year": lambda school: not school.first_year,
}
