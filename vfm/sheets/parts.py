"""The parts of a workbook as streams of tags: its shared texts, and how its cells are formatted. Nothing is kept whole."""

import zipfile
from enum import Enum
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml import sax
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

from vfm.sheets.table import Limits, SheetError


class Format(Enum):
    """How a number is shown, as far as it changes what the number means."""

    PLAIN = "plain"
    DATE = "date"
    DURATION = "duration"
    PERCENT = "percent"


class Part(ContentHandler):
    """Reads one part tag by tag. `texts` gathers what stands inside a tag while it is not None."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.limits = limits
        self.tags = 0
        self.texts: list[str] | None = None

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        self.tags += 1
        if self.tags > self.limits.elements:
            raise SheetError("it holds far more than a workbook should")
        self.opened(name.rpartition(":")[2], attrs)

    def endElement(self, name: str) -> None:
        self.closed(name.rpartition(":")[2])

    def characters(self, content: str) -> None:
        if self.texts is not None:
            self.texts.append(content)

    def taken(self) -> str:
        """What was gathered; gathering ends."""
        text = "".join(self.texts or ())
        self.texts = None
        return text

    def opened(self, tag: str, attrs: AttributesImpl) -> None:
        """A tag begins; without the prefix of its namespace."""

    def closed(self, tag: str) -> None:
        """A tag ends."""


def read_part(archive: zipfile.ZipFile, path: str, part: Part) -> None:
    """Streams one part of the archive; entities and document types are refused."""
    with archive.open(path) as source:
        sax.parse(source, part, forbid_dtd=True)


class SharedTexts(Part):
    """The texts that cells point at by number. The reading aids of East Asian texts are left out."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self.found: list[str] = []
        self.runs: list[str] = []
        self.aside = False

    def opened(self, tag: str, attrs: AttributesImpl) -> None:
        if tag == "t" and not self.aside:
            self.texts = []
        elif tag == "rPh":
            self.aside = True

    def closed(self, tag: str) -> None:
        if tag == "t":
            self.runs.append(self.taken())
        elif tag == "rPh":
            self.aside = False
        elif tag == "si":
            self.found.append("".join(self.runs))
            self.runs = []


class Styles(Part):
    """How each style of the workbook shows a number."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self.found: list[Format] = []
        self.codes: dict[str, str] = {}
        self.inside = ""

    def opened(self, tag: str, attrs: AttributesImpl) -> None:
        if tag in ("numFmts", "cellXfs"):
            self.inside = tag
        elif tag == "numFmt" and self.inside == "numFmts":
            self.codes[attrs.get("numFmtId", "")] = attrs.get("formatCode", "")
        elif tag == "xf" and self.inside == "cellXfs":
            self.found.append(self._format(attrs.get("numFmtId", "0")))

    def closed(self, tag: str) -> None:
        if tag == self.inside:
            self.inside = ""

    def _format(self, number: str) -> Format:
        code = self.codes.get(number) or BUILTIN_FORMATS.get(int(number), "")
        if is_timedelta_format(code):
            return Format.DURATION
        if is_date_format(code):
            return Format.DATE
        return Format.PERCENT if "%" in code else Format.PLAIN
