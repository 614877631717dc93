"""What a document is made of: plain parts without any ReportLab, and `render`, which draws each as it should be."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial, singledispatch
from typing import cast
from urllib.parse import urlsplit

from reportlab.platypus import Flowable, PageBreak

from vfm.documents import charts
from vfm.documents.pdf import tables
from vfm.documents.pdf.figure import Figure
from vfm.documents.pdf.letters import line, paragraphs
from vfm.documents.pdf.structure import TaggedCanvas, heading_key
from vfm.documents.pdf.styles import BLANK, BLANK_LAST, BODY, CAPTION, HEADINGS, INK, ITEM, LINK, TEXTS, WIDTH
from vfm.documents.pdf.tree import Element
from vfm.documents.pdf.words import Words, draw_line, words

Cell = str


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 4; a Link to #anchor leads to it. The first of a document is of level 1."""

    level: int
    text: str
    anchor: str = ""


@dataclass(frozen=True)
class Text:
    """Text as it was typed, its paragraphs kept. Styles: body, lead, strong, note."""

    text: str
    style: str = "body"


@dataclass(frozen=True)
class Items:
    """A list with bullets."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Rows under headings; each row is headed by its first cell. Widths are shares; `right` are columns of money.

    `whole`: it is not cut over two pages if one page can hold it.
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...] = ()
    right: frozenset[int] = frozenset()
    total_row: bool = False
    whole: bool = False

    def __post_init__(self) -> None:
        columns = len(self.headings)
        if any(len(row) != columns for row in self.rows) or (self.widths and len(self.widths) != columns):
            raise ValueError(f"table {self.caption!r}: every row, and the widths, must have {columns} columns")


@dataclass(frozen=True)
class Link:
    """A link to an http, https or mailto address, or to the #anchor of a heading; any other is shown as text."""

    text: str
    url: str


@dataclass(frozen=True)
class Terms:
    """Terms, each with its description."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Chart:
    """A bar chart; without a text of its own, its figures are its alternative."""

    chart: charts.Bars
    alt: str = ""


@dataclass(frozen=True)
class Blanks:
    """Lines to fill in by hand, on paper: each label with a rule after it. They stay together, with their heading."""

    labels: tuple[str, ...]


@dataclass(frozen=True)
class NewPage:
    """What follows begins on a new page."""


Part = Heading | Text | Items | Table | Link | Terms | Chart | Blanks | NewPage


@singledispatch
def render(part: Part) -> list[Flowable]:
    """The flowables of one part, tagged. Raises TypeError for what is no part."""
    raise TypeError(f"{type(part).__name__} is not a part of a document")


@render.register
def _(part: Heading) -> list[Flowable]:
    text = line(part.text)
    made = words(text, HEADINGS[part.level], Element(f"H{part.level}"))
    made.before = lambda canvas, own: canvas.heading(part.level, text, part.anchor, own.height)
    return [made]


@render.register
def _(part: Text) -> list[Flowable]:
    return [words(each, TEXTS[part.style], Element("P")) for each in paragraphs(part.text)]


@render.register
def _(part: Items) -> list[Flowable]:
    listed, found = Element("L", owner="List", attributes={"ListNumbering": "/Disc"}), []
    for item in part.items:
        texts = paragraphs(item)
        if not texts:
            continue
        own = listed.add("LI")
        label, body = own.add("Lbl"), own.add("LBody")
        made = [words(text, ITEM, body.add("P")) for text in texts]
        made[0].before = partial(_bullet, label=label)
        found += made
    if found:
        found[-1].spaceAfter = BODY.spaceAfter + 2
    return cast("list[Flowable]", found)


def _bullet(canvas: TaggedCanvas, paragraph: Words, *, label: Element) -> None:
    with canvas.tagged(label):
        canvas.setFillColor(ITEM.textColor)
        draw_line(canvas, 2, paragraph.height - ITEM.fontSize, "•", ITEM.fontSize)


@render.register
def _(part: Table) -> list[Flowable]:
    element = Element("Table")
    caption = [words(each, CAPTION, element.add("Caption")) for each in [line(part.caption)] if each]
    grid = tables.table(element, part.headings, part.rows, part.widths, part.right, part.total_row)
    grid.whole = part.whole
    return [*caption, grid]


@render.register
def _(part: Terms) -> list[Flowable]:
    return (
        [tables.terms(Element("L", owner="List", attributes={"ListNumbering": "/None"}), part.pairs)]
        if part.pairs
        else []
    )


@render.register
def _(part: Link) -> list[Flowable]:
    text = line(part.text) or line(part.url)
    if not leads_somewhere(part.url):
        return [words(text, BODY, Element("P"))]
    made = words(text, LINK, Element("P").add("Link"), underlined=True)
    target = f"#{heading_key(part.url[1:], 0)}" if part.url.startswith("#") else part.url.strip()
    made.after = partial(_clickable, target=target, contents=text)
    return [made]


def leads_somewhere(url: str) -> bool:
    """Whether the address is one that a document may link to."""
    return url.startswith("#") or urlsplit(url.strip()).scheme in ("http", "https", "mailto")


def _clickable(canvas: TaggedCanvas, paragraph: Words, *, target: str, contents: str) -> None:
    right = min(max(paragraph.getActualLineWidths0()), WIDTH)
    canvas.link(paragraph.element, target, contents, (0, -2, right, paragraph.height))


@render.register
def _(part: Chart) -> list[Flowable]:
    return [Figure(charts.drawing(part.chart), line(part.alt) or charts.description(part.chart))]


@render.register
def _(part: Blanks) -> list[Flowable]:
    found = []
    for place, label in enumerate(part.labels, 1):
        made = words(line(label), BLANK if place < len(part.labels) else BLANK_LAST, Element("P"))
        made.after = _blank
        found.append(made)
    return cast("list[Flowable]", found)


def _blank(canvas: TaggedCanvas, label: Words) -> None:
    """The rule is drawn, not said: whoever listens hears the labels one after another."""
    with canvas.artifact("Layout"):
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.7)
        canvas.line(max(label.getActualLineWidths0()) + 8, 3, WIDTH, 3)


@render.register
def _(part: NewPage) -> list[Flowable]:
    return [PageBreak()]
