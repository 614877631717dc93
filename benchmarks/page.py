"""The stage 2 page of a school with a big map, from the database to the HTML, beside the same page of an empty school.

python benchmarks/page.py           prints milliseconds, the ratio, and the number of queries for a small and a big map

SQLite in a throw-away folder, the site's own test client, signed in as leadership; runs in turn in one process.
"""

import datetime as dt
import sys
import tempfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from big_map import RATES, best, made
from sqlalchemy import event, insert, select
from sqlalchemy.orm import Session

sys.path.insert(0, str(Path(__file__).parents[1]))  # the tests know how to make a site with people in it

from tests.conftest import SECRET
from tests.world import YEAR, World, build_world
from vfm.app import create_app
from vfm.config import Config
from vfm.costing.calendar import AcademicYear
from vfm.costing.delivery import OnDays, Weekly
from vfm.costing.intervention import Intervention
from vfm.costing.usual_calendar import usual_calendar
from vfm.pupils.pupil import Pupil
from vfm.store.accounts import Account, SchoolRow
from vfm.store.audit import By
from vfm.store.engine import open_database
from vfm.store.ids import new_id
from vfm.store.provision import FundingRow, GiverRow, InterventionRow, SlotRow, TakesPartRow
from vfm.store.pupils import PupilRow
from vfm.store.reviews import start_review
from vfm.store.staff import RateRow, StaffRoleRow
from vfm.store.upgrading import upgrade
from vfm.store.year_groups import YearStepRow

SMALL, BIG = 20, 2_000


def fill(db: Session, school: SchoolRow, its: Sequence[Intervention], pupils: dict[str, Pupil]) -> None:
    """Puts a map into the database as the site would, only many rows at once."""
    ids = {key: new_id() for key in pupils}
    roles = {role: new_id() for role in RATES}
    rows: dict[Any, list[dict[str, Any]]] = {
        PupilRow: [_row(school, ids[key], name=one.name, status=one.status.code) for key, one in pupils.items()],
        YearStepRow: [_row(school, new_id(), pupil_id=ids[key], year=YEAR, year_group=4) for key in pupils],
        StaffRoleRow: [_row(school, identity, name=role, teacher=False) for role, identity in roles.items()],
        RateRow: [
            _row(school, new_id(), role_id=roles[role], card="actual", method="stated", per_hour=Decimal(pence) / 100, award=False, estimated=False)
            for role, pence in RATES.items()
        ],
    }  # fmt: skip
    for it in its:
        for table, row in _intervention(school, it, ids, roles):
            rows.setdefault(table, []).append(row)
    for table, values in rows.items():
        db.execute(insert(table), values)


def _intervention(school: SchoolRow, it: Intervention, pupils: dict[str, int], roles: dict[str, int]) -> Any:
    identity = new_id()
    a_week = it.delivery.sessions_a_week if isinstance(it.delivery, Weekly) else None
    yield InterventionRow, _row(
        school, identity, year=YEAR, name=it.name, tier=it.tier.value, need=it.need, minutes=it.minutes, sessions_a_week=a_week,
        preparation_minutes=it.preparation, places=it.places, basis=it.basis.value, whole_reason=it.whole_reason,
        starts_on=it.starts_on, ends_on=it.ends_on, estimated=False,
    )  # fmt: skip
    if isinstance(it.delivery, OnDays):
        yield SlotRow, _row(school, new_id(), intervention_id=identity, weekday=it.delivery.slots[0].weekday)
    for staff in it.staff:
        yield (
            GiverRow,
            _row(
                school, new_id(), intervention_id=identity, kind="staff", role_id=roles[staff.role], number=staff.number
            ),
        )
    for share in it.funding:
        yield FundingRow, _row(school, new_id(), intervention_id=identity, source=share.source, percent=share.percent)
    for one in it.members:
        yield TakesPartRow, _row(
            school, new_id(), intervention_id=identity, pupil_id=pupils[one.pupil], joined=one.joined, left=one.left,
            percent=one.percent, carries_all=one.pupil == it.whole_to,
        )  # fmt: skip


def _row(school: SchoolRow, identity: int, **values: Any) -> dict[str, Any]:
    return {"school_id": school.id, "id": identity, "version": 1, **values}


def queries(world: World, who: str, page: str) -> int:
    """How many statements a page sends."""
    sent: list[str] = []
    engine = world.app.extensions["vfm_database"].engine
    listener = lambda *call: sent.append(call[2])  # noqa: E731  the engine wants the same object to let it go
    visitor = world.signed_in(who)
    assert (answer := visitor.get(page)).status_code == 200, answer.status
    event.listen(engine, "before_cursor_execute", listener)
    visitor.get(page)
    event.remove(engine, "before_cursor_execute", listener)
    return len(sent)


def main() -> None:
    """Prints both times and their ratio, and both numbers of queries."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/vfm.sqlite"
        database = open_database(url)
        upgrade(database)
        database.close()
        world = build_world(create_app(Config(database_url=url, secret=SECRET, cheap_hashes=True)))
        schools = {
            "leadership": (world.school, BIG),
            "other-school": (world.neighbour, SMALL),
            "other-authority": (world.stranger, 0),
        }
        with world.app.extensions["vfm_database"].write.begin() as db:
            by = By(db.scalars(select(Account.id)).first() or 0, dt.datetime.now(dt.UTC))
            for school, size in schools.values():
                start_review(db, school.id, YEAR, by)
                fill(db, school, *made(usual_calendar(AcademicYear(YEAR)), size)[:2])
        pages = {who: f"/school/{school.slug}/{YEAR}/spending/" for who, (school, _) in schools.items()}
        counts = {schools[who][1]: queries(world, who, page) for who, page in pages.items()}
        big, none = (world.signed_in(who) for who in ("leadership", "other-authority"))
        full = best(lambda: big.client.get(pages["leadership"]), 7)
        empty = best(lambda: none.client.get(pages["other-authority"]), 7)
        world.app.extensions["vfm_database"].close()
    print(f"stage 2 with {BIG:,} interventions   {full:8.1f} ms, {counts[BIG]} queries")
    print(f"stage 2 with {SMALL} interventions                 {counts[SMALL]} queries")
    print(f"stage 2 of an empty school        {empty:8.1f} ms, {counts[0]} queries")
    print(f"ratio                             {full / empty:8.1f} (to reach: 20)")


if __name__ == "__main__":
    main()
