"""Everything about a pupil as a PDF; the same data gives the same bytes."""

from vfm.documents.pdf.document import Sheet, make_pdf
from vfm.documents.pupil_data import sections, title
from vfm.pupils.pupil_data import PupilData


def pupil_data_pdf(data: PupilData) -> bytes:
    """A tagged PDF of every section."""
    made = f"{data.made.day} {data.made:%B %Y}"
    sheet = Sheet(title(data), data.school, made, f"Made on {made}. In confidence", data.school)
    return make_pdf(sheet, [part for section in sections(data) for part in section.parts], contents=None)
