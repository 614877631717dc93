"""What the file says of itself: title, author, language, that it is PDF/UA-1, and a date only if one was given."""

from datetime import datetime
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFDocument, PDFInfo, PDFString

from vfm.documents.pdf.structure import LANGUAGE, TaggedCanvas

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
{dates}<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
_DATES = "<xmp:CreateDate>{0}</xmp:CreateDate><xmp:ModifyDate>{0}</xmp:ModifyDate>\n"


class _Info(PDFInfo):
    """ReportLab's facts, without the date of 2000 that it writes when bytes must not vary."""

    def __init__(self, moment: datetime | None) -> None:
        super().__init__()
        self.moment = moment

    def format(self, document: PDFDocument) -> bytes:
        facts = {"Title": self.title, "Author": self.author, "Producer": self.producer, "Creator": self.creator}
        if self.moment:
            facts["CreationDate"] = facts["ModDate"] = f"D:{self.moment:%Y%m%d%H%M%S}{_offset(self.moment, chr(39))}"
        return PDFDictionary({name: PDFString(fact) for name, fact in facts.items()}).format(document)


def describe(canvas: TaggedCanvas, title: str, author: str, moment: datetime | None) -> None:
    """Writes title, author and moment into the document that the canvas makes."""
    info = _Info(moment)
    info.title, info.author, info.creator = title, author, "vfm"
    canvas._doc.info = info
    dates = _DATES.format(f"{moment:%Y-%m-%dT%H:%M:%S}{_offset(moment, ':')}") if moment else ""
    canvas.describe(_XMP.format(title=escape(title), author=escape(author), language=LANGUAGE, dates=dates))


def _offset(moment: datetime, between: str) -> str:
    digits = f"{moment:%z}"
    return f"{digits[:3]}{between}{digits[3:5]}" if digits else ""
