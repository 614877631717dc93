"""docs/vfm-cost.md shows what the command prints, and the files that it was given."""

import re

import pytest

from tests.cli.test_cost import run
from vfm.config import HERE
from vfm.costing.sheet_columns import COLUMNS

PAGE = (HERE / "docs" / "vfm-cost.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"```console\n\$ vfm cost (.+)\n((?:.*\n)*?)```", PAGE)
FILES = re.findall(r"```csv\n((?:.*\n)*?)```", PAGE)
EXAMPLES = sorted((HERE / "docs" / "examples").glob("*.csv"))


@pytest.mark.parametrize(("words", "printed"), SHOWN)
def test_the_page_shows_what_is_printed(words: str, printed: str) -> None:
    answer = run(*words.split())
    assert (answer.stdout + answer.stderr).decode() == printed
    assert answer.returncode == (2 if "mistakes" in words else 0)


def test_the_page_shows_every_example_file_as_it_is() -> None:
    assert sorted(FILES) == sorted(path.read_text(encoding="utf-8") for path in EXAMPLES)
    assert {words.split()[0] for words, _ in SHOWN} == {str(path.relative_to(HERE)) for path in EXAMPLES}
    assert len(EXAMPLES) == 3


def test_the_page_names_every_column() -> None:
    table = PAGE.split("| Column |")[1].split("\n\n")[0]
    assert [column for column in COLUMNS if column not in table] == []
