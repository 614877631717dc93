"""A week of each member of staff, as the map has it: what is given when, for how long, and where one person is in two places."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from vfm.costing.calendar import Calendar
from vfm.costing.costed import CostedIntervention
from vfm.costing.delivery import OnDays, Slot, slot_marks
from vfm.costing.intervention import Intervention, Staff
from vfm.costing.provision_map import CostedMap
from vfm.money import add_up
from vfm.value.timetable import Times
from vfm.value.weekly import letter_of, minutes_a_week, minutes_of, monday, runs_between, sessions_a_week, times_of

FRIDAY = dt.timedelta(days=4)


@dataclass(frozen=True, slots=True)
class Who:
    """A member of staff by key, or a role of which nobody is named."""

    key: str
    person: bool


@dataclass(frozen=True, slots=True)
class Session:
    """One session of the usual week; `letter` A or B where it is in one of two weeks only; `times` None: not known."""

    line: CostedIntervention
    slot: Slot
    letter: str
    times: Times | None
    minutes: Fraction

    @property
    def it(self) -> Intervention:
        return self.line.intervention


@dataclass(frozen=True, slots=True)
class Clash:
    """Two sessions of one person that meet, and the pupil days of the year on which both are."""

    one: Session
    other: Session
    days: tuple[dt.date, ...]


@dataclass(frozen=True, slots=True)
class StaffWeek:
    """What one person, or the unnamed of one role, gives in a week. Times are exact minutes a week, over two weeks on average.

    `sessions` are on known days, in order; of `loose` lines only the sessions a week are known; `irregular` ones are not
    every week. `clashes` are those of the whole year. `heads` says how many of a role a line asks for, by its key.
    """

    who: Who
    sessions: tuple[Session, ...]
    loose: tuple[CostedIntervention, ...]
    irregular: tuple[CostedIntervention, ...]
    contact: Fraction
    preparation: Fraction
    clashes: tuple[Clash, ...]
    heads: tuple[tuple[str, Fraction], ...]

    @property
    def minutes(self) -> Fraction:
        """With preparation."""
        return self.contact + self.preparation

    @property
    def letters(self) -> tuple[str, ...]:
        """The weeks to show: both where something is in one of them only, else one without a letter."""
        return ("A", "B") if any(each.letter for each in self.sessions) else ("",)

    def on(self, weekday: int, letter: str) -> tuple[Session, ...]:
        """What is on a weekday (Monday 0), in week A or B."""
        return tuple(
            each
            for each in self.sessions
            if each.slot.weekday == weekday and each.letter in ("", letter or each.letter)
        )


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that somebody gives, and how many of them (or what part of one) it takes."""

    costed: CostedIntervention
    heads: Fraction
    preparation: Fraction


def staff_weeks(costed: CostedMap, day: dt.date, same: Callable[[str], str] = str) -> tuple[StaffWeek, ...]:
    """The week that holds a day: people first, then roles that name nobody, each in order of first appearance.

    `same` gives the key of the human being behind a contract: whoever has two is in one place at a time all the same.
    """
    lines: dict[Who, list[_Line]] = {}
    for each in costed.interventions:
        for who, line in _givers(each, same):
            if not (who.person and any(there.costed is each for there in lines.get(who, ()))):
                lines.setdefault(who, []).append(line)
    weeks = [_week(who, its, costed.calendar, monday(day)) for who, its in lines.items()]
    return tuple(sorted(weeks, key=lambda one: not one.who.person))


def _givers(each: CostedIntervention, same: Callable[[str], str]) -> Iterator[tuple[Who, _Line]]:
    for staff in each.intervention.staff:
        number, named = Fraction(staff.number), Fraction(0)
        preparation = _preparation(each.intervention, staff)
        if staff.person:
            named = min(Fraction(1), number)
            yield Who(same(staff.person), person=True), _Line(each, named, preparation)
        if number > named:
            yield Who(staff.role, person=False), _Line(each, number - named, preparation)


def _preparation(it: Intervention, staff: Staff) -> Fraction:
    """Minutes a week of one of them."""
    own = it.preparation if staff.preparation is None else staff.preparation
    return Fraction(own) * (sessions_a_week(it) or 0)


def _week(who: Who, lines: list[_Line], calendar: Calendar, first: dt.date) -> StaffWeek:
    now = [line for line in lines if runs_between(line.costed.intervention, first, first + FRIDAY)]
    every = [each for line in lines for each in _sessions(line.costed, calendar)]
    there = {id(line.costed) for line in now}
    weekly = [line for line in now if minutes_a_week(line.costed.intervention) is not None]
    return StaffWeek(
        who=who,
        sessions=tuple(sorted((each for each in every if id(each.line) in there), key=_order)),
        loose=tuple(line.costed for line in weekly if not isinstance(line.costed.intervention.delivery, OnDays)),
        irregular=tuple(line.costed for line in now if minutes_a_week(line.costed.intervention) is None),
        contact=add_up(line.heads * (minutes_a_week(line.costed.intervention) or 0) for line in weekly),
        preparation=add_up(line.heads * line.preparation for line in weekly),
        clashes=tuple(_clashes(every, calendar)) if who.person else (),
        heads=tuple((line.costed.intervention.id, line.heads) for line in now),
    )


def _sessions(costed: CostedIntervention, calendar: Calendar) -> Iterator[Session]:
    it = costed.intervention
    if isinstance(it.delivery, OnDays):
        for slot in it.delivery.slots:
            yield Session(costed, slot, letter_of(slot, it, calendar), times_of(slot, it), minutes_of(slot, it))


def _order(each: Session) -> tuple[int, bool, int, str]:
    """By day and time; what has no time comes last."""
    starts = each.times.starts if each.times else 0
    return each.slot.weekday, each.times is None, starts, each.line.name


def _clashes(sessions: Iterable[Session], calendar: Calendar) -> Iterator[Clash]:
    timed = sorted((each for each in sessions if each.times), key=_order)
    for one, other in combinations(timed, 2):
        if one.slot.weekday == other.slot.weekday and one.times and other.times and one.times.meets(other.times):
            days = tuple(_days_of_both(one, other, calendar))
            if days:
                yield Clash(one, other, days)


def _days_of_both(one: Session, other: Session, calendar: Calendar) -> Iterator[dt.date]:
    first = max(one.line.run.first, other.line.run.first)
    last = min(one.line.run.last, other.line.run.last)
    marks, others = (slot_marks(each.slot, calendar, each.it.starts_on) for each in (one, other))
    for place in range(first, last + 1):
        if marks[place + 1] > marks[place] and others[place + 1] > others[place]:
            yield calendar.year.first_day + dt.timedelta(days=place)
