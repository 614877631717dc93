"""What was said and agreed of the child who repeats a programme, and how often she and others were there."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from vfm.demo.coherence import eldest_first
from vfm.store.attendance import keep_attendance
from vfm.store.audit import By
from vfm.store.provision import TakesPartRow, intervention_rows_of_pupil
from vfm.store.pupil_reviews import PupilReviewRow
from vfm.store.pupil_views import PupilViewRow
from vfm.store.pupils import PupilRow
from vfm.store.rows import add_row, change_row, rows_of

ATTENDANCE = (("93.5", 0), ("91", 1), ("88.75", 2))
VIEWS = (
    (0, "Nessy", "pupil", (11, 6), "I can do the games now. I always miss Music for it and I am in the choir.", False),
    (
        0,
        "Nessy",
        "parent",
        (11, 9),
        "She reads more at home, but she cries on Tuesdays because she misses Music.",
        None,
    ),
    (0, "", "parent", (10, 2), "We would like one person whom we can ask.", None),
    (2, "Nessy before lunch", "pupil", (6, 20), "It was the same as last year.", False),
)
"""How many years ago, of which line (none: of the year), whose, on which day, what, and whether it was worth it."""
REVIEWS = (
    (0, (10, 2), "support", "The pupil, a parent, class teacher, SENCO", "Nessy goes on until half-term, at another time than Music. Then we look at reading age, and choose something else if it has not moved."),
    (1, (6, 24), "support", "A parent, class teacher, SENCO", "One more year of the reading programme, with an adult beside her."),
)  # fmt: skip
MISSES = ("Nessy", "Music")
LOGGED = ("Lexia with headphones", "17")
"""The lesson that she misses for a line, and the sessions of another that were logged for her."""


def add_voices(db: Session, school_id: int, year: int, pupils: Sequence[PupilRow], by: By) -> None:
    """Attendance of everybody with SEN this year; views, reviews and logged sessions of the child of the story."""
    child = next(pupil for pupil in eldest_first(db, school_id, year, pupils) if pupil.status == "K")
    for percent, ago in ATTENDANCE:
        for pupil in pupils if ago == 0 else [child]:
            if pupil.status != "N":
                keep_attendance(db, school_id, pupil.id, year - ago, 0, Decimal(percent), by)
    for ago, line, voice, day, said, worth in VIEWS:
        lines = {row.name: row.id for row in intervention_rows_of_pupil(db, school_id, child.id, year - ago)}
        add_row(
            db, PupilViewRow, school_id, by, "view", pupil_id=child.id, year=year - ago, voice=voice, on=_day(year - ago, day),
            intervention_id=lines[line] if line else None, said=said, worth_it=worth,
        )  # fmt: skip
    for ago, day, kind, who, agreed in REVIEWS:
        add_row(
            db, PupilReviewRow, school_id, by, "review of the pupil", pupil_id=child.id, year=year - ago, on=_day(year - ago, day),
            kind=kind, who=who, agreed=agreed,
        )  # fmt: skip
    mine = {row.name: row for row in intervention_rows_of_pupil(db, school_id, child.id, year)}
    change_row(db, mine[MISSES[0]], mine[MISSES[0]].version, by, "intervention", lesson=MISSES[1])
    for part in rows_of(db, TakesPartRow, school_id, intervention_id=mine[LOGGED[0]].id, pupil_id=child.id):
        change_row(db, part, part.version, by, "who takes part", sessions_received=Decimal(LOGGED[1]))


def _day(year: int, day: tuple[int, int]) -> dt.date:
    """A day and month of an academic year."""
    return dt.date(year + (day[0] < 9), *day)
