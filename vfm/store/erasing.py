"""Says what erasing pupils would do, counted and place by place, before anything is done; see decision 21."""

import hashlib
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from vfm.plan.naming import Keys, Known, Place, keys_of, known, places
from vfm.pupils.data_words import FROZEN, Fate, told
from vfm.store.about_pupil import PUPIL, Rows, rows_about, rows_leaning
from vfm.store.accounts import people_of
from vfm.store.drafts import DraftRow
from vfm.store.kept_aside import drafts_with, sheets_with
from vfm.store.packs import PackRow, numbers_of
from vfm.store.pupils import PupilRow
from vfm.store.rows import rows_of
from vfm.store.staff import StaffRow
from vfm.store.texts import Written, texts_in

Marked = frozenset[tuple[str, int]]
"""Rows by table and key."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place where a name stands, or might. `key` is another one as soon as the text is another."""

    text: Written
    place: Place

    @property
    def key(self) -> str:
        its = (self.text.table, self.text.row, self.text.column, self.text.path, self.text.text, self.place.start)
        return hashlib.sha256(repr(its).encode()).hexdigest()[:24]


@dataclass(frozen=True)
class Outlook:
    """What erasing would do: rows that go and rows whose words go, and what stays.

    `sure` are places that are written over; `asked` those at which a person says whether the pupil is meant; `frozen` stand in
    plans that were submitted and in packs of others, and are left; `packs` says of each such pack its number and how many they are.
    `sheets` and `drafts` are what colleagues are in the middle of.
    """

    pupils: tuple[PupilRow, ...]
    rows: Rows
    going: Marked
    emptied: Marked
    sure: tuple[Found, ...]
    asked: tuple[Found, ...]
    frozen: tuple[Found, ...]
    packs: tuple[tuple[int, int], ...]
    sheets: tuple[int, ...]
    drafts: tuple[DraftRow, ...]
    who: Known

    @property
    def ids(self) -> list[int]:
        return [row.id for row in self.pupils]

    @property
    def seen(self) -> str:
        """A digest of all of it, so that nothing is done which a person has not been shown."""
        its = [each.key for each in (*self.sure, *self.asked, *self.frozen)]
        stays = sorted((table, row["id"]) for table, rows in self.rows.items() for row in rows)
        pupils = [(row.id, row.version) for row in self.pupils]
        shown = (its, stays, pupils, self.sheets, len(self.drafts))
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:32]

    def counted(self, fate: Fate) -> list[tuple[str, int]]:
        """How many rows go, lose their words, or stay, by the plain title of their table; those of nought are left out."""
        found = Counter(
            told(table).title
            for table, rows in self.rows.items()
            for row in rows
            if table != PUPIL and self._fate(table, row["id"]) is fate
        )
        return sorted(found.items())

    def _fate(self, table: str, row: int) -> Fate:
        if (table, row) in self.going:
            return Fate.GOES
        return Fate.EMPTIED if (table, row) in self.emptied else Fate.STAYS


def to_erase(db: Session, school_id: int, ids: Collection[int]) -> tuple[PupilRow, ...]:
    """Those of the pupils who are there and not erased yet."""
    query = select(PupilRow).where(PupilRow.school_id == school_id, PupilRow.id.in_(ids), PupilRow.erased.is_(None))
    return tuple(db.scalars(query.order_by(PupilRow.id)))


def look(db: Session, school_id: int, pupils: Sequence[PupilRow]) -> Outlook:
    """What erasing these pupils would do; nothing is done."""
    ids = [row.id for row in pupils]
    rows, who = rows_about(db, school_id, ids), known_by(pupils, bearers(db, school_id))
    going, emptied = _marked(rows)
    found = [
        Found(text, place)
        for text in texts_in(db, school_id)
        if (text.table, text.row) not in going | emptied
        for place in places(text.text, who)
    ]
    frozen = tuple(each for each in found if each.text.table in FROZEN)
    open_ = [each for each in found if each.text.table not in FROZEN]
    return Outlook(
        pupils=tuple(pupils), rows=rows, going=going, emptied=emptied, who=who,
        sure=tuple(each for each in open_ if each.place.sure),
        asked=tuple(each for each in open_ if not each.place.sure),
        frozen=frozen, packs=_packs(db, school_id, frozen),
        sheets=tuple(sheets_with(db, school_id, who)), drafts=tuple(drafts_with(db, school_id, who, ids)),
    )  # fmt: skip


def _packs(db: Session, school_id: int, frozen: Sequence[Found]) -> tuple[tuple[int, int], ...]:
    """The packs among what is left: the number of each, and how many places are in it."""
    places_in = Counter(each.text.row for each in frozen if each.text.table == PackRow.__tablename__)
    numbers = numbers_of(db, school_id, places_in)
    return tuple(sorted((numbers[row], many) for row, many in places_in.items()))


def _marked(rows: Rows) -> tuple[Marked, Marked]:
    """The rows that go, with whatever leans on them, and those whose words go."""
    going: set[tuple[str, int]] = set()
    for table, its in rows.items():
        leaning = rows_leaning(table, its, going)
        going |= {(table, row["id"]) for row in its if told(table).fate is Fate.GOES or row["id"] in leaning}
    emptied = {(table, row["id"]) for table, its in rows.items() if told(table).fate is Fate.EMPTIED for row in its}
    return frozenset(going), frozenset(emptied - going)


def bearers(db: Session, school_id: int) -> Counter[Keys]:
    """How many pupils, members of staff and people who sign in bear each name at a school."""
    names = [row.name for row in rows_of(db, PupilRow, school_id, erased=None)]
    names += [row.name for row in rows_of(db, StaffRow, school_id)]
    names += [account.name for account, _ in people_of(db, school_id)]
    return Counter(keys_of(name) for name in names)


def known_by(pupils: Sequence[PupilRow], everybody: Counter[Keys]) -> Known:
    """What these pupils are found by. A name that somebody else bears as well is never sure."""
    own = Counter(keys_of(row.name) for row in pupils)
    return known(
        [row.name for row in pupils],
        [row.upn for row in pupils if row.upn],
        [row.reference for row in pupils if row.reference],
        [row.name for row in pupils if everybody[keys_of(row.name)] > own[keys_of(row.name)]],
    )
