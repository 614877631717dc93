"""Copies of interventions, within the year and from last year, and an intervention that ends today."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from tests.web.entering import pupil, put
from tests.web.forms import RUBBISH, refused, words
from tests.web.test_interventions_in_full import Desk, day
from tests.world import YEAR, World
from vfm.costing.calendar import AcademicYear
from vfm.costing.delivery import Weekly, run_of
from vfm.costing.usual_calendar import usual_calendar
from vfm.money import half_up, pounds
from vfm.store.accounts import find_account
from vfm.store.audit import By
from vfm.store.copying import same_weekday
from vfm.store.provision import (
    CostRow,
    FundingRow,
    GiverRow,
    InterventionRow,
    NotRunRow,
    SessionDayRow,
    SlotRow,
    TakesPartRow,
)
from vfm.store.pupils import PupilRow
from vfm.store.rows import add_row, rows_of
from vfm.web.school import today


class Year(Desk):
    """Last year's map beside this year's: one intervention with something of everything."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.ada = pupil(world, self.head, "Ada")
        self.ben = pupil(world, self.head, "Ben")
        with world.app.extensions["vfm_database"].write.begin() as db:
            account = find_account(db, "leadership@example.org")
            assert account is not None
            by = By(account.id, dt.datetime.now(dt.UTC))

            def add(table: Any, **values: Any) -> int:
                return int(add_row(db, table, world.school.id, by, "row", **values).id)

            gone = add(PupilRow, name="Cy", status="K", left=dt.date(YEAR, 7, 20))
            self.old = add(
                InterventionRow, year=YEAR - 1, name="Lego club", tier="targeted", minutes=Decimal(30), counted=Decimal(20),
                starts_on=dt.date(YEAR - 1, 10, 5), ends_on=dt.date(YEAR, 7, 10), reviewed_by="SENCO", estimated=False,
            )  # fmt: skip
            self.plain = add(InterventionRow, year=YEAR - 1, name="Reading", tier="targeted")
            it = {"intervention_id": self.old}
            add(GiverRow, **it, kind="staff", role_id=self.role, number=Decimal(2), preparation_minutes=Decimal(5))
            add(SlotRow, **it, weekday=0, week=None, minutes=Decimal(20))
            add(SessionDayRow, **it, on=dt.date(YEAR - 1, 11, 3))
            add(NotRunRow, **it, sessions=Decimal(1))
            add(FundingRow, **it, source="Trust", percent=Decimal(40))
            for each, left in ((self.ada, None), (self.ben, dt.date(YEAR, 1, 9)), (gone, None)):
                add(TakesPartRow, **it, pupil_id=each, left=left, result="met")
            spent: dict[str, Any] = it | {"amount": Decimal(300), "on": dt.date(YEAR - 1, 9, 1)}
            add(CostRow, **spent, kind="equipment", name="Lego", years_of_life=Decimal(3))
            add(CostRow, **spent, kind="equipment", name="Old laptop", years_of_life=Decimal(1))
            add(CostRow, **spent, kind="consumables", name="Paper")
            add(CostRow, **spent, kind="licence", name="App", ends=dt.date(YEAR, 12, 31))
        self.copy = world.home + "provision-map/copy"

    def of(self, table: Any, name: str) -> list[Any]:
        copy = self.named(name)
        return [row for row in self.rows(table) if row.intervention_id == copy.id]

    def named(self, name: str) -> InterventionRow:
        found: list[InterventionRow] = [r for r in self.rows(InterventionRow) if (r.year, r.name) == (YEAR, name)]
        assert len(found) == 1, name
        return found[0]


@pytest.fixture
def year(world: World) -> Year:
    return Year(world)


def test_last_years_interventions_come_with_what_still_holds(year: Year) -> None:
    page = words(year.head.get(year.copy).text)
    assert "Lego club" in page.split("already")[0]
    answer = year.head.send(year.copy, copy=str(year.old))
    assert answer.status_code == 302
    said = words(year.head.get(year.world.home + "provision-map/").text)
    assert "Copied from last year: 1 intervention, with their staff, 1 place of pupils and 2 running costs" in said
    assert "Not copied: 2 places of pupils who have left and 2 costs of last year alone" in said
    copy = year.named("Lego club")
    assert (copy.starts_on, copy.ends_on) == (dt.date(YEAR, 10, 5), dt.date(YEAR + 1, 7, 10))
    assert (copy.counted, copy.reviewed_by, copy.estimated, copy.minutes) == (None, "", True, Decimal(30))
    assert [(g.number, g.preparation_minutes) for g in year.of(GiverRow, "Lego club")] == [(2, 5)]
    assert [(s.weekday, s.minutes) for s in year.of(SlotRow, "Lego club")] == [(0, 20)]
    assert [d.on for d in year.of(SessionDayRow, "Lego club")] == [dt.date(YEAR, 11, 2)], "a Monday again"
    assert [(m.pupil_id, m.result, m.left) for m in year.of(TakesPartRow, "Lego club")] == [(year.ada, None, None)]
    assert sorted(cost.name for cost in year.of(CostRow, "Lego club")) == ["App", "Lego"]
    assert [f.percent for f in year.of(FundingRow, "Lego club")] == [40]
    assert year.of(NotRunRow, "Lego club") == []


def test_copied_equipment_costs_this_years_part_of_its_life(year: Year) -> None:
    year.head.send(year.copy, copy=str(year.old))
    page = year.head.get(f"{year.world.home}provision-map/{year.named('Lego club').id}/costed").text
    assert "£100.00" in page, "the second of three years of £300"


def test_what_is_there_already_is_said_and_not_copied_twice(year: Year) -> None:
    page = words(year.head.get(year.copy).text)
    assert "Reading" in page.split("On this year’s map already")[1]
    assert f'value="{year.plain}"' not in page
    for _ in range(2):
        assert year.head.send(year.copy, copy=[str(year.old), str(year.plain)]).status_code == 302
    said = words(year.head.get(year.world.home + "provision-map/").text)
    assert "Nothing was copied. On this year’s map already, so not copied again: Lego club, Reading" in said
    assert year.named("Lego club") and year.named("Reading")


def test_of_two_of_one_name_both_are_offered_and_both_are_copied_but_not_once_more(year: Year) -> None:
    with year.world.app.extensions["vfm_database"].write.begin() as db:
        account = find_account(db, "leadership@example.org")
        assert account is not None
        by = By(account.id, dt.datetime.now(dt.UTC))
        it = {"year": YEAR - 1, "name": "lego club", "tier": "targeted"}
        more = add_row(db, InterventionRow, year.world.school.id, by, "row", **it).id
    page, both = year.head.get(year.copy).text, [str(year.old), str(more)]
    assert all(f'value="{key}"' in page for key in both)
    for _ in range(2):
        assert year.head.send(year.copy, copy=both).status_code == 302
        with year.world.app.extensions["vfm_database"].read() as db:
            rows = rows_of(db, InterventionRow, year.world.school.id, year=YEAR)
        assert [row.name for row in rows] == ["Reading", "Lego club", "lego club"]
    said = words(year.head.get(year.world.home + "provision-map/").text)
    assert "so not copied again: Lego club, lego club" in said


def test_nothing_ticked_is_refused_and_rubbish_is_nothing(year: Year) -> None:
    assert "Tick at least one intervention to copy" in refused(year.head.send(year.copy))
    for typed in RUBBISH:
        refused(year.head.send(year.copy, copy=typed))


def test_a_weekday_stays_a_weekday_and_a_day_stays_in_the_year() -> None:
    assert same_weekday(dt.date(2025, 11, 4), AcademicYear(2026)) == dt.date(2026, 11, 3)
    assert same_weekday(dt.date(2025, 9, 1), AcademicYear(2026)) == dt.date(2026, 9, 7)


def test_a_duplicate_has_the_same_people_and_no_outcomes_and_opens_for_change(year: Year) -> None:
    taking = {f"in-{year.ada}": "y", f"result-{year.ada}": "met"}
    put(year.head, year.page + "/pupils", **taking)
    put(year.head, year.page + "/costs/add", kind="fees", name="Fee", amount="10", estimated="no")
    for name in ("Reading (copy)", "Reading (copy 2)"):
        where = put(year.head, year.page + "/duplicate", page=year.page)
        assert where.endswith(f"provision-map/{year.named(name).id}")
    assert f'value="{name}"' in year.head.get(where).text
    assert [(m.pupil_id, m.result) for m in year.of(TakesPartRow, name)] == [(year.ada, None)]
    assert [g.role_id for g in year.of(GiverRow, name)] == [year.role]
    assert year.of(CostRow, name) == []
    assert len(year.of(CostRow, "Reading")) == 1


def test_ending_today_asks_and_sets_the_last_day_of_everybody(year: Year) -> None:
    later, now = today() + dt.timedelta(days=1), today()
    year.change(runs="weekly", sessions_a_week="1", weeks="38")
    put(
        year.head, year.page + "/pupils",
        **{f"in-{year.ada}": "y", f"in-{year.ben}": "y", f"joined-{year.ben}": f"{later:%d/%m/%Y}"},
    )  # fmt: skip
    page = words(year.head.get(year.page + "/end").text)
    assert "1 pupil who is in it leaves it today" in page
    assert "1 pupil who was to join later is taken out" in page
    assert "You entered 38 weeks" in page
    assert year.named("Reading").ends_on is None
    put(year.head, year.page + "/end")
    row = year.named("Reading")
    assert (row.ends_on, row.weeks) == (now, None)
    assert [(m.pupil_id, m.left) for m in year.of(TakesPartRow, "Reading")] == [(year.ada, now)]
    run = run_of(Weekly(1), 60, usual_calendar(AcademicYear(YEAR)), None, now)
    assert pounds(half_up(run.sessions() * 2000)) in year.costed()
    assert "It cannot be ended today" in year.head.get(year.page + "/end").text
    put(year.head, year.page + "/end", page=year.page)
    assert year.named("Reading").version == row.version, "pressed twice it ends once"


def test_known_days_after_today_go_with_their_sessions(year: Year) -> None:
    before, after = today() - dt.timedelta(days=1), today() + dt.timedelta(days=7)
    year.change(runs="total", sessions_in_total="4", known_days=f"{before:%d/%m/%Y}\n{after:%d/%m/%Y}")
    put(year.head, year.page + "/end")
    assert year.named("Reading").sessions_in_total == 2
    assert [each.on for each in year.of(SessionDayRow, "Reading")] == [before]


def test_what_has_not_begun_cannot_be_ended(year: Year) -> None:
    year.change(runs="weekly", sessions_a_week="1", **day("starts_on", f"{today() + dt.timedelta(days=3):%d/%m/%Y}"))
    assert "End it today" not in year.costed()
    put(year.head, year.page + "/end", page=year.page)
    assert year.named("Reading").ends_on is None
