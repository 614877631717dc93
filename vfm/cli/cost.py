"""`vfm cost`: costs a provision map from a CSV or Excel file, with no server and no database."""

import argparse
import gc
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from vfm.cli import module
from vfm.costing.sheet import Sheet, WrongCells, read_sheet
from vfm.costing.sheet_columns import CellError, Exact, above_nought
from vfm.costing.sheet_cost import WEEKS, cost_sheet
from vfm.costing.sheet_printed import print_sheet
from vfm.costing.sheet_shown import as_csv, as_json, as_table
from vfm.sheets.delimited import read_delimited
from vfm.sheets.kind import Kind, kind_of
from vfm.sheets.table import Limits, SheetError, Table

FORMATS = {"table": as_table, "json": as_json, "csv": as_csv}
# Wider than the site's: who runs a command on a file of their own may wait.
LIMITS = Limits(size=20 * 1024 * 1024, rows=100_000, elements=5_000_000)
REFUSED = 2

DESCRIPTION = """Cost a provision map from a spreadsheet: what each intervention costs, what each pupil's share of it is, and
what is left that belongs to nobody by name. Works on the file alone: no server, no database, nothing sent or kept."""

EPILOG = """the first row of the file holds the headings; order, case, spaces and hyphens do not matter:
  intervention       its name, the only column that every file needs; rows with the same name add up
  staff              the role; empty on a row with only other cost, or with hours without an adult;
                     "volunteer" and "other pupil" cost nothing and take no rate
  hourly_rate        pounds an hour, up to four decimals, or
  weekly_hour_price  pounds for one weekly hour over --weeks; paid staff need exactly one of the two
  number             how many of this role; 1 if empty
  minutes            of one session
  sessions_per_week  with weeks, or
  sessions_total     all sessions together; staff need minutes and one of the two ways of counting
  prep_minutes       preparation for each session; 0 if empty
  other_cost         pounds; 0 if empty
  counts_percent     how much of the row is additional; if empty, 0 where the tier is universal, else 100
  pupils             names or references, separated by ;
  group_size         how many pupils, where they are not named
  whole_cost_to      the one pupil who carries the whole cost
  area_of_need, tier, funding
                     labels; the JSON breaks the total down by each

examples:
  vfm cost map.csv
  vfm cost map.xlsx --format json
  vfm cost map.csv --weeks 39 --format csv > costs.csv

A file with wrong cells is refused with exit status 2, and every wrong cell is named. Worked examples: docs/vfm-cost.md"""


def main(words: list[str]) -> None:
    """Runs `vfm cost FILE [--weeks 38] [--format table|json|csv]`."""
    given = _parser().parse_args(words)
    # It ends in a moment, and nothing that it makes goes round in circles.
    gc.disable()
    sheet = _read(given.file)
    _say(f"warning: {words}" for words in sheet.warnings)
    _write(FORMATS[given.format](print_sheet(cost_sheet(sheet, given.weeks))))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="vfm cost", description=DESCRIPTION, epilog=EPILOG, allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("file", metavar="FILE", help="a CSV file with commas, or an Excel workbook (.xlsx)")
    parser.add_argument(
        "--weeks", type=_weeks, default=WEEKS, metavar="WEEKS",
        help=f"weeks that weekly_hour_price is over (default {WEEKS})",
    )  # fmt: skip
    parser.add_argument("--format", choices=FORMATS, default="table", help="how to print it (default table)")
    return parser


def _weeks(typed: str) -> Exact:
    try:
        return above_nought(typed.strip())
    except CellError as wrong:
        raise argparse.ArgumentTypeError(f"{wrong}, not {typed!r}") from wrong


def _read(file: str) -> Sheet:
    """The sheet in the file, or an end with every reason why not."""
    try:
        with Path(file).open("rb") as source:
            data = source.read(LIMITS.size + 1)
        return read_sheet(_table(data))
    except WrongCells as wrong:
        _refuse([*(f"warning: {words}" for words in wrong.warnings), *(cell.words for cell in wrong.cells)])
    except SheetError as wrong:
        _refuse([f"vfm cost: {file} cannot be used: {wrong}"])
    except OSError as wrong:
        _refuse([f"vfm cost: {file} cannot be read: {wrong.strerror}"])


def _table(data: bytes) -> Table:
    if kind_of(data, LIMITS) is Kind.DELIMITED:
        return read_delimited(data, LIMITS)
    table: Table = module("cost_workbook").read_workbook(data, LIMITS)
    return table


def _refuse(lines: Iterable[str]) -> NoReturn:
    _say(lines)
    sys.exit(REFUSED)


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        print(line, file=sys.stderr)


def _write(text: str) -> None:
    """UTF-8 whatever the terminal says; whoever closes the pipe early, such as `head`, is not shown a fault."""
    try:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
