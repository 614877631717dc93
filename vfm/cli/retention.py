"""`vfm retention`: says whose data is past the time that a school keeps pupils' data; erases it if a person says so."""

import argparse
import datetime as dt
import sys
from collections.abc import Sequence

from sqlalchemy.orm import Session

from vfm.cli.setting import configuration
from vfm.pupils.register import shown_name
from vfm.store.accounts import Account, Role, SchoolRow, find_account, role_at, school_by_slug
from vfm.store.audit import By
from vfm.store.engine import Database, open_database
from vfm.store.erased import erase, hold
from vfm.store.erasing import look, to_erase
from vfm.store.pupils import PupilRow, way_of
from vfm.store.retention import DryRun, Leaver, dry_run
from vfm.store.texts import Overtaken
from vfm.store.upgrading import newest, step

DESCRIPTION = """Say which pupils of a school left longer ago than the school keeps pupils' data, and what erasing them would
do. Without --erase it is a dry run: nothing is changed. The school sets the number of years on its own page; where it has set
none, nobody is listed."""

EPILOG = """with --erase:
  --by names a person with an account in a leadership role at the school, who is written down as having done it. The number of
  pupils is asked for and must be typed, so that no timer can do it. A pupil of whose name a single word stands in a text, such as
  Summer or Will, is left: a person must look at each place, on the school's page "How long pupils' data is kept". It cannot be
  undone. Backups, submitted plans and packs of other pupils are not touched.

exit status:
  0  nobody is past the time, or everybody who was has been erased
  1  nothing was done: no such school or person, the database is not up to date, or the number typed was another
  2  the command was typed wrongly
  3  somebody is past the time and is still there: a dry run, or pupils whom a person must look at

examples:
  vfm retention --school oak-primary
  vfm retention --school oak-primary --erase --by head@example.sch.uk"""
STILL_THERE = 3
CHANGED = "vfm: something has changed meanwhile: nothing was done"


def main(words: list[str]) -> None:
    """Runs `vfm retention --school SLUG [--erase --by EMAIL]`."""
    parser = argparse.ArgumentParser(
        prog="vfm retention", description=DESCRIPTION, epilog=EPILOG, allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--school", required=True, metavar="SLUG", help="the short name in the school's address")
    parser.add_argument("--erase", action="store_true", help="do it, after the number of pupils has been typed")
    parser.add_argument("--by", metavar="EMAIL", help="who does it: somebody in leadership at the school")
    given = parser.parse_args(words)
    if given.erase != bool(given.by):
        parser.error("--erase needs --by, and --by needs --erase")
    database = open_database(configuration().database_url)
    try:
        if step(database) != newest():
            sys.exit("vfm: the database is not up to date: run `vfm db upgrade` first")
        sys.exit(_erase(database, given.school, given.by) if given.erase else _say(database, given.school))
    finally:
        database.close()


def _school(db: Session, slug: str) -> SchoolRow:
    return school_by_slug(db, slug) or sys.exit(f"vfm: there is no school {slug!r}")


def _say(database: Database, slug: str) -> int:
    """The dry run."""
    with database.read() as db:
        school = _school(db, slug)
        found = dry_run(db, school.id, _today())
        _list(school, found)
    if found.leavers:
        print("\nThis was a dry run: nothing was changed.")
    return STILL_THERE if found.leavers else 0


def _list(school: SchoolRow, found: DryRun) -> None:
    if found.years is None:
        return print(
            f"{school.name} has not set how long pupils' data is kept: nobody is listed, nothing is ever erased by itself."
        )
    print(
        f"{school.name} keeps pupils' data for {found.years} years after their last day. Past that: {len(found.leavers)}"
    )
    for each in found.leavers:
        print(
            f"  {_called(school, each.pupil)}: left {each.past.left}, to be kept until {each.past.until}; {_would(each)}"
        )
    if found.forgotten:
        print(f"To look at: {found.forgotten} without a last day were on no map and changed by nobody for as long.")
    return None


def _would(each: Leaver) -> str:
    return f"rows that go: {each.rows}, places written over: {each.sure}, words to look at: {each.asked}"


def _called(school: SchoolRow, row: PupilRow) -> str:
    return shown_name(way_of(row, school.pupils_shown), row.name, row.reference or "")


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


def _erase(database: Database, slug: str, email: str) -> int:
    """Erases those at whose texts nobody has to look, once the number has been typed."""
    with database.read() as db:
        school = _school(db, slug)
        account = _leader(db, school, email)
        found = dry_run(db, school.id, _today())
        _list(school, found)
    ready = [each.pupil.id for each in found.leavers if not each.asked]
    left = len(found.leavers) - len(ready)
    if left:
        print(f"{left} of them must be looked at on the school's page and are left.")
    if ready:
        _ask(len(ready))
        _do(database, school, account, ready)
    return STILL_THERE if left else 0


def _leader(db: Session, school: SchoolRow, email: str) -> Account:
    account = find_account(db, email)
    if account is None or not account.active or role_at(db, account.id, school.id) is not Role.LEADERSHIP:
        sys.exit(f"vfm: {email} is not in leadership at {school.name}")
    return account


def _ask(number: int) -> None:
    print(f"{number} will be erased for good. Type the number to go on: ", end="", flush=True)
    if sys.stdin.readline().strip() != str(number):
        sys.exit("vfm: nothing was done")


def _do(database: Database, school: SchoolRow, account: Account, ids: Sequence[int]) -> None:
    with database.write.begin() as db:
        hold(db, school.id)
        seen = look(db, school.id, to_erase(db, school.id, ids))
        if seen.asked or len(seen.pupils) != len(ids):
            sys.exit(CHANGED)
        try:
            names = erase(db, school.id, seen, [], By(account.id, dt.datetime.now(dt.UTC)))
        except Overtaken:
            sys.exit(CHANGED)
    print(f"Erased: {', '.join(names)}")
    if seen.frozen:
        print(
            f"Names, or words like them, stay in {len(seen.frozen)} places of submitted plans and of packs of others."
        )
    if not database.overwrite_free_space():
        print(
            "The freed space of the database file could not be written over: others were at work. Run this once more later."
        )
