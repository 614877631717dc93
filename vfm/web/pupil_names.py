"""What a pupil is called wherever pupils are listed, as the school has chosen; what is stored stays as it is."""

from vfm.pupils.register import shown_name
from vfm.store.pupils import PupilRow, way_of
from vfm.web.permissions import here


def called(row: PupilRow) -> str:
    """The name, the initials or the reference."""
    return shown_name(way_of(row, here().school.pupils_shown), row.name, row.reference or "")
