"""`vfm demo`: fills an empty database with made-up schools, and says who can sign in."""

import argparse
import datetime as dt
import sys

from flask_security import hash_password
from sqlalchemy import func, select

from vfm.app import create_app
from vfm.cli.setting import configuration
from vfm.demo.schools import PASSWORD, Person, fill, submit_finished
from vfm.store.accounts import Account
from vfm.web.bank import bank
from vfm.web.database import db


def main(words: list[str]) -> None:
    """Runs `vfm demo [--if-empty]`."""
    parser = argparse.ArgumentParser(prog="vfm demo", description="Fill an empty database with made-up schools.")
    parser.add_argument(
        "--if-empty", action="store_true", help="say nothing is to be done where there are people already"
    )
    parser.add_argument("--seed", type=int, default=2008, help="another number makes other schools")
    given = parser.parse_args(words)
    app = create_app(configuration())
    with app.test_request_context(method="POST"):
        if db().scalar(select(func.count()).select_from(Account)):
            _already(given.if_empty)
        else:
            now = dt.datetime.now(dt.UTC)
            people = fill(db(), bank(), lambda word: str(hash_password(word)), now, seed=given.seed)
            submit_finished(db(), bank(), people, now)
            db().commit()
            _say(people)


def _already(quietly: bool) -> None:
    if not quietly:
        sys.exit("vfm: there are people in this database already; made-up schools go into an empty one only")
    there = db().scalar(select(func.count()).select_from(Account).where(Account.email.like("%@demo.example")))
    if there:
        print(f"Made-up schools are there. Sign in as head@demo.example with the password: {PASSWORD}")


def _say(people: list[Person]) -> None:
    print(f"Made-up schools have been added. Everybody's password is: {PASSWORD}\n")
    for person in people:
        print(f"  {person.email:<32}{person.name:<22}{person.role.words}, {person.place}")
    print()
