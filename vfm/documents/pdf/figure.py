"""A picture on a page, with the words that stand for it and the box that it fills."""

from typing import cast

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing
from reportlab.pdfbase.pdfdoc import PDFArray
from reportlab.platypus import Flowable

from vfm.documents.pdf.structure import TaggedCanvas
from vfm.documents.pdf.styles import HEIGHT, WIDTH
from vfm.documents.pdf.tree import Element


class Figure(Flowable):
    """A drawing, made smaller if the page is; its heading stands above it, and so it leaves room for one."""

    def __init__(self, drawing: Drawing, alt: str) -> None:
        super().__init__()
        share = min(1, WIDTH / drawing.width, (HEIGHT - 80) / drawing.height)
        self.drawing, self.alt = drawing, alt
        self.width, self.height = drawing.width * share, drawing.height * share
        drawing.scale(share, share)
        self.spaceBefore, self.spaceAfter = 6, 14

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        canvas = cast("TaggedCanvas", self.canv)
        left, bottom = canvas.absolutePosition(0, 0)
        box = PDFArray([left, bottom, left + self.width, bottom + self.height])
        figure = Element("Figure", self.alt, owner="Layout", attributes={"Placement": "/Block", "BBox": box})
        with canvas.tagged(figure):
            renderPDF.draw(self.drawing, canvas, 0, 0)
