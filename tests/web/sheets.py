"""Sends sheets to the site as people do, and reads what the preview says."""

import re

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


def confirm(visitor: Visitor, preview: str, **answers: str) -> TestResponse:
    """Presses the button of the preview, with the mark of what is seen on it."""
    page = visitor.get(preview).text
    mark = re.search(r'name="seen" value="([0-9a-f]+)"', page)
    assert mark, "there is nothing to press"
    return visitor.client.post(preview, data={"csrf_token": find_token(page), "seen": mark.group(1), **answers})


def counts(page: str) -> tuple[int, ...]:
    """Added, changed, the same, left out, refused cells."""
    found = re.search(
        r"(\d+) to add, (\d+) to change, (\d+) already here and the same, (\d+) left out, (\d+) cells? refused", page
    )
    assert found, page
    return tuple(int(number) for number in found.groups())
