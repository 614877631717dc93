"""The plan as a document: the page and the PDF say the same, and the PDF reads well to those who listen."""

import datetime as dt
import html
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import page as page_validation
import pytest
from flask import Flask, render_template_string
from flask_security import hash_password
from sqlalchemy import select

from tests.conftest import SECRET
from vfm.app import create_app
from vfm.config import Config
from vfm.demo.schools import fill, write_plan
from vfm.documents.pdf.plan import plan_pdf
from vfm.documents.plan import sections
from vfm.plan.action_plan import ActionPlan, SignOff
from vfm.store.accounts import SchoolRow
from vfm.store.audit import By
from vfm.store.gathering import draft_plan
from vfm.store.reviews import ReviewRow
from vfm.store.upgrading import upgrade
from vfm.web.bank import bank

pytestmark = pytest.mark.slow
NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
PARTS = "{% from 'components/parts.html' import parts with context %}{{ parts(section.parts, section.anchor, 2) }}"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, ActionPlan, Path]]:
    """The primary's plan of the made-up schools, as a value and as a PDF; a document needs no second database."""
    folder = tmp_path_factory.mktemp("plan")
    app = create_app(Config(database_url=f"sqlite:///{folder / 'vfm.sqlite'}", secret=SECRET, cheap_hashes=True))
    upgrade(app.extensions["vfm_database"])
    with app.test_request_context(), app.extensions["vfm_database"].write.begin() as db:
        fill(db, bank(), lambda word: str(hash_password(word)), NOW)
        school = db.scalars(select(SchoolRow).where(SchoolRow.name.startswith("Larkfield"))).one()
        review = db.scalars(select(ReviewRow).where(ReviewRow.school_id == school.id, ReviewRow.year == 2026)).one()
        head = By(_anybody(db), NOW)
        write_plan(db, bank(), review, head)
        signed = (SignOff("Margaret Osei", "Headteacher", NOW.date()),)
        plan = draft_plan(db, review, bank(), NOW.date(), number=1, signed=signed)
    path = folder / "plan.pdf"
    path.write_bytes(plan_pdf(plan))
    yield app, plan, path
    app.extensions["vfm_database"].close()


def _anybody(db: object) -> int:
    from vfm.store.accounts import Account  # noqa: PLC0415

    found: int = db.scalars(select(Account.id)).first()  # type: ignore[attr-defined]
    return found


def _read(path: Path, *command: str) -> str:
    return subprocess.run(
        [*command, str(path), *(["-"] if command[0] == "pdftotext" else [])], capture_output=True, check=True, text=True
    ).stdout


def _letters(text: str) -> str:
    """Letters and digits alone: line ends, hyphens and spaces fall differently on a page and on paper."""
    return re.sub(r"\W+", "", text)


def _without_furniture(text: str, plan: ActionPlan) -> str:
    """The PDF's text without what stands on every page, and without the headings that a long table repeats."""
    pages = text.split("\f")
    kept = []
    for page in pages:
        lines = [line for line in page.splitlines() if line.strip()]
        kept += [
            line
            for line in lines
            if not re.fullmatch(
                rf"{re.escape(plan.reference)}, version 1|\d+ of \d+|{re.escape(plan.school)}|{re.escape(plan.year)}",
                line.strip(),
            )
        ]
    return "\n".join(kept)


def test_the_page_and_the_pdf_say_the_same_section_by_section(made: tuple[Flask, ActionPlan, Path]) -> None:
    app, plan, path = made
    drawn = _letters(_without_furniture(_read(path, "pdftotext", "-raw"), plan))
    for section in sections(plan):
        with app.test_request_context():
            shown = render_template_string(PARTS, section=section)
        shown = re.sub(r"<svg.*?</svg>", " ", shown, flags=re.DOTALL)
        pieces = [html.unescape(piece) for piece in re.split(r"<[^>]+>", shown)]
        missing = [
            p for p in pieces for line in p.splitlines() if _letters(line) and not _stands(_letters(line), drawn)
        ]
        assert not missing, (section.anchor, missing[:5])


def _stands(words: str, drawn: str) -> bool:
    """Whether the words stand in the PDF; a long text may be cut where a page ends, so it is looked for in pieces."""
    pieces = [words[i : i + 24] for i in range(0, len(words), 24)]
    found = sum(piece in drawn for piece in pieces)
    return words in drawn or found >= len(pieces) - 1 - len(pieces) // 8


def test_it_passes_page_validation_for_pdf_ua(made: tuple[Flask, ActionPlan, Path]) -> None:
    report = page_validation.validate_pdf(str(made[2]), profile=page_validation.ValidationProfile.PDF_UA_1)
    assert report.is_compliant, str(report)


def test_it_is_heard_in_order_with_headings_and_table_headers(made: tuple[Flask, ActionPlan, Path]) -> None:
    _, plan, path = made
    heard = _read(path, "pdfinfo", "-struct-text")
    places = [heard.index(_first_words(section.parts[0])) for section in sections(plan)]
    assert places == sorted(places)
    assert re.search(r"\bH1\b", heard)
    assert re.search(r"\bH2\b", heard)
    assert len(re.findall(r"\bTH\b", heard)) > 50


def _first_words(part: object) -> str:
    return str(getattr(part, "text", "")).split(":")[0][:20]


def test_the_same_plan_gives_the_same_bytes(made: tuple[Flask, ActionPlan, Path]) -> None:
    assert plan_pdf(made[1]) == made[2].read_bytes()


def test_no_pupil_is_named_in_it(made: tuple[Flask, ActionPlan, Path]) -> None:
    app, _, path = made
    from vfm.store.pupils import PupilRow  # noqa: PLC0415

    with app.extensions["vfm_database"].read() as db:
        names = list(db.scalars(select(PupilRow.name)))
    text = _read(path, "pdftotext")
    assert len(names) > 50
    assert [name for name in names if name in text] == []
