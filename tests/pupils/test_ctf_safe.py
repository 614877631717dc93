"""A transfer file that means harm is refused at once, with flat memory."""

import time
import tracemalloc

import pytest

from tests.pupils.files import CTF
from vfm.pupils.ctf import read_ctf
from vfm.sheets.table import Limits, SheetError

MB = 1024 * 1024
BODY = CTF.partition("?>")[2]
XXE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + BODY.replace("O'Neill", "&a;")
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
    + BODY.replace("O'Neill", "&a9;")
)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (XXE.encode(), "document type or entities"),
        (LAUGHS.encode(), "document type or entities"),
        (b'<!DOCTYPE CTfile SYSTEM "http://127.0.0.1:9/ctf.dtd"><CTfile/>', "document type or entities"),
        (b"<a>" * 1_500_000, "cannot be read|can be read"),
        (b"<CTfile>" + b"<Pupil></Pupil>" * 300_000 + b"</CTfile>", "more than 10,000 pupils"),
        (b"<CTfile><Pupil>", "can be read"),
        (b'<?xml version="1.0" encoding="no-such"?><CTfile/>', "can be read"),
        (b"<html><body>Sign in</body></html>", "holds no pupils"),
    ],
    ids=["external", "laughs", "dtd", "deep", "many", "cut off", "encoding", "another kind"],
)
def test_harm_is_refused_at_once_with_flat_memory(data: bytes, words: str) -> None:
    tracemalloc.start()
    began = time.perf_counter()
    try:
        with pytest.raises(SheetError, match=words):
            read_ctf(data, Limits())
        assert time.perf_counter() - began < 10
        assert tracemalloc.get_traced_memory()[1] < 60 * MB
    finally:
        tracemalloc.stop()


def test_one_text_of_four_megabytes_is_read_and_cut_no_bigger_than_it_is() -> None:
    name = "A" * (4 * MB)
    tracemalloc.start()
    try:
        table = read_ctf(f"<CTfile><Pupil><Surname>{name}</Surname></Pupil></CTfile>".encode(), Limits())
        assert tracemalloc.get_traced_memory()[1] < 60 * MB
    finally:
        tracemalloc.stop()
    assert len(table.rows) == 2


def test_two_hundred_megabytes_are_refused_unread() -> None:
    data = b"<CTfile><Pupil><UPN>".ljust(200 * MB, b"A")
    began = time.perf_counter()
    with pytest.raises(SheetError, match="larger than 5 MB"):
        read_ctf(data, Limits())
    assert time.perf_counter() - began < 0.1
