"""A year that turns: what is refused whoever asks, and two people at the same moment."""

from threading import Thread

from tests.store.school import Place, make_place
from vfm.store.engine import Database
from vfm.store.programmes import hold_catalogue
from vfm.store.reviews import review_of
from vfm.store.rows import rows_of
from vfm.store.year_end import CONFIRMED, UNDONE, RollOverRow, confirm, make_draft, rolled_over, since_made, undo

MOMENT = 0.4


def drafted(database: Database, place: Place, year: int) -> bool:
    with database.write.begin() as db:
        return make_draft(db, place.school.id, year, [], [], {}, place.by) is not None


def confirmed(database: Database, place: Place) -> bool:
    with database.write.begin() as db:
        row = rolled_over(db, place.school.id, 2026)
        return row is not None and confirm(db, row, row.version, place.by)


def undone(database: Database, place: Place, year: int) -> bool:
    with database.write.begin() as db:
        row = rolled_over(db, place.school.id, year)
        assert row is not None
        return undo(db, row, since_made(db, row).mark, place.by)


def states(database: Database, place: Place) -> list[str]:
    with database.read() as db:
        return [row.state for row in rows_of(db, RollOverRow, place.school.id)]


def test_no_draft_is_made_from_a_draft(database: Database) -> None:
    place = make_place(database)
    assert drafted(database, place, 2026) and not drafted(database, place, 2027)
    assert confirmed(database, place) and drafted(database, place, 2027)


def test_a_draft_is_not_undone_while_the_year_after_rests_on_it(database: Database) -> None:
    place = make_place(database)
    assert drafted(database, place, 2027) and drafted(database, place, 2026)
    assert not undone(database, place, 2026)
    assert undone(database, place, 2027) and undone(database, place, 2026)


def test_who_confirms_while_somebody_undoes_waits_and_comes_second(database: Database) -> None:
    place, said = make_place(database), list[bool]()
    assert drafted(database, place, 2026)
    with database.write() as db:
        hold_catalogue(db, place.school.id)  # as an undo does first
        other = Thread(target=lambda: said.append(confirmed(database, place)))
        other.start()
        other.join(MOMENT)
        assert said == []
        row = rolled_over(db, place.school.id, 2026)
        assert row is not None and undo(db, row, since_made(db, row).mark, place.by)
        db.commit()
    other.join()
    assert said == [False] and states(database, place) == [UNDONE]


def test_who_undoes_while_somebody_confirms_undoes_nothing(database: Database) -> None:
    place, said = make_place(database), list[bool]()
    assert drafted(database, place, 2026)
    with database.write() as db:
        row = rolled_over(db, place.school.id, 2026)
        assert row is not None and confirm(db, row, row.version, place.by)
        other = Thread(target=lambda: said.append(undone(database, place, 2026)))
        other.start()
        other.join(MOMENT)
        assert said == []
        db.commit()
    other.join()
    assert said == [False] and states(database, place) == [CONFIRMED]
    with database.read() as db:
        assert review_of(db, place.school.id, 2027) is not None
