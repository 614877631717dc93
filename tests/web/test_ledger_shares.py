"""The SEN shares of all ledger lines on one page: saved together or not at all, and nobody's work lost."""

import datetime as dt
import re
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from sqlalchemy import event, func, select

from tests.web.entering import begin, put
from tests.web.forms import RUBBISH, refused, words
from tests.web.sheets import confirm, preview_of
from tests.world import YEAR, Visitor, World
from vfm.store.accounts import SignInRow
from vfm.store.audit import AuditRow, By
from vfm.store.funds import LedgerRow
from vfm.store.rows import add_row, rows_of
from vfm.web.ledger_share_cells import CONFLICT, REST
from vfm.web.signing_in import User

LEDGER = (
    ("E03", "Education support staff", "10000"), ("E26", "Agency supply", "500.50"), ("", "Transport", "200"),
    ("E03", "Midday staff", "1000"),
)  # fmt: skip


class Office:
    """A business manager at the page, with some ledger lines there."""

    def __init__(self, world: World) -> None:
        self.world, self.page = world, world.home + "ledger/shares"
        self.head = begin(world)

    def add(self, lines: Any, year: int = YEAR) -> list[str]:
        with self.world.app.extensions["vfm_database"].write.begin() as db:
            school, by = self.world.school.id, By(self.someone(db), dt.datetime.now(dt.UTC))
            return [
                str(
                    add_row(
                        db, LedgerRow, school, by, "ledger line", year=year, code=code, name=name, amount=Decimal(amount),
                        sen_share=Decimal(more[0]) if more else None, ground=more[1] if more else "",
                    ).id
                )
                for code, name, amount, *more in lines
            ]  # fmt: skip

    def someone(self, db: Any) -> int:
        return int(db.scalar(select(User.id).limit(1)))

    def fields(self, visitor: Visitor | None = None, asked: str = "") -> dict[str, str]:
        """What a browser would send of the page as it stands."""
        page = (visitor or self.head).get(self.page + asked).text
        inputs = re.findall(r'<input[^>]*? name="((?:share|ground|seen)-\d+)" value="([^"]*)"', page)
        return {name: unescape(value) for name, value in inputs}

    def send(self, asked: str = "", **typed: str) -> Any:
        return self.head.send(self.page + asked, **typed)

    def kept(self) -> dict[str, tuple[str, str, str]]:
        with self.world.app.extensions["vfm_database"].read() as db:
            rows = rows_of(db, LedgerRow, self.world.school.id, year=YEAR)
        return {str(row.id): (_plain(row.sen_share), row.ground, row.set_by) for row in rows}

    def changes(self) -> int:
        with self.world.app.extensions["vfm_database"].read() as db:
            return int(db.scalar(select(func.count()).select_from(AuditRow).where(AuditRow.did == "changed")) or 0)


def _plain(share: Decimal | None) -> str:
    return "" if share is None else f"{share.normalize():f}"


@pytest.fixture
def office(world: World) -> Office:
    return Office(world)


def test_all_shares_are_saved_together_with_ground_and_name(office: Office) -> None:
    staff, supply, transport, midday = office.add(LEDGER)
    typed = office.fields() | {
        f"share-{staff}": "40", f"ground-{staff}": "Hours on the  timetable", f"share-{supply}": "12.5%",
        f"ground-{supply}": "Count of days", f"share-{midday}": "0", f"ground-{midday}": "None",
    }  # fmt: skip
    answer = office.send(**typed)
    assert answer.status_code == 302
    assert answer.location == office.page
    page = words(office.head.get(office.page).text)
    said = "£4,062.56 of £11,700.50 is for SEN so far; 1 line has no share yet, £200.00 in all"
    assert f"3 lines have been saved. {said}" in page
    kept = office.kept()
    assert kept[staff][:2] == ("40", "Hours on the timetable")
    assert kept[supply][:2] == ("12.5", "Count of days")
    assert kept[midday][:2] == ("0", "None")
    assert kept[transport] == ("", "", "")
    assert {kept[each][2] for each in (staff, supply, midday)} == {"Leadership Person"}, "who set it"
    assert office.changes() == 3, "each line has its audit"


def test_a_page_that_is_sent_as_it_stands_changes_nothing(office: Office) -> None:
    office.add([("E03", "Staff", "10", "33.33", "Hours"), *LEDGER])
    before = office.kept()
    assert office.send(**office.fields()).status_code == 302
    assert office.kept() == before
    assert office.changes() == 0
    assert "Nothing was changed" in office.head.get(office.page).text


def test_lines_of_one_code_stand_together_under_their_sum(office: Office) -> None:
    office.add(LEDGER)
    page = words(office.head.get(office.page).text)
    places = [
        page.index(f">{each}<")
        for each in ("E03 Education support staff", "£11,000.00", "E26 Agency supply", "Transport")
    ]
    assert places == sorted(places)
    assert page.index("E03 Midday staff") < page.index("E26 Agency supply")


def test_the_rest_is_nought_with_its_ground_and_what_was_set_stays(office: Office) -> None:
    staff, supply, transport, midday = office.add([("E03", "Staff", "100", "40", "Hours"), *LEDGER[1:]])
    typed = office.fields() | {f"share-{midday}": "10", f"ground-{midday}": "Count", "rest": "y"}
    assert office.send(**typed).status_code == 302
    kept = office.kept()
    assert kept[staff] == ("40", "Hours", "")
    assert kept[midday][:2] == ("10", "Count")
    assert kept[supply][:2] == kept[transport][:2] == ("0", REST)
    assert office.send(**office.fields(), rest="y").status_code == 302
    assert office.changes() == 3, "the second time there is no rest"


def test_a_line_with_a_ground_and_no_share_is_not_part_of_the_rest(office: Office) -> None:
    staff, *_ = office.add(LEDGER)
    typed = office.fields() | {f"ground-{staff}": "Waiting for the timetable"}
    page = refused(office.send(**typed, rest="y"))
    assert "E03 Education support staff, share for SEN in %: enter it, or empty both cells" in page
    assert all(kept[:2] == ("", "") for kept in office.kept().values())
    assert re.search(r'<input[^>]*name="rest"[^>]*checked', page), "the tick is kept"
    assert office.send(**typed).status_code == 302
    assert office.kept()[staff] == ("", "Waiting for the timetable", "")
    refused(office.send(**office.fields(), rest="y"))


def test_every_wrong_cell_is_named_kept_and_nothing_is_saved(office: Office) -> None:
    staff, supply, transport, midday = office.add(LEDGER)
    typed = office.fields() | {
        f"share-{staff}": "101", f"ground-{staff}": "Hours", f"share-{supply}": "half", f"share-{transport}": "5",
        f"ground-{transport}": "", f"share-{midday}": "7", f"ground-{midday}": "x" * 201,
    }  # fmt: skip
    page = refused(office.send(**typed))
    for key, said in {
        f"share-{staff}": "E03 Education support staff, share for SEN in %: must be from 0 to 100",
        f"share-{supply}": "E26 Agency supply, share for SEN in %: enter a number",
        f"ground-{supply}": "E26 Agency supply, how it was worked out: say how",
        f"ground-{transport}": "Transport, how it was worked out: say how the share was worked out",
        f"ground-{midday}": "E03 Midday staff, how it was worked out: must be 200 characters or fewer",
    }.items():
        assert f'href="#{key}"' in page, key
        assert f'id="{key}-error"' in page, key
        assert said in page, key
    for value in ("101", "half", "x" * 201):
        assert f'value="{value}"' in page
    assert all(kept == ("", "", "") for kept in office.kept().values())


def test_only_lines_without_a_share_are_shown_where_these_are_asked_for(office: Office) -> None:
    staff, supply, *_ = office.add([("E03", "Staff", "100", "40", "Hours"), *LEDGER[1:]])
    assert "Show only lines without a share yet (3)" in office.head.get(office.page).text
    typed = office.fields(asked="?only=missing")
    assert f"share-{staff}" not in typed and f"share-{supply}" in typed
    answer = office.send("?only=missing", **typed, rest="y")
    assert answer.location == office.page + "?only=missing"
    assert "Every line has a share." in office.head.get(answer.location).text
    assert office.kept()[staff] == ("40", "Hours", "")


def test_last_times_share_is_suggested_and_saved_only_when_it_is_sent(office: Office) -> None:
    office.add([("E03", "Education support staff", "9", "40", "Hours"), ("E26", "Supply", "9", "5", "Days")], YEAR - 2)
    office.add([("E03", "Education support staff", "9", "45", "Posts"), ("E26", "Supply", "9")], YEAR - 1)
    staff, supply, *_ = office.add(LEDGER)
    page = words(office.head.get(office.page).text)
    assert "As in 2025 to 2026, not saved yet" in page
    assert "1 line is filled in as you had it in 2025 to 2026" in page
    typed = office.fields()
    assert (typed[f"share-{staff}"], typed[f"ground-{staff}"]) == ("45", "Posts")
    assert typed[f"share-{supply}"] == ""
    assert office.kept()[staff] == ("", "", "")
    assert office.send(**typed).status_code == 302
    assert office.kept()[staff] == ("45", "Posts", "Leadership Person")
    assert "not saved yet" not in office.head.get(office.page).text


def test_who_comes_second_sees_both_and_loses_nothing(office: Office) -> None:
    staff, supply, transport, _ = office.add(LEDGER)
    mine = office.fields() | {
        f"share-{staff}": "40", f"ground-{staff}": "Mine", f"share-{transport}": "9", f"ground-{transport}": "Also mine",
    }  # fmt: skip
    senco = office.world.signed_in("senco")
    theirs = office.fields(senco) | {
        f"share-{staff}": "30", f"ground-{staff}": "Theirs", f"share-{supply}": "1", f"ground-{supply}": "Not mine",
    }  # fmt: skip
    assert senco.send(office.page, **theirs).status_code == 302
    answer = office.send(**mine)
    assert answer.status_code == 409
    page = words(answer.text)
    assert f"E03 Education support staff: {CONFLICT}" in page
    assert "Now kept: 30%, Theirs, set by Senco" in page
    assert page.count(CONFLICT[1:]) == 2, "of the line that both set, and of no other"
    assert 'value="Mine"' in page and 'value="Also mine"' in page
    assert office.kept()[transport] == ("", "", "")
    again = mine | dict(re.findall(rf'name="(seen-{staff})" value="([^"]*)"', page))
    assert office.send(**again).status_code == 302
    kept = office.kept()
    assert kept[staff][:2] == ("40", "Mine")
    assert kept[transport][:2] == ("9", "Also mine")
    assert kept[supply][:2] == ("1", "Not mine"), "a line that was not typed into stays as somebody else left it"


def test_the_rest_does_not_go_over_what_somebody_else_has_set(office: Office) -> None:
    staff, *_ = office.add(LEDGER)
    mine = office.fields()
    senco = office.world.signed_in("senco")
    assert senco.send(office.page, **(mine | {f"share-{staff}": "30", f"ground-{staff}": "Theirs"})).status_code == 302
    answer = office.send(**mine, rest="y")
    assert answer.status_code == 409
    assert "Now kept: 30%, Theirs" in answer.text
    assert office.kept()[staff][:2] == ("30", "Theirs")


def test_what_both_set_alike_is_no_conflict(office: Office) -> None:
    staff, *_ = office.add(LEDGER)
    mine = office.fields() | {f"share-{staff}": "30", f"ground-{staff}": "Hours"}
    assert office.send(**mine).status_code == 302
    assert office.send(**mine).status_code == 302, "sent twice"
    assert office.changes() == 1


def test_a_line_that_was_removed_meanwhile_is_said_and_the_others_are_kept(office: Office) -> None:
    staff, supply, transport, _ = office.add(LEDGER)
    mine = office.fields() | {
        f"share-{staff}": "40", f"ground-{staff}": "Lost?", f"share-{supply}": "1", f"ground-{supply}": "Days",
    }  # fmt: skip
    for gone in (staff, transport):
        put(office.head, office.world.home + f"ledger/{gone}/remove")
    answer = office.send(**mine)
    assert answer.status_code == 409
    page = words(answer.text)
    assert "40%, Lost?" in page
    assert f"share-{staff}" not in page
    assert office.kept()[supply] == ("", "", "")
    left = {name: value for name, value in mine.items() if staff not in name}
    assert office.send(**left).status_code == 302
    assert office.kept()[supply][:2] == ("1", "Days")


def test_a_changed_amount_is_no_conflict(office: Office) -> None:
    staff, *_ = office.add(LEDGER[:1])
    mine = office.fields() | {f"share-{staff}": "40", f"ground-{staff}": "Hours"}
    sheet = b"Code,Description,Actual\nE03,Education support staff,20000\n"
    preview, _ = preview_of(office.head, office.world.home + "ledger/import/", sheet)
    assert confirm(office.head, preview, estimated="no").status_code == 302
    assert office.send(**mine).status_code == 302
    assert "£8,000.00 of £20,000.00 is for SEN" in office.head.get(office.page).text


def test_a_share_can_be_taken_away_again(office: Office) -> None:
    (staff,) = office.add([("E03", "Staff", "100", "40", "Hours")])
    assert office.send(**(office.fields() | {f"share-{staff}": "", f"ground-{staff}": ""})).status_code == 302
    assert office.kept()[staff] == ("", "", "")


def test_rubbish_and_foreign_lines_are_refused_or_left_alone(office: Office) -> None:
    staff, *_ = office.add(LEDGER)
    for typed in RUBBISH:
        refused(office.send(**(office.fields() | {f"share-{staff}": f"{typed} 1", f"ground-{staff}": typed})))
    with office.world.app.extensions["vfm_database"].write.begin() as db:
        by = By(office.someone(db), dt.datetime.now(dt.UTC))
        other = add_row(
            db, LedgerRow, office.world.neighbour.id, by, "x", year=YEAR, name="Secret", amount=Decimal(1)
        ).id
    odd = {
        f"seen-{other}": "x",
        f"share-{other}": "40",
        f"ground-{other}": "No",
        "seen-": "",
        "seen-x": "",
        "seen-" + "9" * 30: "",
    }
    answer = office.send(**odd)
    assert answer.status_code == 409
    assert "Secret" not in answer.text
    assert office.head.get(office.page + "?only=x&part=abc").status_code == 200


def test_what_was_typed_stands_on_the_page_after_signing_in_again(office: Office) -> None:
    staff, *_ = office.add(LEDGER)
    senco = office.world.signed_in("senco")
    typed = office.fields(senco) | {f"share-{staff}": "40", f"ground-{staff}": "Nearly lost", "rest": "y"}
    with office.world.app.extensions["vfm_database"].write.begin() as db:
        for row in db.query(SignInRow):
            row.seen = dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)
    assert senco.client.post(office.page, data=typed).status_code == 302
    senco.send("/account/sign-in", email="senco@example.org", password="three unrelated words")
    page = senco.get(office.page).text
    assert 'value="Nearly lost"' in page
    assert "before you were signed out" in page
    assert re.search(r'<input[^>]*name="rest"[^>]*checked', page)


def test_it_is_led_to_from_the_ledger_and_from_the_bridge(office: Office) -> None:
    assert office.page not in office.head.get(office.world.home + "ledger/").text, "where there are no lines"
    assert "There are no ledger lines yet" in office.head.get(office.page).text
    office.add([("E03", "Staff", "100", "40", "Hours"), *LEDGER])
    assert "4 lines have no share yet" in office.head.get(office.world.home + "ledger/").text
    assert f'href="{office.page}"' in office.head.get(office.world.home + "ledger/").text
    assert f'href="{office.page}?only=missing"' in office.head.get(office.world.home + "bridge/").text


def _statements(office: Office, asked: Any) -> int:
    engine, seen = office.world.app.extensions["vfm_database"].engine, []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        asked()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def test_three_hundred_lines_take_as_many_queries_as_three_and_fit_in_one_form(office: Office) -> None:
    counts = []
    for how_many in (3, 297):
        office.add([(f"{4000 + n % 40}", f"Line {n} of {how_many}, Ŵyn", f"{n}.25") for n in range(how_many)])
        office.head.get(office.page)
        looked = _statements(office, lambda: office.head.get(office.page))
        typed = office.fields()
        typed |= {
            key: "12.5" if key[0] == "s" else f"{'ŵ' * 180} {key}"[:199] for key in typed if not key.startswith("seen-")
        }
        saved = _statements(office, lambda typed=typed: office.send(**typed))
        counts.append((looked, saved))
    assert len(typed) == 900
    assert len(office.kept()) == 300
    assert {kept[0] for kept in office.kept().values()} == {"12.5"}
    assert counts[0] == counts[1]


def test_a_ledger_that_is_too_long_for_one_page_is_shown_in_parts(office: Office) -> None:
    ids = office.add([("", f"Line {n}", "1") for n in range(302)])
    first, second = office.fields(), office.fields(asked="?part=2")
    assert [len(first), len(second)] == [900, 6]
    assert office.send("?part=2", **second, rest="y").status_code == 302
    assert [each for each, kept in office.kept().items() if kept[0] == "0"] == ids[300:]
