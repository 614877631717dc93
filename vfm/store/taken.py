"""Reads what every pupil has taken part in, in all years up to one, with a fixed number of selects."""

from collections import defaultdict
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from vfm.costing.calendar import AcademicYear
from vfm.costing.catalogue import Catalogue
from vfm.costing.intervention import Result
from vfm.costing.programme import Programme, folded
from vfm.store.provision import GiverRow, InterventionRow, TakesPartRow
from vfm.value.taken import Taken

DECISIONS = {"continue": "Continue", "change": "Change", "stop": "Stop"}


def taken_until(
    db: Session, school_id: int, year: int, catalogue: Catalogue, *, pupil: int | None = None
) -> tuple[Taken, ...]:
    """What pupils, or one of them, took part in up to a year, it included: one select for all years, and one for adults."""
    adults = _adults(db, school_id, year)
    query = (
        select(InterventionRow.__table__, *(TakesPartRow.__table__.c[name] for name in ("pupil_id", "joined", "left", "result")))
        .join(TakesPartRow.__table__, and_(InterventionRow.school_id == TakesPartRow.school_id, InterventionRow.id == TakesPartRow.intervention_id))
        .where(InterventionRow.school_id == school_id, InterventionRow.year <= year)
        .order_by(InterventionRow.year, InterventionRow.id, TakesPartRow.id)
    )  # fmt: skip
    query = query if pupil is None else query.where(TakesPartRow.pupil_id == pupil)
    return tuple(_taken(row, catalogue, adults[row.id]) for row in db.execute(query))


def _adults(db: Session, school_id: int, year: int) -> defaultdict[int, frozenset[str]]:
    """Who gives each line of one year's map: people where they are named, else roles, else kinds of giver."""
    query = (
        select(GiverRow.__table__)
        .join(InterventionRow, and_(InterventionRow.school_id == GiverRow.school_id, InterventionRow.id == GiverRow.intervention_id))
        .where(GiverRow.school_id == school_id, InterventionRow.year == year)
    )  # fmt: skip
    found: defaultdict[int, frozenset[str]] = defaultdict(frozenset)
    for row in db.execute(query):
        who = f"person {row.staff_id}" if row.staff_id else f"role {row.role_id}" if row.role_id else row.kind
        found[row.intervention_id] |= {who}
    return found


def _taken(row: Any, catalogue: Catalogue, adults: frozenset[str]) -> Taken:
    programme = _programme(row, catalogue)
    year = AcademicYear(row.year)
    starts, ends = row.starts_on or year.first_day, row.ends_on or year.last_day
    return Taken(
        pupil=str(row.pupil_id), year=row.year, line=str(row.id), name=row.name,
        programme=programme.key if programme else folded(row.name), called=programme.name if programme else row.name,
        first=row.joined or starts, last=row.left or ends, kind=programme.kind if programme else "",
        need=row.need or (programme.need if programme else ""), result=Result(row.result) if row.result else None,
        decision=DECISIONS.get(row.decision or "", ""), because=row.decision_why, adults=adults,
    )  # fmt: skip


def _programme(row: Any, catalogue: Catalogue) -> Programme | None:
    """The programme that it follows; where none was named, the one whose name or alias the line itself bears."""
    return catalogue.by_key.get(str(row.programme_id)) or catalogue.find(row.name)
