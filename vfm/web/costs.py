"""What an intervention costs beside the time of staff."""

from collections.abc import Sequence
from typing import Any

from flask import request, url_for

from vfm.store.provision import CostRow
from vfm.web.fields import Day, Line, Menu, Number, Options, Pounds
from vfm.web.income import CONFIRMED
from vfm.web.intervention import COST_WORDS, intervention_or_404
from vfm.web.register import Column, Register, RowForm


class CostForm(RowForm):
    """A cost beside staff."""

    kind = Menu("Kind of cost", COST_WORDS.items(), missing="Choose the kind of cost")
    name = Line("What is it?", missing="Say what it is")
    amount = Pounds("Amount", missing="Enter the amount")
    years_of_life = Number(
        "Years of life",
        high="50",
        low="0.5",
        suffix="years",
        description="For equipment; for training 3 unless you say otherwise",
    )
    serves = Number("How many interventions does the training serve?", high="1000", low="1", places=0)
    on = Day("Day of the cost, or first day of cover")
    ends = Day("Last day of cover, for a licence")
    estimated = Options(
        "Is the figure confirmed or estimated?", CONFIRMED, missing="Say whether it is confirmed or estimated"
    )


class Costs(Register):
    name, one, heading = "costs", "other cost", "Other costs"
    why = "What the intervention costs beside the time of staff. Equipment and training are spread over their years of life."
    table, form = CostRow, CostForm
    address = "/provision-map/<int:intervention>/costs"

    def where(self, year: int) -> dict[str, Any]:
        return {"intervention_id": intervention_or_404(year, request.view_args["intervention"]).id}  # type: ignore[index]

    def columns(self, year: int) -> Sequence[Column]:
        return (
            Column("What", lambda row: row.name),
            Column("Kind", lambda row: COST_WORDS[row.kind]),
            Column("Amount", lambda row: row.amount, right=True),
            Column("On or from", lambda row: row.on),
        )

    def prepare(self, form: Any, year: int, row: Any) -> None:
        form.kind.offer(COST_WORDS.items())

    def check(self, form: Any, year: int, row: Any) -> None:
        if form.kind.data == "equipment" and form.years_of_life.value is None:
            form.years_of_life.errors = ["Enter for how many years the equipment will serve"]
        if form.on.data and form.ends.data and form.ends.data < form.on.data:
            form.ends.errors = ["The last day must not be before the first day"]

    def values(self, form: Any) -> dict[str, Any]:
        return super().values(form) | {"serves": None if form.serves.value is None else int(form.serves.value)}

    def after(self, row: Any, year: int) -> str:
        return url_for("intervention.overview", year=year, intervention=row.intervention_id)


pages = Costs().pages()
