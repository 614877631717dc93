"""The pack as a PDF; the same pack gives the same bytes."""

import datetime as dt

from vfm.documents.pack import sections
from vfm.documents.pdf.document import Sheet, make_pdf
from vfm.documents.said import day, pack_title
from vfm.plan.pack import Pack


def pack_pdf(pack: Pack) -> bytes:
    """A tagged PDF of every section of the pack, with contents where it is long."""
    reference = f"{pack.reference}, made on {day(pack.made_on)}"
    sheet = Sheet(pack_title(pack), pack.school, pack.span, reference, pack.school)
    moment = dt.datetime.combine(pack.made_on, dt.time(12), dt.UTC)
    return make_pdf(sheet, [part for section in sections(pack) for part in section.parts], contents=None, moment=moment)
