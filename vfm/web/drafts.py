"""Keeps what somebody was typing when their session ended, and puts it into the form again after they have signed in."""

import datetime as dt

from flask import Flask, Response, current_app, g, has_request_context, request
from flask_security import current_user
from werkzeug.datastructures import MultiDict

from vfm.store.drafts import drop_draft, find_draft, keep_draft
from vfm.store.sign_ins import expired_account
from vfm.web.database import db, end

LEFT_OUT = ("csrf_token", "password", "new_password", "new_password_confirm", "code")
LONGEST_ADDRESS = 500


def add_drafts(app: Flask) -> None:
    """A draft goes when the form it belongs to has been saved."""

    @app.after_request
    def _(response: Response) -> Response:
        if request.method == "POST" and response.status_code == 302 and current_user.is_authenticated and _has_form():
            drop_draft(db(), current_user.fs_uniquifier, _address())
            db().commit()
        return response


def _has_form() -> bool:
    """Whether the address shows its form to a GET; only there can a draft stand again."""
    rule = request.url_rule
    return rule is not None and "GET" in (rule.methods or ()) and len(_address()) <= LONGEST_ADDRESS


def _address() -> str:
    return request.full_path.rstrip("?")


def keep_what_was_typed() -> str | None:
    """Keeps the form of a POST that came with an expired session; the address at which it will stand, or None."""
    identity = request.cookies.get(current_app.config["SESSION_COOKIE_NAME"])
    if request.method != "POST" or not identity or not _has_form():
        return None
    now = dt.datetime.now(dt.UTC)
    account_key = expired_account(db(), identity, now)
    if account_key is None:
        return None
    typed = [[name, text] for name, text in request.form.items(multi=True) if name not in LEFT_OUT]
    keep_draft(db(), account_key, _address(), typed, now)
    db().commit()
    end()
    return _address()


def typed_before() -> MultiDict[str, str] | None:
    """What this person typed into the form of this page before they were signed out."""
    if not has_request_context() or request.method != "GET" or not current_user.is_authenticated or not _has_form():
        return None
    found = find_draft(db(), current_user.fs_uniquifier, _address(), dt.datetime.now(dt.UTC))
    g.draft_stands = bool(found)
    return MultiDict(found) if found else None
