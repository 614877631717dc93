"""Many interventions entered at once: every wrong cell is named, what was typed stays, and all are saved or none."""

import datetime as dt
from typing import Any

import pytest

from tests.web.entering import begin
from tests.web.forms import RUBBISH, refused, words
from tests.web.test_interventions_in_full import Desk
from tests.world import YEAR, World
from vfm.costing.calendar import AcademicYear
from vfm.costing.delivery import Weekly, run_of
from vfm.costing.usual_calendar import usual_calendar
from vfm.money import half_up, pounds
from vfm.store.accounts import SignInRow
from vfm.store.provision import GiverRow, InterventionRow
from vfm.web.cells import LONGEST_CELL

COLUMNS = ("name", "tier", "role", "number", "minutes", "a_week", "weeks", "pupils", "preparation")


class Grid(Desk):
    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.grid = world.home + "provision-map/many"

    def row(self, number: int, *cells: str) -> dict[str, str]:
        return {f"{name}-{number}": cell for name, cell in zip(COLUMNS, cells, strict=False)}

    def names(self) -> list[str]:
        return [row.name for row in self.rows(InterventionRow)]


@pytest.fixture
def grid(world: World) -> Grid:
    return Grid(world)


def test_rows_are_saved_together_and_cost_what_the_core_says(grid: Grid) -> None:
    typed = grid.row(1, "Spelling", "Targeted", "assistant", "", "60", "2") | grid.row(
        4, "Therapy", "specialist", "Agency", "1", "45", "0.5", "10", "3", "15"
    )
    assert grid.head.send(grid.grid, **typed).status_code == 302
    page = words(grid.head.get(grid.world.home + "provision-map/").text)
    assert "2 interventions have been added, marked as estimated" in page
    run = run_of(Weekly(2), 60, usual_calendar(AcademicYear(YEAR)), None, None)
    assert pounds(half_up(run.sessions() * 2000)) in page.split("Spelling")[1].split("</tr>")[0]
    therapy = next(row for row in grid.rows(InterventionRow) if row.name == "Therapy")
    assert [therapy.tier, therapy.weeks, therapy.group_size, therapy.preparation_minutes] == ["specialist", 10, 3, 15]
    giver = next(row for row in grid.rows(GiverRow) if row.intervention_id == therapy.id)
    assert (giver.kind, giver.role_id) == ("agency", None)


def test_every_wrong_cell_is_named_with_row_and_column_and_nothing_is_saved(grid: Grid) -> None:
    typed = grid.row(1, "Right", "targeted", "Assistant", "1", "60", "1")
    typed |= grid.row(2, "", "posh", "Nobody", "-1", "0", "", "54", "1.5", "x")
    typed |= grid.row(3, "right", "", "", "", "", "2")
    page = refused(grid.head.send(grid.grid, **typed))
    for key, said in {
        "name-2": "Row 2, name: enter the name of the intervention",
        "tier-2": "Row 2, tier: enter universal, targeted or specialist",
        "role-2": "Row 2, who gives it: “Nobody” is not on your list",
        "number-2": "Row 2, how many: must be from 0 to 100",
        "minutes-2": "Row 2, minutes a session: must be from 0.01 to 1,000",
        "a_week-2": "Row 2, sessions a week: enter how many sessions a week",
        "weeks-2": "Row 2, weeks: must be from 0 to 53",
        "pupils-2": "Row 2, pupils: enter a whole number",
        "preparation-2": "Row 2, preparation: enter a number",
        "name-3": "Row 3, name: “right” is on your map or in another row already",
        "role-3": "Row 3, who gives it: enter who gives it",
        "minutes-3": "Row 3, minutes a session: enter the minutes",
    }.items():
        assert f'href="#{key}"' in page, key
        assert said in page, key
    assert page.count('href="#') - page.count('href="#main-content"') - page.count('href="#pasted"') == 12
    for kept in ('value="posh"', 'value="Nobody"', 'value="54"', 'value="Right"'):
        assert kept in page
    assert grid.names() == ["Reading"]


def test_the_same_grid_sent_twice_is_saved_once(grid: Grid) -> None:
    typed = grid.row(1, "Spelling", "", "Assistant", "", "60", "2")
    assert grid.head.send(grid.grid, **typed).status_code == 302
    assert "“Spelling” is on your map" in refused(grid.head.send(grid.grid, **typed))
    assert grid.names() == ["Reading", "Spelling"]


def test_a_pasted_sheet_fills_the_empty_rows_and_is_saved_only_then(grid: Grid) -> None:
    sheet = "Name\tTier\tRole\nSpelling\ttargeted\tAssistant\t\t60\t2\t\t4\r\nSums\t\tAssistant\t2\t30\t1\t38"
    answer = grid.head.send(grid.grid, **grid.row(1, "Typed", "", "Assistant", "", "20", "5"), pasted=sheet, fill="y")
    assert answer.status_code == 200
    page = words(answer.text)
    assert "3 rows are filled in. Nothing is saved yet" in page
    for key, value in {
        "name-1": "Typed",
        "name-2": "Spelling",
        "pupils-2": "4",
        "name-3": "Sums",
        "weeks-3": "38",
    }.items():
        assert f'id="{key}" name="{key}" value="{value}"' in page
    assert grid.names() == ["Reading"]
    unsaved = grid.head.send(grid.grid, pasted=sheet)
    assert unsaved.status_code == 200, "who presses Save at once is shown the grid first"
    assert grid.names() == ["Reading"]


def test_a_sheet_too_wide_or_too_long_is_refused_and_kept(grid: Grid) -> None:
    page = refused(grid.head.send(grid.grid, pasted="A" + "\tb" * 9, fill="y"))
    assert "Row 1 of what you pasted has 10 cells: there are 9 columns" in page
    assert "A\tb\tb" in page
    many = "\n".join(f"Row {n}" for n in range(101))
    assert "You pasted 101 rows, and there is room for 100" in refused(grid.head.send(grid.grid, pasted=many, fill="y"))
    whole = grid.head.send(grid.grid, pasted=many.rpartition("\n")[0], fill="y")
    assert 'id="name-100"' in whole.text


def test_more_rows_keep_what_was_typed(grid: Grid) -> None:
    assert 'id="name-11"' not in grid.head.get(grid.grid).text
    page = grid.head.send(grid.grid, more="y", lines="10", **grid.row(10, "Half done")).text
    assert 'id="name-20"' in page
    assert 'value="Half done"' in page
    assert 'id="name-101"' not in grid.head.send(grid.grid, more="y", lines="999").text


def test_an_empty_grid_and_rubbish_are_refused(grid: Grid) -> None:
    assert "Enter at least one intervention" in refused(grid.head.send(grid.grid))
    for typed in RUBBISH:
        refused(grid.head.send(grid.grid, **grid.row(1, *[typed] * 9), lines=typed))
    assert grid.names() == ["Reading"]


def test_what_was_typed_stands_in_the_grid_after_signing_in_again(grid: Grid) -> None:
    senco = grid.world.signed_in("senco")
    senco.get(grid.grid)
    with grid.world.app.extensions["vfm_database"].write.begin() as db:
        for row in db.query(SignInRow):
            row.seen = dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)
    typed: dict[str, Any] = grid.row(12, "Nearly lost") | {"lines": "20"}
    assert senco.client.post(grid.grid, data=typed).status_code == 302
    senco.send("/account/sign-in", email="senco@example.org", password="three unrelated words")
    page = senco.get(grid.grid).text
    assert 'id="name-12" name="name-12" value="Nearly lost"' in page
    assert "before you were signed out" in page


def test_a_pasted_cell_that_is_too_long_is_refused_and_not_cut(world: World) -> None:
    head = begin(world)
    long = "x" * (LONGEST_CELL + 1)
    answer = head.send(world.home + "provision-map/many", pasted=f"{long}\ttargeted")
    assert answer.status_code == 400
    assert "has a cell of more than" in answer.text
    assert long in answer.text
