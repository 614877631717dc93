"""What pupils took part in over many years, read with a fixed number of selects, and what is set aside."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.questions.real import BANK
from tests.store.school import Place, make_place
from tests.store.test_monitoring import counted
from vfm.store.cases import case_of
from vfm.store.engine import Database
from vfm.store.programmes import ProgrammeRow, catalogue_of
from vfm.store.provision import GiverRow, InterventionRow, TakesPartRow
from vfm.store.pupils import PupilRow
from vfm.store.rows import add_row, remove_row, rows_of
from vfm.store.set_aside import SetAsideRow, set_aside, set_aside_of
from vfm.store.taken import taken_until
from vfm.value.repeats import repeats_in


def add(db: Session, place: Place, table: type[Any], **values: Any) -> Any:
    return add_row(db, table, place.school.id, place.by, "a row", **values)


def take(db: Session, place: Place, pupil: Any, year: int, name: str, programme: Any = None, **part: Any) -> Any:
    it = add(
        db, place, InterventionRow, year=year, name=name, tier="targeted", programme_id=programme.id if programme else None
    )  # fmt: skip
    add(db, place, TakesPartRow, intervention_id=it.id, pupil_id=pupil.id, **part)
    return it


def mia(db: Session, place: Place) -> Any:
    return add(db, place, PupilRow, name="Mia", status="K")


def test_a_line_that_names_no_programme_is_the_one_whose_name_or_alias_it_bears(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        pupil = mia(db, place)
        lexia = add(db, place, ProgrammeRow, name="Lexia", aliases="Core5", kind="phonics", tier="targeted")
        take(db, place, pupil, 2024, "Before lunch", lexia)
        take(db, place, pupil, 2025, "CORE 5")
        take(db, place, pupil, 2026, "Something else")
        found = taken_until(db, place.school.id, 2026, catalogue_of(db, place.school.id))
    assert [(each.year, each.called, each.kind) for each in found] == [
        (2024, "Lexia", "phonics"), (2025, "Lexia", "phonics"), (2026, "Something else", ""),
    ]  # fmt: skip
    assert found[0].programme == found[1].programme != found[2].programme


def test_later_years_are_not_read(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        pupil = mia(db, place)
        for year in (2025, 2026, 2027):
            take(db, place, pupil, year, "Reading")
        assert [each.year for each in taken_until(db, place.school.id, 2026, catalogue_of(db, place.school.id))] == [
            2025,
            2026,
        ]


def test_who_gives_it_is_a_person_where_one_is_named(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        it = take(db, place, mia(db, place), 2026, "Reading")
        add(db, place, GiverRow, intervention_id=it.id, kind="volunteer", number=Decimal(1))
        (found,) = taken_until(db, place.school.id, 2026, catalogue_of(db, place.school.id))
    assert found.adults == {"volunteer"}


def test_ten_years_of_history_take_no_more_selects_than_one(database: Database) -> None:
    place = make_place(database)
    sent = {}
    with database.write.begin() as db:
        pupil = mia(db, place)
        take(db, place, pupil, 2026, "Reading")
    for years in (1, 10):
        if years == 10:
            with database.write.begin() as db:
                kept = [row for row in rows_of(db, PupilRow, place.school.id)]
                for year in range(2017, 2026):
                    take(db, place, kept[0], year, "Reading")
        with database.read() as db, counted(database) as statements:
            case = case_of(db, place.review, BANK, today=place.by.at.date())
            assert len(case.taken) == years
            sent[years] = len(statements)
    assert sent[10] == sent[1]


def test_one_thing_is_set_aside_once_and_goes_with_its_pupil(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        pupil = mia(db, place)
        its = [take(db, place, pupil, year, "Reading") for year in (2024, 2025, 2026)]
        (found,) = repeats_in(taken_until(db, place.school.id, 2026, catalogue_of(db, place.school.id)), 2026)
        for reason in ("First", "Second"):
            set_aside(db, place.school.id, found, reason, place.by)
        assert [row.reason for row in rows_of(db, SetAsideRow, place.school.id)] == ["First"]
        assert set_aside_of(db, place.school.id) == {(found.key, found.digest)}
        for it in its:
            remove_row(db, it, place.by, "a row")
        remove_row(db, pupil, place.by, "a row")
        assert set_aside_of(db, place.school.id) == frozenset()


def test_the_database_refuses_the_same_thing_twice(database: Database) -> None:
    place = make_place(database)
    row = {"key": "k", "facts": "f", "reason": "r", "by_account": place.by.account_id, "at": place.by.at}
    with pytest.raises(IntegrityError), database.write.begin() as db:
        for _ in range(2):
            add(db, place, SetAsideRow, **row)
