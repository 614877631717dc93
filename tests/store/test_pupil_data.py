"""Everything about a pupil is gathered by keys and texts, and nothing of another child is in it."""

import datetime as dt
import json

from tests.store.school import NOW, make_place
from tests.store.test_erasing import NAME, add, note, packed, pupil
from vfm.pupils.pupil_data import PupilData, as_json
from vfm.store.audit import record
from vfm.store.engine import Database
from vfm.store.funds import IncomeRow
from vfm.store.imports import keep_sheet
from vfm.store.provision import InterventionRow, TakesPartRow
from vfm.store.pupil_data import data_of
from vfm.store.pupils import PupilRow
from vfm.store.retention import stays_of
from vfm.store.rows import change_row
from vfm.store.set_aside import SetAsideRow
from vfm.store.year_groups import set_groups


def told(database: Database, row: PupilRow) -> PupilData:
    with database.read() as db:
        return data_of(db, db.get_one(PupilRow, (row.school_id, row.id)), NOW)


def shown(data: PupilData, table: str) -> list[dict[str, str]]:
    rows = next((each.rows for each in (*data.kept, data.lines) if each.table == table), ())
    return [{item.label: item.shown for item in row} for row in rows]


def test_codes_money_people_and_lines_are_told_in_words(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        child = pupil(db, place, joined=dt.date(2024, 9, 2))
        line = add(
            db, place, InterventionRow, year=2026, name="Reading", tier="targeted", lead="Mr Lead", decision="stop"
        )
        add(db, place, TakesPartRow, intervention_id=line.id, pupil_id=child.id, result="partly")
        add(db, place, IncomeRow, kind="top-up", name="Top-up", pupil_id=child.id)
        set_groups(db, place.school.id, 2026, {child.id: 5}, place.by)
        add(
            db, place, SetAsideRow, key="gap.1", facts="f", pupil_id=child.id, reason="A reason", at=NOW,
            by_account=place.by.account_id,
        )  # fmt: skip
    data = told(database, child)
    (register,) = shown(data, "pupil")
    assert register["SEN status"] == "EHC plan (E)"
    (step,) = shown(data, "year_step")
    assert (step["From the academic year"], step["Year group, one higher each year after"]) == (
        "2026 to 2027",
        "Year 5",
    )
    assert (register["Primary need"], register["First day at the school"]) == (
        "Autistic spectrum disorder",
        "2 September 2024",
    )
    assert shown(data, "takes_part")[0]["Intervention"] == "Reading (2026 to 2027)"
    (told_of,) = shown(data, "intervention")
    assert (told_of["Tier"], told_of["Decision"]) == ("Targeted", "Stop") and "Mr Lead" not in str(told_of)
    assert shown(data, "set_aside")[0]["Set aside by"] == "The Head"
    assert len(shown(data, "income")) == 1
    assert json.loads(as_json(data))["pupil"] == NAME


def test_a_text_that_may_speak_of_another_of_the_same_name_is_left_out_and_said(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        child, other = pupil(db, place, "Ada Smith"), pupil(db, place, "Ada Brown")
        twin = pupil(db, place, "Ada Smith")
        note(db, place, "Ada reads", "q1")
        note(db, place, "Smith reads, and Brown writes", "q2")
    data = told(database, child)
    assert data.mentions == () and any("Ada reads" in each for each in data.look)
    mine = told(database, other)
    assert {each.text for each in mine.mentions} == {"Another pupil reads, and Brown writes"}
    assert twin.id != child.id


def test_a_pack_of_another_child_is_never_a_mention_and_an_own_pack_is_kept_data(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        child, other = pupil(db, place, "Hope Gray"), pupil(db, place, "Mia Moon")
        packed(db, place, child, "Hope likes music")
        packed(db, place, other, "We hope that this will go on")
        note(db, place, "We hope so")
    data = told(database, child)
    assert {each.text for each in data.mentions} == {"We hope so"}, "the note, and the record of it"
    assert len(shown(data, "pack")) == 1
    assert "go on" not in as_json(data) and "likes music" in as_json(data)


def test_a_sheet_that_is_being_brought_in_is_told_too(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        child = pupil(db, place)
        sheet = {"rows": [[2, [NAME, "Mia Moon"]]]}
        keep_sheet(db, place.school.id, place.by.account_id, 2026, "pupils", "class.csv", sheet, NOW)
    assert [(each.where, each.text) for each in told(database, child).mentions] == [
        ("a sheet that is being brought in", NAME)
    ]


def test_the_record_of_changes_is_found_by_the_keys_of_the_rows(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        child, other = pupil(db, place), pupil(db, place, "Mia Moon")
        change_row(db, child, 1, place.by, f"pupil {child.id}", need="SLCN")
        record(db, place.school.id, place.by, "looked at", f"pupil {other.id}")
    assert [(each.who, each.did, each.subject) for each in told(database, child).did] == [
        ("The Head", "changed", "pupil")
    ]


def test_when_a_pupil_was_last_seen_is_when_entered_changed_or_on_a_map(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        long_ago = PupilRow(school_id=place.school.id, id=1, name="Old", status="K")
        mapped = PupilRow(school_id=place.school.id, id=2, name="Mapped", status="K")
        db.add_all([long_ago, mapped])
        changed = pupil(db, place)
        change_row(db, changed, 1, place.by, f"pupil {changed.id}", need="SLCN")
        line = add(db, place, InterventionRow, year=2025, name="Reading", tier="targeted")
        add(db, place, TakesPartRow, intervention_id=line.id, pupil_id=mapped.id)
    with database.read() as db:
        seen = {each.pupil: each.last_seen for each in stays_of(db, place.school.id)}
    assert seen == {1: dt.date(2025, 6, 15), 2: dt.date(2026, 8, 31), changed.id: NOW.date()}
