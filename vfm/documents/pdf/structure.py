"""The tagged canvas: what is drawn on it belongs to an element of the document's tree, or is named an artifact."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any, Literal
from urllib.parse import quote

from reportlab.pdfbase.pdfdoc import XMP, PDFArray, PDFDictionary, PDFName, PDFObject, PDFString
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from vfm.documents.pdf.fonts import NAMES, PLAIN
from vfm.documents.pdf.tree import Clickable, Element, Mark, Writer

LANGUAGE = "en-GB"


class _SpacedText(PDFTextObject):
    """Text that keeps the space at a line's end, or a screen reader joins the two words."""

    def _textOut(self, text: str, TStar: int = 0) -> None:
        super()._textOut(text + " " if TStar else text, TStar)  # type: ignore[misc]


class TaggedCanvas(Canvas):
    """A canvas of PDF 1.7 that keeps the tree of what is drawn. `footer(canvas, page, pages)` is drawn last."""

    _code: list[str]
    _doc: Any  # ReportLab's PDFDocument, whose pages and catalogue its types leave out
    _bookmarkReference: Callable[[str], PDFObject]
    _addAnnotation: Callable[[PDFDictionary, str], None]

    def __init__(
        self, filename: str | IO[bytes], *, footer: Callable[[TaggedCanvas, int, int], None], **settings: Any
    ) -> None:
        settings.update(pdfVersion=(1, 7), lang=LANGUAGE, initialFontName=PLAIN)
        self.root = Element("Document")
        self.headings: dict[str, int] = {}
        self._footer = footer
        self._finished: list[tuple[Any, list[Element]]] = []
        self._marked: list[Element] = []
        self._inside = False
        self._links = 0
        super().__init__(filename, **settings)
        self.setViewerPreference("DisplayDocTitle", "true")
        self.showOutline()

    def beginText(self, x: float = 0, y: float = 0, direction: Literal["LTR", "RTL"] | None = None) -> PDFTextObject:
        return _SpacedText(self, x, y, direction=direction)

    def setFont(self, psfontname: str, size: float, leading: float | None = None) -> None:
        """ReportLab's tables and drawings begin with Helvetica, which is not embedded: never here."""
        super().setFont(psfontname if psfontname in NAMES else PLAIN, size, leading)

    @property
    def page_count(self) -> int:
        """How many pages are finished."""
        return len(self._finished)

    @contextmanager
    def tagged(self, element: Element) -> Iterator[None]:
        """What is drawn inside belongs to the element; inside an artifact it stays an artifact."""
        if self._inside:
            yield
            return
        top = element.top()
        if top is not self.root:
            self.root.adopt(top)
        number = len(self._marked)
        self._marked.append(element)
        element.kids.append(Mark(self.page_count, number))
        self._begin(f"/{element.tag} <</MCID {number}>> BDC")
        try:
            yield
        finally:
            self.end()

    @contextmanager
    def artifact(self, kind: str) -> Iterator[None]:
        """What is drawn inside is passed over by a screen reader: kind is Layout or Pagination."""
        if self._inside:
            yield
            return
        self.begin_artifact(kind)
        try:
            yield
        finally:
            self.end()

    def begin_artifact(self, kind: str) -> None:
        """The same for callers that cannot wrap what they draw; `end` closes it."""
        self._begin(f"/Artifact <</Type /{kind}>> BDC")

    def _begin(self, opening: str) -> None:
        self._inside = True
        self._code.append(opening)

    def end(self) -> None:
        """Ends what was begun last."""
        self._code.append("EMC")
        self._inside = False

    def link(self, element: Element, target: str, contents: str, box: tuple[float, float, float, float]) -> None:
        """Makes the box (left, bottom, right, top, from the current origin) lead to an address or to #heading."""
        self._links += 1
        left, bottom = self.absolutePosition(box[0], box[1])
        right, top = self.absolutePosition(box[2], box[3])
        dictionary = PDFDictionary(
            {
                "Type": PDFName("Annot"),
                "Subtype": PDFName("Link"),
                "Rect": PDFArray([left, bottom, right, top]),
                "Border": PDFArray([0, 0, 0]),
                "F": 4,
                "Contents": PDFString(contents),
            }
        )
        if target.startswith("#"):
            dictionary["Dest"] = self._bookmarkReference(target[1:])
        else:
            address = PDFString(quote(target, safe=":/?#[]@!$&'()*+,;=%~"))
            dictionary["A"] = PDFDictionary({"S": PDFName("URI"), "URI": address})
        name = f"link-{self._links}"
        self._addAnnotation(dictionary, name)
        element.kids.append(Clickable(self.page_count, dictionary, name))

    def heading(self, level: int, text: str, anchor: str, top: float) -> None:
        """Notes a heading, top points above the current origin: a bookmark, and a place that links lead to."""
        key = heading_key(anchor, len(self.headings) + 1)
        self.headings[key] = self.page_count + 1
        self.bookmarkHorizontal(key, 0, top)
        self.addOutlineEntry(text, key, level - 1)

    def showPage(self) -> None:
        super().showPage()
        page = self._doc.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = self.page_count, PDFName("S")
        self._finished.append((page, self._marked))
        self._marked = []

    def save(self) -> None:
        if self._code:
            self.showPage()
        self._draw_footers()
        catalogue = self._doc.Catalog
        catalogue.StructTreeRoot = Writer(self._doc, self._finished).write(self.root)
        catalogue.MarkInfo = PDFDictionary({"Marked": "true"})
        super().save()

    def _draw_footers(self) -> None:
        """Now that the number of pages is known; a page's stream is still open to additions."""
        for number, (page, _) in enumerate(self._finished, 1):
            self._code = []
            self.saveState()
            with self.artifact("Pagination"):
                self._footer(self, number, self.page_count)
            self.restoreState()
            page.stream += "\n".join(self._code) + "\n"
        self._code = []

    def describe(self, xmp: str) -> None:
        """The document's facts as XMP."""
        self._doc.Catalog.Metadata = XMP(creator=lambda _: xmp.encode())


def heading_key(anchor: str, number: int) -> str:
    """The name by which links reach a heading: its own, or its number in the story."""
    return f"at-{anchor}" if anchor else f"heading-{number}"
