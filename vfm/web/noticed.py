"""Setting aside what a look at the map noticed, with a reason that is kept, and showing it again."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear
from vfm.stages.noticing import LOOKS, PATTERNS, SCREENS
from vfm.stages.stage import Case
from vfm.store.cases import case_of
from vfm.store.reviews import names_of
from vfm.store.set_aside import SetAsideRow, set_aside, set_aside_rows, show_again
from vfm.value.noticed import Noticed, Pattern
from vfm.web.bank import bank
from vfm.web.database import db
from vfm.web.fields import Form, Prose
from vfm.web.layout import day
from vfm.web.permissions import Permission, here, permit
from vfm.web.register import ADDRESS
from vfm.web.review import review_or_404
from vfm.web.school import now_by

pages = Blueprint("noticed", __name__, url_prefix=f"{ADDRESS}/noticed/<key>")


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing as a page shows it: whose it is, what was noticed, and why it was set aside, if it was."""

    found: Noticed
    who: str
    reason: str = ""
    by: str = ""
    page: bool = True  # whether the pupil has one: who is erased has none


@dataclass(frozen=True, slots=True)
class Group:
    """Everything of one pattern that is open."""

    pattern: Pattern
    shown: tuple[Shown, ...]


class SetAsideForm(Form):
    """Why something is set aside."""

    reason = Prose(
        "Why do you set this aside?",
        rows=4,
        longest=2_000,
        missing="Write the reason",
        description="For example: reviewed, continue because … Your name and the day are kept with it. It is not in the plan",
    )


def case_here(year: int) -> Case:
    """The year's case on the rates that this person may see."""
    return case_of(db(), review_or_404(year), bank(), leadership=here().leads)


def page_parts(case: Case, look: str) -> dict[str, Any]:
    """What every page of a look shows: open things by pattern, what was set aside, and what was looked for and not found."""
    rows = set_aside_rows(db(), here().school.id)
    every = [_shown(each, case, rows.get((each.key, each.digest))) for each in LOOKS[look](case)]
    open_ = [each for each in every if not each.reason]
    groups = [
        Group(pattern, tuple(each for each in open_ if each.found.pattern == pattern)) for pattern in PATTERNS[look]
    ]
    return {
        "at": here(), "year": case.year, "title": SCREENS[look], "groups": [each for each in groups if each.shown],
        "aside": _named(every, rows), "nothing": [each.pattern for each in groups if not each.shown],
    }  # fmt: skip


def _shown(found: Noticed, case: Case, row: SetAsideRow | None) -> Shown:
    who = case.pupils[found.pupil].name if found.pupil else ""
    page = not (found.pupil and case.pupils[found.pupil].erased)
    return Shown(found, who, row.reason if row else "", page=page)


def _named(every: Iterable[Shown], rows: dict[tuple[str, str], SetAsideRow]) -> list[Shown]:
    """What was set aside, each with who did it and when."""
    names = names_of(db(), {row.by_account for row in rows.values()})
    found = []
    for each in every:
        row = rows.get((each.found.key, each.found.digest))
        if row is not None:
            by = f"{names.get(row.by_account, '')}, {day(row.at)}"
            found.append(Shown(each.found, each.who, row.reason, by))
    return found


def _find(case: Case, key: str) -> Noticed:
    """The thing of this key as it stands now, or a 404."""
    look = next((each.look for some in PATTERNS.values() for each in some if key.startswith(f"{each.slug}.")), None)
    found = LOOKS[look](case) if look else ()
    return next((each for each in found if each.key == key), None) or abort(404)


@pages.route("/set-aside", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def aside(year: int, key: str) -> ResponseReturnValue:
    """Asks why, and keeps it with who and when."""
    case = case_here(year)
    found, form = _find(case, key), SetAsideForm()
    if form.validate_on_submit():
        set_aside(db(), here().school.id, found, form.reason.data, now_by())
        db().commit()
        flash("Set aside. It shows again when its facts change", "success")
        return redirect(url_for(f"{found.pattern.look}.overview", year=year))
    page = "noticed/set_aside.html"
    shown = {
        "shown": _shown(found, case, None),
        "at": here(),
        "year": AcademicYear(year),
        "screen": SCREENS[found.pattern.look],
    }
    return render_template(page, form=form, **shown), 400 if form.errors else 200


@pages.post("/show-again")
@permit(Permission.REVIEW)
def again(year: int, key: str) -> ResponseReturnValue:
    """Takes the reason away, so that it is open again."""
    found = _find(case_here(year), key)
    show_again(db(), here().school.id, [found], now_by())
    db().commit()
    flash("It is shown again", "success")
    return redirect(url_for(f"{found.pattern.look}.overview", year=year))
