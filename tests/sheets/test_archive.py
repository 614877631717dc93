"""Zip bombs and liars: refused before anything is unpacked, in flat memory."""

import io
import os
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.sheets.made import PARTS, tagged, zipped
from vfm.config import HERE
from vfm.sheets.reading import read_table
from vfm.sheets.table import Limits, SheetError

MB = 1024 * 1024


def refused(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(SheetError) as wrong:
        read_table(data, limits=limits or Limits())
    return str(wrong.value)


def liar(data: bytes, name: str, claimed: int) -> bytes:
    """The same archive, in which one part claims another length than it has."""
    changed = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = archive.getinfo(name)
    struct.pack_into("<I", changed, part.header_offset + 22, claimed)
    directory = data.index(b"PK\x01\x02")
    while changed[directory + 46 : directory + 46 + len(name)] != name.encode():
        directory = data.index(b"PK\x01\x02", directory + 1)
    struct.pack_into("<I", changed, directory + 24, claimed)
    return bytes(changed)


def test_a_part_that_is_squeezed_beyond_reason_is_refused() -> None:
    data = tagged(" " * (3 * MB))
    assert len(data) < 10_000
    assert "unpack to far more" in refused(data)


def test_an_archive_that_unpacks_to_too_much_is_refused() -> None:
    assert "unpack to far more" in refused(tagged(os.urandom(MB).hex()), Limits(unpacked=MB))


def test_an_archive_with_too_many_parts_is_refused() -> None:
    parts = {**PARTS, **{f"xl/media/{number}.png": "" for number in range(1_000)}}
    assert "more than 1,000 parts" in refused(zipped(parts))


@pytest.mark.parametrize("name", ["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_part_that_is_longer_than_it_says_is_refused(name: str) -> None:
    data = zipped({**PARTS, name: "<x>" + " " * (30 * MB) + "</x>"})
    assert "is not an Excel workbook" in refused(liar(data, name, 1_000))


def test_a_sheet_with_more_tags_than_a_sheet_can_have_is_refused() -> None:
    assert "far more than" in refused(tagged("<row/>" * 101), Limits(elements=100))


def test_locked_and_strangely_squeezed_parts_are_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("[Content_Types].xml", "x")
    assert "is not an Excel workbook" in refused(file.getvalue())
    locked = bytearray(zipped(PARTS))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert "is not an Excel workbook" in refused(bytes(locked))


@pytest.mark.parametrize("length", [4, 30, 300, 1_000])
def test_a_workbook_that_is_cut_short_is_refused(length: int) -> None:
    assert "is not an Excel workbook" in refused(tagged("")[:length])


def test_an_archive_of_something_else_is_refused() -> None:
    assert "is not an Excel workbook" in refused(zipped({"letter.txt": "Dear all"}))
    assert "is not an Excel workbook" in refused(b"PK\x05\x06" + b"\0" * 18)


def peak(*words: str) -> tuple[int, int]:
    """The exit status of a command, and the most memory that it held, in MB."""
    process = subprocess.Popen([sys.executable, *words], cwd=HERE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, used.ru_maxrss // 1024


def test_a_bomb_takes_no_more_memory_than_an_empty_file(tmp_path: Path) -> None:
    cost = ("-c", "from vfm.cli import main; main()", "cost")
    empty, bomb, liars = tmp_path / "empty.csv", tmp_path / "bomb.xlsx", tmp_path / "liar.xlsx"
    empty.touch()
    bomb.write_bytes(tagged(" " * (60 * MB)))
    liars.write_bytes(liar(zipped({**PARTS, "xl/workbook.xml": b" " * (60 * MB)}), "xl/workbook.xml", 1_000))
    _, floor = peak(*cost, str(empty))
    for file in (bomb, liars):
        status, most = peak(*cost, str(file))
        assert status == 2
        assert most < floor + 20
