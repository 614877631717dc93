"""A paper that is not whole is refused at start, naming the file and what is wrong."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import TOYS
from tests.questions.real import PAPERS
from vfm.papers.paper import PaperError, read_paper, read_papers

MODEL = PAPERS / "who-knows-what.md"


def refusal(folder: Path, old: str, new: str) -> str:
    """What the reader says of a real paper in which one passage was changed."""
    text = MODEL.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in the paper: this test would test nothing"
    path = folder / "spoiled.md"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PaperError) as refused:
        read_paper(path)
    return str(refused.value)


def test_the_model_as_it_stands_is_read() -> None:
    assert read_paper(MODEL).number == 5


def test_a_malformed_link(tmp_path: Path) -> None:
    said = refusal(tmp_path, 'url = "https://hcrlaw.com/', 'url = "hcrlaw.com/')
    assert said.startswith("spoiled.md: source 'hcr-law-2025' has a malformed link 'hcrlaw.com/")


def test_an_unknown_key(tmp_path: Path) -> None:
    said = refusal(tmp_path, "number = 5", 'number = 5\ncolour = "blue"')
    assert said.startswith("spoiled.md: ")
    assert "colour" in said


def test_an_unknown_key_of_a_source(tmp_path: Path) -> None:
    said = refusal(tmp_path, 'key = "hcr-law-2025"', 'key = "hcr-law-2025"\npages = "3"')
    assert said.startswith("spoiled.md: ")
    assert "pages" in said


def test_a_missing_summary(tmp_path: Path) -> None:
    said = refusal(tmp_path, "summary = ", "# ")
    assert said.startswith("spoiled.md: ")
    assert "summary" in said


def test_a_copy_on_a_document_sharing_site(tmp_path: Path) -> None:
    said = refusal(tmp_path, 'url = "https://hcrlaw.com/', 'url = "https://docsbay.net/')
    assert said == "spoiled.md: source 'hcr-law-2025' is a copy on a document-sharing site"


def test_a_link_without_a_source(tmp_path: Path) -> None:
    said = refusal(tmp_path, "[as reported by HCR Law][hcr-law-2025]", "[as reported][nobody]")
    assert said == "spoiled.md: the link [nobody] has no source"


def test_a_source_that_is_not_used(tmp_path: Path) -> None:
    said = refusal(tmp_path, "[as reported by HCR Law][hcr-law-2025]", "as reported by HCR Law")
    assert said == "spoiled.md: source 'hcr-law-2025' is not used"


def test_a_link_that_is_written_out(tmp_path: Path) -> None:
    said = refusal(tmp_path, "## One thing to try\n", "## One thing to try\n\nSee https://www.gov.uk for more.\n")
    assert said.startswith("spoiled.md: a link is written out")


def test_a_fifth_heading_and_a_missing_one(tmp_path: Path) -> None:
    assert "its headings are" in refusal(tmp_path, "## One thing to try", "## More\n\n## One thing to try")
    assert "its headings are" in refusal(tmp_path, "## A real example\n", "")


def test_too_few_words_and_too_many(tmp_path: Path) -> None:
    body = MODEL.read_text(encoding="utf-8").split("## A real example")[1].split("## One thing to try")[0]
    assert "it must have 300 to 500" in refusal(tmp_path, "## One thing to try\n", "## One thing to try\n" + body)
    text = MODEL.read_text(encoding="utf-8")
    law = text.split("## What the law and guidance say")[1].split("## A real example")[0]
    assert "it must have 300 to 500" in refusal(tmp_path, law, "\n\nNothing.\n\n")


def test_a_file_without_front_matter(tmp_path: Path) -> None:
    (tmp_path / "plain.md").write_text("## What it means\n", encoding="utf-8")
    with pytest.raises(PaperError, match=r"^plain.md: "):
        read_paper(tmp_path / "plain.md")


def test_two_papers_with_one_number(tmp_path: Path) -> None:
    for name in ("one.md", "two.md"):
        shutil.copy(TOYS / "papers" / "toys.md", tmp_path / name)
    with pytest.raises(PaperError, match="numbers are"):
        read_papers(tmp_path)


def test_html_in_a_paper_is_shown_as_text(tmp_path: Path) -> None:
    path = tmp_path / "spoiled.md"
    text = MODEL.read_text(encoding="utf-8").replace("Value for money", "<script>alert(1)</script> Value for money", 1)
    path.write_text(text, encoding="utf-8")
    assert "<script>" not in read_paper(path).html()
    assert "&lt;script&gt;" in read_paper(path).html()
