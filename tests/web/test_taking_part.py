"""Who takes part and from when to when: days that are right are counted, days that are wrong are named and kept."""

import datetime as dt
import re

import pytest

from tests.web.entering import begin, intervention, pupil, stated
from tests.web.forms import RUBBISH, refused, words
from tests.world import YEAR, World
from vfm.costing.calendar import AcademicYear
from vfm.costing.delivery import Weekly, run_of
from vfm.costing.group import own_counts, split_of
from vfm.costing.intervention import Intervention, Membership
from vfm.costing.usual_calendar import usual_calendar
from vfm.money import half_up, pounds
from vfm.store.provision import TakesPartRow
from vfm.store.rows import rows_of

CALENDAR = usual_calendar(AcademicYear(YEAR))
JOINED, LEFT = dt.date(2026, 11, 2), dt.date(2027, 2, 12)


class Group:
    """An hour a week of the calendar at £20, with three pupils of Year 4 and one of Year 2."""

    def __init__(self, world: World, **fields: str) -> None:
        self.world, self.head = world, begin(world)
        self.pupils = [str(pupil(world, self.head, name)) for name in ("Ada", "Ben", "Cy")]
        self.younger = str(pupil(world, self.head, "Dot", year_group="2"))
        role = stated(world, self.head, "Assistant", "20")
        self.id = intervention(world, self.head, "Reading", role, sessions_a_week="1", **fields)
        self.page = f"{world.home}provision-map/{self.id}/pupils"

    def costed(self) -> str:
        return words(self.head.get(f"{self.world.home}provision-map/{self.id}/costed").text)

    def kept(self) -> dict[str, tuple[dt.date | None, dt.date | None]]:
        with self.world.app.extensions["vfm_database"].read() as db:
            rows = rows_of(db, TakesPartRow, self.world.school.id)
            return {str(row.pupil_id): (row.joined, row.left) for row in rows}


def test_a_pupil_carries_the_days_from_joining_to_leaving(world: World) -> None:
    group = Group(world)
    ada, ben, _ = group.pupils
    typed = {f"in-{ada}": "y", f"in-{ben}": "y", f"joined-{ben}": "2/11/2026", f"left-{ben}": "12.2.2027"}
    assert group.head.send(group.page, **typed).status_code == 302
    assert group.kept() == {ada: (None, None), ben: (JOINED, LEFT)}
    page = group.head.get(group.page).text
    assert f'id="joined-{ben}" name="joined-{ben}" value="02/11/2026"' in page
    assert f'id="left-{ben}" name="left-{ben}" value="12/02/2027"' in page
    it = Intervention("R", delivery=Weekly(1), minutes=60, members=[Membership("a"), Membership("b", JOINED, LEFT)])
    run = run_of(it.delivery, 60, CALENDAR, None, None)
    split = split_of(it, run, own_counts(it, CALENDAR, run))
    total = run.sessions() * 2000
    for key in ("a", "b"):
        assert pounds(half_up(total * split.weights[key] / split.over)) in group.costed()


@pytest.mark.parametrize("typed", [*RUBBISH, "31/2/2027", "1/1/1800"], ids=lambda text: ascii(text)[:12])
def test_a_day_that_is_none_is_named_and_kept(world: World, typed: str) -> None:
    if typed == "\x00":
        return
    group = Group(world)
    ada = group.pupils[0]
    page = refused(group.head.send(group.page, **{f"in-{ada}": "y", f"left-{ada}": typed}))
    assert "Ada, the day of leaving: enter a" in page
    assert f'href="#left-{ada}"' in page
    assert group.kept() == {}


def test_days_are_in_the_year_and_in_order(world: World) -> None:
    group = Group(world)
    ada = group.pupils[0]
    page = refused(group.head.send(group.page, **{f"in-{ada}": "y", f"joined-{ada}": "31/8/2026"}))
    assert "Ada: the day of joining must be in the academic year" in page
    assert 'value="31/8/2026"' in page
    both = {f"in-{ada}": "y", f"joined-{ada}": "2/11/2026", f"left-{ada}": "1/11/2026"}
    assert "the day of leaving must not be before the day of joining" in refused(group.head.send(group.page, **both))


def test_places_are_counted_day_by_day_and_the_day_is_named(world: World) -> None:
    group = Group(world, basis="by-place", places="1")
    ada, ben, _ = group.pupils
    typed = {f"in-{ada}": "y", f"left-{ada}": "12/2/2027", f"in-{ben}": "y", f"joined-{ben}": "12/2/2027"}
    page = refused(group.head.send(group.page, **typed))
    assert "There are 1 places and 2 pupils on 12 February 2027" in page
    assert f'href="#in-{ben}"' in page
    assert group.head.send(group.page, **(typed | {f"joined-{ben}": "13/2/2027"})).status_code == 302


def test_a_year_group_is_ticked_at_once_and_nothing_is_saved_before_save(world: World) -> None:
    group = Group(world)
    ada = group.pupils[0]
    answer = group.head.send(group.page, tick="y", group="4", **{f"joined-{ada}": "2/11/2026"})
    assert answer.status_code == 200
    assert "3 more ticked. Nothing is saved yet" in answer.text
    assert len(re.findall(r'id="in-\d+"[^>]* checked', answer.text)) == 3
    assert not re.search(rf'id="in-{group.younger}"[^>]* checked', answer.text)
    assert f'id="joined-{ada}" name="joined-{ada}" value="2/11/2026"' in answer.text
    assert group.kept() == {}
    everybody = group.head.send(group.page, tick="y", group="everybody")
    assert "4 more ticked" in everybody.text
    for typed in RUBBISH:
        assert "0 more ticked" in group.head.send(group.page, tick="y", group=typed).text
