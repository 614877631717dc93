"""The one place that makes ReportLab paragraphs: whatever people typed is escaped, and every paragraph is tagged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph

from vfm.documents.pdf.fonts import BOLD, runs
from vfm.documents.pdf.letters import clean, drawn
from vfm.documents.pdf.structure import TaggedCanvas
from vfm.documents.pdf.tree import Element

Extra = Callable[[TaggedCanvas, "Words"], None]


class Words(Paragraph):
    """A paragraph that tags itself. Its halves on two pages share one element; drawn again, it is an artifact.

    `before` draws once, ahead of the first half (a bullet, a bookmark); `after` follows every half (a link).
    """

    element: Element
    before: Extra | None = None
    after: Extra | None = None
    repeats = False
    seen = False

    def split(self, aW: float, aH: float) -> list[Flowable]:
        parts = cast("list[Words]", super().split(aW, aH))
        for place, part in enumerate(parts):
            part.element, part.after, part.repeats = self.element, self.after, self.repeats
            part.before = self.before if place == 0 else None
            if place < len(parts) - 1:
                part.keepWithNext = 0
        return cast("list[Flowable]", parts)

    def draw(self) -> None:
        canvas = cast("TaggedCanvas", self.canv)
        if self.repeats and self.seen:
            with canvas.artifact("Pagination"):
                super().draw()
            return
        self.seen = True
        if self.before:
            self.before(canvas, self)
        with canvas.tagged(self.element):
            super().draw()
        if self.after:
            self.after(canvas, self)

    def least(self) -> float:
        """How much of it must stand on a page before it may go on to the next, in points."""
        return min(self.height, 3 * self.style.leading)


def words(text: str, style: ParagraphStyle, element: Element, *, underlined: bool = False) -> Words:
    """A paragraph of text as people typed it. Line ends are kept; nothing in it is read as mark-up."""
    text = clean(text)
    markup = "".join(_marked(font, piece, style.fontName) for font, piece in runs(text, style.fontName == BOLD))
    made = Words(f"<u>{markup}</u>" if underlined else markup, style)
    made.element = element
    if drawn(text) != text:
        element.spoken = text
    return made


def draw_line(canvas: Any, x: float, y: float, text: str, size: float, *, bold: bool = False) -> None:
    """One line of text at a place on the canvas, each letter in a font that holds it."""
    for font, piece in runs(clean(text), bold):
        canvas.setFont(font, size)
        canvas.drawString(x, y, piece)
        x += canvas.stringWidth(piece, font, size)


def _marked(font: str, piece: str, usual: str) -> str:
    piece = escape(piece).replace("\n", "<br/>")
    return piece if font == usual else f'<font name="{font}">{piece}</font>'
