"""What must hold of every sheet, and of rubbish."""

import random
from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.costing.test_sheet import COLUMNS
from tests.sheets.made import saved
from vfm.costing.sheet import Sheet, WrongCells, read_sheet
from vfm.costing.sheet_columns import LABELS
from vfm.costing.sheet_cost import CostedSheet, cost_sheet
from vfm.costing.sheet_printed import print_sheet
from vfm.costing.sheet_shown import as_csv, as_json, as_table
from vfm.sheets.reading import read_table
from vfm.sheets.table import Row, SheetError, Table

NAMES = ("Amy", "Ben", "Cy", "Dee", "Eve", "Fay", "Gus")


def amounts(places: int, most: int = 500) -> st.SearchStrategy[str]:
    return st.integers(0, most * 10**places).map(lambda n: f"{n // 10**places}.{n % 10**places:0{places}d}")


def counts(least: int, most: int) -> st.SearchStrategy[str]:
    return st.integers(4 * least, 4 * most).map(lambda n: str(n / 4))


@st.composite
def rows(draw: st.DrawFn, names: tuple[str, ...] = ("Reading", "Maths", "Talk", "Art")) -> dict[str, str]:
    """One row that can be costed, of one of a few interventions whose labels do not change."""
    name = draw(st.sampled_from(names))
    row = {
        "intervention": name,
        "other_cost": draw(st.one_of(st.just(""), amounts(2))),
        "counts_percent": draw(st.one_of(st.just(""), counts(0, 100))),
        "pupils": ";".join(draw(st.lists(st.sampled_from(NAMES), max_size=4))) if name != "Art" else "",
        "tier": {"Reading": "targeted", "Art": "universal"}.get(name, ""),
        "funding": name if name < "N" else "",
    }
    staff = draw(st.sampled_from(("", "TA", "Teacher", "volunteer")))
    if staff:
        row |= {
            "staff": staff,
            "number": draw(counts(0, 3)),
            "minutes": draw(counts(1, 60)),
            "prep_minutes": draw(counts(0, 9)),
        }
        row |= draw(
            st.one_of(
                st.fixed_dictionaries({"sessions_total": counts(1, 40)}),
                st.fixed_dictionaries({"sessions_per_week": counts(1, 5), "weeks": counts(0, 39)}),
            )
        )
    if staff in ("TA", "Teacher"):
        rate = st.fixed_dictionaries({"hourly_rate": amounts(4)})
        row |= draw(st.one_of(rate, st.fixed_dictionaries({"weekly_hour_price": amounts(2, 3_000)})))
    return row


def table(lines: list[dict[str, str]]) -> Table:
    told = [list(COLUMNS), *([line.get(column, "") for column in COLUMNS] for line in lines)]
    return Table([Row(number, cells) for number, cells in enumerate(told, start=1)])


def figures(costed: CostedSheet) -> dict[str, object]:
    """Every exact figure, by name, whatever the order and the denominator."""

    def exact(parts: dict[str, int]) -> dict[str, Fraction]:
        return {name: Fraction(part, costed.over) for name, part in parts.items()}

    return {
        "total": Fraction(costed.total, costed.over),
        "additional": Fraction(costed.additional, costed.over),
        "not attributed": Fraction(costed.not_attributed, costed.over),
        "pupils": exact(dict(costed.pupils)),
        "by": {column: exact(dict(parts)) for column, parts in costed.by.items()},
        "hours": {group.name: group.contact_hours for group in costed.groups},
        "staff": exact({group.name: group.staff for group in costed.groups}),
        "other": exact({group.name: group.other for group in costed.groups}),
        "counts": exact({group.name: group.additional for group in costed.groups}),
        "shares": {group.name: exact(dict(group.shares)) for group in costed.groups},
    }


@settings(max_examples=60, deadline=None)
@given(st.lists(rows(), min_size=1, max_size=12), st.integers(1, 80))
def test_exact_parts_add_up_exactly(lines: list[dict[str, str]], weeks: int) -> None:
    costed = cost_sheet(read_sheet(table(lines)), Fraction(weeks, 2))
    assert sum(costed.pupils.values()) + costed.not_attributed == costed.total
    assert sum(group.total for group in costed.groups) == costed.total
    assert sum(group.additional for group in costed.groups) == costed.additional <= costed.total
    for column in LABELS:
        assert sum(costed.by[column].values()) == costed.total
    for group in costed.groups:
        assert sum(group.shares.values()) == (group.total if group.shares else 0)


@settings(max_examples=60, deadline=None)
@given(st.lists(rows(), min_size=1, max_size=12))
def test_printed_parts_add_up_to_their_printed_total(lines: list[dict[str, str]]) -> None:
    printed = print_sheet(cost_sheet(read_sheet(table(lines))))
    assert sum(printed.pupils.values()) + printed.not_attributed == printed.total
    assert sum(group.total for group in printed.groups) == printed.total
    assert sum(group.additional for group in printed.groups) == printed.additional
    for column in LABELS:
        assert sum(printed.by[column].values()) == printed.total
    for group in printed.groups:
        assert group.staff_cost + group.other_cost == group.total
        assert sum(group.shares.values()) == (group.total if group.shares else 0)


@settings(max_examples=60, deadline=None)
@given(st.lists(rows(), min_size=2, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_exact_figure(lines: list[dict[str, str]], chance: random.Random) -> None:
    others = list(lines)
    chance.shuffle(others)
    assert figures(cost_sheet(read_sheet(table(lines)))) == figures(cost_sheet(read_sheet(table(others))))


def shown(it: Sheet) -> None:
    """Every form of output can be made."""
    printed = print_sheet(cost_sheet(it))
    for text in (as_json(printed), as_csv(printed), as_table(printed)):
        assert text.endswith("\n")


def survives(it: Table) -> None:
    """Costed, or refused with words; never anything else."""
    try:
        shown(read_sheet(it))
    except WrongCells as wrong:
        assert wrong.cells
        assert all(cell.words.isprintable() for cell in wrong.cells)
    except SheetError as wrong:
        assert str(wrong)


ANYTHING = st.one_of(
    st.text(max_size=6),
    st.sampled_from(
        ("", "1", "0", "5.5", "-1", "£2", "volunteer", "TA", "Amy", "Amy;Ben", "universal", "1e9", "9" * 5_000)
    ),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(ANYTHING, max_size=len(COLUMNS) + 1), max_size=6))
def test_any_cells_are_costed_or_refused_with_words(lines: list[list[str]]) -> None:
    survives(Table([Row(number, cells) for number, cells in enumerate([list(COLUMNS), *lines], start=1)]))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(ANYTHING, max_size=6), max_size=6))
def test_any_headings_are_understood_or_refused_with_words(lines: list[list[str]]) -> None:
    survives(Table([Row(number, cells) for number, cells in enumerate(lines, start=1)]))


def survives_as_file(data: bytes, *, lenient: bool) -> None:
    try:
        it = read_table(data, lenient=lenient)
    except SheetError as wrong:
        assert str(wrong)
    else:
        survives(it)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.booleans())
@example(b"PK\x03\x04", False)
@example(b"\xff\xfe\x00\xd8", True)
@example(b"intervention,minutes\nA,\xed\xa0\x80", False)
def test_any_bytes_are_read_or_refused_with_words(data: bytes, lenient: bool) -> None:
    survives_as_file(data, lenient=lenient)


WORKBOOK = saved([["intervention", "other_cost", "pupils"], ["Reading", 12.5, "Amy; Ben"], ["Maths", "=1+1", None]])


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_workbook_with_spoiled_bytes_is_read_or_refused_with_words(data: st.DataObject) -> None:
    spoiled = bytearray(WORKBOOK)
    for place in data.draw(st.lists(st.integers(0, len(WORKBOOK) - 1), min_size=1, max_size=8)):
        spoiled[place] = data.draw(st.integers(0, 255))
    end = data.draw(st.sampled_from((len(WORKBOOK), data.draw(st.integers(4, len(WORKBOOK))))))
    survives_as_file(bytes(spoiled[:end]), lenient=data.draw(st.booleans()))


@settings(max_examples=25, deadline=None)
@given(st.lists(rows(), min_size=1, max_size=5))
def test_a_workbook_and_a_csv_of_the_same_rows_cost_the_same(lines: list[dict[str, str]]) -> None:
    told = table(lines)
    numbers = [[_as_typed(text) for text in row.cells] for row in told.rows]
    assert cost_sheet(read_sheet(read_table(saved(numbers)))) == cost_sheet(read_sheet(told))


def _as_typed(text: str) -> object:
    try:
        return float(text)
    except ValueError:
        return text or None
