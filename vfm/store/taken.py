"""Reads what pupils have taken part in, in all years up to one, with a fixed number of selects."""

from collections import defaultdict
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from vfm.costing.calendar import AcademicYear
from vfm.costing.catalogue import Catalogue
from vfm.costing.intervention import Result
from vfm.costing.programme import Programme, folded
from vfm.store.provision import GiverRow, InterventionRow, TakesPartRow, of_pupil
from vfm.value.taken import Taken

DECISIONS = {"continue": "Continue", "change": "Change", "stop": "Stop"}


def taken_until(db: Session, school_id: int, year: int, catalogue: Catalogue) -> tuple[Taken, ...]:
    """What pupils took part in up to a year, it included: one select for all years, and one for that year's adults."""
    adults = _adults(db, school_id, InterventionRow.year == year)
    return _taken_where(db, school_id, catalogue, adults, InterventionRow.year <= year)


def taken_by(db: Session, school_id: int, pupil_id: int, year: int, catalogue: Catalogue) -> tuple[Taken, ...]:
    """The same of one pupil, with the adults of every year: two selects."""
    which = of_pupil(school_id, pupil_id, year)
    return _taken_where(
        db, school_id, catalogue, _adults(db, school_id, *which), *which, TakesPartRow.pupil_id == pupil_id
    )


def years_taken(db: Session, school_id: int, year: int) -> tuple[int, ...]:
    """The years up to one, it included, in which the school has entered who takes part in something."""
    query = (
        select(InterventionRow.year)
        .join(TakesPartRow, and_(InterventionRow.school_id == TakesPartRow.school_id, InterventionRow.id == TakesPartRow.intervention_id))
        .where(InterventionRow.school_id == school_id, InterventionRow.year <= year)
        .distinct()
    )  # fmt: skip
    return tuple(sorted(db.scalars(query)))


def _taken_where(
    db: Session, school_id: int, catalogue: Catalogue, adults: defaultdict[int, frozenset[str]], *which: ColumnElement[bool]
) -> tuple[Taken, ...]:  # fmt: skip
    query = (
        select(InterventionRow.__table__, *(TakesPartRow.__table__.c[name] for name in ("pupil_id", "joined", "left", "result")))
        .join(TakesPartRow.__table__, and_(InterventionRow.school_id == TakesPartRow.school_id, InterventionRow.id == TakesPartRow.intervention_id))
        .where(InterventionRow.school_id == school_id, *which)
        .order_by(InterventionRow.year, InterventionRow.id, TakesPartRow.id)
    )  # fmt: skip
    return tuple(_taken(row, catalogue, adults[row.id]) for row in db.execute(query))


def _adults(db: Session, school_id: int, *which: ColumnElement[bool]) -> defaultdict[int, frozenset[str]]:
    """Who gives each of some lines: people where they are named, else roles, else kinds of giver."""
    query = (
        select(GiverRow.__table__)
        .join(InterventionRow, and_(InterventionRow.school_id == GiverRow.school_id, InterventionRow.id == GiverRow.intervention_id))
        .where(GiverRow.school_id == school_id, *which)
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
