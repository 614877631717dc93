"""The income register: what comes in for special and additional needs, with its dates and the share that is SEN."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from vfm.costing.budget import IncomeKind
from vfm.costing.calendar import AcademicYear
from vfm.documents.rows import Cell, Share, in_pounds
from vfm.money import apportion
from vfm.store.funds import LARGEST_PART, MONTHS, OWN, PROFILES, PUPIL_DAYS, IncomeRow, amount_of, income_line
from vfm.store.pupils import PupilRow
from vfm.store.rows import rows_of
from vfm.web.database import db
from vfm.web.fields import Day, Line, Menu, Number, Options, Pounds, Prose
from vfm.web.layout import day
from vfm.web.permissions import here
from vfm.web.pupil_names import called
from vfm.web.register import Column, Register, RowForm

KIND_WORDS = {kind.value: kind.words for kind in IncomeKind}
PROFILE_WORDS = dict(
    zip(PROFILES, ("As the pupil days go", "Evenly, month by month", "By our own months"), strict=True)
)
CONFIRMED = (("no", "Confirmed"), ("yes", "Estimated"))


class IncomeForm(RowForm):
    """One line of the register."""

    kind = Menu("What kind of income is it?", KIND_WORDS.items(), missing="Choose the kind of income")
    name = Line("Name", missing="Enter a name for this line", description="As your office calls it")
    original = Pounds("Original amount", below_zero=True, description="As first notified, for all the days below")
    revised = Pounds("Revised amount", below_zero=True, description="As last changed, for all the days below")
    expected = Pounds(
        "Expected amount",
        below_zero=True,
        description="What you now expect for all the days below; left empty, the revised or original amount counts",
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
    pupil_id = Menu(
        "Pupil, for top-up",
        description="When the pupil leaves, enter the day on the pupil’s page: the money then counts up to that day, so do "
        "not make the amount smaller here as well",
    )
    hours = Number("Hours, for help in kind", high="100000", suffix="hours a year")
    source = Line("Where does the figure come from?", description="For example, budget statement, page 3")
    code = Line("Code in the accounts", width="10")
    conditions = Prose("Conditions", rows=3, longest=1_000)
    estimated = Options(
        "Is the figure confirmed or estimated?", CONFIRMED, missing="Say whether it is confirmed or estimated"
    )
    profile = Options(
        "How is it meant to be spent over the year?",
        (
            (
                PROFILES[0],
                PROFILE_WORDS[PROFILES[0]],
                "The usual way: the same for each day on which pupils are in school",
            ),
            (PROFILES[1], PROFILE_WORDS[PROFILES[1]], "A twelfth a month, in the holidays too"),
            (PROFILES[2], PROFILE_WORDS[PROFILES[2]], "Fill in the months below"),
        ),
    )


for _month in MONTHS:
    setattr(IncomeForm, _month, Number(_month.capitalize(), high=str(LARGEST_PART), places=4))


class Income(Register):
    name, one, heading = "income", "income line", "Income register"
    why = (
        "Everything that comes in for special and additional needs, each with the days it is for and the share that is SEN. "
        "A line without a share or without dates is kept but not counted yet. Copy it from the budget statement or ask the office."
    )
    table, form = IncomeRow, IncomeForm
    form_template = "income/line.html"
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
            Column("Meant to be spent", lambda row: PROFILE_WORDS[row.profile]),
            Column(f"Counts in {academic.words}", lambda row: counted.get(row.id, "Not counted yet"), right=True),
            Column("State", lambda row: "Estimated" if row.estimated else "Confirmed"),
        )

    def total(self, rows: Sequence[Any], year: int) -> Sequence[Cell]:
        counted = sum(_counted(rows, AcademicYear(year)).values(), Decimal("0.00"))
        return ("Counted in this year", "", "", "", "", "", counted, "")

    def prepare(self, form: Any, year: int, row: Any) -> None:
        form.kind.offer(KIND_WORDS.items())
        pupils, own = rows_of(db(), PupilRow, here().school.id), row.pupil_id if row else None
        form.pupil_id.offer((str(p.id), called(p)) for p in pupils if p.erased is None or p.id == own)

    def check(self, form: Any, year: int, row: Any) -> None:
        if form.starts.data and form.ends.data and form.ends.data < form.starts.data:
            form.ends.errors = ["The last day must not be before the first day"]
        for field in (form.original, form.revised, form.expected):
            if field.value is not None and field.value < 0 and form.kind.data != "pooled":
                field.errors = [f"{field.label.text}: only pooled or de-delegated money stands below nought"]
        if form.pupil_id.data and form.kind.data != "top-up":
            form.pupil_id.errors = ["Only top-up funding belongs to one pupil"]
        if form.profile.data == OWN and not any(form[month].value for month in MONTHS):
            form.january.errors = ["Enter what part of the money each month is meant for, or choose another way"]

    def values(self, form: Any) -> dict[str, Any]:
        return super().values(form) | {
            "pupil_id": int(form.pupil_id.data) if form.pupil_id.data else None,
            "profile": form.profile.data or PUPIL_DAYS,
        }

    def about(self, row: Any, year: int) -> dict[str, Any]:
        return {"months": MONTHS, "own": OWN}


def _left() -> Mapping[int | None, dt.date | None]:
    """The day on which each pupil left, for those who did."""
    return {row.id: row.left for row in rows_of(db(), PupilRow, here().school.id) if row.left}


def _counted(rows: Sequence[IncomeRow], year: AcademicYear) -> dict[int, Decimal]:
    """What counts in a year of each line that counts, in pounds; odd pennies shared so that they add up to their total."""
    left = _left()
    found = [(row.id, income_line(row, left.get(row.pupil_id)).counted(year)) for row in rows]
    counted = {line: exact for line, exact in found if exact is not None}
    return {line: in_pounds(pence) for line, pence in zip(counted, apportion(list(counted.values())), strict=True)}


pages = Income().pages()
