"""`vfm cost` as it is run: exit status, standard output and standard error (costing §9)."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sheets.made import saved
from vfm.config import HERE

HEADS = "intervention,staff,hourly_rate,minutes,sessions_per_week,weeks,pupils\n"
MAP = HEADS + "Reading,Teacher,40,60,1,38,Amy;Ben\n"
WEB = ("flask", "wtforms", "sqlalchemy", "alembic", "reportlab", "jinja2", "vfm.web", "vfm.store", "vfm.config")


def run(*words: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    """`vfm cost` in a process of its own."""
    command = [sys.executable, "-c", "from vfm.cli import main; main()", "cost", *words]
    return subprocess.run(command, cwd=HERE, env={**os.environ, **env}, capture_output=True, check=False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A map that can be costed."""
    path = tmp_path / "map.csv"
    path.write_text(MAP, encoding="utf-8")
    return path


def refused(*words: str) -> str:
    """What is said of a file that is refused: exit status 2 and nothing on standard output."""
    answer = run(*words)
    assert answer.returncode == 2
    assert answer.stdout == b""
    told = answer.stderr.decode()
    assert "Traceback" not in told
    return told


def test_the_table_is_the_default(file: Path) -> None:
    answer = run(str(file))
    assert (answer.returncode, answer.stderr) == (0, b"")
    assert answer.stdout == run(str(file), "--format", "table").stdout
    assert answer.stdout.startswith(b"name     contact_hours  staff_cost")


def test_json_and_csv_are_printed_whole(file: Path) -> None:
    told = json.loads(run(str(file), "--format", "json").stdout)
    assert told["interventions"][0]["shares"] == {"Amy": "760.00", "Ben": "760.00"}
    lines = run(str(file), "--format=csv").stdout.decode().split("\n")
    assert lines[1:] == ["Reading,38.00,1520.00,0.00,1520.00,1520.00,760.00,20.00", "Total,,,,1520.00,1520.00,,", ""]


def test_weeks_are_what_the_price_of_a_weekly_hour_is_over(tmp_path: Path) -> None:
    path = tmp_path / "map.csv"
    path.write_text(
        "intervention,staff,weekly_hour_price,minutes,sessions_total\nTalk,TA,780,60,39\n", encoding="utf-8"
    )
    assert json.loads(run(str(path), "--weeks", "39", "--format", "json").stdout)["total"] == "780.00"
    assert json.loads(run(str(path), "--weeks=19.5", "--format", "json").stdout)["total"] == "1560.00"
    assert json.loads(run(str(path), "--format", "json").stdout)["total"] == "800.53"


@pytest.mark.parametrize("weeks", ["0", "-1", "-38.5", "0.0", "x", "", "1e3", "NaN", "inf", "1_0", "9" * 5_000])
def test_weeks_that_are_not_above_nought_are_refused(file: Path, weeks: str) -> None:
    told = refused(str(file), "--weeks", weeks)
    assert "argument --weeks: expected a number" in told


def test_a_format_that_is_not_known_is_refused(file: Path) -> None:
    assert "invalid choice: 'pdf'" in refused(str(file), "--format", "pdf")


def test_a_file_must_be_named() -> None:
    assert "FILE" in refused()


def test_every_wrong_cell_is_named_on_a_line_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "map.csv"
    path.write_text(HEADS + "Reading,TA,x,60,1,38,Amy\nMaths,TA,20,-5,1,38,Ben\n,TA,20,5,1,,Ben\n", encoding="utf-8")
    assert refused(str(path)).splitlines() == [
        "row 2, column hourly_rate, value 'x': expected pounds with at most 4 decimals, such as 1,234.50",
        "row 3, column minutes, value '-5': expected a number above 0",
        "row 4, column intervention, value '': expected the name of an intervention",
        "row 4, column weeks, value '': expected a number of 0 or more, since there are sessions a week",
    ]


def test_five_thousand_wrong_cells_are_named(tmp_path: Path) -> None:
    path = tmp_path / "map.csv"
    path.write_text(HEADS + "".join(f"A,TA,20,-{n},1,38,\n" for n in range(1, 5_001)), encoding="utf-8")
    told = refused(str(path)).splitlines()
    assert len(told) == 5_000
    assert told[-1] == "row 5001, column minutes, value '-5000': expected a number above 0"


def test_warnings_go_to_standard_error_and_the_map_is_costed(tmp_path: Path) -> None:
    path = tmp_path / "map.csv"
    path.write_text("intervention,Notes,other_cost,pupils,group_size\nA,x,5,Amy,3\n", encoding="utf-8")
    answer = run(str(path), "--format", "json")
    assert answer.returncode == 0
    assert json.loads(answer.stdout)["total"] == "5.00"
    assert answer.stderr.decode().splitlines() == [
        "warning: columns with headings that are not known are left out: Notes",
        "warning: intervention 'A', row 2: group_size is 3, pupils named are 1; the names count",
    ]


def test_unknown_headings_are_named_beside_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "map.csv"
    path.write_text("intervention,staff,hourly_rate,minuts,sessions_total\nA,TA,20,30,5\n", encoding="utf-8")
    assert refused(str(path)).splitlines() == [
        "warning: columns with headings that are not known are left out: minuts",
        "row 1, column minutes, value '': expected a column with this heading",
    ]


def test_a_file_that_cannot_be_read_is_refused_in_plain_words(tmp_path: Path) -> None:
    missing, empty, titled, strange = (tmp_path / name for name in ("no.csv", "empty.csv", "titled.csv", "x.csv"))
    empty.touch()
    titled.write_text(HEADS, encoding="utf-8")
    strange.write_bytes(b"\x00\x01\x02\xff" * 50)
    assert refused(str(missing)) == f"vfm cost: {missing} cannot be read: No such file or directory\n"
    assert refused(str(tmp_path)) == f"vfm cost: {tmp_path} cannot be read: Is a directory\n"
    assert refused(str(empty)) == f"vfm cost: {empty} cannot be used: it is empty\n"
    assert refused(str(titled)) == f"vfm cost: {titled} cannot be used: it has no rows under its headings\n"
    assert refused(str(strange)) == f"vfm cost: {strange} cannot be used: it is not a CSV file or an Excel workbook\n"


def test_a_workbook_is_told_by_what_it_is_and_not_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "map.csv"
    path.write_bytes(saved([["Intervention", "Other cost"], ["Zoë's club", 119.42]]))
    told = json.loads(run(str(path), "--format", "json").stdout)
    assert (told["interventions"][0]["name"], told["total"]) == ("Zoë's club", "119.42")


def test_output_is_utf_8_whatever_the_terminal_says(tmp_path: Path) -> None:
    path = tmp_path / "map.csv"
    path.write_bytes("intervention,other_cost\nZoë,1\nBad,1\n".encode("cp1252"))
    for kind in ("table", "json", "csv"):
        assert "Zoë" in run(str(path), "--format", kind, PYTHONIOENCODING="ascii").stdout.decode("utf-8")
    path.write_text("intervention,other_cost\nA,£ë\n", encoding="utf-8")
    assert run(str(path), PYTHONIOENCODING="ascii").returncode == 2


def test_whoever_closes_the_pipe_early_sees_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "map.csv"
    path.write_text(HEADS + "".join(f"A{n},TA,20,5,1,38,Amy\n" for n in range(3_000)), encoding="utf-8")
    command = f"{sys.executable} -c 'from vfm.cli import main; main()' cost {path} | head -1"
    answer = subprocess.run(["sh", "-c", command], cwd=HERE, capture_output=True, check=False)
    assert answer.stdout.startswith(b"name ")
    assert answer.stderr == b""


def test_help_says_what_it_does_names_every_column_and_gives_examples() -> None:
    answer = run("--help", PYTHONIOENCODING="ascii")
    told = answer.stdout.decode()
    assert answer.returncode == 0
    for word in (
        "--weeks",
        "--format",
        "intervention",
        "weekly_hour_price",
        "whole_cost_to",
        "funding",
        "vfm cost map.csv",
    ):
        assert word in told
    assert max(len(line) for line in told.splitlines()) <= 120


def test_it_starts_without_web_database_and_page_layout(file: Path) -> None:
    program = (
        f"import sys; sys.argv = ['vfm', 'cost', {str(file)!r}]; from vfm.cli import main; main(); print(*sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", program], cwd=HERE, capture_output=True, text=True, check=True)
    loaded = set(answer.stdout.splitlines()[-1].split())
    assert "vfm.costing.sheet" in loaded
    assert loaded.isdisjoint((*WEB, "openpyxl")), "CSV waits for nothing that it does not need"
