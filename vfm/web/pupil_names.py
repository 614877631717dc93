"""What a pupil is called wherever pupils are listed, as the school has chosen, and where the name leads; what is stored stays."""

from flask import url_for

from vfm.pupils.register import shown_name
from vfm.store.pupils import PupilRow, way_of
from vfm.web.permissions import here


def called(row: PupilRow) -> str:
    """The name, the initials or the reference."""
    return shown_name(way_of(row, here().school.pupils_shown), row.name, row.reference or "")


def page_of(year: int, pupil: int | str) -> str:
    """The address to which a pupil's name leads."""
    return url_for("pupil_page.of_pupil", year=year, pupil=int(pupil))
