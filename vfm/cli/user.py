"""`vfm user`: adds a person who can sign in, such as the first administrator."""

import argparse
import getpass
import sys

from flask_security import hash_password

from vfm.app import create_app
from vfm.cli.setting import configuration
from vfm.store.accounts import Role, add_membership, authority_by_slug, find_account, school_by_slug
from vfm.store.ids import new_id
from vfm.web.database import db
from vfm.web.signing_in import User, fault_of_password

EXAMPLES = """examples:
  vfm user add head@example.sch.uk "Ann Head" leadership --school oak-primary
  vfm user add adviser@example.gov.uk "Jo Adviser" adviser --authority exampleshire
  vfm user add admin@example.org "Sam Admin" administrator

The password is asked for, or read from standard input with --password-stdin."""


def main(words: list[str]) -> None:
    """Runs `vfm user add EMAIL NAME ROLE`."""
    parser = argparse.ArgumentParser(
        prog="vfm user", description="Add a person who can sign in.", epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    add = parser.add_subparsers(dest="command", required=True, metavar="COMMAND").add_parser("add", help="add a person")
    add.add_argument("email")
    add.add_argument("name")
    add.add_argument("role", choices=[role.value for role in Role])
    add.add_argument("--school", help="the short name in the school's address")
    add.add_argument("--authority", help="the short name in the authority's address")
    add.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    given = parser.parse_args(words)
    app = create_app(configuration())
    with app.test_request_context(method="POST"):
        _add(given)


def _add(given: argparse.Namespace) -> None:
    role = Role(given.role)
    school = school_by_slug(db(), given.school) if given.school else None
    authority = authority_by_slug(db(), given.authority) if given.authority else None
    if (school is not None) != role.of_school or (authority is not None) != (role is Role.ADVISER):
        sys.exit(f"vfm: a {role.value} needs {_needs(role)}; see `vfm user --help`")
    account = find_account(db(), given.email)
    if account is None:
        account = User(id=new_id(), email=given.email.strip().lower(), name=given.name, password=_password(given))
        db().add(account)
        db().flush()
    add_membership(
        db(),
        account.id,
        role,
        school_id=school.id if school else None,
        authority_id=authority.id if authority else None,
    )
    db().commit()
    print(f"{account.name} <{account.email}> can sign in: {role.words}")


def _needs(role: Role) -> str:
    if role.of_school:
        return "--school with the short name of a school that is there, and no --authority"
    return (
        "--authority with the short name of one that is there"
        if role is Role.ADVISER
        else "neither --school nor --authority"
    )


def _password(given: argparse.Namespace) -> str:
    typed = sys.stdin.readline().rstrip("\n") if given.password_stdin else getpass.getpass("Password: ")
    fault = fault_of_password(typed)
    if fault:
        sys.exit(f"vfm: {fault}")
    return str(hash_password(typed))
