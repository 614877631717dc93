"""The gate: every view says what it needs, and whoever lacks it is refused before the view runs."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, NoReturn, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from vfm.store.accounts import (
    Account,
    AuthorityRow,
    Role,
    SchoolRow,
    advises,
    authority_by_slug,
    is_administrator,
    role_at,
    school_by_slug,
)
from vfm.web.database import db
from vfm.web.drafts import keep_what_was_typed

View = TypeVar("View", bound=Callable[..., Any])
EVERYBODY_THERE = frozenset({Role.LEADERSHIP, Role.SENCO, Role.TEACHER, Role.GOVERNOR})
PLACES = ("school", "authority")
WHO_RUNS_IT = frozenset({Role.LEADERSHIP, Role.SENCO})


class Permission(Enum):
    """What a view needs. Those with roles are about one school, and the school stands in the address."""

    PUBLIC = "anybody"
    SIGNED_IN = "anybody who is signed in"
    ADMINISTER = "administrators of the installation"
    ADVISE = "advisers of the authority in the address"
    TAKE_PART = "everybody at the school"
    REVIEW = "leadership and SENCO of the school"
    LEAD = "leadership of the school"
    NOBODY = "nobody: it comes with the sign-in library, and we do not use it"


ROLES = {
    Permission.TAKE_PART: EVERYBODY_THERE,
    Permission.REVIEW: WHO_RUNS_IT,
    Permission.LEAD: frozenset({Role.LEADERSHIP}),
}

# The sign-in library's own views; one that is not named here is refused like any other.
LIBRARY_VIEWS = {
    "security.login": Permission.PUBLIC,
    "security.logout": Permission.SIGNED_IN,
    "security.forgot_password": Permission.PUBLIC,
    "security.reset_password": Permission.PUBLIC,
    "security.verify": Permission.SIGNED_IN,
    "security.change_password": Permission.SIGNED_IN,
    "security.two_factor_setup": Permission.SIGNED_IN,
    "security.two_factor_setup_validate": Permission.SIGNED_IN,
    "security.two_factor_token_validation": Permission.PUBLIC,
    "security.mf_recovery_codes": Permission.SIGNED_IN,
    "security.mf_recovery": Permission.PUBLIC,
    "security.tf_select": Permission.NOBODY,
    "security.two_factor_rescue": Permission.NOBODY,
    "security.static": Permission.NOBODY,
}


@dataclass(frozen=True, slots=True)
class Here:
    """Who acts at which school, in which role: what the gate found, for the view."""

    account: Account
    school: SchoolRow
    role: Role

    @property
    def leads(self) -> bool:
        return self.role is Role.LEADERSHIP


def permit(permission: Permission) -> Callable[[View], View]:
    """Says what a view needs. A view that says nothing is refused to everybody."""

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def permission_of(app: Flask, endpoint: str) -> Permission | None:
    """What the view of an endpoint needs, or None when it does not say."""
    marked: Permission | None = getattr(app.view_functions.get(endpoint), "permission", None)
    return marked or LIBRARY_VIEWS.get(endpoint)


def here() -> Here:
    """Who acts where, in a view that is about one school."""
    found: Here = g.here
    return found


def me() -> Account:
    """The person who is signed in."""
    account: Account = current_user._get_current_object()
    return account


def add_gate(app: Flask) -> None:
    """Stands before every view. The place in the address is the gate's business, so views are not handed it."""
    app.before_request(gate)

    @app.url_value_preprocessor
    def _(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        g.place = {name: values.pop(name) for name in PLACES if values and name in values}

    @app.url_defaults
    def _(endpoint: str, values: dict[str, Any]) -> None:
        for name, slug in g.get("place", {}).items():
            if app.url_map.is_endpoint_expecting(endpoint, name):
                values.setdefault(name, slug)


def gate() -> ResponseReturnValue | None:
    """Refuses, or lets through. Another school's anything is a 404, the same as one that never existed."""
    if request.endpoint is None:
        return None  # no such address; the 404 page answers
    permission = permission_of(current_app, request.endpoint)
    if permission is None:
        abort(403)
    if permission is Permission.NOBODY:
        abort(404)
    if permission is Permission.PUBLIC:
        return None
    if not current_user.is_authenticated:
        return redirect(url_for("security.login", next=_way_back() or keep_what_was_typed()))
    _enter(permission)
    return None


def _way_back() -> str | None:
    return request.full_path.rstrip("?") if request.method == "GET" else None


def _enter(permission: Permission) -> None:
    if "school" in g.place:
        _enter_school(permission, g.place["school"])
    elif "authority" in g.place:
        _enter_authority(permission, g.place["authority"])
    elif permission is Permission.ADMINISTER and not is_administrator(db(), me().id):
        abort(403)


def _enter_school(permission: Permission, slug: str) -> None:
    school = school_by_slug(db(), slug)
    role = role_at(db(), me().id, school.id) if school else None
    if school is None or role is None:
        _no_such_thing()
    if role not in ROLES.get(permission, frozenset()):
        abort(403)
    g.here = Here(me(), school, role)


def _enter_authority(permission: Permission, slug: str) -> None:
    authority = authority_by_slug(db(), slug)
    if authority is None or permission is not Permission.ADVISE or not advises(db(), me().id, authority.id):
        _no_such_thing()
    g.authority = authority


def authority_here() -> AuthorityRow:
    """The authority in the address, in a view for its advisers."""
    found: AuthorityRow = g.authority
    return found


def _no_such_thing() -> NoReturn:
    abort(404)
