"""The school's catalogue in the database: one name, one programme, whoever writes at the same time."""

import threading

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from tests.store.school import Place, audit_of, make_place
from tests.world import PROFILE
from vfm.costing.catalogue import Catalogue
from vfm.costing.intervention import Tier
from vfm.costing.programme import Programme, Span, Usual
from vfm.costing.programme_library import read_library
from vfm.pupils.pupil import AreaOfNeed
from vfm.store.accounts import add_school
from vfm.store.engine import Database
from vfm.store.programme_uses import join, numbers_of_uses, uses_of
from vfm.store.programmes import (
    Named,
    ProgrammeRow,
    add_from_library,
    aliases_in,
    as_aliases,
    as_programme,
    catalogue_of,
    named_or_added,
)
from vfm.store.provision import InterventionRow, interventions_of
from vfm.store.rows import add_row, rows_of

LIBRARY = read_library()


def add(database: Database, place: Place, name: str, **more: object) -> int:
    with database.write.begin() as db:
        return add_row(db, ProgrammeRow, place.school.id, place.by, "p", name=name, **({"tier": "targeted"} | more)).id


def use(database: Database, place: Place, name: str, programme_id: int | None, year: int = 2026) -> int:
    values = {"year": year, "name": name, "tier": "targeted", "programme_id": programme_id}
    with database.write.begin() as db:
        return add_row(db, InterventionRow, place.school.id, place.by, "it", **values).id


def named(database: Database, place: Place, typed: str, library: Catalogue = LIBRARY) -> Named:
    with database.write.begin() as db:
        return named_or_added(db, place.school.id, typed, library, place.by, tier="specialist", need="Reading")


def listed(database: Database, place: Place) -> dict[str, str]:
    with database.read() as db:
        return {row.name: row.aliases for row in rows_of(db, ProgrammeRow, place.school.id)}


def test_other_names_are_kept_once_each_in_their_order() -> None:
    assert aliases_in(" b ;a;; B-;c  d; a!", "C") == ["b", "a", "c d"]
    assert aliases_in("a; b; A", "b") == ["a"]
    assert aliases_in("") == []
    assert as_aliases(["one; two", "Three", "three"], "x") == "one, two; Three"
    assert aliases_in(as_aliases(["one; two"])) == ["one, two"]


def test_a_row_becomes_a_plain_programme(database: Database) -> None:
    place = make_place(database)
    add(database, place, "Lexia", aliases="Core5; Lexia", need="Cognition and learning", kind="early reading")
    with database.read() as db:
        (row,) = rows_of(db, ProgrammeRow, place.school.id)
        assert as_programme(row) == Programme(
            str(row.id), "Lexia", Tier.TARGETED, "early reading", (AreaOfNeed.COGNITION,), ("Core5",)
        )


def test_a_library_entry_comes_with_its_names_and_the_numbers_that_are_one(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        row = add_from_library(db, place.school.id, LIBRARY.by_key["lexia-core5-reading"], place.by)
    assert (row.name, row.library, row.kind, row.tier) == (
        "Lexia Core5 Reading",
        "lexia-core5-reading",
        "early reading",
        "targeted",
    )
    assert row.aliases.startswith("Lexia; Lexia Core5; ")
    assert row.need == "Cognition and learning"
    assert [str(each) for each in (row.minutes, row.sessions_a_week, row.weeks)] == ["30", "4", "None"], (
        "12 to 24 is not one"
    )
    with database.read() as db:
        assert as_programme(rows_of(db, ProgrammeRow, place.school.id)[0]).usual == Usual(Span(30, 30), Span(4, 4))


def test_a_typed_name_is_the_programme_that_answers_to_it(database: Database) -> None:
    place = make_place(database)
    identity = add(database, place, "Lexia", aliases="Core5")
    for typed in ("Lexia", "LEXIA", "core 5"):
        found = named(database, place, typed)
        assert (found.identity, found.name, found.added) == (identity, "Lexia", False)
        assert found.resolved == (typed == "core 5")
    assert listed(database, place) == {"Lexia": "Core5"}


def test_a_new_name_is_added_once(database: Database) -> None:
    place = make_place(database)
    first, again = named(database, place, "Our own scheme"), named(database, place, "our own-scheme")
    assert first.added and not first.from_library and not again.added
    assert first.identity == again.identity
    with database.read() as db:
        (row,) = rows_of(db, ProgrammeRow, place.school.id)
    assert (row.name, row.tier, row.need, row.library) == ("Our own scheme", "specialist", "Reading", None)


def test_a_name_of_the_library_brings_what_the_library_knows(database: Database) -> None:
    place = make_place(database)
    found = named(database, place, "lexia core 5")
    assert (found.name, found.added, found.from_library, found.resolved) == ("Lexia Core5 Reading", True, True, True)
    assert named(database, place, "Lexia UK").identity == found.identity


def test_a_published_programme_that_the_school_calls_otherwise_is_found(database: Database) -> None:
    place = make_place(database)
    identity = add(database, place, "Core5")
    found = named(database, place, "Lexia")
    assert (found.identity, found.added, found.resolved) == (identity, False, True)
    assert listed(database, place) == {"Core5": ""}


def test_a_plain_label_of_the_library_is_added_as_it_was_typed(database: Database) -> None:
    place = make_place(database)
    add(database, place, "Reading group")
    found = named(database, place, "Inference group")
    assert (found.name, found.added, found.from_library) == ("Inference group", True, False)
    with database.read() as db:
        assert [row.kind for row in rows_of(db, ProgrammeRow, place.school.id)] == ["", "comprehension"]


def test_a_word_that_may_mean_several_is_added_as_it_was_typed(database: Database) -> None:
    place = make_place(database)
    assert named(database, place, "RWI").name == "RWI"


def test_one_name_and_one_library_entry_stand_once_at_a_school_and_again_at_another(database: Database) -> None:
    place = make_place(database)
    add(database, place, "Lexia", library="lexia")
    for values in ({"name": "Lexia"}, {"name": "Other", "library": "lexia"}):
        with pytest.raises(IntegrityError):
            add(database, place, **values)
    with database.write.begin() as db:
        other = add_school(db, place.school.authority_id, name="Other School", **PROFILE)
        add_row(db, ProgrammeRow, other.id, place.by, "p", name="Lexia", tier="targeted", library="lexia")


def test_a_programme_that_an_intervention_uses_stays(database: Database) -> None:
    place = make_place(database)
    identity = add(database, place, "Lexia")
    use(database, place, "Reading", identity)
    with pytest.raises(IntegrityError), database.write.begin() as db:
        db.execute(delete(ProgrammeRow).where(ProgrammeRow.id == identity))
    assert listed(database, place) == {"Lexia": ""}


def test_an_intervention_cannot_use_a_programme_of_another_school(database: Database) -> None:
    place = make_place(database)
    identity = add(database, place, "Lexia")
    with pytest.raises(IntegrityError), database.write.begin() as db:
        other = add_school(db, place.school.authority_id, name="Other School", **PROFILE)
        add_row(
            db, InterventionRow, other.id, place.by, "it", year=2026, name="X", tier="targeted", programme_id=identity
        )


def test_the_map_holds_the_name_that_the_catalogue_has_now(database: Database) -> None:
    place = make_place(database)
    use(database, place, "Reading", add(database, place, "Lexia Core5"))
    use(database, place, "Talking", None)
    with database.read() as db:
        assert [each.intervention.programme for each in interventions_of(db, place.school.id, 2026)] == [
            "Lexia Core5",
            "",
        ]


def test_two_who_name_one_programme_at_once_get_one(database: Database) -> None:
    place = make_place(database)
    start, found = threading.Barrier(4), list[Named]()

    def name_it() -> None:
        start.wait()
        found.append(named(database, place, "Lexia"))

    threads = [threading.Thread(target=name_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len({each.identity for each in found}) == 1
    assert sum(each.added for each in found) == 1


def test_names_that_came_to_clash_are_the_earlier_programmes(database: Database) -> None:
    place = make_place(database)
    first = add(database, place, "Lexia", aliases="Core5")
    add(database, place, "core 5", aliases="C5")
    add(database, place, "Nessy", aliases="lexia; N")
    with database.read() as db:
        catalogue = catalogue_of(db, place.school.id)
    assert [each.name for each in catalogue] == ["Lexia", "Nessy"]
    found = catalogue.find("lexia")
    assert found is not None and found.key == str(first)


def test_uses_stand_under_their_programme_latest_year_first(database: Database) -> None:
    place = make_place(database)
    lexia, nessy = add(database, place, "Lexia"), add(database, place, "Nessy")
    for name, programme, year in (
        ("A", lexia, 2025),
        ("B", lexia, 2026),
        ("C", nessy, 2026),
        ("D", None, 2026),
        ("E", lexia, 2026),
    ):
        use(database, place, name, programme, year)
    with database.read() as db:
        (row, *_) = rows_of(db, ProgrammeRow, place.school.id)
        assert [(each.year, each.name) for each in uses_of(db, row)] == [(2026, "B"), (2026, "E"), (2025, "A")]
        assert numbers_of_uses(db, place.school.id) == {lexia: 3, nessy: 1}


def test_two_programmes_that_are_one_are_joined(database: Database) -> None:
    place = make_place(database)
    gone = add(database, place, "Lexia; Core5", aliases="Lexia UK; C5", library="lexia-core5-reading")
    kept = add(database, place, "Lexia", aliases="c-5")
    for name, programme in (("A", gone), ("B", kept), ("C", gone)):
        use(database, place, name, programme)
    with database.write.begin() as db:
        rows = {row.id: row for row in rows_of(db, ProgrammeRow, place.school.id)}
        assert join(db, rows[gone], rows[kept], place.by) == "c-5; Lexia, Core5; Lexia UK"
    with database.read() as db:
        (row,) = rows_of(db, ProgrammeRow, place.school.id)
        assert (row.name, row.aliases, row.library, row.version) == (
            "Lexia",
            "c-5; Lexia, Core5; Lexia UK",
            "lexia-core5-reading",
            2,
        )
        assert [(each.programme_id, each.version) for each in uses_of(db, row)] == [(kept, 2), (kept, 1), (kept, 2)]
        told = [(each.did, each.subject) for each in audit_of(db, place)]
        assert ("removed", f"programme {gone}") in told and ("changed", f"programme {kept}") in told
        found = catalogue_of(db, place.school.id).find("lexia core 5")
        assert found is not None and found.key == str(kept)
