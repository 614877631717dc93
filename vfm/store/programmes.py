"""Remembers the school's catalogue of programmes: the names each answers to, what it is, and how the school usually runs it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from vfm.costing.catalogue import Catalogue, first_come
from vfm.costing.intervention import Tier
from vfm.costing.programme import Programme, Usual, exactly, folded
from vfm.pupils.pupil import AREA_WORDS
from vfm.store.accounts import SchoolRow
from vfm.store.audit import By
from vfm.store.rows import RegisterRow, add_row, rows_of
from vfm.store.tables import Prose, Rate, Words, one_of, rate_within

BETWEEN = "; "


class ProgrammeRow(RegisterRow):
    """One programme. `aliases` holds its other names with semicolons between them, `library` the entry it came from."""

    __tablename__ = "programme"
    name: Mapped[Words]
    aliases: Mapped[Prose] = mapped_column(default="")
    kind: Mapped[Words] = mapped_column(default="")
    tier: Mapped[str] = mapped_column(String(20))
    need: Mapped[Words] = mapped_column(default="")
    minutes: Mapped[Rate | None]
    sessions_a_week: Mapped[Rate | None]
    weeks: Mapped[Rate | None]
    notes: Mapped[Prose] = mapped_column(default="")
    library: Mapped[Words | None]
    __table_args__ = (
        UniqueConstraint("school_id", "name"),
        UniqueConstraint("school_id", "library"),
        one_of("tier", Tier),
        rate_within("minutes", 1_000),
        rate_within("sessions_a_week", 100),
        rate_within("weeks", 53),
    )


def aliases_in(text: str, name: str = "") -> list[str]:
    """The other names in a text with semicolons, without those that say `name` or an earlier one once more."""
    found: dict[str, str] = {}
    for part in text.split(";"):
        if part.strip():
            found.setdefault(folded(part), " ".join(part.split()))
    found.pop(folded(name), None)
    return list(found.values())


def as_aliases(names: Iterable[str], name: str = "") -> str:
    """Other names as they are kept. A semicolon inside one would part it in two; a comma there is the same name."""
    return BETWEEN.join(aliases_in(BETWEEN.join(each.replace(";", ",") for each in names), name))


def as_programme(row: ProgrammeRow) -> Programme:
    """A row as the plain value; its key is the row's id."""
    return Programme(
        key=str(row.id), name=row.name, tier=Tier(row.tier), kind=row.kind, aliases=tuple(aliases_in(row.aliases, row.name)),
        areas=tuple(area for area, words in AREA_WORDS.items() if words == row.need),
        usual=Usual(exactly(row.minutes), exactly(row.sessions_a_week), exactly(row.weeks)),
    )  # fmt: skip


def catalogue_of(db: Session, school_id: int) -> Catalogue:
    """The school's catalogue, in the order in which it was entered."""
    return first_come([as_programme(row) for row in rows_of(db, ProgrammeRow, school_id)])


def names_of_programmes(db: Session, school_id: int) -> dict[int, str]:
    """The name of each programme by its id."""
    query = select(ProgrammeRow.id, ProgrammeRow.name).where(ProgrammeRow.school_id == school_id)
    return {identity: name for identity, name in db.execute(query)}


def hold_catalogue(db: Session, school_id: int) -> None:
    """Waits for whoever else is adding names at this school, so that no two programmes come to answer to one.

    SQLite has one writer at a time and needs no more; PostgreSQL holds the school's row until the transaction ends.
    """
    db.execute(select(SchoolRow.id).where(SchoolRow.id == school_id).with_for_update(key_share=True))


def add_from_library(db: Session, school_id: int, entry: Programme, by: By) -> ProgrammeRow:
    """A library entry on the school's list. Where the library knows a range, the school's own number is left open."""
    usual = (
        ("minutes", entry.usual.minutes),
        ("sessions_a_week", entry.usual.sessions_a_week),
        ("weeks", entry.usual.weeks),
    )
    return add_row(
        db, ProgrammeRow, school_id, by, "programme", name=entry.name, aliases=as_aliases(entry.aliases, entry.name),
        kind=entry.kind, tier=entry.tier.value, need=entry.need, library=entry.key,
        **{name: Decimal(int(span.only)) for name, span in usual if span and span.only is not None},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """What a typed name stands for: the school's programme, and whether it was added now."""

    typed: str
    identity: int
    name: str
    added: bool = False
    from_library: bool = False

    @property
    def resolved(self) -> bool:
        """Whether the programme is called otherwise than what was typed."""
        return folded(self.typed) != folded(self.name)


def named_or_added(
    db: Session, school_id: int, typed: str, library: Catalogue, by: By, *, tier: str, need: str
) -> Named:
    """The programme of the school that answers to a name; where there is none it is added, from the library if it knows it.

    A plain label of the library ("Reading group") stands for too many things: what was typed is added as it is.
    """
    hold_catalogue(db, school_id)
    own, entry = catalogue_of(db, school_id), library.find(typed)
    published = entry if entry and not entry.general else None
    found = own.find(typed) or (own.shared_by(published) if published else None)
    if found:
        return Named(typed, int(found.key), found.name)
    if published:
        row = add_from_library(db, school_id, published, by)
    else:
        kind = entry.kind if entry else ""
        row = add_row(db, ProgrammeRow, school_id, by, "programme", name=typed, tier=tier, need=need, kind=kind)
    return Named(typed, row.id, row.name, added=True, from_library=published is not None)
