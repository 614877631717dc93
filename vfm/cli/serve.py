"""`vfm serve`: starts the site under gunicorn, after a look at whether it can start at all."""

import argparse
import os
import socket
import sys

from vfm.cli.setting import configuration
from vfm.config import HERE
from vfm.store.engine import open_database
from vfm.store.upgrading import newest, step


def main(words: list[str]) -> None:
    """Runs `vfm serve [--port 8000] [--workers 2]`."""
    parser = argparse.ArgumentParser(prog="vfm serve", description="Start the site on this machine.")
    parser.add_argument("--port", type=int, default=8000, help="the port, 8000 unless changed")
    parser.add_argument("--workers", type=int, default=2, help="how many processes answer, 2 unless changed")
    given = parser.parse_args(words)
    _check_database()
    _check_port(given.port)
    print(f"The site: http://127.0.0.1:{given.port}/   (Ctrl-C ends it)", flush=True)
    os.chdir(HERE)
    gunicorn = [
        sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{given.port}", "--workers", str(given.workers),
        "--worker-class", "sync", "--timeout", "60", "--no-control-socket", "--log-level", "warning", "wsgi:app",
    ]  # fmt: skip
    os.execv(sys.executable, gunicorn)  # noqa: S606  no shell, our own words


def _check_database() -> None:
    database = open_database(configuration().database_url)
    try:
        if step(database) != newest():
            sys.exit("vfm: the database is not up to date: run `vfm db upgrade` first")
    finally:
        database.close()


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(
                f"vfm: port {port} is used by another program; end it, or choose another: `make run PORT={port + 1}`"
            )
