"""The page from the map to the ledger: what it lists, that it adds up, and that what is not explained is never hidden."""

import re
from decimal import Decimal

import pytest

from tests.web.entering import begin, intervention, put, role, row_id, stated
from tests.web.forms import refused, words
from tests.world import Visitor, World
from vfm.store.staff import StaffRoleRow

WEEKLY = {"sessions_a_week": "1", "weeks": "38", "group_size": "4", "group_with_sen": "4"}
ENTRY = {"name": "Agency in May", "heading": "cover", "amount": "100", "ground": "Four invoices", "estimated": "no"}
AMOUNT = re.compile(r'numeric">(-?)£([\d,]+\.\d\d)\*?</td>')


def ledger_line(world: World, head: Visitor, amount: str, share: str = "50", **more: str) -> None:
    given = {"name": "Support staff", "amount": amount, "sen_share": share, "ground": "Timetable", "estimated": "no"}
    put(head, world.home + "ledger/add", **(given | more))


def time(world: World, head: Visitor, role_id: int, hours: str, **more: str) -> None:
    given = {"name": "A day a week", "kind": "senco", "role_id": str(role_id), "hours": hours, "paid": "no"}
    put(head, world.home + "time/add", **(given | {"sen_share": "100", "estimated": "no"} | more))


def academy(world: World) -> Visitor:
    """An academy, whose financial year is its academic year, with an hour a week at £22 on the map: £836.00."""
    head = begin(world)
    with world.app.extensions["vfm_database"].write.begin() as db:
        db.merge(world.school).academy = True
    intervention(world, head, "Reading", stated(world, head, "HLTA", "22"), **WEEKLY)
    return head


def page(world: World, visitor: Visitor) -> str:
    return words(visitor.get(world.home + "bridge/").text)


def amounts(text: str) -> list[Decimal]:
    """The amounts of the page's table, from top to bottom, in pounds."""
    return [Decimal(f"{sign}{digits.replace(',', '')}") for sign, digits in AMOUNT.findall(text)]


def test_each_line_leads_from_the_map_to_the_ledger_and_the_last_is_what_nobody_explained(world: World) -> None:
    head = academy(world)
    time(world, head, row_id(world, StaffRoleRow, "HLTA"), "10")
    put(head, world.home + "bridge-lines/add", **ENTRY)
    put(
        head, world.home + "bridge-lines/add", **(ENTRY | {"heading": "recoveries", "amount": "30", "ground": "Letter"})
    )
    ledger_line(world, head, "2,400")
    shown = page(world, head)
    lines = [Decimal(each) for each in ("836.00", "220.00", "100.00", "-30.00")]
    assert amounts(shown) == [*lines, Decimal("1126.00"), Decimal("1200.00"), Decimal("74.00")]
    assert "A day a week: 10 hours of HLTA at £22.00 an hour (actual cost)" in shown
    assert "Agency in May: £100.00, Four invoices" in shown
    assert "Agency in May: -£30.00, Letter" in shown
    assert "Typed, set by Leadership Person" in shown
    assert (
        "The ledger holds more than the map and the lines: 6.2% of its SEN spend, beyond your tolerance of 5%" in shown
    )
    assert "1 September 2026 to 31 August 2027" in shown
    folded = shown.split("Nothing to explain")[1]
    assert "Academic year to financial year" in folded
    assert "Cover and agency staff" not in folded


def test_a_maintained_school_is_told_for_which_days_there_is_no_map(world: World) -> None:
    head = begin(world)
    ledger_line(world, head, "100")
    shown = page(world, head)
    assert "1 April 2026 to 31 March 2027" in shown
    assert "No map was entered for 1 April 2026 to 31 August 2026" in shown
    assert amounts(shown)[-2:] == [Decimal("50.00"), Decimal("50.00")]


def test_a_ledger_below_the_map_is_below_nought_and_not_hidden(world: World) -> None:
    head = academy(world)
    ledger_line(world, head, "1600")
    shown = page(world, head)
    assert amounts(shown)[-1] == Decimal("-36.00")
    assert "Not explained: -£36.00." in re.sub("<[^>]+>", "", shown)
    assert (
        "The ledger holds less than the map and the lines: 4.5% of its SEN spend, within your tolerance of 5%" in shown
    )


def test_printed_lines_add_up_to_the_printed_ledger_to_the_penny(world: World) -> None:
    head = academy(world)
    hlta = row_id(world, StaffRoleRow, "HLTA")
    for kind, hours in (("senco", "0.01"), ("reviews", "3.33"), ("not-on-map", "7.77"), ("co-ordination", "1")):
        time(world, head, hlta, hours, kind=kind, sen_share="33.33")
    ledger_line(world, head, "999.99", "33.33")
    *lines, together, ledger, rest = amounts(page(world, head))
    assert len(lines) == 5
    assert sum(lines) == together
    assert together + rest == ledger == Decimal("333.30")


def test_without_a_ledger_the_lines_stand_and_nothing_is_compared(world: World) -> None:
    head = academy(world)
    shown = page(world, head)
    assert "There is no ledger to compare with yet" in shown
    assert amounts(shown) == [Decimal("836.00"), Decimal("836.00")]
    assert "No map" not in shown
    assert "Not explained between" not in words(head.get(world.home + "budget/").text)


def test_a_role_without_a_rate_is_named_and_its_time_left_out(world: World) -> None:
    head = academy(world)
    time(world, head, role(world, head, "SENCO"), "100")
    ledger_line(world, head, "2000")
    shown = page(world, head)
    assert "for: SENCO. Their time is in no line" in shown
    assert amounts(shown) == [Decimal(each) for each in ("836", "836", "1000", "164")]
    listed = head.get(world.home + "time/").text
    assert "No rate yet" in listed


def test_the_ledger_of_the_bridge_is_the_one_of_stage_2_and_of_its_own_list(world: World) -> None:
    head = academy(world)
    for amount, share in (("0.01", "50"), ("0.01", "50"), ("333.33", "33.33"), ("12", "")):
        ledger_line(world, head, amount, share)
    shown = page(world, head)
    assert "£12.00 of the ledger has no SEN share yet" in shown
    total = amounts(shown)[-2]
    listed = head.get(world.home + "ledger/").text
    parts = [Decimal(each) for each in re.findall(r'numeric">£(\d+\.\d\d)</td>', listed)]
    assert parts[-1] == total == sum(parts[1:-2:2])  # amount and SEN part of each line, then the two totals
    assert f"£{total}" in words(head.get(world.home + "spending/").text)


def test_stage_3_shows_what_is_not_explained_and_leads_to_the_page(world: World) -> None:
    head = academy(world)
    ledger_line(world, head, "2000")
    stage = words(head.get(world.home + "budget/").text)
    assert "Not explained between map and ledger, financial year 2026 to 2027" in stage
    assert ">£164.00<" in stage
    for name in ("bridge", "time", "bridge-lines"):
        assert f'href="{world.home}{name}/"' in stage
    put(head, world.home + "plan/write")
    plan = words(head.get(world.home + "plan/").text)
    assert "The map and the ledger differ, and nobody has explained it yet" in plan
    assert f'href="{world.home}bridge/"' in plan


@pytest.mark.parametrize("heading", ["absence", "cover", "recoveries", "never-mapped"])
def test_a_minus_is_refused_where_the_heading_knows_its_direction(world: World, heading: str) -> None:
    head = begin(world)
    answer = head.send(world.home + "bridge-lines/add", **(ENTRY | {"heading": heading, "amount": "-5"}))
    assert "must be £0 or more here" in refused(answer)


def test_a_difference_between_rates_may_lie_below_nought(world: World) -> None:
    head = begin(world)
    put(head, world.home + "bridge-lines/add", **(ENTRY | {"heading": "rates", "amount": "-5"}))
    assert "-£5.00" in head.get(world.home + "bridge-lines/").text


def test_a_line_without_a_ground_is_refused(world: World) -> None:
    head = begin(world)
    assert "Say where the amount comes from" in refused(
        head.send(world.home + "bridge-lines/add", **(ENTRY | {"ground": " "}))
    )


def test_paid_hours_need_a_rate_that_is_worked_out_from_pay(world: World) -> None:
    head = academy(world)
    hlta = str(row_id(world, StaffRoleRow, "HLTA"))
    answer = head.send(
        world.home + "time/add", name="Hours", kind="not-on-map", role_id=hlta, hours="10", paid="yes", sen_share="100",
        estimated="no",
    )  # fmt: skip
    assert "enter its hours at work" in refused(answer)


def test_the_task_list_counts_what_was_entered(world: World) -> None:
    head = academy(world)
    put(head, world.home + "bridge-lines/add", **ENTRY)
    text = words(head.get(world.home).text)
    assert re.search(r"Bridge lines.{0,400}1 entered", text, re.DOTALL)
    assert f'href="{world.home}time/"' in text
