"""The week of the made-up primary school's learning mentor, who is in two places on Tuesdays, and groups with places left."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from vfm.store.audit import By
from vfm.store.provision import InterventionRow, SlotRow
from vfm.store.rows import add_row, change_row, rows_of

TEN = 10 * 60
Slots = Sequence[tuple[int, int | None, int]]
"""Weekday, week of a two-week timetable, minute of the day."""
WEEK: dict[str, Slots] = {
    "Emotional literacy support": tuple((weekday, None, TEN) for weekday in range(5)),
    "Drawing and talking": ((1, None, TEN + 30), (3, 1, 13 * 60)),
}
PLACES = {
    "Phonics catch-up, Year 2": (6, "Does not pass the phonics check in Year 1."),
    "Precision teaching of common words": (5, "Reads fewer than 30 common words at sight after two terms of phonics."),
    "Handwriting and letter formation": (4, "Letters cannot be read by another child."),
    "Social stories and comic strips": (4, "Falls out with others at play three times a week or more."),
    "Emotional literacy support": (6, "The teacher and a parent both see a worry that does not pass in half a term."),
    "Touch typing": (6, "Writing by hand is too slow for what the child has to say."),
}


def add_weeks(db: Session, school_id: int, year: int, by: By) -> None:
    """When the learning mentor's sessions are, and places with what is asked at entry."""
    for row in rows_of(db, InterventionRow, school_id, year=year):
        if row.name in PLACES:
            places, entry = PLACES[row.name]
            change_row(db, row, row.version, by, "intervention", places=places, entry=entry)
        if row.name in WEEK:
            change_row(db, row, row.version, by, "intervention", sessions_a_week=None, weeks=None)
        for weekday, week, starts in WEEK.get(row.name, ()):
            add_row(
                db, SlotRow, school_id, by, "when it runs", intervention_id=row.id, weekday=weekday, week=week, starts=starts
            )  # fmt: skip
