"""How pages look: A4, 11 points and more, left-aligned, dark blue headings, thin rules."""

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from vfm.documents.pdf.fonts import BOLD, PLAIN

INK, BLUE, GREY = HexColor("#1a1a1a"), HexColor("#17365d"), HexColor("#4a5560")
RULE, BAND = HexColor("#b8c4d2"), HexColor("#eaf0f6")
SIZE = 11
PAGE_WIDTH, PAGE_HEIGHT = A4
SIDE, TOP, BOTTOM = 22 * mm, 30 * mm, 26 * mm
WIDTH, HEIGHT = PAGE_WIDTH - 2 * SIDE, PAGE_HEIGHT - TOP - BOTTOM

BODY = ParagraphStyle(
    "Body", fontName=PLAIN, fontSize=SIZE, leading=16, textColor=INK, spaceAfter=7, allowWidows=0, allowOrphans=0
)
TEXTS = {
    "body": BODY,
    "lead": ParagraphStyle("Lead", parent=BODY, fontSize=13, leading=19, spaceAfter=10),
    "strong": ParagraphStyle("Strong", parent=BODY, fontName=BOLD),
    "note": ParagraphStyle("Note", parent=BODY, textColor=GREY),
}
_HEADING = ParagraphStyle("Heading", parent=BODY, fontName=BOLD, textColor=BLUE, keepWithNext=1)
HEADINGS = {
    1: ParagraphStyle("Heading1", parent=_HEADING, fontSize=22, leading=28, spaceBefore=4, spaceAfter=12),
    2: ParagraphStyle("Heading2", parent=_HEADING, fontSize=16, leading=21, spaceBefore=18, spaceAfter=8),
    3: ParagraphStyle("Heading3", parent=_HEADING, fontSize=13, leading=18, spaceBefore=12, spaceAfter=5),
    4: ParagraphStyle("Heading4", parent=_HEADING, fontSize=SIZE, leading=16, spaceBefore=10, spaceAfter=4),
}
LINK = ParagraphStyle("Link", parent=BODY, textColor=HexColor("#1d4f91"), underlineWidth=0.6)
ITEM = ParagraphStyle("Item", parent=BODY, leftIndent=16, spaceAfter=4)
BLANK = ParagraphStyle("Blank", parent=BODY, spaceBefore=16, spaceAfter=0, keepWithNext=1)
BLANK_LAST = ParagraphStyle("BlankLast", parent=BLANK, keepWithNext=0)
CAPTION = ParagraphStyle("Caption", parent=TEXTS["strong"], spaceBefore=8, spaceAfter=5, keepWithNext=1)
CELL = ParagraphStyle("Cell", parent=BODY, leading=15, spaceAfter=3, allowWidows=1, allowOrphans=1)
CELL_HEAD = ParagraphStyle("CellHead", parent=CELL, fontName=BOLD, textColor=BLUE)
CELL_TOTAL = ParagraphStyle("CellTotal", parent=CELL, fontName=BOLD)


def to_the_right(style: ParagraphStyle) -> ParagraphStyle:
    """The same style set against the right edge, for money."""
    return ParagraphStyle(f"{style.name}Right", parent=style, alignment=TA_RIGHT)
