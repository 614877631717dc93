"""The hand-written table of who may do what, held against the site."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from flask import url_for
from werkzeug.test import TestResponse

from tests.web.filled import fill
from tests.world import YEAR, Visitor, World, find_token
from vfm.store.accounts import find_account
from vfm.web import permissions

TABLE = Path(__file__).with_name("who_may.txt")
ACTORS = (
    "anonymous", "teacher", "governor", "senco", "leadership", "other-school", "other-authority", "adviser",
    "other-adviser", "administrator", "disabled",
)  # fmt: skip
SIGNED_IN = [actor for actor in ACTORS if actor not in ("anonymous", "disabled")]


def rows() -> list[tuple[str, str, dict[str, str]]]:
    """Endpoint, method and what each actor is expected to get."""
    found = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            endpoint, method, *expected = line.split()
            assert len(expected) == len(ACTORS), line
            found.append((endpoint, method, dict(zip(ACTORS, expected, strict=True))))
    return found


def test_the_table_names_every_route_and_method_once(world: World) -> None:
    listed = [(endpoint, method) for endpoint, method, _ in rows()]
    served = {
        (rule.endpoint, method)
        for rule in world.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert len(listed) == len(set(listed))
    assert set(listed) - served == set(), "in the table, but there is no such route"
    assert served - set(listed) == set(), "a route that nobody wrote into the table"


def test_every_route_says_what_it_needs(world: World) -> None:
    silent = [
        r.endpoint for r in world.app.url_map.iter_rules() if not permissions.permission_of(world.app, r.endpoint)
    ]
    assert silent == []


def _address(world: World, endpoint: str, method: str, values: Mapping[str, object]) -> str:
    rule = next(r for r in world.app.url_map.iter_rules(endpoint) if method in (r.methods or ()))
    every: dict[str, Any] = {name: values[name] for name in rule.arguments}
    with world.app.test_request_context():
        return url_for(endpoint, **every)


def _got(answer: TestResponse) -> str:
    if answer.status_code == 302 and "/account/sign-in" in (answer.location or ""):
        return "in"
    return str(answer.status_code)


def _fresh(world: World, actor: str) -> tuple[Visitor, str]:
    """Somebody who has just come, and a token for their forms."""
    visitor = world.signed_in(actor) if actor in SIGNED_IN else world.visitor()
    page = "/account/" if actor in SIGNED_IN else "/account/sign-in"
    return visitor, find_token(visitor.client.get(page).text)


def _differences(world: World, actor: str) -> list[str]:
    everywhere, within = fill(world)
    wrong = []
    visitor, token = _fresh(world, actor)
    for endpoint, method, expected in rows():
        if endpoint.startswith(("security.", "invitation.")):  # these may sign somebody in or out
            visitor, token = _fresh(world, actor)
        values = everywhere | within.get(endpoint.partition(".")[0], {})
        address = _address(world, endpoint, method, values)
        answer = visitor.client.open(address, method=method, data={"csrf_token": token} if method == "POST" else None)
        wanted = expected[actor]
        got = _got(answer)
        # The sign-in library leads whoever lacks a token of its own to the sign-in page too.
        if got != wanted and not (wanted == "302" and got == "in" and endpoint.startswith("security.")):
            wrong.append(f"{endpoint} {method}: {actor} got {got}, the table says {wanted}")
    return wrong


@pytest.mark.parametrize("actor", ACTORS)
def test_each_actor_gets_what_the_table_says(world: World, actor: str) -> None:
    if actor == "disabled":
        _disable(world)
    assert _differences(world, actor) == []


def _disable(world: World) -> None:
    with world.app.extensions["vfm_database"].write.begin() as db:
        account = find_account(db, "disabled@example.org")
        assert account is not None
        account.active = False


def test_without_the_gate_fifty_rows_or_more_turn_red(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    others = [each for each in world.app.before_request_funcs[None] if each is not permissions.gate]
    monkeypatch.setitem(world.app.before_request_funcs, None, others)
    red = [row for actor in ("anonymous", "teacher", "other-school") for row in _differences(world, actor)]
    assert len(red) >= 50


def test_another_schools_page_is_the_same_bytes_as_one_that_never_was(world: World) -> None:
    fill(world)
    stranger = world.signed_in("other-school")
    there = stranger.get(f"/school/{world.school.slug}/{YEAR}/")
    nowhere = stranger.get(f"/school/no-such-school/{YEAR}/")
    assert there.status_code == nowhere.status_code == 404
    assert _plain(there) == _plain(nowhere)


def _plain(answer: TestResponse) -> str:
    nonce = answer.headers["Content-Security-Policy"].split("nonce-")[1].split("'")[0]
    return answer.text.replace(nonce, "").replace(find_token(answer.text), "")
