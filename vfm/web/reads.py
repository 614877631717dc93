"""Writes down that somebody looked at or took out what is kept of a pupil: once the answer is made, in a transaction of its own."""

from flask import current_app

from vfm.store.audit import record
from vfm.store.engine import Database
from vfm.web.database import end
from vfm.web.permissions import here
from vfm.web.school import now_by


def noted(did: str, subject: str) -> None:
    """A line in the school's audit. The request's own transaction ends with it: it has read all that it will."""
    by, school_id = now_by(), here().school.id
    database: Database = current_app.extensions["vfm_database"]
    end()
    with database.write.begin() as db:
        record(db, school_id, by, did, subject)
