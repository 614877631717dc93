"""Bringing pupils in: who is new, who has changed, who has gone, and that nothing happens twice."""

import datetime as dt

import pytest

from tests.pupils.files import (
    ARBOR,
    BROMCOM,
    CTF,
    SCHOLARPACK,
    SIMS,
    TODAY,
    after,
    compared,
    resaved,
    table_of,
    upn,
)  # fmt: skip
from vfm.pupils.ctf import read_ctf
from vfm.pupils.pupil_match import KeptPupil
from vfm.sheets.preview import Fate, Preview
from vfm.sheets.table import Limits, Table

HEAD = "Name,UPN,Year,SEN Status,Need,Class\n"


def sheet(rows: str, head: str = HEAD) -> Table:
    return table_of((head + rows).encode())


def fates(preview: Preview) -> tuple[int, ...]:
    return tuple(len(preview.of(fate)) for fate in (Fate.ADDED, Fate.CHANGED, Fate.SAME, Fate.ENDED))


def register(rows: str, head: str = HEAD) -> list[KeptPupil]:
    return after((), compared(sheet(rows, head))[1])


@pytest.mark.parametrize("text", [SIMS, ARBOR, BROMCOM, SCHOLARPACK], ids=["SIMS", "Arbor", "Bromcom", "ScholarPack"])
def test_a_second_time_nothing_changes_also_after_excel_has_saved_it(text: str) -> None:
    kept = after((), compared(table_of(text.encode()))[1])
    assert len(kept) >= 3
    for again in (text.encode(), resaved(text)):
        preview, changes = compared(table_of(again), kept)
        assert changes == [] and preview.changes == 0, [each.says for each in preview.outcomes]
        assert fates(preview)[2] == len(kept)


def test_a_second_time_a_transfer_file_changes_nothing() -> None:
    table = read_ctf(CTF.encode(), Limits())
    kept = after((), compared(table)[1])
    assert kept[0].known.steps == ((dt.date(2023, 9, 1), "N"), (dt.date(2025, 9, 1), "K"))
    assert compared(table, kept)[1] == []


def test_what_one_system_brought_in_another_leaves_alone_but_for_what_it_adds() -> None:
    kept = after((), compared(table_of(SIMS.encode()))[1])
    preview, _ = compared(table_of(ARBOR.encode()), kept)
    says = [words for each in preview.of(Fate.CHANGED) for words in each.says]
    assert not any(words.startswith(("Name", "Year", "SEN", "Primary", "Second", "Class")) for words in says), says


def test_januarys_file_ends_the_leavers_once_asked_and_adds_the_joiners() -> None:
    kept = register(f"Ada,{upn(1)},4,K,SLCN,4B\nBen,{upn(2)},6,N,,6A\nCy,,R,N,,RA\n")
    january = sheet(f"Ada,{upn(1)},4,K,SLCN,4B\nCy,,R,N,,RA\nDai,{upn(4)},1,N,,1A\n")
    asked, changes = compared(january, kept)
    assert fates(asked) == (1, 0, 2, 0) and asked.asked[0].hint == "1 on the register is not in the file: Ben"
    assert [each.name for each in asked.asked] == ["missing", "left_on"]
    preview, changes = compared(january, kept, missing="ended", left_on="2026-12-18")
    assert fates(preview) == (1, 0, 2, 1)
    there = after(kept, changes)
    assert [(each.name, each.values["left"]) for each in there if each.values["left"]] == [
        ("Ben", dt.date(2026, 12, 18))
    ]
    again, none = compared(january, there, missing="ended", left_on="2026-12-18")
    assert none == [] and again.asked == [], "who has left is not missing"


def test_a_file_of_one_class_ends_nobody() -> None:
    kept = register(f"Ada,{upn(1)},4,K,SLCN,4B\nBen,{upn(2)},6,N,,6A\n")
    preview, changes = compared(sheet(f"Ada,{upn(1)},4,K,SLCN,4B\n"), kept, missing="stay")
    assert changes == [] and fates(preview) == (0, 0, 1, 0)


def test_who_comes_back_is_the_same_pupil() -> None:
    kept = register(f"Ada,{upn(1)},4,K,SLCN,4B\n")
    gone = after(kept, compared(sheet(f"Ben,{upn(2)},4,N,,4B\n"), kept, missing="ended")[1])
    assert [each.values["left"] for each in gone] == [TODAY, None]
    preview, changes = compared(sheet(f"Ada,{upn(1)},5,K,SLCN,5B\n"), gone)
    assert [(change.kept and change.kept.id, change.values["left"]) for change in changes] == [(kept[0].id, None)]
    assert "is here again" in preview.outcomes[0].queries[0]


def test_a_status_that_changes_begins_on_the_day_that_is_asked_and_what_was_stays() -> None:
    kept = register(f"Ada,{upn(1)},4,K,SLCN,4B\n")
    changed = sheet(f"Ada,{upn(1)},4,E,SLCN,4B\n")
    asked, _ = compared(changed, kept)
    assert [(each.name, each.answer, each.latest) for each in asked.asked] == [("since", "2027-01-21", "2027-01-21")]
    there = after(kept, compared(changed, kept, since="2026-11-02")[1])
    assert there[0].values["status"] == "E"
    assert there[0].known.steps == ((dt.date(2026, 9, 1), "K"), (dt.date(2026, 11, 2), "E"))
    assert compared(changed, there)[1] == []
    later = after(there, compared(sheet(f"Ada,{upn(1)},4,N,,4B\n"), there)[1])
    assert later[0].known.steps == (*there[0].known.steps, (TODAY, "N")), "history is added to, never overwritten"
    assert later[0].values["need"] is None
    preview, none = compared(changed, there[:0] + later, since="2026-10-01")
    assert none == [] and "change the status on the pupil's page" in preview.outcomes[0].queries[0]


def test_an_empty_cell_takes_nothing_away() -> None:
    kept = register(f"Ada,{upn(1)},4,K,SLCN,4B\n")
    assert compared(sheet(f"Ada,{upn(1)},,,,\n"), kept)[1] == []


def test_without_a_upn_name_and_year_match_also_a_year_later_and_a_upn_is_then_learnt() -> None:
    kept = register("Ada Smith,,4,K,SLCN,4B\n")
    preview, changes = compared(sheet(f'"Smith, Ada",{upn(1)},5,K,SLCN,5B\n'), kept)
    assert fates(preview) == (0, 1, 0, 0) and changes[0].values["upn"] == upn(1)
    assert fates(compared(sheet("Ada Smith,,9,K,SLCN,9B\n"), kept)[0]) == (1, 0, 0, 0), "that is somebody else"


def test_a_temporary_number_gives_way_to_the_pupils_own() -> None:
    kept = register(f"Ada,{upn(1, 'C')},4,N,,4B\n")
    _, changes = compared(sheet(f"Ada,{upn(9)},4,N,,4B\n"), kept)
    assert [change.values for change in changes] == [{"upn": upn(9)}]
    assert fates(compared(sheet(f"Ada,{upn(8)},4,N,,4B\n"), after(kept, changes))[0])[0] == 1, (
        "another child of the name"
    )


def test_two_who_cannot_be_told_apart_are_refused_and_neither_ended() -> None:
    twins = sheet("Ada,,4,N,,4A\nAda,,4,N,,4B\n")
    preview, changes = compared(twins, register("Ada,,4,N,,4C\n"), missing="ended")
    assert len(preview.wrong) == 2 and changes == [] and fates(preview)[3] == 0
    left, _ = compared(twins, refused="leave")
    assert left.wrong == [] and len(left.of(Fate.LEFT_OUT)) == 2


def test_a_refused_pupil_stops_all_unless_it_is_left_out() -> None:
    table = sheet(f"Ada,{upn(1)},4,K,SLCN,4B\nBen,,,N,,\n")
    preview, _ = compared(table)
    assert len(preview.wrong) == 1 and [each.name for each in preview.asked] == ["refused"]
    preview, changes = compared(table, refused="leave")
    assert preview.wrong == [] and [change.values["name"] for change in changes] == ["Ada"]


def test_the_first_day_is_not_moved_later_and_a_need_without_sen_is_not_brought_in() -> None:
    head = "Name,Year,SEN Status,Need,Joined,Left\n"
    kept = register("Ada,4,K,SLCN,01/09/2022,\n", head)
    preview, changes = compared(sheet("Ada,4,N,SLCN,05/01/2027,\n", head), kept)
    assert "joined" not in changes[0].values and changes[0].values["need"] is None
    assert any("here it stays 1 September 2022" in query for query in preview.outcomes[0].queries)
    assert fates(compared(sheet("Zoe,6,N,,,17/07/2026\n", head), ())[0]) == (0, 0, 0, 0), "left before this year"


def test_references_match_without_the_noughts_that_excel_loses() -> None:
    head = "Name,Adno,Year\n"
    kept = register("Ada,000123,4\nAda,000124,4\n", head)
    assert len(kept) == 2
    assert compared(sheet("Ada,123,4\nAda,124,4\n", head), kept)[1] == []
