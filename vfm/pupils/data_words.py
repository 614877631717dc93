"""Says, for every table that refers to a pupil, what it is called in plain words and what erasing the pupil does to its rows.

A table that is not here is told by its own name, and its rows go when a pupil is erased: forgotten must not mean kept. A test
fails while one is missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Fate(StrEnum):
    """What becomes of the rows of a table when the pupil they are about is erased."""

    STAYS = "stays"  # figures are made of it
    EMPTIED = "emptied"  # its words go, the row stays
    GOES = "goes"


@dataclass(frozen=True, slots=True)
class Told:
    """A table in plain words: its title, what becomes of it, its columns."""

    title: str
    fate: Fate
    columns: Mapping[str, str] = field(default_factory=dict)


MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
PUPIL = Told(
    "On the register of pupils", Fate.STAYS,
    {
        "name": "Name or reference", "upn": "UPN", "reference": "The school’s own reference",
        "class_name": "Class or registration group", "status": "SEN status", "need": "Primary need",
        "second_need": "Second need", "pupil_premium": "Pupil premium", "fsm": "Free school meals",
        "eal": "English as an additional language", "looked_after": "Looked after", "top_up": "Top-up funding", "sex": "Sex",
        "joined": "First day at the school", "left": "Last day at the school",
        "erased": "Erased on",
    },
)  # fmt: skip
TABLES: Mapping[str, Told] = {
    "pupil": PUPIL,
    "sen_status": Told("SEN status by day", Fate.STAYS, {"starts": "Since", "status": "SEN status"}),
    "takes_part": Told(
        "Takes part in provision", Fate.STAYS,
        {
            "intervention_id": "Intervention", "joined": "Joined on", "left": "Left on", "percent": "Percent of the cost",
            "sessions_received": "Sessions received", "carries_all": "Carries the whole cost", "result": "Outcome",
        },
    ),
    "section_f": Told("Hours in Section F of the EHC plan", Fate.STAYS, {"hours": "Hours", "per": "A week or a year"}),
    "income": Told(
        "Money for this pupil", Fate.STAYS,
        {
            "kind": "Kind", "name": "Name", "original": "Original amount", "revised": "Revised amount",
            "expected": "Expected amount", "starts": "First day it is for", "ends": "Last day it is for",
            "sen_share": "Share for special needs (%)", "hours": "Hours, for help in kind", "source": "Where it comes from",
            "code": "Code in the accounts", "conditions": "Conditions", "estimated": "Estimated", "profile": "How it is spent",
            **{month: f"Part for {month.capitalize()}" for month in MONTHS},
        },
    ),
    "lesson": Told(
        "Own timetable", Fate.GOES,
        {
            "year": "Academic year", "year_group": "Year group", "weekday": "Weekday", "week": "Week of two", "starts": "Begins",
            "ends": "Ends", "subject": "Subject",
        },
    ),
    "likes": Told("Enjoys and is good at", Fate.GOES, {"enjoys": "Enjoys", "good_at": "Is good at"}),
    "waiting": Told(
        "Waiting list", Fate.GOES,
        {"waits_for": "Waiting for", "since": "Since", "asked_of": "Asked of", "until": "Until"},
    ),
    "attendance": Told("Attendance", Fate.STAYS, {"year": "Academic year", "percent": "Percent of sessions attended"}),
    "year_step": Told(
        "Year group", Fate.STAYS, {"year": "From the academic year", "year_group": "Year group, one higher each year after"}
    ),
    "pupil_view": Told(
        "Views of the pupil and of parents", Fate.GOES,
        {
            "year": "Academic year", "intervention_id": "About the intervention", "voice": "Whose view", "on": "On",
            "said": "What was said", "worth_it": "Worth it",
        },
    ),
    "pupil_review": Told(
        "Reviews", Fate.GOES,
        {"year": "Academic year", "on": "On", "kind": "Kind", "who": "Who took part", "agreed": "What was agreed"},
    ),
    "pack": Told(
        "Packs that were made", Fate.GOES,
        {
            "number": "Number", "reader": "Made for", "with_cost": "With cost", "format": "Form in which it is kept",
            "pack": "Its words and figures", "pdf": "The PDF", "sha256": "Check number", "account_id": "Made by", "at": "Made on",
        },
    ),
    "set_aside": Told(
        "Noticed, and set aside with a reason", Fate.EMPTIED,
        {
            "key": "What was noticed, as a key", "facts": "What it rested on, as a check number", "reason": "Reason",
            "by_account": "Set aside by", "at": "When",
        },
    ),
}  # fmt: skip
LINE = {
    "year": "Academic year", "name": "Name", "tier": "Tier", "need": "Need", "time_kind": "Kind of time",
    "minutes": "Minutes a session", "sessions_a_week": "Sessions a week", "weeks": "Weeks",
    "sessions_in_total": "Sessions in total", "starts_on": "First day", "ends_on": "Last day", "withdrawn": "Out of lessons",
    "withdrawn_why": "Why out of lessons", "lesson": "Lesson that is missed", "entry": "Where pupils began",
    "exit": "Where pupils ended", "outcome": "Intended outcome", "reviewed_on": "Reviewed on", "decision": "Decision",
    "decision_why": "Why",
}  # fmt: skip
"""What is told of an intervention that the pupil takes part in: nothing of other pupils, of pay, or of one person's work."""

YEAR_GROUPS = {"-2": "Before nursery", "-1": "Nursery", "0": "Reception"}
STATUSES = {"N": "No SEN", "K": "SEN Support (K)", "E": "EHC plan (E)"}
VALUES: Mapping[str, Mapping[str, str]] = {
    "status": STATUSES, "sex": {"F": "Female", "M": "Male"},
    "result": {"met": "Outcome met", "partly": "Partly met", "not": "Not met"},
    "weekday": {"0": "Monday", "1": "Tuesday", "2": "Wednesday", "3": "Thursday", "4": "Friday"},
    "per": {"week": "a week", "year": "a year"}, "decision": {"continue": "Continue", "change": "Change", "stop": "Stop"},
    "tier": {"universal": "Universal", "targeted": "Targeted", "specialist": "Specialist"},
    "time_kind": {
        "intervention": "Intervention", "in-class-support": "Support in class", "personal-care": "Personal care",
        "lunchtime": "Lunchtime", "review-meeting": "Review meeting", "agency-meeting": "Meeting with an agency",
        "transition": "Transition", "exam-access": "Help in examinations",
    },
    "profile": {"pupil-days": "As the pupil days go", "evenly": "Evenly, month by month", "months": "By our own months"},
}  # fmt: skip
"""What short codes of a column mean."""

WHERE: Mapping[str, str] = {
    "answer": "an answer to a question", "comment": "a comment", "action": "an action of the plan",
    "intervention": "an intervention", "cost": "a cost of an intervention", "not_run": "sessions that did not run",
    "funding": "who pays for an intervention", "programme": "a programme", "income": "a line of income",
    "ledger": "a line of the ledger", "variance_note": "a note on a variance", "staff": "the staff list",
    "staff_role": "a staff role", "audit": "the record of changes", "set_aside": "a reason for setting aside",
    "waiting": "the waiting list", "lesson": "a timetable", "likes": "what a pupil enjoys and is good at",
    "closed_days": "the calendar", "time_not_tied": "time that is not on the map", "bridge_entry": "a line of the bridge",
    "import_draft": "a sheet that is being brought in", "column_match": "a heading of a sheet",
    "submitted_plan": "a submitted plan", "pack": "a pack of another pupil", "claim_rules": "what the authority accepts",
}  # fmt: skip
FROZEN = frozenset({"submitted_plan", "pack"})
"""What was submitted, or made and hashed, stays as it was: a name in it is said, and left (decision 21)."""
NEVER_SHOWN = frozenset({"pack"})
"""Texts that are all about one other child: that a word stands in one is said, and nothing of what stands around it."""


def told(table: str) -> Told:
    """A table in plain words; one that nobody has put here is called by its own name, and goes."""
    return TABLES.get(table) or Told(as_words(table).capitalize(), Fate.GOES)


def where(table: str) -> str:
    """A place where text stands, in plain words."""
    return WHERE.get(table, as_words(table))


def as_words(name: str) -> str:
    return name.replace("_", " ").strip()


def label(table: str, column: str) -> str:
    """A column in plain words."""
    return told(table).columns.get(column) or as_words(column).capitalize()


def meaning(column: str, value: Any) -> Any:
    """A value in the words of a reader, where it is a code or a yes or no; else as it is."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if column == "year_group" and value is not None:
        return YEAR_GROUPS.get(str(value), f"Year {value}")
    if column == "year" and isinstance(value, int):
        return f"{value} to {value + 1}"
    if column in ("starts", "ends") and isinstance(value, int):
        return f"{value // 60:02d}:{value % 60:02d}"
    return VALUES.get(column, {}).get(str(value), value)
