"""A person's own account."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from vfm.web.permissions import Permission, me, permit

pages = Blueprint("account", __name__, url_prefix="/account")


@pages.get("/")
@permit(Permission.SIGNED_IN)
def own() -> ResponseReturnValue:
    """Name, address, password and code."""
    account = me()
    return render_template("account/own.html", account=account, code=bool(account.tf_primary_method))
