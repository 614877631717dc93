"""Reads a school's ledger from a sheet, and says which lines are new, changed or already there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from vfm.costing.typed_cells import cell_of, money_cell
from vfm.money import pounds
from vfm.sheets.headings import Layout, Meaning, called, headings_of, says_total
from vfm.sheets.preview import Fate, Outcome, Preview
from vfm.sheets.table import Table
from vfm.sheets.wrong import CellError, WrongCell

MEANINGS = (
    Meaning("code", "Code in the accounts", (
        "code", "cfr code", "cfr", "aar code", "ledger code", "nominal code", "account code", "nominal", "account", "cost centre",
        "detail code", "subjective",
    )),
    Meaning("name", "Name of the line", (
        "description", "name of the line", "name", "line", "account name", "account description", "cfr description", "details",
        "narrative", "heading", "budget heading", "category", "expenditure", "item",
    )),
    Meaning("amount", "Amount spent", (
        "actual", "actual spend", "amount spent", "actual expenditure", "amount spent in the year", "amount", "spent", "outturn",
        "actual to date", "spend to date", "year to date", "ytd", "spend", "value", "net", "total",
    ), needed=True),
)  # fmt: skip
# Titles of the framework's codes as far as they were checked (the guidance of 2024 to 2025, and 2025 changes to I06).
CFR = {
    "E01": "Teaching staff",
    "E02": "Supply teachers employed by the school",
    "E03": "Education support staff",
    "E26": "Agency supply teachers",
    "I01": "Funds delegated by the local authority",
    "I02": "Funding for sixth-form pupils",
    "I03": "High-needs top-up funding",
    "I05": "Pupil premium",
    "I06": "Other government grants",
    "I07": "Other grants and payments",
}
CFR_CODE = re.compile(r"([EI][0-9]{2}[A-Za-z]?)\b[\s:.\-–]*", re.IGNORECASE | re.ASCII)
LONGEST = 200
ELSEWHERE = {
    "I": "it is income, which belongs in the income register",
    "E": "it is spending, which belongs in the ledger",
}
"""What is said of a line with a CFR code of the other side."""
OTHERS = {
    "I": "lines of income, left out because income belongs in the income register",
    "E": "lines of spending, left out because spending belongs in the ledger",
}
"""The same of all of them, where a total holds them."""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line of the sheet's ledger: rows of one code and name are added up. Pounds."""

    rows: tuple[int, ...]
    code: str
    name: str
    amount: Decimal

    @property
    def key(self) -> tuple[str, str]:
        return self.code.casefold(), self.name.casefold()

    @property
    def words(self) -> str:
        return f"{self.code} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line that the school has already. `id` is whoever keeps it; pounds, None where no amount is known."""

    id: int
    code: str
    name: str
    amount: Decimal | None


@dataclass(slots=True)
class LedgerSheet:
    """What a ledger's sheet says: its lines, the rows that are none and why, the wrong cells, its totals that do not fit."""

    lines: list[SheetLine] = field(default_factory=list)
    left_out: list[Outcome] = field(default_factory=list)
    wrong: list[WrongCell] = field(default_factory=list)
    totals: list[str] = field(default_factory=list)


def read_ledger(table: Table, layout: Layout, *, leave: str = "I") -> LedgerSheet:
    """The rows below the headings. Amounts may stand below nought; totals are checked and left out.

    Lines whose CFR code begins with `leave` (I income, E spending) belong elsewhere and are left out too.
    """
    found = _Reader(table, layout, leave)
    for place in range(layout.start + 1, len(table.rows)):
        found.read(place)
    lines = (
        SheetLine(tuple(rows), *found.names[key], sum(found.amounts[key], Decimal(0))) for key, rows in found.rows.items()
    )  # fmt: skip
    return LedgerSheet(list(lines), found.left_out, found.wrong, found.totals)


class _Reader:
    def __init__(self, table: Table, layout: Layout, leave: str) -> None:
        self.table, self.headings, self.leave = table, headings_of(table, layout), leave
        self.code, self.name, self.amount = (layout.column(meaning.name) for meaning in MEANINGS)
        self.rows: dict[tuple[str, str], list[int]] = {}
        self.names: dict[tuple[str, str], tuple[str, str]] = {}
        self.amounts: dict[tuple[str, str], list[Decimal]] = {}
        self.left_out: list[Outcome] = []
        self.wrong: list[WrongCell] = []
        self.totals: list[str] = []
        self.since_total = self.above = Decimal(0)
        self.left_since = self.left_above = Decimal(0)

    def read(self, place: int) -> None:
        number, code, name = self.table.rows[place].number, *self._called(place)
        words = f"{code} {name}".strip() or next(filter(str.strip, self.table.rows[place].cells), "")
        amount, before = None, len(self.wrong)
        try:
            amount = money_cell(*cell_of(self.table, place, self.amount), below_zero=True)
        except CellError as wrong:
            value, column = cell_of(self.table, place, self.amount)[0], called(self.headings, self.amount or 0)
            if not self._again(place):
                self.wrong.append(WrongCell(number, column, value, str(wrong)))
        if len(self.wrong) > before:
            return
        if not code and says_total(words):
            self._total(number, words, amount)
        elif amount is None:
            reason = "the headings stand here again" if self._again(place) else "it has no amount"
            self._leave(number, words, reason)
        else:
            self._line(number, code, name, amount)

    def _called(self, place: int) -> tuple[str, str]:
        """The code and the name, which may stand in one cell: E03 Education support staff."""
        code, name = (cell_of(self.table, place, column)[0] for column in (self.code, self.name))
        in_one = CFR_CODE.match(code or name)
        if in_one and (not code or not name):
            rest = (code or name)[in_one.end() :].strip()
            code, name = in_one.group(1).upper(), name if code and name else rest
        elif CFR_CODE.fullmatch(code):
            code = code.upper()
        return code, name or CFR.get(code, "")

    def _again(self, place: int) -> bool:
        return list(self.table.rows[place].cells) == list(self.headings)

    def _leave(self, number: int, words: str, reason: str) -> None:
        self.left_out.append(Outcome((number,), words[:LONGEST], Fate.LEFT_OUT, (reason,)))

    def _line(self, number: int, code: str, name: str, amount: Decimal) -> None:
        self.since_total += amount
        self.above += amount
        if re.fullmatch(rf"{self.leave}[0-9]{{2}}[A-Z]?", code):
            self.left_since += amount
            self.left_above += amount
            return self._leave(number, f"{code} {name}".strip(), ELSEWHERE[self.leave])
        for text, column in ((code, self.code), (name, self.name)):
            if len(text) > LONGEST:
                wrong = WrongCell(number, called(self.headings, column or 0), text, "expected at most 200 letters")
                return self.wrong.append(wrong)
        if not (code or name):
            named = called(self.headings, self.name if self.name is not None else self.code or 0)
            return self.wrong.append(WrongCell(number, named, "", "expected the name or the code of the line"))
        key = code.casefold(), name.casefold()
        self.names.setdefault(key, (code, name or code))
        self.rows.setdefault(key, []).append(number)
        return self.amounts.setdefault(key, []).append(amount)

    def _total(self, number: int, words: str, amount: Decimal | None) -> None:
        self._leave(number, words, "it is a total: it is checked, not brought in")
        fits = {self.since_total, self.above, self.since_total - self.left_since, self.above - self.left_above}
        if amount is not None and amount not in fits:
            self.totals.append(f"Row {number}, {words}: the sheet says {pounds(amount)}, {self._added_up()}")
        self.since_total = self.left_since = Decimal(0)

    def _added_up(self) -> str:
        """What the rows above a total come to, and how much of it is not brought in."""
        rows, left = (self.above, self.left_above) if self.since_total == 0 else (self.since_total, self.left_since)
        held = (
            f". {pounds(left)} of that is {OTHERS[self.leave]}: without them it is {pounds(rows - left)}"
            if left
            else ""
        )
        return f"the rows above it add up to {pounds(rows)}{held}"


@dataclass(frozen=True, slots=True)
class LedgerChange:
    """A line to be written: in place of a kept one, or new where `kept` is None."""

    line: SheetLine
    kept: KeptLine | None


def compare(sheet: LedgerSheet, kept: Sequence[KeptLine]) -> tuple[Preview, list[LedgerChange]]:
    """What bringing it in would do, and what is to be written. Lines match by code and name, else by a code that is alone."""
    pairs = _pairs(sheet.lines, kept)
    outcomes = [_outcome(line, pairs.get(line.key)) for line in sheet.lines]
    changes = [
        LedgerChange(line, pairs.get(line.key))
        for line, outcome in zip(sheet.lines, outcomes, strict=True)
        if outcome.fate is not Fate.SAME
    ]
    used = {each.id for each in pairs.values()}
    gone = [each for each in kept if each.id not in used]
    notes = [f"{len(gone)} of the lines that you have are not in the sheet. They stay as they are."] if gone else []
    every = sorted([*outcomes, *sheet.left_out], key=lambda each: each.rows)
    return Preview(every, sheet.wrong, sheet.totals, notes), changes


def _pairs(lines: Sequence[SheetLine], kept: Sequence[KeptLine]) -> dict[tuple[str, str], KeptLine]:
    free = list(kept)
    pairs: dict[tuple[str, str], KeptLine] = {}
    for line in lines:
        same = next((each for each in free if (each.code.casefold(), each.name.casefold()) == line.key), None)
        if same:
            pairs[line.key] = same
            free.remove(same)
    rest = [line for line in lines if line.key not in pairs]
    for line in rest:
        alike = [each for each in free if line.code and each.code.casefold() == line.key[0]]
        if len(alike) == 1 and sum(other.key[0] == line.key[0] for other in lines) == 1:
            pairs[line.key] = alike[0]
            free.remove(alike[0])
    return pairs


def _known(amount: Decimal | None) -> str:
    return "not known" if amount is None else pounds(amount)


def _outcome(line: SheetLine, kept: KeptLine | None) -> Outcome:
    if kept is None:
        return Outcome(line.rows, line.words, Fate.ADDED, (pounds(line.amount),))
    says = [] if kept.amount == line.amount else [f"Amount: {_known(kept.amount)} becomes {pounds(line.amount)}"]
    says += [f"Name: {kept.name} becomes {line.name}"] if kept.name.casefold() != line.name.casefold() else []
    return Outcome(line.rows, line.words, Fate.CHANGED if says else Fate.SAME, tuple(says) or (pounds(line.amount),))
