"""Brings a database up to date, and says which step it stands at."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from vfm.store.engine import Database

MIGRATIONS = Path(__file__).with_name("migrations")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


class DanglingRows(Exception):
    """After a step some rows refer to others that are not there; the step is undone."""


@contextmanager
def _rebuilding(database: Database) -> Iterator[Connection]:
    """One transaction in which tables may be built anew.

    SQLite changes a table by copying it and dropping the old one. With its foreign keys on, dropping it would take every row
    that refers to it along, so they are off (which SQLite allows before a transaction only) and are looked at in the end.
    """
    with database.engine.connect() as connection:
        lite = connection.connection.driver_connection if connection.dialect.name == "sqlite" else None
        if lite is not None:
            lite.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                if lite is not None and (dangling := lite.execute("PRAGMA foreign_key_check").fetchall()):
                    raise DanglingRows(
                        f"{len(dangling)} rows refer to nothing, the first in the table {dangling[0][0]}"
                    )
        finally:
            if lite is not None:
                lite.execute("PRAGMA foreign_keys=ON")


def upgrade(database: Database, to: str = "head") -> None:
    """Applies what is missing; nothing when the database is up to date."""
    config = _config()
    with _rebuilding(database) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, to)


def downgrade(database: Database, to: str) -> None:
    """Goes back to an earlier step."""
    config = _config()
    with _rebuilding(database) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, to)


def step(database: Database) -> str | None:
    """The step a database stands at, or None when it is empty."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The newest step there is."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def write_step(database: Database, message: str) -> None:
    """Writes the migration from the last step to the tables as they now stand; for whoever changes a table."""
    config = _config()
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.revision(config, message=message, autogenerate=True, rev_id=f"{_steps() + 1:04d}")


def _steps() -> int:
    return len(list((MIGRATIONS / "versions").glob("*.py")))
