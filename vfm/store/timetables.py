"""Remembers the lessons of a year group or of one pupil, and what each pupil enjoys and is good at."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column

from vfm.store.audit import By
from vfm.store.programmes import hold_catalogue
from vfm.store.rows import RegisterRow, add_row, remove_row, rows_of
from vfm.store.tables import Words, refers
from vfm.value.timetable import Lesson, Times
from vfm.value.withdrawal import Likes, Week

BETWEEN = ", "


class LessonRow(RegisterRow):
    """A lesson of an academic year's timetable: of a year group, or of one pupil whose week is another."""

    __tablename__ = "lesson"
    values_audited: ClassVar[bool] = False  # one pupil's week is a value of that pupil
    year: Mapped[int]
    year_group: Mapped[int | None]
    pupil_id: Mapped[int | None] = mapped_column(BigInteger)
    weekday: Mapped[int]
    week: Mapped[int | None]
    starts: Mapped[int]
    ends: Mapped[int]
    subject: Mapped[Words]
    __table_args__ = (
        CheckConstraint("(year_group IS NULL) <> (pupil_id IS NULL)", name="of_group_or_pupil"),
        CheckConstraint("year_group BETWEEN -2 AND 14", name="year_group_range"),
        CheckConstraint("weekday BETWEEN 0 AND 4", name="weekday_range"),
        CheckConstraint("week BETWEEN 1 AND 2", name="week_range"),
        CheckConstraint("starts BETWEEN 0 AND 1438", name="starts_range"),
        CheckConstraint("ends BETWEEN 1 AND 1439 AND ends > starts", name="times_in_order"),
        refers("pupil_id", "pupil", ondelete="CASCADE"),
    )


class LikesRow(RegisterRow):
    """What a pupil enjoys and is good at: subjects with commas between them."""

    __tablename__ = "likes"
    values_audited: ClassVar[bool] = False
    pupil_id: Mapped[int] = mapped_column(BigInteger)
    enjoys: Mapped[Words] = mapped_column(default="")
    good_at: Mapped[Words] = mapped_column(default="")
    __table_args__ = (
        UniqueConstraint("school_id", "pupil_id"),
        refers("pupil_id", "pupil", ondelete="CASCADE"),
    )


def subjects_in(text: str) -> tuple[str, ...]:
    """The subjects of a text with commas."""
    return tuple(" ".join(part.split()) for part in text.split(",") if part.strip())


def week_of(db: Session, school_id: int, year: int) -> Week:
    """Everything that is known of pupils' weeks, with two selects."""
    of_group: defaultdict[int, list[Lesson]] = defaultdict(list)
    of_pupil: defaultdict[str, list[Lesson]] = defaultdict(list)
    for row in rows_of(db, LessonRow, school_id, year=year):
        if row.pupil_id is not None:
            of_pupil[str(row.pupil_id)].append(_lesson(row))
        elif row.year_group is not None:
            of_group[row.year_group].append(_lesson(row))
    likes = {
        str(row.pupil_id): Likes(subjects_in(row.enjoys), subjects_in(row.good_at))
        for row in rows_of(db, LikesRow, school_id)
    }
    return Week(
        {key: tuple(its) for key, its in of_group.items()}, {key: tuple(its) for key, its in of_pupil.items()}, likes
    )


def _lesson(row: LessonRow) -> Lesson:
    return Lesson(row.weekday, Times(row.starts, row.ends), row.subject, row.week)


def lessons_of(db: Session, school_id: int, year: int, **whose: int) -> tuple[Lesson, ...]:
    """The timetable of a `year_group` or of a `pupil_id`."""
    return tuple(_lesson(row) for row in rows_of(db, LessonRow, school_id, year=year, **whose))


def set_lessons(
    db: Session, school_id: int, year: int, seen: Iterable[Lesson], wanted: Iterable[Lesson], by: By, **whose: int
) -> bool:
    """Writes a timetable, if it still is what was `seen`; False: somebody changed it meanwhile."""
    hold_catalogue(db, school_id)
    there = {_lesson(row): row for row in rows_of(db, LessonRow, school_id, year=year, **whose)}
    if set(there) != set(seen):
        return False
    new, what = set(wanted), "timetable"
    for lesson, row in there.items():
        if lesson not in new:
            remove_row(db, row, by, what)
    for lesson in sorted(new - set(there), key=lambda each: each.line):
        add_row(
            db, LessonRow, school_id, by, what, year=year, weekday=lesson.weekday, week=lesson.week, subject=lesson.subject,
            starts=lesson.times.starts, ends=lesson.times.ends, **whose,
        )  # fmt: skip
    return True


def likes_row(db: Session, school_id: int, pupil_id: int) -> LikesRow | None:
    """What one pupil enjoys and is good at, or None."""
    return next(iter(rows_of(db, LikesRow, school_id, pupil_id=pupil_id)), None)


def as_kept(text: str) -> str:
    """Subjects as they are kept, each once."""
    return BETWEEN.join(dict.fromkeys(subjects_in(text)))


def new_likes(db: Session, school_id: int, pupil_id: int, by: By, **values: Any) -> LikesRow | None:
    """The first row of a pupil; None where a colleague's is there already."""
    hold_catalogue(db, school_id)
    if likes_row(db, school_id, pupil_id) is not None:
        return None
    return add_row(db, LikesRow, school_id, by, f"likes of pupil {pupil_id}", pupil_id=pupil_id, **values)
