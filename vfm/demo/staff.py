"""The people of made-up schools: their hours by kind, and which of them are named on the map."""

import random
from decimal import Decimal

from sqlalchemy.orm import Session

from vfm.demo.provision import Line
from vfm.demo.words import names
from vfm.store.audit import By
from vfm.store.rows import add_row, rows_of
from vfm.store.staff import StaffRoleRow, StaffRow


def add_staff(db: Session, chance: random.Random, school_id: int, roles: dict[str, StaffRoleRow], by: By) -> None:
    """People with their hours. The learning mentor has fewer than the map asks of her."""
    listed: tuple[tuple[str, int, str, dict[str, str]], ...] = (
        ("Teaching assistant, level 2", 8, "27.5", {"class_support_hours": "6", "duty_hours": "1.5", "cover_hours": "0.5"}),
        ("Higher-level teaching assistant", 3, "30", {"class_support_hours": "8", "preparation_hours": "2"}),
        ("Teacher", 2, "32.5", {"class_support_hours": "26", "training_hours": "0.5"}),
        ("Specialist teacher", 1, "6.5", {}), ("Learning mentor", 1, "5", {}), ("Lunchtime supervisor", 4, "7.5", {}),
    )  # fmt: skip
    found = iter(names(chance, sum(count for _, count, _, _ in listed)))
    for role, count, hours, others in listed:
        for _ in range(count):
            add_row(
                db, StaffRow, school_id, by, "member of staff", role_id=roles[role].id, name=next(found),
                weekly_hours=Decimal(hours), **{name: Decimal(each) for name, each in others.items()},
            )  # fmt: skip


def people_by_role(db: Session, school_id: int) -> dict[int, list[int]]:
    """The staff of each role."""
    found: dict[int, list[int]] = {}
    for row in rows_of(db, StaffRow, school_id):
        found.setdefault(row.role_id, []).append(row.id)
    return found


def named(line: Line, people: list[int]) -> int | None:
    """Who gives it is said where there is one of that role, and for a pupil's own adult: they take turns."""
    if len(people) == 1:
        return people[0]
    if line.basis == "whole" and people:
        people.append(people.pop(0))
        return people[-1]
    return None
