"""A bank that is not whole is refused at start, naming the file, the question and what is wrong."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import TOYS
from vfm.questions.bank import Bank, BankError, read_bank
from vfm.stages import SLUGS

PAPERS = {"toys": None}
ACTION = 'action = "look at the toys of budget and put them in order."\n'
NO = 'no = "They are not in order, or nobody has looked so far."\n'


def toys(folder: Path) -> Path:
    return Path(shutil.copytree(TOYS / "questions", folder / "questions"))


def read(folder: Path) -> Bank:
    return read_bank(folder, SLUGS, PAPERS)


def refusal(folder: Path, old: str, new: str, file: str = "budget.toml") -> str:
    """What the reader says of the toy bank in which one line was changed."""
    questions = toys(folder)
    text = (questions / file).read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in the toy {file}: this test would test nothing"
    (questions / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BankError) as refused:
        read(questions)
    return str(refused.value)


def reference(keys: str) -> tuple[str, str]:
    return "references = []", f"references = [ {{ {keys} }} ]"


def test_the_toy_bank_as_it_stands_is_read(tmp_path: Path) -> None:
    assert read(toys(tmp_path)).question("toy-budget").owner == "SENCO"


def test_a_question_without_an_action(tmp_path: Path) -> None:
    assert refusal(tmp_path, ACTION, "") == "budget.toml, toy-budget: 'action' is missing"


def test_an_action_with_nothing_in_it(tmp_path: Path) -> None:
    assert refusal(tmp_path, ACTION, 'action = " "\n') == "budget.toml, toy-budget: 'action' is empty"


def test_an_unknown_key(tmp_path: Path) -> None:
    said = refusal(tmp_path, ACTION, ACTION + 'colour = "blue"\n')
    assert said == "budget.toml, toy-budget: unknown key 'colour'"


def test_a_key_that_stands_twice(tmp_path: Path) -> None:
    assert refusal(tmp_path, ACTION, ACTION + ACTION).startswith("budget.toml: ")


def test_an_unknown_key_above_the_questions(tmp_path: Path) -> None:
    said = refusal(tmp_path, 'asks = "', 'colour = "blue"\nasks = "')
    assert said.startswith("budget.toml: ")
    assert "colour" in said


def test_an_id_that_stands_in_two_stages(tmp_path: Path) -> None:
    said = refusal(tmp_path, 'id = "toy-needs"', 'id = "toy-budget"', file="needs.toml")
    assert said == "needs.toml, toy-budget: this id stands twice"


def test_an_id_that_is_one_word_or_has_capitals(tmp_path: Path) -> None:
    assert "budget.toml, toys: the id" in refusal(tmp_path / "one", 'id = "toy-budget"', 'id = "toys"')
    assert "budget.toml, Toy-B: the id" in refusal(tmp_path / "two", 'id = "toy-budget"', 'id = "Toy-B"')


def test_a_question_without_an_id(tmp_path: Path) -> None:
    said = refusal(tmp_path, 'id = "toy-budget"\n', "")
    assert said == "budget.toml, a question without an id: 'id' is missing"


def test_a_descriptor_of_seven_words(tmp_path: Path) -> None:
    said = refusal(tmp_path, NO, 'no = "The toys are not in any order."\n')
    assert said == "budget.toml, toy-budget: 'no' has fewer than 8 words"


@pytest.mark.parametrize(
    "url",
    ["www.gov.uk/send", "https://", "https://gov uk/send", "ftp://gov.uk/send", "javascript:alert(1)", "https://x"],
)
def test_a_malformed_link(tmp_path: Path, url: str) -> None:
    keys = f'cite = "A", force = "law", says = "B.", read = "November 2026", url = "{url}"'
    assert refusal(tmp_path, *reference(keys)) == f"budget.toml, toy-budget: malformed link {url!r}"


def test_a_reference_of_unknown_force_or_with_an_unknown_key(tmp_path: Path) -> None:
    keys = 'cite = "A", force = "gossip", says = "B.", read = "November 2026"'
    assert refusal(tmp_path / "one", *reference(keys)) == "budget.toml, toy-budget: unknown force 'gossip'"
    said = refusal(tmp_path / "two", *reference(keys.replace("gossip", "law") + ', page = "3"'))
    assert said.startswith("budget.toml, toy-budget: ")
    assert "page" in said


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('paper = "toys"', 'paper = "games"', "there is no paper 'games'"),
        ('owner = "SENCO"', 'owner = "Caretaker"', "unknown owner 'Caretaker'"),
        ("applies_when = []", 'applies_when = ["rainy"]', "unknown condition 'rainy'"),
        ('strength = "good-practice"', 'strength = "nice"', "'nice' is not a valid Strength"),
        ('in order?"', 'in order."', "the text is not a question"),
        ('action = "look', 'action = "Look', "the action must read on"),
        ('strength = "good-practice"', 'strength = "must"', "`duty` belongs to what binds"),
        (ACTION, ACTION + 'duty = "The governors must."\n', "`duty` belongs to what binds"),
    ],
)
def test_other_faults_are_named_with_file_and_id(tmp_path: Path, old: str, new: str, fault: str) -> None:
    said = refusal(tmp_path, old, new)
    assert said.startswith("budget.toml, toy-budget: ")
    assert fault in said


def test_a_file_that_belongs_to_no_stage(tmp_path: Path) -> None:
    questions = toys(tmp_path)
    (questions / "weather.toml").write_text('title = "Weather"', encoding="utf-8")
    with pytest.raises(BankError, match=r"^weather.toml: no stage has this name$"):
        read(questions)


def test_a_stage_without_a_file(tmp_path: Path) -> None:
    questions = toys(tmp_path)
    (questions / "value.toml").unlink()
    with pytest.raises(BankError, match=r"^value.toml: "):
        read(questions)
