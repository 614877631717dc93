"""The bank, the papers and the library of programmes that this application was started with."""

from flask import abort, current_app

from vfm.costing.catalogue import Catalogue
from vfm.papers.paper import Paper
from vfm.questions.bank import Bank, Question, QuestionSet


def bank() -> Bank:
    """Every question."""
    found: Bank = current_app.extensions["vfm_bank"]
    return found


def all_papers() -> dict[str, Paper]:
    """Every paper by key, in order."""
    found: dict[str, Paper] = current_app.extensions["vfm_papers"]
    return found


def library() -> Catalogue:
    """The starter library of programmes."""
    found: Catalogue = current_app.extensions["vfm_library"]
    return found


def stage_or_404(slug: str) -> QuestionSet:
    """A stage's questions, or a 404."""
    try:
        return bank().stage(slug)
    except KeyError:
        abort(404)


def question_or_404(stage: str, identity: str) -> Question:
    """A question in its stage, or a 404."""
    found = next((question for question in stage_or_404(stage).questions if question.id == identity), None)
    return found or abort(404)
