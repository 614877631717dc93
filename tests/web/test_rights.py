"""A pupil's rights on the site: everything that is kept is told, a pupil is erased, and the school's time is kept to."""

import datetime as dt
import html
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.web.entering import begin, intervention, pupil, put, stated, text_of
from tests.web.forms import words
from tests.web.sheets import confirm, preview_of
from tests.world import YEAR, Visitor, World
from vfm.plan.pack import Reader
from vfm.store.accounts import SchoolRow, find_account
from vfm.store.audit import AuditRow, By
from vfm.store.erasing import Outlook, look
from vfm.store.everything import metadata
from vfm.store.imports import ImportDraftRow
from vfm.store.packs import PackRow, keep_pack
from vfm.store.provision import InterventionRow, TakesPartRow
from vfm.store.pupil_reviews import PupilReviewRow
from vfm.store.pupils import PupilRow
from vfm.store.reviews import AnswerRow, add_comment, review_of
from vfm.store.rows import add_row, rows_of
from vfm.store.timetables import LikesRow
from vfm.store.waiting import WaitingRow

NAME, OTHER = "Zebedee Quillfeather", "Mia Moonbeam"
UPN = "A123456789012"


def by(world: World) -> By:
    with world.app.extensions["vfm_database"].read() as db:
        head = find_account(db, world.people["leadership"])
        assert head is not None
        return By(head.id, dt.datetime.now(dt.UTC))


def keep(world: World, table: type[Any], **values: Any) -> int:
    with world.app.extensions["vfm_database"].write.begin() as db:
        return int(add_row(db, table, world.school.id, by(world), f"{table.__tablename__} entry", **values).id)


def entered(world: World, **more: str) -> tuple[Visitor, int]:
    """A pupil who takes part in something with another, who is spoken of, and who likes and waits."""
    head = begin(world)
    child, other = pupil(world, head, NAME, upn=UPN, class_name="Willow", **more), pupil(world, head, OTHER)
    line = intervention(world, head, f"Reading with {OTHER}", stated(world, head, "TA", "20"))
    for each in (child, other):
        keep(world, TakesPartRow, intervention_id=line, pupil_id=each, result="met")
    keep(world, LikesRow, pupil_id=child, enjoys="Music", good_at="Art")
    keep(world, WaitingRow, pupil_id=child, waits_for="Speech therapy", since=dt.date(2026, 9, 1), asked_of="Health")
    note = f"{NAME} sits with {OTHER}. Zebedee reads <b>well</b>."
    put(head, world.home + "funding/toy-figure", version="0", choice="no", note=note, evidence="")
    return head, child


def audit(world: World, did: str) -> list[AuditRow]:
    with world.app.extensions["vfm_database"].read() as db:
        return list(db.scalars(select(AuditRow).where(AuditRow.did.startswith(did)).order_by(AuditRow.at)))


def places_in(page: str) -> dict[str, str]:
    """The boxes of a page: their keys, and what stands beside them."""
    found = re.findall(r'name="place" value="(\w+)".*?<label[^>]*>(.*?)</label>', page, re.DOTALL)
    return {key: words(text) for key, text in found}


def seen_in(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found is not None
    return found[1]


def press_erase(head: Visitor, address: str, name: str, *, place: Sequence[str] = (), seen: str = "") -> TestResponse:
    return head.send(address, name_again=name, seen=seen or seen_in(head.get(address).text), place=list(place))


def everything(world: World) -> str:
    with world.app.extensions["vfm_database"].engine.connect() as connection:
        return "\n".join(
            json.dumps([each if isinstance(each, dict | list) else str(each) for each in row], ensure_ascii=False)
            for table in metadata.sorted_tables
            for row in connection.execute(select(table))
        ).lower()


def test_page_and_files_hold_everything_about_the_pupil_and_no_other_child(world: World) -> None:
    head, child = entered(world)
    address = f"{world.home}pupils/{child}/data/"
    page = head.get(address).text
    said = words(page)
    file = head.get(address + "everything.json")
    data = json.loads(file.text)
    drawn = text_of(head.get(address + "everything.pdf").data)
    assert "Mia" not in page and "Moonbeam" not in page + file.text + drawn
    for heard in (said, " ".join(drawn.split())):
        for there in (
            NAME,
            UPN,
            "Willow",
            "Speech therapy",
            "Music",
            "Outcome met",
            "sits with another pupil",
            "Reading with another pupil",
        ):
            assert there in heard, there
        assert "Backups of this site" in heard and "other systems of the school" in heard
    assert "<b>well" not in page and "<b>well</b>" in html.unescape(page)
    tables = {each["table"]: each for each in data["kept"]}
    assert {"pupil", "takes_part", "likes", "waiting", "intervention"} <= set(tables)
    assert tables["likes"]["rows"][0]["Enjoys"] == {"kept": "Music", "means": "Music"}
    assert tables["pupil"]["rows"][0]["SEN status"] == {"kept": "K", "means": "SEN Support (K)"}
    assert data["named in"][0]["text"] == f"{NAME} sits with another pupil. Zebedee reads <b>well</b>."
    assert data["places where other pupils were taken out"] > 1
    assert "attachment" in file.headers["Content-Disposition"]
    assert "quill" not in file.headers["Content-Disposition"].lower(), "lists of downloads name nobody"


def test_looking_and_taking_out_are_written_down_and_say_who(world: World) -> None:
    head, child = entered(world)
    senco, address = world.signed_in("senco"), f"{world.home}pupils/{child}/data/"
    senco.get(address)
    head.get(address + "everything.json")
    head.get(address + "everything.pdf")
    rows = audit(world, "looked at everything") + audit(world, "took out")
    assert [(row.did, row.subject) for row in rows] == [
        ("looked at everything about", f"pupil {child}"), ("took out as JSON everything about", f"pupil {child}"),
        ("took out as a PDF everything about", f"pupil {child}"),
    ]  # fmt: skip
    assert len({row.account_id for row in rows}) == 2
    assert "Senco Person" in words(head.get(address).text), "the record of changes tells who looked"


@pytest.mark.parametrize("page", ["data/", "data/everything.json", "data/everything.pdf", "erase/"])
def test_another_schools_pupil_and_one_that_never_was_are_not_found(world: World, page: str) -> None:
    _, child = entered(world)
    stranger = begin(world, "leadership")
    with world.app.extensions["vfm_database"].write.begin() as db:
        theirs = add_row(db, PupilRow, world.neighbour.id, by(world), "pupil", name="Elm Child", status="K").id
    for key in (theirs, child + 1, 1 << 70, 0):
        assert stranger.get(f"{world.home}pupils/{key}/{page}").status_code == 404, key
    assert world.signed_in("other-school").get(f"{world.home}pupils/{child}/{page}").status_code == 404


def test_what_would_happen_is_counted_before_and_nothing_is_done_by_looking(world: World) -> None:
    head, child = entered(world)
    before = everything(world)
    page = words(head.get(f"{world.home}pupils/{child}/erase/").text)
    assert (
        "Enjoys and is good at: 1 row" in page
        and "Waiting list: 1 row" in page
        and "Takes part in provision: 1 row" in page
    )
    assert "No last day at the school is entered" in page and "cannot be undone" in page and "Backups" in page
    assert "makes a new pupil" in page and "Written as a name (2)" in page, "the note, and the audit of it"
    assert "SEN status, SEN Support: 2 pupils" in page, "small groups are said"
    assert everything(world) == before


def test_a_word_in_a_pack_of_another_child_is_said_with_its_number_and_without_its_text(world: World) -> None:
    head, child = entered(world)
    with world.app.extensions["vfm_database"].write.begin() as db:
        other = db.scalars(select(PupilRow).where(PupilRow.name == OTHER)).one()
        for number in (1, 2):
            keep_pack(
                db, world.school.id, other.id, by(world), number=number, reader=Reader.FULL, with_cost=False, pack_format=1,
                pack=json.dumps({"said": "Zebedee the rabbit was fed"} if number == 2 else {}), pdf=b"%PDF",
            )  # fmt: skip
    address = f"{world.home}pupils/{child}/erase/"
    page = head.get(address).text
    said = words(page)
    assert "Pack 2 of another pupil: 1 place" in said and "Pack 1 of" not in said
    assert "the rabbit" not in page and "plans that were submitted" not in said
    assert press_erase(head, address, NAME, place=list(places_in(page))).status_code == 302
    with world.app.extensions["vfm_database"].read() as db:
        assert "Zebedee the rabbit" in db.scalars(select(PackRow.pack).where(PackRow.number == 2)).one()


@pytest.mark.parametrize("many", [False, True])
def test_a_text_that_a_colleague_saves_meanwhile_stops_it_and_is_kept(
    world: World, monkeypatch: pytest.MonkeyPatch, many: bool
) -> None:
    head, child = entered(world)
    with world.app.extensions["vfm_database"].write.begin() as db:
        db.get_one(SchoolRow, world.school.id).pupils_kept = 1
        db.get_one(PupilRow, (world.school.id, child)).left = dt.date(2019, 7, 1)
    address = world.home + (f"retention/confirm?pupil={child}" if many else f"pupils/{child}/erase/")
    page = head.get(address).text
    module = "vfm.web.retention" if many else "vfm.web.erasing"
    with monkeypatch.context() as during:
        during.setattr(f"{module}.look", _look_and_then_a_colleague_writes)
        before = everything(world)
        answer = head.send(address, name_again=NAME, meant="y", pupil=str(child), seen=seen_in(page), place=[])
        assert answer.status_code == 400
        assert "Something has changed since this page was shown" in words(answer.text)
        assert everything(world) == before
    assert (
        head.send(address, name_again=NAME, meant="y", pupil=str(child), seen=seen_in(page), place=[]).status_code
        == 302
    )


def _look_and_then_a_colleague_writes(db: Session, school_id: int, pupils: Sequence[PupilRow]) -> Outlook:
    seen = look(db, school_id, pupils)
    db.execute(update(AnswerRow).values(note=AnswerRow.note + ", and more"))
    return seen


def test_a_wrong_name_or_none_does_nothing_and_keeps_what_was_ticked(world: World) -> None:
    head, child = entered(world)
    address = f"{world.home}pupils/{child}/erase/"
    ticked = list(places_in(head.get(address).text))[:1]
    for name in ("", "Zebedee", OTHER, "x" * 500, "\x00"):
        answer = press_erase(head, address, name, place=ticked)
        assert answer.status_code == 400, name
        assert re.search(rf'value="{ticked[0]}" checked', answer.text)
    assert NAME.lower() in everything(world) and audit(world, "erased") == []


def test_the_pupil_is_erased_and_the_name_is_nowhere_in_the_database(world: World) -> None:
    head, child = entered(world, left__day="21", left__month="7", left__year="2026")
    address = f"{world.home}pupils/{child}/erase/"
    boxes = places_in(head.get(address).text)
    answer = press_erase(head, address, "zebedee quillfeather", place=list(boxes))
    assert answer.status_code == 302 and answer.location.endswith("/pupils/")
    assert "Done: Erased pupil 1" in words(head.get(answer.location).text)
    left = everything(world)
    for word in ("zebedee", "quillfeather", UPN.lower(), "willow"):
        assert word not in left, word
    assert "a pupil sits with mia moonbeam. a pupil reads <b>well</b>." in left
    engine = world.app.extensions["vfm_database"].engine
    if engine.dialect.name == "sqlite":
        file = Path(engine.url.database)
        raw = b"".join(each.read_bytes() for each in (file, Path(f"{file}-wal")) if each.exists()).lower()
        assert b"quillfeather" not in raw and b"zebedee" not in raw
    (row,) = audit(world, "erased a pupil")
    assert row.subject == "Erased pupil 1" and row.account_id == by(world).account_id


def test_an_erased_pupil_has_no_page_is_on_no_list_and_cannot_be_erased_twice(world: World) -> None:
    head, child = entered(world)
    address = f"{world.home}pupils/{child}/erase/"
    page = head.get(address).text
    token = press_erase(head, address, NAME, seen=seen_in(page))
    assert token.status_code == 302
    pages = (
        "",
        "/remove",
        "/data/",
        "/erase/",
        "/statuses/",
        "/record/",
        "/packs/",
        "/packs/new",
        "/packs/preview",
        "/what-fits/",
    )
    for gone in pages:
        assert head.get(f"{world.home}pupils/{child}{gone}").status_code == 404, gone
    assert head.get(f"{world.home}claims/{child}").status_code == 404
    by_pupil = words(head.get(world.home + "provision-map/by-pupil/").text)
    assert "Erased pupil" not in by_pupil and "1 other pupil, not shown" in by_pupil
    again = head.send(address, page=f"{world.home}pupils/add", name_again=NAME, seen=seen_in(page))
    assert again.status_code == 404
    assert f"claims/{child}" not in head.get(world.home + "claims/").text
    for listed in ("pupils/", "waiting/add", "income/add", "withdrawal/"):
        assert "Erased pupil" not in words(head.get(world.home + listed).text), listed
    for way in ("initials", "reference", "name"):
        with world.app.extensions["vfm_database"].write.begin() as db:
            db.get_one(SchoolRow, world.school.id).pupils_shown = way
        assert "Erased pupil 1" in words(head.get(world.home + "claims/").text), way


def test_no_word_of_another_pupils_pack_changes_because_somebody_was_erased(world: World) -> None:
    head, child = entered(world)
    with world.app.extensions["vfm_database"].read() as db:
        other = rows_of(db, PupilRow, world.school.id, name=OTHER)[0].id
    keep(
        world, PupilReviewRow, pupil_id=other, year=YEAR, on=dt.date(YEAR, 10, 2), kind="support", who="The pupil, both parents",
        agreed="Nothing has been erased from the pupil passport",
    )  # fmt: skip
    press_erase(head, f"{world.home}pupils/{child}/erase/", NAME)
    asked = f"?reader=full&cost=without&called=shown&years={YEAR}&ask=the+SENCO"
    page = words(head.get(f"{world.home}pupils/{other}/packs/preview{asked}").text)
    assert "The pupil, both parents" in page and "Nothing has been erased from the pupil passport" in page


def _refused(visitor: Visitor, answer: TestResponse) -> str:
    """The page to which somebody is led back, with what is said there."""
    assert answer.status_code == 302
    return words(visitor.get(str(answer.location)).text)


def test_a_pupil_with_packs_or_meetings_is_erased_and_never_just_removed(world: World) -> None:
    head, _ = entered(world)
    alone = pupil(world, head, "Alone Child")
    meeting = {
        "pupil_id": alone,
        "year": YEAR,
        "on": dt.date(YEAR, 10, 2),
        "kind": "annual",
        "who": "",
        "agreed": "Goes on",
    }
    keep(world, PupilReviewRow, **meeting)
    senco, address = world.signed_in("senco"), f"{world.home}pupils/{alone}/remove"
    assert "would go with the pupil" in _refused(senco, senco.get(address))
    assert "would go with the pupil" in _refused(senco, senco.send(address, page=f"{world.home}pupils/add"))
    with world.app.extensions["vfm_database"].read() as db:
        assert len(rows_of(db, PupilReviewRow, world.school.id)) == 1
    plain = pupil(world, head, "Plain Child")
    assert "Remove “Plain Child”?" in words(senco.get(f"{world.home}pupils/{plain}/remove").text)


def test_who_takes_part_can_still_be_saved_and_the_erased_pupil_stays_in_it(world: World) -> None:
    head, child = entered(world)
    press_erase(head, f"{world.home}pupils/{child}/erase/", NAME)
    with world.app.extensions["vfm_database"].read() as db:
        line = rows_of(db, InterventionRow, world.school.id)[0].id
        other = next(row.id for row in rows_of(db, PupilRow, world.school.id) if row.name == OTHER)
    address = f"{world.home}provision-map/{line}/pupils"
    assert "Erased pupil 1" in words(head.get(address).text)
    assert head.send(address, **{f"in-{child}": "y", f"in-{other}": "y", f"result-{child}": "met"}).status_code == 302
    with world.app.extensions["vfm_database"].read() as db:
        assert {row.pupil_id for row in rows_of(db, TakesPartRow, world.school.id)} == {child, other}


def test_what_has_changed_since_the_page_was_shown_is_shown_again_first(world: World) -> None:
    head, child = entered(world)
    address = f"{world.home}pupils/{child}/erase/"
    seen = seen_in(head.get(address).text)
    with world.app.extensions["vfm_database"].write.begin() as db:
        review = review_of(db, world.school.id, YEAR)
        assert review is not None
        add_comment(db, review, "toy-figure", f"And {NAME} once more", by(world))
    answer = press_erase(head, address, NAME, seen=seen)
    assert answer.status_code == 400 and "Something has changed" in words(answer.text)
    assert audit(world, "erased") == []
    assert press_erase(head, address, NAME, seen=seen_in(answer.text)).status_code == 302


def test_a_word_that_is_no_name_stays_where_it_is_not_ticked(world: World) -> None:
    head = begin(world)
    child = pupil(world, head, "Summer Will")
    note = "Summer reads. In the Summer term they will meet."
    put(head, world.home + "funding/toy-figure", version="0", choice="no", note=note, evidence="")
    address = f"{world.home}pupils/{child}/erase/"
    boxes = places_in(head.get(address).text)
    first = [key for key, said in boxes.items() if "“<strong>Summer</strong> reads" in said]
    assert len(boxes) == 6 and first, "three words, in the answer and in the audit of it"
    assert press_erase(head, address, "Summer Will", place=[first[0], "no-such-place"]).status_code == 302
    with world.app.extensions["vfm_database"].read() as db:
        notes = list(db.scalars(select(AnswerRow.note)))
    assert notes in (["a pupil reads. In the Summer term they will meet."], [note])
    assert everything(world).count("a pupil reads") == 1


def test_a_list_that_is_brought_in_afterwards_makes_a_new_pupil(world: World) -> None:
    head, child = entered(world)
    sheet = f"Name,UPN,Year,SEN Status\n{NAME},{UPN},4,K\n{OTHER},,4,K\n".encode()
    preview_of(head, world.home + "pupils/import/", sheet)
    press_erase(head, f"{world.home}pupils/{child}/erase/", NAME)
    with world.app.extensions["vfm_database"].read() as db:
        assert db.scalars(select(ImportDraftRow)).all() == [], "the sheet that was on its way is thrown away"
    preview, _ = preview_of(head, world.home + "pupils/import/", sheet)
    assert confirm(head, preview).location.endswith("/pupils/")
    with world.app.extensions["vfm_database"].read() as db:
        names = [(row.name, row.id == child) for row in rows_of(db, PupilRow, world.school.id)]
    assert names == [("Erased pupil 1", True), (OTHER, False), (NAME, False)]


def profile(head: Visitor, world: World, **more: str) -> TestResponse:
    yes = dict.fromkeys(
        ("academy", "unit_or_resourced_provision", "any_ehc_plan", "any_sen_support", "any_top_up", "pupil_premium",
         "volunteers_or_peers", "first_year"), "yes"
    )  # fmt: skip
    given = {
        "name": "Oak",
        "kind": "mainstream",
        "lowest_age": "4",
        "highest_age": "11",
        "tolerance": "5",
        "pupils_shown": "name",
    }
    return head.send(f"/school/{world.school.slug}/profile", **(given | yes | more))


def kept_years(world: World) -> int | None:
    with world.app.extensions["vfm_database"].read() as db:
        years: int | None = db.get_one(SchoolRow, world.school.id).pupils_kept
        return years


def test_leadership_says_how_long_and_nobody_else_can(world: World) -> None:
    head, senco = begin(world), world.signed_in("senco")
    assert "nothing is ever erased by itself" in words(head.get(f"{world.home}retention/").text)
    assert profile(head, world, pupils_kept="6").status_code == 302 and kept_years(world) == 6
    for wrong in ("0", "51", "-1", "6.5", "six", "NaN", "1e3"):
        assert profile(head, world, pupils_kept=wrong).status_code == 400, wrong
    assert "How long is a pupil" not in words(senco.get(f"/school/{world.school.slug}/profile").text)
    assert profile(senco, world, pupils_kept="1").status_code == 302 and kept_years(world) == 6
    assert profile(head, world, pupils_kept="").status_code == 302 and kept_years(world) is None


def leavers(world: World) -> tuple[Visitor, dict[str, int]]:
    head, _ = entered(world)
    profile(head, world, pupils_kept="6")
    old = {"left__day": "21", "left__month": "7", "left__year": "2015"}
    ids = {name: pupil(world, head, name, **old) for name in ("Ada Quill", "Ben Rook")}
    put(head, world.home + "programmes/add", name="Ada Quill’s own", tier="targeted")
    return head, ids


def test_the_dry_run_lists_who_is_past_it_and_what_would_go_and_does_nothing(world: World) -> None:
    head, _ = leavers(world)
    head.get(f"{world.home}retention/")  # messages that waited are shown, and go
    before = everything(world)
    page = words(head.get(f"{world.home}retention/").text)
    assert "Past the time: 2 pupils" in page and "Ada Quill" in page and "21 July 2021" in page
    assert NAME not in page and OTHER not in page, "who is at the school is never listed"
    head.get(f"{world.home}retention/confirm")
    assert everything(world) == before


def test_those_ticked_are_erased_once_it_is_confirmed_and_nobody_else(world: World) -> None:
    head, ids = leavers(world)
    here = next(iter(ids.values())) - 1
    nobody = head.get(f"{world.home}retention/confirm?pupil={here}&pupil=x&pupil={1 << 80}")
    assert nobody.status_code == 302
    assert "Nobody was ticked" in words(head.get(nobody.location).text)
    address = f"{world.home}retention/confirm?pupil={ids['Ada Quill']}"
    page = head.get(address).text
    assert "Erase 1 pupil?" in words(page)
    unsure = head.send(address, seen=seen_in(page), pupil=str(ids["Ada Quill"]))
    assert unsure.status_code == 400 and "Tick that you mean it" in words(unsure.text)
    sent = head.send(address, seen=seen_in(page), pupil=str(ids["Ada Quill"]), meant="y")
    assert sent.status_code == 302 and "Done: Erased pupil 1" in words(head.get(sent.location).text)
    assert "ada quill" not in everything(world) and "ben rook" in everything(world)
    assert "Past the time: 1 pupil" in words(head.get(f"{world.home}retention/").text)


def test_who_has_no_last_day_and_was_long_not_seen_is_a_number(world: World) -> None:
    head, _ = leavers(world)
    assert "To look at" not in words(head.get(f"{world.home}retention/").text)
    with world.app.extensions["vfm_database"].write.begin() as db:
        db.add(PupilRow(school_id=world.school.id, id=1, name="Old Timer", status="K"))
    with world.app.extensions["vfm_database"].write.begin() as db:
        db.get_one(SchoolRow, world.school.id).pupils_kept = 1
    page = words(head.get(f"{world.home}retention/").text)
    assert "1 pupil has no last day at the school" in page and "Old Timer" not in page
