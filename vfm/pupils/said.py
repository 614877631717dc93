"""What the words and codes in a school's own sheets mean: SEN provision, needs, years, yes and no, days."""

import datetime as dt
import re
from typing import NamedTuple

from vfm.pupils.pupil import NEED_TYPES, SenStatus
from vfm.sheets import days
from vfm.sheets.headings import plain

NOTHING = frozenset({"", "-", "–", "—", "n/a", "na", "null", "(blank)"})


class Read(NamedTuple):
    """What a text means, and what a person should know of how it was read. `value` None: it is not understood."""

    value: str | None
    query: str = ""


OLD_STATUS = {"A": ("K", "School Action"), "P": ("K", "School Action Plus"), "S": ("E", "a statement")}
_STATUS_WORDS = {
    "N": ("no", "none", "no sen", "no send", "not sen", "no special educational need", "no special educational needs", "no sen provision"),
    "K": ("sen support", "send support", "support", "sen k", "k code", "sen"),
    "E": ("ehcp", "ehc plan", "education health and care plan", "education health care plan", "ehc", "plan"),
    "A": ("school action", "early years action"),
    "P": ("school action plus", "early years action plus"),
    "S": ("statement", "statemented", "statement of sen", "statement of special educational needs"),
}  # fmt: skip
STATUS_WORDS = {words: code for code, every in _STATUS_WORDS.items() for words in every}
STATUS_LETTER = re.compile(r"([NKEAPS])(?:\s*[-–:(/,].*)?", re.ASCII | re.DOTALL)


def read_status(text: str) -> Read:
    """SEN provision as N, K or E. The codes of before 2014 are read as what took their place, and said to be."""
    words = plain(text)
    letter = STATUS_LETTER.fullmatch(text.strip().upper())
    code = STATUS_WORDS.get(words) or (letter.group(1) if letter else None)
    if code is None:
        known = [code for every, code in STATUS_WORDS.items() if " " in every and f" {every} " in f" {words} "]
        code = known[0] if len(set(known)) == 1 else None
    if code in OLD_STATUS:
        now, called = OLD_STATUS[code]
        return Read(now, f"{code} was {called}, a code of before 2014: it is read as {SenStatus(now).words}")
    return Read(code)


OLD_NEEDS = {"BESD": "SEMH", "EBD": "SEMH", "ESBD": "SEMH", "SPLCN": "SLCN"}
NEED_WORDS = {plain(need.words): need.code for need in NEED_TYPES.values()} | {
    "specific learning difficulties": "SPLD",
    "moderate learning difficulties": "MLD",
    "severe learning difficulties": "SLD",
    "profound and multiple learning difficulties": "PMLD",
    "profound multiple learning difficulty": "PMLD",
    "profound multiple learning difficulties": "PMLD",
    "speech language and communication need": "SLCN",
    "speech language communication needs": "SLCN",
    "autism": "ASD",
    "autistic spectrum condition": "ASD",
    "autism spectrum disorder": "ASD",
    "autism spectrum condition": "ASD",
    "asc": "ASD",
    "social emotional mental health": "SEMH",
    "visual impairment": "VI",
    "multi sensory impairments": "MSI",
    "down s syndrome": "DS",
    "downs syndrome": "DS",
    "other": "OTH",
    "other difficulty": "OTH",
    "other difficulties": "OTH",
    "other difficulty disability": "OTH",
    "no specialist assessment": "NSA",
    "sen support but no specialist assessment of type of need": "NSA",
    "behaviour emotional and social difficulty": "BESD",
    "behaviour emotional and social difficulties": "BESD",
    "behavioural emotional and social difficulties": "BESD",
}
CODE = re.compile(r"\b[A-Z]{2,5}\b", re.ASCII)


def read_need(text: str) -> Read:
    """One type of need as its census code."""
    whole, words = text.strip().rstrip("*"), plain(text)
    code = whole.upper() if whole.upper() in {*NEED_TYPES, *OLD_NEEDS} else NEED_WORDS.get(words)
    if code is None:
        found = {each for each in CODE.findall(text) if each in NEED_TYPES or each in OLD_NEEDS}
        code = found.pop() if len(found) == 1 else None
    if code in OLD_NEEDS:
        return Read(OLD_NEEDS[code], f"{code} is an old code: it is read as {OLD_NEEDS[code]}")
    return Read(code)


def read_needs(text: str) -> list[tuple[str, Read]]:
    """The needs in one cell, in their order, each with its own words; a comma may also stand within one need's name."""
    whole = read_need(text)
    if whole.value:
        return [(text, whole)]
    parts = [part.strip() for part in re.split(r"[;,/|\n+&]", text) if part.strip()]
    return [(part, read_need(part)) for part in parts]


RECEPTION = frozenset({"r", "reception", "rec", "yr", "year r", "reception year", "foundation 2", "fs2", "year 0", "0"})
NURSERY = frozenset({"n", "n1", "n2", "nursery", "nursery 1", "nursery 2", "foundation 1", "fs1", "e1", "e2", "year n"})
YEAR = re.compile(r"(?:curriculum year|nc year|year group|year|yr|y)? ?0?([0-9]{1,2})", re.ASCII)
OLDEST_YEAR = 14


def read_year(text: str) -> int | None:
    """The national curriculum year: Reception 0, Nursery -1; None where it cannot be told."""
    words = plain(re.sub(r"\.0+$", "", text.strip()))
    if words in RECEPTION:
        return 0
    if words in NURSERY:
        return -1
    found = YEAR.fullmatch(words)
    return int(found.group(1)) if found and 1 <= int(found.group(1)) <= OLDEST_YEAR else None


def year_of_birth(born: dt.date, september: int) -> int | None:
    """The national curriculum year of a child in the academic year that begins in a September, by age on 31 August."""
    age = september - born.year - ((born.month, born.day) > (8, 31))
    return age - 4 if -1 <= age - 4 <= OLDEST_YEAR else None


YES_SIGNS, NO_SIGNS = frozenset("✓✔☑xX"), frozenset("✗✘☐")
YES = frozenset({
    "y", "yes", "true", "t", "1", "ticked", "eligible", "ever", "ever6", "e6", "e6fsm", "fsm", "fsm6", "deprivation", "pp", "lac",
    "looked", "eal", "post", "adopted", "current",
})  # fmt: skip
NO = frozenset({"n", "no", "false", "f", "0", "none", "not", "never"})


def read_yes_no(text: str) -> bool | None:
    """Yes or no; None where the words say neither."""
    sign, words = text.strip(), plain(text).split()
    if sign in YES_SIGNS:
        return True
    if sign in NO_SIGNS:
        return False
    first = words[0] if words else ""
    return True if first in YES else False if first in NO else None


ENGLISH, NOT_ENGLISH = frozenset({"eng", "enb", "english"}), frozenset({"otb"})
NOT_SAID = frozenset({"not", "ref", "nob", "zzz"})


def read_eal(text: str) -> bool | None:
    """Whether English is an additional language, from yes and no or from the code of the first language."""
    words = plain(text)
    if words in NOT_SAID:
        return None
    if words in ENGLISH or words.startswith("english "):
        return False
    said = read_yes_no(text)
    if said is not None:
        return said
    return True if words in NOT_ENGLISH or re.fullmatch(r"[a-z]{3}", words) else None


SEXES = {"m": "M", "male": "M", "boy": "M", "f": "F", "female": "F", "girl": "F"}


def read_sex(text: str) -> str | None:
    """M or F as the census has it."""
    return SEXES.get(plain(text))


FIRST, LAST = dt.date(1980, 1, 1), dt.date(2100, 1, 1)


def read_day(text: str) -> dt.date | None:
    """A day, with the day before the month as in Britain; None where it cannot be told or lies out of a school's time."""
    try:
        found = days.read_day(text.strip())
    except ValueError:
        return None
    return found if FIRST <= found < LAST else None


def plain_number(text: str) -> str:
    """A number of a pupil or a class as it is kept, also after a spreadsheet has made 1E2 of a class into 1.00E+02."""
    power = re.fullmatch(r"([0-9])(?:\.0+)?E\+0*([0-9]{1,2})", text.strip())
    return f"{power.group(1)}E{power.group(2)}" if power else re.sub(r"^([0-9]+)\.0+$", r"\1", text.strip())


def same_number(one: str, other: str) -> bool:
    """Whether two such numbers are one but for case and for noughts at the front, which spreadsheets lose."""
    return _bare(one) == _bare(other)


def _bare(text: str) -> str:
    folded = text.casefold().strip()
    return folded.lstrip("0") or folded if folded.isascii() and folded.isdigit() else folded
