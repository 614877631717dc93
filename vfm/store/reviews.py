"""Remembers a school's yearly review: its stages, its answers, who was asked what, and who changed what."""

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from vfm.answers import Answer, Basis, Choice
from vfm.store.accounts import Account
from vfm.store.audit import By, record
from vfm.store.ids import new_id
from vfm.store.tables import Money, OfSchool, Prose, Table, money_within, one_of, refers


class ReviewRow(OfSchool, Table):
    """One academic year's review; `year` is the year in which it starts (2026 for 2026 to 2027)."""

    __tablename__ = "review"
    year: Mapped[int]
    senco_budget: Mapped[Money | None]
    office_budget: Mapped[Money | None]
    started: Mapped[dt.datetime]
    __table_args__ = (
        UniqueConstraint("school_id", "year"),
        money_within("senco_budget"),
        money_within("office_budget"),
    )


class StageDoneRow(OfSchool, Table):
    """A person has said that a stage is complete."""

    __tablename__ = "stage_done"
    review_id: Mapped[int] = mapped_column(BigInteger)
    stage: Mapped[str] = mapped_column(String(40))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    at: Mapped[dt.datetime]
    __table_args__ = (
        UniqueConstraint("school_id", "review_id", "stage"),
        refers("review_id", "review", ondelete="CASCADE"),
    )


class AnswerRow(OfSchool, Table):
    """An answer as it stands; `version` rises with each change, so that two people cannot overwrite each other."""

    __tablename__ = "answer"
    review_id: Mapped[int] = mapped_column(BigInteger)
    question: Mapped[str] = mapped_column(String(80))
    choice: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[Prose] = mapped_column(default="")
    evidence: Mapped[Prose] = mapped_column(default="")
    basis: Mapped[str | None] = mapped_column(String(20))
    reason: Mapped[Prose] = mapped_column(default="")
    agreed: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    assigned_to: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    answered_at: Mapped[dt.datetime | None]
    __table_args__ = (
        UniqueConstraint("school_id", "review_id", "question"),
        refers("review_id", "review", ondelete="CASCADE"),
        one_of("choice", ("yes", "in-part", "no", "not-applicable")),
        one_of("basis", ("records", "sample", "opinion")),
    )


class CommentRow(OfSchool, Table):
    """A remark on a question or figure, or a request to a colleague; `subject` is its key."""

    __tablename__ = "comment"
    review_id: Mapped[int] = mapped_column(BigInteger)
    subject: Mapped[str] = mapped_column(String(80), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    asked_of: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    text: Mapped[Prose]
    at: Mapped[dt.datetime]
    resolved_at: Mapped[dt.datetime | None]
    __table_args__ = (refers("review_id", "review", ondelete="CASCADE"),)


def review_of(db: Session, school_id: int, year: int) -> ReviewRow | None:
    """A school's review of one year."""
    return db.scalar(select(ReviewRow).where(ReviewRow.school_id == school_id, ReviewRow.year == year))


def reviews_of(db: Session, school_id: int) -> list[ReviewRow]:
    """All of a school's reviews, newest first."""
    return list(db.scalars(select(ReviewRow).where(ReviewRow.school_id == school_id).order_by(ReviewRow.year.desc())))


def latest_reviews(db: Session, school_ids: set[int]) -> dict[int, ReviewRow]:
    """Each school's newest review."""
    rows = db.scalars(select(ReviewRow).where(ReviewRow.school_id.in_(school_ids)).order_by(ReviewRow.year))
    return {row.school_id: row for row in rows}


def start_review(db: Session, school_id: int, year: int, by: By) -> ReviewRow:
    """The review of a year, made if it is not there yet, so that a double click starts one."""
    row = review_of(db, school_id, year)
    if row is None:
        row = ReviewRow(school_id=school_id, id=new_id(), year=year, started=by.at)
        db.add(row)
        db.flush()
        record(db, school_id, by, "started the review", str(year))
    return row


def set_budget_views(db: Session, review: ReviewRow, senco: Decimal | None, office: Decimal | None, by: By) -> None:
    """What the SENCO and the office each think the SEN budget is."""
    old = {"senco": str(review.senco_budget), "office": str(review.office_budget)}
    new = {"senco": str(senco), "office": str(office)}
    if old != new:
        review.senco_budget, review.office_budget = senco, office
        record(db, review.school_id, by, "changed", "what each thinks the budget is", old, new)


def answers_of(db: Session, review: ReviewRow) -> dict[str, AnswerRow]:
    """Every answer of a review by its question."""
    rows = db.scalars(
        select(AnswerRow).where(AnswerRow.school_id == review.school_id, AnswerRow.review_id == review.id)
    )
    return {row.question: row for row in rows}


WRITTEN = ("choice", "note", "evidence", "basis", "reason", "agreed")


def save_answer(
    db: Session, review: ReviewRow, question: str, version: int, by: By, **values: str | bool | None
) -> bool:
    """Saves an answer if nobody saved since `version` (0: there was none). False means that somebody did: a conflict.

    The row changes only where its version is still what the person saw; its audit row is in the same transaction.
    """
    row = answers_of(db, review).get(question)
    old = {key: str(getattr(row, key, None) or "") for key in WRITTEN}
    new = {key: str(values[key] or "") for key in WRITTEN}
    stamp: dict[str, Any] = {"answered_by": by.account_id, "answered_at": by.at, "version": version + 1}
    if row is None:
        written = version == 0 and _insert_answer(db, review, question, values | stamp)
    else:
        written = _update_answer(db, row, version, values | stamp)
    changed = [key for key in WRITTEN if old[key] != new[key]]
    if written and changed:
        before, after = {key: old[key] for key in changed}, {key: new[key] for key in changed}
        record(db, review.school_id, by, "answered", question, before, after)
        db.flush()
    return written


def _insert_answer(db: Session, review: ReviewRow, question: str, values: dict[str, Any]) -> bool:
    try:
        with db.begin_nested():
            db.execute(
                insert(AnswerRow).values(
                    school_id=review.school_id, id=new_id(), review_id=review.id, question=question, **values
                )
            )
    except IntegrityError:  # somebody else's first answer came a moment before
        return False
    return True


def _update_answer(db: Session, row: AnswerRow, version: int, values: dict[str, Any]) -> bool:
    done = db.execute(
        update(AnswerRow)
        .where(AnswerRow.school_id == row.school_id, AnswerRow.id == row.id, AnswerRow.version == version)
        .values(**values)
    )
    return int(getattr(done, "rowcount", 0)) == 1


def assign(db: Session, review: ReviewRow, question: str, account_id: int | None, by: By) -> None:
    """Hands a question to a colleague. It does not touch the answer's version: it is not part of what was typed."""
    row = answers_of(db, review).get(question)
    if row is None:
        db.execute(
            insert(AnswerRow).values(
                school_id=review.school_id, id=new_id(), review_id=review.id, question=question,
                note="", evidence="", reason="", agreed=False, version=0, assigned_to=account_id,
            )
        )  # fmt: skip
    else:
        row.assigned_to = account_id
    record(db, review.school_id, by, "assigned", question, None, {"to": str(account_id)})
    db.flush()


def stages_done(db: Session, review: ReviewRow) -> dict[str, StageDoneRow]:
    """The stages that somebody has said are complete."""
    rows = db.scalars(
        select(StageDoneRow).where(StageDoneRow.school_id == review.school_id, StageDoneRow.review_id == review.id)
    )
    return {row.stage: row for row in rows}


def set_stage_done(db: Session, review: ReviewRow, stage: str, done: bool, by: By) -> None:
    """The person decides when a stage is complete, and may open it again. Twice has one effect."""
    row = stages_done(db, review).get(stage)
    if done and row is None:
        db.add(
            StageDoneRow(
                school_id=review.school_id, id=new_id(), review_id=review.id, stage=stage,
                account_id=by.account_id, at=by.at,
            )
        )  # fmt: skip
        record(db, review.school_id, by, "completed", stage)
    elif not done and row is not None:
        db.delete(row)
        record(db, review.school_id, by, "opened again", stage)
    db.flush()


def add_comment(
    db: Session, review: ReviewRow, subject: str, text: str, by: By, *, asked_of: int | None = None
) -> CommentRow:
    """A remark, or with `asked_of` a request to a colleague."""
    row = CommentRow(
        school_id=review.school_id, id=new_id(), review_id=review.id, subject=subject,
        account_id=by.account_id, asked_of=asked_of, text=text, at=by.at,
    )  # fmt: skip
    db.add(row)
    record(db, review.school_id, by, "asked a colleague" if asked_of else "commented", subject)
    db.flush()
    return row


def resolve_comment(db: Session, review: ReviewRow, comment_id: int, by: By) -> bool:
    """Marks a remark as dealt with. False when there is no such remark in this review."""
    done = db.execute(
        update(CommentRow)
        .where(
            CommentRow.school_id == review.school_id,
            CommentRow.review_id == review.id,
            CommentRow.id == comment_id,
            CommentRow.resolved_at.is_(None),
        )
        .values(resolved_at=by.at)
    )
    return int(getattr(done, "rowcount", 0)) == 1


def comments_on(db: Session, review: ReviewRow, subject: str | None = None) -> list[CommentRow]:
    """The remarks of a review, or of one subject, oldest first."""
    query = select(CommentRow).where(CommentRow.school_id == review.school_id, CommentRow.review_id == review.id)
    if subject is not None:
        query = query.where(CommentRow.subject == subject)
    return list(db.scalars(query.order_by(CommentRow.at, CommentRow.id)))


def names_of(db: Session, account_ids: set[int]) -> dict[int, str]:
    """People's names by account."""
    rows = db.execute(select(Account.id, Account.name).where(Account.id.in_(account_ids)))
    return {int(identity): str(name) for identity, name in rows}


def as_answers(db: Session, rows: dict[str, AnswerRow]) -> dict[str, Answer]:
    """Answers as plain values, with people's names in place of their ids."""
    names = names_of(db, {i for row in rows.values() for i in (row.answered_by, row.assigned_to) if i})
    return {
        key: Answer(
            question=key,
            choice=Choice(row.choice) if row.choice else None,
            note=row.note,
            evidence=row.evidence,
            basis=Basis(row.basis) if row.basis else None,
            reason=row.reason,
            agreed=row.agreed,
            answered_by=names.get(row.answered_by or 0, ""),
            answered_on=row.answered_at.date() if row.answered_at else None,
            assigned_to=names.get(row.assigned_to or 0, ""),
        )
        for key, row in rows.items()
    }
