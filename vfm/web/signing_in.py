"""Signing in and out, passwords and codes: the sign-in library, tied to our accounts, tables and rules."""

import datetime as dt
from base64 import urlsafe_b64encode
from hashlib import sha256
from importlib.resources import files
from typing import Any

import qrcode
import qrcode.image.svg
from flask import Flask, make_response, render_template, request, session
from flask_security import (
    PasswordUtil,
    Security,
    SQLAlchemySessionUserDatastore,
    Totp,
    UserMixin,
)
from markupsafe import Markup
from wtforms.form import BaseForm

from vfm.store.accounts import Account
from vfm.web.database import scoped
from vfm.web.mail import SecurityMail
from vfm.web.sessions import ServerSessions

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 200

SETTINGS: dict[str, Any] = {
    "SECURITY_URL_PREFIX": "/account",
    "SECURITY_LOGIN_URL": "/sign-in",
    "SECURITY_LOGOUT_URL": "/sign-out",
    "SECURITY_LOGOUT_METHODS": ["POST"],
    "SECURITY_LOGOUT_CSRF": True,
    "SECURITY_POST_LOGIN_VIEW": "/",
    "SECURITY_POST_LOGOUT_VIEW": "/",
    "SECURITY_CHANGEABLE": True,
    "SECURITY_CHANGE_URL": "/password",
    "SECURITY_POST_CHANGE_VIEW": "/account/",
    "SECURITY_RECOVERABLE": True,
    "SECURITY_RESET_URL": "/forgotten-password",
    "SECURITY_RESET_PASSWORD_WITHIN": dt.timedelta(days=1),
    "SECURITY_POST_RESET_VIEW": "/account/sign-in",
    "SECURITY_PASSWORD_LENGTH_MIN": SHORTEST_PASSWORD,
    "SECURITY_PASSWORD_CONFIRM_REQUIRED": True,
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
    "SECURITY_TWO_FACTOR": True,
    "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
    "SECURITY_TWO_FACTOR_SETUP_URL": "/two-step",
    "SECURITY_TWO_FACTOR_TOKEN_VALIDATION_URL": "/code",
    "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "/account/",
    "SECURITY_TOTP_ISSUER": "vfm",
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES_URL": "/recovery-codes",
    "SECURITY_MULTI_FACTOR_RECOVERY_URL": "/recovery-code",
    "SECURITY_DEFAULT_REMEMBER_ME": False,
    "SECURITY_JOIN_USER_ROLES": False,  # roles are memberships, see User
    "SECURITY_MSG_INVALID_EMAIL_ADDRESS": ("Enter an email address in the form name@example.sch.uk", "error"),
    "SECURITY_MSG_GENERIC_AUTHN_FAILED": ("Check the email address and the password: one is not right", "error"),
    "SECURITY_MSG_EMAIL_NOT_PROVIDED": ("Enter your email address", "error"),
    "SECURITY_MSG_PASSWORD_NOT_PROVIDED": ("Enter your password", "error"),
    "SECURITY_MSG_PASSWORD_INVALID_LENGTH": ("Enter a password of %(length)s characters or more", "error"),
    "SECURITY_MSG_RETYPE_PASSWORD_MISMATCH": ("Type the same new password twice", "error"),
    "SECURITY_MSG_INVALID_PASSWORD": ("The password is not right", "error"),
    "SECURITY_MSG_PASSWORD_IS_THE_SAME": ("Choose a password that is not the one you have now", "error"),
    "SECURITY_MSG_TWO_FACTOR_INVALID_TOKEN": ("Enter the six digits that your app shows now", "error"),
    "SECURITY_MSG_GENERIC_RECOVERY": (
        "If this address has an account and mail is set up, a link is on its way. It works for one day", "info",
    ),
    "WTF_CSRF_TIME_LIMIT": None,  # a form may stay open all afternoon
    "SESSION_COOKIE_NAME": "vfm",
}  # fmt: skip


class User(Account, UserMixin):
    """An account as the sign-in library sees it. Roles are memberships of ours, so the library's own stay empty."""

    roles = ()  # type: ignore[assignment]


class OnceTotp(Totp):
    """A code counts once: the last time-step that was accepted is kept with the account."""

    def get_last_counter(self, user: Any) -> int | None:
        last: int | None = user.tf_last_step
        return last

    def set_last_counter(self, user: Any, tmatch: Any) -> None:
        user.tf_last_step = tmatch.counter

    def generate_qrcode(self, username: str, totp: str) -> str:
        """The code as a drawing within the page, since the page may load no data: pictures."""
        image = qrcode.make(self.get_totp_uri(username, totp), image_factory=qrcode.image.svg.SvgPathImage, box_size=12)
        return Markup(image.to_string(encoding="unicode"))  # noqa: S704  made by us from a secret of ours


def _page(*names: Any, **values: Any) -> Any:
    """A page of the library's: 400 where a form was refused, as every other page of ours answers."""
    forgotten = values.get("forgot_password_form")
    if forgotten is not None and request.method == "POST" and not request.form.get("email", "").strip():
        # The library answers any address alike, so as to give no account away, and an empty one as well.
        session.pop("_flashes", None)
        forgotten.email.errors = ["Enter your email address"]
    page = render_template(*names, **values)
    refused = any(isinstance(value, BaseForm) and value.errors for value in values.values())
    return make_response(page, 400) if refused else page


class Passwords(PasswordUtil):
    """Long enough and not among the commonest; nothing about digits and capitals."""

    def validate(self, password: str, is_register: bool, **kwargs: Any) -> tuple[list[str] | None, str]:
        plain = self.normalize(password)
        fault = fault_of_password(plain)
        return [fault] if fault else None, plain


def fault_of_password(plain: str) -> str:
    """What is wrong with a new password, or nothing."""
    if len(plain) < SHORTEST_PASSWORD:
        return f"Enter a password of {SHORTEST_PASSWORD} characters or more"
    if len(plain) > LONGEST_PASSWORD:
        return f"Enter a password of {LONGEST_PASSWORD} characters or fewer"
    if plain.casefold() in COMMON:
        return "Choose a password that is not on the list of the most common ones"
    return ""


def _common_passwords() -> frozenset[str]:
    text = files("vfm.web").joinpath("common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(line.strip().casefold() for line in text.splitlines() if line and not line.startswith("#"))


COMMON = _common_passwords()


def add_signing_in(app: Flask, *, secret: str, cheap_hashes: bool = False) -> None:
    """Ties the sign-in library to our tables. `cheap_hashes` is for tests only, which sign in thousands of times."""
    app.config.update(SETTINGS)
    app.config.update(
        SECURITY_PASSWORD_SALT=secret,
        SECURITY_TOTP_SECRETS={"1": secret},
        SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS=[_recovery_key(secret)],
        SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS=_cost(cheap_hashes),
    )
    app.session_interface = ServerSessions()
    with app.app_context():
        datastore = SQLAlchemySessionUserDatastore(scoped(), User, None)  # type: ignore[arg-type]
    app.extensions["vfm_security"] = Security(
        app,
        datastore,
        mail_util_cls=SecurityMail,
        totp_cls=OnceTotp,
        password_util_cls=Passwords,
        render_template=_page,
    )


def _recovery_key(secret: str) -> bytes:
    return urlsafe_b64encode(sha256(b"recovery codes" + secret.encode()).digest())


def _cost(cheap: bool) -> dict[str, int]:
    if cheap:
        return {"argon2__time_cost": 1, "argon2__memory_cost": 8, "argon2__parallelism": 1}
    return {"argon2__time_cost": 2, "argon2__memory_cost": 19_456, "argon2__parallelism": 1}
