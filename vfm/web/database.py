"""Gives each request its one database session: a GET only reads, anything else takes the write lock."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from flask import Flask, current_app, has_request_context, request
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from vfm.store.engine import Database

SAFE = ("GET", "HEAD", "OPTIONS")


def add_database(app: Flask, database: Database) -> None:
    """Opens at the first use in a request and closes when the request ends, whatever happened."""

    def open_session() -> Session:
        reads = has_request_context() and request.method in SAFE
        return its_database().read() if reads else its_database().write()

    app.extensions["vfm_database"] = database
    app.extensions["vfm_session"] = scoped_session(cast("sessionmaker[Session]", open_session))

    @app.teardown_appcontext
    def _(_error: BaseException | None) -> None:
        end()


def scoped() -> scoped_session[Session]:
    """The registry that the sign-in library wants."""
    registry: scoped_session[Session] = current_app.extensions["vfm_session"]
    return registry


def db() -> Session:
    """This request's session."""
    return scoped()()


def reading() -> Session:
    """A session of its own that takes no write lock, for long work; the caller closes it and has called end() before."""
    return its_database().read()


def its_database() -> Database:
    """The database of this application."""
    found: Database = current_app.extensions["vfm_database"]
    return found


@contextmanager
def noting() -> Iterator[Session]:
    """A short write of its own, for a page that only reads and must say in the audit who read it."""
    database: Database = current_app.extensions["vfm_database"]
    with database.write.begin() as own:
        yield own


def end() -> None:
    """Ends this request's transaction; what was not committed is undone."""
    scoped().remove()
