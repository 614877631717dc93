"""What schools had written as a programme's name becomes a programme of their own, and nothing beside it is lost."""

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Table, column, func, insert, select, table
from sqlalchemy.orm import Session

from tests.store.school import Place, make_place
from tests.world import PROFILE
from vfm.store.accounts import add_school
from vfm.store.engine import Database
from vfm.store.everything import metadata
from vfm.store.ids import new_id
from vfm.store.programmes import ProgrammeRow, catalogue_of
from vfm.store.provision import CostRow, FundingRow, GiverRow, InterventionRow, TakesPartRow, interventions_of
from vfm.store.pupils import add_pupil
from vfm.store.rows import add_row, rows_of
from vfm.store.staff import StaffRoleRow
from vfm.store.upgrading import downgrade, upgrade

BEFORE = "0005"
OLD = table("intervention", column("id", BigInteger), column("programme"))


def map_of(db: Session, place: Place, **programme_ids: int | None) -> None:
    """A provision map with everything that hangs on an intervention; each has the programme of its name's id."""
    school, by = place.school.id, place.by

    def add(table: Any, **values: Any) -> int:
        return int(add_row(db, table, school, by, "a row", **values).id)

    role, pupil = add(StaffRoleRow, name="Assistant"), add_pupil(db, school, 2026, 4, by, name="Ann", status="K").id
    for name, programme_id in programme_ids.items():
        it = add(InterventionRow, year=2026, name=name, tier="specialist", need="Reading", programme_id=programme_id)
        add(GiverRow, intervention_id=it, kind="staff", role_id=role, number=Decimal(2))
        add(CostRow, intervention_id=it, kind="fees", name="Fee", amount=Decimal("9.99"), on=dt.date(2026, 9, 1))
        add(TakesPartRow, intervention_id=it, pupil_id=pupil, result="met")
        add(FundingRow, intervention_id=it, source="Trust", percent=Decimal(100))


def contents(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, as it stands; a year group that was a column of the pupil comes back under a new number."""
    with database.engine.connect() as connection:
        found = {}
        for each in metadata.sorted_tables:
            columns = [column for column in each.columns if (each.name, column.name) != ("year_step", "id")]
            found[each.name] = sorted(map(tuple, connection.execute(select(*columns)).all()), key=str)
        return found


def texts(database: Database) -> list[str]:
    """What the old column holds, in the order of the interventions."""
    with database.engine.connect() as connection:
        return list(connection.scalars(select(OLD.c.programme).order_by(OLD.c.id)))


def write_text(database: Database, name: str, text: str) -> None:
    named = table("intervention", column("name"), column("programme"))
    with database.engine.begin() as connection:
        connection.execute(named.update().where(named.c.name == name).values(programme=text))


def test_down_and_up_again_on_a_full_map_changes_nothing(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        map_of(db, place, Spare=None)
    with database.write.begin() as db:
        for name in ("Lexia", "Nessy; and <b>"):
            first = add_row(db, InterventionRow, place.school.id, place.by, "it", year=2025, name=name, tier="targeted")
            row = ProgrammeRow(school_id=place.school.id, id=first.id, name=name, tier="targeted")
            db.add(row)
            db.flush()
            first.programme_id = row.id
    before = contents(database)
    assert all(before[name] for name in ("giver", "cost", "takes_part", "funding", "programme"))
    downgrade(database, BEFORE)
    assert texts(database) == ["", "Lexia", "Nessy; and <b>"]
    upgrade(database)
    assert contents(database) == before


def test_each_text_of_a_school_becomes_one_programme_of_that_school(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        other = add_school(db, place.school.authority_id, name="Other School", **PROFILE)
        map_of(db, place, A=None, B=None, C=None, D=None, E=None)
        add_row(db, InterventionRow, other.id, place.by, "it", year=2026, name="Z", tier="universal")
    downgrade(database, BEFORE)
    for name, text in {
        "A": "Lexia Core 5",
        "B": "LEXIA core-5!",
        "C": "Lexia",
        "D": "",
        "E": "?",
        "Z": "lexia",
    }.items():
        write_text(database, name, text)
    upgrade(database)
    with database.read() as db:
        rows = rows_of(db, ProgrammeRow, place.school.id)
        assert [(row.name, row.tier, row.need, row.version) for row in rows] == [
            (name, "specialist", "Reading", 1) for name in ("Lexia Core 5", "Lexia", "?")
        ]
        used = {each.name: each.programme_id for each in rows_of(db, InterventionRow, place.school.id)}
        assert used == {"A": rows[0].id, "B": rows[0].id, "C": rows[1].id, "D": None, "E": rows[2].id}
        assert len(catalogue_of(db, place.school.id)) == 3
        (theirs,) = rows_of(db, ProgrammeRow, other.id)
        assert (theirs.name, theirs.tier) == ("lexia", "universal")
        named = {
            each.intervention.name: each.intervention.programme for each in interventions_of(db, place.school.id, 2026)
        }
        assert named == {"A": "Lexia Core 5", "B": "Lexia Core 5", "C": "Lexia", "D": "", "E": "?"}
        assert [len(each.intervention.staff) for each in interventions_of(db, place.school.id, 2026)] == [1] * 5


def test_going_down_writes_the_name_back_beside_each_intervention(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        row = add_row(db, ProgrammeRow, place.school.id, place.by, "p", name="Lexia", aliases="Core5", tier="targeted")
        map_of(db, place, A=row.id, B=None, C=row.id)
    downgrade(database, BEFORE)
    assert texts(database) == ["Lexia", "", "Lexia"]
    upgrade(database)
    with database.read() as db:
        (again,) = rows_of(db, ProgrammeRow, place.school.id)
        assert [each.programme_id for each in rows_of(db, InterventionRow, place.school.id)] == [
            again.id,
            None,
            again.id,
        ]


def test_a_large_map_keeps_every_row_that_hangs_on_it(database: Database) -> None:
    place = make_place(database)
    giver: Table = metadata.tables["giver"]
    with database.write.begin() as db:
        map_of(db, place, **{f"Row {n}": None for n in range(30)})
        ids = list(db.scalars(select(InterventionRow.id)))
        db.execute(
            insert(giver),
            [{"school_id": place.school.id, "id": new_id(), "intervention_id": ids[n % 30], "kind": "agency", "number": Decimal(1), "version": 1} for n in range(300)],
        )  # fmt: skip
    downgrade(database, BEFORE)
    upgrade(database)
    with database.read() as db:
        assert db.scalar(select(func.count()).select_from(giver)) == 330
