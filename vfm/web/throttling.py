"""Slows down guessing: so many failed tries for an account or from an address, then a wait, before any password is hashed."""

import datetime as dt

from flask import Flask, Response, abort, request

from vfm.store.tries import add_try, forget_tries, tries
from vfm.web.database import end, its_database, reading
from vfm.web.text import normal

GUARDED = ("security.login", "security.two_factor_token_validation", "security.mf_recovery", "security.forgot_password")
MOST_FOR_ACCOUNT, MOST_FROM_ADDRESS = 10, 100


def add_throttling(app: Flask) -> None:
    """Looks before the view and counts after it."""
    app.before_request(_wait_if_too_many)
    app.after_request(_count)


def _guarded() -> bool:
    return request.method == "POST" and request.endpoint in GUARDED


def _who() -> tuple[tuple[str, int], ...]:
    account = normal(request.form.get("email", ""))[:254].lower()
    address = (f"address:{request.remote_addr}", MOST_FROM_ADDRESS)
    return ((f"account:{account}", MOST_FOR_ACCOUNT), address) if account else (address,)


def _wait_if_too_many() -> None:
    if not _guarded():
        return
    now = dt.datetime.now(dt.UTC)
    with reading() as db:
        if any(tries(db, whose, now) >= most for whose, most in _who()):
            abort(429)


def _count(response: Response) -> Response:
    """A refused form is a failed try; being let in forgets the account's. A request for a reset link counts as well."""
    if not _guarded() or response.status_code == 429:
        return response
    end()  # or this second connection would wait for the request's own write lock
    let_in = response.status_code == 302 and request.endpoint == "security.login"
    with its_database().write.begin() as db:
        for whose, _ in _who():
            if let_in and whose.startswith("account:"):
                forget_tries(db, whose)
            elif not let_in:
                add_try(db, whose, dt.datetime.now(dt.UTC))
    return response
