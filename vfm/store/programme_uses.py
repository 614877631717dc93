"""Which interventions of which years use a programme, and what happens to them when two programmes turn out to be one."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vfm.store.audit import By
from vfm.store.programmes import ProgrammeRow, aliases_in, as_aliases
from vfm.store.provision import InterventionRow
from vfm.store.rows import change_row, remove_row, rows_of


def uses_of(db: Session, row: ProgrammeRow) -> list[InterventionRow]:
    """The interventions that use a programme, the latest year first."""
    found = rows_of(db, InterventionRow, row.school_id, programme_id=row.id)
    return sorted(found, key=lambda each: (-each.year, each.id))


def numbers_of_uses(db: Session, school_id: int) -> dict[int, int]:
    """How many interventions, of all years, use each programme."""
    query = select(InterventionRow.programme_id, func.count()).where(InterventionRow.school_id == school_id)
    rows = db.execute(query.group_by(InterventionRow.programme_id))
    return {identity: number for identity, number in rows if identity is not None}


def join(db: Session, gone: ProgrammeRow, kept: ProgrammeRow, by: By) -> str:
    """Makes one programme of two: what used the one uses the other, which answers to the names of both. Returns its aliases."""
    for each in uses_of(db, gone):
        change_row(db, each, each.version, by, f"intervention {each.id}", programme_id=kept.id)
    names = [*aliases_in(kept.aliases), gone.name.replace(";", ","), *aliases_in(gone.aliases)]
    library = kept.library or gone.library
    remove_row(db, gone, by, f"programme {gone.id}")
    aliases = as_aliases(names, kept.name)
    change_row(db, kept, kept.version, by, f"programme {kept.id}", aliases=aliases, library=library)
    return aliases
