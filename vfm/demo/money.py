"""The money of made-up schools: income with amounts that changed, the ledger, a top-up that stopped, and why it is so."""

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from vfm.costing.budget import IncomeKind
from vfm.costing.variance import TO_DATE, YEAR_END, key_of
from vfm.store.accounts import SchoolRow
from vfm.store.audit import By
from vfm.store.funds import IncomeRow, LedgerRow
from vfm.store.monitoring import write_note
from vfm.store.provision import InterventionRow, TakesPartRow
from vfm.store.pupils import PupilRow
from vfm.store.reviews import ReviewRow
from vfm.store.rows import add_row, change_row, rows_of

OWN_MONTHS = {"september": 5, "october": 5, "november": 10, "january": 20, "february": 20, "march": 20, "may": 20}


def add_money(db: Session, school: SchoolRow, year: int, by: By, *, notional: Decimal, changed: bool = False) -> None:
    """The income register and the ledger of a year. Where it `changed`, amounts were revised and others are expected."""
    first, last = dt.date(year, 9, 1), dt.date(year + 1, 8, 31)
    revised, expected = (notional - 1_400, notional * 9 / 100) if changed else (None, None)
    months = {month: Decimal(part) for month, part in OWN_MONTHS.items()} if changed else {}
    own: dict[str, Any] = {"profile": "months", **months} if changed else {}
    income: tuple[tuple[str, str, Decimal, dict[str, Any]], ...] = (
        ("notional", "Notional SEN budget", notional, {"revised": revised}),
        ("top-up", "Top-up for named pupils", notional / 4, {}),
        ("pupil-premium", "Pupil premium charged to interventions", notional / 10, {"expected": expected, **own}),
        ("inclusive-mainstream", "Inclusive Mainstream Fund", notional / 20, {"profile": "evenly"}),
    )
    for kind, name, amount, more in income:
        add_row(
            db, IncomeRow, school.id, by, "income line", kind=kind, name=f"{name} {year}", original=amount,
            starts=first, ends=last, sen_share=Decimal(100), source="Budget statement", estimated=False, **more,
        )  # fmt: skip
    ledger = (
        ("E03", "Education support staff", notional * 2, "55", "Hours on the timetable"),
        ("E01", "Teaching staff", notional * 8, "4", "Posts on the provision map"),
        ("E19", "Learning resources", notional / 8, "12", "Orders marked SEN"),
        ("E27", "Bought-in professional services", notional / 10, "70", "Invoices read one by one"),
    )
    for code, name, amount, share, ground in ledger:
        add_row(
            db, LedgerRow, school.id, by, "ledger line", year=year, code=code, name=name, amount=amount,
            sen_share=Decimal(share), ground=ground, set_by="Business manager", estimated=False,
        )  # fmt: skip


def add_leaver(db: Session, school: SchoolRow, year: int, pupil: PupilRow, by: By) -> None:
    """A pupil with top-up moves away in the year: the money stops on the day, and so do the groups of this year."""
    left = dt.date(year, 10, 16)
    change_row(db, pupil, pupil.version, by, f"pupil {pupil.id}", left=left)
    now = {row.id for row in rows_of(db, InterventionRow, school.id, year=year)}
    for part in rows_of(db, TakesPartRow, school.id, pupil_id=pupil.id):
        if part.intervention_id in now:
            change_row(db, part, part.version, by, "who takes part", left=left)
    add_row(
        db, IncomeRow, school.id, by, "income line", kind="top-up", name=f"Top-up for one pupil, band C {year}",
        original=Decimal(4_380), pupil_id=pupil.id, starts=dt.date(year, 4, 1), ends=dt.date(year + 1, 3, 31),
        sen_share=Decimal(100), source="Authority's letter", code="I03", estimated=False,
    )  # fmt: skip


def add_notes(db: Session, review: ReviewRow, head: By, senco: By) -> None:
    """Why the primary's year does not go as planned, in the words of those who know."""
    written = (
        (TO_DATE, senco, "The nurture group and both adults for single pupils began in September only, while the budget is spread from April. The governors agreed to them in July."),
        (YEAR_END, head, "The larger map runs for seven months of this financial year and goes on after 31 March. What is not needed by then goes towards what runs on."),
        (key_of(IncomeKind.TOP_UP), head, "A pupil with top-up moved away in October. The adult’s hours now go to two pupils who wait for an assessment."),
    )  # fmt: skip
    for key, by, text in written:
        write_note(db, review, review.year, key, 0, text, by)
