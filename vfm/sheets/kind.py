"""What kind of file it is, by its first bytes and not by its name; files that are too large go no further."""

from enum import Enum

from vfm.sheets.table import Limits, SheetError

ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06")
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"


class Kind(Enum):
    """How the rows are written down."""

    WORKBOOK = "an Excel workbook"
    DELIMITED = "CSV"


def kind_of(data: bytes, limits: Limits) -> Kind:
    """The kind of file; refuses with a SheetError one that is too large, or a workbook that cannot be opened."""
    if len(data) > limits.size:
        raise SheetError(f"it is larger than {limits.size / 1024 / 1024:.0f} MB")
    if data.startswith(OLD_OR_LOCKED):
        raise SheetError("it is an old Excel workbook, or one with a password; save it as .xlsx without one, or as CSV")
    return Kind.WORKBOOK if data.startswith(ARCHIVES) else Kind.DELIMITED
