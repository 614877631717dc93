"""A pupil as the costing and the figures need to know them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from vfm.pupils.year_groups import YearStep, group_in


class SenStatus(StrEnum):
    """SEN provision as the school census codes it."""

    NONE = "none"
    SEN_SUPPORT = "sen-support"
    EHC_PLAN = "ehc-plan"

    @property
    def code(self) -> str:
        """The letter of the school census: N, K or E."""
        return {"none": "N", "sen-support": "K", "ehc-plan": "E"}[self.value]

    @property
    def words(self) -> str:
        return {"none": "No SEN", "sen-support": "SEN Support", "ehc-plan": "EHC plan"}[self.value]

    @property
    def has_sen(self) -> bool:
        """On SEN Support or an EHC plan."""
        return self is not SenStatus.NONE

    @classmethod
    def _missing_(cls, value: object) -> "SenStatus | None":
        """SenStatus("K") works too: the letter of the census, in either case."""
        return next((status for status in cls if status.code == str(value).strip().upper()), None)


class AreaOfNeed(StrEnum):
    """The four broad areas of need of the SEND Code of Practice (6.28 to 6.35)."""

    COMMUNICATION = "communication-and-interaction"
    COGNITION = "cognition-and-learning"
    SOCIAL = "social-emotional-and-mental-health"
    SENSORY = "sensory-and-physical"

    @property
    def words(self) -> str:
        return AREA_WORDS[self]


AREA_WORDS = {
    AreaOfNeed.COMMUNICATION: "Communication and interaction",
    AreaOfNeed.COGNITION: "Cognition and learning",
    AreaOfNeed.SOCIAL: "Social, emotional and mental health",
    AreaOfNeed.SENSORY: "Sensory and physical",
}


@dataclass(frozen=True, slots=True)
class NeedType:
    """A type of need of the school census: its words, and the broad area it belongs to (None: no area)."""

    code: str
    words: str
    area: AreaOfNeed | None


_TYPES = (
    NeedType("SPLD", "Specific learning difficulty", AreaOfNeed.COGNITION),
    NeedType("MLD", "Moderate learning difficulty", AreaOfNeed.COGNITION),
    NeedType("SLD", "Severe learning difficulty", AreaOfNeed.COGNITION),
    NeedType("PMLD", "Profound and multiple learning difficulty", AreaOfNeed.COGNITION),
    NeedType("SLCN", "Speech, language and communication needs", AreaOfNeed.COMMUNICATION),
    NeedType("ASD", "Autistic spectrum disorder", AreaOfNeed.COMMUNICATION),
    NeedType("SEMH", "Social, emotional and mental health", AreaOfNeed.SOCIAL),
    NeedType("HI", "Hearing impairment", AreaOfNeed.SENSORY),
    NeedType("VI", "Vision impairment", AreaOfNeed.SENSORY),
    NeedType("MSI", "Multi-sensory impairment", AreaOfNeed.SENSORY),
    NeedType("PD", "Physical disability", AreaOfNeed.SENSORY),
    NeedType("DS", "Down syndrome", None),
    NeedType("OTH", "Other difficulty or disability", None),
    NeedType("NSA", "SEN Support, no specialist assessment of type of need", None),
)
NEED_TYPES = {need.code: need for need in _TYPES}
"""Types of need by their census code (content/domain.md, S97 and S49; DS: S50, its code not checked there)."""


@dataclass(frozen=True, slots=True)
class Pupil:
    """One child on the school's register. `name` is what is shown: a name, initials or a reference, as chosen.

    `id` is the key that memberships use. `year` is the national curriculum year (Reception 0, Nursery -1) in the academic year
    that is looked at, None where not known; `year_in` says it of any other. `need` and `second_need` are census codes, empty where none is recorded. `top_up`: the authority pays
    top-up for them. `history` holds each status that began on a day, in order: before the first the pupil had no SEN.
    Where it is empty, `status` holds for the whole time. `joined` and `left` are the pupil's days at the school. Who is
    `erased` is a number in figures, and has no page.
    """

    id: str
    name: str
    reference: str = ""
    year: int | None = None
    status: SenStatus = SenStatus.NONE
    need: str = ""
    second_need: str = ""
    pupil_premium: bool = False
    looked_after: bool = False
    eal: bool = False
    fsm: bool = False
    top_up: bool = False
    sex: str = ""
    class_name: str = ""
    upn: str = ""
    history: Sequence[tuple[dt.date, SenStatus]] = ()
    joined: dt.date | None = None
    left: dt.date | None = None
    steps: Sequence[YearStep] = ()
    erased: bool = False

    def year_in(self, year: int) -> int | None:
        """The year group in the academic year that starts in `year`; None where it is not known, or would be none."""
        return group_in(self.steps, year)

    def status_on(self, day: dt.date) -> SenStatus:
        """The status on a day."""
        if not self.history:
            return self.status
        return next((status for since, status in reversed(self.history) if since <= day), SenStatus.NONE)

    @property
    def has_sen(self) -> bool:
        """On SEN Support or an EHC plan."""
        return self.status.has_sen

    def here_between(self, first: dt.date, last: dt.date) -> bool:
        """At the school on some day from the first to the last."""
        return (self.left is None or self.left >= first) and (self.joined is None or self.joined <= last)
