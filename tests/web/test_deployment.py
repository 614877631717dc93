"""Who exactly gives an intervention, and where everybody's contracted hours go."""

import re

from tests.web.entering import begin, intervention, person, put, stated
from tests.web.forms import refused, words
from tests.world import Visitor, World
from vfm.store.provision import GiverRow
from vfm.store.rows import rows_of

WEEKLY = {"sessions_a_week": "1", "weeks": "38", "group_size": "4", "group_with_sen": "4"}
FORM = {
    "name": "Reading", "tier": "targeted", "time_kind": "intervention", "minutes": "60", "basis": "shared",
    "where": "in", "estimated": "no",
} | WEEKLY  # fmt: skip


class Desk:
    """A school with two assistants, Jo and Al, of whom two give Reading in the same sessions."""

    def __init__(self, world: World, number: str = "2") -> None:
        self.world, self.head = world, begin(world)
        self.ta = stated(world, self.head, "TA", "20")
        self.jo, self.al = (
            person(world, self.head, name, self.ta, weekly_hours="1", duty_hours="0.5") for name in ("Jo", "Al")
        )
        self.reading = intervention(world, self.head, "Reading", self.ta, number_1=number, **WEEKLY)
        self.page = f"{world.home}provision-map/{self.reading}/givers"

    def version(self) -> str:
        found = re.search(r'name="version" value="(\d+)"', self.head.get(self.page).text)
        assert found is not None
        return found[1]

    def name(self, *people: int | str, visitor: Visitor | None = None, version: str = "") -> str:
        fields = {f"person_{self.ta}_{n}": str(each) for n, each in enumerate(people, start=1)}
        return put(visitor or self.head, self.page, version=version or self.version(), **fields)

    def givers(self) -> list[tuple[str, int | None]]:
        with self.world.app.extensions["vfm_database"].read() as db:
            rows = rows_of(db, GiverRow, self.world.school.id, intervention_id=self.reading)
            return [(f"{row.number.normalize():f}", row.staff_id) for row in rows]

    def row(self, name: str) -> list[str]:
        """The cells of a line of the deployment page."""
        text = words(self.head.get(self.world.home + "deployment/").text)
        found = re.search(rf'<tr[^>]*><th scope="row"[^>]*>(?:<a[^>]*>)?{name}<.*?</tr>', text, re.DOTALL)
        assert found, name
        return re.findall(r"<td[^>]*>(.*?)</td>", found[0])


def test_nobody_is_named_unless_the_school_says_so_and_the_hours_are_nobodys_yet(world: World) -> None:
    desk = Desk(world)
    assert desk.row("Jo")[:4] == ["38 h", "50%", "19 h", "0 h"]
    assert desk.row("On the map, naming nobody")[3] == "76 h"
    assert desk.row("TA") == ["76 h", "150%", "0 h", "76 h", "0 h", "38 h", "0 h", "0 h", "0 h"]


def test_two_who_give_it_are_named_each_for_their_own_hours_at_the_same_cost(world: World) -> None:
    desk = Desk(world)
    before = desk.head.get(world.home + "provision-map/").text
    desk.name(desk.jo, desk.al)
    assert desk.givers() == [("1", desk.jo), ("1", desk.al)]
    assert desk.row("Jo")[3] == desk.row("Al")[3] == "38 h"
    after = desk.head.get(world.home + "provision-map/").text
    assert "£1,520.00" in before
    assert "£1,520.00" in after
    assert "TA × 2" in after, "the role with its number, and no name, as before"
    assert "TA: Jo" in desk.head.get(f"{world.home}provision-map/{desk.reading}/costed").text


def test_one_of_two_may_be_named_and_taken_back(world: World) -> None:
    desk = Desk(world)
    desk.name("", desk.al)
    assert desk.givers() == [("1", desk.al), ("1", None)]
    assert [desk.row("Al")[3], desk.row("On the map, naming nobody")[3]] == ["38 h", "38 h"]
    desk.name("", "")
    assert desk.givers() == [("2", None)]


def test_over_a_hundred_percent_is_over_booked_from_the_first_minute(world: World) -> None:
    desk = Desk(world, "1")
    desk.name(desk.jo)
    text = words(desk.head.get(world.home + "deployment/").text)
    assert "Over-booked by 19 hours" in text
    assert desk.row("Jo")[1:3] == ["150%", "0 h"]
    assert desk.row("Al")[1:3] == ["50%", "19 h"]
    assert "hours that nobody has written down are not hours without work" in text


def test_the_interventions_own_page_shows_one_line_a_role_and_keeps_the_names(world: World) -> None:
    desk = Desk(world)
    desk.name(desk.jo, desk.al)
    form = f"{world.home}provision-map/{desk.reading}"
    shown = desk.head.get(form).text
    assert re.search(r'name="number_1"[^>]*value="2"', shown)
    assert not re.search(r'name="number_2"[^>]*value="\d', shown)

    def save(number: str) -> None:
        version = re.search(r'name="version" value="(\d+)"', desk.head.get(form).text)
        assert version is not None
        put(desk.head, form, version=version[1], giver_1=str(desk.ta), number_1=number, **FORM)

    save("2")
    assert desk.givers() == [("1", desk.jo), ("1", desk.al)]
    save("2.5")
    assert desk.givers() == [("1", desk.jo), ("1", desk.al), ("0.5", None)]
    save("1")
    assert desk.givers() == [("1", desk.jo)]


def test_a_person_cannot_be_in_one_session_twice(world: World) -> None:
    desk = Desk(world)
    fields = {f"person_{desk.ta}_1": str(desk.jo), f"person_{desk.ta}_2": str(desk.jo)}
    page = refused(desk.head.send(desk.page, version=desk.version(), **fields))
    assert "Jo stands here twice" in page
    assert desk.givers() == [("2", None)]


def test_somebody_who_is_not_of_the_role_is_refused(world: World) -> None:
    desk = Desk(world)
    other = person(world, desk.head, "Teacher", stated(world, desk.head, "Teacher", "40"), weekly_hours="5")
    refused(desk.head.send(desk.page, version=desk.version(), **{f"person_{desk.ta}_1": str(other)}))
    assert desk.givers() == [("2", None)]


def test_of_two_who_choose_at_once_the_second_is_told(world: World) -> None:
    desk = Desk(world)
    old = desk.version()
    desk.name(desk.jo)
    answer = desk.head.send(desk.page, version=old, **{f"person_{desk.ta}_1": str(desk.al)})
    assert "Somebody else changed this intervention" in refused(answer)
    assert desk.givers()[0] == ("1", desk.jo)
    put(desk.head, desk.page, version=desk.version(), **{f"person_{desk.ta}_1": str(desk.al)})
    assert desk.givers()[0] == ("1", desk.al)


def test_a_person_who_is_named_on_the_map_is_not_removed_from_under_it(world: World) -> None:
    desk = Desk(world)
    desk.name(desk.jo)
    desk.head.send(f"{world.home}staff/{desk.jo}/remove")
    assert "Jo is used elsewhere" in words(desk.head.get(f"{world.home}staff/{desk.jo}").text)


def test_where_there_is_nobody_to_choose_from_the_page_says_so(world: World) -> None:
    head = begin(world)
    reading = intervention(world, head, "Reading", stated(world, head, "TA", "20"))
    assert "There is nobody to choose from" in words(head.get(f"{world.home}provision-map/{reading}/givers").text)
    empty = words(head.get(world.home + "deployment/").text)
    assert "Nobody on the staff list" in empty


def test_the_senco_sees_names_and_a_plan_does_not(world: World) -> None:
    desk = Desk(world)
    desk.name(desk.jo)
    assert ">Jo<" in world.signed_in("senco").get(world.home + "deployment/").text
    assert "Jo" not in desk.head.get(world.home + "submission/draft").text
