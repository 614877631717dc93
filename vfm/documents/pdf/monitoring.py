"""The report on the financial year as a PDF; the same report gives the same bytes."""

from vfm.documents.monitoring import Report, as_at, sections, title
from vfm.documents.pdf.document import Sheet, make_pdf


def monitoring_pdf(report: Report) -> bytes:
    """A tagged PDF of every section of the report, with contents where it is long."""
    sheet = Sheet(title(report), report.school, report.figures.period.name, f"As at: {as_at(report)}", report.school)
    return make_pdf(sheet, [part for section in sections(report) for part in section.parts], contents=None)
