"""Files in the styles of four systems and a common transfer file are read as a SENCO would expect."""

import datetime as dt

import pytest

from tests.pupils.files import ARBOR, BROMCOM, CTF, SCHOLARPACK, SIMS, pupils_in, table_of, upn
from vfm.pupils.ctf import is_xml, read_ctf
from vfm.pupils.pupil_sheet import SheetPupil
from vfm.sheets.table import Limits

SIAN = {"upn": upn(1), "year_group": 4, "status": "K", "need": "SLCN", "second_need": "MLD"}


def read(text: str) -> list[SheetPupil]:
    return pupils_in(table_of(text.encode())).pupils


def of_ctf(text: str = CTF) -> list[SheetPupil]:
    return pupils_in(read_ctf(text.encode(), Limits())).pupils


def has(pupil: SheetPupil, **values: object) -> bool:
    return all(pupil.values.get(name) == value for name, value in values.items())


@pytest.mark.parametrize(
    "text", [SIMS, ARBOR, BROMCOM, SCHOLARPACK, CTF], ids=["SIMS", "Arbor", "Bromcom", "ScholarPack", "CTF"]
)
def test_the_same_pupil_is_understood_from_every_system(text: str) -> None:
    first = of_ctf()[0] if text is CTF else read(text)[0]
    assert has(first, **SIAN), first
    assert sorted(first.name.casefold().split()) == ["o'neill", "siân"]


def test_a_row_for_each_need_is_one_pupil_and_totals_and_headings_are_none() -> None:
    sheet = pupils_in(table_of(SIMS.encode()))
    assert [(pupil.name, pupil.rows) for pupil in sheet.pupils] == [
        ("Siân O'Neill", (5, 6)), ("Ada SMITH", (7,)), ("Can Özgür", (9,))
    ]  # fmt: skip
    assert [outcome.says[0] for outcome in sheet.left_out] == ["the headings stand here again", "it is a total"]
    assert has(sheet.pupils[0], reference="000123", class_name="4B", sex="F", pupil_premium=True)
    assert sheet.pupils[0].steps == ((dt.date(2025, 9, 1), "K"),)
    assert has(sheet.pupils[1], status="N", pupil_premium=False), "the column only ever ticks, so an empty cell says no"
    assert has(sheet.pupils[2], year_group=0, status="E", need="ASD")


def test_words_codes_days_and_languages_are_read() -> None:
    sian, ada, can = read(ARBOR)
    assert has(sian, fsm=True, eal=False, looked_after=False, joined=dt.date(2022, 9, 1))
    assert "status" not in ada.values
    assert has(can, year_group=0, status="E", need="ASD", eal=True, looked_after=True)
    sian, ada, can, ben = read(BROMCOM)
    assert has(sian, fsm=True, pupil_premium=True, eal=False) and has(ada, fsm=False, eal=False) and has(can, eal=True)
    assert has(ben, left=dt.date(2026, 7, 17))


def test_codes_of_before_2014_are_read_as_what_followed_and_queried() -> None:
    _, _, can, dai = read(SCHOLARPACK)
    assert has(can, status="E") and "S was a statement" in can.queries[0]
    assert has(dai, status="K", need="SEMH") and "upn" not in dai.values
    assert [("School Action Plus" in query, "BESD is an old code" in query) for query in dai.queries] == [
        (True, False),
        (False, True),
    ]


def test_a_transfer_file_gives_names_history_and_needs_of_the_pupil_and_not_of_others() -> None:
    sian, can = of_ctf()
    assert has(sian, sex="F", eal=False, fsm=True)
    assert "joined" not in sian.values and "left" not in sian.values, "days at earlier schools are not ours"
    assert sian.steps == ((dt.date(2023, 9, 1), "N"), (dt.date(2025, 9, 1), "K"))
    assert has(can, year_group=0, status="E"), "the year follows from the date of birth"
    assert can.steps == ((dt.date(2012, 1, 1), "K"), (dt.date(2026, 3, 12), "E"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    text = ARBOR.replace("Ö", "O").replace("ü", "u").replace("g\u00fcr", "gur")
    assert pupils_in(table_of(text.encode(encoding))).pupils[0].name == "Siân O'Neill"


def test_a_transfer_file_says_its_own_encoding() -> None:
    text = CTF.replace("UTF-8", "windows-1252").replace("Özgür", "Ozgur")
    assert pupils_in(read_ctf(text.encode("cp1252"), Limits())).pupils[0].name == "Siân O'Neill"
    assert is_xml(CTF.encode("utf-16")) and is_xml(b"\xef\xbb\xbf  <CTfile/>") and not is_xml(b"Name,UPN\n")


def test_what_is_not_understood_is_queried_or_refused_and_says_where() -> None:
    wrong = "A" + upn(1)[1:] if upn(1)[0] != "A" else "B" + upn(1)[1:]
    rows = f"Name,UPN,Year,SEN Status,Need,EAL,Joined\nAda,{wrong},4,K,Dyslexia,perhaps,31/02/2026\nBen,12,,N,,,\nCy,,4,Q,,,\n"
    ada, ben, cy = read(rows)
    assert len(ada.queries) == 4 and ada.upn == wrong and ada.refused is None
    assert "Joined “31/02/2026”: expected a day; it is not brought in" in ada.queries
    assert ben.queries == ("UPN “12”: it is not written as a UPN is, and is not brought in",)
    assert ben.refused is not None and ben.refused.words.startswith("row 3, column Year")
    assert cy.refused is not None and cy.refused.value == "Q"


def test_a_class_that_a_spreadsheet_took_for_a_number_is_a_class_again() -> None:
    assert [pupil.values["class_name"] for pupil in read("Name,Year,Class\nAda,1,1.00E+02\nBen,4,7\n")] == ["1E2", "7"]
