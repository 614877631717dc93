"""Withdrawal: sessions of a pupil that clash, and the lessons that a pupil misses for them, by subject."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

from vfm.costing.calendar import Calendar, day_words
from vfm.costing.costed import CostedIntervention
from vfm.costing.delivery import OnDays, Slot, slot_marks
from vfm.costing.group import days_in_it
from vfm.costing.intervention import Intervention
from vfm.costing.programme import folded
from vfm.costing.provision_map import CostedMap
from vfm.money import half_up, percent_words
from vfm.value.noticed import Noticed, Pattern
from vfm.value.timetable import Lesson, Times

A_QUARTER = Fraction(1, 4)
IN_ONE_WEEK = 2

CLASH = Pattern(
    "clash", "withdrawal", "Two sessions at the same time",
    "At least one pupil is down for two sessions at the same time",
    "Move one of the two sessions, or take the pupil out of one of them.",
)  # fmt: skip
LOVED = Pattern(
    "loved", "withdrawal", "Taken out of what the pupil enjoys or is good at",
    "At least one pupil is taken out of lessons that the pupil enjoys or is good at",
    "Find another time: what a child enjoys or is good at is the last thing to take away.",
)  # fmt: skip
MUCH = Pattern(
    "missed", "withdrawal", "Much of one subject is missed",
    "At least one pupil misses over a quarter of the lessons of a subject, or two or more of them in one week",
    "Spread the sessions over different subjects, change their times in the year, or agree how what is missed is made up.",
)  # fmt: skip
PATTERNS = (CLASH, LOVED, MUCH)


@dataclass(frozen=True, slots=True)
class Likes:
    """Subjects that a pupil enjoys, and those that the pupil is good at, as people wrote them."""

    enjoys: tuple[str, ...] = ()
    good_at: tuple[str, ...] = ()

    def why(self, subject: str) -> str:
        """Why a subject matters to the pupil; empty where it is neither."""
        name = folded(subject)
        parts = (("enjoys", self.enjoys), ("is good at", self.good_at))
        return " and ".join(words for words, its in parts if name in {folded(each) for each in its})


@dataclass(frozen=True, slots=True)
class Week:
    """What is known of the pupils' weeks: timetables of year groups and of single pupils (by key), and what pupils like."""

    of_group: Mapping[int, tuple[Lesson, ...]] = field(default_factory=dict)
    of_pupil: Mapping[str, tuple[Lesson, ...]] = field(default_factory=dict)
    likes: Mapping[str, Likes] = field(default_factory=dict)

    def lessons(self, pupil: str, group: int | None) -> tuple[Lesson, ...]:
        """A pupil's own timetable, else that of the year group."""
        return self.of_pupil.get(pupil) or self.of_group.get(-99 if group is None else group, ())


@dataclass(frozen=True, slots=True)
class Session:
    """An intervention on one day at one time."""

    line: Intervention
    on: dt.date
    times: Times


@dataclass(frozen=True, slots=True)
class Missed:
    """Lessons of one subject that a pupil misses, in part or whole, of all from the first such week to the last.

    `most` is how many in one week.
    """

    subject: str
    missed: int
    of: int
    most: int
    lines: tuple[Intervention, ...]

    @property
    def share(self) -> Fraction:
        return Fraction(self.missed, self.of)


def sessions_of(pupil: str, costed: CostedMap) -> list[Session]:
    """The sessions of a pupil whose time is known, by day and time, while the pupil is in them."""
    found = [each for one in costed.interventions for each in _sessions(pupil, one, costed.calendar)]
    return sorted(found, key=lambda each: (each.on, each.times.starts, each.line.id))


def _sessions(pupil: str, one: CostedIntervention, calendar: Calendar) -> Iterator[Session]:
    it = one.intervention
    member = next((each for each in it.members if each.pupil == pupil), None)
    if member is None or not isinstance(it.delivery, OnDays):
        return
    first, last = days_in_it(calendar, one.run, member.joined, member.left)
    start = calendar.year.first_day
    for slot in it.delivery.slots:
        minutes = it.minutes if slot.minutes is None else slot.minutes
        if slot.starts is not None and minutes:
            times = Times(slot.starts, slot.starts + half_up(Fraction(minutes)))
            for day in _days(slot, calendar, it.starts_on, max(first, one.run.first), min(last, one.run.last)):
                yield Session(it, start + dt.timedelta(days=day), times)


def _days(slot: Slot, calendar: Calendar, starts: dt.date | None, first: int, last: int) -> Iterator[int]:
    marks = slot_marks(slot, calendar, starts)
    return (day for day in range(first, last + 1) if marks[day + 1] > marks[day])


def missed_by(sessions: Iterable[Session], lessons: Sequence[Lesson], calendar: Calendar) -> tuple[Missed, ...]:
    """What sessions out of class take of each subject. Whoever stays in class misses nothing."""
    out: dict[dt.date, list[Session]] = {}
    for each in sessions:
        if each.line.withdrawn:
            out.setdefault(each.on, []).append(each)
    found = [_missed(subject, its, out, calendar) for subject, its in _by_subject(lessons).items()]
    return tuple(each for each in found if each)


def _by_subject(lessons: Iterable[Lesson]) -> dict[str, list[Lesson]]:
    found: dict[str, list[Lesson]] = {}
    for each in lessons:
        found.setdefault(folded(each.subject), []).append(each)
    return found


def _missed(
    subject: str, lessons: Sequence[Lesson], out: Mapping[dt.date, Sequence[Session]], calendar: Calendar
) -> Missed | None:
    hits = [
        (day, tuple(each for each in out.get(day, ()) if each.times.meets(lesson.times)))
        for day in calendar.pupil_days
        for lesson in lessons
        if _is_on(lesson, day, calendar)
    ]
    days = [day for day, its in hits if its]
    if not days:
        return None
    weeks = Counter(_monday(day) for day in days)
    lines = {each.line.id: each.line for _, its in hits for each in its}
    of = sum(min(weeks) <= _monday(day) <= max(weeks) for day, _ in hits)
    return Missed(lessons[0].subject, len(days), of, max(weeks.values()), tuple(lines.values()))


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _is_on(lesson: Lesson, day: dt.date, calendar: Calendar) -> bool:
    if lesson.weekday != day.weekday():
        return False
    first = calendar.pupil_days[0]
    weeks = (day - first + dt.timedelta(days=first.weekday())).days // 7
    return lesson.week in (None, weeks % 2 + 1)


def withdrawal_in(costed: CostedMap, groups: Mapping[str, int | None], week: Week) -> tuple[Noticed, ...]:
    """What to look at again, pupil by pupil (year group by key), in the order of the patterns."""
    found = [each for pupil, group in groups.items() for each in _of_pupil(pupil, group, costed, week)]
    return tuple(sorted(found, key=lambda each: PATTERNS.index(each.pattern)))


def _of_pupil(pupil: str, group: int | None, costed: CostedMap, week: Week) -> Iterator[Noticed]:
    sessions, likes = sessions_of(pupil, costed), week.likes.get(pupil, Likes())
    yield from _clashes(pupil, sessions)
    missed = missed_by(sessions, week.lessons(pupil, group), costed.calendar)
    for each in missed:
        why = likes.why(each.subject)
        says = f"{each.subject}: {_how_much(each)}."
        names, ids = [line.name for line in each.lines], [line.id for line in each.lines]
        facts = (str(each.missed), str(each.of), str(each.most), *ids)
        if why:
            said = f"{says} The pupil {why} it. For {', '.join(names)}."
            yield Noticed(LOVED, (pupil, folded(each.subject)), (*facts, why), said, pupil, tuple(names))
        if each.share > A_QUARTER or each.most >= IN_ONE_WEEK:
            said = f"{says} For {', '.join(names)}."
            yield Noticed(MUCH, (pupil, folded(each.subject)), facts, said, pupil, tuple(names))
    yield from _named(pupil, costed, likes, {folded(each.subject) for each in missed})


def _how_much(each: Missed) -> str:
    lessons = "1 lesson" if each.of == 1 else f"{each.of} lessons"
    return f"misses {each.missed} of {lessons} ({percent_words(each.share * 100)}), up to {each.most} in one week"


def _clashes(pupil: str, sessions: Sequence[Session]) -> Iterator[Noticed]:
    by_day: dict[dt.date, list[Session]] = {}
    for each in sessions:
        by_day.setdefault(each.on, []).append(each)
    pairs: dict[tuple[str, str], list[tuple[Session, Session]]] = {}
    for its in by_day.values():
        for one, other in combinations(its, 2):
            if one.times.meets(other.times):
                first, second = sorted((one, other), key=lambda each: each.line.id)
                pairs.setdefault((first.line.id, second.line.id), []).append((first, second))
    for (one_id, other_id), met in pairs.items():
        one, other = met[0]
        days = "day" if len(met) == 1 else "days"
        says = f"{one.line.name}, {one.times.words}, and {other.line.name}, {other.times.words}: "
        says += f"{len(met)} {days}, first on {day_words(one.on)}."
        facts = (one.times.words, other.times.words, str(len(met)))
        yield Noticed(CLASH, (pupil, one_id, other_id), facts, says, pupil, (one.line.name, other.line.name))


def _named(pupil: str, costed: CostedMap, likes: Likes, known: set[str]) -> Iterator[Noticed]:
    """Lessons that a line of the map itself says the pupil is taken from, where the timetable does not show them."""
    for each in costed.interventions:
        it = each.intervention
        if it.withdrawn and any(member.pupil == pupil for member in it.members):
            for subject in (part.strip() for part in it.lesson.replace(" and ", ",").split(",")):
                why = likes.why(subject)
                if why and folded(subject) not in known:
                    said = f"{subject}: the map says that {it.name} takes place in it. The pupil {why} it."
                    yield Noticed(LOVED, (pupil, folded(subject)), (it.id, why), said, pupil, (it.name,))
