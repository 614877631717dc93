"""Signing in and out: what must hold of sessions and passwords."""

import sqlite3

import pytest

from tests.world import PASSWORD, World


def test_a_person_signs_in_and_is_led_to_the_school(world: World) -> None:
    head = world.signs_in("leadership")
    assert head.get("/").location == f"/school/{world.school.slug}/"
    assert "Oak &amp; Ash &lt;School&gt;" in head.get(f"/school/{world.school.slug}/").text


@pytest.mark.parametrize("email", ["leadership@example.org", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(world: World, email: str) -> None:
    answer = world.visitor().send("/account/sign-in", email=email, password="not the password")
    assert "Check the email address and the password" in answer.text


def test_somebody_disabled_cannot_sign_in(world: World) -> None:
    admin = world.signs_in("administrator")
    assert "disabled@example.org" in admin.get("/administration/").text
    _disable(world)
    answer = world.visitor().send("/account/sign-in", email="disabled@example.org", password=PASSWORD)
    assert answer.status_code == 400
    assert "Check the email address and the password" in answer.text


def _disable(world: World, who: str = "disabled") -> None:
    with world.app.extensions["vfm_database"].write.begin() as db:
        account = db.query(_user()).filter_by(email=f"{who}@example.org").one()
        identity = account.id
    admin = world.signs_in("administrator")
    admin.send(f"/administration/person/{identity}/active", page="/administration/")


def _user() -> type:
    from vfm.web.signing_in import User  # noqa: PLC0415

    return User


def _old_cookie(world: World, who: str = "leadership") -> tuple[object, str]:
    visitor = world.signs_in(who)
    cookie = visitor.client.get_cookie("vfm")
    assert cookie is not None
    return visitor, cookie.value


def _is_refused(world: World, cookie: str) -> bool:
    thief = world.visitor()
    thief.client.set_cookie("vfm", cookie)
    return thief.get("/account/").status_code == 302


def test_the_cookie_saved_before_signing_out_is_refused(world: World) -> None:
    visitor, cookie = _old_cookie(world)
    assert not _is_refused(world, cookie)
    visitor.send("/account/sign-out", page="/account/")  # type: ignore[attr-defined]
    assert _is_refused(world, cookie)


def test_the_cookie_saved_before_a_password_change_is_refused(world: World) -> None:
    _, cookie = _old_cookie(world)
    other = world.signs_in("leadership")
    new = "four other unrelated words"
    answer = other.send("/account/password", password=PASSWORD, new_password=new, new_password_confirm=new)
    assert answer.status_code == 302
    assert _is_refused(world, cookie)
    assert other.get("/account/").status_code == 200, "whoever changed it stays signed in"


def test_the_cookie_saved_before_disabling_is_refused(world: World) -> None:
    _, cookie = _old_cookie(world)
    _disable(world, "leadership")
    assert _is_refused(world, cookie)


def test_the_cookie_saved_before_a_change_of_role_is_refused(world: World) -> None:
    _, cookie = _old_cookie(world, "teacher")
    admin = world.signs_in("administrator")
    answer = admin.send(
        "/administration/invitation", name="T", email="teacher@example.org", role="senco", school=str(world.school.id)
    )
    link = answer.text.split('<code id="link">')[1].split("</code>")[0].replace("http://localhost", "")
    taken = world.visitor().send(link)
    assert taken.status_code == 302
    assert _is_refused(world, cookie)
    assert world.visitor().get(link).status_code == 404, "an invitation works once"


def test_a_reset_link_works_once_and_ends_every_session(world: World) -> None:
    _, cookie = _old_cookie(world)
    with world.app.extensions["vfm_database"].read() as db:
        identity = db.query(_user()).filter_by(email="leadership@example.org").one().id
    admin = world.signs_in("administrator")
    answer = admin.send(f"/administration/person/{identity}/reset", page="/administration/")
    link = answer.text.split('<code id="link">')[1].split("</code>")[0].replace("http://localhost", "")
    new = "four other unrelated words"
    assert world.visitor().send(link, password=new, password_confirm=new).status_code == 302
    assert _is_refused(world, cookie)
    again = world.visitor().get(link)
    assert again.status_code == 302, "the link has been used"


def test_no_session_id_stands_in_the_database(world: World) -> None:
    _, cookie = _old_cookie(world)
    url = world.app.extensions["vfm_database"].engine.url
    if url.get_backend_name() == "sqlite":
        with sqlite3.connect(url.database) as connection:
            dump = "\n".join(connection.iterdump())
        connection.close()
        assert "sign_in" in dump
        assert cookie not in dump
    with world.app.extensions["vfm_database"].read() as db:
        rows = db.connection().exec_driver_sql("SELECT id_hash, account_key, data FROM sign_in").all()
    assert rows
    assert not any(cookie in str(value) or cookie.encode() == bytes(row[0]) for row in rows for value in row)


@pytest.mark.parametrize(
    ("password", "says"),
    [("short", "12 characters or more"), ("password1234", "most common"), ("x" * 201, "200 characters or fewer")],
)
def test_a_weak_new_password_is_refused_beside_the_field(world: World, password: str, says: str) -> None:
    visitor = world.signs_in("leadership")
    answer = visitor.send("/account/password", password=PASSWORD, new_password=password, new_password_confirm=password)
    assert says in answer.text
    assert "Error: " in answer.text
