"""Keeps sessions on the server. The cookie holds a random id; the table holds only its hash."""

import datetime as dt
import secrets
from typing import Any

from flask import Flask, Request, Response
from flask.json.tag import TaggedJSONSerializer
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict

from vfm.store.sign_ins import SignIn, end_sign_in, find_sign_in, keep_sign_in
from vfm.web.database import end, its_database

TOUCH = dt.timedelta(minutes=1)


class ServerSession(CallbackDict[str, Any], SessionMixin):
    """One session. `identity` is None until it is saved for the first time."""

    def __init__(self, found: SignIn | None = None, identity: str | None = None) -> None:
        def touched(session: "ServerSession") -> None:
            session.modified = True

        super().__init__(TaggedJSONSerializer().loads(found.data) if found else None, touched)
        self.found, self.identity = found, identity if found else None
        self.user_before = self.get("_user_id")
        self.modified = False
        self.new = found is None


class ServerSessions(SessionInterface):
    """Reads a session when a request begins and writes it when the answer is made."""

    serializer = TaggedJSONSerializer()

    def open_session(self, app: Flask, request: Request) -> ServerSession:
        identity = request.cookies.get(self.get_cookie_name(app))
        if not identity:
            return ServerSession()
        with its_database().read() as db:
            return ServerSession(find_sign_in(db, identity, dt.datetime.now(dt.UTC)), identity)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        assert isinstance(session, ServerSession)
        now = dt.datetime.now(dt.UTC)
        if not session.modified and (session.found is None or now - session.found.seen < TOUCH):
            return
        end()  # or this second connection would wait for the request's own write lock
        response.vary.add("Cookie")
        if session:
            self._keep(app, session, response, now)
        else:
            self._end(app, session, response)

    def _end(self, app: Flask, session: ServerSession, response: Response) -> None:
        if session.identity:
            with its_database().write.begin() as db:
                end_sign_in(db, session.identity)
        response.delete_cookie(self.get_cookie_name(app), path="/")

    def _keep(self, app: Flask, session: ServerSession, response: Response, now: dt.datetime) -> None:
        user = session.get("_user_id")
        old = session.identity
        # A new id whenever who it speaks for changes, so that an id planted before sign-in is worth nothing after it.
        identity = old if old and user == session.user_before else secrets.token_urlsafe(32)
        started = session.found.started if session.found and identity == old else now
        data = self.serializer.dumps(dict(session))
        with its_database().write.begin() as db:
            if old and identity != old:
                end_sign_in(db, old)
            keep_sign_in(db, identity, user, SignIn(data, started, now))
        response.set_cookie(
            self.get_cookie_name(app), identity, httponly=True, secure=self.get_cookie_secure(app),
            samesite="Lax", path="/",
        )  # fmt: skip
