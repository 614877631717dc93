"""A session that ran out: what was typed is there again after signing in, for the same person only."""

import datetime as dt

from sqlalchemy import update

from tests.world import World
from vfm.store.accounts import SignInRow, find_account
from vfm.store.audit import By
from vfm.store.reviews import start_review


def _question(world: World) -> str:
    with world.app.extensions["vfm_database"].write.begin() as db:
        head = find_account(db, "leadership@example.org")
        assert head is not None
        start_review(db, world.school.id, 2026, By(head.id, dt.datetime.now(dt.UTC)))
    return f"{world.home}funding/toy-figure"


def _let_time_pass(world: World, hours: int) -> None:
    with world.app.extensions["vfm_database"].write.begin() as db:
        db.execute(update(SignInRow).values(seen=dt.datetime.now(dt.UTC) - dt.timedelta(hours=hours)))


def test_what_was_typed_stands_in_the_form_again(world: World) -> None:
    address, senco = _question(world), world.signed_in("senco")
    senco.get(address)
    _let_time_pass(world, 1)
    answer = senco.client.post(address, data={"choice": "in-part", "note": "Half an hour of work", "version": "0"})
    assert answer.status_code == 302
    assert "/account/sign-in" in answer.location
    senco.send("/account/sign-in", email="senco@example.org", password="three unrelated words")
    page = senco.get(address).text
    assert "Half an hour of work" in page
    assert "before you were signed out" in page
    senco.send(address, choice="in-part", note="Half an hour of work", version="0")
    assert "before you were signed out" not in senco.get(address).text


def test_nobody_else_is_shown_it(world: World) -> None:
    address, senco = _question(world), world.signed_in("senco")
    _let_time_pass(world, 1)
    senco.client.post(address, data={"choice": "no", "note": "Only mine", "version": "0"})
    assert "Only mine" not in world.signed_in("leadership").get(address).text


def test_an_unknown_cookie_keeps_nothing(world: World) -> None:
    address, visitor = _question(world), world.visitor()
    visitor.client.set_cookie("vfm", "not-a-session")
    visitor.client.post(address, data={"note": "From nowhere"})
    assert "From nowhere" not in world.signed_in("senco").get(address).text


def test_after_a_day_it_is_gone(world: World) -> None:
    address, senco = _question(world), world.signed_in("senco")
    _let_time_pass(world, 26)
    senco.client.post(address, data={"choice": "no", "note": "Too late", "version": "0"})
    senco.send("/account/sign-in", email="senco@example.org", password="three unrelated words")
    assert "Too late" not in senco.get(address).text
