"""Who pays for an intervention, in shares that add up to 100."""

from decimal import Decimal
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear
from vfm.store.provision import FundingRow
from vfm.store.rows import add_row, remove_row, rows_of
from vfm.web.database import db
from vfm.web.fields import Form, Line, Number
from vfm.web.intervention import intervention_or_404
from vfm.web.permissions import Permission, here, permit
from vfm.web.register import ADDRESS
from vfm.web.school import now_by

pages = Blueprint("paying", __name__, url_prefix=f"{ADDRESS}/provision-map/<int:intervention>/funding")
FUNDING_ROWS = 4


class FundingForm(Form):
    """Who pays, with shares that add up to 100."""

    source_1 = Line("Who pays?")
    percent_1 = Number("Share", suffix="%")
    source_2 = Line("Who else?")
    percent_2 = Number("Share", suffix="%")
    source_3 = Line("Who else?")
    percent_3 = Number("Share", suffix="%")
    source_4 = Line("Who else?")
    percent_4 = Number("Share", suffix="%")


@pages.route("", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def shares(year: int, intervention: int) -> ResponseReturnValue:
    """Who pays for it."""
    row = intervention_or_404(year, intervention)
    kept = rows_of(db(), FundingRow, row.school_id, intervention_id=row.id)
    shown: dict[str, Any] = {}
    for place, each in enumerate(kept[:FUNDING_ROWS], start=1):
        shown |= {f"source_{place}": each.source, f"percent_{place}": each.percent}
    form = FundingForm(**shown)
    if form.validate_on_submit() and _shares_add_up(form):
        by, what = now_by(), f"who pays for intervention {row.id}"
        for each in kept:
            remove_row(db(), each, by, what)
        for source, percent in _shares(form):
            add_row(db(), FundingRow, row.school_id, by, what, intervention_id=row.id, source=source, percent=percent)
        db().commit()
        flash(f"{row.name}: funding saved", "success")
        return redirect(url_for("intervention.overview", year=year, intervention=intervention))
    page = "provision/funding.html"
    return render_template(page, form=form, row=row, at=here(), year=AcademicYear(year)), 400 if form.errors else 200


def _shares(form: FundingForm) -> list[tuple[str, Decimal]]:
    rows = [(form[f"source_{n}"].data, form[f"percent_{n}"].value) for n in range(1, FUNDING_ROWS + 1)]
    return [(source, percent) for source, percent in rows if source and percent is not None]


def _shares_add_up(form: FundingForm) -> bool:
    for n in range(1, FUNDING_ROWS + 1):
        source, percent = form[f"source_{n}"], form[f"percent_{n}"]
        if source.data and percent.value is None:
            percent.errors = ["Enter the share"]
        if percent.value is not None and not source.data:
            source.errors = ["Say who pays this share"]
    shares = _shares(form)
    if len({source.casefold() for source, _ in shares}) < len(shares):
        form.source_1.errors = ["The same source stands twice"]
    total = sum((percent for _, percent in shares), Decimal(0))
    if shares and total != 100 and not form.errors:
        form.percent_1.errors = [f"The shares add up to {total.normalize():f}, not to 100"]
    return not form.errors
