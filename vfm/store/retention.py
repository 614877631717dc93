"""Reads who is past the time for which a school keeps pupils' data, and what erasing each would do; nothing is done."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vfm.costing.calendar import AcademicYear
from vfm.plan.naming import places
from vfm.pupils.data_words import FROZEN, Fate, told
from vfm.pupils.retention import Past, Stay, forgotten, past
from vfm.store.about_pupil import rows_about
from vfm.store.accounts import SchoolRow
from vfm.store.audit import AuditRow
from vfm.store.erasing import bearers, known_by, to_erase
from vfm.store.ids import made_on
from vfm.store.provision import InterventionRow, TakesPartRow
from vfm.store.pupils import PupilRow
from vfm.store.rows import rows_of
from vfm.store.texts import texts_in


@dataclass(frozen=True, slots=True)
class Leaver:
    """A pupil who is past it. `rows` go or lose their words; `sure` places are written over, `asked` must be looked at."""

    pupil: PupilRow
    past: Past
    rows: int
    sure: int
    asked: int


@dataclass(frozen=True, slots=True)
class DryRun:
    """Who is past it (years None: nobody is ever), and how many have no last day and were long not seen."""

    years: int | None
    leavers: tuple[Leaver, ...]
    forgotten: int


def dry_run(db: Session, school_id: int, today: dt.date, most: int = 0) -> DryRun:
    """The list for a day, the longest past it first; `most` of them, if a number is given."""
    years = db.scalar(select(SchoolRow.pupils_kept).where(SchoolRow.id == school_id))
    stays = stays_of(db, school_id) if years is not None else []
    found = past(stays, years, today)
    return DryRun(years, _leavers(db, school_id, found[:most] if most else found), forgotten(stays, years, today))


def stays_of(db: Session, school_id: int) -> list[Stay]:
    """Every pupil who is not erased: the last day, and when the pupil was last entered, changed or on a map."""
    on_map, changed = _last_years(db, school_id), _last_changes(db, school_id)
    return [
        Stay(row.id, row.left, max(day for day in (made_on(row.id), on_map.get(row.id), changed.get(row.id)) if day))
        for row in rows_of(db, PupilRow, school_id, erased=None)
    ]


def _last_years(db: Session, school_id: int) -> dict[int, dt.date]:
    """The last day of the newest year in which each pupil was on the map."""
    joined = select(TakesPartRow.pupil_id, func.max(InterventionRow.year)).join(
        InterventionRow,
        (InterventionRow.school_id == TakesPartRow.school_id) & (InterventionRow.id == TakesPartRow.intervention_id),
    )
    rows = db.execute(joined.where(TakesPartRow.school_id == school_id).group_by(TakesPartRow.pupil_id))
    return {int(pupil): AcademicYear(int(year)).last_day for pupil, year in rows}


def _last_changes(db: Session, school_id: int) -> dict[int, dt.date]:
    """The day on which each pupil's row was last changed, by a list that was brought in or by hand."""
    query = select(AuditRow.subject, func.max(AuditRow.at)).where(
        AuditRow.school_id == school_id, AuditRow.subject.like("pupil %")
    )
    found = {}
    for subject, at in db.execute(query.group_by(AuditRow.subject)):
        if match := re.fullmatch(r"pupil (\d+)", subject):
            found[int(match[1])] = at.date()
    return found


def _leavers(db: Session, school_id: int, found: Sequence[Past]) -> tuple[Leaver, ...]:
    """Texts are read once for all; only those in which some name stands are looked through for each pupil."""
    rows = {row.id: row for row in to_erase(db, school_id, [each.pupil for each in found])}
    names = bearers(db, school_id)
    every = known_by(list(rows.values()), names)
    texts = (
        [each for each in texts_in(db, school_id) if each.table not in FROZEN and places(each.text, every)]
        if rows
        else []
    )
    made = []
    for each in found:
        row = rows[each.pupil]
        who, about = known_by([row], names), rows_about(db, school_id, [row.id])
        going = {
            (table, its["id"]) for table, them in about.items() for its in them if told(table).fate is not Fate.STAYS
        }
        hits = [p for text in texts if (text.table, text.row) not in going for p in places(text.text, who)]
        sure = sum(place.sure for place in hits)
        made.append(Leaver(row, each, len(going), sure, len(hits) - sure))
    return tuple(made)
