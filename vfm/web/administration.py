"""The administrator's pages: authorities, schools, people and invitations; no pupil and no figure of a school."""

import datetime as dt
import smtplib

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_security.recoverable import generate_reset_password_token

from vfm.questions.school import KIND_WORDS, Kind
from vfm.store.accounts import Role, add_authority, add_school, invite
from vfm.store.places import all_authorities, all_schools, everybody
from vfm.store.sign_ins import end_all_sign_ins
from vfm.web.database import db
from vfm.web.fields import Form, Line, Menu, Number, Options
from vfm.web.mail import mail_server
from vfm.web.permissions import Permission, me, permit
from vfm.web.signing_in import User

pages = Blueprint("administration", __name__, url_prefix="/administration")


class AuthorityForm(Form):
    name = Line("Name of the local authority", missing="Enter the authority's name")


class SchoolForm(Form):
    name = Line("Name of the school", missing="Enter the school's name")
    authority = Menu("Local authority", missing="Choose the school's authority")
    kind = Options("What kind of school is it?", KIND_WORDS.items(), missing="Choose the kind of school")
    academy = Options(
        "Is it an academy?", (("yes", "Yes, an academy or free school"), ("no", "No, maintained by the authority")),
        missing="Say whether it is an academy",
    )  # fmt: skip
    lowest_age = Number("Youngest pupils' age", high="25", places=0, missing="Enter the youngest pupils' age")
    highest_age = Number("Oldest pupils' age", high="25", places=0, missing="Enter the oldest pupils' age")


class InvitationForm(Form):
    name = Line("Full name", missing="Enter the person's name")
    email = Line("Email address", missing="Enter the person's email address", longest=254)
    role = Options("Role", [(role.value, role.words) for role in Role], missing="Choose a role")
    school = Menu("School", description="For leadership, SENCO, teachers and governors")
    authority = Menu("Local authority", description="For advisers")


@pages.get("/")
@permit(Permission.ADMINISTER)
def overview() -> ResponseReturnValue:
    """What there is, and what can be added."""
    schools = {school.id: school for school in all_schools(db())}
    authorities = {authority.id: authority for authority in all_authorities(db())}
    return render_template(
        "administration/overview.html", schools=schools, authorities=authorities, people=everybody(db()), Role=Role
    )


@pages.route("/authority", methods=["GET", "POST"])
@permit(Permission.ADMINISTER)
def authority_add() -> ResponseReturnValue:
    """A new authority."""
    form = AuthorityForm()
    if form.validate_on_submit():
        add_authority(db(), form.name.data)
        db().commit()
        flash(f"{form.name.data} has been added", "success")
        return redirect(url_for(".overview"))
    return render_template("administration/form.html", form=form, heading="Add an authority"), _status(form)


@pages.route("/school", methods=["GET", "POST"])
@permit(Permission.ADMINISTER)
def school_add() -> ResponseReturnValue:
    """A new school. What it receives is asked on the school's own page."""
    form = SchoolForm()
    form.authority.offer((str(a.id), a.name) for a in all_authorities(db()))
    if form.validate_on_submit() and _ages_in_order(form):
        add_school(
            db(), int(form.authority.data), name=form.name.data, kind=Kind(form.kind.data),
            academy=form.academy.data == "yes", lowest_age=form.lowest_age.whole, highest_age=form.highest_age.whole,
            **dict.fromkeys(("unit_or_resourced_provision", "any_ehc_plan", "any_sen_support"), True),
            any_top_up=True, pupil_premium=True, volunteers_or_peers=True, first_year=True,
        )  # fmt: skip
        db().commit()
        flash(f"{form.name.data} has been added", "success")
        return redirect(url_for(".overview"))
    return render_template("administration/form.html", form=form, heading="Add a school"), _status(form)


def _ages_in_order(form: SchoolForm) -> bool:
    if form.lowest_age.whole > form.highest_age.whole:
        form.highest_age.errors = ["The oldest pupils' age must not be below the youngest pupils' age"]
        return False
    return True


@pages.route("/invitation", methods=["GET", "POST"])
@permit(Permission.ADMINISTER)
def invitation_add() -> ResponseReturnValue:
    """An invitation by mail, or as a link to hand over where no mail is set up."""
    form = InvitationForm()
    form.school.offer((str(s.id), s.name) for s in all_schools(db()))
    form.authority.offer((str(a.id), a.name) for a in all_authorities(db()))
    if form.validate_on_submit() and _place_fits_role(form):
        role = Role(form.role.data)
        token = invite(
            db(), form.email.data, form.name.data, role, dt.datetime.now(dt.UTC),
            school_id=int(form.school.data) if role.of_school else None,
            authority_id=int(form.authority.data) if role is Role.ADVISER else None,
        )  # fmt: skip
        db().commit()
        link = url_for("invitation.accept", token=token, _external=True)
        sent = _sent(form.email.data, "You are invited to the value for money review", f"Follow this link:\n{link}\n")
        return render_template("administration/link.html", link=link, sent=sent, name=form.name.data, days=14)
    return render_template("administration/form.html", form=form, heading="Invite somebody"), _status(form)


def _place_fits_role(form: InvitationForm) -> bool:
    role = Role(form.role.data)
    if "@" not in form.email.data.strip("@") or " " in form.email.data:
        form.email.errors = ["Enter an email address in the form name@example.sch.uk"]
    if role.of_school and not form.school.data:
        form.school.errors = ["Choose the school for this role"]
    if role is Role.ADVISER and not form.authority.data:
        form.authority.errors = ["Choose the authority for this adviser"]
    return not form.errors


def _sent(recipient: str, subject: str, text: str) -> bool:
    server = mail_server()
    if server is None:
        return False
    try:
        server.send(recipient, subject, text)
    except (OSError, smtplib.SMTPException):
        current_app.logger.exception("mail was not taken by %s", server.host)
        return False
    return True


@pages.post("/person/<int:account_id>/reset")
@permit(Permission.ADMINISTER)
def person_reset(account_id: int) -> ResponseReturnValue:
    """A link with which a person chooses a new password; it works once, for a day."""
    account = _person(account_id)
    token = generate_reset_password_token(account)  # type: ignore[no-untyped-call]
    link = url_for("security.reset_password", token=token, _external=True)
    return render_template("administration/link.html", link=link, sent=False, name=account.name, days=1)


@pages.post("/person/<int:account_id>/active")
@permit(Permission.ADMINISTER)
def person_active(account_id: int) -> ResponseReturnValue:
    """Disables a person, which ends all their sessions at once, or lets them in again."""
    account = _person(account_id)
    if account.id == me().id:
        flash("You cannot disable your own account", "error")
        return redirect(url_for(".overview"))
    account.active = not account.active
    end_all_sign_ins(db(), account.fs_uniquifier)
    db().commit()
    flash(f"{account.name} {'can sign in again' if account.active else 'has been disabled'}", "success")
    return redirect(url_for(".overview"))


def _person(account_id: int) -> User:
    account = db().get(User, account_id)
    if account is None:
        abort(404)
    return account


def _status(form: Form) -> int:
    return 400 if form.errors else 200
