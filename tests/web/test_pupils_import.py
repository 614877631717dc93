"""Pupils from files, on the site: looked at, confirmed, written once, and never taken away."""

import datetime as dt
from typing import Any

from tests.pupils.files import BROMCOM, CTF, SIMS, resaved, upn
from tests.web.entering import begin
from tests.web.forms import words
from tests.web.sheets import confirm, counts, press, preview_of, upload
from tests.world import YEAR, Visitor, World
from vfm.store.accounts import find_account
from vfm.store.audit import AuditRow, By
from vfm.store.pupils import PupilRow, SenStatusRow, add_pupil
from vfm.store.rows import rows_of
from vfm.store.year_groups import groups_in

HEAD = "Name,UPN,Year,SEN Status,Need,Class\n"


def pupils(world: World) -> list[Any]:
    with world.app.extensions["vfm_database"].read() as db:
        return rows_of(db, PupilRow, world.school.id)


def groups(world: World, year: int) -> dict[str, int | None]:
    """The year group of each pupil in an academic year."""
    with world.app.extensions["vfm_database"].read() as db:
        found = groups_in(db, world.school.id, year)
        return {row.name: found[row.id] for row in rows_of(db, PupilRow, world.school.id)}


def history(world: World) -> list[tuple[dt.date, str]]:
    with world.app.extensions["vfm_database"].read() as db:
        return sorted((row.starts, row.status) for row in rows_of(db, SenStatusRow, world.school.id))


def bring(head: Visitor, world: World, data: bytes, **answers: str) -> str:
    """Uploads, answers, brings in; the words of the page on which it was seen."""
    preview, page = preview_of(head, world.home + "pupils/import/", data)
    answer = confirm(head, preview, **answers)
    assert answer.location.endswith("/pupils/"), words(head.get(preview).text)
    return page


def test_a_messy_list_comes_in_and_a_second_time_there_is_nothing_to_bring_in(world: World) -> None:
    head = begin(world)
    page = bring(head, world, SIMS.encode("cp1252", "ignore"))
    assert counts(page) == (3, 0, 0, 2, 0)
    sian = pupils(world)[0]
    assert (sian.upn, sian.reference, sian.class_name, sian.second_need, sian.sex) == (
        upn(1),
        "000123",
        "4B",
        "MLD",
        "F",
    )
    assert (dt.date(2025, 9, 1), "K") in history(world)
    for again in (SIMS.encode("cp1252", "ignore"), resaved(SIMS.encode("cp1252", "ignore").decode("cp1252"))):
        _, page = preview_of(head, world.home + "pupils/import/", again, "again.xlsx")
        assert counts(page) == (0, 0, 3, 2, 0) and "There is nothing to bring in" in page
    overview = words(head.get(world.home + "pupils/").text)
    assert "Siân O'Neill" in overview


def test_a_transfer_file_comes_in_by_the_same_page(world: World) -> None:
    head = begin(world)
    assert counts(bring(head, world, CTF.encode())) == (2, 0, 0, 0, 0)
    assert history(world) == [
        (dt.date(2012, 1, 1), "K"), (dt.date(2023, 9, 1), "N"), (dt.date(2025, 9, 1), "K"), (dt.date(2026, 3, 12), "E")
    ]  # fmt: skip
    _, page = preview_of(head, world.home + "pupils/import/", CTF.encode())
    assert counts(page) == (0, 0, 2, 0, 0)


def test_januarys_file_ends_the_leavers_adds_the_joiners_and_asks_first(world: World) -> None:
    head = begin(world)
    bring(head, world, (HEAD + f"Ada,{upn(1)},4,K,SLCN,4B\nBen,{upn(2)},6,N,,6A\n").encode())
    preview, page = preview_of(
        head, world.home + "pupils/import/", (HEAD + f"Ada,{upn(1)},4,K,SLCN,4B\nDai,,1,N,,1A\n").encode()
    )
    assert "1 on the register is not in the file: Ben" in page and "What of the pupils who are not in the file?" in page
    day = {"left_on-day": "18", "left_on-month": "9", "left_on-year": "2026"}
    press(head, preview, missing="ended", **day)
    assert "1 to end" in words(head.get(preview).text) and "Last day 18 September 2026" in words(head.get(preview).text)
    assert pupils(world)[1].left is None, "nothing is done before it was seen"
    press(head, preview)
    assert [(row.name, row.left) for row in pupils(world)] == [
        ("Ada", None),
        ("Ben", dt.date(2026, 9, 18)),
        ("Dai", None),
    ]
    bring(head, world, (HEAD + f"Ben,{upn(2)},6,N,,6A\n").encode(), missing="stay")
    assert [row.left for row in pupils(world)] == [None, None, None], "who comes back is the same pupil"


def test_a_changed_status_is_asked_its_day_which_cannot_be_tomorrow(world: World) -> None:
    head = begin(world)
    bring(head, world, (HEAD + f"Ada,{upn(1)},4,K,SLCN,4B\n").encode())
    preview, _ = preview_of(head, world.home + "pupils/import/", (HEAD + f"Ada,{upn(1)},4,E,SLCN,4B\n").encode())
    late = press(head, preview, **{"since-day": "1", "since-month": "1", "since-year": "2099"})
    assert late.status_code == 400 and "the day must not be after today" in words(late.text)
    day = {"since-day": "2", "since-month": "10", "since-year": "2026"}
    confirm(head, preview, **day)
    assert pupils(world)[0].status == "E"
    assert history(world) == [(dt.date(2026, 9, 1), "K"), (dt.date(2026, 10, 2), "E")]


def test_a_refused_pupil_can_be_left_out_and_harm_is_refused_as_a_file(world: World) -> None:
    head = begin(world)
    preview, page = preview_of(
        head, world.home + "pupils/import/", (HEAD + f"Ada,{upn(1)},4,K,SLCN,4B\nBen,,,N,,\n").encode()
    )
    assert counts(page)[-1] == 1
    press(head, preview, refused="stop")
    assert pupils(world) == []
    confirm(head, preview, refused="leave")
    assert [row.name for row in pupils(world)] == ["Ada"]
    harm = b'<!DOCTYPE x [<!ENTITY a "b">]><CTfile><Pupil><UPN>&a;</UPN></Pupil></CTfile>'
    answer = upload(head, world.home + "pupils/import/", harm)
    assert answer.status_code == 400 and "declares a document type" in words(answer.text)


def test_columns_in_words_of_the_schools_own_are_chosen_once_and_remembered(world: World) -> None:
    head = begin(world)
    odd = b"Who;Jahr;Stage of help\nAda;4;K\n"
    answer = upload(head, world.home + "pupils/import/", odd)
    columns = head.get(answer.location).location
    head.send(columns, row="0", column_0="name", column_1="year", column_2="status")
    confirm(head, answer.location)
    assert [(row.name, row.status) for row in pupils(world)] == [("Ada", "K")] and groups(world, YEAR) == {"Ada": 4}
    _, page = preview_of(head, world.home + "pupils/import/", odd)
    assert counts(page) == (0, 0, 1, 0, 0)


def test_the_audit_says_that_pupils_changed_and_not_what(world: World) -> None:
    head = begin(world)
    bring(head, world, BROMCOM.encode())
    with world.app.extensions["vfm_database"].read() as db:
        rows = [row for row in db.query(AuditRow).filter_by(school_id=world.school.id) if row.did == "added"]
    assert [(row.subject, row.old, row.new) for row in rows] == [("pupil", None, None)] * 3


def _last_year(world: World, **more: Any) -> None:
    """Three pupils as they were entered in last year's register."""
    with world.app.extensions["vfm_database"].write.begin() as db:
        account = find_account(db, "leadership@example.org")
        assert account is not None
        by = By(account.id, dt.datetime(2026, 7, 1, tzinfo=dt.UTC))
        for name, group in (("Ada Hall", 4), ("Ben Holt", 6), ("Cy Xu", 0)):
            add_pupil(db, world.school.id, YEAR - 1, group, by, name=name, status="N", **more)


def test_septembers_file_of_pupils_who_have_moved_up_changes_nothing(world: World) -> None:
    head = begin(world)
    _last_year(world)
    _, page = preview_of(head, world.home + "pupils/import/", b"Name,Year\nAda Hall,5\nBen Holt,7\nCy Xu,1\n")
    assert counts(page) == (0, 0, 3, 0, 0) and "There is nothing to bring in" in page
    assert groups(world, YEAR) == {"Ada Hall": 5, "Ben Holt": 7, "Cy Xu": 1}


def test_who_stays_in_the_year_group_is_changed_for_this_year_and_not_for_last_year(world: World) -> None:
    head = begin(world)
    _last_year(world)
    preview, page = preview_of(head, world.home + "pupils/import/", b"Name,Year\nAda Hall,4\nBen Holt,7\nCy Xu,1\n")
    assert "Year group: Year 5 becomes Year 4" in page and "Of which academic year are the year groups" in page
    confirm(head, preview, groups_of=str(YEAR))
    assert groups(world, YEAR) == {"Ada Hall": 4, "Ben Holt": 7, "Cy Xu": 1}
    assert groups(world, YEAR - 1) == {"Ada Hall": 4, "Ben Holt": 6, "Cy Xu": 0}


def test_a_file_of_next_years_year_groups_can_say_so_and_then_changes_nothing(world: World) -> None:
    head = begin(world)
    _last_year(world)
    preview, _ = preview_of(head, world.home + "pupils/import/", b"Name,Year\nAda Hall,6\nBen Holt,8\nCy Xu,2\n")
    press(head, preview, groups_of=str(YEAR + 1))
    page = words(head.get(preview).text)
    assert "There is nothing to bring in" in page and "Of which academic year" in page, "the answer can be taken back"
