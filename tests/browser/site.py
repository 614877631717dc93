"""The demonstration's site on a free port of this machine, and the people who sign in to it."""

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from flask import Flask
from flask_security import hash_password
from sqlalchemy import select
from werkzeug.serving import WSGIRequestHandler, make_server

from vfm.costing.calendar import AcademicYear
from vfm.demo.schools import PASSWORD, fill, submit_finished
from vfm.store.accounts import AuthorityRow, Role, SchoolRow, add_membership, add_school
from vfm.store.ids import new_id
from vfm.web.bank import bank
from vfm.web.database import db
from vfm.web.signing_in import User

EVERYTHING = dict.fromkeys(
    ("unit_or_resourced_provision", "any_ehc_plan", "any_sen_support", "any_top_up", "pupil_premium", "volunteers_or_peers"),
    True,
)  # fmt: skip


class _Silent(WSGIRequestHandler):
    """Answers without writing each request on the screen."""

    def log(self, type: str, message: str, *args: object) -> None:
        pass


@dataclass
class Site:
    """A site that answers; `address` has no slash at its end."""

    app: Flask
    address: str = ""
    year: int = 0
    password: str = PASSWORD
    failures: list[str] = field(default_factory=list)

    def new_school(self, word: str) -> SchoolRow:
        """An empty school of the demonstration's authority with a head, a SENCO and an office, such as senco.elm@…"""
        with self.app.test_request_context(method="POST"):
            authority = db().scalars(select(AuthorityRow)).one()
            school = add_school(
                db(), authority.id, name=f"{word.title()} School", kind="mainstream", academy=False, lowest_age=4,
                highest_age=11, first_year=True, **EVERYTHING,
            )  # fmt: skip
            hashed = str(hash_password(PASSWORD))
            for who, role in (("head", Role.LEADERSHIP), ("office", Role.LEADERSHIP), ("senco", Role.SENCO)):
                account = User(
                    id=new_id(), email=f"{who}.{word}@demo.example", name=f"{who.title()} {word}", password=hashed
                )
                db().add(account)
                db().flush()
                add_membership(db(), account.id, role, school_id=school.id, authority_id=None)
            db().commit()
            db().refresh(school)
            db().expunge(school)
            return school


def fill_demo(app: Flask) -> int:
    """Puts the demonstration's schools into an empty database. Returns the year of their reviews."""
    now = dt.datetime.now(dt.UTC)
    with app.test_request_context(method="POST"):
        people = fill(db(), bank(), lambda word: str(hash_password(word)), now)
        submit_finished(db(), bank(), people, now)
        db().commit()
    return AcademicYear.holding(now.date()).start


@contextmanager
def serving(app: Flask) -> Iterator[Site]:
    """The site, answering until the block is left."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Site(app, f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
