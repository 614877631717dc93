"""The year planner: every day of a school's year that somebody waits for, in order, as the page and the calendar file show it."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from vfm.costing.calendar import AcademicYear
from vfm.plan.official_days import Source, official_days
from vfm.questions.school import School
from vfm.value.year_end import NEARLY_OVER


@dataclass(frozen=True, slots=True)
class Planned:
    """A day: `key` names it for ever, `what` says what it is for, `leads_to` where it is dealt with.

    `plain` stands in place of a name that people wrote, where it must not leave the school.
    """

    key: str
    day: dt.date
    name: str
    what: str
    leads_to: str = ""
    plain: str = ""
    source: Source | None = None

    def past(self, today: dt.date) -> bool:
        """Whether the day is over."""
        return self.day < today


def planner(year: AcademicYear, school: School, own: Iterable[Planned]) -> tuple[Planned, ...]:
    """The days of a year in order: those that others set, the school's `own`, and the year's end."""
    official = [
        Planned(f"{each.key}-{each.day.year}", each.day, each.name, each.what, source=each.source)
        for each in official_days(year, school)
    ]
    return tuple(sorted([*official, *_ends(year), *own], key=lambda each: (each.day, each.name, each.key)))


def _ends(year: AcademicYear) -> Sequence[Planned]:
    spring, after = year.start + 1, AcademicYear(year.start + 1).words
    return (
        Planned(
            f"year-end-{spring}", dt.date(spring, *NEARLY_OVER), f"Next year’s map, {after}",
            "From now on the draft of next year’s map can be made from this year’s: what continues, changes or stops", "year-end",
        ),
        Planned(f"last-day-{spring}", year.last_day, "Last day of the academic year", "This year’s map and its figures end here"),
    )  # fmt: skip


def without_names(days: Iterable[Planned], named: Collection[str]) -> tuple[Planned, ...]:
    """The days as they may leave the school: where a pupil may be named (by key), plain words in place of the name."""
    return tuple(replace(each, name=each.plain) if each.key in named and each.plain else each for each in days)
