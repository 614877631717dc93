import pytest

from vfm.sheets.reading import read_table
from vfm.sheets.table import Limits, Row, SheetError


def rows(data: bytes | str, *, lenient: bool = False) -> list[Row]:
    return list(read_table(data.encode() if isinstance(data, str) else data, lenient=lenient).rows)


def refused(data: bytes, *, lenient: bool = False, limits: Limits | None = None) -> str:
    with pytest.raises(SheetError) as wrong:
        read_table(data, lenient=lenient, limits=limits or Limits())
    return str(wrong.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_csv_is_read_in_utf_8_with_or_without_its_mark_else_in_windows_1252(encoding: str) -> None:
    assert rows("name,£\nZoë,5".encode(encoding)) == [Row(1, ["name", "£"]), Row(2, ["Zoë", "5"])]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_with_its_mark_is_read_leniently_and_named_strictly(encoding: str) -> None:
    data = "\ufeffname\tZoë".encode(encoding)
    assert rows(data, lenient=True) == [Row(1, ["name", "Zoë"])]
    assert "UTF-16" in refused(data)


def test_bytes_that_are_no_letters_in_either_encoding_are_refused() -> None:
    assert "letters cannot be read" in refused(b"name,\x81\xff")
    assert "letters cannot be read" in refused(b"\xff\xfea", lenient=True)


def test_nul_bytes_are_refused() -> None:
    assert refused(b"a,b\0c") == "it is not a CSV file or an Excel workbook"
    assert refused(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", lenient=True).startswith("it is not a CSV file")


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b"  \r\n\t"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert refused(data) == refused(data, lenient=True) == "it is empty"


def test_a_file_of_commas_alone_is_a_table_without_rows() -> None:
    assert rows(b",,\n,,") == []


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_rows_end_in_any_of_the_three_ways(ending: str) -> None:
    assert rows(f"a,b{ending}1,2{ending}") == [Row(1, ["a", "b"]), Row(2, ["1", "2"])]


def test_blank_rows_are_left_out_and_counted() -> None:
    assert rows("a\n\n , \nb\n") == [Row(1, ["a"]), Row(4, ["b"])]


def test_a_quoted_cell_with_a_line_break_is_one_row_as_a_spreadsheet_counts() -> None:
    assert rows('a,"x\ny, ""z"""\nb,2') == [Row(1, ["a", 'x\ny, "z"']), Row(2, ["b", "2"])]


def test_odd_separators_of_lines_inside_a_cell_do_not_end_a_row() -> None:
    assert rows("a\u2028b\x0bc\x85d,1\ne,2") == [Row(1, ["a\u2028b\x0bc\x85d", "1"]), Row(2, ["e", "2"])]


def test_a_quotation_mark_that_is_never_closed_is_refused_and_does_not_swallow_the_rows_below() -> None:
    assert refused(b'a,b\n1,"2\n3,4\n').startswith("row 2 cannot be read: a quotation mark is not closed")
    assert refused(b'a,"b"c').startswith("row 1 cannot be read")


def test_a_cell_longer_than_any_cell_is_refused() -> None:
    assert refused(b"a\n" + b"x" * 200_000) == "row 2 cannot be read: a cell holds more than 131,072 letters"


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_lenient_reader_finds_commas_semicolons_and_tabs(sign: str) -> None:
    text = f'name{sign}amount\n"Ann, of 4B; late\tagain"{sign}1\n'
    assert [len(row.cells) for row in rows(text, lenient=True)] == [2, 2]


def test_a_lenient_reader_takes_commas_where_nothing_tells_them_apart() -> None:
    assert rows("a,b;c\n1,2;3", lenient=True)[0].cells == ["a", "b;c"]
    assert rows("one\ntwo", lenient=True) == [Row(1, ["one"]), Row(2, ["two"])]


def test_semicolons_inside_cells_do_not_mislead_a_lenient_reader() -> None:
    text = "name,pupils\nReading,Amy;Ben;Cy\nMaths,Dee;Eve\nArt,Fay\n"
    assert rows(text, lenient=True)[1].cells == ["Reading", "Amy;Ben;Cy"]


def test_a_strict_reader_knows_commas_only() -> None:
    assert rows("a;b\n1;2")[0].cells == ["a;b"]


def test_size_rows_and_columns_are_limited() -> None:
    assert refused(b"a" * 11, limits=Limits(size=10)).startswith("it is larger than")
    assert "more than 3 rows" in refused(b"a\nb\nc\nd", limits=Limits(rows=3))
    assert "more than 2 columns" in refused(b"a,b,c", limits=Limits(columns=2))


def test_blank_cells_beyond_the_limits_do_not_matter() -> None:
    table = read_table(b"a,b,,,\nc" + b"\n" * 20, limits=Limits(rows=3, columns=2))
    assert [row.number for row in table.rows] == [1, 2]


def test_the_default_limit_is_5_mb_10_000_rows_and_200_columns() -> None:
    assert len(rows(b"1\n" * 10_000)) == 10_000
    assert "more than 10,000 rows" in refused(b"1\n" * 10_001)
    assert len(rows(b"1" + b",1" * 199)[0].cells) == 200
    assert "more than 200 columns" in refused(b"1" + b",1" * 200)
    assert refused(b"1\n" * (5 * 1024 * 512) + b"1") == "it is larger than 5 MB"
