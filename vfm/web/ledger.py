"""Lines of the school's ledger, each with the share that is SEN, the ground for it and who set it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from vfm.documents.rows import Cell, Share, in_pounds
from vfm.money import apportion
from vfm.store.funds import LedgerRow, ledger_line
from vfm.web.fields import Line, Number, Options, Pounds
from vfm.web.income import CONFIRMED
from vfm.web.ledger_year import OfLedgerYear
from vfm.web.permissions import me
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
    brought_in = "ledger_import.upload"

    def columns(self, year: int) -> Sequence[Column]:
        sen = _sen_spend(self.rows(year))
        return (
            Column("Line", lambda row: f"{row.code} {row.name}".strip()),
            Column("Amount", lambda row: row.amount, right=True),
            Column("SEN share", lambda row: _share(row), right=True),
            Column("SEN spend", lambda row: sen.get(row.id, "Not counted yet"), right=True),
            Column("Ground", lambda row: row.ground),
            Column("Set by", lambda row: row.set_by),
            Column("State", lambda row: "Estimated" if row.estimated else "Confirmed"),
        )

    def total(self, rows: Sequence[Any], year: int) -> Sequence[Cell]:
        sen = sum(_sen_spend(rows).values(), Decimal("0.00"))
        return ("Total", sum((row.amount for row in rows), Decimal("0.00")), "", sen, "", "", "")

    def check(self, form: Any, year: int, row: Any) -> None:
        if form.sen_share.value is not None and not form.ground.data:
            form.ground.errors = ["Say how the share was worked out"]

    def values(self, form: Any) -> dict[str, Any]:
        values = super().values(form)
        named = form.set_by.data or (me().name if form.sen_share.value is not None else "")
        return values | {"set_by": named}


def _share(row: LedgerRow) -> Share | None:
    return None if row.sen_share is None else Share(row.sen_share)


def _sen_spend(rows: Sequence[LedgerRow]) -> dict[int, Decimal]:
    """The SEN part of each line that has a share, in pounds, odd pennies shared so that they add up to their total."""
    counted = [row for row in rows if row.sen_share is not None]
    spent = apportion([ledger_line(row).sen for row in counted])
    return {row.id: in_pounds(pence) for row, pence in zip(counted, spent, strict=True)}


pages = Ledger().pages()
