"""The library of papers, open to everybody."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from vfm.web.bank import all_papers, bank
from vfm.web.permissions import Permission, permit

pages = Blueprint("papers", __name__, url_prefix="/papers")


@pages.get("/")
@permit(Permission.PUBLIC)
def library() -> ResponseReturnValue:
    """Every paper with its one-sentence summary."""
    return render_template("papers/library.html", papers=all_papers().values())


@pages.get("/<key>")
@permit(Permission.PUBLIC)
def paper(key: str) -> ResponseReturnValue:
    """One paper, with the questions that lean on it and where its facts were read."""
    found = all_papers().get(key) or abort(404)
    questions = [(bank().number(question.id), question) for question in bank() if question.paper == key]
    body = Markup(found.html())  # noqa: S704  made from our own files, in which HTML is shown as text
    return render_template("papers/paper.html", paper=found, body=body, questions=questions)
