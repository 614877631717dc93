"""One site and one browser per worker, and a signed-in visitor per role."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.browser.site import Site, fill_demo, serving
from tests.conftest import SECRET
from vfm.app import create_app
from vfm.config import Config

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE = 20_000  # milliseconds: a machine may be busy with other things
Enter = Callable[..., BrowserContext]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration's schools, on a port of this worker's own."""
    path = tmp_path_factory.mktemp("site") / "vfm.sqlite"
    shutil.copy(Path(os.environ["VFM_TEST_FOLDER"]) / "template.sqlite", path)
    app = create_app(Config(database_url=f"sqlite:///{path}", secret=SECRET, cheap_hashes=True))
    year = fill_demo(app)
    with serving(app) as site:
        site.year = year
        yield site
    app.extensions["vfm_database"].close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; nothing is downloaded."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def signed_in(site: Site, browser: Browser) -> dict[str, object]:
    """The cookies of whoever has signed in before, so that each signs in once."""
    return {}


@pytest.fixture
def enter(site: Site, browser: Browser, signed_in: dict[str, object]) -> Iterator[Enter]:
    """Opens a window for one of the people (`who` is the part of their address before the @), or for nobody."""
    opened: list[BrowserContext] = []

    def window(who: str = "", *, width: int = 1280, script: bool = True) -> BrowserContext:
        if who and who not in signed_in:
            signed_in[who] = _sign_in(browser, site, who)
        context = browser.new_context(
            base_url=site.address,
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            storage_state=signed_in[who] if who else None,  # type: ignore[arg-type]
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context

    yield window
    for context in opened:
        context.close()


def _sign_in(browser: Browser, site: Site, who: str) -> object:
    context = browser.new_context(base_url=site.address)
    page = context.new_page()
    page.goto("/account/sign-in")
    page.get_by_label("Email address").fill(f"{who}@demo.example")
    page.locator("input[type=password]").fill(site.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    state = context.storage_state()
    context.close()
    return state
