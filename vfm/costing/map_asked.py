"""What a map's sheet does not say and a person must: the questions, each with what will often be right."""

import datetime as dt
from collections.abc import Mapping, Sequence

from vfm.costing.intervention import Tier
from vfm.sheets.preview import Asked, joined, rows_words

Answers = Mapping[str, str]
TIERS = tuple((tier.value, tier.value.capitalize()) for tier in (Tier.TARGETED, Tier.SPECIALIST, Tier.UNIVERSAL))
MOST_LISTED, MOST_ROWS = 10, 3


def same_name_asked(names: Sequence[str], same_name: str) -> Asked:
    """Whether rows of one name are different groups or one intervention; asked once for the sheet."""
    options = (
        ("groups", "Different groups: each row is an intervention of its own, named by its class, or by who gives it"),
        ("one", "One intervention: its rows are put together and it is costed once"),
    )
    called = joined([f"“{name}”" for name in names[:MOST_LISTED]])
    more = f" The same goes for {len(names) - MOST_LISTED} other names." if len(names) > MOST_LISTED else ""
    words = f"The sheet has several rows called {called}. Are they different groups, or one intervention?"
    return Asked("same_name", words, options, same_name, hint=more.strip())


def dates_asked(text: str, answers: Answers) -> Asked:
    """Which way round the days of the sheet are written, by the example of one."""
    first, second, year = (
        int("".join(filter(str.isdigit, part))) for part in text.replace(".", "/").replace("-", "/").split("/")
    )
    months = [f"{day} {dt.date(2000, month, 1):%B} {year}" for day, month in ((first, second), (second, first))]
    options = (("day", f"{months[0]}: the day stands first"), ("month", f"{months[1]}: the month stands first"))
    return Asked("dates", f"Which day is {text}?", options, answers.get("dates", ""))


def matrix_asked(answers: Answers) -> Asked:
    """How an intervention that stands under several year groups is given."""
    options = (("own", "Each year group is a group of its own"), ("one", "All of them sit in one group"))
    words = "Where an intervention stands under several year groups, how is it given?"
    return Asked("matrix", words, options, answers.get("matrix", ""))


def pupils_asked(strangers: Sequence[str], answers: Answers) -> Asked:
    """What to do with pupils who are not on the register."""
    listed = ", ".join(strangers[:MOST_LISTED])
    more = f" and {len(strangers) - MOST_LISTED} more" if len(strangers) > MOST_LISTED else ""
    words = f"These are not on your register of pupils: {listed}{more}. What is to be done?"
    options = (("leave", "Leave them out, and say so"), ("count", "Count them as the size of the group"))
    return Asked("unknown_pupils", words, options, answers.get("unknown_pupils", ""))


def tier_asked(key: str, word: str, rows: Sequence[int], answers: Answers) -> Asked:
    """Which tier a word of the sheet is, for all rows that hold it."""
    listed = rows_words(rows) if len(rows) <= MOST_ROWS else f"{len(rows)} rows"
    words = f"The sheet says “{word}” for the tier ({listed}). Which tier are all of these?"
    return Asked(f"tier_{key}", words, TIERS, answers.get(f"tier_{key}", ""))


def tier_rest_asked(many: int, answers: Answers) -> Asked:
    """Which tier interventions are of which the sheet says none."""
    which = "one intervention" if many == 1 else f"{many} interventions"
    words = f"The sheet says no tier for {which}. Which tier {'is it' if many == 1 else 'are all of these'}?"
    hint = "Targeted and specialist provision counts as additional, universal does not. You can change single ones afterwards."
    return Asked("tier_rest", words, TIERS, answers.get("tier_rest", Tier.TARGETED.value), hint=hint)
