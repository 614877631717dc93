"""What the authority accepts, as it is kept and read."""

from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from tests.store.school import Place, audit_of, make_place
from vfm.costing.claim import ClaimRules, Division
from vfm.costing.intervention import TimeKind
from vfm.store.claims import claim_rules_of, claim_rules_row, not_accepted, set_claim_rules
from vfm.store.engine import Database
from vfm.store.rows import add_row, remove_row
from vfm.store.staff import StaffRoleRow


def keep(db: Session, place: Place, version: int, **values: Any) -> bool:
    given: dict[str, Any] = {
        "weeks": None, "other_costs": True, "most_hours": None, "most": None, "division": "as-on-map", "kinds": set(),
        "roles": set(),
    }  # fmt: skip
    return set_claim_rules(db, place.school.id, version, place.by, **(given | values))


def test_while_nothing_is_said_everything_is_accepted(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        assert claim_rules_of(db, place.school.id) == ClaimRules()


def test_the_rules_come_back_as_they_were_said(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        senco = add_row(db, StaffRoleRow, place.school.id, place.by, "role", name="SENCO")
        said = {"weeks": Decimal(38), "most_hours": Decimal("32.5"), "most": Decimal("9000.50"), "other_costs": False}
        assert keep(db, place, 0, division="equally", kinds={"lunchtime"}, roles={senco.id}, **said)
    with database.read() as db:
        assert claim_rules_of(db, place.school.id) == ClaimRules(
            Decimal(38), frozenset({TimeKind.LUNCHTIME}), frozenset({"SENCO"}), False, Decimal("32.5"),
            Decimal("9000.50"), Division.EQUALLY,
        )  # fmt: skip
        found = claim_rules_of(db, place.school.id)
        assert [str(found.weeks), str(found.most_hours)] == ["38", "32.5"]


def test_what_is_accepted_again_goes_and_a_role_that_goes_takes_its_rule_along(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        roles = [add_row(db, StaffRoleRow, place.school.id, place.by, "role", name=name) for name in ("A", "B")]
        keep(db, place, 0, kinds={"lunchtime", "transition"}, roles={role.id for role in roles})
        keep(db, place, 1, kinds={"transition"}, roles={role.id for role in roles})
        remove_row(db, roles[0], place.by, "role")
        assert not_accepted(db, place.school.id) == ({"transition"}, {roles[1].id})


def test_who_comes_second_changes_nothing(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        assert keep(db, place, 0, weeks=Decimal(38))
        before = len(audit_of(db, place))
        assert not keep(db, place, 0, weeks=Decimal(36), kinds={"lunchtime"})
        assert not keep(db, place, 7, weeks=Decimal(36))
        row = claim_rules_row(db, place.school.id)
        assert row is not None
        assert [row.weeks, row.version, not_accepted(db, place.school.id)] == [38, 1, (set(), set())]
        assert len(audit_of(db, place)) == before
