"""Meetings in which a pupil's support was reviewed: annual reviews, SEN Support reviews, others."""

from collections.abc import Sequence
from typing import Any

from vfm.store.pupil_reviews import KINDS, PupilReviewRow
from vfm.web.about_pupil import AboutPupil, check_day
from vfm.web.fields import Day, Line, Options, Prose
from vfm.web.layout import day
from vfm.web.register import Column, RowForm


class ReviewForm(RowForm):
    """One meeting."""

    kind = Options("What kind of review was it?", KINDS.items(), missing="Choose what kind of review it was")
    on = Day("When was it?", missing="Enter the day of the review")
    who = Line(
        "Who took part?",
        missing="Say who took part",
        description="As roles, not names: such as the pupil, both parents, class teacher, SENCO, educational psychologist",
    )
    agreed = Prose(
        "What was agreed?", missing="Write what was agreed", rows=5,
        description="Such as what goes on and why, what changes, and who does what by when",
    )  # fmt: skip


class Reviews(AboutPupil):
    name, one, heading = "pupil-reviews", "review of the pupil", "Reviews of the pupil"
    why = (
        "Each meeting of the year in which the pupil’s support was reviewed. It stands on the pupil’s page. The review of one "
        "line of the map, with the reason why it goes on, is recorded with that line."
    )
    table, form = PupilReviewRow, ReviewForm
    address = "/pupils/<int:pupil>/record/reviews"

    def columns(self, year: int) -> Sequence[Column]:
        return (
            Column("Kind", lambda row: KINDS[row.kind]),
            Column("When", lambda row: day(row.on)),
            Column("What was agreed", lambda row: row.agreed),
            Column("Who took part", lambda row: row.who),
        )

    def check(self, form: Any, year: int, row: Any) -> None:
        check_day(form.on, year)

    def title_of(self, row: Any) -> str:
        return f"{KINDS[row.kind]}, {day(row.on)}"


pages = Reviews().pages()
