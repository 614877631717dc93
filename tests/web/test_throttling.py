"""Guessing is slowed down, for an account and from an address, whichever process answers."""

import datetime as dt

from sqlalchemy import update

from tests.world import PASSWORD, World
from vfm.store.tries import TryRow
from vfm.web.throttling import MOST_FOR_ACCOUNT


def _guess(world: World, times: int, email: str = "senco@example.org") -> int:
    last = 0
    for _ in range(times):
        last = world.visitor().send("/account/sign-in", email=email, password="not the password").status_code
    return last


def test_after_ten_wrong_guesses_even_the_right_password_waits(world: World) -> None:
    assert _guess(world, MOST_FOR_ACCOUNT) == 400
    answer = world.visitor().send("/account/sign-in", email="senco@example.org", password=PASSWORD)
    assert answer.status_code == 429
    assert "quarter of an hour" in answer.text


def test_nine_wrong_guesses_and_the_right_password_lets_in_and_forgets_them(world: World) -> None:
    _guess(world, MOST_FOR_ACCOUNT - 1)
    world.signs_in("senco")
    assert _guess(world, MOST_FOR_ACCOUNT - 1) == 400
    world.signs_in("senco")


def test_another_account_is_not_held_up(world: World) -> None:
    _guess(world, MOST_FOR_ACCOUNT)
    world.signs_in("leadership")


def test_an_account_that_does_not_exist_is_held_up_alike(world: World) -> None:
    assert _guess(world, MOST_FOR_ACCOUNT + 1, "nobody@example.org") == 429


def test_it_is_over_after_a_quarter_of_an_hour(world: World) -> None:
    _guess(world, MOST_FOR_ACCOUNT)
    with world.app.extensions["vfm_database"].write.begin() as db:
        db.execute(update(TryRow).values(at=dt.datetime.now(dt.UTC) - dt.timedelta(minutes=15, seconds=1)))
    world.signs_in("senco")
