"""What the page of SEN shares shows: the ledger's lines by code, as they were typed or are kept, and what is said of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request

from vfm.costing.calendar import AcademicYear
from vfm.costing.ledger_shares import Suggestion, by_code, suggest, sum_words
from vfm.money import half_up, pounds
from vfm.store.bridging import year_of_ledger
from vfm.store.funds import LedgerRow, ledger_before, ledger_line
from vfm.store.rows import rows_of
from vfm.web.cells import Line, said_beside
from vfm.web.database import db
from vfm.web.fields import plain
from vfm.web.ledger_share_cells import (
    CELLS,
    MOST_LINES,
    Sending,
    cells_of,
    line_of,
    mark_of,
    marks_of,
    typed_lines,
)
from vfm.web.permissions import here

MISSING = "missing"
Rows = Mapping[int, LedgerRow]


@dataclass(frozen=True, slots=True)
class Shown:
    """A line on the page: its cells, its words and amount, the mark it was filled in from, and what is said below it."""

    line: Line
    amount: str
    seen: str
    note: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one code. With several lines its title and sum stand above them."""

    title: str
    amount: str
    lines: Sequence[Shown]


def only_missing() -> bool:
    """Whether only lines without a share are asked for."""
    return request.args.get("only") == MISSING


def page_of(year: int, typed: Mapping[str, str] | None, sending: Sending) -> dict[str, Any]:
    """The page as it was typed, else as the lines are kept, with last time's share where a line has none."""
    every = rows_of(db(), LedgerRow, here().school.id, year=year)
    rows, kept = {row.id: row for row in every}, [ledger_line(row) for row in every]
    before, earlier = ledger_before(db(), here().school.id, year)
    last, suggested = AcademicYear(before).words, suggest(kept, earlier)
    without = [line for line in kept if line.sen_share is None]
    chosen = without if only_missing() else kept
    part, parts = _part(len(chosen))
    if typed is None:
        numbers = [int(line.id) for group in by_code(chosen) for line in group.lines]
        lines = [line_of(rows[each], suggested) for each in numbers[(part - 1) * MOST_LINES : part * MOST_LINES]]
        marks = {line.number: mark_of(rows[line.number]) for line in lines}
    else:
        lines = [line for line in typed_lines(typed, rows) if line.number in rows]
        marks = marks_of(typed) | {each: mark_of(rows[each]) for each in sending.theirs}
    shown = [
        _shown(line, rows[line.number], marks, suggested.get(str(line.number)), last, sending) for line in lines
    ]  # fmt: skip
    return {
        "groups": _groups(shown, rows), "cells": CELLS, "faults": sending.faults, "wrong": said_beside(sending.faults),
        "gone": sending.gone, "there": len(every), "without": len(without), "sum": sum_words(kept), "only": only_missing(),
        "missing": MISSING, "part": part, "parts": parts, "last": last, "suggested": sum(bool(each.note) for each in shown),
        "at": here(), "year": AcademicYear(year), "period": year_of_ledger(here().school, year),
    }  # fmt: skip


def _shown(
    line: Line, row: LedgerRow, marks: Mapping[int, str], suggestion: Suggestion | None, last: str, sending: Sending
) -> Shown:
    same = suggestion is not None and line.typed == cells_of(suggestion)
    return Shown(
        line, pounds(row.amount), marks[row.id], f"As in {last}, not saved yet" if same else "",
        _theirs(row) if row.id in sending.theirs else "",
    )  # fmt: skip


def _part(how_many: int) -> tuple[int, int]:
    """Which part of a ledger too long for one page is asked for, and how many there are."""
    parts = max(1, -(-how_many // MOST_LINES))
    text = request.args.get("part", "")
    asked = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 1
    return min(max(asked, 1), parts), parts


def _theirs(row: LedgerRow) -> str:
    share = "no share" if row.sen_share is None else f"{plain(row.sen_share)}%"
    said = ", ".join(filter(None, (share, row.ground, row.set_by and f"set by {row.set_by}")))
    return f"Now kept: {said}. Save again to put yours in its place"


def _groups(shown: Sequence[Shown], rows: Rows) -> list[Group]:
    at = {str(each.line.number): each for each in shown}
    groups = by_code(ledger_line(rows[each.line.number]) for each in shown)
    return [
        Group(group.title, pounds(half_up(group.amount)), [at[line.id] for line in group.lines]) for group in groups
    ]
