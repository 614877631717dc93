"""The report on the financial year: the PDF says what the page says, reads well aloud, and its lists add up."""

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import page as page_validation
import pytest
from sqlalchemy import select

from tests.documents.reading import heard, letters, on_the_page, run
from tests.questions.real import BANK
from vfm.costing.calendar import AcademicYear
from vfm.demo.schools import PRIMARY_NAME, fill
from vfm.documents.monitoring import Report, sections
from vfm.documents.pdf.monitoring import monitoring_pdf
from vfm.documents.pdf.parts import Heading, Table
from vfm.store.accounts import SchoolRow
from vfm.store.engine import open_database
from vfm.store.monitoring import financial_year_on, monitoring_of, notes_of
from vfm.store.pupils import PupilRow
from vfm.store.reviews import review_of
from vfm.store.upgrading import upgrade

pytestmark = pytest.mark.slow
NOW = dt.datetime(2026, 11, 24, 10, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, list[str]]:
    """The report of the school that has finished, on two maps and with notes, and the names of its pupils."""
    database = open_database(f"sqlite:///{tmp_path_factory.mktemp('monitoring') / 'demo.sqlite'}")
    upgrade(database)
    with database.write.begin() as db:
        fill(db, BANK, lambda _: "nobody signs in", NOW)
    with database.read() as db:
        school = db.scalars(select(SchoolRow).where(SchoolRow.name == PRIMARY_NAME)).one()
        review = review_of(db, school.id, 2026)
        assert review is not None
        period = financial_year_on(school, AcademicYear(2026), NOW.date())
        found = monitoring_of(db, review, period, NOW.date())
        report = Report(school.name, found, notes_of(db, review, period))
        names = list(db.scalars(select(PupilRow.name)))
    database.close()
    return report, names


@pytest.fixture(scope="module")
def report(made: tuple[Report, list[str]]) -> Report:
    return made[0]


@pytest.fixture(scope="module")
def path(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("pdf") / "monitoring.pdf"
    found.write_bytes(monitoring_pdf(report))
    return found


def tables(report: Report) -> list[Table]:
    return [part for section in sections(report) for part in section.parts if isinstance(part, Table)]


def test_each_section_says_the_same_on_the_page_and_in_the_pdf(report: Report, path: Path) -> None:
    spoken, made = heard(path), sections(report)
    starts = [each.parts[0].text for each in made if isinstance(each.parts[0], Heading)]
    heads = [text.strip() if tags.split()[-1] in ("H1", "H2") else "" for tags, text in spoken]
    places = [heads.index(start) for start in starts]
    assert len(places) == len(made) == 7
    assert places == sorted(places)
    for section, first, last in zip(made, places, [*places[1:], len(spoken)], strict=True):
        in_pdf = "".join(text for _, text in spoken[first:last])
        assert letters(in_pdf) == letters(on_the_page(section)), section.anchor


def test_it_passes_page_validation_for_pdf_ua(path: Path) -> None:
    found = page_validation.validate_pdf(str(path), profile=page_validation.ValidationProfile.PDF_UA_1)
    assert found.is_compliant, str(found)


def test_every_page_is_a4_and_names_the_school_the_year_the_day_and_its_number(report: Report, path: Path) -> None:
    assert "595.276 x 841.89 pts (A4)" in run("pdfinfo", str(path))
    pages = run("pdftotext", "-layout", str(path), "-").split("\f")[:-1]
    assert len(pages) > 3
    for number, text in enumerate(pages, 1):
        wanted = (f"{number} of {len(pages)}", report.school, "Financial year 2026 to 2027", "As at: 24 November 2026")
        assert all(fact in text for fact in wanted), number
        assert len(text.split()) > 30, "a page that is next to empty"


def test_what_governors_look_at_first_stands_on_the_first_page(path: Path) -> None:
    first = run("pdftotext", "-layout", str(path), "-").split("\f")[0]
    for words in ("Original budget", "Actual to date", "Orders", "Projected position"):
        assert words in first


def test_every_table_has_a_caption_and_header_cells_that_are_heard(report: Report, path: Path) -> None:
    heads = "".join(head for table in tables(report) for head in (*table.headings, *(row[0] for row in table.rows)))
    assert letters("".join(text for tags, text in heard(path) if " TH " in tags)) == letters(heads)
    assert all(table.caption for table in tables(report))
    assert len(tables(report)) == 9


def test_every_list_with_a_foot_adds_up_to_it(report: Report) -> None:
    with_foot = [table for table in tables(report) if table.total_row]
    assert len(with_foot) == 7
    for table in with_foot:
        for column in sorted(table.right):
            *parts, total = (_pence(row[column]) for row in table.rows)
            assert sum(parts) == total, (table.caption, table.headings[column])


def _pence(text: str) -> int:
    return int(Decimal(re.sub("[£,]", "", text.split(" (")[0])) * 100)


def test_the_headline_agrees_with_the_lists(report: Report) -> None:
    headline = {row[0]: _pence(row[1]) for row in tables(report)[0].rows}
    feet = {table.caption: table.rows[-1] for table in tables(report)}
    assert headline["Original budget"] == _pence(feet["Income of the year"][1])
    forecast = headline["Estimate to the year’s end"]
    assert forecast == _pence(feet["Additional, for pupils with SEN"][4]) == _pence(feet["Term by term"][1])
    parts = ("Actual to date: spent", "Still to run", "Orders: charged on a later day")
    assert forecast == sum(headline[part] for part in parts)
    left = headline["Projected position: income less estimate"]
    assert left == headline["Expected income"] - forecast
    to_date = next(row for row in tables(report)[1].rows if row[0].startswith("Spend to date"))
    assert _pence(to_date[2]) == headline["Actual to date: spent"]
    apart = headline["Actual to date: spent"] - headline["Revised budget to date, by its profile"]
    assert _pence(to_date[3]) == headline["Spent less the profile to date"] == apart


def test_the_notes_stand_in_it_and_no_pupil_does(made: tuple[Report, list[str]], path: Path) -> None:
    report, names = made
    text = " ".join(run("pdftotext", str(path), "-").split())
    assert len(report.notes) == 3
    assert all(" ".join(note.text.split()) in text for note in report.notes.values())
    assert len(names) > 50
    assert [name for name in names if name in text] == []


def test_it_calls_nothing_by_the_words_that_are_not_so(path: Path) -> None:
    text = run("pdftotext", str(path), "-").lower()
    for word in ("unspent", "overspen", "underspen", "owed", "owes"):
        assert word not in text


def test_the_same_report_gives_the_same_bytes(report: Report, path: Path) -> None:
    assert monitoring_pdf(report) == path.read_bytes()
