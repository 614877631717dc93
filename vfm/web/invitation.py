"""Taking up an invitation: choosing a password, or adding a role to the account one has."""

import datetime as dt

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_security import hash_password, login_user
from sqlalchemy.orm import Session
from wtforms import PasswordField

from vfm.store.accounts import (
    Account,
    InvitationRow,
    Role,
    add_membership,
    find_account,
    open_invitation,
    use_invitation,
)
from vfm.store.ids import new_id
from vfm.store.places import authorities_by_id, schools_by_id
from vfm.store.sign_ins import end_all_sign_ins
from vfm.web.database import db
from vfm.web.fields import Form
from vfm.web.permissions import Permission, permit
from vfm.web.signing_in import User, fault_of_password

pages = Blueprint("invitation", __name__)


class PasswordForm(Form):
    """A password for a new account, or the password of the account that is there."""

    password = PasswordField("Password")


@pages.route("/invitation/<token>", methods=["GET", "POST"])
@permit(Permission.PUBLIC)
def accept(token: str) -> ResponseReturnValue:
    """Shows who invites whom to what; the link works once."""
    now = dt.datetime.now(dt.UTC)
    invitation = open_invitation(db(), token, now)
    if invitation is None:
        return render_template("invitation/over.html"), 404
    known = find_account(db(), invitation.email)
    form = PasswordForm()
    if form.validate_on_submit() and _password_serves(form, known):
        account = _take_up(invitation, known, form.password.data, now)
        if account is not None:
            db().commit()
            if isinstance(account, User):  # made just now
                login_user(account)
                return redirect("/")
            flash("The role is yours. Sign in to use it.", "success")
            return redirect(url_for("security.login"))
        db().rollback()
        return render_template("invitation/over.html"), 404
    shown = {"invitation": invitation, "role": Role(invitation.role).words, "place": _place(db(), invitation)}
    return render_template("invitation/accept.html", form=form, known=known is not None, **shown), _status(form)


def _status(form: Form) -> int:
    return 400 if form.errors else 200


def _password_serves(form: PasswordForm, known: Account | None) -> bool:
    if known is not None:
        return True  # the role is added to the account; signing in stays as it was
    fault = fault_of_password(form.password.data or "")
    if fault:
        form.password.errors = [*form.password.errors, fault]
    return not fault


def _take_up(invitation: InvitationRow, known: Account | None, password: str, now: dt.datetime) -> Account | None:
    """The account that now has the role, or None when the invitation was used a moment before."""
    if not use_invitation(db(), invitation, now):
        return None
    account = known
    if account is None:
        account = User(id=new_id(), email=invitation.email, name=invitation.name, password=hash_password(password))
        db().add(account)
        db().flush()
    end_all_sign_ins(db(), account.fs_uniquifier)  # rights change: whoever is signed in signs in anew
    add_membership(
        db(), account.id, Role(invitation.role),
        school_id=invitation.school_id, authority_id=invitation.authority_id,
    )  # fmt: skip
    return account


def _place(session: Session, invitation: InvitationRow) -> str:
    if invitation.school_id:
        return schools_by_id(session, {invitation.school_id})[invitation.school_id].name
    if invitation.authority_id:
        return authorities_by_id(session, {invitation.authority_id})[invitation.authority_id].name
    return "this installation"
