"""`vfm db`: brings the database up to date."""

import argparse

from vfm.cli.setting import configuration
from vfm.store.engine import open_database
from vfm.store.upgrading import newest, step, upgrade, write_step


def main(words: list[str]) -> None:
    """Runs `vfm db upgrade | status | write MESSAGE`."""
    parser = argparse.ArgumentParser(prog="vfm db", description="Bring the database up to date.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("upgrade", help="apply the migrations that are missing")
    commands.add_parser("status", help="say which step the database stands at")
    write = commands.add_parser("write", help="write a migration after a table was changed (for developers)")
    write.add_argument("message", help="what the migration does, in a few words")
    given = parser.parse_args(words)
    database = open_database(configuration().database_url)
    try:
        if given.command == "upgrade":
            upgrade(database)
        elif given.command == "write":
            write_step(database, given.message)
        print(f"database: step {step(database) or 'none'} of {newest() or 'none'}")
    finally:
        database.close()
