"""The register of typed lines of the bridge: what lies between map and ledger and cannot be worked out."""

from collections.abc import Sequence
from typing import Any

from vfm.costing.bridge import Heading
from vfm.money import add_up, half_up, pounds
from vfm.store.bridging import BridgeEntryRow, bridge_entry
from vfm.web.fields import Line, Options, Pounds
from vfm.web.income import CONFIRMED
from vfm.web.ledger_year import OfLedgerYear
from vfm.web.permissions import me
from vfm.web.register import Column, RowForm

HINTS = {
    Heading.ABSENCE: "Pay for days on which staff for SEN were away. Sessions that are cancelled on the map are counted already",
    Heading.COVER: "Supply and agency staff whose cost is not on the map",
    Heading.RECOVERIES: "What insurance or maternity pay gave back. Enter it as you received it: it is taken off for you",
    Heading.RATES: "Real pay above the rates of the map; with a minus where it is below. The SENCO sees this sum, so it must "
    "not tell what one person is paid",
    Heading.ACCRUALS: "In this ledger but for another year; with a minus where it is for this year but in another ledger",
    Heading.NEVER_MAPPED: "Spend for SEN that belongs on no intervention, for example transport",
}


class BridgeLineForm(RowForm):
    """One typed line."""

    name = Line("What is it?", missing="Say what it is")
    heading = Options(
        "What does it explain?",
        [(heading.value, heading.words, HINTS[heading]) for heading in Heading],
        missing="Choose what it explains",
    )
    amount = Pounds("Amount: the part that is SEN", below_zero=True, missing="Enter the amount")
    ground = Line(
        "How do you know?", missing="Say where the amount comes from", description="For example, invoices, or payroll"
    )
    set_by = Line("Who set it?", description="Left empty, your name stands here")
    estimated = Options(
        "Is the amount confirmed or estimated?", CONFIRMED, missing="Say whether it is confirmed or estimated"
    )


class BridgeLines(OfLedgerYear):
    name, one, heading = "bridge-lines", "bridge line", "Bridge lines"
    why = (
        "What makes the ledger differ from the map and cannot be worked out from either. Each line says what it is, how you know, "
        "and who set it. What nobody can explain is left: nothing has to come out at nought."
    )
    table, form = BridgeEntryRow, BridgeLineForm

    def columns(self, year: int) -> Sequence[Column]:
        return (
            Column("What it is", lambda row: row.name),
            Column("It explains", lambda row: Heading(row.heading).words),
            Column("Adds to the map", lambda row: pounds(half_up(bridge_entry(row).pence)), right=True),
            Column("How it is known", lambda row: row.ground),
            Column("Set by", lambda row: row.set_by),
            Column("State", lambda row: "Estimated" if row.estimated else "Confirmed"),
        )

    def total(self, rows: Sequence[Any], year: int) -> Sequence[str]:
        return ("Total", "", pounds(half_up(add_up(bridge_entry(row).pence for row in rows))), "", "", "")

    def check(self, form: Any, year: int, row: Any) -> None:
        if form.amount.value is not None and form.amount.value < 0 and not Heading(form.heading.data).either_way:
            form.amount.errors = ["The amount must be £0 or more here; recoveries are taken off for you"]

    def values(self, form: Any) -> dict[str, Any]:
        return super().values(form) | {"set_by": form.set_by.data or me().name}


pages = BridgeLines().pages()
