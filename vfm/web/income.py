"""The income register: what comes in for special and additional needs, with its dates and the share that is SEN."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from vfm.costing.calendar import AcademicYear
from vfm.documents.rows import Cell, Share, in_pounds
from vfm.money import apportion
from vfm.store.funds import IncomeRow, income_line
from vfm.store.pupils import PupilRow
from vfm.store.rows import rows_of
from vfm.web.database import db
from vfm.web.fields import Day, Line, Menu, Number, Options, Pounds, Prose
from vfm.web.layout import day
from vfm.web.permissions import here
from vfm.web.register import Column, Register, RowForm

KIND_WORDS = {
    "notional": "Notional SEN budget",
    "top-up": "Top-up funding for a pupil",
    "disproportionate": "Funding for a disproportionate number of pupils with SEN",
    "place-funding": "Place funding",
    "pupil-premium": "Pupil premium: what is charged to interventions",
    "looked-after": "Pupil premium plus for looked-after children",
    "inclusive-mainstream": "Inclusive Mainstream Fund",
    "early-years": "Early years fund",
    "sixteen-to-nineteen": "16 to 19 fund",
    "other-grant": "Another grant",
    "brought-forward": "Brought forward from last year",
    "in-kind": "Help in kind (hours, no money)",
    "pooled": "Pooled or de-delegated (taken away, below nought)",
}
CONFIRMED = (("no", "Confirmed"), ("yes", "Estimated"))


class IncomeForm(RowForm):
    """One line of the register."""

    kind = Menu("What kind of income is it?", KIND_WORDS.items(), missing="Choose the kind of income")
    name = Line("Name", missing="Enter a name for this line", description="As your office calls it")
    original = Pounds("Original amount", below_zero=True, description="As first notified")
    revised = Pounds("Revised amount", below_zero=True)
    expected = Pounds(
        "Expected amount",
        below_zero=True,
        description="What you now expect; left empty, the revised or original amount counts",
    )
    starts = Day(
        "First day it is for",
        description="For example, 1 4 2026 for a maintained school's budget, 1 9 2026 for an academy's",
    )
    ends = Day("Last day it is for")
    sen_share = Number(
        "Share that is for special or additional needs",
        suffix="%",
        places=2,
        description="100 for the notional SEN budget and top-up. Of pupil premium, enter only what is charged to interventions",
    )
    pupil_id = Menu("Pupil, for top-up")
    hours = Number("Hours, for help in kind", high="100000", suffix="hours a year")
    source = Line("Where does the figure come from?", description="For example, budget statement, page 3")
    code = Line("Code in the accounts", width="10")
    conditions = Prose("Conditions", rows=3, longest=1_000)
    estimated = Options(
        "Is the figure confirmed or estimated?", CONFIRMED, missing="Say whether it is confirmed or estimated"
    )


class Income(Register):
    name, one, heading = "income", "income line", "Income register"
    why = (
        "Everything that comes in for special and additional needs, each with the days it is for and the share that is SEN. "
        "A line without a share or without dates is kept but not counted yet. Copy it from the budget statement or ask the office."
    )
    table, form = IncomeRow, IncomeForm
    brought_in = "income_import.upload"

    def columns(self, year: int) -> Sequence[Column]:
        academic = AcademicYear(year)
        counted = _counted(self.rows(year), academic)
        return (
            Column("Line", lambda row: row.name),
            Column("Kind", lambda row: KIND_WORDS[row.kind]),
            Column(
                "For",
                lambda row: f"{day(row.starts)} to {day(row.ends)}" if row.starts and row.ends else "No dates yet",
            ),
            Column("Amount", lambda row: amount_of(row), right=True),
            Column("SEN share", lambda row: None if row.sen_share is None else Share(row.sen_share), right=True),
            Column(f"Counts in {academic.words}", lambda row: counted.get(row.id, "Not counted yet"), right=True),
            Column("State", lambda row: "Estimated" if row.estimated else "Confirmed"),
        )

    def total(self, rows: Sequence[Any], year: int) -> Sequence[Cell]:
        counted = sum(_counted(rows, AcademicYear(year)).values(), Decimal("0.00"))
        return ("Counted in this year", "", "", "", "", counted, "")

    def prepare(self, form: Any, year: int, row: Any) -> None:
        form.kind.offer(KIND_WORDS.items())
        form.pupil_id.offer((str(p.id), p.name) for p in rows_of(db(), PupilRow, here().school.id))

    def check(self, form: Any, year: int, row: Any) -> None:
        if form.starts.data and form.ends.data and form.ends.data < form.starts.data:
            form.ends.errors = ["The last day must not be before the first day"]
        for field in (form.original, form.revised, form.expected):
            if field.value is not None and field.value < 0 and form.kind.data != "pooled":
                field.errors = [f"{field.label.text}: only pooled or de-delegated money stands below nought"]
        if form.pupil_id.data and form.kind.data != "top-up":
            form.pupil_id.errors = ["Only top-up funding belongs to one pupil"]

    def values(self, form: Any) -> dict[str, Any]:
        return super().values(form) | {"pupil_id": int(form.pupil_id.data) if form.pupil_id.data else None}


def amount_of(row: IncomeRow) -> Decimal | None:
    """The latest amount that is known."""
    return next((each for each in (row.expected, row.revised, row.original) if each is not None), None)


def _counted(rows: Sequence[IncomeRow], year: AcademicYear) -> dict[int, Decimal]:
    """What counts in a year of each line that counts, in pounds; odd pennies shared so that they add up to their total."""
    found = [(row.id, income_line(row).counted(year)) for row in rows]
    counted = {line: exact for line, exact in found if exact is not None}
    return {line: in_pounds(pence) for line, pence in zip(counted, apportion(list(counted.values())), strict=True)}


pages = Income().pages()
