"""The published figures of the costing page, typed through the forms, come back from page, stored plan and PDF alike."""

import json

from tests.web.entering import (
    TA_PAY,
    TEACHER_PAY,
    begin,
    intervention,
    person,
    pupil,
    put,
    role,
    stated,
    submit,
    text_of,
)
from tests.world import Visitor, World

PUPILS = ("Siân Ŵyn", "Kofi Mensah", "Zofia Wójcik")
COSTS = {
    "One hour of a teaching assistant": "£20.38",
    "One hour of a teacher": "£50.92",
    "An hour a week by a teacher": "£1,520.00",
    "Fifteen weeks by an HLTA": "£330.00",
    "Therapist's visit": "£119.42",
}
TOTAL = "£2,040.72"  # 20.3768 + 50.9184 + 1,520 + 330 + 119.42, rounded once


def _enter(world: World) -> tuple[Visitor, int]:
    """The worked pay for three people in each role, and five interventions; returns the head and the group of three."""
    head = begin(world)
    assistant = role(world, head, "Teaching assistant", actual_method="from-pay", pay_point="13.26")
    teacher = role(world, head, "Class teacher", actual_method="from-pay", pay_point="35", teacher="yes")
    for number in range(3):
        person(world, head, f"Assistant {number}", assistant, **TA_PAY)
        person(world, head, f"Teacher {number}", teacher, **TEACHER_PAY)
    named = iter(COSTS)
    group = {"group_size": "4", "group_with_sen": "4"}
    intervention(world, head, next(named), assistant, **group)
    intervention(world, head, next(named), teacher, **group)
    weekly = {"sessions_a_week": "1", "weeks": "38"} | group
    intervention(world, head, next(named), stated(world, head, "Teacher at £40", "40"), **weekly)
    intervention(world, head, next(named), stated(world, head, "HLTA", "22"), **weekly | {"weeks": "15"})
    therapist = intervention(world, head, next(named), "agency")
    page = f"{world.home}provision-map/{therapist}"
    put(head, f"{page}/costs/add", kind="invoice", name="Visit", amount="119.42", estimated="no")
    chosen = {f"in__{pupil(world, head, name)}": "y" for name in PUPILS}
    put(head, f"{page}/pupils", **chosen)
    return head, therapist


def test_rates_from_pay_print_as_published(world: World) -> None:
    head, _ = _enter(world)
    for who in (head, world.signed_in("senco")):
        page = who.get(world.home + "roles/").text
        assert "£20.38 (from pay, by weekly hours × weeks)" in page
        assert "£50.92 (from pay, by 1,265 hours × full-time equivalent)" in page


def test_each_published_cost_stands_on_the_map_and_on_its_own_page(world: World) -> None:
    head, therapist = _enter(world)
    page = head.get(world.home + "provision-map/").text
    for name, cost in COSTS.items():
        line = page.split(">" + name.replace("'", "&#39;") + "</a>")[1].split("</tr>")[0]
        assert f">{cost}<" in line, name
    assert f">{TOTAL}<" in page
    shares = head.get(f"{world.home}provision-map/{therapist}/costed").text.split('id="shares')[1].split("</table>")[0]
    assert [shares.count(amount) for amount in ("£39.81", "£39.80", "£119.42")] == [2, 1, 1]
    assert all(name in shares for name in PUPILS)


def test_the_stored_plan_holds_the_published_costs_and_names_no_pupil(world: World) -> None:
    head, _ = _enter(world)
    stored = submit(world, head).plan
    plan = json.loads(stored)
    assert {row["name"]: row["cost"] for row in plan["provision"]} == COSTS
    assert plan["provision_total"][0] == TOTAL
    assert {figure["name"]: figure["value"] for figure in plan["summary"]}["Cost of the provision map"] == TOTAL
    assert not [word for name in PUPILS for word in name.split() if word in stored]
    assert "39.8" not in stored, "a share of a named pupil stays at the school"


def test_the_pdf_prints_the_published_costs_and_names_no_pupil(world: World) -> None:
    head, _ = _enter(world)
    stored = submit(world, head)
    text = text_of(stored.pdf)
    table = text.split("Interventions and what they cost")[1]
    for name, cost in COSTS.items():
        assert name in " ".join(table.split())
        assert cost in table
    assert TOTAL in table
    assert not [word for name in PUPILS for word in name.split() if word in text]
    assert "39.8" not in text
    shown = head.get(f"{world.home}submission/1").text
    assert all(f">{cost}<" in shown for cost in (*COSTS.values(), TOTAL))
    assert head.get(f"{world.home}submission/1.pdf").data == stored.pdf


def test_a_price_of_one_weekly_hour_is_kept_exact_and_multiplied_by_lessons(world: World) -> None:
    head = begin(world)
    weekly = {"actual_method": "weekly-hour", "actual_weeks": "38", "actual_from_people": "no"}
    role(world, head, "Assistant at £634.53", actual_weekly_hour_price="634.53", **weekly)
    lesson = role(world, head, "Assistant at £550", actual_weekly_hour_price="£550", **weekly)
    tutor = stated(world, head, "Tutor", "50")
    page = head.get(world.home + "roles/").text
    assert "£16.70 (weekly-hour price)" in page and "£14.47 (weekly-hour price)" in page
    for lessons in ("3", "6", "2"):
        intervention(world, head, f"{lessons} lessons", lesson, sessions_a_week=lessons, weeks="38")
    intervention(world, head, "Tuition", tutor, sessions_in_total="15", group_size="3")
    page = head.get(world.home + "provision-map/").text
    printed = {
        name: page.split(f">{name}</a>")[1].split("</tr>")[0] for name in ("3 lessons", "6 lessons", "2 lessons")
    }
    for name, cost in (("3 lessons", "£1,650.00"), ("6 lessons", "£3,300.00"), ("2 lessons", "£1,100.00")):
        assert f">{cost}<" in printed[name]
    tuition = page.split(">Tuition</a>")[1].split("</tr>")[0]
    assert ">£750.00<" in tuition and ">£250.00<" in tuition
