"""Tables that say which cells head which, go on over pages in mid-row, and never leave a heading alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, KeepTogether
from reportlab.platypus import Table as Layout

from vfm.documents.pdf.fonts import BOLD, width
from vfm.documents.pdf.letters import paragraphs
from vfm.documents.pdf.structure import TaggedCanvas
from vfm.documents.pdf.styles import BAND, BLUE, CELL, CELL_HEAD, CELL_TOTAL, HEIGHT, RULE, WIDTH, to_the_right
from vfm.documents.pdf.tree import Element
from vfm.documents.pdf.words import Words, words

_PADDING, SMALLEST = 4, 8
_EDGES = (
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
    ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ("TOPPADDING", (0, 0), (-1, -1), 5),
)
_ROOMY = 120


class Grid(Layout):
    """A layout of cells whose rules and bands are artifacts. A row is cut only if no page could hold it.

    `whole`: it goes on to the next page rather than be cut, if a page holds it with its caption and heading.
    """

    whole = False

    def __init__(self, data: Sequence[Sequence[Any]], **settings: Any) -> None:
        settings["renderCB"] = _artifacts
        super().__init__(cast("Any", data), **settings)

    def split(self, aW: float, aH: float) -> list[Flowable]:
        head, used, tallest = sum(self._heights()[: self.repeatRows]), 0.0, 0.0
        if head > HEIGHT / 2:
            self.repeatRows, head = 0, 0.0
        for height in self._heights():
            if used + height > aH:
                tallest = height
                break
            used += height
        self.splitInRow = int(head + tallest > HEIGHT and aH - used >= _ROOMY)
        self.splitByRow = 1 - self.splitInRow
        return super().split(aW, aH)

    def _heights(self) -> list[float]:
        return cast("list[float]", cast("Any", self)._rowHeights)

    def first(self) -> float:
        """How high the repeated rows and the first after them are, in points."""
        return sum(self._heights()[: self.repeatRows + 1])

    def least(self) -> float:
        """How much of it must stand on a page before it may go on to the next, in points."""
        everything = sum(self._heights())
        if self.whole and everything <= HEIGHT - _ROOMY:
            return everything
        return self.first() if self.first() <= HEIGHT else _ROOMY


def _artifacts(table: Layout, event: str, *_: object) -> None:
    canvas = cast("TaggedCanvas", table.canv)
    if event in ("startBG", "startLines"):
        canvas.begin_artifact("Layout")
    elif event in ("endBG", "endLines"):
        canvas.end()


class Keep(KeepTogether):
    """Keeps a heading with the beginning of what follows; a long table need not wait for a new page."""

    def split(self, aW: float, aH: float) -> list[Flowable]:
        parts = cast("list[Flowable]", cast("Any", self)._content)
        last = parts[-1]
        last.keepWithNext = 0  # or a heading with nothing after it is kept, and kept, for good
        if not isinstance(last, Grid | Words):
            return super().split(aW, aH)
        room = aH - last.getSpaceBefore()
        for part in parts[:-1]:
            room -= part.wrapOn(self.canv, aW, aH)[1] + part.getSpaceBefore() + part.getSpaceAfter()
        last.wrapOn(self.canv, aW, aH)
        if room < last.least():
            return super().split(aW, aH)
        return [cast("Any", self).NullActionFlowable(), *parts]


def cell(text: str, style: ParagraphStyle, element: Element) -> list[Flowable]:
    """A cell's paragraphs, each with its own element inside the cell's."""
    return [words(part, style, element.add("P")) for part in paragraphs(text)]


def table(
    element: Element,
    headings: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    widths: tuple[int, ...],
    right: frozenset[int],
    total_row: bool,
) -> Grid:
    """The rows under their headings; the widths are shares of the page's width; the first cell heads its row."""
    heads = element.add("TR")
    shares = widths or (1,) * len(headings)
    columns = [WIDTH * share / sum(shares) for share in shares]
    data = [[_head(text, heads, place in right) for place, text in enumerate(headings)]]
    for number, row in enumerate(rows):
        total = total_row and number == len(rows) - 1
        data.append(_row(row, element.add("TR"), right, CELL_TOTAL if total else CELL, columns))
    style: list[Any] = [
        *_EDGES,
        ("BACKGROUND", (0, 0), (-1, 0), BAND),
        ("LINEBELOW", (0, 0), (-1, 0), 1, BLUE),
        ("LINEBELOW", (0, 1), (-1, -1), 0.5, RULE),
    ]
    if total_row and rows:
        style.append(("LINEABOVE", (0, -1), (-1, -1), 1, BLUE))
    return Grid(data, colWidths=columns, repeatRows=1, style=style, spaceAfter=14, hAlign="LEFT")


def _head(text: str, row: Element, right: bool) -> list[Flowable]:
    element = row.add("TH", owner="Table", Scope="/Column")
    found = cell(text, to_the_right(CELL_HEAD) if right else CELL_HEAD, element)
    for each in found:
        cast("Words", each).repeats = True
    return found


def _row(
    row: tuple[str, ...], element: Element, right: frozenset[int], style: ParagraphStyle, columns: Sequence[float]
) -> list[list[Flowable]]:
    cells = []
    for place, text in enumerate(row):
        own = element.add("TD") if place else element.add("TH", owner="Table", Scope="/Row")
        look = _fitting(text, to_the_right(style), columns[place] - 2 * _PADDING) if place in right else style
        cells.append(cell(text, look, own))
    return cells


def _fitting(text: str, style: ParagraphStyle, room: float) -> ParagraphStyle:
    """The same style, smaller where an amount would else be cut in two: millions in a narrow column."""
    widest = max((width(word, style.fontSize, bold=style.fontName == BOLD) for word in text.split()), default=0)
    size = style.fontSize * room / widest if widest > room else style.fontSize
    if not SMALLEST <= size < style.fontSize:
        return style
    return ParagraphStyle(f"{style.name}Smaller", parent=style, fontSize=size)


def terms(element: Element, pairs: tuple[tuple[str, str], ...]) -> Grid:
    """Terms on the left, what is said of them on the right, as a list of labels and bodies."""
    data = []
    for term, description in pairs:
        item = element.add("LI")
        label, body = item.add("Lbl"), item.add("LBody")
        data.append([cell(term, CELL_HEAD, label), cell(description, CELL, body)])
    style: list[Any] = [*_EDGES, ("LEFTPADDING", (0, 0), (0, -1), 0), ("LINEBELOW", (0, 0), (-1, -1), 0.5, RULE)]
    return Grid(data, colWidths=[WIDTH * 0.32, WIDTH * 0.68], style=style, spaceBefore=4, spaceAfter=14, hAlign="LEFT")
