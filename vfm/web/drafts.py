"""Keeps what somebody was typing when their session ended, and puts it into the form again after they have signed in."""

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, has_request_context, request, url_for
from flask_security import current_user
from werkzeug.datastructures import MultiDict

from vfm.store.drafts import drop_draft, find_draft, keep_draft
from vfm.store.sign_ins import expired_account
from vfm.web.database import db, end

View = TypeVar("View", bound=Callable[..., Any])
LEFT_OUT = ("csrf_token", "password", "new_password", "new_password_confirm", "code")
LONGEST_ADDRESS = 500


def stands_on(page: str) -> Callable[[View], View]:
    """Says on which page (its endpoint) the form of a view stands that answers to POST alone."""

    def mark(view: View) -> View:
        view.stands_on = page  # type: ignore[attr-defined]
        return view

    return mark


def add_drafts(app: Flask) -> None:
    """A draft goes when the form it belongs to has been saved."""

    @app.after_request
    def _(response: Response) -> Response:
        if request.method == "POST" and response.status_code == 302 and current_user.is_authenticated and _page():
            drop_draft(db(), current_user.fs_uniquifier, _key())
            db().commit()
        return response


def _page() -> str | None:
    """The address of the page that shows the form of this request, where there is one; there a draft stands again."""
    address = _address() if _shows_itself() else _other_page()
    return address if address and len(address) <= LONGEST_ADDRESS else None


def _shows_itself() -> bool:
    return request.url_rule is not None and "GET" in (request.url_rule.methods or ())


def _other_page() -> str | None:
    page = getattr(current_app.view_functions.get(request.endpoint or ""), "stands_on", None)
    if page is None:
        return None
    asked = request.query_string.decode(errors="replace")
    return url_for(page, **(request.view_args or {})) + (f"?{asked}" if asked else "")


def _key() -> str:
    """Under which a draft is kept: two forms on one page keep one each."""
    return _address() if _shows_itself() else request.path


def _address() -> str:
    return request.full_path.rstrip("?")


def keep_what_was_typed() -> str | None:
    """Keeps the form of a POST that came with an expired session; the address at which it will stand, or None."""
    identity, page = request.cookies.get(current_app.config["SESSION_COOKIE_NAME"]), _page()
    if request.method != "POST" or not identity or not page:
        return None
    now = dt.datetime.now(dt.UTC)
    account_key = expired_account(db(), identity, now)
    if account_key is None:
        return None
    typed = [[name, text] for name, text in request.form.items(multi=True) if name not in LEFT_OUT]
    keep_draft(db(), account_key, _key(), typed, now)
    db().commit()
    end()
    return page


def typed_before(sent_to: str | None = None) -> MultiDict[str, str] | None:
    """What this person typed into the form of this page before they were signed out.

    `sent_to` is the address of a second form on the page, which is sent elsewhere.
    """
    if not has_request_context() or request.method != "GET" or not current_user.is_authenticated or not _page():
        return None
    found = find_draft(db(), current_user.fs_uniquifier, sent_to or _key(), dt.datetime.now(dt.UTC))
    g.draft_stands = bool(found) or g.get("draft_stands", False)
    return MultiDict(found) if found else None
