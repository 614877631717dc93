"""What made-up schools have entered between the map and the ledger: time that is on no intervention, and typed lines."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from vfm.demo.provision import HLTA, MENTOR, TEACHER
from vfm.store.audit import By
from vfm.store.bridging import BridgeEntryRow, TimeNotTiedRow
from vfm.store.rows import add_row
from vfm.store.staff import StaffRoleRow


@dataclass(frozen=True, slots=True)
class Time:
    """Hours at work of a role in the financial year."""

    name: str
    kind: str
    role: str
    hours: str
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """A typed line of the bridge, in pounds, with its ground."""

    name: str
    heading: str
    amount: str
    ground: str
    estimated: bool = False


TIMES = (
    Time("SENCO, one day a week", "senco", TEACHER, "247"),
    Time("Ordering, timetables and the register of needs", "co-ordination", HLTA, "60", estimated=True),
    Time("Nine annual reviews, three hours each", "reviews", TEACHER, "27"),
    Time("Meetings with families and the family hub", "reviews", MENTOR, "24", estimated=True),
)
TYPED = (
    Typed("Agency staff in the spring", "cover", "2150", "Four invoices, all for the nurture group"),
    Typed("Insurance for a long absence", "recoveries", "640", "Insurer’s letter of 14 May"),
    Typed("Therapist’s visits of last March", "accruals", "780", "Invoice dated 2 April"),
)
FIRST_YEAR = Typed(
    "Interventions that were not on the first map", "never-mapped", "47900", "Timetables of the year, counted by the SENCO",
    estimated=True,
)  # fmt: skip


def add_bridge(db: Session, school_id: int, year: int, by: By, roles: dict[str, StaffRoleRow], *, first: bool) -> None:
    """Time that is on no intervention, and what was typed to explain the ledger."""
    for time in TIMES:
        add_row(
            db, TimeNotTiedRow, school_id, by, "time", year=year, kind=time.kind, role_id=roles[time.role].id,
            name=time.name, hours=Decimal(time.hours), sen_share=Decimal(100), estimated=time.estimated,
        )  # fmt: skip
    for typed in (*TYPED, FIRST_YEAR) if first else TYPED:
        add_row(
            db, BridgeEntryRow, school_id, by, "bridge line", year=year, heading=typed.heading, name=typed.name,
            amount=Decimal(typed.amount), ground=typed.ground, set_by="Business manager", estimated=typed.estimated,
        )  # fmt: skip
