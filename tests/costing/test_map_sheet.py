"""A provision map as schools keep it, in three layouts: read leniently, compared with the map that is there."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest

from vfm.costing.delivery import OnDays, Slot, Weekly
from vfm.costing.intervention import Intervention, Membership, Staff, Tier
from vfm.costing.map_change import KeptMap, MapChange, Who
from vfm.costing.map_compare import MapPlan, There, compare_map
from vfm.costing.map_lines import MapSheet
from vfm.costing.map_meanings import MEANINGS
from vfm.costing.map_roles import Roles
from vfm.costing.map_sheet import read_map
from vfm.costing.map_words import GivenBy, days_in, need_in, staff_in, tier_in, time_kind_in
from vfm.sheets.headings import find_layout
from vfm.sheets.kept import from_plain, to_plain
from vfm.sheets.preview import Fate, Preview
from vfm.sheets.reading import read_table
from vfm.sheets.wrong import CellError

ROLES = {"1": "Teaching assistant, level 2", "2": "Teacher", "3": "HLTA"}
REGISTER = {"ann": ["11"], "ben": ["12"], "cem": ["13", "14"]}
PLAIN = (
    "Intervention,Wave,Need,Staff,Minutes,Sessions per week,Weeks,Group size\n"
    "Phonics,Wave 2,C&L,\"Teaching assistant, level 2\",20 mins,3,12,4\n"
    "Social group,targeted,SEMH,HLTA,1 hour,weekly,38,6\n"
)  # fmt: skip
NOTHING = There((), ROLES, REGISTER)


def sheet(text: str, names: Sequence[str] = (), **answers: str) -> MapSheet:
    table = from_plain(to_plain(read_table(text.encode(), lenient=True)))
    return read_map(table, find_layout(table, MEANINGS, {}), Roles(ROLES, answers), answers, names)


def compared(text: str, there: There = NOTHING, **answers: str) -> tuple[Preview, Sequence[MapChange]]:
    preview, plan = planned(text, there, **answers)
    return preview, plan.changes


def planned(text: str, there: There = NOTHING, **answers: str) -> tuple[Preview, MapPlan]:
    return compare_map(sheet(text, there.names, **answers), there, answers)


def asked(preview: Preview) -> list[str]:
    """What is asked, but for the tier of everything."""
    return [each.name for each in preview.asked if each.name != "tier_rest"]


def said(text: str, name: str, **answers: str) -> Mapping[str, Any]:
    return sheet(text, **answers).entries[name.casefold()].values


def wrong(text: str, **answers: str) -> list[str]:
    return [each.words for each in compared(text, NOTHING, **answers)[0].wrong]


def kept(**more: Any) -> KeptMap:
    values = {
        "tier": "targeted", "need": "Cognition and learning", "minutes": Decimal("20.0000"), "sessions_a_week": Decimal("3.0000"),
        "weeks": Decimal(12), "group_size": 4, "sessions_in_total": None, "time_kind": "intervention",
    }  # fmt: skip
    it = Intervention("phonics", minutes=20, delivery=Weekly(3, 12), group_size=4, staff=(Staff(ROLES["1"]),))
    given: dict[str, Any] = {"staff": (Who("staff", ROLES["1"], Decimal(1)),), "days": (), "other_cost": None} | more
    return KeptMap(9, values | given.pop("values", {}), intervention=given.pop("intervention", it), **given)


@pytest.mark.parametrize("heading", ["Sessions/wk", "Sessions p/w", "Sessions per wk", "Sessions weekly"])
def test_sessions_a_week_are_not_taken_for_sessions_in_total_however_a_school_shortens_them(heading: str) -> None:
    values = said(PLAIN.replace("Sessions per week", heading), "Phonics")
    assert [values["sessions_a_week"], values["weeks"]] == [Decimal(3), Decimal(12)]
    assert "sessions_in_total" not in values


def test_a_row_an_intervention_is_read_with_the_words_that_schools_use() -> None:
    assert said(PLAIN, "Phonics") == {
        "tier": "targeted", "need": "Cognition and learning", "minutes": Decimal(20), "sessions_a_week": Decimal(3),
        "weeks": Decimal(12), "group_size": 4,
    }  # fmt: skip
    social = said(PLAIN, "Social group")
    assert (social["minutes"], social["sessions_a_week"]) == (Decimal(60), Decimal(1))
    assert wrong(PLAIN) == []


def test_a_row_a_pupil_gathers_the_pupils_and_costs_the_group_once() -> None:
    text = "Pupil,Year,Intervention,Minutes,Sessions a week,Staff\nAnn,4,Phonics,20,3,TA\nBen,4,phonics,20,3,TA\nAnn,4,Talk,10,1,\n"
    entries = sheet(text).entries
    assert [(each.name, each.rows, each.pupils) for each in entries.values()] == [
        ("Phonics", [2, 3], ["Ann", "Ben"]), ("Talk", [4], ["Ann"]),
    ]  # fmt: skip
    assert entries["phonics"].staff == [GivenBy(entries["phonics"].staff[0].kind, "TA")]
    assert compared(text)[1][0].pupils == ("11", "12")


def test_pupils_whose_rows_differ_in_how_it_is_given_are_in_groups_of_their_own() -> None:
    text = (
        "Pupil,Class,Intervention,Minutes,Staff,Need,Outcome\nAnn,4,Phonics,20,TA,C&L,Reads\nBen,5,Phonics,30,TA,C&L,Spells\n"
        "Zoe,4,Phonics,20,TA,SEMH,Spells\nYan,4,Phonics,,,C&L,\n"
    )  # fmt: skip
    found = sheet(text)
    assert [(each.name, each.rows, each.pupils) for each in found.entries.values()] == [
        ("Phonics (4)", [2, 4, 5], ["Ann", "Zoe", "Yan"]), ("Phonics (5)", [3], ["Ben"]),
    ]  # fmt: skip
    four = found.entries["phonics (4)"].values
    assert (four["minutes"], four["need"], four["outcome"]) == (Decimal(20), "More than one area", "Reads; Spells")
    assert found.warned == [
        "The rows of Phonics do not agree on how it is given, so they become 2 groups, each with the pupils of its own rows: "
        "Phonics (4) (rows 2, 4 and 5); Phonics (5) (row 3)"
    ]
    assert (found.wrong, found.repeated) == ([], [])


def test_year_groups_across_hold_numbers_of_pupils_and_it_is_asked_how_they_sit() -> None:
    text = "Intervention,Reception,Year 1,Y2,Minutes,Sessions a week\nPhonics,3,,4,20,3\nTalk,x,x,,10,1\n"
    preview, _ = compared(text)
    assert asked(preview) == ["matrix"]
    assert said(text, "Phonics", matrix="one")["group_size"] == 7
    own = sheet(text, matrix="own").entries
    assert [(each.name, each.values.get("group_size")) for each in own.values()] == [
        ("Phonics (Reception)", 3), ("Phonics (Y2)", 4), ("Talk (Reception)", None), ("Talk (Year 1)", None),
    ]  # fmt: skip


def test_year_groups_across_may_hold_the_interventions_with_the_tier_before_them() -> None:
    text = 'Tier,Year 1,Year 2\nWave 2,"Phonics\n• Talk",Phonics; Chess\nWave 3,,Speech therapy\n'
    found = sheet(text, matrix="one").entries
    assert {each.name: each.values["tier"] for each in found.values()} == {
        "Phonics": "targeted", "Talk": "targeted", "Chess": "targeted", "Speech therapy": "specialist",
    }  # fmt: skip
    assert "Phonics (Year 2)" in {each.name for each in sheet(text, matrix="own").entries.values()}


def test_titles_sections_and_totals_are_no_interventions_and_a_section_says_the_tier() -> None:
    text = (
        "Oak School,,,\nIntervention,Minutes,Frequency,Cost\nWave 3,,,\nPhonics,20,3,100\nTalk,10,1,50\n,,,\n"
        "Notes,,,\nTotal,,,200\n"
    )  # fmt: skip
    found = sheet(text)
    assert [(each.name, each.values["tier"]) for each in found.entries.values()] == [
        ("Phonics", "specialist"), ("Talk", "specialist"),
    ]  # fmt: skip
    assert [each.name for each in found.left_out] == ["Wave 3", "Notes", "Total"]
    assert found.totals == ["Row 8, Total: the sheet says £200.00, the rows above it add up to £150.00"]
    assert found.own_cost == Decimal(150)


def test_every_wrong_cell_is_named_with_what_is_expected() -> None:
    head = "Intervention,Tier,Need,Minutes,Sessions a week,Start date,Other costs,Days\n"
    found = wrong(head + "Phonics,fourth,unheard of,-1,1e400,31/2/2026,NaN,Caturday\n,Wave 1,,5,1,,,\n")
    assert [each.split(", value")[0] for each in found] == [
        "row 2, column Need", "row 2, column Minutes", "row 2, column Sessions a week", "row 2, column Start date",
        "row 2, column Other costs", "row 2, column Days", "row 3, column Intervention",
    ]  # fmt: skip
    assert "expected the name of the intervention" in found[-1]


@pytest.mark.parametrize("value", ["NaN", "1e400", "-1", "0", "1001", "20,5", "twenty", "Infinity", "٣"])
def test_minutes_are_never_guessed(value: str) -> None:
    assert len(wrong(f"Intervention;Minutes\nPhonics;{value}\nTalk;5\n")) == 1


def test_sessions_both_a_week_and_in_total_are_refused_unless_they_agree() -> None:
    head = "Intervention,Minutes,Sessions a week,Weeks,Sessions in total\n"
    assert wrong(head + "Phonics,20,3,12,36\n") == []
    assert "not both" in wrong(head + "Phonics,20,3,12,40\n")[0]


def test_who_gives_it_is_found_by_the_schools_own_roles_with_numbers_before_or_behind() -> None:
    roles = list(ROLES.values())
    for text in ("2 Teaching assistant, level 2", "Teaching assistant, level 2 × 2", "2 x teaching assistant, level 2"):
        assert [(each.role, each.number) for each in staff_in(text, roles)] == [(ROLES["1"], Decimal(2))], text
    both = staff_in("Teacher + 2 HLTAs and a volunteer", [*roles, "a volunteer"])
    assert [(each.role, each.number) for each in both[:2]] == [("Teacher", None), ("HLTA", Decimal(2))]
    assert [(each.kind.value, each.role) for each in staff_in("Volunteers; peers", roles)] == [
        ("volunteer", ""), ("other-pupil", ""),
    ]  # fmt: skip
    assert [each.role for each in staff_in("TA/Ms Smith", roles)] == ["TA", "Ms Smith"]


def test_an_unknown_role_is_asked_about_and_becomes_a_role_without_a_rate_unless_it_is_one_of_theirs() -> None:
    text = "Intervention,Staff,Minutes\nPhonics,Mentor x2,20\nTalk,mentor,5\n"
    preview, changes = compared(text)
    assert [(each.name, each.answer) for each in preview.asked][:1] == [("role_learning-mentor", "new")]
    assert changes[0].staff == (Who("staff", "Learning mentor", Decimal(2)),)
    assert changes[1].staff == (Who("staff", "Learning mentor", Decimal(1)),)
    assert any(note.startswith("Learning mentor becomes a new role without a rate") for note in preview.notes)
    settled, changes = compared(text, NOTHING, **{"role_learning-mentor": "1"})
    assert changes[0].staff == (Who("staff", ROLES["1"], Decimal(2)),)
    assert not any("new role" in note for note in settled.notes)


def test_pupils_who_are_not_on_the_register_are_named_and_left_out_or_counted() -> None:
    text = "Intervention,Pupils,Minutes\nPhonics,Ann; Zoe; Yan,20\n"
    preview, changes = compared(text)
    assert asked(preview) == ["unknown_pupils"]
    assert changes[0].pupils == ("11",) and "group_size" not in changes[0].values
    assert "Not on the register, left out: Zoe, Yan" in preview.outcomes[0].says
    assert compared(text, unknown_pupils="count")[1][0].values["group_size"] == 3
    assert "two pupils on the register are called so" in wrong("Intervention,Pupils\nPhonics,Cem\n")[0]


def test_a_day_that_could_be_read_two_ways_is_asked_about_once_and_not_where_the_sheet_settles_it() -> None:
    text = "Intervention,Start date,End date\nPhonics,3/9/2026,4/11/2026\n"
    preview = compared(text)[0]
    assert asked(preview) == ["dates"]
    assert preview.asked[-1].options[0][1] == "3 September 2026: the day stands first"
    assert said(text, "Phonics", dates="day")["starts_on"] == dt.date(2026, 9, 3)
    assert said(text, "Phonics", dates="month")["starts_on"] == dt.date(2026, 3, 9)
    assert compared(text, dates="day")[0].asked[-1].answer == "day", "it can be changed"
    assert asked(compared(text + "Talk,13/9/2026,\n")[0]) == []
    assert asked(compared(text.replace("3/9/2026", "2026-09-03").replace("4/11/2026", "4 November 2026"))[0]) == []


def test_the_same_sheet_again_changes_nothing() -> None:
    preview, changes = compared(PLAIN, There([kept()], ROLES, REGISTER))
    assert [each.fate for each in preview.outcomes] == [Fate.SAME, Fate.ADDED]
    assert [change.name for change in changes] == ["Social group"]


def test_what_the_sheet_does_not_say_stays_and_what_it_says_otherwise_is_shown_old_and_new() -> None:
    there = There([kept(values={"outcome": "Reads well"})], ROLES, REGISTER)
    preview, (change,) = compared("Intervention,Minutes,Sessions in total\nPhonics,25,10\n", there)
    assert preview.outcomes[0].says == (
        "Minutes of one session: 20 becomes 25", "Sessions in total: nothing becomes 10", "Sessions a week: 3 becomes nothing",
        "Weeks: 12 becomes nothing",
    )  # fmt: skip
    assert change.after.outcome == "Reads well" and change.after.staff == there.interventions[0].intervention.staff
    assert change.staff is None


def test_pupils_are_added_and_never_taken_out_and_names_win_over_a_number() -> None:
    member = kept(intervention=Intervention("Phonics", members=(Membership("11"),), minutes=20, delivery=Weekly(3, 12)))
    there = There([member], ROLES, REGISTER)
    _, (change,) = compared("Intervention,Pupils,Group size\nPhonics,Ann; Ben,9\n", there)
    assert (change.pupils, dict(change.values)) == (("12",), {})
    assert [each.pupil for each in change.after.members] == ["11", "12"]
    assert compared("Intervention,Group size\nPhonics,1\n", there)[1] == []


def test_weekdays_are_what_the_costing_counts() -> None:
    _, (change,) = compared("Intervention,Days,Minutes\nPhonics,Mon; Wed and Fri,20\n")
    assert change.after.delivery == OnDays((Slot(0), Slot(2), Slot(4)))
    assert [days_in(text) for text in ("Tues, Thurs", "daily", "Monday", "M W F")] == [
        (1, 3),
        (0, 1, 2, 3, 4),
        (0,),
        (0, 2, 4),
    ]


def test_an_intervention_that_contradicts_itself_is_refused() -> None:
    found = wrong("Intervention,Start date,End date\nPhonics,2026-11-02,2026-09-01\n")
    assert found == ["row 2, column Intervention, value 'Phonics': the last day is before the first day"]


def test_words_for_tiers_needs_and_kinds_of_time_are_known_or_refused() -> None:
    assert [tier_in(text) for text in ("Universal", "Wave 1", "2", "TARGETED PLUS", "Quality first teaching")] == [
        Tier.UNIVERSAL, Tier.UNIVERSAL, Tier.TARGETED, Tier.TARGETED, Tier.UNIVERSAL,
    ]  # fmt: skip
    assert need_in("C&I") == need_in("Speech and language") == "Communication and interaction"
    assert need_in("SEMH / C&L") == "More than one area"
    assert [time_kind_in(text).value for text in ("In-class support", "Lunchtime club", "small group", "personal-care")] == [
        "in-class-support", "lunchtime", "intervention", "personal-care",
    ]  # fmt: skip
    for read in (tier_in, need_in, time_kind_in, days_in):
        with pytest.raises(CellError):
            read("something else")


SEVERAL = (
    "Intervention,Class,Tier,Staff,Minutes,Sessions a week,Weeks\nPhonics,Year 1,2,HLTA,20,3,12\nPhonics,Year 2,2,HLTA,20,3,12\n"
    "Phonics,Year 2,2,Teacher,20,3,12\nPhonics,Year 2,2,Teacher,30,3,12\nPhonics,,2,Teacher,30,3,12\nTalk,Year 1,2,HLTA,5,1,2\n"
)  # fmt: skip


def names(text: str, *there: str, **answers: str) -> list[str]:
    return [each.name for each in sheet(text, there, **answers).entries.values()]


def test_rows_of_one_name_are_groups_told_apart_by_class_then_by_who_gives_it_then_by_number() -> None:
    made = [
        "Phonics (Year 1)", "Phonics (Year 2, HLTA)", "Phonics (Year 2, Teacher)", "Phonics (Year 2, Teacher, group 2)", "Phonics",
        "Talk",
    ]  # fmt: skip
    assert names(SEVERAL) == made
    assert names(SEVERAL, *made) == made, "and the same again once they are there"
    assert sheet(SEVERAL).repeated == ["Phonics"] and wrong(SEVERAL) == []


def test_an_intervention_that_is_there_under_the_plain_name_is_the_first_group() -> None:
    text = "Intervention,Class,Minutes\nPhonics,Year 1,20\nPhonics,Year 2,20\n"
    assert names(text, "phonics") == ["Phonics", "Phonics (Year 2)"]
    assert names(text, "Phonics", "Phonics (Year 2)") == ["Phonics", "Phonics (Year 2)"]
    assert names(text, "Phonics", "Phonics (Year 1)", "Phonics (Year 2)") == ["Phonics (Year 1)", "Phonics (Year 2)"]


def test_one_row_finds_the_group_that_an_earlier_sheet_made() -> None:
    text = "Intervention,Class,Minutes\nPhonics,Year 1,20\n"
    assert names(text, "Phonics (Year 1)") == ["Phonics (Year 1)"]
    assert names(text, "Phonics (Year 1)", "Phonics") == names(text) == ["Phonics"]


def test_no_two_groups_have_one_name_whatever_the_sheet_holds() -> None:
    text = "Intervention,Class,Minutes\nPhonics (Year 1),,5\nPhonics,Year 1,5\nPhonics,Year 2,5\n"
    assert names(text) == ["Phonics (Year 1)", "Phonics (Year 1) (group 2)", "Phonics (Year 2)"]
    long = "P" * 200
    made = names(f"Intervention,Class\n{long},Year 1\n{long},Year 2\n")
    assert [len(each) for each in made] == [200, 200] and len(set(made)) == 2


def test_rows_that_say_the_same_and_give_no_cost_are_taken_for_one_until_it_is_said_otherwise() -> None:
    same = "Intervention,Minutes,Cost\nPhonics,20,{0}\nPhonics,20,{0}\n"
    one, each = same.format(""), same.format("702")
    assert (sheet(one).same_name, names(one)) == ("one", ["Phonics"])
    assert (sheet(each).same_name, names(each)) == ("groups", ["Phonics", "Phonics (group 2)"])
    assert names(one, same_name="groups") == ["Phonics", "Phonics (group 2)"]
    assert sheet(each, same_name="one").warned == [
        "Rows 2 and 3 are brought in as one intervention, Phonics, and costed once. The sheet has £702.00 in row 2 and £702.00 in "
        "row 3 for it"
    ]


def test_rows_taken_for_one_may_name_several_staff_but_not_say_different_things() -> None:
    found = sheet(SEVERAL, same_name="one")
    assert [each.role for each in found.entries["phonics"].staff] == ["HLTA", "Teacher"]
    assert [(each.row, each.column) for each in found.wrong] == [(5, "Minutes"), (6, "Minutes")]
    assert "or that the rows of Phonics are different groups" in found.wrong[0].expected


def test_weeks_beside_sessions_in_total_become_sessions_a_week_where_they_are_whole() -> None:
    head = "Intervention,Tier,Minutes,Sessions in total,Weeks\n"
    preview, (change,) = compared(head + "Phonics,2,20,36,12\n")
    assert (change.values["sessions_a_week"], change.values["weeks"]) == (Decimal(3), Decimal(12))
    assert change.after.delivery == Weekly(Decimal(3), Decimal(12))
    assert "36 sessions in total over 12 weeks are 3 a week" in preview.outcomes[0].says
    preview, (change,) = compared(head + "Phonics,2,20,40,12\n")
    assert (change.values["sessions_in_total"], change.values.get("weeks")) == (Decimal(40), None)
    assert any("the total is kept and the weeks are left out" in each for each in preview.outcomes[0].says)


def test_a_programme_of_some_weeks_without_dates_is_said_to_be_spread_over_the_year() -> None:
    head = "Intervention,Tier,Minutes,Sessions a week,Weeks,First day\n"
    notes = compared(head + "Phonics,2,20,3,12,\nTalk,2,5,1,12,2026-11-02\nStory,2,5,1,38,\n")[0].notes
    assert "No dates: spread over the year; give first and last day to place it. This goes for Phonics" in notes


def test_one_answer_sets_the_tier_of_all_rows_that_say_the_same_word_or_none() -> None:
    text = "Intervention,Tier,Minutes\nPhonics,SEN Support,20\nTalk,sen support,5\nStory,,5\nSpeech,3,5\n"
    preview, _ = compared(text)
    assert asked(preview) == ["tier_sen-support"]
    assert "“SEN Support” for the tier (rows 2 and 3)" in preview.asked[0].words
    _, changes = compared(text, NOTHING, **{"tier_sen-support": "universal", "tier_rest": "specialist"})
    assert [each.after.tier for each in changes] == [Tier.UNIVERSAL, Tier.UNIVERSAL, Tier.SPECIALIST, Tier.SPECIALIST]


def test_a_column_headed_pupils_that_holds_numbers_only_says_how_many_there_are() -> None:
    found = sheet("Intervention,Pupils,Minutes\nPhonics,6,20\nTalk,12,5\n")
    assert [(each.values["group_size"], each.pupils) for each in found.entries.values()] == [(6, []), (12, [])]
    assert found.notes == ["The column Pupils holds numbers only: they are taken for how many pupils there are"]


def test_the_rate_of_a_new_role_is_the_sheets_usual_one_unless_another_is_chosen() -> None:
    text = (
        "Intervention,Staff,Hourly rate\nPhonics,LSA,£15.20\nTalk,LSA,15.20 per hour\nStory,lsa,16\nChess,LSA,varies\n"
    )
    preview, plan = planned(text)
    assert plan.new_roles == {"Learning support assistant": Decimal("15.20")} and plan.asks_source
    assert "Row 5: “varies” is not read as a rate, so it is not offered" in preview.notes
    chosen = planned(text, NOTHING, **{"role_learning-support-assistant": "new:16"})[1]
    assert chosen.new_roles == {"Learning support assistant": Decimal(16)}
    refused = planned(text, rate_source="yes")[1]
    assert refused.new_roles == {"Learning support assistant": None} and refused.asks_source


def test_of_several_roles_that_a_shorthand_could_mean_none_is_chosen_beforehand() -> None:
    two = There((), {"1": "Teaching assistant, level 2", "2": "Teaching assistant, level 3"}, {})
    table = from_plain(to_plain(read_table(b"Intervention,Staff\nPhonics,TA\n", lenient=True)))
    found = read_map(table, find_layout(table, MEANINGS, {}), Roles(two.roles, {}), {})
    assert [(each.name, each.answer) for each in compare_map(found, two, {})[0].asked][:1] == [
        ("role_teaching-assistant", "")
    ]
