"""Which sheets are refused, and that every wrong cell is named (costing §9)."""

import pytest

from tests.costing.sheets import STAFF, only, sheet, wrong, wrong_places
from tests.sheets.made import saved, tagged, text_cell
from vfm.costing.sheet import WrongCells, read_sheet
from vfm.costing.sheet_cost import cost_sheet
from vfm.costing.sheet_printed import print_sheet
from vfm.sheets.reading import read_table
from vfm.sheets.table import Row, SheetError, Table

TA = "Reading,TA,20,30,1,38"
COLUMNS = (
    "intervention", "staff", "hourly_rate", "weekly_hour_price", "number", "minutes", "sessions_per_week", "weeks",
    "sessions_total", "prep_minutes", "other_cost", "counts_percent", "pupils", "group_size", "whole_cost_to",
    "area_of_need", "tier", "funding",
)  # fmt: skip
NUMBERS = (*COLUMNS[2:12], "group_size")
NOT_NUMBERS = [
    "x", "-1", "−1", "+1", "1e400", "1e5", "NaN", "nan", "Infinity", "-Infinity", "inf", "sNaN", "1_000", "１２", "٣",
    "1.2.3", ".", "0x10", "1/2", "½", "9" * 400, "9" * 5_000, "TRUE", "12 h", "\ud800", "1\x1b[31m", "#REF!", "1,5",
    "1..", "--1", "1-", "²",
]  # fmt: skip


def row(**cells: str) -> list[str]:
    return [cells.get(column, "") for column in COLUMNS]


def table(*rows: list[str]) -> Table:
    return Table([Row(number, cells) for number, cells in enumerate([list(COLUMNS), *rows], start=1)])


def places(*rows: list[str]) -> list[tuple[int, str, str]]:
    with pytest.raises(WrongCells) as refused:
        read_sheet(table(*rows))
    return [(cell.row, cell.column, cell.value) for cell in refused.value.cells]


def test_a_wrong_cell_is_named_as_a_spreadsheet_counts() -> None:
    assert wrong(STAFF, TA, "Reading,TA,20,-5,1,38") == ["row 3, column minutes, value '-5': expected a number above 0"]


def test_every_wrong_cell_is_named_in_the_order_of_rows_and_columns() -> None:
    assert wrong_places(STAFF, "A,TA,x,0,1,38", TA, ",TA,,30,no,") == [
        (2, "hourly_rate", "x"),
        (2, "minutes", "0"),
        (4, "intervention", ""),
        (4, "hourly_rate", ""),
        (4, "sessions_per_week", "no"),
        (4, "weeks", ""),
    ]


def test_five_thousand_wrong_cells_are_all_named() -> None:
    named = wrong(STAFF, *(f"A{n},TA,20,-{n},1,38" for n in range(1, 5_001)))
    assert len(named) == 5_000
    assert named[-1] == "row 5001, column minutes, value '-5000': expected a number above 0"


@pytest.mark.parametrize("text", NOT_NUMBERS)
def test_what_is_not_a_number_is_refused_cell_by_cell(text: str) -> None:
    for column in NUMBERS:
        cells = {"intervention": "A", "whole_cost_to": "Amy", column: text}
        assert (2, column, text) in places(row(**cells)), column


@pytest.mark.parametrize("column", ["minutes", "sessions_per_week", "sessions_total"])
def test_minutes_and_sessions_are_above_nought(column: str) -> None:
    assert (2, column, "0.00") in places(row(intervention="A", **{column: "0.00"}))
    expected = [cell for cell in wrong_cells(row(intervention="A", **{column: "0.00"})) if cell.startswith("row 2")]
    assert f"row 2, column {column}, value '0.00': expected a number above 0" in expected


def wrong_cells(*rows: list[str]) -> list[str]:
    with pytest.raises(WrongCells) as refused:
        read_sheet(table(*rows))
    return [cell.words for cell in refused.value.cells]


def test_weeks_number_and_preparation_are_nought_or_more() -> None:
    it = read_sheet(
        table(
            row(
                intervention="A", staff="TA", hourly_rate="0", number="0", minutes="5", sessions_per_week="1", weeks="0",
                prep_minutes="0",
            )
        )
    )  # fmt: skip
    assert cost_sheet(it).total == 0
    for column in ("weeks", "number", "prep_minutes"):
        assert wrong_cells(row(intervention="A", **{column: "-1"})) == [
            f"row 2, column {column}, value '-1': expected a number of 0 or more"
        ]


@pytest.mark.parametrize("text", ["0", "1.5", "-2", "0.0"])
def test_the_size_of_a_group_is_a_whole_number_above_nought(text: str) -> None:
    assert wrong_cells(row(intervention="A", group_size=text)) == [
        f"row 2, column group_size, value '{text}': expected a whole number above 0"
    ]


def test_a_percentage_is_from_0_to_100() -> None:
    for text in ("100.1", "101", "-1", "50%"):
        assert wrong_cells(row(intervention="A", counts_percent=text)) == [
            f"row 2, column counts_percent, value '{text}': expected a number from 0 to 100"
        ]
    for text in ("0", "100", "33.3", "100.0"):
        read_sheet(table(row(intervention="A", counts_percent=text)))


@pytest.mark.parametrize("text", ["5", "5.", ".5", "05", "5.50", " 5 ", "0.000000000000000000000000000001"])
def test_numbers_are_digits_with_at_most_one_point(text: str) -> None:
    read_sheet(table(row(intervention="A", prep_minutes=text)))


@pytest.mark.parametrize("text", ["100000000", "0." + "1" * 31, "5 0", "1,000", "£5"])
def test_other_numbers_are_refused(text: str) -> None:
    assert places(row(intervention="A", prep_minutes=text)) == [(2, "prep_minutes", text)]


@pytest.mark.parametrize(
    ("text", "pence"),
    [("£1,234.50", 123450), ("1234.5", 123450), ("£ 1 234.500", 123450), (" 12 ", 1200), ("0", 0), (".5", 50)],
)
def test_money_may_hold_a_pound_sign_commas_spaces_and_zeros_at_the_end(text: str, pence: int) -> None:
    it = print_sheet(cost_sheet(read_sheet(table(row(intervention="A", other_cost=text)))))
    assert it.total == pence


def test_hourly_rates_have_four_decimals_and_other_money_two() -> None:
    hours = {"intervention": "A", "staff": "TA", "minutes": "60", "sessions_total": "1"}
    read_sheet(table(row(hourly_rate="20.123400", **hours)))
    read_sheet(table(row(weekly_hour_price="20.1200", **hours)))
    assert places(row(hourly_rate="20.12345", **hours)) == [(2, "hourly_rate", "20.12345")]
    assert places(row(weekly_hour_price="20.123", **hours)) == [(2, "weekly_hour_price", "20.123")]
    assert places(row(intervention="A", other_cost="0.001")) == [(2, "other_cost", "0.001")]


@pytest.mark.parametrize("text", ["-0.01", "100000000", "£100,000,000.00", "99999999.999"])
def test_money_below_nought_or_above_99_999_999_99_is_refused(text: str) -> None:
    assert places(row(intervention="A", other_cost=text)) == [(2, "other_cost", text)]
    assert read_sheet(table(row(intervention="A", other_cost="£99,999,999.99"))).lines


def test_money_is_refused_with_what_was_expected() -> None:
    heads = "intervention,other_cost"
    assert wrong(heads, "A,-5", "A,5p", "A,1.005") == [
        "row 2, column other_cost, value '-5': expected an amount from £0 to £99,999,999.99",
        "row 3, column other_cost, value '5p': expected pounds with at most 2 decimals, such as 1,234.50",
        "row 4, column other_cost, value '1.005': expected pounds with at most 2 decimals, such as 1,234.50",
    ]


def test_paid_staff_need_exactly_one_rate() -> None:
    heads = "intervention,staff,hourly_rate,weekly_hour_price,minutes,sessions_total"
    assert wrong_places(heads, "A,TA,,,60,1") == [(2, "hourly_rate", "")]
    assert wrong_places(heads, "A,TA,20,550,60,1") == [(2, "weekly_hour_price", "550")]
    assert wrong_places(heads, "A,TA,0,0,60,1") == [(2, "weekly_hour_price", "0")]


def test_a_rate_without_paid_staff_is_refused() -> None:
    heads = "intervention,staff,hourly_rate,weekly_hour_price,minutes,sessions_total"
    assert wrong_places(heads, "A,,20,,60,1") == [(2, "hourly_rate", "20")]
    assert wrong_places(heads, "A,Volunteer,,550,60,1") == [(2, "weekly_hour_price", "550")]
    assert wrong_places(heads, "A,other pupil,20,550,60,1") == [
        (2, "hourly_rate", "20"), (2, "weekly_hour_price", "550"),
    ]  # fmt: skip


@pytest.mark.parametrize("staff", ["TA", "volunteer"])
def test_staff_need_minutes_and_a_count(staff: str) -> None:
    heads = "intervention,staff,hourly_rate,minutes,sessions_per_week,weeks,sessions_total"
    rate = "20" if staff == "TA" else ""
    assert wrong_places(heads, f"A,{staff},{rate},,,,") == [(2, "minutes", ""), (2, "sessions_per_week", "")]
    assert wrong_places(heads, f"A,{staff},{rate},30,,,") == [(2, "sessions_per_week", "")]
    assert wrong_places(heads, f"A,{staff},{rate},30,,38,") == [(2, "sessions_per_week", "")]
    assert wrong_places(heads, f"A,{staff},{rate},30,1,,") == [(2, "weeks", "")]
    assert wrong_places(heads, f"A,{staff},{rate},,1,38,") == [(2, "minutes", "")]


def test_minutes_without_sessions_and_sessions_without_minutes_are_refused_without_staff_too() -> None:
    heads = "intervention,minutes,sessions_per_week,weeks,sessions_total"
    assert wrong_places(heads, "A,30,,,") == [(2, "sessions_per_week", "")]
    assert wrong_places(heads, "A,,1,38,") == [(2, "minutes", "")]
    assert wrong_places(heads, "A,,,,5") == [(2, "minutes", "")]
    assert wrong_places(heads, "A,,1,,") == [(2, "minutes", ""), (2, "weeks", "")]


def test_both_ways_of_counting_are_refused() -> None:
    heads = "intervention,staff,hourly_rate,minutes,sessions_per_week,weeks,sessions_total"
    assert wrong_places(heads, "A,TA,20,30,1,38,12") == [(2, "sessions_total", "12")]
    assert wrong_places(heads, "A,TA,20,30,1,,12") == [(2, "sessions_total", "12")]


def test_weeks_alone_are_no_way_of_counting() -> None:
    heads = "intervention,staff,hourly_rate,minutes,sessions_per_week,weeks,sessions_total,other_cost"
    assert only(heads, "A,TA,20,60,,38,12,").contact_hours == 12_00
    assert only(heads, "A,,,,,38,,5").contact_hours == 0


def test_a_row_with_only_other_cost_needs_no_staff_or_hours() -> None:
    assert only("intervention,other_cost", "A,5").total == 5_00


def test_two_values_of_group_size_or_whole_cost_to_are_refused_at_the_later_row() -> None:
    heads = "intervention,group_size,pupils,whole_cost_to"
    assert wrong(heads, "A,4,,", "B,5,,", "A,,,", "A,6,,", "A,4.0,,", "A,7,,") == [
        "row 5, column group_size, value '6': expected '4', as on row 2 of the same intervention",
        "row 7, column group_size, value '7': expected '4', as on row 2 of the same intervention",
    ]
    assert wrong_places(heads, "A,,Amy;Ben,Amy", "A,,,Ben", "A,,,Amy") == [(3, "whole_cost_to", "Ben")]


def test_who_carries_it_all_must_be_one_of_the_pupils() -> None:
    heads = "intervention,pupils,whole_cost_to"
    assert wrong_places(heads, "A,Amy;Ben,Cy") == [(2, "whole_cost_to", "Cy")]
    assert wrong_places(heads, "A,,amy", "A,Amy,") == [(2, "whole_cost_to", "amy")]
    assert wrong_places(heads, "A,,Amy;Ben") == [(2, "whole_cost_to", "Amy;Ben")]
    assert wrong_places(heads, "A,,Amy", "A,,Ben") == [(3, "whole_cost_to", "Ben")]
    assert sheet(heads, "A,,Amy", "A,Ben;Amy,").groups[0].pupils == ("Ben", "Amy")


def test_the_name_of_the_intervention_is_required() -> None:
    assert wrong("intervention,other_cost", " ,5") == [
        "row 2, column intervention, value '': expected the name of an intervention"
    ]


def test_case_outer_spaces_and_spaces_or_hyphens_for_underscores_do_not_matter_in_headings() -> None:
    group = only("INTERVENTION, Staff ,Hourly Rate,minutes,Sessions-per week,WEEKS", TA)
    assert group.total == 380_00


def test_columns_may_stand_in_any_order_and_most_may_be_missing() -> None:
    assert only("other_cost,intervention", "5,A").total == 5_00


def test_unknown_headings_are_named_once_in_a_warning() -> None:
    assert list(sheet("Intervention,My notes,other cost,colour", "A,x,5,red").warnings) == [
        "columns with headings that are not known are left out: My notes, colour"
    ]


def test_a_heading_twice_is_one_message() -> None:
    assert wrong("intervention,minutes,Minutes,MINUTES,sessions_total", "A,5,6,7,1", "B,5,6,7,1") == [
        "row 1, column minutes, value '': expected this heading once"
    ]
    assert wrong_places("intervention,hourly rate,staff,hourly-rate,minutes,sessions_total", "A,,TA,20,5,1") == [
        (1, "hourly_rate", "")
    ]
    assert wrong_places("intervention,notes,Notes", "A,x,y") == [(1, "notes", "")]


@pytest.mark.parametrize(
    ("missing", "heads", "line"),
    [
        ("intervention", "name,staff,hourly_rate,minutes,sessions_total", "A,TA,20,60,1"),
        ("hourly_rate", "intervention,staff,minutes,sessions_total", "A,TA,60,1"),
        ("minutes", "intervention,staff,hourly_rate,sessions_total", "A,TA,20,1"),
        ("sessions_per_week", "intervention,staff,hourly_rate,minutes", "A,TA,20,60"),
        ("weeks", "intervention,staff,hourly_rate,minutes,sessions_per_week", "A,TA,20,60,1"),
        ("weeks", "intervention,staff,hourly_rate,minutes,sessions_per_week,sessions_total", "A,TA,20,60,1,"),
    ],
)
def test_a_missing_column_is_one_message(missing: str, heads: str, line: str) -> None:
    assert wrong(heads, line, line, line) == [f"row 1, column {missing}, value '': expected a column with this heading"]


def test_where_another_column_would_do_the_empty_cell_is_named() -> None:
    heads = "intervention,staff,weekly_hour_price,minutes,sessions_total"
    assert wrong_places(heads, "A,TA,,60,1", "A,TA,550,60,") == [(2, "hourly_rate", ""), (3, "sessions_per_week", "")]


def test_a_missing_name_column_hides_no_wrong_cell() -> None:
    assert wrong_places("name,minutes,sessions_total", "A,x,1", "B,5,y") == [
        (1, "intervention", ""), (2, "minutes", "x"), (3, "sessions_total", "y"),
    ]  # fmt: skip


def test_headings_that_do_not_stand_in_the_first_row_are_missing() -> None:
    assert wrong_places("", "intervention,other_cost", "A,5") == [(1, "intervention", "")]


def test_cells_beyond_the_headings_are_ignored_if_empty_and_refused_if_not() -> None:
    assert only("intervention,other_cost,,", "A,5,,", "A,5, , ,,").total == 10_00
    assert wrong("intervention,,other_cost", "A,x,5,,y", "B,,5") == [
        "row 2, column B, value 'x': expected nothing, since row 1 has no heading there",
        "row 2, column E, value 'y': expected nothing, since row 1 has no heading there",
    ]


def test_blank_rows_are_skipped_and_counted() -> None:
    assert wrong("intervention,other_cost", "", " , ", "A,x")[0].startswith("row 4, column other_cost, value 'x'")


def test_rows_may_be_shorter_than_the_headings() -> None:
    assert only("intervention,other_cost,tier,funding", "A,5").total == 5_00


@pytest.mark.parametrize("lines", [("intervention,other_cost",), ("intervention", "", " , ")])
def test_a_sheet_without_data_rows_is_refused(lines: tuple[str, ...]) -> None:
    with pytest.raises(SheetError, match="no rows under its headings"):
        sheet(*lines)


def test_a_size_that_differs_from_the_names_draws_a_warning() -> None:
    heads = "intervention,pupils,group_size"
    assert list(sheet(heads, "A,Amy;Ben,", "A,Cy,4").warnings) == [
        "intervention 'A', row 3: group_size is 4, pupils named are 3; the names count"
    ]
    assert list(sheet(heads, "A,Amy;Ben,2").warnings) == []
    assert list(sheet(heads + ",whole_cost_to", "A,,4,Amy").warnings) == []


@pytest.mark.parametrize("other", ["20,1,38", "30,2,38", "30,1,37"])
def test_minutes_sessions_or_weeks_that_differ_draw_a_warning(other: str) -> None:
    assert list(sheet(STAFF, "A,TA,20,30,1,38", f"A,HLTA,22,{other}", "A,,,,,").warnings) == [
        "intervention 'A', rows 2, 3: minutes, sessions or weeks differ; "
        "contact hours are the largest minutes × sessions among them"
    ]


def test_hours_that_are_the_same_in_other_digits_draw_no_warning() -> None:
    heads = STAFF + ",other_cost"
    assert list(sheet(heads, "A,TA,20,30,1,38,", "A,HLTA,22,30.0,1.,38.00,", "A,,,,,,5").warnings) == []


def test_a_value_that_could_steer_a_terminal_is_shown_as_its_escape() -> None:
    it = Table([Row(1, ["intervention", "weeks"]), Row(2, ["A", "1\x1b[31m\n\ud800"])])
    with pytest.raises(WrongCells) as refused:
        read_sheet(it)
    assert refused.value.cells[0].words == (
        "row 2, column weeks, value '1\\x1b[31m\\n\\ud800': expected a number of 0 or more"
    )


def test_a_workbook_is_read_like_csv() -> None:
    rows: list[list[object]] = [
        [*STAFF.split(",")],
        ["Reading", "TA", 20.3768, 60, 1, 100],
        [],
        ["Reading", "Volunteer", None, 60, 1, 100],
    ]
    it = print_sheet(cost_sheet(read_sheet(read_table(saved(rows)))))
    assert (it.total, it.groups[0].contact_hours) == (2037_68, 100_00)


def formula(name: str, value: str, kind: str = "") -> str:
    return f'<c r="{name}"{kind}><f>A1</f><v>{value}</v></c>'


def workbook(*cells: str, heads: tuple[str, ...]) -> Table:
    """A heading row, and one row of cells."""
    first = "".join(text_cell(f"{letter}1", head) for letter, head in zip("ABCDEFGH", heads, strict=False))
    return read_table(tagged(f'<row r="1">{first}</row><row r="2">{"".join(cells)}</row>'))


RATED = ("intervention", "staff", "hourly_rate", "minutes", "sessions_total", "other_cost")


def test_what_a_formula_made_in_a_money_column_is_rounded_half_up_to_the_decimals_of_its_column() -> None:
    it = workbook(
        text_cell("A2", "A"), text_cell("B2", "TA"), formula("C2", "16.69815"), formula("D2", "60"), formula("E2", "100"),
        formula("F2", "2.675"), heads=RATED,
    )  # fmt: skip
    group = print_sheet(cost_sheet(read_sheet(it))).groups[0]
    assert (group.staff_cost, group.other_cost) == (1669_82, 2_68)
    priced = workbook(
        text_cell("A2", "A"), text_cell("B2", "TA"), formula("C2", "634.525"), formula("D2", "60"), formula("E2", "38"),
        heads=("intervention", "staff", "weekly_hour_price", "minutes", "sessions_total"),
    )  # fmt: skip
    assert print_sheet(cost_sheet(read_sheet(priced))).total == 634_53


def test_the_noise_of_binary_fractions_is_no_money() -> None:
    it = workbook(text_cell("A2", "A"), formula("B2", "-2.7E-17"), heads=("intervention", "other_cost"))
    assert print_sheet(cost_sheet(read_sheet(it))).total == 0


def test_what_was_typed_is_not_rounded_and_a_formula_is_not_excused_from_the_rest() -> None:
    heads = ("intervention", "other_cost")
    for cell, value in (
        ('<c r="B2"><v>2.675</v></c>', "2.675"), (formula("B2", "-2.675"), "-2.675"), (formula("B2", "1E9"), "1000000000"),
        (formula("B2", "two", ' t="str"'), "two"),
    ):  # fmt: skip
        with pytest.raises(WrongCells) as refused:
            read_sheet(workbook(text_cell("A2", "A"), cell, heads=heads))
        assert [(one.column, one.value) for one in refused.value.cells] == [("other_cost", value)]


def test_numbers_that_are_no_money_are_not_rounded() -> None:
    it = workbook(
        text_cell("A2", "A"), formula("B2", "33.3333"), formula("C2", "3"), heads=("intervention", "minutes", "sessions_total")
    )  # fmt: skip
    assert read_sheet(it).lines[0].minutes * 10_000 == 999_999


@pytest.mark.parametrize("heads", [("intervention", "weeks"), ("intervention", "funding"), ("intervention", "pupils")])
def test_a_formula_without_a_saved_value_is_a_wrong_cell(heads: tuple[str, ...]) -> None:
    with pytest.raises(WrongCells) as refused:
        read_sheet(workbook(text_cell("A2", "A"), '<c r="B2"><f>1+1</f></c>', heads=heads))
    assert refused.value.cells[0][:3] == (2, heads[1], "")
    assert "saved value" in refused.value.cells[0].expected


def test_a_row_that_only_holds_an_unsaved_formula_is_not_blank() -> None:
    with pytest.raises(WrongCells) as refused:
        read_sheet(workbook('<c r="B2"><f>1+1</f></c>', heads=("intervention", "other_cost")))
    assert [cell[:3] for cell in refused.value.cells] == [(2, "intervention", ""), (2, "other_cost", "")]


def test_an_error_of_a_formula_is_a_wrong_cell_even_where_a_text_would_do() -> None:
    with pytest.raises(WrongCells) as refused:
        read_sheet(workbook(formula("A2", "#REF!", ' t="e"'), heads=("intervention", "other_cost")))
    assert refused.value.cells[0].words == (
        "row 2, column intervention, value '#REF!': expected a value, not a formula's error"
    )


def test_dates_and_percentages_are_no_numbers() -> None:
    rows = [["intervention", "prep_minutes"], ["A", "2026-09-01"], ["A", "50%"]]
    with pytest.raises(WrongCells) as refused:
        read_sheet(read_table(saved(rows)))
    assert [cell.value for cell in refused.value.cells] == ["2026-09-01", "50%"]


def test_references_that_a_workbook_holds_as_numbers_are_names() -> None:
    rows: list[list[object]] = [["intervention", "other_cost", "pupils"], ["A", 10, 1234], ["A", None, "1234; 5678"]]
    assert read_sheet(read_table(saved(rows))).groups[0].pupils == ("1234", "5678")
