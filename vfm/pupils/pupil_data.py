"""Everything that is kept about one pupil, as a value: what the page, the PDF and the JSON file are made of."""

import datetime as dt
import json
from base64 import b64encode
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is kept: the column, its name in plain words, what is kept, and what a reader is shown."""

    column: str
    label: str
    kept: Any
    shown: str


@dataclass(frozen=True, slots=True)
class Kept:
    """The rows of one table that are about the pupil."""

    table: str
    title: str
    rows: tuple[tuple[Item, ...], ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where the pupil's name stands in what people wrote. `sure`: the whole name; else a word of it."""

    where: str
    text: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Did:
    """A line of the record of changes: who did what, when, to what."""

    at: dt.datetime
    who: str
    did: str
    subject: str


@dataclass(frozen=True, slots=True)
class PupilData:
    """All of it. `masked` counts where other pupils were taken out of texts; `look` are places that a person should look at."""

    school: str
    name: str
    made: dt.datetime
    kept: tuple[Kept, ...]
    lines: Kept
    mentions: tuple[Mention, ...]
    did: tuple[Did, ...]
    masked: int = 0
    look: tuple[str, ...] = ()


HOLDS = (
    "Every row of every table of this site that refers to the pupil.",
    "The interventions that the pupil took part in, without the other pupils in them.",
    "The places in notes, answers, comments, actions and other texts where the pupil’s name was found.",
    "Who entered or changed something about the pupil, and when.",
)
HOLDS_NOT = (
    "Anything in other systems of the school, such as the management information system, e-mail or safeguarding records.",
    "Anything on paper, and documents that were downloaded or printed before.",
    "Backups of this site. Of plans that were submitted the text was searched, the PDF was not.",
    "Texts that speak of the pupil without the name, by a nickname or by an earlier name.",
    "Texts that somebody is typing and has not saved.",
    "What things cost and who gives them: these are figures and people of the school. The pupil’s part stands on the pupil’s own pages.",
)


def as_json(data: PupilData) -> str:
    """The same as a file for a machine: each table with its plain title, each value under its plain name."""
    made = {
        "format": FORMAT, "school": data.school, "pupil": data.name, "made": data.made.isoformat(),
        "holds": HOLDS, "does not hold": HOLDS_NOT,
        "kept": [_table(each) for each in (*data.kept, data.lines)],
        "named in": [{"where": each.where, "text": each.text, "whole name": each.sure} for each in data.mentions],
        "record of changes": [
            {"when": each.at.isoformat(), "who": each.who, "did": each.did, "to what": each.subject} for each in data.did
        ],
        "places where other pupils were taken out": data.masked,
    }  # fmt: skip
    return json.dumps(made, ensure_ascii=False, indent=1)


def _table(kept: Kept) -> dict[str, Any]:
    rows = [{item.label: {"kept": _plain(item.kept), "means": item.shown} for item in row} for row in kept.rows]
    return {"table": kept.table, "title": kept.title, "rows": rows}


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return b64encode(value).decode()
    return str(value) if isinstance(value, Decimal) else value
