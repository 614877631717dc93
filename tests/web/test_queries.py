"""Pages send a fixed number of statements to the database, however much a school has entered."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from tests.web.entering import intervention, pupil, put, row_id
from tests.web.test_monitoring import school
from tests.world import Visitor, World
from vfm.store.staff import StaffRoleRow


@contextmanager
def sent(world: World) -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    found: list[str] = []

    def heard(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        found.append(statement)

    engine = world.app.extensions["vfm_database"].engine
    event.listen(engine, "before_cursor_execute", heard)
    yield found
    event.remove(engine, "before_cursor_execute", heard)


def count(world: World, head: Visitor, page: str) -> list[str]:
    head.get(world.home + page)
    with sent(world) as found:
        assert head.get(world.home + page).status_code == 200
    return found


def enter(world: World, head: Visitor, rounds: int) -> None:
    """In each round an intervention, a pupil, a line of the ledger and some time."""
    role = row_id(world, StaffRoleRow, "TA")
    given = {"sessions_a_week": "1", "weeks": "38", "group_size": "3", "group_with_sen": "3"}
    line = {"amount": "500", "sen_share": "50", "ground": "Timetable", "estimated": "no"}
    time = {"kind": "senco", "role_id": str(role), "hours": "10", "paid": "no", "sen_share": "100", "estimated": "no"}
    for number in range(rounds):
        intervention(world, head, f"More {number}", role, **given)
        pupil(world, head, f"Pupil {number}")
        put(head, world.home + "ledger/add", name=f"Line {number}", **line)
        put(head, world.home + "time/add", name=f"Time {number}", **time)


@pytest.mark.parametrize("page", ["spending/", "budget/", "monitoring/", "bridge/", "time/", "year-end/", "planner/"])
def test_the_number_of_statements_does_not_grow_with_what_is_entered(world: World, page: str) -> None:
    head = school(world, academy=False)
    enter(world, head, 1)
    few = len(count(world, head, page))
    enter(world, head, 4)
    assert len(count(world, head, page)) == few < 60


def test_the_page_of_time_not_on_the_map_builds_no_bridge_and_reads_the_rates_once_for_each_academic_year(
    world: World,
) -> None:
    head = school(world, academy=False)
    enter(world, head, 2)
    statements = count(world, head, "time/")
    assert [each for each in statements if "FROM intervention" in each or "FROM ledger" in each] == []
    assert len([each for each in statements if "FROM rate" in each]) == 2


def test_where_neither_a_ledger_nor_time_is_entered_monitoring_builds_no_bridge(world: World) -> None:
    head = school(world, academy=False)
    assert [each for each in count(world, head, "monitoring/") if "FROM bridge_entry" in each] == []
    enter(world, head, 1)
    assert len([each for each in count(world, head, "monitoring/") if "FROM bridge_entry" in each]) == 1
