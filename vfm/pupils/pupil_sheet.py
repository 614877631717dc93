"""Reads pupils from a sheet of any layout: whatever a management information system calls its columns, and however it repeats rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from vfm.pupils import said
from vfm.pupils.history import Step
from vfm.pupils.said import NOTHING
from vfm.pupils.upn import is_temporary, is_upn, right_letter, tidy_upn
from vfm.sheets.headings import Layout, Meaning, called, headings_of, plain, says_total
from vfm.sheets.preview import Fate, Outcome
from vfm.sheets.table import Row, Table
from vfm.sheets.wrong import WrongCell

MEANINGS = (
    Meaning("upn", "UPN", ("upn", "unique pupil number", "pupil upn", "student upn")),
    Meaning("surname", "Surname", (
        "preferred surname", "preferred last name", "surname", "last name", "legal surname", "legal last name", "family name",
    )),
    Meaning("forename", "Forename", (
        "preferred forename", "preferred first name", "forename", "first name", "chosen name", "known as", "legal forename",
        "legal first name", "given name",
    )),
    Meaning("name", "Full name", (
        "name", "pupil", "student", "full name", "pupil name", "student name", "preferred name", "display name", "child", "child name",
    )),
    Meaning("reference", "Admission number or the school's own reference", (
        "reference", "admission number", "adno", "adm no", "admission no", "pupil reference", "student id", "pupil id", "mis id",
    )),
    Meaning("year", "Year group", (
        "year group", "nc year", "national curriculum year", "curriculum year", "ncyearactual", "year", "yr", "year taught in",
        "actual nc year",
    )),
    Meaning("born", "Date of birth (to work out the year group, and not kept)", ("date of birth", "dob", "birth date", "born")),
    Meaning("class_name", "Class or registration group", (
        "registration group", "reg group", "registration form", "reg", "tutor group", "class", "class name", "form", "tutor",
        "registration", "reg form",
    )),
    Meaning("status", "SEN provision (N, K or E)", (
        "sen provision", "sen status", "send status", "senprovision", "sen stage", "send provision", "sen code", "send code", "sen",
        "send", "current sen status",
    )),
    Meaning("since", "SEN provision since", (
        "sen start date", "sen provision start date", "sen status start date", "sen since", "status start date", "sen start",
        "provision start date",
    )),
    Meaning("need", "Type of need", (
        "primary need", "sen primary need", "sen need primary", "sen need", "sen need type", "need type", "sen type", "sen need 1",
        "need 1", "primary sen need", "type of need", "sen needs", "send need", "send needs", "needs", "need", "sentype",
    )),
    Meaning("second_need", "Second type of need", (
        "secondary need", "second need", "sen secondary need", "sen need secondary", "sen need 2", "need 2", "secondary sen need",
    )),
    Meaning("rank", "Rank of the need (1, 2)", (
        "need ranking", "rank", "ranking", "sen need rank", "need rank", "sentyperank", "sen need ranking",
    )),
    Meaning("pupil_premium", "Pupil premium", (
        "pupil premium", "pupil premium indicator", "pupil premium eligible", "pupil premium recipient", "pp", "ppi", "ppg",
        "pupil premium status", "disadvantaged",
    )),
    Meaning("fsm", "Free school meals", (
        "fsm", "free school meals", "fsm eligible", "eligible for free meals", "eligible for fsm", "free school meal eligible",
        "free school meals eligible", "free meals", "fsm status",
    )),
    Meaning("eal", "English as an additional language, or first language", (
        "eal", "english as an additional language", "english additional language", "is eal", "eal status", "first language",
        "mother tongue", "home language",
    )),
    Meaning("looked_after", "Looked after", (
        "looked after", "lac", "in care", "in lea care", "in la care", "child looked after", "cla", "looked after child", "in care status",
    )),
    Meaning("top_up", "Top-up funding", ("top up", "top up funding", "high needs funding", "element 3")),
    Meaning("sex", "Sex", ("sex", "gender", "legal sex", "m f")),
    Meaning("joined", "First day at the school", (
        "date of admission", "admission date", "doa", "date of entry", "entry date", "joined", "date joined", "date of joining",
        "enrolment date", "enrolment start",
    )),
    Meaning("left", "Last day at the school", (
        "date of leaving", "leaving date", "dol", "left", "date left", "enrolment end", "last day",
    )),
    Meaning("history", "SEN history", ("sen history",)),
)  # fmt: skip
CELLS: dict[str, tuple[Callable[[str], Any], str]] = {
    "pupil_premium": (said.read_yes_no, "yes or no"),
    "fsm": (said.read_yes_no, "yes or no"),
    "eal": (said.read_eal, "yes or no, or the code of a language"),
    "looked_after": (said.read_yes_no, "yes or no"),
    "top_up": (said.read_yes_no, "yes or no"),
    "sex": (said.read_sex, "M or F"),
    "joined": (said.read_day, "a day"),
    "left": (said.read_day, "a day"),
}
TICKS = ("pupil_premium", "fsm", "eal", "looked_after", "top_up")
LONGEST = {"class_name": 50, "reference": 50}
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class SheetPupil:
    """One pupil of a sheet. `values` holds what the sheet says, by the name under which a pupil's row keeps it.

    `refused` says why the pupil cannot be brought in as new; `steps` is what the sheet says of the SEN history.
    """

    rows: tuple[int, ...]
    values: Mapping[str, Any]
    steps: tuple[Step, ...] = ()
    queries: tuple[str, ...] = ()
    refused: WrongCell | None = None

    @property
    def name(self) -> str:
        return str(self.values.get("name", ""))

    @property
    def upn(self) -> str:
        return str(self.values.get("upn", ""))


@dataclass(slots=True)
class PupilSheet:
    """The pupils of a sheet, and the rows that are none and why."""

    pupils: list[SheetPupil] = field(default_factory=list)
    left_out: list[Outcome] = field(default_factory=list)


class _Line(NamedTuple):
    """A row of the sheet: its number, and the texts of its cells by meaning."""

    number: int
    texts: dict[str, str]


def read_pupils(table: Table, layout: Layout, september: int) -> PupilSheet:
    """The pupils below the headings. `september`: the year in which the academic year began, for years from birth."""
    headings = [plain(cell) for cell in headings_of(table, layout)]
    found, lines = PupilSheet(), []
    for row in table.rows[layout.start + 1 :]:
        reason = _no_pupil(row, headings, layout)
        if reason:
            name = next(filter(str.strip, row.cells), "")
            found.left_out.append(Outcome((row.number,), name[:LONGEST_NAME], Fate.LEFT_OUT, (reason,)))
        else:
            lines.append(_Line(row.number, _texts(row, layout)))
    heads = {name: called(headings_of(table, layout), column) for column, name in layout.columns.items()}
    ticked = {name for name in TICKS if _ticked(lines, name)}
    found.pupils = [_pupil(group, heads, ticked, september) for group in _groups(lines)]
    return found


def _no_pupil(row: Row, headings: Sequence[str], layout: Layout) -> str:
    """Why a row is no pupil: a heading again, a total, a title or a note beneath; empty where it may be one."""
    filled = [" ".join(cell.split()) for cell in row.cells if cell.strip()]
    if [plain(cell) for cell in row.cells][: len(headings)] == list(headings)[: len(row.cells)]:
        return "the headings stand here again"
    if says_total(filled[0]) or plain(filled[0]).startswith(("total ", "number of ", "count ")):
        return "it is a total"
    if len(set(filled)) == 1 and len(layout.columns) > 1:
        return "it holds one thing only: a title, or a note"
    texts = _texts(row, layout)
    who = [texts.get(name, "") for name in ("upn", "surname", "forename", "name", "reference")]
    return "" if any(who) else "it names nobody"


def _texts(row: Row, layout: Layout) -> dict[str, str]:
    """The filled cells of a row by meaning; the first where several columns hold one."""
    found: dict[str, str] = {}
    for column, name in layout.columns.items():
        text = " ".join(row.cells[column].split()) if column < len(row.cells) else ""
        if text.casefold() not in NOTHING:
            found.setdefault(name, text)
    return found


def _ticked(lines: Iterable[_Line], name: str) -> bool:
    """Whether a column only ever says yes, so that an empty cell in it says no."""
    read = CELLS[name][0]
    every = {read(line.texts[name]) for line in lines if name in line.texts}
    return True in every and False not in every


def _groups(lines: Iterable[_Line]) -> list[list[_Line]]:
    """The rows of each pupil: a system that lists needs has a row for each."""
    found: dict[tuple[str, ...], list[_Line]] = {}
    for line in lines:
        found.setdefault(_key(line.texts), []).append(line)
    return list(found.values())


def _key(texts: Mapping[str, str]) -> tuple[str, ...]:
    upn = tidy_upn(texts.get("upn", ""))
    if is_upn(upn):
        return (upn,)
    name = plain(_name(texts))
    if "reference" in texts:
        return ("reference", texts["reference"], name)
    return ("name", name, texts.get("year", ""), texts.get("class_name", ""), texts.get("born", ""))


def _name(texts: Mapping[str, str]) -> str:
    """Forename and surname, whichever way round the sheet has them; else the reference."""
    surname, forename, whole = texts.get("surname", ""), texts.get("forename", ""), texts.get("name", "")
    if surname and forename:
        return f"{forename} {surname}"
    if whole.count(",") == 1:
        last, first = (part.strip() for part in whole.split(","))
        whole = f"{first} {last}".strip()
    return whole or forename or surname


class _Reader:
    """What the rows of one pupil say; `queries` is what a person should look at."""

    def __init__(self, lines: Sequence[_Line], heads: Mapping[str, str]) -> None:
        self.lines, self.heads = lines, heads
        self.values: dict[str, Any] = {}
        self.queries: list[str] = []
        self.refused: WrongCell | None = None

    def text(self, name: str) -> str:
        """The first of the rows' texts; if they differ, that is said."""
        every = list(dict.fromkeys(line.texts[name] for line in self.lines if name in line.texts))
        if len(every) > 1:
            self.query(name, "; ".join(every[:3]), "its rows differ, and the first is taken")
        return every[0] if every else ""

    def query(self, name: str, text: str, why: str) -> None:
        self.queries.append(f"{self.heads.get(name, name)} “{text[:60]}”: {why}")

    def refuse(self, name: str, text: str, expected: str) -> None:
        self.refused = self.refused or WrongCell(self.lines[0].number, self.heads.get(name, name), text, expected)


def _pupil(lines: Sequence[_Line], heads: Mapping[str, str], ticked: set[str], september: int) -> SheetPupil:
    read = _Reader(lines, heads)
    _read_who(read)
    _read_year(read, september)
    for name in CELLS:
        _read_cell(read, name, ticked)
    steps = _read_status(read)
    _read_needs(read)
    if read.values.get("joined") and read.values.get("left") and read.values["left"] < read.values["joined"]:
        read.query("left", read.text("left"), "it is before the first day, and is not brought in")
        del read.values["left"]
    return SheetPupil(
        tuple(line.number for line in lines), read.values, steps, tuple(dict.fromkeys(read.queries)), read.refused
    )


def _read_who(read: _Reader) -> None:
    _read_upn(read, read.text("upn"))
    for name, longest in LONGEST.items():
        text = said.plain_number(read.text(name))
        if len(text) > longest:
            read.query(name, text, f"it is longer than {longest} letters, and is not brought in")
        elif text:
            read.values[name] = text
    name = _name(read.lines[0].texts) or read.values.get("reference", "")
    if not name:
        read.refuse("name", "", "expected the pupil's name or reference")
    elif len(name) > LONGEST_NAME:
        read.refuse("name", name, f"expected at most {LONGEST_NAME} letters")
    else:
        read.values["name"] = name


def _read_upn(read: _Reader, text: str) -> None:
    upn = tidy_upn(text)
    if is_upn(upn):
        read.values["upn"] = upn
        if not right_letter(upn):
            read.query("upn", text, "its first letter does not belong to its figures; look it up in your system")
        elif is_temporary(upn):
            read.queries.append("The UPN is a temporary one")
    elif text:
        read.query("upn", text, "it is not written as a UPN is, and is not brought in")


def _read_year(read: _Reader, september: int) -> None:
    text, born = read.text("year"), read.text("born")
    year = said.read_year(text) if text else None
    if year is None and born:
        day = said.read_day(born)
        year = said.year_of_birth(day, september) if day else None
        if year is None and not text:
            read.query("born", born, "it is not a day from which a year group follows")
    if year is not None:
        read.values["year_group"] = year
    elif text:
        read.refuse("year", text, "expected a year group, such as R or 4")
    else:
        read.refuse("year", "", "expected the year group")


def _read_cell(read: _Reader, name: str, ticked: set[str]) -> None:
    how, expected = CELLS[name]
    text = read.text(name)
    value = how(text) if text else (False if name in ticked else None)
    if value is not None:
        read.values[name] = value
    elif text and not (name == "eal" and plain(text) in said.NOT_SAID):
        read.query(name, text, f"expected {expected}; it is not brought in")


def _read_status(read: _Reader) -> tuple[Step, ...]:
    text = read.text("status")
    status = said.read_status(text) if text else None
    if status and status.value:
        read.values["status"] = status.value
        if status.query:
            read.query("status", text, status.query)
    elif text:
        read.refuse("status", text, "expected N, K or E, or the words for one of them")
    return _read_steps(read, read.values.get("status"))


def _read_steps(read: _Reader, status: str | None) -> tuple[Step, ...]:
    """What the sheet says began when: `2023-09-01 K; 2025-01-06 E`, or the day since which the status holds."""
    steps: list[Step] = []
    for part in filter(None, (part.strip() for part in read.text("history").split(";"))):
        day, _, word = part.partition(" ")
        began, was = said.read_day(day), said.read_status(word)
        if began is None or was.value is None:
            read.query("history", part, "it is not understood, and is left out")
        else:
            steps.append((began, was.value))
            if was.query:
                read.query("history", part, was.query)
    since = read.text("since")
    began = said.read_day(since) if since else None
    if since and began is None:
        read.query("since", since, "expected a day; it is not brought in")
    elif began and status:
        steps.append((began, status))
    return tuple(steps)


def _read_needs(read: _Reader) -> None:
    """The first two needs by rank, then by their order in the sheet."""
    ranked: list[tuple[int, int, str]] = []
    for line in read.lines:
        rank = line.texts.get("rank", "")
        for column in ("need", "second_need"):
            place = int(rank[:2]) if rank[:2].isdigit() and rank.isascii() else (1 if column == "need" else 2)
            for words, need in said.read_needs(line.texts.get(column, "")):
                if need.query:
                    read.query(column, words, need.query)
                if need.value:
                    ranked.append((place, len(ranked), need.value))
                elif plain(words) not in ("none", "no", "n a"):
                    read.query(column, words, "it is not a type of need that the census knows; it is not brought in")
    needs = list(dict.fromkeys(code for _, _, code in sorted(ranked)))
    if len(needs) > 2:
        read.queries.append(f"More than two needs: {', '.join(needs)}. The first two are brought in")
    read.values |= dict(zip(("need", "second_need"), needs, strict=False))
