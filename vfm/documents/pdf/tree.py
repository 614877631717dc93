"""The tree of a tagged PDF: what each part of the document is, in reading order, and where its marks stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObject, PDFString


class Mark(NamedTuple):
    """A marked piece of a page's content: which page (from nought), which number on it."""

    page: int
    number: int


class Clickable(NamedTuple):
    """A link's annotation: on which page (from nought), the dictionary, and the name the document knows it by."""

    page: int
    dictionary: PDFDictionary
    name: str


@dataclass(eq=False)
class Element:
    """One node: its tag, its kids, and its attributes (an owner, and names with their values as PDF).

    `alt` stands for a picture; `spoken` for text whose letters are not drawn in the order in which they are read.
    """

    tag: str
    alt: str = ""
    spoken: str = ""
    owner: str = ""
    attributes: dict[str, object] = field(default_factory=dict)
    parent: Element | None = None
    kids: list[Element | Mark | Clickable] = field(default_factory=list)

    def add(self, tag: str, owner: str = "", **attributes: object) -> Element:
        """A new element at the end of this one."""
        return self.adopt(Element(tag, owner=owner, attributes=attributes))

    def adopt(self, child: Element) -> Element:
        """Puts an element at the end of this one."""
        child.parent = self
        self.kids.append(child)
        return child

    def top(self) -> Element:
        """The element that holds this one and has no parent itself."""
        return self if self.parent is None else self.parent.top()


class Writer:
    """Writes a tree into a document: the elements, and the table that leads from marks back to elements."""

    def __init__(self, document: Any, pages: Sequence[tuple[PDFObject, list[Element]]]) -> None:
        self.document: Any = document
        self.marked = [elements for _, elements in pages]
        self.pages: list[PDFObject] = [document.Reference(page) for page, _ in pages]
        self.references: dict[int, PDFObject] = {}
        self.clickables: list[PDFObject] = []

    def write(self, root: Element) -> PDFObject:
        """The reference to the whole tree, for the document's catalogue."""
        tree = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        reference: PDFObject = self.document.Reference(tree)
        tree["K"] = PDFArray([self._element(root, reference)])
        parents: list[object] = []
        for number, elements in enumerate(self.marked):
            owners = PDFArray([self.references[id(element)] for element in elements])
            parents += [number, self.document.Reference(owners)]
        for number, owner in enumerate(self.clickables, len(self.marked)):
            parents += [number, owner]
        tree["ParentTree"] = self.document.Reference(PDFDictionary({"Nums": PDFArray(parents)}))
        tree["ParentTreeNextKey"] = len(self.marked) + len(self.clickables)
        return reference

    def _element(self, element: Element, parent: PDFObject) -> PDFObject:
        node = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName(element.tag), "P": parent})
        reference: PDFObject = self.document.Reference(node)
        self.references[id(element)] = reference
        home = next((kid.page for kid in element.kids if not isinstance(kid, Element)), None)
        if home is not None:
            node["Pg"] = self.pages[home]
        node["K"] = PDFArray([self._kid(kid, reference, home) for kid in element.kids])
        if element.alt:
            node["Alt"] = PDFString(element.alt)
        if element.spoken:
            node["ActualText"] = PDFString(element.spoken)
        if element.owner:
            node["A"] = PDFDictionary({"O": PDFName(element.owner), **element.attributes})
        return reference

    def _kid(self, kid: Element | Mark | Clickable, owner: PDFObject, home: int | None) -> object:
        if isinstance(kid, Element):
            return self._element(kid, owner)
        if isinstance(kid, Mark):
            if kid.page == home:
                return kid.number
            return PDFDictionary({"Type": PDFName("MCR"), "Pg": self.pages[kid.page], "MCID": kid.number})
        kid.dictionary["StructParent"] = len(self.marked) + len(self.clickables)
        self.clickables.append(owner)
        annotation = self.document.refAnnotation(kid.name)
        return PDFDictionary({"Type": PDFName("OBJR"), "Pg": self.pages[kid.page], "Obj": annotation})
