from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy.exc import IntegrityError

from tests.store.school import Place, audit_of, make_place
from vfm.store.engine import Database
from vfm.store.funds import LedgerRow
from vfm.store.ids import new_id
from vfm.store.provision import InterventionRow, TakesPartRow
from vfm.store.pupils import PupilRow
from vfm.store.rows import add_row, change_row, count_rows, remove_row, row_of, rows_of


class Stop(Exception):
    """Something goes wrong before the transaction is over."""


def add_ledger(database: Database, place: Place, name: str = "Support staff") -> LedgerRow:
    with database.write.begin() as db:
        return add_row(db, LedgerRow, place.school.id, place.by, "line", year=2026, name=name, amount=Decimal(80000))


def test_a_row_that_nobody_else_changed_is_changed_and_its_version_rises(database: Database) -> None:
    place = make_place(database)
    row = add_ledger(database, place)
    with database.write.begin() as db:
        there = db.merge(row, load=True)
        assert change_row(db, there, 1, place.by, "line", name="Education support staff")
        assert [there.name, there.version] == ["Education support staff", 2]


def test_an_old_version_is_refused_and_changes_nothing_at_all(database: Database) -> None:
    place = make_place(database)
    row = add_ledger(database, place)
    with database.write.begin() as db:
        assert change_row(db, db.merge(row), 1, place.by, "line", name="First")
    with database.write.begin() as db:
        there = row_of(db, LedgerRow, place.school.id, row.id)
        assert there is not None
        assert not change_row(db, there, 1, place.by, "line", name="Second")
    with database.read() as db:
        assert [each.name for each in rows_of(db, LedgerRow, place.school.id)] == ["First"]
        assert [(each.did, each.new) for each in audit_of(db, place)][1:] == [("changed", {"name": "First"})]


def test_of_two_who_saw_the_same_version_the_second_is_told(database: Database) -> None:
    place = make_place(database)
    row = add_ledger(database, place)
    with database.read() as first, database.read() as second:
        one = row_of(first, LedgerRow, place.school.id, row.id)
        two = row_of(second, LedgerRow, place.school.id, row.id)
    assert one is not None
    assert two is not None
    with database.write.begin() as db:
        assert change_row(db, db.merge(one), one.version, place.by, "line", name="One's")
    with database.write.begin() as db:
        assert not change_row(db, db.merge(two, load=False), two.version, place.by, "line", name="Two's")


def test_a_row_that_was_removed_cannot_be_changed(database: Database) -> None:
    place = make_place(database)
    row = add_ledger(database, place)
    with database.write.begin() as db:
        remove_row(db, db.merge(row), place.by, "line")
    with database.write.begin() as db:
        assert not change_row(db, db.merge(row, load=False), 1, place.by, "line", name="Ghost")
        assert count_rows(db, LedgerRow, place.school.id) == 0


def test_the_audit_says_who_did_what_when_with_old_and_new(database: Database) -> None:
    place = make_place(database)
    row = add_ledger(database, place)
    with database.write.begin() as db:
        there = db.merge(row)
        change_row(
            db, there, 1, place.by, "line 1", name="Support staff", amount=Decimal("79999.99"), sen_share=Decimal(50)
        )
        remove_row(db, there, place.by, "line 1")
    with database.read() as db:
        added, changed, removed = audit_of(db, place)
    assert added.new == {"year": "2026", "name": "Support staff", "amount": "80000"}
    assert (changed.account_id, changed.at, changed.did, changed.subject) == (
        place.by.account_id,
        place.by.at,
        "changed",
        "line 1",
    )
    assert changed.old is not None
    assert changed.old["sen_share"] == ""
    assert Decimal(changed.old["amount"]) == 80000
    assert changed.new == {"amount": "79999.99", "sen_share": "50"}
    assert removed.old is not None
    assert removed.old["name"] == "Support staff"
    assert removed.new is None


def test_saving_what_stands_there_already_is_no_change_in_the_audit(database: Database) -> None:
    place = make_place(database)
    row = add_ledger(database, place)
    with database.write.begin() as db:
        assert change_row(db, db.merge(row), 1, place.by, "line", name="Support staff")
    with database.read() as db:
        assert [each.did for each in audit_of(db, place)] == ["added"]


def test_a_save_and_its_audit_row_are_there_together_or_not_at_all(database: Database) -> None:
    place = make_place(database)
    row = add_ledger(database, place)
    with pytest.raises(Stop), database.write.begin() as db:
        there = db.merge(row)
        add_row(db, LedgerRow, place.school.id, place.by, "line", year=2026, name="Lost", amount=Decimal(1))
        assert change_row(db, there, 1, place.by, "line", name="Lost too")
        remove_row(db, there, place.by, "line")
        assert len(audit_of(db, place)) == 4
        raise Stop
    with database.read() as db:
        assert [each.name for each in rows_of(db, LedgerRow, place.school.id)] == ["Support staff"]
        assert [each.did for each in audit_of(db, place)] == ["added"]


def test_an_audit_that_cannot_be_written_takes_the_save_with_it(database: Database) -> None:
    place = make_place(database)
    nobody = replace(place.by, account_id=new_id())
    with pytest.raises(IntegrityError), database.write.begin() as db:
        add_row(db, LedgerRow, place.school.id, nobody, "line", year=2026, name="Lost", amount=Decimal(1))
    with database.read() as db:
        assert count_rows(db, LedgerRow, place.school.id) == 0


def test_of_a_pupil_the_audit_says_that_something_changed_and_not_what(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        row = add_row(db, PupilRow, place.school.id, place.by, "pupil", name="Siân Ŵyn", status="E", need="SEMH")
        change_row(db, row, 1, place.by, f"pupil {row.id}", name="Sian Quill", status="K")
        remove_row(db, row, place.by, f"pupil {row.id}")
    with database.read() as db:
        rows = audit_of(db, place)
    assert [each.did for each in rows] == ["added", "changed", "removed"]
    assert [(each.old, each.new) for each in rows] == [(None, None)] * 3
    assert {each.subject for each in rows} == {"pupil", f"pupil {row.id}"}


def test_nor_does_the_audit_hold_what_came_of_an_intervention_for_a_pupil(database: Database) -> None:
    place = make_place(database)
    school, by = place.school.id, place.by
    with database.write.begin() as db:
        pupil = add_row(db, PupilRow, school, by, "pupil", name="Ann", status="K")
        it = add_row(db, InterventionRow, school, by, "it", year=2026, name="Reading", tier="targeted")
        row = add_row(db, TakesPartRow, school, by, "who takes part", intervention_id=it.id, pupil_id=pupil.id)
        change_row(db, row, 1, by, "who takes part", result="not")
        remove_row(db, row, by, "who takes part")
    with database.read() as db:
        rows = [each for each in audit_of(db, place) if each.subject == "who takes part"]
    assert [each.did for each in rows] == ["added", "changed", "removed"]
    assert [(each.old, each.new) for each in rows] == [(None, None)] * 3


def test_a_row_of_another_school_is_not_there(database: Database) -> None:
    place = make_place(database)
    row = add_ledger(database, place)
    with database.read() as db:
        assert row_of(db, LedgerRow, place.school.id + 1, row.id) is None
        assert rows_of(db, LedgerRow, place.school.id + 1) == []
        assert row_of(db, LedgerRow, place.school.id, row.id, year=2025) is None
