"""Walks a PDF's tree of tags with pikepdf, apart from the code that wrote it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf


@dataclass
class Node:
    """An element as it was read: its tag, its kids, the (page, mark) pairs and the annotations it holds."""

    tag: str
    element: pikepdf.Object
    kids: list["Node"] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    links: list[pikepdf.Object] = field(default_factory=list)

    def all(self) -> Iterator["Node"]:
        yield self
        for kid in self.kids:
            yield from kid.all()

    def found(self, tag: str) -> list["Node"]:
        return [node for node in self.all() if node.tag == tag]


class Tree:
    """A document's tags, and what its pages and its parent tree say of them."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pikepdf.open(BytesIO(data))
        self.pages = [page.obj.objgen for page in self.pdf.pages]
        structure = self.pdf.Root.StructTreeRoot
        self.root = self._node(structure.K[0])
        numbers = list(structure.ParentTree.Nums)
        self.parents = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}

    def _node(self, element: pikepdf.Object) -> Node:
        node = Node(str(element.S)[1:], element)
        home = self.pages.index(element.Pg.objgen) if "/Pg" in element else -1
        for kid in element.K:
            if isinstance(kid, int):
                node.marks.append((home, kid))
            elif "/MCID" in kid:
                node.marks.append((self.pages.index(kid.Pg.objgen), int(kid.MCID)))
            elif "/Obj" in kid:
                node.links.append(kid.Obj)
            else:
                assert kid.P.objgen == element.objgen
                node.kids.append(self._node(kid))
        return node

    def drawn(self, page: int) -> list[int]:
        """The marks of a page's content in the order in which they are drawn; nothing is painted outside of one."""
        open_now, found = "", []
        for instruction in pikepdf.parse_content_stream(self.pdf.pages[page]):
            name, operands = str(instruction.operator), instruction.operands
            if name in ("BDC", "BMC"):
                assert not open_now, "one marked piece inside another"
                open_now = str(operands[0])
                if open_now != "/Artifact":
                    found.append(int(operands[1].MCID))
            elif name == "EMC":
                assert open_now
                open_now = ""
            elif re.fullmatch(r"Tj|TJ|'|\"|S|s|f|F|f\*|B|B\*|b|b\*|Do|sh", name):
                assert open_now, f"{name} on page {page + 1} is neither tagged nor an artifact"
        assert not open_now
        return found
