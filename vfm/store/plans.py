"""Remembers the plan: the actions that people work on, and the plans that were submitted, whole and unchanging."""

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, LargeBinary, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, defer, mapped_column

from vfm.plan.proposals import FOLLOWED, ORDER, Kept, Priority, Proposal, Rewrite
from vfm.store.audit import By, record
from vfm.store.ids import new_id
from vfm.store.reviews import ReviewRow
from vfm.store.rows import RegisterRow, add_row, change_row, rows_of
from vfm.store.tables import Money, OfSchool, Prose, Table, Words, money_within, one_of, refers

STATES = ("open", "gone", "left-out")


class ActionRow(RegisterRow):
    """One action. `key` says what it came from; `written` is what the plan proposed, so that edits can be told."""

    __tablename__ = "action"
    review_id: Mapped[int] = mapped_column(BigInteger)
    key: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(10), default="open")
    place: Mapped[int] = mapped_column(default=0)
    written: Mapped[dict[str, str]] = mapped_column(JSON)
    text: Mapped[Prose]
    owner: Mapped[Words] = mapped_column(default="")
    priority: Mapped[str] = mapped_column(String(20))
    starts: Mapped[dt.date | None]
    due: Mapped[dt.date | None]
    cost: Mapped[Money | None]
    funding: Mapped[Words] = mapped_column(default="")
    success: Mapped[Prose] = mapped_column(default="")
    checked_how: Mapped[Prose] = mapped_column(default="")
    barrier: Mapped[Prose] = mapped_column(default="")
    reach: Mapped[str | None] = mapped_column(String(20))
    outcome: Mapped[Prose] = mapped_column(default="")
    support_wanted: Mapped[Words] = mapped_column(default="")
    status: Mapped[str] = mapped_column(String(20), default="not-started")
    progress: Mapped[Prose] = mapped_column(default="")
    __table_args__ = (
        UniqueConstraint("school_id", "review_id", "key"),
        one_of("state", STATES),
        one_of("priority", ("high", "medium-high", "medium", "low")),
        one_of("reach", ("universal", "targeted")),
        one_of("status", ("not-started", "under-way", "done", "dropped")),
        money_within("cost"),
        refers("review_id", "review", ondelete="CASCADE"),
    )


class SubmittedPlanRow(OfSchool, Table):
    """A plan as it was submitted: its words and figures as JSON, its PDF, and a hash of both. Nothing recomputes it."""

    __tablename__ = "submitted_plan"
    review_id: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[int]
    format: Mapped[int]
    plan: Mapped[Prose]
    pdf: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    at: Mapped[dt.datetime]
    __table_args__ = (
        UniqueConstraint("school_id", "review_id", "number"),
        refers("review_id", "review", ondelete="RESTRICT"),
    )


def actions_of(db: Session, review: ReviewRow, state: str = "open") -> list[ActionRow]:
    """The actions of a review in the order that people gave them."""
    rows = rows_of(db, ActionRow, review.school_id, review_id=review.id, state=state)
    return sorted(rows, key=lambda row: (row.place, row.id))


def kept_actions(db: Session, review: ReviewRow) -> list[Kept]:
    """Every action that ever was, as the plan compares them with what is now proposed."""
    return [
        Kept(row.key, row.state, row.written, {name: str(getattr(row, name)) for name in FOLLOWED})
        for row in rows_of(db, ActionRow, review.school_id, review_id=review.id)
    ]


def apply_rewrite(db: Session, review: ReviewRow, what: Rewrite, drop: Collection[str], by: By) -> None:
    """Writes what a person agreed to: all that is new, back or changed; of what is offered for removal only `drop`."""
    rows = {row.key: row for row in rows_of(db, ActionRow, review.school_id, review_id=review.id)}
    for proposal in what.added:
        _add(db, review, proposal, by)
    for proposal in what.back:
        row = rows[proposal.key]
        kept = Kept(row.key, row.state, row.written, {name: str(getattr(row, name)) for name in FOLLOWED})
        new = {name: value for name, value in proposal.written.items() if name not in kept.edited}
        _change(db, row, by, state="open", written=proposal.written, **new)
    for proposal, follows in what.changed:
        _change(db, rows[proposal.key], by, written=rows[proposal.key].written | dict(follows), **follows)
    for gone in (*(each for each in what.dropped if each.key in drop), *what.released):
        _change(db, rows[gone.key], by, state="gone")
    arrange(db, review, _in_order(actions_of(db, review), {p.key for p in what.added}), by)


def _change(db: Session, row: ActionRow, by: By, **values: Any) -> None:
    change_row(db, row, row.version, by, f"action {row.key}", **values)


def _add(db: Session, review: ReviewRow, proposal: Proposal, by: By) -> None:
    add_row(
        db, ActionRow, review.school_id, by, f"action {proposal.key}", review_id=review.id, key=proposal.key,
        state="open", place=0, written=proposal.written, text=proposal.text, owner=proposal.owner,
        priority=proposal.priority.value, starts=proposal.starts, due=proposal.due,
    )  # fmt: skip


def _in_order(rows: list[ActionRow], new: Collection[str]) -> list[ActionRow]:
    """A person's order stays; a new action goes behind the last one of its priority or above."""
    ordered = [row for row in rows if row.key not in new]
    for row in (row for row in rows if row.key in new):
        rank = ORDER.index(Priority(row.priority))
        before = [i for i, other in enumerate(ordered) if ORDER.index(Priority(other.priority)) <= rank]
        ordered.insert(before[-1] + 1 if before else 0, row)
    return ordered


def arrange(db: Session, review: ReviewRow, rows: Iterable[ActionRow], by: By) -> None:
    """Gives the actions their places. A place is not part of what was typed, so it does not touch the version."""
    moved = False
    for place, row in enumerate(rows, start=1):
        moved = moved or row.place != place
        row.place = place
    if moved:
        record(db, review.school_id, by, "put in order", "the actions")
    db.flush()


def add_own_action(db: Session, review: ReviewRow, by: By, **values: Any) -> ActionRow:
    """An action that a person thought of; no rule touches it."""
    last = len(actions_of(db, review)) + 1
    key = f"own:{new_id()}"
    return add_row(
        db, ActionRow, review.school_id, by, f"action {key}", review_id=review.id, key=key, state="open", place=last,
        written={}, **values,
    )  # fmt: skip


def submit_plan(
    db: Session, review: ReviewRow, by: By, *, number: int, plan_format: int, plan: str, pdf: bytes
) -> SubmittedPlanRow:
    """Stores a plan for good. Raises IntegrityError when that number is taken: somebody submitted a moment before."""
    row = SubmittedPlanRow(
        school_id=review.school_id, id=new_id(), review_id=review.id, number=number, format=plan_format, plan=plan,
        pdf=pdf, sha256=hashlib.sha256(plan.encode() + pdf).hexdigest(), account_id=by.account_id, at=by.at,
    )  # fmt: skip
    db.add(row)
    record(db, review.school_id, by, "submitted", f"plan {number}", None, {"sha256": row.sha256})
    db.flush()
    return row


def next_number(db: Session, review: ReviewRow) -> int:
    """The number of the next version of a review's plan."""
    highest = db.scalar(select(func.max(SubmittedPlanRow.number)).where(*_of(review)))
    return int(highest or 0) + 1


def submitted_plans(db: Session, review: ReviewRow) -> list[SubmittedPlanRow]:
    """A review's submitted plans, newest first, without the bytes."""
    query = select(SubmittedPlanRow).where(*_of(review)).order_by(SubmittedPlanRow.number.desc())
    return list(db.scalars(query.options(defer(SubmittedPlanRow.pdf), defer(SubmittedPlanRow.plan))))


def submitted_plan(db: Session, review: ReviewRow, number: int) -> SubmittedPlanRow | None:
    """One submitted plan."""
    return db.scalar(select(SubmittedPlanRow).where(*_of(review), SubmittedPlanRow.number == number))


def _of(review: ReviewRow) -> tuple[Any, ...]:
    return SubmittedPlanRow.school_id == review.school_id, SubmittedPlanRow.review_id == review.id


def newest_plans(db: Session, review_ids: Collection[int]) -> dict[int, tuple[int, dt.datetime]]:
    """The newest number of each review and when it was submitted."""
    rows = db.execute(
        select(SubmittedPlanRow.review_id, SubmittedPlanRow.number, SubmittedPlanRow.at)
        .where(SubmittedPlanRow.review_id.in_(review_ids))
        .order_by(SubmittedPlanRow.number)
    )
    return {review_id: (number, at) for review_id, number, at in rows}
