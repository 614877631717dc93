"""Erases a pupil: shows what would happen, counted and place by place, and does it once the name is typed once more."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear
from vfm.plan.naming import capital, same_name
from vfm.pupils.data_words import NEVER_SHOWN, Fate, as_words, where
from vfm.store.engine import Database
from vfm.store.erased import erase, hold
from vfm.store.erasing import Found, Outlook, look
from vfm.store.pupils import PupilRow, pupils_of
from vfm.store.texts import Overtaken
from vfm.value.small_groups import SmallGroup, small_groups
from vfm.web.coverage import pupil_or_404
from vfm.web.database import db, end
from vfm.web.fields import Form, Line
from vfm.web.permissions import Permission, here, permit
from vfm.web.register import ADDRESS
from vfm.web.review import review_or_404
from vfm.web.school import now_by

pages = Blueprint("erasing", __name__, url_prefix=f"{ADDRESS}/pupils/<int:pupil>/erase")
AROUND = 70
CHANGED = "Something has changed since this page was shown. Look through it once more; what you ticked is still ticked."


class EraseForm(Form):
    """The name once more, so that nobody is erased by a slip."""

    name_again = Line("Name of the pupil, once more", missing="Type the pupil’s name as it stands above")
    seen = Line("What was shown")


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A place as the page shows it: where it stands, what is found, and what is around it."""

    key: str
    where: str
    before: str
    found: str
    after: str
    capital: bool


@pages.route("/", methods=["GET", "POST"])
@permit(Permission.LEAD)
def ask(year: int, pupil: int) -> ResponseReturnValue:
    """What erasing this pupil would do; and does it."""
    review_or_404(year)
    if request.method == "POST":
        hold(db(), here().school.id)
    row = pupil_or_404(pupil)
    seen, form = (
        look(db(), row.school_id, [row]),
        EraseForm(),
    )
    if form.validate_on_submit() and _fits(form, row, seen):
        answer = done(seen, year, "pupils.overview")
        if answer is not None:
            return answer
        form.name_again.errors, row = [CHANGED], pupil_or_404(pupil)
        seen = look(db(), row.school_id, [row])
    form.seen.data = seen.seen
    shown = outlook_shown(seen, request.form.getlist("place"))
    return render_template(
        "rights/erase.html", form=form, row=row, groups=_groups(row, year), at=here(), year=AcademicYear(year), **shown
    ), 400 if form.errors else 200  # fmt: skip


def _fits(form: EraseForm, row: PupilRow, seen: Outlook) -> bool:
    if not same_name(form.name_again.data or "", row.name):
        form.name_again.errors = ["This is not the name of the pupil on this page"]
    elif form.seen.data != seen.seen:
        form.name_again.errors = [CHANGED]
    return not form.errors


def _groups(row: PupilRow, year: int) -> tuple[SmallGroup, ...]:
    pupils = pupils_of(db(), row.school_id, year)
    return small_groups(pupils[str(row.id)], pupils.values())


def outlook_shown(seen: Outlook, ticked: Collection[str] = ()) -> dict[str, Any]:
    """What a page shows of what would happen."""
    asked = [_shown(each) for each in seen.asked]
    return {
        "goes": seen.counted(Fate.GOES), "emptied": seen.counted(Fate.EMPTIED), "stays": seen.counted(Fate.STAYS),
        "sure": [_shown(each) for each in seen.sure], "packs": seen.packs,
        "frozen": [_shown(each) for each in seen.frozen if each.text.table not in NEVER_SHOWN],
        "capitals": [each for each in asked if each.capital], "small": [each for each in asked if not each.capital],
        "sheets": len(seen.sheets), "drafts": len(seen.drafts), "ticked": frozenset(ticked),
    }  # fmt: skip


def _shown(each: Found) -> ShownPlace:
    text, at = each.text.text, each.place
    words = where(each.text.table)
    stands = words[:1].upper() + words[1:] + ("" if each.text.column == "text" else f", {as_words(each.text.column)}")
    before = ("…" if at.start > AROUND else "") + text[max(0, at.start - AROUND) : at.start]
    after = text[at.end : at.end + AROUND] + ("…" if at.end + AROUND < len(text) else "")
    return ShownPlace(each.key, stands, before, text[at.start : at.end], after, capital(text, at))


def done(seen: Outlook, year: int, to: str) -> ResponseReturnValue | None:
    """Erases, in one transaction, then writes the freed space over; no message that waits may hold the name.

    None: a colleague has saved one of the texts since the look, and nothing was done.
    """
    try:
        names = erase(db(), here().school.id, seen, request.form.getlist("place"), now_by())
    except Overtaken:
        db().rollback()
        return None
    db().commit()
    session.pop("_flashes", None)
    flash(f"Done: {', '.join(names)}. It cannot be undone.", "success")
    database: Database = current_app.extensions["vfm_database"]
    address = url_for(to, year=year)
    end()
    if not database.overwrite_free_space():
        flash(
            "Others were at work, so the freed space of the database file could not be written over yet. It is the next time that somebody is erased.",
            "notice",
        )
    return redirect(address)
