"""Follows the links of the site as one of its people, one page of each kind."""

from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException

from tests.browser.site import Site

LINKS = "() => [...document.querySelectorAll('a[href]')].map(one => one.href)"
EACH_STAGE = "review.stage"
ON_THE_WAY = ("question.answer", "from=quick")  # shows a question in another way: a kind of its own


def kind_of_page(site: Site, address: str) -> str:
    """The endpoint behind an address, or nothing where it is no page of ours."""
    parts = urlsplit(address)
    if f"{parts.scheme}://{parts.netloc}" != site.address:
        return ""
    try:
        kind = str(site.app.url_map.bind("").match(parts.path)[0])
    except HTTPException:
        return ""
    return f"{kind}?{parts.query}" if (kind, parts.query) == ON_THE_WAY else kind


def is_file(address: str) -> bool:
    """Whether an address is a document to open beside the page."""
    return urlsplit(address).path.endswith((".pdf", ".csv", ".xlsx", ".json", ".ics"))


def walk_links(site: Site, page: Page, look: Callable[[str], None], *starts: str) -> dict[str, str]:
    """Opens one page of each kind that can be reached from the starts, and looks. Returns addresses by kind of page."""
    waiting, found, passed = [site.address + each for each in starts], dict[str, str](), set[str]()
    while waiting:
        address = waiting.pop(0)
        kind = kind_of_page(site, address)
        seen = urlsplit(address).path if kind == EACH_STAGE else kind  # each stage leads to pages of its own
        if not kind or seen in passed:
            continue
        passed.add(seen)
        found.setdefault(kind, address)
        if is_file(address):
            continue
        answer = page.goto(address)
        assert answer is not None and answer.status == 200, f"{answer and answer.status} at {address}"
        links = page.evaluate(LINKS)
        look(kind)
        waiting += [link.split("#")[0] for link in links]
    return found
