"""A session that ran out: what was typed is there again after signing in, for the same person only."""

import datetime as dt
import re
from urllib.parse import unquote

from sqlalchemy import update

from tests.web.entering import begin, intervention, pupil, stated
from tests.world import Visitor, World
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


def _sign_in_again(senco: Visitor) -> str:
    """Where the person is led after signing in again."""
    answer = senco.send("/account/sign-in", email="senco@example.org", password="three unrelated words")
    assert answer.status_code == 302
    return str(answer.location)


def test_a_remark_stands_in_its_box_again_beside_the_answer_as_it_was_saved(world: World) -> None:
    address, senco = _question(world), world.signed_in("senco")
    senco.send(address, choice="in-part", note="Saved before", version="0")
    _let_time_pass(world, 1)
    answer = senco.client.post(address + "/remark", data={"message": "Who has the minutes of May?"})
    assert answer.status_code == 302
    led = unquote(answer.location.partition("next=")[2])
    assert led == address, "signing in leads back to the page on which the remark was typed"
    _sign_in_again(senco)
    page = senco.get(address).text
    assert "Who has the minutes of May?</textarea>" in page
    assert "before you were signed out" in page
    assert "Saved before</textarea>" in page, "the answer's own form is not touched by the remark's draft"
    assert re.search(r'value="in-part"\s+checked', page)
    senco.send(address + "/remark", page=address, message="Who has the minutes of May?")
    page = senco.get(address).text
    assert "Who has the minutes of May?</textarea>" not in page
    assert "before you were signed out" not in page


def test_an_answer_and_a_remark_that_were_both_typed_both_stand_again(world: World) -> None:
    address, senco = _question(world), world.signed_in("senco")
    _let_time_pass(world, 1)
    senco.client.post(address, data={"choice": "no", "note": "The answer's note", "version": "0"})
    senco.client.post(address + "/remark", data={"message": "The remark's words"})
    _sign_in_again(senco)
    page = senco.get(address).text
    assert "The answer&#39;s note</textarea>" in page
    assert "The remark&#39;s words</textarea>" in page
    assert "before you were signed out" in page


def test_a_remark_is_shown_again_to_nobody_else(world: World) -> None:
    address, senco = _question(world), world.signed_in("senco")
    _let_time_pass(world, 1)
    senco.client.post(address + "/remark", data={"message": "Mine alone"})
    assert "Mine alone" not in world.signed_in("leadership").get(address).text


def test_who_takes_part_stands_in_the_table_again(world: World) -> None:
    head = begin(world)
    identity = intervention(world, head, "Reading", stated(world, head, "Assistant", "20"), basis="stated")
    ann, bob = pupil(world, head, "Ann"), pupil(world, head, "Bob")
    address = f"{world.home}provision-map/{identity}/pupils"
    both = {f"in-{ann}": "y", f"percent-{ann}": "50", f"in-{bob}": "y", f"percent-{bob}": "50"}
    head.send(address, **{name.replace("-", "__"): text for name, text in both.items()})
    senco = world.signed_in("senco")
    _let_time_pass(world, 1)
    typed = {f"in-{ann}": "y", f"percent-{ann}": "62.5", f"result-{ann}": "met", f"percent-{bob}": "37,5"}
    answer = senco.client.post(address, data=typed)
    assert unquote(answer.location.partition("next=")[2]) == address
    _sign_in_again(senco)
    page = senco.get(address).text
    assert "before you were signed out" in page
    assert 'value="62.5"' in page
    assert 'value="37,5"' in page, "also what would be refused"
    assert re.search(rf'id="in-{ann}"[^>]* checked', page)
    assert not re.search(rf'id="in-{bob}"[^>]* checked', page), "a tick that was taken away is not there again"
    assert re.search(rf'id="result-{ann}".*?value="met" selected', page)
    assert "Error: " not in page
    fresh = world.signed_in("leadership").get(address).text
    assert "62.5" not in fresh, "nobody else is shown it"
    agreed = {f"in-{ann}": "y", f"percent-{ann}": "62.5", f"in-{bob}": "y", f"percent-{bob}": "37.5"}
    senco.send(address, **{name.replace("-", "__"): text for name, text in agreed.items()})
    assert "before you were signed out" not in senco.get(address).text
