"""The report on the financial year: the PDF says what the page says, reads well aloud, and its lists add up."""

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
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
from vfm.money import half_up, pounds
from vfm.store.accounts import SchoolRow
from vfm.store.engine import Database, open_database
from vfm.store.monitoring import financial_year_on, notes_of, report_of
from vfm.store.pupils import PupilRow
from vfm.store.reviews import review_of
from vfm.store.upgrading import upgrade

pytestmark = pytest.mark.slow
NOW = dt.datetime(2026, 11, 24, 10, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The schools of the demonstration."""
    database = open_database(f"sqlite:///{tmp_path_factory.mktemp('monitoring') / 'demo.sqlite'}")
    upgrade(database)
    with database.write.begin() as db:
        fill(db, BANK, lambda _: "nobody signs in", NOW)
    yield database
    database.close()


def report_at(database: Database, name: str, day: dt.date) -> tuple[Report, list[str]]:
    """A school's report at a day of the financial year of 2026, and the names of every pupil."""
    with database.read() as db:
        school = db.scalars(select(SchoolRow).where(SchoolRow.name == name)).one()
        review = review_of(db, school.id, 2026)
        assert review is not None
        period = financial_year_on(school, AcademicYear(2026), NOW.date())
        found, bridge = report_of(db, review, period, day)
        report = Report(school.name, found, notes_of(db, review, period), bridge)
        return report, list(db.scalars(select(PupilRow.name)))


@pytest.fixture(scope="module")
def made(filled: Database) -> tuple[Report, list[str]]:
    """The report of the school that has finished, on two maps and with notes, and the names of the pupils."""
    return report_at(filled, PRIMARY_NAME, NOW.date())


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
    signing = heads.index("To sign")
    for section, first, last in zip(made, places, [*places[1:], signing], strict=True):
        in_pdf = "".join(text for _, text in spoken[first:last])
        assert letters(in_pdf) == letters(on_the_page(section)), section.anchor


def test_it_ends_with_a_place_to_sign_whose_labels_are_heard_in_order(path: Path) -> None:
    spoken = heard(path)
    place = next(n for n, (_, text) in enumerate(spoken) if text.strip() == "To sign")
    assert "H2" in spoken[place][0]
    labels = [(tags.split()[-1], text.strip()) for tags, text in spoken[place + 1 :]]
    assert labels == [("P", "Presented to governors on"), ("P", "Business manager"), ("P", "Chair")]


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
        assert len(text.split()) > 60, "a page that is next to empty"


def test_a_table_that_a_page_can_hold_is_not_cut(report: Report, path: Path) -> None:
    pages = [letters(text) for text in run("pdftotext", str(path), "-").split("\f")]
    for table in tables(report):
        amounts = [letters(cell) for row in table.rows for cell in row[1:]]
        (page,) = (text for text in pages if letters(table.caption) + letters(table.headings[0]) in text)
        assert [each for each in amounts if each not in page] == [], table.caption


def test_one_sentence_says_how_the_year_stands(report: Report, path: Path) -> None:
    headline = {row[0]: row[1] for row in tables(report)[0].rows}
    first = " ".join(run("pdftotext", str(path), "-").split("\f")[0].split())
    assert (
        f"The budget of the year is {headline['Revised budget']}. By 24 November 2026 "
        f"{headline['Actual to date: spent']} is spent and nothing is ordered. The estimate to the year’s end is "
        f"{headline['Estimate to the year’s end']}, {headline['Projected position: income less estimate']} less than the "
        "income expected."
    ) in first
    assert "Actual cost, stated (4 roles); authority's rate, stated, in place of a rate that is not shown" in first


def test_what_lies_between_map_and_ledger_stands_beside_the_position_and_not_in_it(report: Report, path: Path) -> None:
    assert report.bridge is not None
    first = " ".join(run("pdftotext", str(path), "-").split("\f")[0].split())
    time = pounds(half_up(sum((each.cost for each in report.bridge.times), Fraction(0))))
    assert f"Not in these figures: time not on the map, {time}." in first
    assert f"not explained between map and ledger, {pounds(report.bridge.printed()[1])}." in first


@pytest.mark.parametrize("name", ["St Brannoc's School", "The Willows School"])
@pytest.mark.parametrize("day", [NOW.date(), dt.date(2027, 3, 31)])
def test_a_school_with_a_map_of_seven_months_is_told_nothing_of_the_years_end(
    filled: Database, tmp_path: Path, name: str, day: dt.date
) -> None:
    report, _ = report_at(filled, name, day)
    headline = {row[0]: row[1] for row in tables(report)[0].rows}
    for row in ("Estimate to the year’s end", "Projected position: income less estimate"):
        assert headline[row] == "Not known"
    twelve_less_seven = pounds(half_up(report.figures.expected - report.figures.spend.forecast.sen))
    made = tmp_path / "partly.pdf"
    made.write_bytes(monitoring_pdf(report))
    text = " ".join(run("pdftotext", str(made), "-").split())
    assert twelve_less_seven not in text.replace("-£", "")
    assert "No provision map is entered for 1 April 2026 to 31 August 2026" in text
    assert "enter the map of the academic year 2025 to 2026" in text
    assert "Budget by its profile, 1 September 2026 to 31 March 2027" in text
    assert page_validation.validate_pdf(str(made), profile=page_validation.ValidationProfile.PDF_UA_1).is_compliant


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
