"""Remembers in which year group a pupil is in which academic year; every other year is worked out from it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, UniqueConstraint, exists, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from vfm.pupils.year_groups import YearStep, group_in, steps_for
from vfm.store.audit import By, record
from vfm.store.ids import new_id
from vfm.store.reviews import ReviewRow
from vfm.store.rows import RegisterRow
from vfm.store.tables import refers


class YearStepRow(RegisterRow):
    """In the academic year `year` a pupil is in `year_group` (nursery -1, reception 0), and moves up by one each year after."""

    __tablename__ = "year_step"
    values_audited: ClassVar[bool] = False
    pupil_id: Mapped[int] = mapped_column(BigInteger)
    year: Mapped[int]
    year_group: Mapped[int]
    __table_args__ = (
        UniqueConstraint("school_id", "pupil_id", "year"),
        CheckConstraint("year_group BETWEEN -2 AND 14", name="year_group_range"),
        refers("pupil_id", "pupil", ondelete="CASCADE"),
    )

    @property
    def step(self) -> YearStep:
        return YearStep(self.year, self.year_group)


def steps_of(
    db: Session, school_id: int, among: Collection[int] | None = None
) -> dict[int, tuple[YearStep, ...]]:  # fmt: skip
    """What is known of every pupil's year groups, or of those `among`, by pupil, with one select."""
    found: defaultdict[int, list[YearStep]] = defaultdict(list)
    query = select(YearStepRow).where(YearStepRow.school_id == school_id)
    for row in db.scalars(query if among is None else query.where(YearStepRow.pupil_id.in_(among))):
        found[row.pupil_id].append(row.step)
    return {pupil: tuple(sorted(steps)) for pupil, steps in found.items()}


def groups_in(db: Session, school_id: int, year: int) -> dict[int, int | None]:
    """Every pupil's year group in an academic year; a pupil of whom nothing is known is not among them."""
    return {pupil: group_in(steps, year) for pupil, steps in steps_of(db, school_id).items()}


def set_groups(db: Session, school_id: int, year: int, wanted: Mapping[int, int], by: By) -> None:
    """Writes that these pupils are in these year groups in a year, where that is not worked out already; the caller commits.

    The years of earlier reviews keep what they show.
    """
    there: defaultdict[int, dict[int, YearStepRow]] = defaultdict(dict)
    query = select(YearStepRow).where(YearStepRow.school_id == school_id, YearStepRow.pupil_id.in_(wanted))
    for row in db.scalars(query):
        there[row.pupil_id][row.year] = row
    before = select(exists().where(ReviewRow.school_id == school_id, ReviewRow.year < year))
    earlier = bool(db.scalar(before))
    for pupil, group in wanted.items():
        steps = [row.step for row in there[pupil].values()]
        for step in steps_for(steps, year, group, earlier=earlier):
            _write(db, school_id, pupil, step, there[pupil].get(step.year))
        if steps and group_in(steps, year) != group:
            record(db, school_id, by, "changed", f"year group of pupil {pupil}")
    db.flush()


def _write(db: Session, school_id: int, pupil: int, step: YearStep, there: YearStepRow | None) -> None:
    if there is None:
        db.add(YearStepRow(school_id=school_id, id=new_id(), pupil_id=pupil, year=step.year, year_group=step.group))
    else:
        there.year_group, there.version = step.group, there.version + 1
