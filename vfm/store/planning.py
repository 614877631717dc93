"""Reads the days that a school has set itself: reviews of interventions, actions. Whoever adds a kind of day adds a reader."""

from collections.abc import Callable, Iterable

from sqlalchemy.orm import Session

from vfm.plan.planner import Planned
from vfm.store.plans import actions_of
from vfm.store.provision import InterventionRow
from vfm.store.reviews import ReviewRow
from vfm.store.rows import rows_of

LONGEST = 120


def reviews_due(db: Session, review: ReviewRow) -> Iterable[Planned]:
    """Each intervention's review, until it is recorded."""
    for row in rows_of(db, InterventionRow, review.school_id, year=review.year):
        if row.review_on is not None and row.reviewed_on is None:
            name, what = (
                f"Review of {row.name}",
                "Look at what came of it, and decide whether it continues, changes or stops",
            )
            yield Planned(
                f"review-{row.id}", row.review_on, name, what, f"intervention:{row.id}", "Review of an intervention"
            )


def actions_due(db: Session, review: ReviewRow) -> Iterable[Planned]:
    """Each action of the plan that has a day and is still open."""
    for row in actions_of(db, review):
        if row.due is not None and row.status not in ("done", "dropped"):
            text = row.text if len(row.text) <= LONGEST else f"{row.text[: LONGEST - 1].rstrip()}…"
            yield Planned(
                f"action-{row.id}",
                row.due,
                text,
                "An action of the plan is due",
                f"action:{row.id}",
                "An action is due",
            )


READERS: tuple[Callable[[Session, ReviewRow], Iterable[Planned]], ...] = (reviews_due, actions_due)
"""One for each kind of day. A reader of pupils' days gives their names in `name`, and words without a name in `plain`."""


def own_days(db: Session, review: ReviewRow) -> list[Planned]:
    """Everything that the school has set itself, with a fixed number of selects."""
    return [each for read in READERS for each in read(db, review)]
