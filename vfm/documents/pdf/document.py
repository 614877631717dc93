"""Makes a PDF of parts: A4, a header and a footer, bookmarks, contents; the same story gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from vfm.documents.pdf.contents import Entry
from vfm.documents.pdf.contents import contents as contents_list
from vfm.documents.pdf.facts import describe
from vfm.documents.pdf.fonts import install, shortened, width
from vfm.documents.pdf.letters import line
from vfm.documents.pdf.parts import Heading, Link, Part, render
from vfm.documents.pdf.structure import TaggedCanvas, heading_key
from vfm.documents.pdf.styles import BOTTOM, GREY, HEIGHT, PAGE_HEIGHT, PAGE_WIDTH, RULE, SIDE, SIZE, WIDTH
from vfm.documents.pdf.tables import Keep
from vfm.documents.pdf.words import draw_line

SHORT = 5
DEEPEST, LOWEST = 2, 4


@dataclass(frozen=True)
class Sheet:
    """What stands on every page and in the file's own description."""

    title: str
    school: str
    year: str
    reference: str
    author: str


def make_pdf(
    sheet: Sheet,
    story: Iterable[Part],
    *,
    contents: bool | None,
    moment: datetime | None = None,
    fonts: Path | None = None,
) -> bytes:
    """The document. Contents stand ahead of the second heading: True always, None in more than five pages.

    Raises ValueError if headings skip a level or a link leads to no heading, FontsMissing without fonts.
    """
    install(fonts)
    parts = tuple(story)
    _check(parts)
    if not contents:
        plain = _lay_out(sheet, parts, [], moment)
        if contents is False or plain.page_count <= SHORT:
            return plain.data
    entries = _entries(parts)
    pages = _lay_out(sheet, parts, contents_list(entries, {}), moment).headings
    return _lay_out(sheet, parts, contents_list(entries, pages), moment).data


@dataclass(frozen=True)
class _Made:
    data: bytes
    page_count: int
    headings: Mapping[str, int]


def _lay_out(sheet: Sheet, parts: Sequence[Part], listed: list[Flowable], moment: datetime | None) -> _Made:
    canvases: list[TaggedCanvas] = []
    target = BytesIO()

    def make_canvas(filename: BytesIO, **settings: object) -> TaggedCanvas:
        canvas = TaggedCanvas(filename, footer=partial(_footer, sheet=sheet), **settings)
        describe(canvas, line(sheet.title), line(sheet.author), moment)
        canvases.append(canvas)
        return canvas

    frame = Frame(SIDE, BOTTOM, WIDTH, HEIGHT, 0, 0, 0, 0)
    template = BaseDocTemplate(target, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, pageCompression=1)
    template.keepTogetherClass = Keep
    template.addPageTemplates(PageTemplate("page", [frame], onPage=partial(_header, sheet=sheet)))
    template.title, template.author = line(sheet.title), line(sheet.author)
    template.build(_flowables(parts, listed), canvasmaker=cast("Any", make_canvas))
    return _Made(target.getvalue(), canvases[0].page_count, canvases[0].headings)


def _flowables(parts: Sequence[Part], listed: list[Flowable]) -> list[Flowable]:
    found: list[Flowable] = []
    headings = 0
    for part in parts:
        headings += isinstance(part, Heading)
        if headings == 2 and isinstance(part, Heading):
            found += listed
        found += render(part)
    return found


def _entries(parts: Sequence[Part]) -> list[Entry]:
    """The headings that the contents list: all after the first, down to the second level."""
    headings = [part for part in parts if isinstance(part, Heading)]
    return [
        Entry(heading.level, heading.text, heading_key(heading.anchor, number))
        for number, heading in enumerate(headings, 1)
        if number > 1 and heading.level <= DEEPEST
    ]


def _check(parts: Sequence[Part]) -> None:
    last, anchors, targets = 0, [], []
    for part in parts:
        if isinstance(part, Heading):
            if not 1 <= part.level <= min(last + 1, LOWEST):
                raise ValueError(f"heading {part.text!r} is of level {part.level} after one of level {last}")
            last = part.level
            anchors.append(part.anchor)
        elif isinstance(part, Link) and part.url.startswith("#"):
            targets.append(part.url[1:])
    named = [anchor for anchor in anchors if anchor]
    if len(set(named)) < len(named):
        raise ValueError("two headings have the same anchor")
    if missing := set(targets).difference(named):
        raise ValueError(f"links lead to no heading: {sorted(missing)}")


def _header(canvas: Canvas, _: object, *, sheet: Sheet) -> None:
    year = shortened(line(sheet.year), SIZE, WIDTH / 2)
    baseline = PAGE_HEIGHT - 18 * mm
    with cast("TaggedCanvas", canvas).artifact("Pagination"):
        _rule(canvas, baseline - 7)
        room = WIDTH - width(year, SIZE) - 18
        draw_line(canvas, SIDE, baseline, shortened(line(sheet.school), SIZE, room), SIZE)
        draw_line(canvas, SIDE + WIDTH - width(year, SIZE), baseline, year, SIZE)


def _footer(canvas: TaggedCanvas, page: int, pages: int, *, sheet: Sheet) -> None:
    number = f"{page} of {pages}"
    baseline = 14 * mm
    _rule(canvas, baseline + 16)
    room = WIDTH - width(number, SIZE) - 18
    draw_line(canvas, SIDE, baseline, shortened(line(sheet.reference) or line(sheet.title), SIZE, room), SIZE)
    draw_line(canvas, SIDE + WIDTH - width(number, SIZE), baseline, number, SIZE)


def _rule(canvas: Canvas, height: float) -> None:
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.5)
    canvas.line(SIDE, height, SIDE + WIDTH, height)
    canvas.setFillColor(GREY)
