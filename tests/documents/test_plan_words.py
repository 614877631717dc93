"""Every word of a made-up school's plan, in order: what is heard of the PDF is what the page says, to the letter."""

import datetime as dt
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.documents.reading import Spoken, heard, letters, on_the_page, run
from tests.questions.real import BANK
from vfm.demo.schools import PRIMARY_NAME, fill, write_plan
from vfm.documents.pdf.parts import Chart, Heading, Table
from vfm.documents.pdf.plan import plan_pdf
from vfm.documents.plan import sections
from vfm.plan.action_plan import ActionPlan, from_json, to_json
from vfm.store.accounts import SchoolRow, find_account
from vfm.store.audit import By
from vfm.store.engine import open_database
from vfm.store.gathering import draft_plan
from vfm.store.reviews import reviews_of
from vfm.store.upgrading import upgrade

pytestmark = pytest.mark.slow
NOW = dt.datetime(2026, 11, 24, 10, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> ActionPlan:
    """The plan of the school that has finished, with last year's actions before this year's."""
    database = open_database(f"sqlite:///{tmp_path_factory.mktemp('plan') / 'demo.sqlite'}")
    upgrade(database)
    with database.write.begin() as db:
        people = fill(db, BANK, lambda _: "nobody signs in", NOW)
        school = db.scalars(select(SchoolRow).where(SchoolRow.name == PRIMARY_NAME)).one()
        head = find_account(db, next(each.email for each in people if each.email.startswith("head@")))
        assert head is not None
        *_, last, this = sorted(reviews_of(db, school.id), key=lambda review: review.year)
        write_plan(db, BANK, last, By(head.id, NOW.replace(year=last.year)))
        write_plan(db, BANK, this, By(head.id, NOW))
        made = draft_plan(db, this, BANK, NOW.date(), number=1)
    database.close()
    return made


@pytest.fixture(scope="module")
def path(plan: ActionPlan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("pdf") / "plan.pdf"
    found.write_bytes(plan_pdf(plan))
    return found


@pytest.fixture(scope="module")
def spoken(path: Path) -> Spoken:
    return heard(path)


def test_each_section_says_the_same_on_the_page_and_in_the_pdf(plan: ActionPlan, spoken: Spoken) -> None:
    made = sections(plan)
    starts = [each.parts[0].text for each in made if isinstance(each.parts[0], Heading)]
    heads = [text.strip() if tags.split()[-1] in ("H1", "H2") else "" for tags, text in spoken]
    places = [heads.index(start) for start in starts]
    assert len(places) == len(made) == 8
    assert places == sorted(places)
    for section, first, last in zip(made, places, [*places[1:], len(spoken)], strict=True):
        in_pdf = "".join(text for tags, text in spoken[first:last] if "Figure" not in tags.split())
        assert letters(in_pdf) == letters(on_the_page(section)), section.anchor


def test_no_word_is_broken_over_two_lines(plan: ActionPlan, path: Path) -> None:
    drawn = Counter(run("pdftotext", str(path), "-").replace("-\n", "-").split())
    shown = Counter(" ".join(on_the_page(section) for section in sections(plan)).split())
    missing = {word: count - drawn[word] for word, count in shown.items() if drawn[word] < count}
    assert not missing
    assert shown.total() > 5_000


def test_headings_and_table_heads_are_heard_in_order(plan: ActionPlan, spoken: Spoken) -> None:
    parts = [part for section in sections(plan) for part in section.parts]
    wanted = [(f"H{part.level}", letters(part.text)) for part in parts if isinstance(part, Heading)]
    assert [(tags.split()[-1], letters(text)) for tags, text in spoken if re.search(r"H\d$", tags)] == wanted
    tables = [part for part in parts if isinstance(part, Table)]
    heads = "".join(head for table in tables for head in (*table.headings, *(row[0] for row in table.rows)))
    assert letters("".join(text for tags, text in spoken if " TH " in tags)) == letters(heads)
    assert (
        sum("Figure" in tags for tags, _ in spoken) == sum(isinstance(part, Chart) for part in parts) == 7
    )  # six of what is spent, one of the budget


def test_no_page_is_next_to_empty(path: Path) -> None:
    pages = run("pdftotext", "-layout", str(path), "-").split("\f")[:-1]
    assert len(pages) > 10
    assert [number for number, text in enumerate(pages, 1) if len(text.split()) < 30] == []


def test_a_stored_plan_gives_the_same_bytes(plan: ActionPlan, path: Path) -> None:
    assert plan_pdf(from_json(to_json(plan))) == path.read_bytes()


def test_who_pays_is_told_also_where_no_cost_is_given(plan: ActionPlan) -> None:
    action = replace(plan.actions[0], cost="", funding="The parents' association")
    words = "".join(on_the_page(section) for section in sections(replace(plan, actions=(action,))))
    assert "Paid from" in words
    assert "The parents' association" in words
