"""Which part of each ledger line is for SEN: all lines of a year on one page, saved as a whole or not at all."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vfm.costing.ledger_shares import sum_words
from vfm.store.funds import LedgerRow, hold_ledger, ledger_line
from vfm.store.rows import change_held
from vfm.web.database import db
from vfm.web.drafts import typed_before
from vfm.web.fields import Form, Tick
from vfm.web.ledger_share_cells import REST, Sending, marks_of, settle, typed_lines
from vfm.web.ledger_share_page import MISSING, only_missing, page_of
from vfm.web.permissions import Permission, here, me, permit
from vfm.web.register import ADDRESS
from vfm.web.review import review_or_404
from vfm.web.school import now_by

pages = Blueprint("ledger-shares", __name__, url_prefix=f"{ADDRESS}/ledger/shares")
Rows = Mapping[int, LedgerRow]


class SharesForm(Form):
    """Agreement that the rest is nought; the cells are read from the request, one by one."""

    rest = Tick(
        "The rest is 0%", description=f"Lines above with both cells empty are set to 0%, with the ground “{REST}”"
    )


@pages.route("", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def enter(year: int) -> ResponseReturnValue:
    """Every line with its share and ground; each wrong cell is named, and nothing is saved before all are right."""
    review_or_404(year)
    form, sending, typed = SharesForm(), Sending(), typed_before()
    if form.is_submitted():
        typed = request.form
        rows = hold_ledger(db(), here().school.id, year)
        sending = settle(typed_lines(typed, rows), marks_of(typed), rows, rest=form.rest.data)
        if form.validate() and not sending.refused:
            _save(rows, sending)
            return redirect(url_for(".enter", year=year, only=MISSING if only_missing() else None))
    status = sending.refused or (400 if form.errors else 200)
    return render_template("bridge/shares.html", form=form, **page_of(year, typed, sending)), status


def _save(rows: Rows, sending: Sending) -> None:
    """Writes every line that was typed into, and says what the ledger's SEN part has come to."""
    by = now_by()
    for identity, values in sending.writes.items():
        set_by = me().name if values["sen_share"] is not None else ""
        change_held(db(), rows[identity], by, f"ledger line {identity}", **values, set_by=set_by)
    db().commit()
    count = len(sending.writes)
    done = {0: "Nothing was changed", 1: "1 line has been saved"}.get(count, f"{count} lines have been saved")
    flash(f"{done}. {sum_words([ledger_line(row) for row in rows.values()])}", "success")
