"""The letters of every document: DejaVu from node_modules, embedded, one font standing in for what another lacks."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, cast

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFStream
from reportlab.pdfbase.ttfonts import TTFont

from vfm.documents.pdf.letters import UNKNOWN, drawn

BESIDE = Path(__file__).resolve().parents[3] / "node_modules" / "dejavu-fonts-ttf" / "ttf"
PLAIN, BOLD = "DejaVuSans", "DejaVuSans-Bold"
STAND_INS = (PLAIN, "DejaVuSansMono", "DejaVuSerif")
LONGEST = 150  # letters that could ever stand on one line
NAMES = (PLAIN, BOLD, "DejaVuSansMono", "DejaVuSerif")

_MAPPED = re.compile(r"<([0-9A-F]{4,6})>(?=\n|$)")


class FontsMissing(Exception):
    """The fonts are not installed."""


class _Font(TTFont):
    """A font whose letters can be read back: no unused slot says NUL, and joined Arabic says its plain letters."""

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path, asciiReadable=True)
        # ReportLab 5.1 scales the last width of a font of one width (Sans Mono) where it should copy it as it is
        face: Any = self.face
        count = int.from_bytes(face.get_table("hhea")[34:36], "big")
        whole = face.hmetrics[count - 1][0]
        face.hmetrics[count:] = [(whole, bearing) for _, bearing in face.hmetrics[count:]]

    def addObjects(self, doc: PDFDocument) -> None:
        super().addObjects(doc)
        for key, found in doc.idToObject.items():
            if key.startswith("toUnicodeCMap:") and isinstance(found, PDFStream) and isinstance(found.content, str):
                found.content = _MAPPED.sub(_readable, found.content)


def _readable(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    plain = unicodedata.normalize("NFKC", chr(code)) if 0xFB50 <= code <= 0xFEFC else chr(code or ord(UNKNOWN))
    return f"<{plain.encode('utf-16-be').hex().upper()}>"


def install(folder: Path | None = None) -> None:
    """Makes the fonts known to ReportLab, once. Raises FontsMissing, saying what to run."""
    known = pdfmetrics.getRegisteredFontNames()
    for name in NAMES:
        if name in known:
            continue
        path = (folder or BESIDE) / f"{name}.ttf"
        if not path.is_file():
            raise FontsMissing(f"{path} is not there: run `npm ci` in vfm's folder, then start again")
        pdfmetrics.registerFont(_Font(name, str(path)))


def runs(text: str, bold: bool = False) -> Iterator[tuple[str, str]]:
    """The text as it is drawn, in pieces of one font each: (font, piece). A letter that no font holds is shown as �."""
    first = BOLD if bold else PLAIN
    found = ((_font_of(letter, first), letter) for letter in drawn(text))
    for font, letters in groupby(found, key=lambda pair: pair[0]):
        piece = "".join(letter for _, letter in letters)
        yield (font, piece) if font else (PLAIN, UNKNOWN * len(piece))


def width(text: str, size: float, bold: bool = False) -> float:
    """How wide the text is when drawn, in points."""
    return sum(pdfmetrics.stringWidth(piece, font, size) for font, piece in runs(text, bold))


def shortened(text: str, size: float, room: float, bold: bool = False) -> str:
    """The text, or as much of it as the room in points holds, with … at its end."""
    if len(text) <= LONGEST and width(text, size, bold) <= room:
        return text
    text = text[:LONGEST]
    while text and width(text + "…", size, bold) > room:
        text = text[:-1]
    return text.rstrip() + "…"


@lru_cache(maxsize=4096)
def _font_of(letter: str, first: str) -> str:
    if letter.isspace():
        return first
    for name in (first, *STAND_INS):
        if ord(letter) in cast("TTFont", pdfmetrics.getFont(name)).face.charToGlyph:
            return name
    return ""
