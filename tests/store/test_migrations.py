from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, inspect, select, text
from sqlalchemy.exc import IntegrityError

from tests.store.school import NOW, make_place
from vfm.store.accounts import SchoolRow
from vfm.store.engine import Database
from vfm.store.everything import metadata
from vfm.store.ids import new_id
from vfm.store.provision import GiverRow, InterventionRow, TakesPartRow
from vfm.store.pupils import PupilRow
from vfm.store.reviews import ReviewRow
from vfm.store.rows import add_row, rows_of
from vfm.store.upgrading import DanglingRows, downgrade, newest, step, upgrade


def differences(database: Database) -> Sequence[Any]:
    """What Alembic would write into the next migration."""
    with database.engine.begin() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def tables(database: Database) -> set[str]:
    return set(inspect(database.engine).get_table_names()) - {"alembic_version"}


def checks(database: Database) -> dict[str, str]:
    """Every CHECK of the database: its name, and what it says."""
    found = inspect(database.engine)
    return {
        str(check["name"]): check["sqltext"]
        for table in tables(database)
        for check in found.get_check_constraints(table)
    }


def declared_checks() -> dict[str, str]:
    return {
        str(constraint.name): str(constraint.sqltext)
        for table in metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }


def test_after_an_upgrade_autogenerate_finds_no_difference(database: Database) -> None:
    assert step(database) == newest()
    assert differences(database) == []


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE review ADD COLUMN extra TEXT",
        "DROP TABLE ledger",
        "DROP INDEX ix_comment_subject",
        "CREATE TABLE extra (id BIGINT)",
    ],
)
def test_a_difference_would_be_found(database: Database, change: str) -> None:
    with database.engine.begin() as connection:
        connection.execute(text(change))
    assert differences(database)


def test_every_check_that_is_declared_is_there_because_autogenerate_does_not_look(database: Database) -> None:
    assert set(checks(database)) == set(declared_checks())


def test_every_check_says_what_is_declared(database: Database) -> None:
    if database.engine.dialect.name == "sqlite":  # PostgreSQL writes them in its own words; test_checks.py tries each
        assert checks(database) == declared_checks()


def test_upgrading_twice_changes_nothing(database: Database) -> None:
    upgrade(database)
    assert step(database) == newest()
    assert differences(database) == []


def test_migrations_go_down_to_nothing_and_up_again(database: Database) -> None:
    downgrade(database, "base")
    assert step(database) is None
    assert tables(database) == set()
    upgrade(database)
    assert step(database) == newest()
    assert differences(database) == []
    assert set(checks(database)) == set(declared_checks())


def test_going_down_a_step_and_up_again_keeps_what_older_tables_hold(database: Database) -> None:
    place = make_place(database)
    downgrade(database, "0001")
    assert step(database) == "0001"
    assert "action" not in tables(database)
    upgrade(database)
    with database.read() as db:
        assert db.scalars(select(SchoolRow.name)).all() == [place.school.name]


def test_a_table_made_anew_keeps_the_rows_that_lean_on_it(database: Database) -> None:
    """SQLite alters a table by making it anew; dropping the old one must not take away what refers to it."""
    place = make_place(database)
    with database.write() as db:
        pupil = add_row(db, PupilRow, place.school.id, place.by, "pupil", name="Ann", status="K")
        it = add_row(
            db, InterventionRow, place.school.id, place.by, "intervention", year=2026, name="Reading", tier="targeted"
        )
        leaning = {"intervention_id": it.id}
        add_row(db, GiverRow, place.school.id, place.by, "giver", kind="agency", number=Decimal(1), **leaning)
        add_row(db, TakesPartRow, place.school.id, place.by, "member", pupil_id=pupil.id, **leaning)
        db.commit()
    for earlier in ("0003", "0004"):
        downgrade(database, earlier)
        upgrade(database)
        with database.read() as db:
            for table in (PupilRow, InterventionRow, GiverRow, TakesPartRow):
                assert len(rows_of(db, table, place.school.id)) == 1, (earlier, table)
    if database.engine.dialect.name == "sqlite":
        with database.engine.connect() as connection:
            assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_after_a_step_rows_must_refer_to_rows_that_are_there_as_before(database: Database) -> None:
    downgrade(database, "0001")
    upgrade(database)
    with pytest.raises(IntegrityError), database.write.begin() as db:
        db.add(ReviewRow(school_id=new_id(), id=new_id(), year=2026, started=NOW))


def test_a_step_that_leaves_rows_referring_to_nothing_is_undone(database: Database) -> None:
    if database.engine.dialect.name != "sqlite":
        return  # PostgreSQL changes tables in place, its foreign keys stay on
    downgrade(database, "0002")
    with database.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("INSERT INTO review (school_id, id, year, started) VALUES (1, 2, 2026, '2026-09-01')")
        raw.execute("PRAGMA foreign_keys=ON")
    with pytest.raises(DanglingRows, match="review"):
        upgrade(database)
    assert step(database) == "0002"
