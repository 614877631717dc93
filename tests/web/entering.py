"""Fills in the registers through their forms, as people do: roles, staff, pupils, interventions, and submits the plan."""

import subprocess
from typing import Any

from sqlalchemy import select

from tests.world import Visitor, World
from vfm.store.plans import SubmittedPlanRow
from vfm.store.provision import InterventionRow
from vfm.store.pupils import PupilRow
from vfm.store.rows import RegisterRow
from vfm.store.staff import StaffRoleRow, StaffRow

TA_PAY = {
    "weekly_hours": "25", "salary": "£25,583", "full_time_hours": "37", "paid_weeks": "44.6", "pension_percent": "21",
}  # fmt: skip
TEACHER_PAY = {
    "weekly_hours": "32.5", "salary": "45,352", "full_time_hours": "32.5", "paid_weeks": "52.143",
    "pension_percent": "28.68",
}  # fmt: skip


def begin(world: World, who: str = "leadership") -> Visitor:
    """Somebody signed in at a school whose review has begun."""
    visitor = world.signed_in(who)
    visitor.send(f"/school/{world.school.slug}/start", page=f"/school/{world.school.slug}/")
    return visitor


def put(visitor: Visitor, address: str, **fields: str) -> str:
    """Sends a form that must be taken; returns where it led."""
    answer = visitor.send(address, **fields)
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def row_id(world: World, table: type[RegisterRow], name: str) -> int:
    """The newest row of that name at Oak."""
    with world.app.extensions["vfm_database"].read() as db:
        named: Any = table
        query = select(named.id).where(named.school_id == world.school.id, named.name == name).order_by(named.id.desc())
        found = db.scalars(query).first()
    assert found is not None, name
    return int(found)


def role(world: World, visitor: Visitor, name: str, **fields: str) -> int:
    """A role with its rates; by default no rate on either card."""
    given = {"teacher": "no", "actual_method": "", "authority_method": "", "actual_estimated": "no"} | fields
    put(visitor, world.home + "roles/add", name=name, **given)
    return row_id(world, StaffRoleRow, name)


def stated(world: World, visitor: Visitor, name: str, rate: str) -> int:
    """A role with a published price an hour, which gives nobody's pay away."""
    return role(world, visitor, name, actual_method="stated", actual_per_hour=rate, actual_from_people="no")


def person(world: World, visitor: Visitor, name: str, role_id: int, **fields: str) -> int:
    """A member of staff."""
    put(visitor, world.home + "staff/add", name=name, role_id=str(role_id), **fields)
    return row_id(world, StaffRow, name)


def pupil(world: World, visitor: Visitor, name: str, **fields: str) -> int:
    """A pupil of Year 4 on SEN Support, unless said otherwise."""
    put(visitor, world.home + "pupils/add", name=name, **({"year_group": "4", "status": "K"} | fields))
    return row_id(world, PupilRow, name)


def intervention(world: World, visitor: Visitor, name: str, giver: int | str, **fields: str) -> int:
    """An intervention for a group of four; by default one hour, once."""
    given = {
        "tier": "targeted", "time_kind": "intervention", "giver_1": str(giver), "number_1": "1", "minutes": "60",
        "basis": "shared", "where": "in", "estimated": "no",
    } | fields  # fmt: skip
    if "sessions_a_week" not in given:
        given = {"sessions_in_total": "1"} | given
    put(visitor, world.home + "provision-map/add", name=name, **given)
    return row_id(world, InterventionRow, name)


def submit(world: World, head: Visitor) -> SubmittedPlanRow:
    """Signs and submits the plan as it stands; returns it as it is stored."""
    put(
        head, world.home + "submission/submit", head_name="Head Person", head_role="Headteacher", head_on__day="3",
        head_on__month="11", head_on__year="2026", names_read="y",
    )  # fmt: skip
    with world.app.extensions["vfm_database"].read() as db:
        query = select(SubmittedPlanRow).where(SubmittedPlanRow.school_id == world.school.id)
        plans: list[SubmittedPlanRow] = list(db.scalars(query.order_by(SubmittedPlanRow.number)))
        return plans[-1]


def text_of(pdf: bytes) -> str:
    """The words of a PDF in reading order."""
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    assert not done.stderr, done.stderr.decode()
    return done.stdout.decode()


def heard_of(pdf: bytes) -> str:
    """What a screen reader is given of a PDF: its tagged words alone, without what repeats on every page."""
    done = subprocess.run(["pdfinfo", "-struct-text", "-"], input=pdf, capture_output=True, check=True)
    quoted = (row.strip() for row in done.stdout.decode().splitlines() if row.strip().startswith('"'))
    return "".join(row.removeprefix('"').removesuffix('"') for row in quoted)
