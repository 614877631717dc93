"""Reads the bank of questions from its TOML files and refuses one that is not whole, naming file and id."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from vfm.questions.school import CONDITIONS, School

OWNERS = (
    "Head",
    "SENCO",
    "Business manager",
    "Chair of governors",
    "Deputy head",
    "Assessment lead",
    "Pastoral lead",
    "Pupil premium lead",
)
FORCES = ("law", "statutory guidance", "grant condition", "guidance", "research", "practice")
OPTIONAL = {"quick", "duty", "strength_in_special"}
FEWEST_WORDS = 8


class BankError(Exception):
    """The bank is wrong; the message names the file, the question and the fault."""


class Strength(StrEnum):
    """How strongly a question binds: what the law requires, what statutory guidance says, or good practice."""

    MUST = "must"
    GRANT_CONDITION = "grant-condition"
    SHOULD = "should"
    GOOD_PRACTICE = "good-practice"

    @property
    def words(self) -> str:
        return STRENGTH_WORDS[self]

    @property
    def binds(self) -> bool:
        return self in (Strength.MUST, Strength.GRANT_CONDITION)


STRENGTH_WORDS = {
    Strength.MUST: "The law requires this",
    Strength.GRANT_CONDITION: "A condition of grant",
    Strength.SHOULD: "Statutory guidance says schools should",
    Strength.GOOD_PRACTICE: "Good practice",
}


@dataclass(frozen=True, slots=True)
class Reference:
    """What a question leans on, in our words: `read` says when, `opened` the day on which one of us opened the link."""

    cite: str
    force: str
    says: str
    read: str
    url: str | None = None
    opened: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question with all its words. Its printed number comes from its place in its stage."""

    id: str
    topic: str
    text: str
    strength: Strength
    applies_when: tuple[str, ...]
    help: str
    yes: str
    in_part: str
    no: str
    look_for: str
    action: str
    owner: str
    paper: str
    references: tuple[Reference, ...]
    duty: str = ""
    quick: bool = False
    strength_in_special: Strength | None = None

    @property
    def line_of_help(self) -> str:
        """The first sentence of the help: all of it that the quick start shows at once."""
        return _sentences(self.help)[0]

    @property
    def more_help(self) -> str:
        """What the help says after its first sentence."""
        return " ".join(_sentences(self.help)[1:])

    def applies_to(self, school: School) -> bool:
        """Whether this kind of school is asked."""
        return all(CONDITIONS[name](school) for name in self.applies_when)

    def strength_for(self, school: School) -> Strength:
        """How strongly it binds this school: some duties on mainstream schools are not duties on special schools."""
        return self.strength_in_special if school.special and self.strength_in_special else self.strength


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?])\s+", text.strip())


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The questions of one stage, in order, and the words that introduce them."""

    slug: str
    title: str
    asks: str
    holders: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Bank:
    """Every question of every stage, in order."""

    sets: tuple[QuestionSet, ...]

    def __iter__(self) -> Iterator[Question]:
        return (question for stage in self.sets for question in stage.questions)

    def stage(self, slug: str) -> QuestionSet:
        """The questions of one stage. Raises KeyError when there is no such stage."""
        return {stage.slug: stage for stage in self.sets}[slug]

    def question(self, identity: str) -> Question:
        """One question by its permanent id. Raises KeyError when there is none."""
        return {question.id: question for question in self}[identity]

    def number(self, identity: str) -> str:
        """The printed number, such as 4.2: the stage's place and the question's place in it."""
        for place, stage in enumerate(self.sets, start=1):
            for row, question in enumerate(stage.questions, start=1):
                if question.id == identity:
                    return f"{place}.{row}"
        raise KeyError(identity)

    def stage_of(self, identity: str) -> QuestionSet:
        """The stage in which a question stands."""
        return next(stage for stage in self.sets if any(question.id == identity for question in stage.questions))


def read_bank(folder: Path, slugs: tuple[str, ...], papers: Mapping[str, object]) -> Bank:
    """The bank of a folder: one `<slug>.toml` for each stage, in the order of the slugs. Raises BankError."""
    strangers = {path.stem for path in folder.glob("*.toml")}.difference(slugs)
    if strangers:
        raise BankError(f"{sorted(strangers)[0]}.toml: no stage has this name")
    bank = Bank(tuple(read_stage(folder / f"{slug}.toml") for slug in slugs))
    seen: set[str] = set()
    for stage in bank.sets:
        for question in stage.questions:
            if question.id in seen:
                raise BankError(f"{stage.slug}.toml, {question.id}: this id stands twice")
            if question.paper not in papers:
                raise BankError(f"{stage.slug}.toml, {question.id}: there is no paper {question.paper!r}")
            seen.add(question.id)
    return bank


def read_stage(path: Path) -> QuestionSet:
    """One stage's questions from its file. Raises BankError, naming file, id and fault."""
    try:
        words = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        raise BankError(f"{path.name}: {wrong}") from wrong
    rows = words.pop("question", [])
    try:
        return QuestionSet(slug=path.stem, questions=tuple(_question(path.name, row) for row in rows), **words)
    except TypeError as wrong:
        raise BankError(f"{path.name}: {wrong}") from wrong


def _question(file: str, row: dict[str, Any]) -> Question:
    where = f"{file}, {row.get('id', 'a question without an id')}"
    known = {field.name for field in fields(Question)}
    for key in sorted(set(row) - known):
        raise BankError(f"{where}: unknown key {key!r}")
    for key in sorted(known - OPTIONAL - set(row)):
        raise BankError(f"{where}: {key!r} is missing")
    try:
        question = Question(**row | _values(row))
    except (TypeError, ValueError) as wrong:
        raise BankError(f"{where}: {wrong}") from wrong
    for fault in _faults(question):
        raise BankError(f"{where}: {fault}")
    return question


def _values(row: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {
        "strength": Strength(row["strength"]),
        "applies_when": tuple(row["applies_when"]),
        "references": tuple(Reference(**reference) for reference in row["references"]),
    }
    if "strength_in_special" in row:
        values["strength_in_special"] = Strength(row["strength_in_special"])
    return values


def _faults(question: Question) -> list[str]:
    faults = [f"unknown condition {name!r}" for name in question.applies_when if name not in CONDITIONS]
    faults += [f"unknown owner {question.owner!r}"] if question.owner not in OWNERS else []
    faults += [f"unknown force {r.force!r}" for r in question.references if r.force not in FORCES]
    faults += [f"malformed link {r.url!r}" for r in question.references if r.url and not _is_link(r.url)]
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", question.id):
        faults.append("the id is not kebab-case")
    if bool(question.duty) != question.strength.binds:
        faults.append("`duty` belongs to what binds (must, grant-condition), and to nothing else")
    return faults + _faults_of_words(question)


def _faults_of_words(question: Question) -> list[str]:
    faults = [f"{key!r} is empty" for key in ("topic", "text", "help", "action") if not getattr(question, key).strip()]
    for key in ("yes", "in_part", "no", "look_for"):
        if len(getattr(question, key).split()) < FEWEST_WORDS:
            faults.append(f"{key!r} has fewer than {FEWEST_WORDS} words")
    if not question.text.endswith("?"):
        faults.append("the text is not a question")
    if question.action[:1].isupper() or not question.action.endswith("."):
        faults.append("the action must read on from 'Start:' - a small first letter, a full stop at the end")
    return faults


def _is_link(url: str) -> bool:
    return re.fullmatch(r"https?://[a-z0-9.-]+\.[a-z]{2,}(:\d+)?(/\S*)?", url, flags=re.IGNORECASE) is not None
