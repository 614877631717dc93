"""How long pupils' data is kept: who is past it, as a dry run, and erasing those whom a person has ticked."""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear
from vfm.store.erased import hold
from vfm.store.erasing import Outlook, look, to_erase
from vfm.store.retention import Leaver, dry_run
from vfm.web.database import db
from vfm.web.erasing import CHANGED, done, outlook_shown
from vfm.web.fields import Form, Line, Tick
from vfm.web.permissions import Permission, here, permit
from vfm.web.pupil_names import called
from vfm.web.register import ADDRESS
from vfm.web.review import review_or_404
from vfm.web.school import today

pages = Blueprint("retention", __name__, url_prefix=f"{ADDRESS}/retention")
AT_ONCE = 100


class ConfirmForm(Form):
    """That it is meant."""

    meant = Tick("Erase these pupils. I have looked at what is listed above, and I know that it cannot be undone")
    seen = Line("What was shown")


@pages.get("/")
@permit(Permission.LEAD)
def overview(year: int) -> ResponseReturnValue:
    """Who is past it, when each left, and what would go. Nothing is done."""
    review_or_404(year)
    found = dry_run(db(), here().school.id, today(), AT_ONCE)
    return render_template(
        "rights/retention.html", found=found, leavers=[(each, called(each.pupil)) for each in found.leavers], at=here(),
        year=AcademicYear(year), most=AT_ONCE, nobody="none" in request.args,
    )  # fmt: skip


@pages.route("/confirm", methods=["GET", "POST"])
@permit(Permission.LEAD)
def confirm(year: int) -> ResponseReturnValue:
    """What erasing those who are ticked would do, all together; and does it."""
    review_or_404(year)
    if request.method == "POST":
        hold(db(), here().school.id)
    past = _ticked()
    if not past:
        return redirect(url_for(".overview", year=year, none=""))
    seen = _seen(past)
    form = ConfirmForm()
    if form.validate_on_submit() and _fits(form, seen):
        answer = done(seen, year, "retention.overview")
        if answer is not None:
            return answer
        form.meant.errors, seen = [CHANGED], _seen(past)
    form.seen.data = seen.seen
    return render_template(
        "rights/confirm.html", form=form, leavers=[(each, called(each.pupil)) for each in past], at=here(),
        year=AcademicYear(year), **outlook_shown(seen, request.form.getlist("place")),
    ), 400 if form.errors else 200  # fmt: skip


def _seen(past: Sequence[Leaver]) -> Outlook:
    return look(db(), here().school.id, to_erase(db(), here().school.id, [each.pupil.id for each in past]))


def _ticked() -> list[Leaver]:
    """Those of the ticked pupils who are past it: nobody else can be erased from here."""
    wanted = set(request.values.getlist("pupil"))
    return [each for each in dry_run(db(), here().school.id, today(), AT_ONCE).leavers if str(each.pupil.id) in wanted]


def _fits(form: ConfirmForm, seen: Outlook) -> bool:
    if not form.meant.data:
        form.meant.errors = ["Tick that you mean it, or go back"]
    elif form.seen.data != seen.seen:
        form.meant.errors = [CHANGED]
    return not form.errors
