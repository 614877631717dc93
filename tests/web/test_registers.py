"""Every register in the same way: add, change, refuse, conflict, remove."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from html import escape
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.web.filled import fill
from tests.web.forms import RUBBISH, fields_of, numbers_of, refused, start, words
from tests.world import Visitor, World, find_token
from vfm.store.bridging import BridgeEntryRow, TimeNotTiedRow
from vfm.store.funds import IncomeRow, LedgerRow
from vfm.store.programmes import ProgrammeRow
from vfm.store.provision import CostRow, InterventionRow
from vfm.store.pupils import PupilRow
from vfm.store.rows import rows_of
from vfm.store.staff import StaffRoleRow, StaffRow
from vfm.web.roles import Roles

TYPED: dict[str, tuple[Any, dict[str, str]]] = {
    "income": (IncomeRow, {"kind": "notional", "original": "1,000.00", "estimated": "no"}),
    "ledger": (LedgerRow, {"amount": "£1,000", "estimated": "no"}),
    "time": (
        TimeNotTiedRow,
        {"kind": "senco", "role_id": "ROLE", "hours": "190", "paid": "no", "sen_share": "100", "estimated": "no"},
    ),
    "bridge-lines": (
        BridgeEntryRow,
        {"heading": "cover", "amount": "£500", "ground": "Invoices", "estimated": "no"},
    ),
    "roles": (
        StaffRoleRow,
        {"teacher": "no", "actual_method": "stated", "actual_per_hour": "20.38", "actual_from_people": "no"},
    ),
    "staff": (StaffRow, {"role_id": "ROLE", "weekly_hours": "30"}),
    "pupils": (PupilRow, {"year_group": "4", "status": "K"}),
    "provision-map": (
        InterventionRow,
        {"tier": "targeted", "time_kind": "intervention", "giver_1": "ROLE", "number_1": "1", "minutes": "30"}
        | {"sessions_a_week": "2", "weeks": "38", "basis": "shared", "where": "in", "estimated": "no"},
    ),
    "programmes": (ProgrammeRow, {"tier": "targeted", "aliases": ""}),
    "costs": (CostRow, {"kind": "fees", "amount": "10", "estimated": "no"}),
}
NUMBER = {
    "income": "original", "ledger": "amount", "roles": "actual_per_hour", "staff": "weekly_hours", "pupils": "year_group",
    "provision-map": "minutes", "programmes": "minutes", "costs": "amount", "time": "hours", "bridge-lines": "amount",
}  # fmt: skip


class Desk:
    """One register at Oak, as leadership sees it."""

    def __init__(self, world: World, name: str) -> None:
        everywhere, within = fill(world)
        self.world, self.name, (self.table, fields) = world, name, TYPED[name]
        self.role = str(within["roles"]["row"])
        self.typed: dict[str, str] = {key: self.role if value == "ROLE" else value for key, value in fields.items()}
        costs = f"provision-map/{everywhere['intervention']}/costs"
        self.home = f"{world.home}{costs if name == 'costs' else name}/"
        self.head = start(world)

    def send(self, page: str = "add", **more: str) -> TestResponse:
        return self.head.send(self.home + page, **(self.typed | more))

    def rows(self) -> dict[str, int]:
        with self.world.app.extensions["vfm_database"].read() as db:
            return {row.name: row.id for row in rows_of(db, self.table, self.world.school.id)}

    def listed(self) -> str:
        return words(self.head.get(self.home).text)


@pytest.fixture(params=list(TYPED))
def desk(world: World, request: pytest.FixtureRequest) -> Desk:
    return Desk(world, request.param)


def test_a_row_that_is_added_is_listed_and_can_be_changed(desk: Desk) -> None:
    assert "Oak’s own" not in desk.listed()
    assert desk.send(name="Oak’s own").status_code == 302
    assert "Oak’s own" in desk.listed()
    row = desk.rows()["Oak’s own"]
    assert 'value="Oak’s own"' in words(desk.head.get(f"{desk.home}{row}").text)
    assert desk.send(str(row), version="1", name="Another name").status_code == 302
    shown = desk.listed()
    assert "Another name" in shown
    assert "Oak’s own" not in shown.replace("Oak’s own: saved", "")


def test_a_form_without_a_name_is_refused_and_keeps_what_was_typed(desk: Desk) -> None:
    refused(desk.head.send(desk.home + "add"))
    number = NUMBER[desk.name]
    page = refused(desk.send(name="Still here", **{number: "rubbish"}))
    assert "Still here" in page
    assert "rubbish" in page or desk.name == "pupils", "a menu cannot show what is not in it"
    assert "Still here" not in desk.listed()


def test_rubbish_in_every_field_at_once_is_refused(desk: Desk) -> None:
    names = fields_of(desk.head.get(desk.home + "add").text)
    for typed in RUBBISH:
        refused(desk.send(**dict.fromkeys(names, typed)))


@pytest.mark.slow
def test_rubbish_in_one_field_is_refused_or_shown_as_it_was_typed(desk: Desk) -> None:
    for place, name in enumerate(fields_of(desk.head.get(desk.home + "add").text)):
        for turn in range(3):
            typed = RUBBISH[(place + 3 * turn) % len(RUBBISH)]
            sent = desk.send(**({"name": f"Row {place} {turn}"} | {name: typed}))
            assert sent.status_code in (302, 400), (name, typed)
            if sent.status_code == 400:
                refused(sent)
    assert "<script>alert" not in desk.head.get(desk.home).text
    for row in desk.rows().values():
        assert "<script>alert" not in desk.head.get(f"{desk.home}{row}").text


def test_a_script_and_a_formula_as_a_name_are_listed_as_text(desk: Desk) -> None:
    for name in ("<script>alert(1)</script>", "=1+1"):
        assert desk.send(name=name).status_code == 302
        assert escape(name) in desk.head.get(desk.home).text.replace("&#34;", "&quot;")
    assert "<script>alert" not in desk.head.get(desk.home).text


def test_when_a_colleague_saved_first_both_texts_are_shown(desk: Desk) -> None:
    desk.send(name="Before")
    row = desk.rows()["Before"]
    assert desk.send(str(row), version="1", name="The head’s name").status_code == 302
    office = desk.world.signed_in("office")
    answer = office.send(f"{desk.home}{row}", **(desk.typed | {"version": "1", "name": "The office’s name"}))
    assert answer.status_code == 409
    assert "The head’s name" in words(answer.text)
    assert "The office’s name" in words(answer.text)
    assert "The head’s name" in desk.rows()
    agreed = office.send(f"{desk.home}{row}", **(desk.typed | {"version": "2", "name": "Agreed by both"}))
    assert agreed.status_code == 302
    assert "Agreed by both" in desk.rows()


def test_removing_asks_first_and_pressed_twice_finds_nothing(desk: Desk) -> None:
    desk.send(name="To be removed")
    page = f"{desk.home}{desk.rows()['To be removed']}/remove"
    assert "Remove “To be removed”?" in words(desk.head.get(page).text)
    assert "To be removed" in desk.rows()
    assert desk.head.send(page).status_code == 302
    assert "To be removed" not in desk.rows()
    assert desk.head.send(page, page=desk.home + "add").status_code == 404
    assert desk.head.get(page.removesuffix("/remove")).status_code == 404


def test_numbers_that_are_nought_break_no_page(desk: Desk) -> None:
    numbers = numbers_of(desk.head.get(desk.home + "add").text)
    for name in numbers:
        assert desk.send(**{"name": f"Nought in {name}", name: "0"}).status_code in (302, 400)
    desk.send(**(dict.fromkeys(numbers, "0") | {"name": "Nothing but noughts"}))
    for shown in (desk.home, desk.world.home + "provision-map/", desk.world.home + "submission/draft"):
        assert desk.head.get(shown).status_code == 200


def test_an_address_of_a_row_that_never_was_is_not_found(desk: Desk) -> None:
    for row in ("1", str(1 << 63), "9" * 40):
        assert desk.head.get(f"{desk.home}{row}").status_code == 404


def test_a_row_that_is_used_elsewhere_says_so_and_stays(world: World) -> None:
    roles = Desk(world, "roles")
    page = f"{roles.home}{roles.role}"
    assert roles.head.send(page + "/remove").location.endswith(page)
    assert "is used elsewhere: take it out there first" in words(roles.head.get(page).text)


def test_a_pupil_with_top_up_cannot_be_removed_before_the_income_line(world: World) -> None:
    income = Desk(world, "income")
    with world.app.extensions["vfm_database"].read() as db:
        pupil = rows_of(db, PupilRow, world.school.id)[0].id
    assert income.send(name="Top-up", kind="top-up", pupil_id=str(pupil)).status_code == 302
    page = f"{world.home}pupils/{pupil}"
    income.head.send(page + "/remove")
    assert "P1 is used elsewhere" in words(income.head.get(page).text)
    income.head.send(f"{income.home}{income.rows()['Top-up']}/remove")
    income.head.send(page + "/remove")
    assert income.head.get(page).status_code == 404


def test_two_roles_of_one_name_sent_at_the_same_instant_are_one_and_a_message(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever finds the form right waits a little for the other, so that both go on to write."""
    page, together, check = world.home + "roles/add", threading.Barrier(2), Roles.check
    both = [start(world, who) for who in ("leadership", "senco")]
    tokens = [find_token(visitor.get(page).text) for visitor in both]

    def found_right(self: Roles, form: Any, year: int, row: Any) -> None:
        check(self, form, year, row)
        with suppress(threading.BrokenBarrierError):
            together.wait(timeout=1)

    def send(visitor: Visitor, token: str) -> tuple[int, str]:
        given = {"name": "Nurture lead", "teacher": "no", "actual_method": "", "authority_method": ""}
        answer = visitor.client.post(page, data=given | {"actual_estimated": "no", "csrf_token": token})
        return answer.status_code, answer.text

    monkeypatch.setattr(Roles, "check", found_right)
    with ThreadPoolExecutor(2) as pool:
        (first, _), (second, told) = sorted(pool.map(send, both, tokens))
    assert (first, second) == (302, 400)
    assert "There is already a role with this name" in told


def test_a_fault_of_the_site_itself_is_said_on_a_page_also_where_the_database_refused(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = start(world)
    monkeypatch.setattr(Roles, "values", lambda *_: {"name": None, "teacher": False})
    given = {"name": "Nurture lead", "teacher": "no", "actual_method": "", "authority_method": ""}
    token = find_token(head.get(world.home + "roles/add").text)
    data = given | {"actual_estimated": "no", "csrf_token": token}
    answer = head.client.post(world.home + "roles/add", data=data)  # send() takes no 500
    assert answer.status_code == 500
    assert "Sign out" in answer.text
    assert "Nurture lead" not in head.get(world.home + "roles/").text
