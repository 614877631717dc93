"""The tree of tags, walked by our own code: nothing is left out, and it is in reading order."""

import pytest

from tests.documents.pdf_tree import Tree
from tests.documents.sample import SHEET, story
from vfm.documents.charts import description
from vfm.documents.pdf.document import make_pdf


@pytest.fixture(scope="module")
def tree() -> Tree:
    return Tree(make_pdf(SHEET, story(), contents=True))


def test_every_mark_on_every_page_is_in_the_parent_tree(tree: Tree) -> None:
    owners = {mark: node.element.objgen for node in tree.root.all() for mark in node.marks}
    for number, page in enumerate(tree.pdf.pages):
        assert int(page.StructParents) == number
        assert str(page.Tabs) == "/S"
        drawn = tree.drawn(number)
        assert sorted(drawn) == list(range(len(tree.parents[number]))) and drawn
        for mark, owner in enumerate(tree.parents[number]):
            assert owners[number, mark] == owner.objgen
    assert sum(len(tree.drawn(number)) for number in range(len(tree.pdf.pages))) == len(owners)


def test_the_tree_is_in_the_order_of_the_pages(tree: Tree) -> None:
    by_node = [node.marks for node in tree.root.all() if node.marks and node.tag not in ("TH", "TD")]
    assert all(marks == sorted(marks) for marks in by_node)
    top = [next(mark for node in kid.all() for mark in node.marks) for kid in tree.root.kids]
    assert top == sorted(top)


def test_headings_do_not_skip_a_level(tree: Tree) -> None:
    levels = [int(node.tag[1]) for node in tree.root.all() if node.tag[0] == "H" and node.tag[1:].isdigit()]
    assert levels == [1, 2, 2, 2, 3, 2]


def test_table_heads_say_what_they_head_and_repeats_are_artifacts(tree: Tree) -> None:
    table, tall = tree.root.found("Table")
    rows = [kid for kid in table.kids if kid.tag == "TR"]
    assert table.kids[0].tag == "Caption"
    assert len(rows) == 61
    assert [str(cell.element.A.Scope) for cell in rows[0].kids] == ["/Column"] * 3
    assert all([cell.tag for cell in row.kids] == ["TH", "TD", "TD"] for row in rows[1:])
    assert all(str(row.kids[0].element.A.Scope) == "/Row" for row in rows[1:])
    assert len({mark[0] for node in table.all() for mark in node.marks}) > 1, "the table goes over pages"
    assert len(tall.kids) == 5
    assert len({mark[0] for node in tall.kids[2].all() for mark in node.marks}) > 1, "one row goes over pages"


def test_lists_have_labels_and_bodies(tree: Tree) -> None:
    terms, items = tree.root.found("L")
    for listed in (terms, items):
        assert all([kid.tag for kid in item.kids] == ["Lbl", "LBody"] for item in listed.kids)
    assert str(terms.element.A.ListNumbering) == "/None"
    assert str(items.element.A.ListNumbering) == "/Disc"
    assert len(items.kids[1].kids[1].kids) == 2, "a point's second paragraph stays in the point"


def test_links_hold_their_annotation_and_its_words(tree: Tree) -> None:
    links = [node for node in tree.root.found("Link") if node.links]
    assert len(links) == 3 + 2, "three headings in the contents, two links in the text"
    for node in links:
        (annotation,) = node.links
        assert str(annotation.Contents)
        assert tree.parents[int(annotation.StructParent)].objgen == node.element.objgen
    on_pages = [note.objgen for page in tree.pdf.pages for note in page.get("/Annots", [])]
    assert sorted(on_pages) == sorted(node.links[0].objgen for node in links)
    web = next(node.links[0] for node in links if "/A" in node.links[0])
    assert str(web.A.URI) == "https://www.gov.uk/send-code?a=%C3%A9%20b"


def test_contents_are_a_table_of_contents(tree: Tree) -> None:
    (contents,) = tree.root.found("TOC")
    assert [[node.tag for node in item.all()] for item in contents.kids] == [["TOCI", "Reference", "Link"]] * 3


def test_figures_have_words_and_a_box(tree: Tree) -> None:
    (figure,) = tree.root.found("Figure")
    chart = next(part.chart for part in story() if hasattr(part, "chart"))
    assert str(figure.element.Alt) == description(chart)
    left, bottom, right, top = (float(number) for number in figure.element.A.BBox)
    assert 0 < left < right < 596
    assert 0 < bottom < top < 842


def test_joined_letters_are_spoken_as_they_were_typed(tree: Tree) -> None:
    spoken = [str(node.element.ActualText) for node in tree.root.all() if "/ActualText" in node.element]
    assert len(spoken) == 1
    assert spoken[0].endswith("مريم, محمد علي")
