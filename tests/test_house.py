"""The house stands as docs say: stairs, sizes, names, and one file for one new question."""

import filecmp
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.world import build_world
from vfm.app import create_app
from vfm.config import HERE, Config

# Migrations are history: they are written once, say what a table was, and are not tidied.
MODULES = sorted(path for path in (HERE / "vfm").rglob("*.py") if "versions" not in path.parts)
LONGEST = 400
NOWHERE = {"utils", "util", "helpers", "helper", "common", "services", "service", "managers", "manager", "base", "misc"}
SLUG, NEW = "needs", "toys-are-counted"
QUESTION = f"""
[[question]]
id = "{NEW}"
topic = "The toys are counted"
text = "Are the toys of the school counted every term?"
strength = "good-practice"
applies_when = []
help = "A question that was added for a test, and touches one file."
yes = "All toys are counted each term and the count is kept."
in_part = "Some toys are counted, or the count is made now and then."
no = "The toys have not been counted as far as records show."
look_for = "A list of toys with the day on which somebody counted them."
action = "count the toys and write the number down with its day."
owner = "SENCO"
paper = "outcomes"
references = []
"""


def stairs(folder: Path) -> subprocess.CompletedProcess[str]:
    """What import-linter says of the tree in a folder."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The package and its contracts, copied to where a test may spoil them."""
    shutil.copytree(HERE / "vfm", tmp_path / "vfm", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(HERE / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_house_as_it_stands_keeps_its_contracts(copied: Path) -> None:
    answer = stairs(copied)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "0 broken" in answer.stdout


@pytest.mark.parametrize(
    ("module", "line", "chain"),
    [
        ("money.py", "import vfm.costing.rates", "vfm.money -> vfm.costing"),
        ("questions/bank.py", "import vfm.answers", "vfm.questions.bank -> vfm.answers"),
        ("plan/make.py", "import vfm.store.plans", "vfm.plan.make -> vfm.store.plans"),
        ("costing/rates.py", "import sqlalchemy", "vfm.costing.rates -> sqlalchemy"),
        ("sheets/table.py", "import vfm.costing.sheet", "vfm.sheets.table -> vfm.costing.sheet"),
        ("sheets/table.py", "import flask", "vfm.sheets.table -> flask"),
        ("cli/cost.py", "import vfm.config", "vfm.cli.cost -> vfm.config"),
        ("costing/sheet.py", "import reportlab", "vfm.costing.sheet -> reportlab"),
        ("store/plans.py", "import flask", "vfm.store.plans -> flask"),
    ],
)
def test_an_import_up_the_stairs_breaks_a_contract(copied: Path, module: str, line: str, chain: str) -> None:
    path = copied / "vfm" / module
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{line}  # noqa\n", encoding="utf-8")
    answer = stairs(copied)
    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert chain in answer.stdout


def test_a_new_room_without_a_stair_breaks_a_contract(copied: Path) -> None:
    (copied / "vfm" / "attic.py").write_text('"""A room that nobody placed."""\n', encoding="utf-8")
    answer = stairs(copied)
    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert "attic" in answer.stdout + answer.stderr


def test_no_module_is_longer_than_400_lines() -> None:
    lengths = {str(path.relative_to(HERE)): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert len(lengths) > 50
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_no_module_needs_a_type_checking_block() -> None:
    assert [path.name for path in MODULES if "TYPE_CHECKING" in path.read_text(encoding="utf-8")] == []


def test_no_module_or_room_is_named_after_nothing() -> None:
    assert [str(path) for path in MODULES if path.stem in NOWHERE or path.parent.name in NOWHERE] == []


def test_every_module_says_what_it_is_for() -> None:
    speechless = [path for path in MODULES if not re.match(r'"""[A-Z`]', path.read_text(encoding="utf-8"))]
    assert [str(path) for path in speechless if path.stat().st_size] == []


def is_as_it_was(path: Path, content: Path) -> bool:
    return filecmp.cmp(HERE / "vfm" / path.relative_to(content), path, shallow=False)


def test_a_new_question_touches_one_file_and_is_served(tmp_path: Path, database_url: str) -> None:
    content = tmp_path / "content"
    for room, kind in (("questions", "*.toml"), ("papers", "*.md")):
        (content / room).mkdir(parents=True)
        for path in (HERE / "vfm" / room).glob(kind):
            shutil.copy(path, content / room)
    with (content / "questions" / f"{SLUG}.toml").open("a", encoding="utf-8") as file:
        file.write(QUESTION)
    changed = [path for path in content.rglob("*.*") if not is_as_it_was(path, content)]
    assert changed == [content / "questions" / f"{SLUG}.toml"]

    app = create_app(Config(database_url=database_url, secret="s" * 40, cheap_hashes=True), content=content)
    world = build_world(app)
    head = world.signed_in("leadership")
    head.send(f"/school/{world.school.slug}/start", page=f"/school/{world.school.slug}/")
    page = head.get(f"{world.home}{SLUG}/{NEW}")
    assert page.status_code == 200
    assert "Are the toys of the school counted every term?" in page.text
    assert "The toys are counted" in head.get(f"{world.home}{SLUG}/").text
    answer = head.send(f"{world.home}{SLUG}/{NEW}", version="0", choice="yes", note="Forty-two toys")
    assert answer.status_code == 302
    assert "Forty-two toys" in head.get(f"{world.home}{SLUG}/{NEW}").text
    app.extensions["vfm_database"].close()
