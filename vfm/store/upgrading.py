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


def upgrade(database: Database, to: str = "head") -> None:
    """Applies what is missing; nothing when the database is up to date."""
    config = _config()
    with _altering(database) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, to)


def downgrade(database: Database, to: str) -> None:
    """Goes back to an earlier step."""
    config = _config()
    with _altering(database) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, to)


@contextmanager
def _altering(database: Database) -> Iterator[Connection]:
    """A transaction in which tables may be made anew.

    SQLite alters a table by copying it and dropping the old one, and a drop deletes what refers to it: so references are
    not enforced meanwhile, and all of them are checked before the transaction ends.
    """
    if database.engine.dialect.name != "sqlite":
        with database.engine.begin() as connection:
            yield connection
        return
    with database.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA foreign_keys=OFF")  # takes effect outside a transaction only
        try:
            with connection.begin():
                yield connection
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                if broken:
                    raise RuntimeError(
                        f"a migration left {len(broken)} rows that refer to nothing, first in {broken[0][0]}"
                    )
        finally:
            raw.execute("PRAGMA foreign_keys=ON")


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
