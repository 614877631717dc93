"""The report on the financial year as a PDF; the same report gives the same bytes."""

from vfm.documents.monitoring import Report, as_at, sections, title
from vfm.documents.pdf.document import Sheet, make_pdf
from vfm.documents.pdf.parts import Blanks, Heading

TO_SIGN = ("Presented to governors on", "Business manager", "Chair")


def monitoring_pdf(report: Report) -> bytes:
    """A tagged PDF of every section of the report, and a place to sign at its end."""
    sheet = Sheet(title(report), report.school, report.figures.period.name, f"As at: {as_at(report)}", report.school)
    parts = [part for section in sections(report) for part in section.parts]
    return make_pdf(sheet, [*parts, Heading(2, "To sign", "sign"), Blanks(TO_SIGN)], contents=False)
