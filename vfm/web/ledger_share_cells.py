"""The cells in which the SEN shares of many ledger lines are typed: what each holds, and what sending them would do."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from vfm.costing.ledger_shares import Suggestion
from vfm.money import MoneyError, read_number
from vfm.store.funds import LedgerRow
from vfm.web.cells import Cell, Fault, Faults, Line, check_line, lines_of
from vfm.web.fields import plain
from vfm.web.text import LONGEST_LINE

SHARE = Cell("share", "Share for SEN in %", width=5)
GROUND = Cell("ground", "How it was worked out", width=30, numeric=False)
CELLS = (SHARE, GROUND)
REST = "Not for special or additional needs"
"""The ground for nought, where a person says that the rest of the ledger is not for SEN."""
MOST_LINES = 300
SEEN = "seen-"
LONGEST_ID, MARK = 19, 12


def mark(share: str, ground: str) -> str:
    """Tells what a line said when its cells were filled in, so that it is known who touched it since."""
    return hashlib.sha256(f"{share}\n{ground}".encode()).hexdigest()[:MARK]


def shown(row: LedgerRow) -> dict[str, str]:
    """What the cells show of a line that is kept."""
    return {"share": "" if row.sen_share is None else plain(row.sen_share), "ground": row.ground}


def mark_of(row: LedgerRow) -> str:
    """The mark of a line as it is kept."""
    return mark(**shown(row))


def named(row: LedgerRow) -> str:
    """What a line is called: its code and its words."""
    return f"{row.code} {row.name}".strip()


def marks_of(typed: Mapping[str, str]) -> dict[int, str]:
    """The lines of a form by their ids, each with the mark that it was filled in from."""
    ids = [key.removeprefix(SEEN) for key in typed if key.startswith(SEEN)][:MOST_LINES]
    numbers = [int(each) for each in ids if each.isascii() and each.isdigit() and len(each) <= LONGEST_ID]
    return {number: typed.get(f"{SEEN}{number}", "")[:MARK] for number in numbers}


def typed_lines(typed: Mapping[str, str], rows: Mapping[int, LedgerRow]) -> list[Line]:
    """The lines of a form, also those whose row is no longer there."""
    lines = lines_of(typed, marks_of(typed), CELLS)
    for line in lines:
        line.named = named(rows[line.number]) if line.number in rows else ""
    return lines


def cells_of(suggestion: Suggestion) -> dict[str, str]:
    """What the cells hold where last time's share is suggested."""
    return {"share": plain(suggestion.share), "ground": suggestion.ground}


def line_of(row: LedgerRow, suggested: Mapping[str, Suggestion]) -> Line:
    """The cells of a line as it is kept; where nothing is, what is suggested."""
    kept, suggestion = shown(row), suggested.get(str(row.id))
    return Line(row.id, cells_of(suggestion) if suggestion and not any(kept.values()) else kept, named=named(row))


@dataclass
class Sending:
    """What comes of sending the cells: the lines to be written, what is wrong, and what others did meanwhile.

    `theirs`: ids of lines that somebody else set; `gone`: lines that somebody else removed after they were typed into.
    """

    writes: dict[int, dict[str, Any]] = field(default_factory=dict)
    faults: Faults = field(default_factory=list)
    theirs: set[int] = field(default_factory=set)
    gone: list[Line] = field(default_factory=list)

    @property
    def refused(self) -> int:
        """The status with which the page is shown again: somebody else was first, or a cell is wrong; 0 where all is right."""
        others = self.theirs or self.gone
        return (409 if others and len(self.faults) == len(self.theirs) else 400) if others or self.faults else 0


def settle(
    lines: Sequence[Line], seen: Mapping[int, str], rows: Mapping[int, LedgerRow], *, rest: bool
) -> Sending:  # fmt: skip
    """Weighs what was typed against what the page had shown (`seen`, marks by id) and what stands now (`rows`).

    `rest`: lines that were left empty are 0%. A line that nobody typed into is left alone, whatever others did to it.
    """
    sending = Sending()
    for line in lines:
        if mark(**line.typed) != seen.get(line.number) or (rest and not line.typed["share"]):
            _settle_one(line, seen.get(line.number), rows.get(line.number), sending, rest=rest)
    return sending


def _settle_one(line: Line, seen: str | None, row: LedgerRow | None, sending: Sending, *, rest: bool) -> None:
    if row is None:
        sending.gone += [line] if line.filled else []
        return
    faults = _read(line, rest=rest)
    sending.faults += faults
    if faults or (row.sen_share, row.ground) == (line.values["share"], line.values["ground"]):
        return
    if mark_of(row) == seen:
        sending.writes[row.id] = {"sen_share": line.values["share"], "ground": line.values["ground"]}
    else:
        sending.theirs.add(row.id)
        sending.faults.append(Fault(line.key("share"), CONFLICT, line.words))


CONFLICT = (
    "somebody else has set this line meanwhile. What you typed is kept: send it again to put it in place of theirs"
)


def _read(line: Line, *, rest: bool) -> Faults:
    if rest and not line.filled:
        line.values = {"share": Decimal(0), "ground": REST}
        return []
    faults = check_line(line, CELLS, {"share": _share, "ground": _ground})
    if rest and not line.typed["share"]:
        faults.append(line.fault(SHARE, "enter it, or empty both cells where it is 0%"))
    if line.typed["share"] and not line.typed["ground"]:
        faults.append(line.fault(GROUND, "say how the share was worked out"))
    return faults


def _share(text: str) -> Decimal | None:
    return read_number(text.removesuffix("%"), high=Decimal(100)) if text else None


def _ground(text: str) -> str:
    ground = " ".join(text.split())
    if len(ground) > LONGEST_LINE:
        raise MoneyError(f"must be {LONGEST_LINE} characters or fewer")
    return ground
