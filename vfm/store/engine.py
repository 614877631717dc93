"""Opens the database: one way to read and one way to write, the same on SQLite and PostgreSQL."""

import sqlite3
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
"""What is removed is written over with noughts: it holds the names of children (decision 21)."""


@dataclass(frozen=True)
class Database:
    """`read` opens a session that takes no write lock; `write` opens one that takes it at its first statement."""

    engine: Engine
    read: sessionmaker[Session]
    write: sessionmaker[Session]

    def close(self) -> None:
        self.engine.dispose()

    def overwrite_free_space(self) -> bool:
        """Writes the file of SQLite anew, so that nothing of what was removed is left in free pages or in the write-ahead log.

        False: others were at work, and it must be done another time. PostgreSQL cleans up by itself, when it gets to it.
        """
        if self.engine.dialect.name != "sqlite":
            return True
        with self.engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            try:
                raw.execute("VACUUM")
                busy, *_ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            except sqlite3.OperationalError:
                return False
        return not busy


def open_database(url: str) -> Database:
    """The database at a SQLAlchemy URL."""
    engine = _sqlite(url) if url.startswith("sqlite") else create_engine(url, pool_pre_ping=True)
    reading = engine.execution_options(vfm_reads=True)
    return Database(engine, sessionmaker(reading, expire_on_commit=False), sessionmaker(engine, expire_on_commit=False))


def _sqlite(url: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": 20})

    @event.listens_for(engine, "connect")
    def _(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, see below
        for pragma in (*PRAGMAS, "busy_timeout=20000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        # A transaction that reads first and writes later loses saves on SQLite, so whoever may write says so at once.
        reads = connection.get_execution_options().get("vfm_reads")
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine
