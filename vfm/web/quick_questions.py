"""The way through the questions of the quick start: which are asked, how far somebody has come, and what comes next."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from vfm.answers import applying
from vfm.questions.bank import Question
from vfm.store.places import profile_of
from vfm.web.bank import bank
from vfm.web.permissions import WHO_RUNS_IT, here

ON_THE_WAY: dict[str, Any] = {"from": "quick"}  # what every address on the way carries


@dataclass(frozen=True, slots=True)
class Step:
    """One question on the way: the fourth of fifteen, say, and where it leads."""

    number: int
    of: int
    onwards: str


def quick_questions() -> list[Question]:
    """The questions of the quick start that this school is asked, in order."""
    return [question for question in applying(bank(), profile_of(here().school)) if question.quick]


def on_the_way() -> bool:
    """Whether this request belongs to somebody who walks through the quick start."""
    return request.args.get("from") == ON_THE_WAY["from"] and here().role in WHO_RUNS_IT


def step_at(year: int, question: str) -> Step | None:
    """The place of a question on the way, or None where it is opened for itself."""
    asked = quick_questions()
    ids = [each.id for each in asked]
    if not on_the_way() or question not in ids:
        return None
    place = ids.index(question) + 1
    onwards = (
        quick_address(year, asked[place]) if place < len(asked) else url_for("plan.write", year=year, **ON_THE_WAY)
    )
    return Step(place, len(asked), onwards)


def quick_address(year: int, question: Question) -> str:
    """The page of a question on the way."""
    stage = bank().stage_of(question.id).slug
    return url_for("question.answer", year=year, stage=stage, question=question.id, **ON_THE_WAY)
