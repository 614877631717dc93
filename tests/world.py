"""A small world for tests of the site: who is there, and a client that looks at every page it fetches."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password
from werkzeug.test import TestResponse

from vfm.store.accounts import AuthorityRow, Role, SchoolRow, add_authority, add_membership, add_school
from vfm.store.ids import new_id
from vfm.web.signing_in import User

PASSWORD = "three unrelated words"
YEAR = 2026
PROFILE = dict.fromkeys(
    (
        "unit_or_resourced_provision",
        "any_ehc_plan",
        "any_sen_support",
        "any_top_up",
        "pupil_premium",
        "volunteers_or_peers",
    ),
    True,
) | {"kind": "mainstream", "academy": False, "lowest_age": 4, "highest_age": 11, "first_year": True}


@dataclass(frozen=True)
class World:
    """The site and who is there; `people` are e-mail addresses by what they are."""

    app: Flask
    school: SchoolRow
    neighbour: SchoolRow
    stranger: SchoolRow
    authority: AuthorityRow
    people: dict[str, str] = field(default_factory=dict)
    doors: dict[str, str] = field(default_factory=dict)
    """Sessions that are open already, by who: signing in takes longer than most of what is tested."""

    def visitor(self) -> "Visitor":
        """Somebody who is not signed in."""
        return Visitor(self.app)

    def signed_in(self, who: str) -> "Visitor":
        """One of the people, signed in; the first time in a test by a session that is open already."""
        if who not in self.doors:
            return self.signs_in(who)
        visitor = self.visitor()
        visitor.client.set_cookie("vfm", self.doors.pop(who))
        return visitor

    def signs_in(self, who: str) -> "Visitor":
        """One of the people, who fills in the form and is let in."""
        visitor = self.visitor()
        answer = visitor.send("/account/sign-in", email=self.people[who], password=PASSWORD)
        assert answer.status_code == 302, answer.text
        return visitor

    @property
    def home(self) -> str:
        return f"/school/{self.school.slug}/{YEAR}/"


def build_world(app: Flask) -> World:
    """Two authorities; Oak and its neighbour in one, a stranger in the other."""
    with app.extensions["vfm_database"].write.begin() as db, app.app_context():
        here, elsewhere = add_authority(db, "Exampleshire"), add_authority(db, "Otherland")
        oak = add_school(db, here.id, name="Oak & Ash <School>", **PROFILE)
        elm = add_school(db, here.id, name="Elm School", **PROFILE)
        yew = add_school(db, elsewhere.id, name="Yew School", **PROFILE)
        rows: tuple[tuple[str, Role, int | None, int | None], ...] = (
            ("leadership", Role.LEADERSHIP, oak.id, None),
            ("office", Role.LEADERSHIP, oak.id, None),
            ("senco", Role.SENCO, oak.id, None),
            ("teacher", Role.TEACHER, oak.id, None),
            ("governor", Role.GOVERNOR, oak.id, None),
            ("other-school", Role.LEADERSHIP, elm.id, None),
            ("other-authority", Role.LEADERSHIP, yew.id, None),
            ("adviser", Role.ADVISER, None, here.id),
            ("other-adviser", Role.ADVISER, None, elsewhere.id),
            ("administrator", Role.ADMINISTRATOR, None, None),
            ("disabled", Role.LEADERSHIP, oak.id, None),
        )
        hashed = str(hash_password(PASSWORD))
        for who, role, school_id, authority_id in rows:
            account = User(id=new_id(), email=f"{who}@example.org", name=f"{who.title()} Person", password=hashed)
            db.add(account)
            db.flush()
            add_membership(db, account.id, role, school_id=school_id, authority_id=authority_id)
    return World(app, oak, elm, yew, here, {who: f"{who}@example.org" for who, *_ in rows})


class Visitor:
    """A client that takes the form's token from the page, as a browser would, and checks each page it gets."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()

    def get(self, address: str, **options: Any) -> TestResponse:
        return checked(self.client.get(address, **options))

    def send(self, address: str, *, page: str = "", **fields: Any) -> TestResponse:
        """Fills in the form at an address (or on another `page`) and sends it."""
        token = find_token(self.client.get(page or address).text)
        data = {name.replace("__", "-"): value for name, value in fields.items()} | {"csrf_token": token}
        return checked(self.client.post(address, data=data))


def find_token(page: str) -> str:
    """The token of a page's form."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    return found.group(1) if found else ""


class _Page(HTMLParser):
    """What matters of a page for the checks below."""

    def __init__(self) -> None:
        super().__init__()
        self.h1 = 0
        self.ids: list[str] = []
        self.labels: set[str] = set()
        self.inputs: list[dict[str, str | None]] = []
        self.styles: list[str] = []
        self.title = ""
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.h1 += tag == "h1"
        self._in_title = tag == "title" or (self._in_title and tag != "title")
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "label" and given.get("for"):
            self.labels.add(str(given["for"]))
        if tag in ("input", "select", "textarea") and given.get("type") not in ("hidden", "submit"):
            self.inputs.append(given)
        if "style" in given:
            self.styles.append(str(given["style"]))

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data


def checked(answer: TestResponse) -> TestResponse:
    """Looks at what every page must have: headers always; one h1, a title, labels and single ids on a page."""
    assert answer.status_code < 500, answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    if answer.content_type.startswith("text/html") and not 300 <= answer.status_code < 400:
        page = _Page()
        page.feed(answer.text)
        assert page.h1 == 1, f"{page.h1} h1 on {answer.request.path}"
        assert page.title.strip(" –"), f"no title on {answer.request.path}"
        assert len(page.ids) == len(set(page.ids)), [i for i in page.ids if page.ids.count(i) > 1]
        unnamed = [i for i in page.inputs if i.get("id") not in page.labels and not i.get("aria-label")]
        assert not unnamed, f"without a label on {answer.request.path}: {unnamed}"
        assert not page.styles, f"inline style on {answer.request.path}: the policy refuses it"
        assert "no-store" in answer.headers["Cache-Control"]
    return answer
