"""What a page with a form must show when it refuses what was typed, and small ways to fill a form in."""

import re
from html import unescape

from werkzeug.test import TestResponse

from tests.world import Visitor, World

RUBBISH = ("NaN", "1e400", "-5", "Infinity", "\x00", "<script>alert(1)</script>", "x" * 6_000, "=1+1", "٣", "9" * 30)


def start(world: World, who: str = "leadership") -> Visitor:
    """Somebody signed in, with this year's review begun."""
    visitor = world.signed_in(who)
    visitor.send(f"/school/{world.school.slug}/start", page=f"/school/{world.school.slug}/")
    return visitor


def refused(answer: TestResponse) -> str:
    """The words of a page that refused a form: the title says so, and every message leads to a field on the page."""
    assert answer.status_code == 400, answer.status_code
    page = answer.text
    assert "<title>Error: " in re.sub(r"\s+", " ", page).replace("<title> ", "<title>"), "the title does not say so"
    found = re.search(r'class="govuk-error-summary__list.*?</ul>|govuk-error-summary.*?</ul>', page, re.DOTALL)
    assert found, "no summary of what is wrong"
    links = re.findall(r'href="#([^"]+)"', found.group())
    assert links, "a message that leads nowhere"
    missing = [link for link in links if f'id="{link}"' not in page]
    assert missing == [], "a message leads to a field that is not there"
    return words(page)


def words(page: str) -> str:
    """The page as text, with its letters as people read them; tags stay."""
    return unescape(page)


def fields_of(page: str) -> list[str]:
    """The names of everything that a page's own form sends."""
    names = re.findall(r'<(?:input|select|textarea)[^>]*? name="([^"]+)"', page)
    return [name for name in dict.fromkeys(names) if name not in ("csrf_token", "version")]


def numbers_of(page: str) -> list[str]:
    """The names of the fields in which a number is typed."""
    return [name for tag in re.findall(r'<input[^>]*inputmode="decimal"[^>]*>', page) for name in fields_of(tag)]
