"""Sends sheets to the site as people do, and reads what the preview says."""

import re
from html import unescape

from werkzeug.test import TestResponse

from tests.web.forms import words
from tests.world import Visitor, checked, find_token

EDGE = b"edge-of-a-part"


def upload(visitor: Visitor, address: str, data: bytes, name: str = "sheet.csv") -> TestResponse:
    """Sends a file to an import's first page, as a browser puts it together."""
    token = find_token(visitor.client.get(address).text)
    parts = (("csrf_token", "", token.encode()), ("file", f'; filename="{name}"', data))
    body = b"".join(
        b'--%s\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
        % (EDGE, field.encode(), more.encode(), each)
        for field, more, each in parts
    )
    sent = visitor.client.post(
        address, data=body + b"--%s--\r\n" % EDGE, content_type=f"multipart/form-data; boundary={EDGE.decode()}"
    )
    return checked(sent)


def preview_of(visitor: Visitor, address: str, data: bytes, name: str = "sheet.csv") -> tuple[str, str]:
    """Uploads; the address of the preview, and its words."""
    answer = upload(visitor, address, data, name)
    assert answer.status_code == 302, words(answer.text)
    page = visitor.get(answer.location)
    assert page.status_code == 200, page.status_code
    return str(answer.location), words(page.text)


def press(visitor: Visitor, preview: str, **answers: str) -> TestResponse:
    """Presses the button of the preview, Bring it in where it is there, else Look again; what is chosen already goes along."""
    page = visitor.get(preview).text
    mark = re.search(r'value="([0-9a-f]{64})" name="seen"|name="seen" value="([0-9a-f]{64})"', page)
    seen = {"seen": mark.group(1) or mark.group(2)} if mark else {}
    assert mark or "Look again" in page, "there is nothing to press"
    return checked(visitor.client.post(preview, data=chosen(page) | {"csrf_token": find_token(page)} | seen | answers))


def chosen(page: str) -> dict[str, str]:
    """The radios that are chosen on a page and the days that stand in it, as a browser would send them."""
    radios = re.findall(r'<input[^>]*type="radio"[^>]*>', page)
    days = re.findall(r'<input[^>]*name="\w+-(?:day|month|year)"[^>]*>', page)
    filled = {_part("name", tag): _part("value", tag) for tag in days if " value=" in tag}
    return filled | {_part("name", tag): _part("value", tag) for tag in radios if " checked" in tag}


def _part(name: str, tag: str) -> str:
    found = re.search(rf' {name}="([^"]*)"', tag)
    assert found, tag
    return unescape(found.group(1))


def confirm(visitor: Visitor, preview: str, **answers: str) -> TestResponse:
    """Answers what is asked and looks again, as long as something is open; then brings it in. Returns the last answer."""
    answer = press(visitor, preview, **answers)
    if answer.location == preview and "Bring it in" in visitor.get(preview).text:
        return press(visitor, preview, **answers)
    return answer


def counts(page: str) -> tuple[int, ...]:
    """Added, changed, the same, left out, refused cells."""
    found = re.search(
        r"(\d+) to add, (\d+) to change, (\d+) already here and the same, (\d+) left out, (\d+) cells? refused", page
    )
    assert found, page
    return tuple(int(number) for number in found.groups())
