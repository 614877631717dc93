"""What a look at the map notices: what it is, where it stands, what to do; and whether a person has set it aside."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Look = Literal["repeats", "withdrawal", "fairness", "coverage"]
SetAside = frozenset[tuple[str, str]]
"""The key and the digest of the facts of each thing that somebody set aside with a reason."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One kind of thing that is looked for. `plan` is what the plan says of it, without numbers and without names."""

    slug: str
    look: Look
    title: str
    plan: str
    action: str
    owner: str = "SENCO"
    legal: bool = False  # whether the law asks for what is missing
    rule: str = ""  # of the finding that stands for it in the plan, where a stage has one of its own

    @property
    def finding(self) -> str:
        """The rule of its finding."""
        return self.rule or f"{self.look}-{self.slug}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A row that something rests on: the cells of a table, and the intervention (by year and key) that it leads to."""

    cells: tuple[str, ...]
    year: int = 0
    line: str = ""


@dataclass(frozen=True, slots=True)
class Noticed:
    """One thing that was noticed. `about` makes it this one and no other; `facts` are what it rests on.

    `named` is what stands in the plan beside the pattern, such as the name of a programme, and never a pupil's. `line` is
    the key of the intervention that it is about, if it is about one.
    """

    pattern: Pattern
    about: tuple[str, ...]
    facts: tuple[str, ...]
    says: str
    pupil: str = ""
    named: tuple[str, ...] = ()
    rows: tuple[Evidence, ...] = ()
    line: str = ""

    @property
    def key(self) -> str:
        """What it is known by from year to year; it fits into an address and gives nothing away."""
        return f"{self.pattern.slug}.{_digest(self.about)[:24]}"

    @property
    def digest(self) -> str:
        """Another one as soon as the facts are others."""
        return _digest(self.facts)


def still_open(found: Iterable[Noticed], set_aside: SetAside) -> tuple[Noticed, ...]:
    """What nobody has set aside, or what was set aside when its facts were others."""
    return tuple(each for each in found if (each.key, each.digest) not in set_aside)


def _digest(parts: tuple[str, ...]) -> str:
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()
