"""Remembers the turn of a year: the draft of the next one, made in one transaction, and everything that undoing it takes back."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Table, UniqueConstraint, delete, exists, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from vfm.costing.calendar import AcademicYear
from vfm.store.audit import By, record
from vfm.store.copying import PARTS, copy_those
from vfm.store.ids import new_id
from vfm.store.programmes import hold_catalogue
from vfm.store.provision import InterventionRow
from vfm.store.pupil_views import PupilViewRow
from vfm.store.pupils import PupilRow
from vfm.store.reviews import ReviewRow, review_of, start_review
from vfm.store.rows import RegisterRow, change_held, change_row, rows_of
from vfm.store.tables import one_of
from vfm.store.year_groups import YearStepRow, set_groups, steps_of

DRAFT, CONFIRMED, UNDONE = STATES = "draft", "confirmed", "undone"
OF_A_YEAR_ALONE = (
    "intervention", "ledger", "time_not_tied", "bridge_entry", "lesson", "attendance", "pupil_view", "pupil_review",
)  # fmt: skip
"""Tables whose rows of a year show that somebody has worked on it."""


class RollOverRow(RegisterRow):
    """How a year was turned into the next; `made` is what was done, by key, so that it can be taken back.

    `turn` counts the times: a year that was undone may be turned again, and only the last turn can be a draft.
    """

    __tablename__ = "roll_over"
    year: Mapped[int]
    turn: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default=DRAFT)
    by_account: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    at: Mapped[dt.datetime]
    made: Mapped[dict[str, Any]] = mapped_column(JSON)
    __table_args__ = (UniqueConstraint("school_id", "year", "turn"), one_of("state", STATES))


@dataclass(frozen=True, slots=True)
class Choice:
    """What becomes of an intervention: continue, change or stop, and why."""

    row: InterventionRow
    decision: str
    reason: str


@dataclass(frozen=True, slots=True)
class Since:
    """What people did to a draft since it was made: interventions changed and taken away, and what would be left as they made it.

    `mark` is the same as long as nothing more is done.
    """

    changed: tuple[str, ...]
    removed: tuple[str, ...]
    days: int  # pupils whose last day is another one now
    groups: int  # pupils whose year group was changed again
    keeps_review: bool
    mark: str


def rolled_over(db: Session, school_id: int, year: int) -> RollOverRow | None:
    """How a year was turned, if it was and that was not undone."""
    query = select(RollOverRow).where(RollOverRow.school_id == school_id, RollOverRow.year == year)
    return db.scalar(query.where(RollOverRow.state != UNDONE).order_by(RollOverRow.turn.desc()).limit(1))


def draft_into(db: Session, school_id: int, year: int) -> RollOverRow | None:
    """How a year's map was made as a draft from the year before; None where it was not, or is confirmed."""
    query = select(RollOverRow).where(RollOverRow.school_id == school_id, RollOverRow.year == year - 1)
    return db.scalar(query.where(RollOverRow.state == DRAFT))


def make_draft(
    db: Session, school_id: int, year: int, choices: Sequence[Choice], leavers: Sequence[int], stayers: Mapping[int, int], by: By
) -> RollOverRow | None:  # fmt: skip
    """The next year's map, who leaves, and who stays in the year group, in the caller's transaction. None: somebody was first.

    None as well where the year's own map is a draft still: what rests on a draft would be left behind when that is undone.
    `stayers` are pupils with the year group in which they stay. Leavers leave on the last day of the academic year.
    """
    hold_catalogue(db, school_id)
    if rolled_over(db, school_id, year) is not None or draft_into(db, school_id, year) is not None:
        return None
    began = review_of(db, school_id, year + 1) is None
    start_review(db, school_id, year + 1, by)
    left = _leave(db, school_id, leavers, AcademicYear(year).last_day, by)
    stayed = _stay(db, school_id, year + 1, stayers, by)
    going = [each.row for each in choices if each.decision != "stop"]
    copies = {each.old: each.row for each in copy_those(db, school_id, going, year + 1, by).done}
    marks = marks_of(db, school_id, year + 1)
    lines = [
        {
            "old": each.row.id, "new": new.id if (new := copies.get(each.row.id)) else None, "name": each.row.name,
            "decision": each.decision, "reason": each.reason, "mark": marks[new.id] if new else "",
        }
        for each in choices
    ]  # fmt: skip
    made = {"review": began, "left": left, "stayed": stayed, "lines": lines}
    turns = select(RollOverRow.turn).where(RollOverRow.school_id == school_id, RollOverRow.year == year)
    turn = max(db.scalars(turns), default=0) + 1
    row = RollOverRow(
        school_id=school_id,
        id=new_id(),
        year=year,
        turn=turn,
        state=DRAFT,
        by_account=by.account_id,
        at=by.at,
        made=made,
    )
    db.add(row)
    record(db, school_id, by, "made the draft of the next year", str(year + 1))
    db.flush()
    return row


def _leave(db: Session, school_id: int, leavers: Sequence[int], day: dt.date, by: By) -> list[int]:
    done = []
    for row in rows_of(db, PupilRow, school_id):
        if row.id in leavers and row.left is None:
            change_row(db, row, row.version, by, f"pupil {row.id}", left=day)
            done.append(row.id)
    return done


def _stay(db: Session, school_id: int, year: int, stayers: Mapping[int, int], by: By) -> list[dict[str, Any]]:
    before = steps_of(db, school_id) if stayers else {}
    set_groups(db, school_id, year, stayers, by)
    after = steps_of(db, school_id) if stayers else {}
    return [{"pupil": each, "before": before.get(each, ()), "after": after[each]} for each in stayers]


def marks_of(db: Session, school_id: int, year: int) -> dict[int, str]:
    """A digest of each intervention of a year with its parts, by key: another one as soon as anything in it is changed."""
    found = {row.id: [f"{row.version}"] for row in rows_of(db, InterventionRow, school_id, year=year)}
    for part in (*PARTS, PupilViewRow):
        table: Any = part
        query = select(table.intervention_id, table.id, table.version).where(table.school_id == school_id)
        for intervention, identity, version in db.execute(query.order_by(table.id)):
            if intervention in found:
                found[intervention].append(f"{table.__tablename__} {identity} {version}")
    return {key: _digest(parts) for key, parts in found.items()}


def _digest(parts: Sequence[str]) -> str:
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()


def since_made(db: Session, row: RollOverRow) -> Since:
    """What people did to a draft since it was made."""
    marks = marks_of(db, row.school_id, row.year + 1)
    made = [line for line in row.made["lines"] if line["new"]]
    changed = tuple(line["name"] for line in made if line["new"] in marks and marks[line["new"]] != line["mark"])
    removed = tuple(line["name"] for line in made if line["new"] not in marks)
    days = sum(each.left != AcademicYear(row.year).last_day for each in _of_those(db, row.school_id, row.made["left"]))
    steps = steps_of(db, row.school_id)
    groups = sum(_steps(each["after"]) != steps.get(each["pupil"], ()) for each in row.made["stayed"])
    ours = {line["new"] for line in made}
    keeps = row.made["review"] and _worked_on(db, row.school_id, row.year + 1, ours)
    facts = [*(f"{key} {mark}" for key, mark in sorted(marks.items())), f"{days} {groups} {keeps} {row.version}"]
    return Since(changed, removed, days, groups, bool(keeps), _digest(facts))


def _steps(kept: Sequence[Sequence[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((year, group) for year, group in kept)


def _of_those(db: Session, school_id: int, ids: Sequence[int]) -> list[PupilRow]:
    return list(db.scalars(select(PupilRow).where(PupilRow.school_id == school_id, PupilRow.id.in_(ids))))


def _worked_on(db: Session, school_id: int, year: int, ours: set[int]) -> bool:
    """Whether anything stands in a review that the draft did not make."""
    review = review_of(db, school_id, year)
    if review is None:
        return False
    if review.senco_budget is not None or review.office_budget is not None:
        return True
    return any(
        db.scalar(select(exists().where(*where))) for table in RollOverRow.metadata.sorted_tables
        for where in _rows_of_a_review(table, review, ours)
    )  # fmt: skip


def _rows_of_a_review(table: Table, review: ReviewRow, ours: set[int]) -> list[list[Any]]:
    of_school = table.c.school_id == review.school_id if "school_id" in table.c else None
    if of_school is not None and "review_id" in table.c:
        return [[of_school, table.c.review_id == review.id]]
    if of_school is not None and table.name in OF_A_YEAR_ALONE:
        return [[of_school, table.c.year == review.year, table.c.id.not_in(ours)]]
    return []


def confirm(db: Session, row: RollOverRow, version: int, by: By) -> bool:
    """Makes a draft the year's map for good; False: somebody was first."""
    hold_catalogue(db, row.school_id)
    db.refresh(row)
    return row.state == DRAFT and change_row(db, row, version, by, f"next year’s draft {row.year + 1}", state=CONFIRMED)


def undo(db: Session, row: RollOverRow, mark: str, by: By) -> bool:
    """Takes back what the draft made, as long as it is what was seen (`mark`); what others made or changed besides stays.

    False: somebody confirmed or undid it, or changed something meanwhile; or the year after was turned too, and rests on it.
    A view of a line that is saved at this moment is an IntegrityError.
    """
    hold_catalogue(db, row.school_id)
    db.refresh(row)
    since = since_made(db, row)
    if row.state != DRAFT or since.mark != mark or rolled_over(db, row.school_id, row.year + 1) is not None:
        return False
    new = [line["new"] for line in row.made["lines"] if line["new"]]
    for view in db.scalars(
        select(PupilViewRow).where(PupilViewRow.school_id == row.school_id, PupilViewRow.intervention_id.in_(new))
    ):
        change_held(db, view, by, f"view of pupil {view.pupil_id}", intervention_id=None)  # what was said stays said
    db.flush()
    db.execute(delete(InterventionRow).where(InterventionRow.school_id == row.school_id, InterventionRow.id.in_(new)))
    for pupil in _of_those(db, row.school_id, row.made["left"]):
        if pupil.left == AcademicYear(row.year).last_day:
            change_held(db, pupil, by, f"pupil {pupil.id}", left=None)
    _unstay(db, row)
    if row.made["review"] and not since.keeps_review:
        db.execute(delete(ReviewRow).where(ReviewRow.school_id == row.school_id, ReviewRow.year == row.year + 1))
    change_held(db, row, by, f"next year’s draft {row.year + 1}", state=UNDONE)
    db.flush()
    return True


def _unstay(db: Session, row: RollOverRow) -> None:
    """Gives pupils who stayed the steps they had, where nobody has changed them since."""
    now = steps_of(db, row.school_id)
    for each in row.made["stayed"]:
        pupil = each["pupil"]
        if now.get(pupil, ()) != _steps(each["after"]):
            continue
        of_pupil = (YearStepRow.school_id == row.school_id, YearStepRow.pupil_id == pupil)
        db.execute(delete(YearStepRow).where(*of_pupil))
        for year, group in each["before"]:
            db.add(YearStepRow(school_id=row.school_id, id=new_id(), pupil_id=pupil, year=year, year_group=group))
