"""A provision map from the sheets that schools really have: seen with its cost first, brought in whole, twice the same."""

import re
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook

from tests.sheets.made import bytes_of
from tests.web.entering import begin, intervention, pupil, put, role, stated
from tests.web.forms import refused, words
from tests.web.sheets import confirm, counts, press, preview_of, upload
from tests.world import YEAR, Visitor, World
from vfm.store.provision import (
    CostRow,
    GiverRow,
    InterventionRow,
    SlotRow,
    TakesPartRow,
)
from vfm.store.rows import RegisterRow, rows_of
from vfm.store.staff import StaffRoleRow

PLAIN = (
    b"Intervention,Tier,Need,Given by,Minutes,Sessions a week,Weeks,Group size,Other costs,Days\n"
    b'Phonics,Targeted,C&L,"Teaching assistant, level 2",30,2,10,4,25.50,\n'
    b"Social group,Wave 3,SEMH,2 Learning mentor,60,1,38,6,,Friday\n"
)
CONFIRMED = {"estimated": "no"}


def at(world: World) -> str:
    return world.home + "provision-map/import/"


def rows(world: World, table: type[RegisterRow]) -> list[Any]:
    with world.app.extensions["vfm_database"].read() as db:
        return rows_of(db, table, world.school.id)


def everything(world: World) -> list[tuple[Any, ...]]:
    """All that a map's sheet could change."""
    tables = (InterventionRow, GiverRow, SlotRow, CostRow, TakesPartRow, StaffRoleRow)
    return [
        tuple(getattr(row, column.key) for column in table.__table__.columns)
        for table in tables
        for row in rows(world, table)
    ]


def school(world: World) -> Visitor:
    """Leadership at a school with a role that has a rate on both cards, and two pupils."""
    head = begin(world)
    role(
        world, head, "Teaching assistant, level 2", actual_method="stated", actual_per_hour="20",
        actual_from_people="no", authority_method="stated", authority_per_hour="18",
    )  # fmt: skip
    pupil(world, head, "Ann")
    pupil(world, head, "Ben")
    return head


def test_a_map_is_seen_with_its_cost_brought_in_whole_and_the_second_time_nothing(world: World) -> None:
    head = school(world)
    before = everything(world)
    preview, page = preview_of(head, at(world), PLAIN)
    assert counts(page) == (2, 0, 0, 0, 0)
    assert everything(world) == before
    assert "On your own rates the map costs £0.00 now and £225.50 afterwards" in page
    assert "On the authority's rates the map costs £0.00 now and £205.50 afterwards" in page
    assert "Learning mentor becomes a new role without a rate" in page
    assert confirm(head, preview, **CONFIRMED).location == world.home + "provision-map/"
    shown = words(head.get(world.home + "provision-map/").text)
    assert ">£225.50<" in shown and ">£205.50<" in shown
    assert "No rate yet for Learning mentor" in shown
    assert [(row.weekday) for row in rows(world, SlotRow)] == [4]
    assert [(row.name, row.amount) for row in rows(world, CostRow)] == [("Other costs", Decimal("25.50"))]
    assert [row.number for row in rows(world, GiverRow)] == [1, 2]
    assert not any(row.estimated for row in rows(world, InterventionRow))
    after = everything(world)
    again, page = preview_of(head, at(world), PLAIN)
    assert counts(page) == (0, 0, 2, 0, 0)
    assert "There is nothing to bring in" in page
    head.send(again, page=at(world), seen="0")
    assert everything(world) == after


def test_what_was_taken_out_comes_in_again_and_changes_nothing(world: World) -> None:
    head = school(world)
    preview, _ = preview_of(head, at(world), PLAIN)
    confirm(head, preview, **CONFIRMED)
    helped = intervention(world, head, "Paired reading", "volunteer", lead="Jo", sessions_in_total="3")
    ann, ben = pupil(world, head, "Cem"), pupil(world, head, "Dee")
    put(head, f"{world.home}provision-map/{helped}/pupils", **{f"in__{ann}": "y", f"in__{ben}": "y"})
    after = everything(world)
    for kind, name in (("csv", "map.csv"), ("xlsx", "map.xlsx")):
        data = head.get(f"{world.home}provision-map/download.{kind}").get_data()
        page = preview_of(head, at(world), data, name)[1]
        assert counts(page) == (0, 0, 3, 1, 0)
    assert everything(world) == after


def test_a_row_a_pupil_takes_in_pupils_of_the_register_and_says_who_is_not_on_it(world: World) -> None:
    head = school(world)
    data = (
        b"Pupil;Intervention;Given by;Minutes;Sessions a week;Weeks\n"
        b'Ann;Phonics;"Teaching assistant, level 2";30;2;10\nben;Phonics;"Teaching assistant, level 2";30;2;10\n'
        b'Zoe;Phonics;"Teaching assistant, level 2";30;2;10\n'
    )
    preview, page = preview_of(head, at(world), data)
    assert counts(page)[0] == 1
    assert "These are not on your register of pupils: Zoe" in page
    assert "Answer this" in refused(press(head, preview, **CONFIRMED))
    first = press(head, preview, unknown_pupils="count", **CONFIRMED)
    assert first.location == preview, "the answer changes what is seen, so it is seen first"
    assert "Not on the register, counted in the group: Zoe" in words(head.get(preview).text)
    assert rows(world, InterventionRow) == []
    assert confirm(head, preview, unknown_pupils="count", **CONFIRMED).location == world.home + "provision-map/"
    assert len(rows(world, TakesPartRow)) == 2
    assert [(row.name, row.group_size) for row in rows(world, InterventionRow)] == [("Phonics", 3)]


def test_a_matrix_by_year_group_with_merged_cells_asks_how_the_years_sit(world: World) -> None:
    head = school(world)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (
        ("Provision map", None, None, None, None), ("Tier", "Intervention", "Year 1", "Year 2", "Minutes"),
        ("Wave 2", "Phonics", 3, 4, 20), (None, "Talk", "x", None, 10),
    ):  # fmt: skip
        sheet.append(line)
    sheet.merge_cells("A1:E1")
    sheet.merge_cells("A3:A4")
    preview, page = preview_of(head, at(world), bytes_of(book), "map.xlsx")
    assert counts(page) == (2, 0, 0, 0, 0)
    press(head, preview, matrix="own", **CONFIRMED)
    assert counts(words(head.get(preview).text))[0] == 3
    confirm(head, preview, matrix="own", **CONFIRMED)
    found = {row.name: (row.group_size, row.tier) for row in rows(world, InterventionRow)}
    assert found == {
        "Phonics (Year 1)": (3, "targeted"),
        "Phonics (Year 2)": (4, "targeted"),
        "Talk (Year 1)": (None, "targeted"),
    }


def test_a_day_that_could_be_read_two_ways_is_asked_about(world: World) -> None:
    head = school(world)
    preview, page = preview_of(head, at(world), b"Intervention,Minutes,First day\nPhonics,20,3/11/2026\n")
    assert "Which day is 3/11/2026?" in page and "3 November 2026: the day stands first" in page
    press(head, preview, dates="month", **CONFIRMED)
    assert "First day: 11 March 2026" in words(head.get(preview).text)
    press(head, preview, dates="day", **CONFIRMED)
    press(head, preview, dates="day", **CONFIRMED)
    assert str(rows(world, InterventionRow)[0].starts_on) == "2026-11-03"


def test_an_intervention_that_is_here_keeps_what_the_sheet_does_not_say(world: World) -> None:
    head = school(world)
    mentor = stated(world, head, "Mentor", "22")
    old = intervention(
        world, head, "Phonics", mentor, number_1="2", outcome="Reads well", basis="by-place", places="6", group_size="4",
        group_with_sen="3",
    )  # fmt: skip
    preview, page = preview_of(head, at(world), b"Intervention,Minutes,Given by\nphonics,45,Mentor\n")
    assert counts(page) == (0, 1, 0, 0, 0)
    assert "Minutes of one session: 60 becomes 45" in page
    confirm(head, preview, **CONFIRMED)
    (row,) = rows(world, InterventionRow)
    assert (row.id, row.minutes, row.outcome, row.places) == (old, 45, "Reads well", 6)
    assert [(giver.role_id, giver.number) for giver in rows(world, GiverRow)] == [(mentor, 2)]
    too_small = preview_of(head, at(world), b"Intervention,Group size\nPhonics,2\n")[1]
    assert "there are more pupils with SEN than pupils in the group" in too_small
    too_many = preview_of(head, at(world), b"Intervention,Group size\nPhonics,7\n")[1]
    assert "there are more pupils than places" in too_many


def test_a_role_of_the_sheet_may_be_one_of_the_schools(world: World) -> None:
    head = school(world)
    preview, page = preview_of(head, at(world), b"Intervention,Staff,Minutes,Sessions in total\nPhonics,Jo,60,10\n")
    ours = str(rows(world, StaffRoleRow)[0].id)
    assert "the map costs" not in page, "what Jo's hour costs is not known"
    assert press(head, preview, role_jo=ours, **CONFIRMED).location == preview
    assert "£200.00 afterwards" in words(head.get(preview).text)
    press(head, preview, **CONFIRMED)
    assert len(rows(world, StaffRoleRow)) == 1
    again = preview_of(head, at(world), b"Intervention,Staff,Minutes,Sessions in total\nPhonics,Jo,60,10\n")[1]
    assert counts(again) == (0, 0, 1, 0, 0), "what Jo is was remembered"


def test_a_private_rate_is_not_told_by_the_cost_in_the_preview(world: World) -> None:
    head = begin(world)
    role(
        world, head, "Therapist", actual_method="stated", actual_per_hour="37.11", actual_from_people="yes",
        actual_people="1", authority_method="stated", authority_per_hour="20",
    )  # fmt: skip
    data = b"Intervention,Staff,Minutes,Sessions in total\nMusic,Therapist,60,1\n"
    assert "£37.11 afterwards" in preview_of(head, at(world), data)[1]
    page = preview_of(world.signed_in("senco"), at(world), data)[1]
    assert "37.11" not in page and "£20.00 afterwards" in page


def test_five_thousand_wrong_cells_are_all_named_and_nothing_is_brought_in(world: World) -> None:
    head = school(world)
    before = everything(world)
    data = b"Intervention,Minutes\n" + b"".join(b"Phonics %d,-1\n" % n for n in range(5_000))
    preview, page = preview_of(head, at(world), data)
    assert counts(page)[-1] == 5_000
    assert len(re.findall(r"Row \d+, column Minutes, “-1”: must be from 0.01 to 1,000", page)) == 5_000
    assert head.send(preview, page=at(world), seen="x", tier_rest="targeted", **CONFIRMED).status_code == 302
    assert everything(world) == before


@pytest.mark.parametrize("value", ["1e400", "NaN", "-1", "=1+1", "x" * 3_000, "\u0663", "<b>1</b>", "1,2,3"])
def test_rubbish_in_any_column_is_refused_or_shown_as_text(world: World, value: str) -> None:
    head = school(world)
    names = (
        "Tier",
        "Need",
        "Type",
        "Minutes",
        "Sessions a week",
        "Weeks",
        "First day",
        "Other cost",
        "Group size",
        "Weekdays",
        "Prep",
    )
    data = (
        "Intervention;"
        + ";".join(names)
        + ";Outcome;Pupils;Staff;Year 1\nPhonics"
        + f";{value}" * (len(names) + 4)
        + "\n"
    ).encode()
    preview, page = preview_of(head, at(world), data)
    assert counts(page)[-1] >= 8
    assert "<b>1</b>" not in head.get(preview).text
    assert rows(world, InterventionRow) == []


def test_a_sheet_without_interventions_leads_to_its_columns(world: World) -> None:
    head = school(world)
    columns = head.get(upload(head, at(world), b"Was,Wer,Dauer\nLesen,HLTA,20\n").location)
    assert columns.location.endswith("/columns")
    assert "Say which column holds this: Intervention" in refused(
        head.send(columns.location, row="0", column_2="minutes")
    )
    seen = put(head, columns.location, row="0", column_0="name", column_1="staff", column_2="minutes")
    assert counts(words(head.get(seen).text)) == (1, 0, 0, 0, 0)


def test_everything_of_the_map_belongs_to_this_year_only(world: World) -> None:
    head = school(world)
    preview, _ = preview_of(head, at(world), PLAIN)
    other = preview.replace(f"/{YEAR}/", f"/{YEAR + 1}/")
    assert head.get(other).status_code == 404


def test_a_programme_of_the_sheet_is_the_one_on_the_schools_list_under_any_of_its_names(world: World) -> None:
    head = school(world)
    put(head, world.home + "programmes/add", name="Sound Steps", aliases="Soundsteps 2", tier="targeted")
    sheet = b'Intervention,Tier,Programme,Given by,Minutes,Sessions in total\nGroup,Targeted,Soundsteps 2,"Teaching assistant, level 2",30,2\nOther,Targeted,Brand New,"Teaching assistant, level 2",30,2\n'
    preview, page = preview_of(head, at(world), sheet)
    assert counts(page) == (2, 0, 0, 0, 0)
    assert confirm(head, preview, **CONFIRMED).status_code == 302
    listed = words(head.get(world.home + "programmes/").text)
    assert "Sound Steps" in listed and "Brand New" in listed
    assert len({row.programme_id for row in rows(world, InterventionRow)} - {None}) == 2
    assert counts(preview_of(head, at(world), sheet)[1]) == (0, 0, 2, 0, 0)
