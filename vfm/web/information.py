"""Pages about the site itself, open to everybody."""

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user
from sqlalchemy import text

from vfm.costing.official import OFFICIAL
from vfm.store.accounts import Role, memberships
from vfm.store.places import authorities_by_id, schools_by_id
from vfm.web.database import db
from vfm.web.permissions import Permission, permit

pages = Blueprint("information", __name__)


@pages.get("/")
@permit(Permission.PUBLIC)
def start() -> ResponseReturnValue:
    """The start page; whoever is signed in is led to where they work."""
    if not current_user.is_authenticated:
        return render_template("information/start.html")
    places = _places(current_user.id)
    if len(places) == 1:
        return redirect(places[0][1])
    return render_template("information/places.html", places=places)


def _places(account_id: int) -> list[tuple[str, str, str]]:
    """Where a person may work: what it is called, its address, in which role."""
    roles = memberships(db(), account_id)
    schools = schools_by_id(db(), {row.school_id for row in roles if row.school_id})
    authorities = authorities_by_id(db(), {row.authority_id for row in roles if row.authority_id})
    places = []
    for row in roles:
        if row.school_id:
            school = schools[row.school_id]
            places.append((school.name, url_for("school.reviews", school=school.slug), Role(row.role).words))
        elif row.authority_id:
            authority = authorities[row.authority_id]
            places.append((authority.name, url_for("advising.schools", authority=authority.slug), Role(row.role).words))
        else:
            places.append(("This installation", url_for("administration.overview"), Role(row.role).words))
    return sorted(places)


@pages.get("/healthz")
@permit(Permission.PUBLIC)
def healthz() -> Response:
    """Says that the site and its database answer; for whatever watches over it."""
    db().execute(text("SELECT 1"))
    return Response("ok\n", content_type="text/plain; charset=utf-8")


@pages.get("/help")
@permit(Permission.PUBLIC)
def help_page() -> ResponseReturnValue:
    return render_template("information/help.html")


@pages.get("/official-figures")
@permit(Permission.PUBLIC)
def official_figures() -> ResponseReturnValue:
    """The figures that pay is worked out with: dated, with where we have them from."""
    return render_template("information/official_figures.html", rows=OFFICIAL)


@pages.get("/accessibility")
@permit(Permission.PUBLIC)
def accessibility() -> ResponseReturnValue:
    return render_template("information/accessibility.html")


@pages.get("/privacy")
@permit(Permission.PUBLIC)
def privacy() -> ResponseReturnValue:
    return render_template("information/privacy.html")


@pages.get("/cookies")
@permit(Permission.PUBLIC)
def cookies() -> ResponseReturnValue:
    return render_template("information/cookies.html")
