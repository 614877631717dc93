"""What a made-up school repeated over the years: the child on the same reading programme in four of them, and others."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from vfm.costing.catalogue import Catalogue
from vfm.demo.provision import CL, HLTA, TA
from vfm.store.audit import By
from vfm.store.programmes import named_or_added
from vfm.store.provision import GiverRow, InterventionRow, NotRunRow, SlotRow, TakesPartRow
from vfm.store.pupils import PupilRow
from vfm.store.reviews import start_review
from vfm.store.rows import add_row, change_row, rows_of
from vfm.store.section_f import keep_section_f
from vfm.store.staff import StaffRoleRow
from vfm.store.timetables import new_likes, set_lessons
from vfm.store.waiting import WaitingRow
from vfm.store.year_groups import groups_in
from vfm.value.section_f import Per
from vfm.value.timetable import read_lessons

LESSONS = """Monday 09:00-10:00 English
Monday 10:00-11:00 Maths
Tuesday 09:00-10:00 Music
Tuesday 10:00-11:00 Maths
Wednesday 09:00-10:00 English
Wednesday 13:30-14:30 PE
Thursday 09:00-10:00 Maths
Thursday 13:30-14:30 Art, week A
Thursday 13:30-14:30 Science, week B
Friday 14:00-15:00 Music"""
OUT = (("Nessy", ((1, 550), (4, 850))), ("Lexia with headphones", ((1, 565),)))
"""Lines of the map that take the child out of class, on which weekday, from which minute of the day."""
SECTION_F = ((0, "25", Per.WEEK), (1, "6", Per.WEEK), (2, "584.25", Per.YEAR))
"""Hours of the plans of pupils with top-up, by place: more than the map plans, as many, and more than will have run."""
WAITS = (
    (3, "An assessment by a speech and language therapist", "The children's therapy service", 31, None),
    (8, "An educational psychologist's advice", "The authority's psychology service", 9, None),
    (14, "A place in the autism outreach group", "The outreach team", 20, 4),
)
"""Who waits (by place in the register), for what, asked of whom, since how many weeks, and until how many weeks ago."""
EARLIER = 3
"""How many years before this one the school looks back on."""


@dataclass(frozen=True, slots=True)
class Once:
    """One line of the map so many years ago: what the programme was called then, who was in it (by place), what came of it."""

    ago: int
    name: str
    programme: str
    pupils: tuple[int, ...]
    result: str | None = None
    role: str = TA
    starts: tuple[int, int] | None = None
    ends: tuple[int, int] | None = None
    decision: str | None = None
    why: str = ""
    of: str = "K"
    minutes: int = 20


STORY = (
    Once(3, "Reading on the tablets", "Nessy Learning", (0, 1), "partly", decision="continue", why="They liked it"),
    Once(2, "Nessy before lunch", "NESSY", (0, 1), "not"),
    Once(1, "Reading programme, screen", "Nessy Programme", (0, 1)),
    Once(0, "Nessy", "Nessy Reading and Spelling", (0,)),
    Once(0, "Lexia with headphones", "Lexia", (0, 1)),
    Once(2, "Touch typing club", "Touch typing lessons", (2,), "met"),
    Once(0, "Touch typing again", "Touch typing lessons", (2,)),
    Once(0, "Toe by Toe, autumn", "TbT", (3,), "met", starts=(9, 14), ends=(10, 16)),
    Once(0, "Toe by Toe, after half-term", "Toe by Toe", (3,), role=HLTA, starts=(11, 2), ends=(12, 11)),
    Once(1, "Spelling in the library", "Spelling of long words", (4,), "partly"),
    Once(0, "Mornings with an adult, since the move", "Settling in", (0,), of="N", minutes=120),
)


def add_history(
    db: Session, school_id: int, year: int, roles: dict[str, StaffRoleRow], pupils: Sequence[PupilRow], library: Catalogue,
    by: By,
) -> None:  # fmt: skip
    """Reviews of earlier years, and the lines of the map that tell the story."""
    eldest = eldest_first(db, school_id, year, pupils)
    for ago in range(EARLIER, 0, -1):
        start_review(db, school_id, year - ago, by)
    for each in STORY:
        called = named_or_added(db, school_id, each.programme, library, by, tier="targeted", need=CL)
        row = add_row(
            db, InterventionRow, school_id, by, "intervention", year=year - each.ago, name=each.name, tier="targeted", need=CL,
            programme_id=called.identity, minutes=Decimal(each.minutes), sessions_a_week=Decimal(3), weeks=None if each.starts else Decimal(20),
            outcome="Reads the books of the class with less help.", starts_on=_day(year, each.starts),
            ends_on=_day(year, each.ends), reviewed_on=_day(year - each.ago, (11, 20)) if each.decision else None,
            reviewed_by="The SENCO" if each.decision else "", decision=each.decision, decision_why=each.why, estimated=False,
        )  # fmt: skip
        add_row(
            db, GiverRow, school_id, by, "who gives it", intervention_id=row.id, kind="staff", number=Decimal(1),
            role_id=roles[each.role].id,
        )  # fmt: skip
        those = [pupil for pupil in eldest if pupil.status == each.of]
        for place in each.pupils:
            add_row(
                db, TakesPartRow, school_id, by, "who takes part", intervention_id=row.id, pupil_id=those[place].id,
                result=each.result,
            )  # fmt: skip


def _day(year: int, day: tuple[int, int] | None) -> dt.date | None:
    return dt.date(year, *day) if day else None


def eldest_first(db: Session, school_id: int, year: int, pupils: Sequence[PupilRow]) -> list[PupilRow]:
    """The pupils by year group in a year, the highest first."""
    groups = groups_in(db, school_id, year)
    return sorted(pupils, key=lambda each: -(groups[each.id] or 0))


def add_section_f(db: Session, school_id: int, year: int, pupils: Sequence[PupilRow], by: By) -> None:
    """Hours in Section F, and sessions of the last of these pupils that did not run."""
    funded = [pupil for pupil in pupils if pupil.top_up]
    for place, hours, per in SECTION_F:
        keep_section_f(db, school_id, funded[place].id, 0, Decimal(hours), per.value, by)
    lines = {row.id for row in rows_of(db, InterventionRow, school_id, year=year)}
    parts = rows_of(db, TakesPartRow, school_id, pupil_id=funded[SECTION_F[-1][0]].id)
    add_row(
        db, NotRunRow, school_id, by, "sessions that did not run", sessions=Decimal(4), why="The adult was ill",
        intervention_id=next(part.intervention_id for part in parts if part.intervention_id in lines),
    )  # fmt: skip


def add_waiting(db: Session, school_id: int, today: dt.date, pupils: Sequence[PupilRow], by: By) -> None:
    """The waiting list: one who waits long, one who does not, and one whose waiting is over."""
    for place, waits_for, asked_of, weeks, ago in WAITS:
        add_row(
            db, WaitingRow, school_id, by, "waiting list entry", pupil_id=pupils[place].id, waits_for=waits_for, asked_of=asked_of,
            since=today - dt.timedelta(weeks=weeks), until=None if ago is None else today - dt.timedelta(weeks=ago),
        )  # fmt: skip


def add_week(db: Session, school_id: int, year: int, pupils: Sequence[PupilRow], by: By) -> None:
    """The timetable of Year 6, when sessions begin, and what the child of the story loves: she misses both music lessons."""
    set_lessons(db, school_id, year, (), read_lessons(LESSONS), by, year_group=6)
    child = next(pupil for pupil in eldest_first(db, school_id, year, pupils) if pupil.status == "K")
    new_likes(db, school_id, child.id, by, enjoys="Music, PE", good_at="Music")
    for row in rows_of(db, InterventionRow, school_id, year=year):
        for weekday, starts in dict(OUT).get(row.name, ()):
            change_row(db, row, row.version, by, "intervention", sessions_a_week=None, weeks=None, withdrawn=True)
            add_row(db, SlotRow, school_id, by, "when it runs", intervention_id=row.id, weekday=weekday, starts=starts)
