"""A printed sheet as text: JSON for programs, CSV for spreadsheets, a table for people (costing §9)."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from vfm.costing.sheet_printed import PrintedGroup, PrintedSheet
from vfm.sheets.table import visible

FIGURES = (
    "contact_hours", "staff_cost", "other_cost", "total", "additional", "cost_per_pupil", "cost_per_pupil_hour",
)  # fmt: skip
NAMES = ("name", *FIGURES)
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
NEEDS_QUOTES = frozenset(',"\r\n')
WIDEST = 48
"""A longer name pushes its own row to the right, not all of them."""


def as_json(sheet: PrintedSheet) -> str:
    """The map as JSON: money and hours are texts with two decimals, so that nothing rounds them again."""
    return _json(
        {
            "interventions": [_group_json(group) for group in sheet.groups],
            "pupils": _texts(sheet.pupils),
            "not_attributed": two_decimals(sheet.not_attributed),
            "by": {column: _texts(parts) for column, parts in sheet.by.items()},
            "total": two_decimals(sheet.total),
            "additional": two_decimals(sheet.additional),
        },
    )


def _json(whole: Mapping[str, object]) -> str:
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _group_json(group: PrintedGroup) -> dict[str, object]:
    figures = {name: None if figure is None else two_decimals(figure) for name, figure in _figures(group)}
    return {"name": group.name, **figures, "shares": _texts(group.shares)}


def _figures(group: PrintedGroup) -> Iterator[tuple[str, int | None]]:
    return ((name, getattr(group, name)) for name in FIGURES)


def _texts(parts: Mapping[str, int]) -> dict[str, str]:
    return {name: two_decimals(pence) for name, pence in parts.items()}


def two_decimals(hundredths: int) -> str:
    """Such as 1520.00, from pence or from hundredths of an hour, 0 or more."""
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _rows(sheet: PrintedSheet) -> Iterator[list[str]]:
    """The names of the figures, one row an intervention, and the total; what cannot be said is empty."""
    yield list(NAMES)
    for group in sheet.groups:
        yield [group.name, *("" if figure is None else two_decimals(figure) for _, figure in _figures(group))]
    yield ["Total", "", "", "", two_decimals(sheet.total), two_decimals(sheet.additional), "", ""]


def as_csv(sheet: PrintedSheet) -> str:
    """The interventions as CSV. A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return "".join(",".join([_quoted(_tamed(row[0])), *row[1:]]) + "\n" for row in _rows(sheet))


def _tamed(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def _quoted(text: str) -> str:
    """Python's own writer leaves a lone return bare where lines end in a line feed, and nothing can read that again."""
    return '"' + text.replace('"', '""') + '"' if NEEDS_QUOTES.intersection(text) else text


def as_table(sheet: PrintedSheet) -> str:
    """The interventions, then their shares, then pupils, what is not attributed, and the total; in pounds and hours."""
    return "\n".join([*_aligned(list(_rows(sheet))), "", *_shares(sheet.groups), "", *_pupils(sheet), ""])


def _shares(groups: Sequence[PrintedGroup]) -> Iterator[str]:
    yield "Shares of each intervention, in pounds"
    shared = [group for group in groups if group.shares]
    if not shared:
        yield "  no pupils are named"
    for group in shared:
        yield f"  {visible(group.name)}"
        yield from _amounts(group.shares.items(), "    ")


def _pupils(sheet: PrintedSheet) -> Iterator[str]:
    """A pupil's figure is a sum of exact shares, so it may differ by pennies from the shares that are printed above."""
    yield "Pupils, in pounds (sums of exact shares: they may differ by pennies from the shares above)"
    last = {"Not attributed": sheet.not_attributed, "Total": sheet.total}
    yield from _amounts([*sheet.pupils.items(), *last.items()], "  ")


def _amounts(parts: Iterable[tuple[str, int]], indent: str) -> Iterator[str]:
    for line in _aligned([[name, two_decimals(pence)] for name, pence in parts]):
        yield indent + line


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Names to the left, figures to the right."""
    shown = [[visible(text) for text in row] for row in rows]
    widths = [min(WIDEST, max(len(row[place]) for row in shown)) for place in range(len(shown[0]))]
    for row in shown:
        figures = (text.rjust(width) for text, width in zip(row[1:], widths[1:], strict=True))
        yield "  ".join([row[0].ljust(widths[0]), *figures]).rstrip()
