"""The pack as a document: page and PDF say the same, it reads well aloud, and nobody but the pupil can be told from it."""

import datetime as dt
import re
from itertools import pairwise
from pathlib import Path

import page as page_validation
import pytest

from tests.documents.reading import heard, letters, on_the_page, run
from tests.plan.records import NAMES, many_years, one_year, pack_of, record, support
from vfm.documents.pack import sections
from vfm.documents.pdf.pack import pack_pdf
from vfm.documents.pdf.parts import Heading, Items, Table, Terms, Text
from vfm.documents.said import NOT_ADVICE
from vfm.plan.other_people import Others, index_of
from vfm.plan.pack import Pack, Reader
from vfm.plan.record_words import without_others
from vfm.value.pupil_record import PupilRecord, PupilReview, View, Voice

pytestmark = pytest.mark.slow
EMPTY = record(one_year())
PACKS = {
    "three years": pack_of(many_years(3)),
    "parent": pack_of(many_years(2), reader=Reader.PARENT, with_cost=False),
    "parent with cost": pack_of(many_years(2), reader=Reader.PARENT),
    "nothing": pack_of(EMPTY),
    "nothing for a parent": pack_of(EMPTY, reader=Reader.PARENT, with_cost=False, ask=""),
    "one pair": pack_of(record(one_year(support(group=2)))),
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each pack as a PDF."""
    folder = tmp_path_factory.mktemp("packs")
    made = {}
    for number, (name, pack) in enumerate(PACKS.items()):
        made[name] = folder / f"{number}.pdf"
        made[name].write_bytes(pack_pdf(pack))
    return made


def aloud(path: Path) -> str:
    """The letters of a PDF as it is heard, so that columns and line ends make no difference."""
    return letters("".join(words for _, words in heard(path)))


def drawn(path: Path) -> str:
    """The words of a PDF in reading order, on one line."""
    return " ".join(run("pdftotext", str(path), "-").split())


@pytest.mark.parametrize("name", PACKS)
def test_the_page_and_the_pdf_say_the_same_in_the_same_order(name: str, files: dict[str, Path]) -> None:
    page = letters("".join(on_the_page(section) for section in sections(PACKS[name])))
    assert aloud(files[name]) == page


@pytest.mark.parametrize("name", PACKS)
def test_it_passes_page_validation_for_pdf_ua(name: str, files: dict[str, Path]) -> None:
    report = page_validation.validate_pdf(str(files[name]), profile=page_validation.ValidationProfile.PDF_UA_1)
    assert report.is_compliant, str(report)


@pytest.mark.parametrize("name", PACKS)
def test_school_years_reference_and_page_stand_on_every_page(name: str, files: dict[str, Path]) -> None:
    pages = run("pdftotext", "-layout", str(files[name]), "-").split("\f")[:-1]
    pack = PACKS[name]
    for number, page in enumerate(pages, start=1):
        assert pack.school in page.splitlines()[0], number
        assert pack.span in page.splitlines()[0], number
        assert f"{pack.reference}, made on 24 November 2026" in page, number
        assert f"{number} of {len(pages)}" in page


def test_the_same_pack_gives_the_same_bytes(files: dict[str, Path]) -> None:
    assert pack_pdf(pack_of(many_years(3))) == files["three years"].read_bytes()


def test_a_long_pack_has_contents_and_bookmarks_for_every_year(files: dict[str, Path]) -> None:
    text = drawn(files["three years"])
    for words in (
        "Contents",
        "Summary",
        "2026 to 2027, Year 13",
        "2024 to 2025, Year 11",
        "What is not recorded",
        "What the figures mean",
    ):
        assert words in text
    assert [tags for tags, words in heard(files["three years"]) if words.startswith("2025 to 2026, Year 12")] == [
        "Document H2"
    ]


def test_both_versions_say_what_they_are_and_that_they_are_no_advice(files: dict[str, Path]) -> None:
    for name in PACKS:
        text = drawn(files[name])
        assert NOT_ADVICE in text, name
        assert "24 November 2026" in text
    assert "This pack is about one pupil" in drawn(files["three years"])
    assert "We do not name other children" in drawn(files["parent"])


def test_each_year_tells_hours_cost_outcome_review_and_why_it_went_on(files: dict[str, Path]) -> None:
    text = aloud(files["three years"])
    for words in (
        "38 hours", "36 hours", "35 hours, recorded", "33 hours 31 minutes, estimated", "Not shown to be received", "570 hours",
        "Outcome met", "Partly met", "Not met", "No review is recorded", "30 June 2027 by the SENCO", "The same programme for a third year",
        "2 pupils, this pupil among them", "This pupil alone", "In the total", "Estimated, in part or whole", "The pupil, 4 March 2027",
        "Annual review of the EHC plan", "published pay point, in place of a rate that is not shown",
    ):  # fmt: skip
        assert letters(words) in text, words


def test_a_parent_is_told_in_plain_words_and_without_cost(files: dict[str, Path]) -> None:
    text = aloud(files["parent"])
    for words in (
        "extra teaching, on their own", "With 1 other pupil.", "With 5 other pupils.", "What came of it", "The aim was met.",
        "We have not written this down yet.", "What your child said, 4 March 2027", "What you said, 6 March 2027", "Who to ask",
        "the SENCO, through the school office", "SENCO: the teacher who is in charge", "TA: teaching assistant",
    ):  # fmt: skip
        assert letters(words) in text, words
    assert "£" not in text
    assert (
        re.findall(r"\b(tier|targeted|specialist support|provision map\b(?!\. It is not)|Planned contact)", text) == []
    )
    assert "£" in drawn(files["parent with cost"])


@pytest.mark.parametrize("name", ["parent", "nothing for a parent"])
def test_no_sentence_of_ours_to_a_parent_is_longer_than_25_words(name: str) -> None:
    pack = _without_what_people_wrote() if name == "parent" else PACKS[name]
    parts = [part for section in sections(pack) for part in section.parts]
    texts = [part.text for part in parts if isinstance(part, Text)]
    texts += [item for part in parts if isinstance(part, Items) for item in part.items]
    texts += [words for part in parts if isinstance(part, Terms) for _, words in part.pairs]
    assert len(texts) > 5
    assert [each for text in texts for each in re.split(r"[.!?:]\s+", text) if len(each.split()) > 25] == []


def _without_what_people_wrote() -> Pack:
    years = (
        one_year(
            support(),
            support(name="Pair", group=2),
            reviews=(PupilReview(dt.date(2026, 10, 1), "A meeting", "All", "Go on"),),
        ),
    )
    return pack_of(PupilRecord(many_years(1).pupil, years), reader=Reader.PARENT, with_cost=False)


def test_a_pupil_with_nothing_is_told_so_without_blame(files: dict[str, Path]) -> None:
    assert "No provision for this pupil is entered" in drawn(files["nothing"])
    assert "If your child had help, please tell us" in drawn(files["nothing for a parent"])
    assert "£" not in drawn(files["nothing"])


def test_what_is_not_recorded_is_listed_year_by_year(files: dict[str, Path]) -> None:
    text = drawn(files["three years"])
    assert (
        "2025 to 2026: hours received of 1 support; the outcome of 1 support; a review of 3 supports; the hours in Section F"
        in text
    )
    assert "“not shown to be received” is not “not received”" in text


def test_headings_never_skip_a_level_and_every_table_has_its_columns() -> None:
    for pack in PACKS.values():
        levels = [part.level for section in sections(pack) for part in section.parts if isinstance(part, Heading)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        anchors = [section.anchor for section in sections(pack)]
        assert len(anchors) == len(set(anchors))
        assert all(part.rows for section in sections(pack) for part in section.parts if isinstance(part, Table))


OTHERS = Others(
    own="Tomos Wyn-Jones", own_numbers=("A111111111111",),
    pupils=("Catrin Wyn-Jones", "Zoë Ó Briain", "D'Arcy Quill", "Łucja Żak"), numbers=("B222222222222",),
    staff=(("Mrs Nerys Pugh", "the teaching assistant"),),
)  # fmt: skip
SAID = (
    "Catrin helps Tomos. Catrin Wyn-Jones and CWJ in Year 3 wait for Zoe, Zoë Ó Briain, ZÓ (Y5), O’Briain, D’Arcy, Quill, Lucja and "
    "B222222222222. Mrs Pugh and Nerys spoke with Mrs Wyn-Jones and Mr Quill."
)
TOLD = ("Catrin", "CWJ", "Zo", "ZÓ", "Briain", "Arcy", "Quill", "ucja", "B222", "Pugh", "Nerys")


@pytest.mark.parametrize("reader", list(Reader))
@pytest.mark.parametrize("group", [1, 2, 3])
def test_no_other_child_and_no_member_of_staff_can_be_told_from_the_pdf(
    reader: Reader, group: int, tmp_path: Path
) -> None:
    """A group of one, of two and of three; a sibling of the same surname; accents, apostrophes, initials, a UPN."""
    line = support(
        name="Catrin’s group", programme="Quill reading", group=group, given_by=("Mrs Pugh",), intended=SAID, because=SAID, decision="Continue",
        reviewed_on=dt.date(2026, 10, 1), reviewed_by="Nerys Pugh", withdrawn=True, withdrawn_why=SAID, lesson="Art with Zoë",
        views=(View(Voice.PARENT, dt.date(2026, 10, 2), SAID),),
    )  # fmt: skip
    meeting = PupilReview(dt.date(2026, 10, 3), "Another meeting", "Mrs Pugh, Mrs Wyn-Jones", SAID)
    made = without_others(
        record(one_year(line, support(), reviews=(meeting,), views=line.views)), index_of(OTHERS), frozenset()
    )
    path = tmp_path / "pack.pdf"
    path.write_bytes(pack_pdf(pack_of(made, reader=reader)))
    text = drawn(path)
    assert [name for name in TOLD if name in text] == []
    assert "Tomos Wyn-Jones" in text, "the pupil's own name stands"
    assert "Mrs Wyn-Jones" in text, "and so does a surname that is shared"
    assert "Another pupil helps Tomos" in text
    assert "the teaching assistant" in text.lower()
    assert "another adult" in text


def test_a_ten_year_pack_of_forty_lines_is_whole(tmp_path: Path) -> None:
    pack = pack_of(many_years(10))
    path = tmp_path / "ten.pdf"
    path.write_bytes(pack_pdf(pack))
    text = drawn(path)
    assert sum(len(year.supports) for year in pack.years) == 40
    assert all(text.count(name) >= 20 for name in NAMES)
    pages = int(re.findall(r"1 of (\d+)", text)[0])
    assert 20 <= pages <= 45
