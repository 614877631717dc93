"""The list of contents: each heading with its page, each a link."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable

from vfm.documents.pdf.fonts import width
from vfm.documents.pdf.letters import line
from vfm.documents.pdf.structure import TaggedCanvas
from vfm.documents.pdf.styles import BODY, HEADINGS, RULE, WIDTH
from vfm.documents.pdf.tree import Element
from vfm.documents.pdf.words import Words, draw_line, words

NUMBER_WIDTH = 36


class Entry(NamedTuple):
    """One line of the contents: the heading's level, its words, and the name that links reach it by."""

    level: int
    text: str
    key: str


def contents(entries: Sequence[Entry], pages: Mapping[str, int]) -> list[Flowable]:
    """The heading "Contents" and its lines; a heading whose page is not known yet has none beside it."""
    if not entries:
        return []
    found: list[Flowable] = [words("Contents", HEADINGS[2], Element("H2"))]
    shallowest = min(entry.level for entry in entries)
    top = Element("TOC")
    for entry in entries:
        link = top.add("TOCI").add("Reference").add("Link")
        indent = 14 * (entry.level - shallowest)
        style = ParagraphStyle(
            f"Contents{entry.level}", parent=BODY, leftIndent=indent, rightIndent=NUMBER_WIDTH, spaceAfter=5
        )
        each = words(entry.text, style, link)
        each.after = partial(_finish, entry=entry, page=pages.get(entry.key))
        found.append(each)
    return found


def _finish(canvas: TaggedCanvas, paragraph: Words, *, entry: Entry, page: int | None) -> None:
    if page is None:
        return
    style = paragraph.style
    with canvas.tagged(paragraph.element):
        canvas.setFillColor(style.textColor)
        draw_line(canvas, WIDTH - width(str(page), style.fontSize), paragraph.height - style.fontSize, str(page), 11)
    with canvas.artifact("Layout"):
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.5)
        canvas.line(style.leftIndent, -2, WIDTH, -2)
    contents = f"{line(entry.text)}, page {page}"
    canvas.link(paragraph.element, f"#{entry.key}", contents, (0, -2, WIDTH, paragraph.height))
