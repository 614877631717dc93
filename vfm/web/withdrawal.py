"""Withdrawal: what pupils miss for their sessions, the timetables that say it, and what each pupil enjoys and is good at."""

import re

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear
from vfm.costing.delivery import OnDays
from vfm.stages.stage import Case
from vfm.store.rows import change_row
from vfm.store.timetables import as_kept, lessons_of, likes_row, new_likes, set_lessons
from vfm.value.timetable import TimetableError, as_text, read_lessons
from vfm.web.about_pupil import hold_pupil
from vfm.web.coverage import pupil_or_404
from vfm.web.database import db
from vfm.web.fields import Line, Prose
from vfm.web.noticed import case_here, page_parts
from vfm.web.permissions import Permission, here, permit
from vfm.web.pupil_names import called
from vfm.web.pupils import YEAR_WORDS
from vfm.web.register import ADDRESS, RowForm
from vfm.web.review import review_or_404
from vfm.web.school import now_by
from vfm.web.year_picture import number_of

pages = Blueprint("withdrawal", __name__, url_prefix=f"{ADDRESS}/withdrawal")
GROUPS = {"-2": "Before nursery"} | YEAR_WORDS
LONGEST_TIMETABLE = 5_000


class TimetableForm(RowForm):
    """A week of lessons, one on each line; `seen` is what stood there when the page was opened."""

    lessons = Prose(
        "Lessons, one on each line",
        rows=16,
        longest=LONGEST_TIMETABLE,
        description="Day, time and subject, such as Monday 09:00-10:00 Music. In a two-week timetable add week A or week B. "
        "Lines of a sheet can be pasted: day, start, end, subject, week. Leave empty to have no timetable here",
    )
    seen = Line("Seen", longest=LONGEST_TIMETABLE)

    def seen_lines(self) -> str:
        """What stood there, one lesson on each line again."""
        return "\n".join((self.seen.data or "").split("|"))


class LikesForm(RowForm):
    """What a pupil enjoys and is good at."""

    enjoys = Line(
        "Subjects that the pupil enjoys", description="With commas between them, such as Music, PE. Ask the pupil"
    )
    good_at = Line("Subjects that the pupil is good at", description="With commas between them")


@pages.get("/")
@permit(Permission.REVIEW)
def overview(year: int) -> ResponseReturnValue:
    """What is open, and what it is known from. Names are for leadership and the SENCO, who alone come here."""
    case = case_here(year)
    shown = page_parts(case, "withdrawal") | {"headings": ()}
    return render_template(
        "noticed/withdrawal.html", groups_known=_groups(case), pupils_known=_pupils(case), timeless=_timeless(case), **shown
    )  # fmt: skip


def _groups(case: Case) -> list[tuple[str, str, int]]:
    """Each year group of the register: its words, the key of its timetable, and how many lessons it has."""
    found = sorted({pupil.year for pupil in case.pupils.values() if pupil.year is not None})
    return [(GROUPS[str(each)], f"group{each}", len(case.week.of_group.get(each, ()))) for each in found]


def _pupils(case: Case) -> list[tuple[str, str, str, str, str]]:
    """Each pupil who takes part in something: key, name, what is enjoyed, what the pupil is good at, own lessons."""
    there = {member.pupil for each in case.map.interventions for member in each.intervention.members}
    rows = []
    for key, pupil in case.pupils.items():
        if key in there and not pupil.erased:
            likes = case.week.likes.get(key)
            enjoys, good = (", ".join(its) for its in ((likes.enjoys, likes.good_at) if likes else ((), ())))
            own = len(case.week.of_pupil.get(key, ()))
            rows.append((key, pupil.name, enjoys, good, number_of(own, "lesson") if own else "That of the year group"))
    return rows


def _timeless(case: Case) -> list[tuple[str, str]]:
    """Interventions out of class whose times are not known, so that nothing can be said of what is missed for them."""
    found = []
    for each in case.map.interventions:
        it = each.intervention
        slots = it.delivery.slots if isinstance(it.delivery, OnDays) else ()
        if it.withdrawn and (not slots or any(slot.starts is None for slot in slots)):
            found.append((it.id, it.name))
    return found


def _whose(key: str) -> tuple[str, dict[str, int]]:
    """Whose timetable a key stands for, in words and as the column of its rows; or a 404."""
    found = re.fullmatch(r"(group|pupil)(-?[0-9]{1,19})", key, re.ASCII)
    if found is None:
        abort(404)
    if found[1] == "pupil":
        child = pupil_or_404(int(found[2]))
        return called(child), {"pupil_id": child.id}
    return GROUPS.get(found[2]) or abort(404), {"year_group": int(found[2])}


@pages.route("/timetable/<whose>", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def timetable(year: int, whose: str) -> ResponseReturnValue:
    """A week of lessons, typed or pasted."""
    review_or_404(year)
    name, where = _whose(whose)
    there = lessons_of(db(), here().school.id, year, **where)
    form = TimetableForm(lessons=as_text(there), seen=as_text(there).replace("\n", "|"))
    shown = {"form": form, "at": here(), "year": AcademicYear(year), "name": name, "pupil": "pupil_id" in where}
    if not form.validate_on_submit():
        return render_template("noticed/timetable.html", **shown), 400 if form.errors else 200
    try:
        wanted, seen = read_lessons(form.lessons.data), read_lessons(form.seen_lines())
    except TimetableError as wrong:
        form.lessons.errors = [f"Lessons, {wrong}"]
        return render_template("noticed/timetable.html", **shown), 400
    if "pupil_id" in where:
        hold_pupil(where["pupil_id"])
    if not set_lessons(db(), here().school.id, year, seen, wanted, now_by(), **where):
        db().rollback()
        form.seen.data = as_text(there).replace("\n", "|")
        return render_template("noticed/timetable.html", theirs=as_text(there), conflict=True, **shown), 409
    db().commit()
    flash(f"{name}: timetable saved, {number_of(len(wanted), 'lesson')}", "success")
    return redirect(url_for(".overview", year=year))


@pages.route("/likes/<int:pupil>", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def likes(year: int, pupil: int) -> ResponseReturnValue:
    """What one pupil enjoys and is good at."""
    review_or_404(year)
    child = pupil_or_404(pupil)
    row = likes_row(db(), child.school_id, child.id)
    kept = {"enjoys": row.enjoys, "good_at": row.good_at} if row else {}
    form = LikesForm(version=str(row.version if row else 0), **kept)
    shown = {"form": form, "name": called(child), "at": here(), "year": AcademicYear(year)}
    if not form.validate_on_submit():
        return render_template("noticed/likes.html", **shown), 400 if form.errors else 200
    if not _keep_likes(form, child.school_id, child.id):
        db().rollback()
        db().expire_all()
        theirs = likes_row(db(), here().school.id, pupil)
        form.version.data = str(theirs.version if theirs else 0)
        return render_template("noticed/likes.html", theirs=theirs, **shown), 409
    db().commit()
    flash(f"{shown['name']}: saved", "success")
    return redirect(url_for(".overview", year=year))


def _keep_likes(form: LikesForm, school_id: int, pupil_id: int) -> bool:
    values = {"enjoys": as_kept(form.enjoys.data), "good_at": as_kept(form.good_at.data)}
    hold_pupil(pupil_id)
    row = likes_row(db(), school_id, pupil_id)
    if row is not None:
        return change_row(db(), row, form.version_typed, now_by(), f"likes of pupil {pupil_id}", **values)
    return new_likes(db(), school_id, pupil_id, now_by(), **values) is not None
