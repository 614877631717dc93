"""`vfm retention`: a dry run unless told otherwise, and never without a person."""

import datetime as dt
import io
from pathlib import Path

import pytest

from tests.store.school import NOW, Place, make_place
from vfm.cli import _help, retention
from vfm.config import Config
from vfm.store.accounts import Account, Role, SchoolRow, add_membership
from vfm.store.engine import Database
from vfm.store.provision import InterventionRow
from vfm.store.pupils import PupilRow
from vfm.store.rows import add_row, rows_of

LONG_AGO = dt.date(2015, 7, 21)


@pytest.fixture
def place(database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setattr(retention, "configuration", lambda: Config(database_url=database_url, secret="s" * 40))
    made = make_place(database)
    with database.write.begin() as db:
        add_membership(db, made.by.account_id, Role.LEADERSHIP, school_id=made.school.id, authority_id=None)
        for name, left in (
            ("Ada Quill", LONG_AGO),
            ("Summer Will", LONG_AGO),
            ("Mia Moon", None),
            ("Ben New", NOW.date()),
        ):
            add_row(db, PupilRow, made.school.id, made.by, "pupil", name=name, status="K", left=left)
        for name in ("Reading with Ada Quill", "Summer reading"):
            add_row(db, InterventionRow, made.school.id, made.by, "line", year=2026, name=name, tier="targeted")
    return made


def keep(database: Database, place: Place, years: int | None) -> None:
    with database.write.begin() as db:
        db.get_one(SchoolRow, place.school.id).pupils_kept = years


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as ended:
        retention.main(list(words))
    code = ended.value.code
    return code if isinstance(code, int) else 1


def names(database: Database, place: Place) -> list[str]:
    with database.read() as db:
        return [row.name for row in rows_of(db, PupilRow, place.school.id)]


EVERYBODY = ["Ada Quill", "Summer Will", "Mia Moon", "Ben New"]


def test_where_nothing_is_set_nobody_is_listed(
    database: Database, place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--school", place.school.slug) == 0
    said = capsys.readouterr().out
    assert "has not set" in said and "nothing is ever erased by itself" in said and "Quill" not in said


def test_a_dry_run_says_who_and_what_and_changes_nothing(
    database: Database, place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(database, place, 6)
    assert run("--school", place.school.slug) == 3
    said = capsys.readouterr().out
    assert "Ada Quill: left 2015-07-21, to be kept until 2021-07-21" in said
    assert "Summer Will" in said and "Mia Moon" not in said and "Ben New" not in said
    assert "nothing was changed" in said
    assert names(database, place) == EVERYBODY


def test_nobody_past_the_time_is_exit_nought(database: Database, place: Place) -> None:
    keep(database, place, 50)
    assert run("--school", place.school.slug) == 0


def test_erasing_does_it_once_the_number_is_typed_and_leaves_whom_a_person_must_look_at(
    database: Database, place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(database, place, 6)
    words = ("--school", place.school.slug, "--erase", "--by", "head@example.org")
    monkeypatch.setattr("sys.stdin", io.StringIO("2\n"))
    assert run(*words) == 1
    assert names(database, place) == EVERYBODY, "another number was typed"
    monkeypatch.setattr("sys.stdin", io.StringIO("1\n"))
    assert run(*words) == 3
    assert names(database, place) == ["Erased pupil 1", *EVERYBODY[1:]]
    said = capsys.readouterr().out
    assert "1 of them must be looked at" in said and "Erased: Erased pupil 1" in said
    with database.read() as db:
        assert [row.name for row in rows_of(db, InterventionRow, place.school.id)] == [
            "Reading with a pupil",
            "Summer reading",
        ]


@pytest.mark.parametrize("words", [["--erase"], ["--by", "head@example.org"], ["--purge"]])
def test_what_is_typed_wrongly_is_refused(place: Place, words: list[str]) -> None:
    assert run("--school", place.school.slug, *words) == 2


def test_only_leadership_of_the_school_may(
    database: Database, place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(database, place, 6)
    with database.write.begin() as db:
        senco = Account(email="senco@example.org", name="The SENCO")
        db.add(senco)
        db.flush()
        add_membership(db, senco.id, Role.SENCO, school_id=place.school.id, authority_id=None)
    for email in ("senco@example.org", "nobody@example.org"):
        assert run("--school", place.school.slug, "--erase", "--by", email) == 1
    assert run("--school", "no-such-school") == 1
    assert names(database, place) == EVERYBODY


def test_the_help_says_what_it_does_and_what_the_exit_codes_mean(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0
    said = capsys.readouterr().out
    assert "dry run" in said and "exit status" in said and "cannot be" in said
    assert "retention" in _help()


def test_an_old_database_is_not_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'empty.sqlite'}"
    monkeypatch.setattr(retention, "configuration", lambda: Config(database_url=url, secret="s" * 40))
    assert run("--school", "oak") == 1
