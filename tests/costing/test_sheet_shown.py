"""What the command prints: JSON, CSV and the table (costing §9)."""

import csv
import io
import json
from dataclasses import replace

from tests.costing.sheets import STAFF, printed
from vfm.costing.sheet_printed import PrintedSheet
from vfm.costing.sheet_shown import as_csv, as_json, as_table

MAP = (
    STAFF + ",other_cost,pupils,tier",
    "Reading,Teacher,40,60,1,38,,Amy;Ben;Cy,targeted",
    "EP,,,,,,119.42,Amy;Ben;Cy,specialist",
    "All,TA,20,60,1,1,,,universal",
)


def spoken(*lines: str) -> str:
    return as_table(printed(*lines))


def test_json_has_the_names_of_the_design_and_no_others() -> None:
    told = json.loads(as_json(printed(*MAP)))
    assert told == {
        "interventions": [
            {
                "name": "Reading", "contact_hours": "38.00", "staff_cost": "1520.00", "other_cost": "0.00",
                "total": "1520.00", "additional": "1520.00", "cost_per_pupil": "506.67", "cost_per_pupil_hour": "13.33",
                "shares": {"Amy": "506.67", "Ben": "506.67", "Cy": "506.66"},
            },
            {
                "name": "EP", "contact_hours": "0.00", "staff_cost": "0.00", "other_cost": "119.42", "total": "119.42",
                "additional": "119.42", "cost_per_pupil": "39.81", "cost_per_pupil_hour": None,
                "shares": {"Amy": "39.81", "Ben": "39.81", "Cy": "39.80"},
            },
            {
                "name": "All", "contact_hours": "1.00", "staff_cost": "20.00", "other_cost": "0.00", "total": "20.00",
                "additional": "0.00", "cost_per_pupil": None, "cost_per_pupil_hour": None, "shares": {},
            },
        ],
        "pupils": {"Amy": "546.48", "Ben": "546.47", "Cy": "546.47"},
        "not_attributed": "20.00",
        "by": {
            "tier": {"targeted": "1520.00", "specialist": "119.42", "universal": "20.00"},
            "area_of_need": {"not stated": "1659.42"},
            "funding": {"not stated": "1659.42"},
        },
        "total": "1659.42",
        "additional": "1639.42",
    }  # fmt: skip
    assert list(told) == ["interventions", "pupils", "not_attributed", "by", "total", "additional"]
    assert list(told["interventions"][0]) == [
        "name", "contact_hours", "staff_cost", "other_cost", "total", "additional", "cost_per_pupil",
        "cost_per_pupil_hour", "shares",
    ]  # fmt: skip


def test_json_keeps_letters_as_they_are() -> None:
    assert '"Zoë"' in as_json(printed("intervention,other_cost,pupils", "A,1,Zoë"))


def test_csv_has_the_json_names_one_line_an_intervention_and_the_total() -> None:
    assert as_csv(printed(*MAP)) == (
        "name,contact_hours,staff_cost,other_cost,total,additional,cost_per_pupil,cost_per_pupil_hour\n"
        "Reading,38.00,1520.00,0.00,1520.00,1520.00,506.67,13.33\n"
        "EP,0.00,0.00,119.42,119.42,119.42,39.81,\n"
        "All,1.00,20.00,0.00,20.00,0.00,,\n"
        "Total,,,,1659.42,1639.42,,\n"
    )


def names_in(text: str) -> list[str]:
    return [row[0] for row in csv.reader(io.StringIO(text, newline=""))][1:-1]


def test_csv_puts_an_apostrophe_before_what_a_spreadsheet_would_run() -> None:
    lines = ("=1+1", "+44", "-5", "@SUM(A1)", "'quoted", "a=b")
    assert names_in(as_csv(printed("intervention,other_cost", *(f"{line},1" for line in lines)))) == [
        "'=1+1", "'+44", "'-5", "'@SUM(A1)", "'quoted", "a=b",
    ]  # fmt: skip


def test_csv_tames_tabs_and_returns_too() -> None:
    (group,) = printed("intervention,other_cost", "A,1").groups
    told = PrintedSheet([replace(group, name=name) for name in ("\tx", "\rx")], {}, 0, {}, 0, 0)
    assert names_in(as_csv(told)) == ["'\tx", "'\rx"]


def test_csv_quotes_commas_and_line_breaks_in_names() -> None:
    it = printed("intervention,other_cost", '"Reading, daily ""A""",1', '"two\nlines",2')
    assert names_in(as_csv(it)) == ['Reading, daily "A"', "two\nlines"]


def test_the_table_shows_interventions_shares_pupils_not_attributed_and_total() -> None:
    assert spoken(*MAP) == (
        "name     contact_hours  staff_cost  other_cost    total  additional  cost_per_pupil  cost_per_pupil_hour\n"
        "Reading          38.00     1520.00        0.00  1520.00     1520.00          506.67                13.33\n"
        "EP                0.00        0.00      119.42   119.42      119.42           39.81\n"
        "All               1.00       20.00        0.00    20.00        0.00\n"
        "Total                                           1659.42     1639.42\n"
        "\n"
        "Shares of each intervention, in pounds\n"
        "  Reading\n"
        "    Amy  506.67\n"
        "    Ben  506.67\n"
        "    Cy   506.66\n"
        "  EP\n"
        "    Amy  39.81\n"
        "    Ben  39.81\n"
        "    Cy   39.80\n"
        "\n"
        "Pupils, in pounds (sums of exact shares: they may differ by pennies from the shares above)\n"
        "  Amy              546.48\n"
        "  Ben              546.47\n"
        "  Cy               546.47\n"
        "  Not attributed    20.00\n"
        "  Total           1659.42\n"
    )


def test_the_table_says_so_where_nobody_is_named() -> None:
    assert "  no pupils are named\n" in spoken("intervention,other_cost", "A,1")


def test_a_pupil_called_total_stands_beside_the_total() -> None:
    assert "  Total           1.00\n  Not attributed  2.00\n  Total           3.00\n" in spoken(
        "intervention,other_cost,pupils", "A,1,Total", "B,2,"
    )


def test_a_long_name_pushes_only_its_own_row_and_nothing_steers_the_terminal() -> None:
    told = spoken("intervention,other_cost", f"{'x' * 300},1", "A\x1b[2J,2").splitlines()
    assert max(len(line) for line in told[2:4]) < 160
    assert told[2].startswith("A\\x1b[2J ")
