"""A school with a review and somebody who acts, for tests of the store."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.world import PROFILE
from vfm.store.accounts import Account, SchoolRow, add_authority, add_school
from vfm.store.audit import AuditRow, By
from vfm.store.engine import Database
from vfm.store.ids import new_id
from vfm.store.reviews import ReviewRow, start_review

NOW = dt.datetime(2027, 1, 15, 12, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Place:
    """A school, its review, and who acts there."""

    school: SchoolRow
    review: ReviewRow
    by: By


def make_place(database: Database) -> Place:
    """A school of 2026 to 2027, saved."""
    with database.write.begin() as db:
        account = Account(id=new_id(), email="head@example.org", name="The Head")
        db.add(account)
        school = add_school(db, add_authority(db, "Exampleshire").id, name="Toy School", **PROFILE)
        by = By(account.id, NOW)
        return Place(school, start_review(db, school.id, 2026, by), by)


def audit_of(db: Session, place: Place) -> list[AuditRow]:
    """What the audit of the school holds beside the start of the review: added, then changed, then removed."""
    rows = db.scalars(select(AuditRow).where(AuditRow.school_id == place.school.id, AuditRow.subject != "2026"))
    return sorted(rows, key=lambda row: (row.did, row.id))
