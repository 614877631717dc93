"""The zip archive that a workbook is: opened only when it is no larger, unpacked, than it should be."""

import io
import zipfile

from vfm.sheets.table import Limits, SheetError

SMALL = 1024 * 1024
"""A part that unpacks to less than this may be squeezed as far as it likes."""
PIECE = 64 * 1024
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 0x1
UNREADABLE = "it is not an Excel workbook that can be read; save it again as .xlsx, or as CSV"


def open_archive(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """The archive, after a look at what it says of itself; nothing is unpacked before."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as wrong:
        raise SheetError(UNREADABLE) from wrong
    parts = archive.infolist()
    if len(parts) > limits.members:
        raise SheetError(f"it has more than {limits.members:,} parts")
    if sum(part.file_size for part in parts) > limits.unpacked or any(_squeezed(part, limits) for part in parts):
        raise SheetError("it would unpack to far more than a workbook should")
    if any(part.flag_bits & ENCRYPTED or part.compress_type not in METHODS for part in parts):
        raise SheetError(UNREADABLE)
    return archive


def _squeezed(part: zipfile.ZipInfo, limits: Limits) -> bool:
    return part.file_size > SMALL and part.file_size > limits.ratio * part.compress_size


def check_honest(archive: zipfile.ZipFile) -> None:
    """Unpacks the text parts in small pieces and throws them away: refuses one that is not as long as it says.

    Reading such a part in one go could unpack gigabytes, whatever length it claims.
    """
    for part in archive.infolist():
        if part.filename.lower().endswith((".xml", ".rels")):
            with archive.open(part) as source:
                while source.read(PIECE):
                    pass
