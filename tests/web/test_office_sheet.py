"""The sheet of a school's office is brought in whole: few questions, nothing lost, the second time nothing to do."""

from decimal import Decimal

from tests.web.entering import begin, role, stated
from tests.web.forms import words
from tests.web.school_sheet import CLASSES, lines, office_sheet, total
from tests.web.sheets import confirm, counts, press, preview_of
from tests.web.test_map_import import at, everything, school
from tests.web.test_map_import import rows as kept
from tests.world import World
from vfm.store.provision import GiverRow, InterventionRow
from vfm.store.staff import RateRow, StaffRoleRow

ANSWERS = {"rate_source": "no", "estimated": "yes", "tier_sen-support": "targeted"}


def test_forty_rows_make_forty_interventions_and_cost_what_the_sheet_says(world: World) -> None:
    head = begin(world)
    preview, page = preview_of(head, at(world), office_sheet(), "map.xlsx")
    assert counts(page) == (40, 0, 0, 1, 0)
    assert "do not add up" not in page
    assert "£14,520.57" in page and "£0.02 less here" in page, "the sheet rounded each row"
    assert "where they differ" not in page
    assert confirm(head, preview, **ANSWERS).location == world.home + "provision-map/"
    names = [row.name for row in kept(world, InterventionRow)]
    assert [f"Phonics catch-up ({each})" for each in CLASSES] == names[:6]
    assert len(set(names)) == 40
    shown = words(head.get(world.home + "provision-map/").text)
    assert ">£14,520.55<" in shown
    roles = {row.id: row.name for row in kept(world, StaffRoleRow)}
    assert {roles[row.role_id]: row.per_hour for row in kept(world, RateRow)} == {
        "Teaching assistant": Decimal("16.5"), "Learning support assistant": Decimal("15.2"),
        "Higher-level teaching assistant": Decimal(22), "Speech and language therapist": Decimal(48), "Teacher": Decimal(40),
        "Emotional literacy support assistant": Decimal("17.4"),
    }  # fmt: skip
    assert all(row.estimated and row.people is None and row.card == "actual" for row in kept(world, RateRow))
    assert [row.name for row in kept(world, StaffRoleRow) if row.teacher] == ["Teacher"]


def test_the_second_time_nothing_is_changed_and_nothing_is_asked(world: World) -> None:
    head = begin(world)
    preview, _ = preview_of(head, at(world), office_sheet(), "map.xlsx")
    confirm(head, preview, **ANSWERS)
    after = everything(world)
    again, page = preview_of(head, at(world), office_sheet(), "map.xlsx")
    assert counts(page) == (0, 0, 40, 1, 0)
    assert "There is nothing to bring in" in page and "about the sheet" not in page and "Bring it in" not in page
    assert press(head, again).location == again
    assert everything(world) == after


def test_nothing_is_brought_in_while_a_question_is_open(world: World) -> None:
    head = begin(world)
    preview, page = preview_of(head, at(world), office_sheet(), "map.xlsx")
    asked = page.index("questions about the sheet")
    assert page.index("Look again") < page.index("To be added") and "Bring it in" not in page
    assert asked < page.index("Look again")
    assert "9 questions about the sheet" in page
    assert "Answer this: Where do the sheet" in words(press(head, preview, **{"tier_sen-support": "targeted"}).text)
    assert press(head, preview, **ANSWERS).location == preview
    page = words(head.get(preview).text)
    assert "Bring it in" in page and "about the sheet" not in page
    assert kept(world, InterventionRow) == []


def test_the_questions_name_the_rows_the_rates_and_the_words_of_the_sheet(world: World) -> None:
    page = preview_of(begin(world), at(world), office_sheet(), "map.xlsx")[1]
    assert "The sheet has several rows called “Phonics catch-up”, “Reading buddies”" in page
    assert "The sheet says “TA”. Which of your staff roles is it?" in page
    assert "A new role, Teaching assistant, at the sheet’s £16.50 an hour (8 rows), estimated" in page
    assert "The sheet says “SEN Support” for the tier (6 rows). Which tier are all of these?" in page
    assert "Where do the sheet’s hourly rates come from?" in page
    assert "The sheet’s name or title says 2025-26. This review is of 2026 to 2027" in page
    assert "No dates: spread over the year; give first and last day to place it. This goes for 26 interventions" in page


def test_the_rates_of_the_sheet_are_not_taken_where_they_are_somebodys_pay(world: World) -> None:
    head = begin(world)
    preview, _ = preview_of(head, at(world), office_sheet(), "map.xlsx")
    press(head, preview, **(ANSWERS | {"rate_source": "yes"}))
    page = words(head.get(preview).text)
    assert "The sheet’s rates come from what particular people are paid, so they are not brought in" in page
    assert "Teaching assistant becomes a new role without a rate" in page
    press(head, preview, **(ANSWERS | {"rate_source": "yes"}))
    assert kept(world, RateRow) == [] and len(kept(world, StaffRoleRow)) == 6


def test_only_leadership_is_asked_where_the_rates_come_from(world: World) -> None:
    begin(world)
    senco = world.signed_in("senco")
    preview, page = preview_of(senco, at(world), office_sheet(), "map.xlsx")
    assert "Where do the sheet’s hourly rates come from?" not in page
    assert confirm(senco, preview, **ANSWERS).location == world.home + "provision-map/"
    assert len(kept(world, RateRow)) == 6 and all(row.people is None for row in kept(world, RateRow))


def test_a_role_of_the_school_is_chosen_for_a_shorthand_and_keeps_its_own_rate(world: World) -> None:
    head = begin(world)
    ours = stated(world, head, "Teaching assistant, level 2", "20.38")
    preview, page = preview_of(head, at(world), office_sheet(), "map.xlsx")
    assert (
        "The sheet has £16.50 (8 rows) an hour for Teaching assistant, level 2; yours is £20.38, which is used" in page
    )
    assert "Phonics catch-up (Reception) (row 4)" in page and "£46.56 more here" in page
    confirm(head, preview, **ANSWERS)
    assert sum(row.role_id == ours for row in kept(world, GiverRow)) == 8
    assert {row.per_hour for row in kept(world, RateRow) if row.role_id == ours} == {Decimal("20.38")}


def test_a_role_of_the_school_without_a_rate_may_take_the_sheets(world: World) -> None:
    head = begin(world)
    ours = role(world, head, "HLTA")
    preview, page = preview_of(head, at(world), office_sheet(), "map.xlsx")
    assert "HLTA has no rate yet, and the sheet has one. Use it?" in page
    confirm(head, preview, **ANSWERS)
    assert [(row.per_hour, row.estimated) for row in kept(world, RateRow) if row.role_id == ours] == [(22, True)]


def test_a_rate_that_others_may_not_see_is_neither_told_nor_replaced(world: World) -> None:
    head = begin(world)
    ours = role(
        world, head, "HLTA", actual_method="stated", actual_per_hour="37.11", actual_from_people="yes",
        actual_people="1", authority_method="stated", authority_per_hour="25",
    )  # fmt: skip
    senco = world.signed_in("senco")
    preview, page = preview_of(senco, at(world), office_sheet(), "map.xlsx")
    assert "37.11" not in page and "for HLTA; yours is £25.00, which is used" in page
    confirm(senco, preview, **ANSWERS)
    assert sorted(row.per_hour for row in kept(world, RateRow) if row.role_id == ours) == [25, Decimal("37.11")]


def test_rows_of_one_name_taken_for_one_intervention_are_named_with_their_pounds(world: World) -> None:
    head = school(world)
    same = b'Phonics,Targeted,"Teaching assistant, level 2",30,2,10,\xc2\xa3200.00\n'
    data = b"Intervention,Tier,Given by,Minutes,Sessions a week,Weeks,Cost\n" + same + same
    preview, page = preview_of(head, at(world), data)
    assert counts(page)[0] == 2 and "£400.00 afterwards" in page
    press(head, preview, same_name="one", estimated="no")
    page = words(head.get(preview).text)
    assert "Rows 2 and 3 are brought in as one intervention, Phonics, and costed once" in page
    assert "The sheet has £200.00 in row 2 and £200.00 in row 3 for it" in page
    assert "£200.00 less here" in page
    press(head, preview, estimated="no")
    assert [row.name for row in kept(world, InterventionRow)] == ["Phonics"]
    again, page = preview_of(head, at(world), data)
    assert counts(page) == (0, 0, 1, 0, 0), "the answer was remembered with the columns"
    press(head, again, same_name="groups", estimated="no")
    assert counts(words(head.get(again).text)) == (1, 0, 1, 0, 0)
    confirm(head, again, same_name="groups", estimated="no")
    assert [row.name for row in kept(world, InterventionRow)] == ["Phonics", "Phonics (group 2)"]
    assert counts(preview_of(head, at(world), data)[1]) == (0, 0, 2, 0, 0)


def test_a_column_whose_heading_is_not_certain_stands_open_at_the_top(world: World) -> None:
    head = school(world)
    data = b"Intervention,Tier,Minutes each time,Sessions a week,Weeks,Remarks\nPhonics,Targeted,20,2,10,often\n"
    preview, page = preview_of(head, at(world), data)
    assert page.index("Look at these columns") < page.index("To be added")
    assert "Minutes each time" in page and "Not used: Remarks." in page
    columns = head.get(preview + "/columns").text
    assert (
        columns.index("Minutes each time") < columns.index("Remarks") < columns.index("Columns that are understood: 4")
    )
    head.send(
        preview + "/columns",
        row="0",
        column_0="name",
        column_1="tier",
        column_2="minutes",
        column_3="sessions_a_week",
        column_4="weeks",
    )
    assert "Look at these columns" not in head.get(preview).text


def test_every_row_of_the_sheet_is_a_row_with_a_cost() -> None:
    assert len(lines()) == 40 and total() == Decimal("14520.57")
