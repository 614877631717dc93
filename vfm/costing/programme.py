"""A programme: what it is called, what kind of support it is, how it usually runs, and what is known of it.

Names are compared, never guessed: "Lexia Core 5" and "lexia core-5" are one name, "Lexia Core" is another.
"""

import unicodedata
from calendar import month_name
from dataclasses import dataclass, fields
from decimal import Decimal
from urllib.parse import urlsplit

from vfm.costing.intervention import Tier
from vfm.money import Number
from vfm.pupils.pupil import AreaOfNeed

KINDS = (
    "agency visit", "assistive technology", "attention", "behaviour", "club", "comprehension", "early language",
    "early number", "early reading", "emotional literacy", "handwriting", "in-class support", "mentoring", "motor skills",
    "number", "personal care", "phonics", "pre-teaching", "precision teaching", "reading fluency", "sensory",
    "social communication", "speech and language", "spelling", "therapy", "transition", "tuition",
)  # fmt: skip
MIXED = "More than one area"
_SPOKEN = str.maketrans({"&": " and ", "@": " at ", "+": " plus ", "™": " ", "®": " ", "©": " "})


def folded(name: str) -> str:
    """A name as it is compared: without case, spaces and punctuation, with & as "and", @ as "at" and + as "plus".

    Two numbers stay apart: "1:1 reading" is not "11 reading".
    """
    text = name.translate(_SPOKEN)
    for _ in range(2):  # a letter in one small case may have another spelling
        text = unicodedata.normalize("NFKC", text).translate(_SPOKEN).casefold()
    kept = ""
    for part in "".join(" " if unicodedata.category(letter)[0] in "PZC" else letter for letter in text).split():
        kept += f" {part}" if kept and kept[-1].isnumeric() and part[0].isnumeric() else part
    return unicodedata.normalize("NFKC", kept) or " ".join(name.split())


@dataclass(frozen=True, slots=True)
class Span:
    """From so many to so many, both included; the same twice where there is one number."""

    low: Number
    high: Number

    @property
    def only(self) -> Number | None:
        """The one number, or None where there is a range."""
        return self.low if self.low == self.high else None

    @property
    def words(self) -> str:
        return _plain(self.low) if self.low == self.high else f"{_plain(self.low)} to {_plain(self.high)}"


def exactly(number: Number | None) -> Span | None:
    """One number as a span, or None."""
    return None if number is None else Span(number, number)


def _plain(number: Number) -> str:
    return f"{number.normalize():f}" if isinstance(number, Decimal) else str(number)


@dataclass(frozen=True, slots=True)
class Usual:
    """How a programme usually runs: minutes of a session, sessions, weeks, pupils in a group, who leads it."""

    minutes: Span | None = None
    sessions_a_week: Span | None = None
    weeks: Span | None = None
    sessions_in_total: Span | None = None
    group: Span | None = None
    led_by: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != Usual()

    def filled_from(self, other: "Usual") -> "Usual":
        """The same, with what it does not say taken from another."""
        return Usual(*(getattr(self, each.name) or getattr(other, each.name) for each in fields(self)))

    @property
    def words(self) -> str:
        """Such as "30 minutes, 4 times a week, for 12 to 24 weeks; one pupil at a time; led by a teacher"."""
        return "; ".join(part for part in (self.when, self._who(), self._led()) if part)

    @property
    def when(self) -> str:
        """Such as "30 minutes, 4 times a week, for 12 to 24 weeks"."""
        parts = [
            self.minutes and f"{self.minutes.words} minutes",
            self.sessions_a_week and f"{_times(self.sessions_a_week)} a week",
            self.weeks and f"for {self.weeks.words} {'week' if self.weeks.only == 1 else 'weeks'}",
            self.sessions_in_total and f"{self.sessions_in_total.words} sessions in all",
        ]
        return ", ".join(part for part in parts if part)

    def _who(self) -> str:
        if self.group is None:
            return ""
        return "one pupil at a time" if self.group.only == 1 else f"{self.group.words} pupils at a time"

    def _led(self) -> str:
        *before, last = [LEADERS[each] for each in self.led_by] or [""]
        return f"led by {' or '.join(filter(None, (', '.join(before), last)))}" if last else ""


LEADERS = {
    "teacher": "a teacher",
    "specialist teacher": "a specialist teacher",
    "higher-level teaching assistant": "a higher-level teaching assistant",
    "teaching assistant": "a teaching assistant",
    "learning mentor": "a learning mentor",
    "outside agency": "an outside agency",
    "volunteer": "a volunteer",
    "other pupils": "other pupils",
}


def _times(sessions: Span) -> str:
    return {"1": "once", "2": "twice"}.get(sessions.words, f"{sessions.words} times")


@dataclass(frozen=True, slots=True)
class Programme:
    """One programme, of a school's catalogue or of the starter library. Its names are its name and its aliases.

    `unclear` words may mean it and something else; they never stand for it. `general` marks a plain label. `usual` and
    `evidence` were read in the `sources` at `looked_up` (year and month, or a day); the school's own have none.
    """

    key: str
    name: str
    tier: Tier
    kind: str = ""
    areas: tuple[AreaOfNeed, ...] = ()
    aliases: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    general: bool = False
    usual: Usual = Usual()
    usual_note: str = ""
    evidence: str = ""
    how_to_enter: str = ""
    sources: tuple[str, ...] = ()
    looked_up: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)

    @property
    def need(self) -> str:
        """Its area of need as one line of the provision map would have it."""
        return self.areas[0].words if len(self.areas) == 1 else MIXED if self.areas else ""

    @property
    def area_words(self) -> str:
        return ", ".join(area.words for area in self.areas)

    @property
    def cited(self) -> tuple[tuple[str, str], ...]:
        """Each source: the site on which it stands, and its address."""
        return tuple(((urlsplit(url).hostname or url).removeprefix("www."), url) for url in self.sources)

    @property
    def looked_up_words(self) -> str:
        """Such as "November 2026", or "24 November 2026" where the day is known."""
        year, month, *day = self.looked_up.split("-")
        return " ".join((*(str(int(each)) for each in day), month_name[int(month)], year))


def same(name: str, programme: Programme) -> bool:
    """Whether a name is the programme's own or one of its aliases."""
    return folded(name) in {folded(each) for each in programme.names}
