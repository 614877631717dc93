"""Packs through the site: chosen, read, made once and for good, printed by whom, and nobody else told from one."""

import datetime as dt
import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tests.web.entering import begin, intervention, person, pupil, role, stated, text_of
from tests.web.forms import refused, words
from tests.world import Visitor, World
from vfm.documents.pdf.pack import pack_pdf
from vfm.plan.pack import Pack, Supported, YearOfPack, from_json
from vfm.store.accounts import find_account
from vfm.store.audit import AuditRow, By
from vfm.store.erased import erase, hold
from vfm.store.erasing import look, to_erase
from vfm.store.packs import PackRow
from vfm.store.provision import TakesPartRow
from vfm.store.pupil_reviews import PupilReviewRow
from vfm.store.pupil_views import PupilViewRow
from vfm.store.pupils import PupilRow
from vfm.store.rows import add_row, change_row

TOM, AMY, WILL = "Tom Jones", "Amy Jones", "Will Ó Briain"
SAID = "Tom reads with Amy. Will O’Briain will too. Sam Patel led it in summer. AJ in Year 2 waits."


class Packing:
    """Oak, with Tom in a group with his sister Amy, alone in another, and words about all of them."""

    def __init__(self, world: World, who: str = "leadership") -> None:
        self.world, self.head = world, begin(world)
        self.tom = pupil(world, self.head, TOM, status="E")
        self.amy = pupil(world, self.head, AMY, year_group="2", upn="B823450000012")
        self.will = pupil(world, self.head, WILL)
        self.assistant = stated(world, self.head, "Teaching assistant", "22")
        person(world, self.head, "Sam Patel", self.assistant, weekly_hours="30")
        self.pair = self.line("Amy’s pair reading", self.tom, self.amy, outcome=SAID)
        self.alone = self.line("Speech", self.tom)
        self.by = self.head if who == "leadership" else world.signed_in(who)
        self.home = f"{world.home}pupils/{self.tom}/packs/"

    def line(self, name: str, *pupils: int, **fields: str) -> int:
        given = {"minutes": "30", "sessions_a_week": "2", "weeks": "10"} | fields
        line = intervention(self.world, self.head, name, self.assistant, **given)
        with self.writing() as db:
            for each in pupils:
                add_row(
                    db,
                    TakesPartRow,
                    self.world.school.id,
                    self.author(db),
                    "takes part",
                    intervention_id=line,
                    pupil_id=each,
                )
        return line

    def writing(self) -> Any:
        return self.world.app.extensions["vfm_database"].write.begin()

    def author(self, db: Session) -> By:
        head = find_account(db, "leadership@example.org")
        assert head is not None
        return By(head.id, dt.datetime.now(dt.UTC))

    def say(self, said: str = SAID) -> None:
        """A parent's view and a meeting."""
        with self.writing() as db:
            school, by, day = self.world.school.id, self.author(db), dt.date(2026, 10, 1)
            add_row(
                db,
                PupilViewRow,
                school,
                by,
                "view",
                pupil_id=self.tom,
                year=2026,
                intervention_id=None,
                voice="parent",
                on=day,
                said=said,
            )
            add_row(
                db,
                PupilReviewRow,
                school,
                by,
                "review",
                pupil_id=self.tom,
                year=2026,
                on=day,
                kind="other",
                who="Sam Patel, Mr Jones",
                agreed=said,
            )

    def preview(self, **chosen: str) -> str:
        """The address of a preview; a full pack with cost of this year unless said otherwise."""
        given = {"reader": "full", "cost": "with", "called": "shown", "years": "2026", "ask": "the SENCO"} | chosen
        answer = self.by.get(self.home + "new", query_string=given)
        assert answer.status_code == 302, words(answer.text)
        return str(answer.location)

    def send(self, address: str, visitor: Visitor | None = None, page: str = "", **fields: Any) -> Any:
        """Reads the preview and sends its form back."""
        visitor = visitor or self.by
        text = page or visitor.get(address).text
        hidden = {name: _hidden(text, name) for name in ("seen", "number")}
        return visitor.send(address, **(hidden | {"read": "y"} | fields))

    def make(self, **chosen: str) -> PackRow:
        answer = self.send(self.preview(**chosen))
        assert answer.status_code == 302, words(answer.text)
        return self.packs()[-1]

    def packs(self) -> list[PackRow]:
        with self.world.app.extensions["vfm_database"].read() as db:
            query = select(PackRow).where(PackRow.pupil_id == self.tom).order_by(PackRow.number)
            return list(db.scalars(query))

    def audit(self) -> list[tuple[str, str]]:
        """What was done with packs, and by whom."""
        return [(row.did, row.subject) for row in self.audit_rows()]

    def audit_rows(self) -> list[AuditRow]:
        with self.world.app.extensions["vfm_database"].read() as db:
            return list(db.scalars(select(AuditRow).where(AuditRow.subject.like("pack %")).order_by(AuditRow.id)))


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    assert found, name
    return str(found.group(1))


def _place(page: str, found: str, nth: int = 0) -> str:
    """The key of a tick beside a word."""
    return str(re.findall(rf'value="([^"]+)"[^>]*><label[^>]*>Not a name<span[^>]*>: {found},', page)[nth])


def test_a_pack_is_chosen_read_made_and_printed_and_all_of_it_is_written_down(world: World) -> None:
    packing = Packing(world)
    assert "No pack of this pupil has been made yet" in packing.by.get(packing.home).text
    read = words(packing.by.get(packing.preview()).text)
    for said in (
        "Not made yet",
        "Record of provision: Tom Jones",
        "It is not legal advice",
        "2 pupils, this pupil among them",
        "In the total",
    ):
        assert said in read, said
    row = packing.make()
    assert (row.number, row.reader, row.with_cost) == (1, "full", True)
    assert row.pdf.startswith(b"%PDF")
    assert packing.audit() == [("made", f"pack 1 of pupil {packing.tom}")]
    listed = words(packing.by.get(packing.home).text)
    assert "Pack 1" in listed and "with cost" in listed and "Leadership Person" in listed and "Not yet" in listed
    assert packing.by.get(packing.home + "1.pdf").data == row.pdf
    assert "Record of provision: Tom Jones" in packing.by.get(packing.home + "1").text
    senco = world.signed_in("senco")
    senco.get(packing.home + "1.pdf")
    assert packing.audit()[1:] == [(did, f"pack 1 of pupil {packing.tom}") for did in ("printed", "opened", "printed")]
    listed = words(packing.by.get(packing.home).text)
    assert "Senco Person" in listed and "Not yet" not in listed
    assert TOM not in str([(each.old, each.new) for each in packing.audit_rows()])


def test_nothing_that_is_changed_afterwards_reaches_a_pack(world: World) -> None:
    packing = Packing(world)
    row = packing.make()
    packing.line("Another line", packing.tom)
    assert "Another line" in packing.by.get(packing.preview()).text
    assert "Another line" not in packing.by.get(packing.home + "1").text
    assert packing.by.get(packing.home + "1.pdf").data == row.pdf
    assert packing.make().number == 2
    assert "Another line" in packing.by.get(packing.home + "2").text


def test_it_must_be_read_and_what_was_read_is_what_is_made(world: World) -> None:
    packing = Packing(world)
    address = packing.preview()
    assert "Read the pack, then tick" in refused(packing.send(address, read=""))
    before = packing.by.get(address).text
    packing.line("Another line", packing.tom)
    said = refused(packing.send(address, page=before))
    assert "it has changed" in said and "Another line" in said
    assert packing.packs() == []
    assert packing.send(address).status_code == 302


def test_two_who_make_a_pack_at_once_get_two_numbers_and_the_second_is_told(world: World) -> None:
    packing = Packing(world)
    address, other = packing.preview(), world.signed_in("senco")
    mine, theirs = packing.by.get(address).text, other.get(address).text
    assert packing.send(address, page=mine).status_code == 302
    said = refused(packing.send(address, other, page=theirs))
    assert "A colleague made a pack of this pupil" in said
    assert [row.number for row in packing.packs()] == [1]
    assert packing.send(address, other).status_code == 302
    assert [row.number for row in packing.packs()] == [1, 2]


def test_the_second_of_two_at_the_same_moment_is_told_and_loses_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    packing = Packing(world)
    packing.make()
    address = packing.preview()
    monkeypatch.setattr("vfm.web.packs.next_pack_number", lambda *_: 1)  # as if the first were not there yet
    page = packing.by.get(address).text
    monkeypatch.setattr("vfm.web.packs.next_pack_number", _once(1, 2))
    said = refused(packing.send(address, page=page))
    assert "A colleague made a pack of this pupil" in said
    assert _hidden(said, "number") == "2"
    assert [row.number for row in packing.packs()] == [1]


def _once(first: int, later: int) -> Any:
    given = iter((first,))
    return lambda *_: next(given, later)


def _meanwhile(monkeypatch: pytest.MonkeyPatch, done: Callable[[], None]) -> None:
    """Something that a colleague does while the PDF is being drawn, once."""
    left = [done]

    def drawn(pack: Pack) -> bytes:
        while left:
            left.pop()()
        return pack_pdf(pack)

    monkeypatch.setattr("vfm.web.packs.pack_pdf", drawn)


def test_a_pupil_who_is_erased_while_the_pack_is_drawn_gets_none(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    packing = Packing(world)

    def erased() -> None:
        with packing.writing() as db:
            hold(db, world.school.id)
            seen = look(db, world.school.id, to_erase(db, world.school.id, [packing.tom]))
            erase(db, world.school.id, seen, [], packing.author(db))

    address = packing.preview()
    page = packing.by.get(address).text
    _meanwhile(monkeypatch, erased)
    assert packing.send(address, page=page).status_code == 404
    assert packing.packs() == []
    assert [did for did, _ in packing.audit()] == []


def test_a_pupil_who_is_changed_while_the_pack_is_drawn_is_read_again_first(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    packing = Packing(world)

    def renamed() -> None:
        with packing.writing() as db:
            row = db.get_one(PupilRow, (world.school.id, packing.tom))
            assert change_row(db, row, row.version, packing.author(db), "pupil", name="Thomas Jones")

    address = packing.preview()
    page = packing.by.get(address).text
    _meanwhile(monkeypatch, renamed)
    said = refused(packing.send(address, page=page))
    assert "it has changed" in said and "Thomas Jones" in said and "Tom Jones" not in said
    assert packing.packs() == []
    assert packing.send(address).status_code == 302, "who has read it again makes it"


def test_every_place_is_shown_and_only_a_single_word_can_be_kept(world: World) -> None:
    packing = Packing(world)
    packing.say()
    pupil(world, packing.head, "Summer Day")
    address = packing.preview()
    page = packing.by.get(address).text
    shown = words(page)
    for found in ("Amy", "Will O’Briain", "Sam Patel", "summer", "AJ in Year 2"):
        assert f">{found}</th>" in shown, found
    assert "the teaching assistant" in shown and "another pupil" in shown
    keys = re.findall(r'name="not_names" value="([^"]+)"', page)
    again = packing.by.send(address, not_names=keys[:1], again="yes").text
    assert "stays as it is" in again
    said = refused(packing.send(address, page=page, not_names=_place(page, "summer")))
    assert "you ticked another word" in said, "what was read is what is made"
    kept = _place(page, "summer")
    page = packing.by.send(address, not_names=kept, again="yes").text
    assert packing.send(address, page=page, not_names=kept).status_code == 302
    text = text_of(packing.packs()[-1].pdf)
    assert "in summer" in " ".join(text.split())
    assert "no names" in (packing.audit_rows()[-1].new or {})
    assert "summer" in (packing.audit_rows()[-1].new or {})["no names"]
    full = f"{kept.rpartition('.')[0]}.{SAID.index('Will O')}"
    assert full not in keys, "more than a word is never offered"
    for forged in ("made-up", full):
        assert "stays as it is" not in packing.by.send(address, not_names=forged, again="yes").text


@pytest.mark.parametrize("reader", ["full", "parent"])
def test_nobody_else_can_be_told_from_a_pack_of_a_pair_with_a_sibling(world: World, reader: str) -> None:
    packing = Packing(world)
    packing.say()
    row = packing.make(reader=reader, ask="Sam Patel in the office")
    text = " ".join(text_of(row.pdf).split())
    for name in ("Amy", "Briain", "Patel", "Sam", "AJ", "B823450000012", "823450000012", "Person"):
        assert name not in text, name
        assert name not in row.pack, name
    assert "Tom Jones" in text and "Mr Jones" in text, "the pupil's own name and a shared surname may stand"
    assert "the teaching assistant" in text.lower()
    assert "Another pupil’s pair reading" in text


def _parts(year: YearOfPack) -> tuple[YearOfPack | Supported, ...]:
    return year, *year.supports


def _money(row: PackRow) -> list[str]:
    return [each.cost for year in from_json(row.pack).years for each in _parts(year)]


def test_the_others_days_in_a_pair_change_nothing_that_a_reader_could_work_out(world: World) -> None:
    packing = Packing(world)
    packing.line("Third", packing.tom)
    before = packing.make()
    with packing.writing() as db:
        theirs = db.scalars(select(TakesPartRow).where(TakesPartRow.pupil_id == packing.amy)).one()
        theirs.joined, theirs.left = dt.date(2026, 9, 1), dt.date(2026, 9, 20)
    after = packing.make()
    assert _money(before)[1:] == _money(after)[1:], "only the total of the year may differ"
    assert _money(before)[1:].count("In the total") == 2
    one, two = from_json(before.pack).years[0], from_json(after.pack).years[0]
    assert [each.hours for each in one.supports] == [each.hours for each in two.supports]


def test_a_pack_of_one_pair_alone_gives_no_cost_at_all(world: World) -> None:
    packing = Packing(world)
    with packing.writing() as db:
        db.execute(delete(TakesPartRow).where(TakesPartRow.intervention_id == packing.alone))
    row = packing.make()
    assert "£" not in text_of(row.pdf).replace("£6,000", "")
    assert "by itself it could show what the other pupil’s part was" in " ".join(text_of(row.pdf).split())


def test_pay_is_in_no_pack_whoever_makes_it(world: World) -> None:
    """A rate made from one person's pay is leadership's alone; the pack of leadership is the pack of anybody."""
    packing = Packing(world)
    private = role(
        world,
        packing.head,
        "Therapist",
        actual_method="stated",
        actual_per_hour="61.37",
        actual_from_people="yes",
        actual_people="1",
        pay_point="20",
    )
    given = {"minutes": "60", "sessions_in_total": "1"}
    line = intervention(world, packing.head, "Therapy", private, **given)
    with packing.writing() as db:
        add_row(
            db,
            TakesPartRow,
            world.school.id,
            packing.author(db),
            "takes part",
            intervention_id=line,
            pupil_id=packing.tom,
        )
    by_head = packing.make()
    packing.by = world.signed_in("senco")
    by_senco = packing.make()
    assert "61.37" not in by_head.pack
    assert _money(by_head) == _money(by_senco)


def test_only_leadership_chooses_that_a_parent_sees_the_cost(world: World) -> None:
    packing = Packing(world, "senco")
    chosen = {"reader": "parent", "cost": "with", "called": "shown", "years": "2026", "ask": "the SENCO"}
    answer = packing.by.get(packing.home + "new", query_string=chosen)
    assert "Only the school’s leadership" in refused(answer)
    assert packing.by.get(packing.home + "preview", query_string=chosen).status_code == 302
    assert "£" not in text_of(packing.make(reader="parent", cost="without").pdf)
    packing.by = packing.head
    assert "£" in text_of(packing.make(**chosen).pdf)
    assert packing.packs()[-1].with_cost


def test_what_is_missing_is_said_beside_the_field_and_rubbish_is_refused(world: World) -> None:
    packing = Packing(world)
    said = refused(packing.by.get(packing.home + "new", query_string={"reader": "", "ask": ""}))
    for words_of in (
        "Choose for whom it is",
        "Choose whether it gives the cost",
        "Tick at least one year",
        "Enter who answers",
    ):
        assert words_of in said, words_of
    for rubbish in ("NaN", "x" * 6_000, "\x00", "<script>", "9" * 30):
        answer = packing.by.get(
            packing.home + "new", query_string=dict.fromkeys(("reader", "cost", "called", "years", "ask"), rubbish)
        )
        refused(answer)
    for there in ("0", "7", "99999999999999", "7.pdf"):
        assert packing.by.get(packing.home + there).status_code == 404
    nobody = f"{world.home}pupils/{1 << 64}/packs/"
    assert [packing.by.get(nobody + there).status_code for there in ("", "new", "preview", "1")] == [404] * 4


def test_no_name_stands_in_an_address(world: World) -> None:
    packing = Packing(world)
    with packing.writing() as db:
        school = db.get(type(world.school), world.school.id)
        assert school is not None
        school.pupils_shown = "initials"
    page = words(packing.by.get(packing.home + "new").text)
    assert "T.J." in page and TOM in page
    address = packing.preview(called="written")
    assert "Jones" not in address
    assert set(parse_qs(urlsplit(address).query)) == {"reader", "cost", "called", "years", "ask"}
    assert "Record of provision: Tom Jones" in unescape(packing.by.get(address).text)
    assert "Record of provision: T.J." in unescape(packing.by.get(packing.preview()).text)


def test_packs_go_with_their_pupil_and_the_audit_stays_without_a_name(world: World) -> None:
    packing = Packing(world)
    packing.make()
    with packing.writing() as db:
        db.execute(delete(TakesPartRow).where(TakesPartRow.pupil_id == packing.tom))
        db.execute(delete(PupilRow).where(PupilRow.id == packing.tom))
    assert packing.packs() == []
    assert packing.audit() == [("made", f"pack 1 of pupil {packing.tom}")]


def test_a_pupil_with_nothing_gets_a_pack_that_says_so(world: World) -> None:
    packing = Packing(world)
    packing.tom = packing.will
    packing.home = f"{world.home}pupils/{packing.will}/packs/"
    assert "No provision for this pupil is entered" in " ".join(text_of(packing.make().pdf).split())


def test_another_schools_packs_are_not_there(world: World) -> None:
    packing = Packing(world)
    packing.make()
    other = world.signed_in("other-school")
    for there in ("", "new", "preview", "1", "1.pdf"):
        assert other.get(packing.home + there).status_code == 404
        assert other.get(packing.home.replace(world.school.slug, world.neighbour.slug) + there).status_code == 404


@pytest.mark.parametrize("name", ["year", "pupil", "endpoint", "_scheme", "_method", "_anchor", "_external", "school"])
def test_what_else_stands_in_the_address_is_left_alone(world: World, name: str) -> None:
    packing = Packing(world)
    asked = "reader=full&cost=without&called=shown&years=2026&ask=the+SENCO"
    for address in (
        f"{packing.home}preview?{name}=1",
        f"{packing.home}preview?{asked}&{name}=1",
        f"{packing.home}new?{asked}&{name}=1",
    ):
        answer = packing.head.get(address)
        assert answer.status_code in (200, 302), address
        assert name not in parse_qs(urlsplit(answer.headers.get("Location", "")).query)
