"""The PDF as a whole: it validates, says what it is, reads back, and is the same each time."""

import ast
import re
import subprocess
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import page
import pikepdf
import pytest

import vfm
from tests.documents.sample import LONG, NAMES, SHEET, story
from vfm.documents.pdf.document import Sheet, make_pdf
from vfm.documents.pdf.fonts import FontsMissing, install
from vfm.documents.pdf.parts import Heading, Link, Part, Table, Terms, Text, render

HARD = ["", " \n\n ", "\x00", "<", "&", "]]>", "<br/>", "a\tb\r\nc", "\u202ex\u202c", "%s {0}", "x" * 5000]
MAKERS = (".Paragraph", ".XPreformatted", ".ParaParser", ".TableOfContents", ".SimpleIndex", "reportlab.platypus.*")
MODULES = re.compile(r"\.?reportlab\.platypus\.(para|tableofcontents|xpreformatted)")


@pytest.fixture(scope="module")
def data() -> bytes:
    return make_pdf(SHEET, story(), contents=True)


@pytest.fixture(scope="module")
def path(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("pdf") / "sample.pdf"
    found.write_bytes(data)
    return found


def read(path: Path, *command: str) -> str:
    done = subprocess.run([*command, str(path), *(["-"] if command[0] == "pdftotext" else [])], capture_output=True)
    assert done.returncode == 0
    assert not done.stderr, done.stderr.decode()
    return done.stdout.decode()


def test_it_passes_page_validation(path: Path) -> None:
    report = page.validate_pdf(path, profile=page.ValidationProfile.PDF_UA_1)
    assert report.is_compliant, str(report)


def test_the_same_story_gives_the_same_bytes(data: bytes) -> None:
    assert make_pdf(SHEET, iter(story()), contents=True) == data
    assert b"CreationDate" not in data


def test_a_moment_that_is_passed_in_is_written() -> None:
    moment = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
    pdf = pikepdf.open(BytesIO(make_pdf(SHEET, story()[:2], contents=False, moment=moment)))
    assert str(pdf.docinfo["/CreationDate"]) == "D:20261103093000+00'00"
    with pdf.open_metadata() as facts:
        assert facts["xmp:CreateDate"] == "2026-11-03T09:30:00+00:00"


def test_it_says_what_it_is(data: bytes) -> None:
    pdf = pikepdf.open(BytesIO(data))
    assert pdf.pdf_version == "1.7"
    assert str(pdf.Root.Lang) == "en-GB"
    assert bool(pdf.Root.MarkInfo.Marked) and bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert str(pdf.docinfo["/Title"]) == SHEET.title
    with pdf.open_metadata() as facts:
        assert (facts["dc:title"], facts["dc:creator"]) == (SHEET.title, [SHEET.author])
        assert facts["pdfuaid:part"] == "1"
    with pdf.open_outline() as outline:
        assert [entry.title for entry in outline.root] == ["Action plan"]
        assert [entry.title for entry in outline.root[0].children] == ["Summary <of> & all", "Costs", "Long rows"]


def test_every_font_is_embedded_and_every_page_is_a4(path: Path) -> None:
    fonts = read(path, "pdffonts").splitlines()[2:]
    assert fonts
    assert all("DejaVu" in row and row.split()[-5:-2] == ["yes", "yes", "yes"] for row in fonts), fonts
    assert "595.276 x 841.89 pts (A4)" in read(path, "pdfinfo")


def test_every_page_names_the_school_the_year_and_its_number(path: Path) -> None:
    pages = read(path, "pdftotext", "-layout").split("\f")[:-1]
    for number, text in enumerate(pages, 1):
        assert f"{number} of {len(pages)}" in text
        assert all(fact in text for fact in (SHEET.school, SHEET.year, SHEET.reference))


def test_contents_name_the_pages_on_which_headings_stand(path: Path) -> None:
    pages = read(path, "pdftotext", "-layout").split("\f")[:-1]
    listed = dict(re.findall(r"^ *(Summary <of> & all|Costs|Long rows) +(\d+)$", pages[0], re.MULTILINE))
    assert len(listed) == 3
    for heading, number in listed.items():
        assert re.search(rf"^ *{heading}$", pages[int(number) - 1], re.MULTILINE)


def test_text_comes_back_as_it_was_typed(path: Path) -> None:
    text = " ".join(read(path, "pdfinfo", "-struct-text").split())
    assert 'First 5<b> & &amp; <img src="/etc/passwd"> nul.' in text
    assert f"Second line. {LONG.strip()}" in text.replace('" "', "")
    assert NAMES in text
    drawn = read(path, "pdftotext")
    assert "محمد علي" in drawn and "مريم" in drawn, "in reading order, in plain letters"
    assert drawn.count("x") >= 5000


def test_contents_left_to_the_length_come_after_five_pages() -> None:
    short: list[Part] = [Heading(1, "Plan"), Heading(2, "One"), Text(LONG)]
    long: list[Part] = [*short, *(Text(LONG) for _ in range(60))]
    assert make_pdf(SHEET, short, contents=None) == make_pdf(SHEET, short, contents=False)
    assert make_pdf(SHEET, long, contents=None) == make_pdf(SHEET, long, contents=True)


def test_a_long_table_starts_under_its_heading(tmp_path: Path) -> None:
    rows = tuple((f"Row {number}", "x") for number in range(80))
    path = tmp_path / "table.pdf"
    parts: list[Part] = [Heading(1, "Plan"), Text(LONG * 2), Heading(2, "Costs"), Table("All", ("A", "B"), rows)]
    path.write_bytes(make_pdf(SHEET, parts, contents=False))
    first = read(path, "pdftotext", "-layout").split("\f")[0]
    assert "Row 5" in first


@pytest.mark.parametrize("letter", ["日", "\ue000", "\ud800", "\U0001f9d1"])
def test_a_letter_that_no_font_holds_is_seen(letter: str, tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(make_pdf(SHEET, [Heading(1, "Plan"), Text(f"a{letter}b")], contents=False))
    assert "a\ufffdb" in read(path, "pdftotext")


def test_a_letter_that_the_first_font_lacks_is_drawn_in_another(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(make_pdf(SHEET, [Heading(1, "Plan"), Text("a\u1d15b \U0001d670")], contents=False))
    fonts = read(path, "pdffonts")
    assert "DejaVuSerif" in fonts and "DejaVuSansMono" in fonts
    assert "a\u1d15b \U0001d670" in read(path, "pdftotext")
    report = page.validate_pdf(path, profile=page.ValidationProfile.PDF_UA_1)
    assert report.is_compliant, str(report)


@pytest.mark.slow
@pytest.mark.parametrize("words", HARD)
def test_hard_words_go_everywhere(words: str) -> None:
    sheet = Sheet(words, words * 99, words, words * 99, words)
    parts: list[Part] = [
        Heading(1, words),
        Heading(2, words),
        Text(words),
        Terms(((words, words),)),
        Table(words, (words, words), ((words, words),)),
        Link(words, words),
        Link(words, "https://example.org/" + words),
    ]
    assert make_pdf(sheet, parts, contents=True).startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    ("parts", "complaint"),
    [
        ([Heading(2, "Deep")], "level 2 after one of level 0"),
        ([Heading(1, "Plan"), Heading(3, "Deep")], "level 3 after one of level 1"),
        ([Heading(1, "Plan", "a"), Heading(2, "Again", "a")], "same anchor"),
        ([Heading(1, "Plan"), Link("On", "#nowhere")], "nowhere"),
    ],
)
def test_a_faulty_story_is_refused(parts: list[Part], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        make_pdf(SHEET, parts, contents=False)


def test_a_ragged_table_and_a_strange_part_are_refused() -> None:
    with pytest.raises(ValueError, match="must have 2 columns"):
        Table("Ragged", ("A", "B"), (("one",),))
    with pytest.raises(TypeError, match="str is not a part"):
        render("no part")  # type: ignore[arg-type]


def test_missing_fonts_say_what_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vfm.documents.pdf.fonts.NAMES", ("NoSuchFont",))
    with pytest.raises(FontsMissing, match="npm ci"):
        install(tmp_path)


def test_only_words_makes_paragraphs() -> None:
    """ReportLab reads a Paragraph's text as mark-up, so one module alone may make them, and it escapes."""
    root = Path(str(vfm.__file__)).parent
    makers = {path.relative_to(root).as_posix() for path in root.rglob("*.py") if _makes_paragraphs(path)}
    assert makers == {"documents/pdf/words.py"}


def _makes_paragraphs(path: Path) -> bool:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom | ast.Import):
            room = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
            names = [f"{room}.{alias.name}" for alias in node.names]
            if any(name.endswith(MAKERS) or MODULES.match(name) for name in names):
                return True
        if isinstance(node, ast.Attribute) and node.attr in ("Paragraph", "XPreformatted"):
            return True
    return False
