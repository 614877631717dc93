"""Lines of the school's ledger, each with the share that is SEN, the ground for it and who set it."""

from collections.abc import Sequence
from typing import Any

from vfm.costing.budget import ledger_sen
from vfm.money import apportion, pounds
from vfm.store.funds import LedgerRow, ledger_line
from vfm.store.rows import rows_of
from vfm.web.database import db
from vfm.web.fields import Line, Number, Options, Pounds
from vfm.web.income import CONFIRMED
from vfm.web.layout import money, pence, percent
from vfm.web.ledger_year import OfLedgerYear
from vfm.web.permissions import here, me
from vfm.web.register import Column, RowForm


class LedgerForm(RowForm):
    """One line of the ledger."""

    code = Line("Code", width="10", description="As in the accounts, for example E03 Education support staff")
    name = Line("Name of the line", missing="Enter the name of the line")
    amount = Pounds("Amount spent in the financial year", below_zero=True, missing="Enter the amount")
    sen_share = Number("Share that is SEN", suffix="%", description="Leave empty if nobody has worked it out yet")
    ground = Line(
        "How was the share worked out?", description="For example, hours on the timetable, or a count of posts"
    )
    set_by = Line("Who set the share?", description="Left empty, your name stands here")
    estimated = Options(
        "Is the figure confirmed or estimated?", CONFIRMED, missing="Say whether it is confirmed or estimated"
    )


class Ledger(OfLedgerYear):
    name, one, heading = "ledger", "ledger line", "Ledger lines"
    why = (
        "What the accounts say was spent, line by line, and the share of each that is SEN. The business manager can read the "
        "amounts from the accounts; the SENCO often knows the share."
    )
    table, form = LedgerRow, LedgerForm

    def columns(self, year: int) -> Sequence[Column]:
        printed = _printed(year)
        return (
            Column("Line", lambda row: f"{row.code} {row.name}".strip()),
            Column("Amount", lambda row: money(row.amount), right=True),
            Column("SEN share", lambda row: percent(row.sen_share), right=True),
            Column(
                "SEN spend",
                lambda row: "Not counted yet" if row.sen_share is None else pounds(printed[row.id]),
                right=True,
            ),
            Column("Ground", lambda row: row.ground),
            Column("Set by", lambda row: row.set_by),
            Column("State", lambda row: "Estimated" if row.estimated else "Confirmed"),
        )

    def total(self, rows: Sequence[Any], year: int) -> Sequence[str]:
        return (
            "Total",
            money(sum(row.amount for row in rows)),
            "",
            pence(ledger_sen(map(ledger_line, rows))),
            "",
            "",
            "",
        )

    def check(self, form: Any, year: int, row: Any) -> None:
        if form.sen_share.value is not None and not form.ground.data:
            form.ground.errors = ["Say how the share was worked out"]

    def values(self, form: Any) -> dict[str, Any]:
        values = super().values(form)
        named = form.set_by.data or (me().name if form.sen_share.value is not None else "")
        return values | {"set_by": named}


def _printed(year: int) -> dict[int, int]:
    """The SEN part of each line in whole pence, adding up to the printed total."""
    rows = rows_of(db(), LedgerRow, here().school.id, year=year)
    return dict(zip((row.id for row in rows), apportion([ledger_line(row).sen for row in rows]), strict=True))


pages = Ledger().pages()
