"""The page of one pupil: what the pupil gets this year and got in every year, what came of it, and what was said of it."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear
from vfm.plan.pupil_shown import KIND_HEADINGS, ShownYear, shown_year
from vfm.store.pupil_record import pupil_record
from vfm.store.reviews import reviews_of
from vfm.store.set_aside import SetAsideRow, set_aside_rows
from vfm.value.noticed import Noticed
from vfm.value.pupil_record import PupilRecord, PupilReview, PupilYear
from vfm.value.repeats import HEADINGS
from vfm.web.database import db
from vfm.web.permissions import Permission, here, permit
from vfm.web.pupils import YEAR_WORDS
from vfm.web.register import ADDRESS
from vfm.web.review import review_or_404
from vfm.web.school import today

pages = Blueprint("pupil_page", __name__, url_prefix=f"{ADDRESS}/pupils/<int:pupil>/record")


@dataclass(frozen=True, slots=True)
class Repeat:
    """Something that is repeated, and the reason for which somebody set it aside."""

    found: Noticed
    reason: str


@dataclass(frozen=True, slots=True)
class YearPart:
    """One year of the page. `unasked`: there is a plan, and the hours of its Section F are not entered.

    `open`: the school has a review of the year, so that its pages can be opened.
    """

    shown: ShownYear
    reviews: tuple[PupilReview, ...]
    repeats: tuple[Repeat, ...]
    unasked: bool
    open: bool


@pages.get("/")
@permit(Permission.REVIEW)
def of_pupil(year: int, pupil: int) -> ResponseReturnValue:
    """Everything that is known of a pupil, up to the year in the address."""
    review_or_404(year)
    found = _record_or_404(year, pupil)
    kept, rows = {row.year for row in reviews_of(db(), here().school.id)}, set_aside_rows(db(), here().school.id)
    now, *earlier = [_part(each, rows, opens=each.start in kept, newest=each.start == year) for each in found.years]
    return render_template(
        "pupils/record.html", at=here(), pupil=pupil, name=found.pupil.name, year=AcademicYear(year), now=now, earlier=earlier,
        kind_headings=KIND_HEADINGS, repeat_headings=HEADINGS, about=_about(found),
    )  # fmt: skip


def _record_or_404(year: int, pupil: int) -> PupilRecord:
    if pupil >= 1 << 63:
        abort(404)
    found = pupil_record(db(), here().school.id, pupil, upto=year, leadership=here().leads, today=today())
    return found if found and not found.pupil.erased else abort(404)


def _part(year: PupilYear, rows: dict[tuple[str, str], SetAsideRow], *, opens: bool, newest: bool) -> YearPart:
    reasons = [rows[each.key, each.digest].reason if (each.key, each.digest) in rows else "" for each in year.noticed]
    repeats = tuple(Repeat(*each) for each in zip(year.noticed, reasons, strict=True))
    shown = shown_year(year, _group_words(year))
    return YearPart(shown, year.reviews, repeats, newest and year.asked is None and year.status.code == "E", opens)


def _group_words(year: PupilYear) -> str:
    return "" if year.year_group is None else YEAR_WORDS.get(str(year.year_group), "Before nursery")


def _about(found: PupilRecord) -> list[tuple[str, str]]:
    """Who the pupil is, as far as it bears on support."""
    year = found.years[0]
    rows: list[tuple[str, Any]] = [
        ("Year group", _group_words(year)), ("SEN status", year.status.words), ("Primary need", year.need or "None recorded"),
    ]  # fmt: skip
    return rows
