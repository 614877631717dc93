"""What was answered, and what follows from it: which questions apply, what counts, how far a stage has come."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from vfm.questions.bank import Question, Strength
from vfm.questions.school import School


class Choice(StrEnum):
    """What can be answered. Unanswered is none of these, and is never read as No."""

    YES = "yes"
    IN_PART = "in-part"
    NO = "no"
    NOT_APPLICABLE = "not-applicable"

    @property
    def words(self) -> str:
        return CHOICE_WORDS[self]


CHOICE_WORDS = {
    Choice.YES: "Yes",
    Choice.IN_PART: "In part",
    Choice.NO: "No",
    Choice.NOT_APPLICABLE: "Not applicable",
}


class Basis(StrEnum):
    """How the person who answered knows."""

    RECORDS = "records"
    SAMPLE = "sample"
    OPINION = "opinion"

    @property
    def words(self) -> str:
        return BASIS_WORDS[self]


BASIS_WORDS = {
    Basis.RECORDS: "From records",
    Basis.SAMPLE: "From a sample that we looked at",
    Basis.OPINION: "From our own knowledge of the school",
}
POINTS = {Choice.YES: 2, Choice.IN_PART: 1, Choice.NO: 0}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it stands. A row may exist (a note, somebody asked) before a choice is made."""

    question: str
    choice: Choice | None = None
    note: str = ""
    evidence: str = ""
    basis: Basis | None = None
    reason: str = ""
    agreed: bool = False
    answered_by: str = ""
    answered_on: dt.date | None = None
    assigned_to: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of a stage. `score` is points ÷ (2 × answered applicable), for a school's own year on year only."""

    yes: int
    in_part: int
    no: int
    not_applicable: int
    not_answered: int
    requirements_not_met: tuple[str, ...]
    conditions_not_met: tuple[str, ...]

    @property
    def answered(self) -> int:
        return self.yes + self.in_part + self.no

    @property
    def asked(self) -> int:
        return self.answered + self.not_applicable + self.not_answered

    @property
    def score(self) -> Fraction | None:
        """Between 0 and 1, or None when nothing applicable has been answered."""
        return Fraction(2 * self.yes + self.in_part, 2 * self.answered) if self.answered else None

    @property
    def words(self) -> str:
        """Such as "4 yes, 3 in part, 2 no, 1 not answered"; what is nought is left out."""
        counts = (
            (self.yes, "yes"),
            (self.in_part, "in part"),
            (self.no, "no"),
            (self.not_applicable, "not applicable"),
            (self.not_answered, "not answered"),
        )
        return ", ".join(f"{number} {what}" for number, what in counts if number) or "nothing asked"


def applying(questions: Iterable[Question], school: School) -> list[Question]:
    """The questions that this kind of school is asked, in order. Worked out each time, so nothing needs cleaning up."""
    return [question for question in questions if question.applies_to(school)]


def progress(questions: Iterable[Question], school: School, answers: Mapping[str, Answer]) -> Progress:
    """The counts of what applies; answers to questions that do not apply (any longer) are left out."""
    asked = applying(questions, school)
    choices = {question.id: answers[question.id].choice if question.id in answers else None for question in asked}
    given = list(choices.values())
    refused = [question for question in asked if choices[question.id] is Choice.NO]
    return Progress(
        yes=given.count(Choice.YES),
        in_part=given.count(Choice.IN_PART),
        no=given.count(Choice.NO),
        not_applicable=given.count(Choice.NOT_APPLICABLE),
        not_answered=given.count(None),
        requirements_not_met=tuple(q.id for q in refused if q.strength_for(school) is Strength.MUST),
        conditions_not_met=tuple(q.id for q in refused if q.strength_for(school) is Strength.GRANT_CONDITION),
    )


def left_to_answer(questions: Iterable[Question], school: School, answers: Mapping[str, Answer]) -> list[Question]:
    """What still has no answer, in order."""
    return [
        question
        for question in applying(questions, school)
        if question.id not in answers or answers[question.id].choice is None
    ]
