"""A pupil is erased: the name is gone wherever it stood, and what figures are made of stays."""

import datetime as dt
import hashlib
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.store.school import NOW, Place, make_place
from vfm.plan.pack import Reader
from vfm.pupils.data_words import TABLES, Fate, told
from vfm.store.about_pupil import tables_about
from vfm.store.accounts import Account, Role, SignInRow, add_membership, add_school
from vfm.store.audit import AuditRow, record
from vfm.store.drafts import DraftRow, keep_draft
from vfm.store.engine import Database
from vfm.store.erased import erase, hold
from vfm.store.erasing import Outlook, look, to_erase
from vfm.store.everything import metadata
from vfm.store.funds import IncomeRow
from vfm.store.imports import ColumnMatchRow, ImportDraftRow, keep_sheet, remember
from vfm.store.packs import PackRow, keep_pack
from vfm.store.plans import ActionRow, SubmittedPlanRow, submit_plan
from vfm.store.programmes import ProgrammeRow
from vfm.store.provision import FundingRow, InterventionRow, TakesPartRow
from vfm.store.pupil_changes import kept_pupils
from vfm.store.pupils import PupilRow, SenStatusRow, written_names
from vfm.store.reviews import AnswerRow, add_comment, answers_of, save_answer
from vfm.store.rows import add_row, change_row, rows_of
from vfm.store.section_f import SectionFRow
from vfm.store.set_aside import SetAsideRow
from vfm.store.staff import StaffRoleRow, StaffRow
from vfm.store.texts import KEYS, NOT_SEARCHED, OUTSIDE, Overtaken, searched_tables, text_columns, write_over
from vfm.store.timetables import LessonRow, LikesRow
from vfm.store.waiting import WaitingRow

NAME, UPN = "Zebedee Quillfeather", "A123456789012"
VALUES = {"status": "E", "need": "ASD", "class_name": "Willow", "reference": "R0042", "upn": UPN}


def add(db: Session, place: Place, table: type[Any], **values: Any) -> Any:
    return add_row(db, table, place.school.id, place.by, "a row", **values)


def pupil(db: Session, place: Place, name: str = NAME, **values: Any) -> PupilRow:
    given = VALUES | values if name == NAME else {"status": "K"} | values
    row: PupilRow = add(db, place, PupilRow, name=name, **given)
    return row


def note(db: Session, place: Place, text: str, question: str = "q") -> None:
    assert save_answer(
        db,
        place.review,
        question,
        0,
        place.by,
        choice="no",
        note=text,
        evidence="",
        basis=None,
        reason="",
        agreed=False,
    )


def outlook(database: Database, place: Place, *ids: int) -> Outlook:
    with database.read() as db:
        return look(db, place.school.id, to_erase(db, place.school.id, ids))


def erased(database: Database, place: Place, *ids: int, tick: str = "", every: bool = False) -> list[str]:
    """Erases, with the asked places ticked at which a word stands, or all of them."""
    with database.write() as db:
        hold(db, place.school.id)
        seen = look(db, place.school.id, to_erase(db, place.school.id, ids))
        ticked = [f.key for f in seen.asked if every or (tick and tick in f.text.text)]
        names = erase(db, place.school.id, seen, ticked, place.by)
        db.commit()
    return names


def everything(database: Database) -> str:
    """Every value of every row of every table, as text."""
    with database.engine.connect() as connection:
        return "\n".join(
            json.dumps(
                [str(value) if not isinstance(value, dict | list) else value for value in row], ensure_ascii=False
            )
            for table in metadata.sorted_tables
            for row in connection.execute(select(table))
        ).lower()


def raw(database: Database) -> bytes:
    """The bytes of SQLite's file and of its log, in which a removed row might still stand."""
    file = Path(str(database.engine.url.database))
    return b"".join(each.read_bytes() for each in (file, file.with_name(f"{file.name}-wal")) if each.exists()).lower()


def test_every_table_that_refers_to_pupils_has_its_words_and_its_fate() -> None:
    about = tables_about()
    assert {"pupil", "takes_part", "sen_status", "set_aside", "income"} <= set(about)
    assert set(about) - set(TABLES) == set(), "a table that refers to pupils is not in vfm/pupils/data_words.py"
    wordless = []
    for name, links in about.items():
        hidden = {"school_id", "id", "version", *(link.name for link in links)}
        wordless += [
            f"{name}.{c.name}" for c in metadata.tables[name].c if c.name not in {*told(name).columns, *hidden}
        ]
    assert wordless == [], "columns without words"


def test_every_table_is_searched_for_names_or_says_why_not() -> None:
    searched = {table.name for table in searched_tables()}
    told = searched | set(NOT_SEARCHED) | set(OUTSIDE)
    assert [table.name for table in metadata.sorted_tables if text_columns(table) and table.name not in told] == []
    known = {f"{table.name}.{column.name}" for table in metadata.sorted_tables for column in table.c}
    assert known >= KEYS and (set(NOT_SEARCHED) | set(OUTSIDE)) <= set(metadata.tables)


def test_the_pupil_is_a_number_afterwards_and_what_figures_are_made_of_stays(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        child = pupil(db, place, joined=dt.date(2024, 9, 2), sex="F", looked_after=True)
        it = add(db, place, InterventionRow, year=2026, name="Reading", tier="targeted")
        add(db, place, TakesPartRow, intervention_id=it.id, pupil_id=child.id, result="met")
        add(db, place, SenStatusRow, pupil_id=child.id, starts=dt.date(2025, 9, 1), status="E")
        add(db, place, SectionFRow, pupil_id=child.id, hours=Decimal(5), per="week")
        add(db, place, IncomeRow, kind="top-up", name="Top-up", pupil_id=child.id)
        add(db, place, LikesRow, pupil_id=child.id, enjoys="Music", good_at="Art")
        add(db, place, LessonRow, year=2026, pupil_id=child.id, weekday=0, starts=540, ends=600, subject="Music")
        add(db, place, WaitingRow, pupil_id=child.id, waits_for="Therapy", since=dt.date(2026, 9, 1), asked_of="Health")
        add(
            db, place, SetAsideRow, key="gap.1", facts="f", pupil_id=child.id, reason="The mother asked for it",
            by_account=place.by.account_id, at=NOW,
        )  # fmt: skip
    seen = outlook(database, place, child.id)
    assert seen.counted(Fate.GOES) == [("Enjoys and is good at", 1), ("Own timetable", 1), ("Waiting list", 1)]
    assert seen.counted(Fate.EMPTIED) == [("Noticed, and set aside with a reason", 1)]
    assert [title for title, _ in seen.counted(Fate.STAYS)] == [
        "Hours in Section F of the EHC plan", "Money for this pupil", "SEN status by day", "Takes part in provision",
    ]  # fmt: skip
    assert erased(database, place, child.id) == ["Erased pupil 1"]
    with database.read() as db:
        row = rows_of(db, PupilRow, place.school.id)[0]
        assert (row.name, row.upn, row.reference, row.class_name) == ("Erased pupil 1", None, None, None)
        assert (row.status, row.need, row.sex, row.looked_after) == ("E", "ASD", "F", True)
        assert (row.joined, row.erased) == (dt.date(2024, 9, 2), NOW.date())
        for table in (TakesPartRow, SenStatusRow, SectionFRow, IncomeRow):
            assert len(rows_of(db, table, place.school.id)) == 1, table
        for gone in (LikesRow, LessonRow, WaitingRow):
            assert rows_of(db, gone, place.school.id) == [], gone
        assert [each.reason for each in rows_of(db, SetAsideRow, place.school.id)] == ["Erased"]


def test_who_is_erased_while_at_the_school_leaves_at_the_end_of_the_year_and_a_last_day_that_is_there_stands(
    database: Database,
) -> None:
    place, end = make_place(database), dt.date(2027, 8, 31)
    with database.write.begin() as db:
        here, gone, last = pupil(db, place), dt.date(2026, 7, 20), {"starts": dt.date(2027, 4, 1)}
        left, comes = pupil(db, place, "Ann", left=gone), pupil(db, place, "Bo", joined=dt.date(2027, 9, 1))
        planned, paid, before = pupil(db, place, "Cy"), pupil(db, place, "Di"), pupil(db, place, "Ed")
        for year, child in ((2027, planned), (2025, before)):
            line = add(db, place, InterventionRow, year=year, name="Reading", tier="targeted")
            add(db, place, TakesPartRow, intervention_id=line.id, pupil_id=child.id)
        add(db, place, IncomeRow, kind="top-up", name="T", pupil_id=paid.id, ends=dt.date(2028, 3, 31), **last)
        add(db, place, IncomeRow, kind="top-up", name="T", pupil_id=before.id, ends=end, **last)
        ids = [row.id for row in (here, left, comes, planned, paid, before)]
    erased(database, place, *ids)
    after = dt.date(2028, 8, 31)
    with database.read() as db:
        days = {row.id: row.left for row in rows_of(db, PupilRow, place.school.id)}
    assert [days[key] for key in ids] == [end, gone, after, after, after, end]


def fill_with_the_name(db: Session, place: Place) -> PupilRow:
    """The name wherever somebody can have written it, also where it was before."""
    child = pupil(db, place)
    note(db, place, f"{NAME} reads well. So says zebedee quillfeather's mother (UPN {UPN})")
    answer = answers_of(db, place.review)["q"]
    assert save_answer(
        db, place.review, "q", answer.version, place.by, choice="no", note="Ask about Quillfeather, Zebedee", evidence=NAME,
        basis=None, reason="", agreed=False,
    )  # fmt: skip
    add_comment(db, place.review, "q", f"Is this about {NAME}?", place.by)
    it = add(db, place, InterventionRow, year=2026, name=f"1:1 {NAME}", tier="targeted", decision_why=f"{NAME} asked")
    change_row(db, it, it.version, place.by, "intervention", outcome=f"{NAME} reads")
    for source in (NAME, NAME.lower()):
        add(db, place, FundingRow, intervention_id=it.id, source=source, percent=Decimal(50))
    add(db, place, ProgrammeRow, name=f"{NAME}’s own", tier="targeted", aliases=f"{NAME}; other")
    add(
        db, place, ActionRow, review_id=place.review.id, key="own:1", written={"text": f"Help {NAME}"}, text=f"Help {NAME}",
        priority="low",
    )  # fmt: skip
    record(db, place.school.id, place.by, "changed", f"the line {NAME}", {"name": NAME}, {"name": f"not {NAME}"})
    account = db.get_one(Account, place.by.account_id)
    add_membership(db, account.id, Role.LEADERSHIP, school_id=place.school.id, authority_id=None)
    address = f"/school/{place.school.slug}/2026"
    keep_draft(db, account.fs_uniquifier, f"{address}/funding/q", [["note", f"about {NAME}, our Zebedee"]], NOW)
    keep_draft(db, account.fs_uniquifier, f"{address}/pupils/{child.id}", [["name", "Zebbie"]], NOW)
    sheet = {"rows": [[1, ["Surname", "Forename"]], [2, ["Quillfeather", "Zebedee"]]], "marks": []}
    keep_sheet(db, place.school.id, account.id, 2026, "pupils", "class.csv", sheet, NOW)
    keep_sheet(db, place.school.id, account.id, 2026, "ledger", "other.csv", {"rows": [[1, ["E03"]]]}, NOW)
    remember(db, place.school.id, "pupils", {f"{NAME}": "name", f"{NAME} ": ""})
    data = json.dumps({"_flashes": [{" t": ["success", f"{NAME}: saved"]}], "_user_id": account.fs_uniquifier})
    db.add(SignInRow(id_hash=b"1", account_key=account.fs_uniquifier, data=data, started=NOW, seen=NOW))
    db.flush()
    return child


def test_the_name_is_gone_from_every_column_of_the_database_and_from_its_file(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        child = fill_with_the_name(db, place)
    assert everything(database).count("quillfeather") > 15
    erased(database, place, child.id, every=True)
    left = everything(database)
    for word in ("zebedee", "quillfeather", UPN.lower(), "r0042", "willow", "zebbie"):
        assert word not in left, word
    assert "a pupil reads well. so says a pupil's mother (upn a pupil)" in left
    if database.engine.dialect.name == "sqlite":
        assert database.overwrite_free_space()
        for removed in (b"zebedee", b"quillfeather", UPN.lower().encode()):
            assert removed not in raw(database), removed


def test_what_colleagues_are_in_the_middle_of_loses_the_name_and_nothing_else(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        child = fill_with_the_name(db, place)
    seen = outlook(database, place, child.id)
    assert (len(seen.sheets), len(seen.drafts)) == (1, 2)
    erased(database, place, child.id)
    with database.read() as db:
        assert [each.typed for each in db.scalars(select(DraftRow))] == [[["note", "about a pupil, our a pupil"]]]
        assert [each.name for each in db.scalars(select(ImportDraftRow))] == ["other.csv"]
        assert "a pupil: saved" in db.scalars(select(SignInRow.data)).one()
        sources = sorted(each.source for each in rows_of(db, FundingRow, place.school.id))
        assert sources == ["a pupil", "a pupil (2)"], "two sources of money stay two"
        assert sorted(db.scalars(select(ColumnMatchRow.heading))) == ["a pupil", "a pupil "]


def test_a_single_word_is_written_over_only_where_a_person_has_said_so(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        child = pupil(db, place, "Summer Will")
        note(db, place, "In the Summer term", "q1")
        note(db, place, "Summer has moved up", "q2")
        note(db, place, "We saw Summer Will", "q3")
        note(db, place, "They will come", "q4")
    seen = outlook(database, place, child.id)
    assert [each.text.text for each in seen.sure] == ["We saw Summer Will"] * 2, "the note, and what was said of it"
    assert {each.text.text for each in seen.asked} == {"In the Summer term", "Summer has moved up", "They will come"}
    erased(database, place, child.id, tick="moved up")
    with database.read() as db:
        notes = sorted(row.note for row in answers_of(db, place.review).values())
    assert notes == ["In the Summer term", "They will come", "We saw a pupil", "a pupil has moved up"]


@pytest.mark.parametrize(
    "name", ["Aoife O'Brien", "Siân Ŵyn", "Nguyễn Thị Hoa", "Zoë <b>Smythe</b>", "Anne-Marie Li", "(.*) x+"]
)
def test_whatever_a_name_is_it_is_found_in_texts_and_audit(database: Database, name: str) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        child = pupil(db, place, name)
        note(db, place, f"It went well for {name}.")
        note(db, place, "Nothing to do with it", "q2")
    assert len(outlook(database, place, child.id).sure or outlook(database, place, child.id).asked) >= 1
    erased(database, place, child.id, every=True)
    assert name.lower() not in everything(database)
    assert "nothing to do with it" in everything(database)


def test_a_name_of_one_word_and_a_reference_are_only_asked_about(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        child = pupil(db, place, "Mia", reference="R0042")
        note(db, place, "Mia, file R0042")
    seen = outlook(database, place, child.id)
    assert seen.sure == () and len(seen.asked) == 4


def test_where_another_pupil_or_a_teacher_bears_the_name_a_person_says_who_is_meant(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        child, other = pupil(db, place, "Ada Smith"), pupil(db, place, "Ada Smith")
        role = add(db, place, StaffRoleRow, name="TA")
        add(db, place, StaffRow, name="Ada Smith", role_id=role.id, weekly_hours=Decimal(30))
        note(db, place, "Ada Smith reads")
    seen = outlook(database, place, child.id)
    assert seen.sure == ()
    erased(database, place, child.id)
    with database.read() as db:
        assert sorted(row.name for row in rows_of(db, PupilRow, place.school.id)) == ["Ada Smith", "Erased pupil 1"]
        assert [row.name for row in rows_of(db, StaffRow, place.school.id)] == ["Ada Smith"]
        assert to_erase(db, place.school.id, [other.id])[0].name == "Ada Smith"


def test_a_submitted_plan_stays_as_it_was_and_is_said(database: Database) -> None:
    place = make_place(database)
    plan = json.dumps({"note": "About Siân Ŵyn"}, ensure_ascii=True)
    with database.write.begin() as db:
        child = pupil(db, place, "Siân Ŵyn")
        submit_plan(db, place.review, place.by, number=1, plan_format=1, plan=plan, pdf=b"%PDF")
    seen = outlook(database, place, child.id)
    assert [(each.text.text, each.text.path) for each in seen.frozen] == [("About Siân Ŵyn", ("note",))]
    assert seen.sure == seen.asked == ()
    erased(database, place, child.id)
    with database.read() as db:
        row = db.scalars(select(SubmittedPlanRow)).one()
        assert row.plan == plan
        audit = db.scalars(select(AuditRow).where(AuditRow.did == "erased a pupil")).one()
        assert audit.new is not None and audit.new["left in submitted plans"] == "1"


def test_what_a_colleague_saves_after_the_look_is_never_lost(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        child = pupil(db, place)
        note(db, place, f"About {NAME}")
    with database.write() as db:
        seen = look(db, place.school.id, to_erase(db, place.school.id, [child.id]))
        db.execute(update(AnswerRow).values(note=f"About {NAME}, and what a colleague adds"))
        db.commit()
        with pytest.raises(Overtaken):
            erase(db, place.school.id, seen, [], place.by)
    with database.read() as db:
        assert db.scalars(select(AnswerRow.note)).one() == f"About {NAME}, and what a colleague adds"
        assert to_erase(db, place.school.id, [child.id])[0].name == NAME
    with database.write() as db, pytest.raises(Overtaken):
        write_over(db, place.school.id, "answer", 1, "note", {(): ("gone", "a pupil")})


def test_one_text_of_several_is_written_over_only_where_it_still_stands(database: Database) -> None:
    """Texts in JSON are compared one by one: PostgreSQL cannot compare the whole."""
    place, was = make_place(database), {"name": NAME, "more": "as it was"}
    with database.write.begin() as db:
        record(db, place.school.id, place.by, "wrote", "a thing", None, was)
        row = db.scalars(select(AuditRow.id).where(AuditRow.subject == "a thing")).one()
        write_over(db, place.school.id, "audit", row, "new", {("name",): (NAME, "a pupil")})
        with pytest.raises(Overtaken):
            write_over(db, place.school.id, "audit", row, "new", {("name",): (NAME, "a pupil")})
        with pytest.raises(Overtaken):
            write_over(db, place.school.id, "audit", row, "new", {("never",): (NAME, "a pupil")})
        assert db.scalars(select(AuditRow.new).where(AuditRow.id == row)).one() == was | {"name": "a pupil"}


def packed(db: Session, place: Place, of: PupilRow, said: str, number: int = 1) -> PackRow:
    pack = json.dumps({"years": [{"said": said}]})
    return keep_pack(
        db, place.school.id, of.id, place.by, number=number, reader=Reader.FULL, with_cost=False, pack_format=1, pack=pack, pdf=b"%PDF",
    )  # fmt: skip


def test_a_pack_of_another_pupil_stays_as_it_was_and_its_number_is_said(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        child, other = pupil(db, place, "Hope Gray"), pupil(db, place, "Mia Moon")
        note(db, place, "We hope so")
        packed(db, place, child, "We hope")
        packed(db, place, other, "We read", 1)
        packed(db, place, other, "We hope. Hope Gray came", 2)
    seen = outlook(database, place, child.id)
    assert {(each.text.table, each.text.text) for each in seen.asked} == {
        ("answer", "We hope so"),
        ("audit", "We hope so"),
    }
    assert [each.text.table for each in seen.frozen] == ["pack", "pack"]
    assert seen.sure == () and seen.packs == ((2, 2),), "her own goes; which of the other's it is, and how often"
    erased(database, place, child.id, every=True)
    with database.read() as db:
        packs = db.scalars(select(PackRow).order_by(PackRow.number)).all()
        assert [(row.number, row.pupil_id) for row in packs] == [(1, other.id), (2, other.id)]
        for row in packs:
            assert row.sha256 == hashlib.sha256(row.pack.encode() + row.pdf).hexdigest()
        audit = db.scalars(select(AuditRow).where(AuditRow.did == "erased a pupil")).one()
        assert audit.new is not None
        assert (audit.new["left in submitted plans"], audit.new["left in packs"]) == ("0", "2")


def test_the_audit_says_that_it_was_done_by_whom_and_when_and_never_who_it_was(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        child = pupil(db, place)
    erased(database, place, child.id)
    with database.read() as db:
        (row,) = db.scalars(select(AuditRow).where(AuditRow.did == "erased a pupil"))
        assert (row.subject, row.account_id, row.at) == ("Erased pupil 1", place.by.account_id, NOW)
        assert "quillfeather" not in json.dumps([row.old, row.new]).lower()


def test_a_form_that_still_shows_the_name_cannot_bring_it_back(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        child = pupil(db, place)
        note(db, place, f"About {NAME}")
        version = answers_of(db, place.review)["q"].version
    erased(database, place, child.id)
    with database.write.begin() as db:
        again = {
            "choice": "no",
            "note": f"About {NAME}, and more",
            "evidence": "",
            "basis": None,
            "reason": "",
            "agreed": False,
        }
        assert not save_answer(db, place.review, "q", version, place.by, **again)
        assert db.scalars(select(AnswerRow.note)).one() == "About a pupil"


def test_erased_pupils_are_looked_for_no_more_and_no_file_finds_them(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        child, other = pupil(db, place), pupil(db, place, "Mia Moon")
    erased(database, place, child.id)
    with database.read() as db:
        assert written_names(db, place.school.id) == (["Mia Moon"], [])
        assert [each.name for each in kept_pupils(db, place.school.id, 2026)] == ["Mia Moon"]
        assert to_erase(db, place.school.id, [child.id]) == ()
    assert erased(database, place, child.id) == []
    assert erased(database, place, other.id) == ["Erased pupil 2"]


def test_several_pupils_are_erased_at_once_each_under_a_name_of_its_own(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        one, two = pupil(db, place), pupil(db, place, "Mia Moon")
        note(db, place, f"{NAME} and Mia Moon")
    assert erased(database, place, one.id, two.id) == ["Erased pupil 1", "Erased pupil 2"]
    with database.read() as db:
        assert db.scalars(select(AnswerRow.note)).one() == "a pupil and a pupil"


def test_nothing_of_another_school_is_looked_at_or_touched(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        values = {c.name: getattr(place.school, c.name) for c in place.school.__table__.c}
        profile = {key: values[key] for key in values if key not in ("id", "slug", "name", "authority_id")}
        elm = add_school(db, place.school.authority_id, name="Elm", **profile)
        child = pupil(db, place)
        add_row(db, InterventionRow, elm.id, place.by, "a row", year=2026, name=NAME, tier="targeted")
        theirs = add_row(db, PupilRow, elm.id, place.by, "a row", name=NAME, status="K", upn=UPN)
    with database.read() as db:
        assert to_erase(db, place.school.id, [theirs.id]) == ()
    erased(database, place, child.id)
    with database.read() as db:
        assert [row.name for row in rows_of(db, PupilRow, elm.id)] == [NAME]
        assert [row.name for row in rows_of(db, InterventionRow, elm.id)] == [NAME]


def test_a_text_that_grows_past_its_column_is_cut(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        child = pupil(db, place, "Bo Li")
        add(db, place, InterventionRow, year=2026, name="Bo Li " * 33, tier="targeted")
    erased(database, place, child.id)
    with database.read() as db:
        name = rows_of(db, InterventionRow, place.school.id)[0].name
    assert len(name) == 200 and "Li" not in name


def test_what_is_asked_has_another_key_as_soon_as_the_text_is_another(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        child = pupil(db, place)
        it = add(db, place, InterventionRow, year=2026, name="Zebedee reads", tier="targeted")
    before = outlook(database, place, child.id)
    with database.write.begin() as db:
        row = rows_of(db, InterventionRow, place.school.id)[0]
        change_row(db, row, row.version, place.by, "intervention", name="Zebedee writes")
    after = outlook(database, place, child.id)
    assert it.id == row.id and before.seen != after.seen
    assert not {each.key for each in before.asked} & {
        each.key for each in after.asked if each.text.table == "intervention"
    }
