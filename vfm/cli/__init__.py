"""The `vfm` command: one module per command, imported when it is asked for, so that each starts in no time."""

import sys
from importlib import import_module
from types import ModuleType

COMMANDS = {
    "cost": "cost a provision map from a CSV file or an Excel workbook",
    "serve": "start the site",
    "demo": "fill an empty database with made-up schools to try things on",
    "user": "add a person who can sign in",
    "db": "bring the database up to date",
    "retention": "say whose data is past the time that a school keeps it, and erase it if told to",
}


def main() -> None:
    """Runs `vfm COMMAND ...`."""
    words = sys.argv[1:]
    if not words or words[0] in ("-h", "--help", "help"):
        print(_help())
        return
    if words[0] not in COMMANDS:
        sys.exit(f"vfm: there is no command {words[0]!r}\n\n{_help()}")
    module(words[0]).main(words[1:])


def module(name: str) -> ModuleType:
    """A module of this room. The only import by name in this house: `vfm cost` must not wait for the web."""
    return import_module(f"vfm.cli.{name}")


def _help() -> str:
    rows = "\n".join(f"  {name:<11}{what}" for name, what in COMMANDS.items())
    return f"usage: vfm COMMAND [options]\n\n{rows}\n\n`vfm COMMAND --help` says more about each."
