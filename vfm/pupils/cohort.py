"""Who the pupils with SEN are: how many of each status, need and year, and who else they are; small groups as people only."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from vfm.pupils.pupil import NEED_TYPES, Pupil

SMALL = 10
"""Below this many pupils a percentage says more than is known (content/domain.md §7.3)."""


@dataclass(frozen=True, slots=True)
class England:
    """The share of pupils on SEN Support or with a plan in schools of one phase, in percent; read in `sources` on `checked`."""

    phase: str
    when: str
    percent: Fraction
    sources: tuple[tuple[str, str], ...]
    checked: dt.date

    @property
    def words(self) -> str:
        """Such as 19.4%."""
        return _tenths(self.percent)


def _tenths(percent: Fraction) -> str:
    """A percentage to one decimal, rounded half up."""
    tenths = floor(percent * 10 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}%"


_SOURCES = (
    (
        "nasen, on the figures of the Department for Education",
        "https://nasen.org.uk/index.php/news/latest-sen-stats-released-dfe",
    ),
    ("Merit Docs", "https://meritdocs.com/blog/what-latest-sen-statistics-say-about-ehcps-and-sen-support"),
)
_READ = dt.date(2026, 11, 24)
ENGLAND = (
    England("primary", "January 2026", Fraction(194, 10), _SOURCES, _READ),
    England("secondary", "January 2026", Fraction(176, 10), _SOURCES, _READ),
)
"""In order of date. K and E apart, and the authorities' figures, are not known here by phase, so they do not stand here."""


def england_for(phase: str) -> England | None:
    """The newest figure for schools of a phase."""
    return next((each for each in reversed(ENGLAND) if each.phase == phase), None)


def phase_of(lowest_age: int, highest_age: int) -> str:
    """Primary or secondary by the ages of a mainstream school's pupils; empty for one that is both, or between."""
    if highest_age <= 11:
        return "primary"
    return "secondary" if lowest_age >= 11 else ""


def share_words(part: int, whole: int | None) -> str:
    """Such as 24 of 120 (20.0%); people only where either is under ten."""
    if whole is None:
        return people(part)
    words = f"{part:,} of {whole:,}"
    if part < SMALL or whole < SMALL or part > whole:
        return words
    return f"{words} ({_tenths(Fraction(part * 100, whole))})"


def people(number: int) -> str:
    """Such as 1 pupil, or 12 pupils."""
    return f"{number:,} pupil" + ("" if number == 1 else "s")


OVERLAPS: tuple[tuple[str, Callable[[Pupil], bool]], ...] = (
    ("Pupil premium", lambda pupil: pupil.pupil_premium),
    ("Free school meals", lambda pupil: pupil.fsm),
    ("English as an additional language", lambda pupil: pupil.eal),
    ("Looked after", lambda pupil: pupil.looked_after),
    ("Boys", lambda pupil: pupil.sex == "M"),
    ("Girls", lambda pupil: pupil.sex == "F"),
    ("Two types of need", lambda pupil: bool(pupil.second_need)),
)


@dataclass(frozen=True, slots=True)
class Cohort:
    """Tables of the pupils at the school: each row a name, then SEN Support, EHC plans, both, and all pupils on the register."""

    total: int
    support: int
    plans: int
    needs: tuple[tuple[str, int, int, int], ...]
    years: tuple[tuple[int, int, int, int, int], ...]
    overlaps: tuple[tuple[str, int, int, int, int], ...]
    without_need: int

    @property
    def sen(self) -> int:
        return self.support + self.plans


def cohort_of(pupils: Sequence[Pupil]) -> Cohort:
    """Counted from the register: pupils."""
    support = [pupil for pupil in pupils if pupil.status.code == "K"]
    plans = [pupil for pupil in pupils if pupil.status.code == "E"]
    needs = Counter(pupil.need for pupil in (*support, *plans) if pupil.need)
    order = sorted(needs, key=lambda code: (-needs[code], code))
    return Cohort(
        len(pupils), len(support), len(plans),
        tuple((NEED_TYPES[code].words, _with(support, code), _with(plans, code), needs[code]) for code in order),
        tuple(_year(year, pupils) for year in sorted({pupil.year for pupil in pupils if pupil.year is not None})),
        tuple((words, _so(is_so, support), _so(is_so, plans), _so(is_so, [*support, *plans]), _so(is_so, pupils)) for words, is_so in OVERLAPS),
        sum(pupil.has_sen and not pupil.need for pupil in pupils),
    )  # fmt: skip


def _so(is_so: Callable[[Pupil], bool], pupils: Sequence[Pupil]) -> int:
    return sum(map(is_so, pupils))


def _with(pupils: Sequence[Pupil], code: str) -> int:
    return sum(pupil.need == code for pupil in pupils)


def _year(year: int, pupils: Sequence[Pupil]) -> tuple[int, int, int, int, int]:
    there = [pupil.status.code for pupil in pupils if pupil.year == year]
    return year, there.count("K"), there.count("E"), there.count("K") + there.count("E"), len(there)
