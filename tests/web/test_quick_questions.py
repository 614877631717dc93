"""The questions of the quick start: one leads to the next, to the plan, whatever happens on the way."""

import datetime as dt
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from sqlalchemy import update

from tests.conftest import SECRET, TOYS
from tests.web.forms import refused, start, words
from tests.world import PASSWORD, YEAR, World, build_world
from vfm.app import create_app
from vfm.config import Config
from vfm.store.accounts import SignInRow, find_account
from vfm.store.audit import By
from vfm.store.reviews import save_answer, start_review

FIRST, SECOND, LAST = "funding/toy-figure", "funding/toy-unit", "value/toy-value"
WAY = "?from=quick"


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[World]:
    """Oak, whose quick start has three questions: two of the first stage, with another between them, and one of the last."""
    content = Path(shutil.copytree(TOYS, tmp_path / "content"))
    for question in (SECOND, LAST):
        stage, identity = question.split("/")
        file = content / "questions" / f"{stage}.toml"
        text = file.read_text(encoding="utf-8")
        assert f'id = "{identity}"\n' in text
        file.write_text(text.replace(f'id = "{identity}"\n', f'id = "{identity}"\nquick = true\n'), encoding="utf-8")
    app = create_app(Config(database_url=database_url, secret=SECRET, cheap_hashes=True), content=content)
    yield build_world(app)
    app.extensions["vfm_database"].close()


def _skip(page: str) -> str:
    found = re.search(r'href="([^"]+)">Skip for now', page)
    assert found, "no way to skip the question"
    return found.group(1)


def test_each_leads_to_the_next_and_the_last_to_the_plan(world: World) -> None:
    senco = start(world, "senco")
    address = world.home + FIRST + WAY
    for number, following in enumerate((SECOND + WAY, LAST + WAY, "plan/write" + WAY), start=1):
        page = senco.get(address).text
        assert f"Question {number} of 3" in page
        answer = senco.send(address, version="0", choice="no")
        assert answer.location == world.home + following
        address = answer.location
    assert "call for" in senco.get(address).text


def test_skipping_leads_the_same_way(world: World) -> None:
    senco = start(world, "senco")
    assert _skip(senco.get(world.home + FIRST + WAY).text) == world.home + SECOND + WAY
    assert _skip(senco.get(world.home + SECOND + WAY).text) == world.home + LAST + WAY
    assert _skip(senco.get(world.home + LAST + WAY).text) == world.home + "plan/write" + WAY
    assert _skip(senco.get(world.home + FIRST).text) == world.home + "funding/toy-duty", "the full review's own way"


def test_it_goes_on_at_the_first_question_without_an_answer(world: World) -> None:
    senco = start(world, "senco")
    senco.send(world.home + FIRST + WAY, version="0", choice="yes")
    senco.send(world.home + SECOND + WAY, version="0", note="No answer yet")
    page = senco.get(world.home + "quick-start/").text
    assert f'href="{world.home}{SECOND}{WAY}"' in page
    assert "1 of 3 answered" in page
    assert (
        f'href="{world.home}{SECOND}{WAY}">2 questions have no answer'
        in senco.get(world.home + "quick-start/plan").text
    )


def test_a_refused_answer_stays_on_the_way(world: World) -> None:
    senco = start(world, "senco")
    address = world.home + FIRST + WAY
    answer = senco.send(address, version="0", choice="not-applicable", note="typed before")
    page = refused(answer)
    assert "Say why it does not apply to your school" in page
    assert "Question 1 of 3" in page
    assert "typed before</textarea>" in page
    assert "vfm-if-not-applicable" not in page, "a field with a fault is never hidden"
    assert '<form method="post" novalidate id="answer">' in page, "it is sent to the same address, the way included"
    again = senco.send(address, version="0", choice="not-applicable", reason="We have no toys")
    assert again.location == world.home + SECOND + WAY


def test_when_somebody_else_saved_first_the_way_goes_on_after_the_second_save(world: World) -> None:
    senco = start(world, "senco")
    address = world.home + FIRST + WAY
    world.signed_in("office").send(world.home + FIRST, version="0", choice="yes", note="the office's note")
    answer = senco.send(address, version="0", choice="no", note="the SENCO's note")
    assert answer.status_code == 409
    page = words(answer.text)
    assert "the office's note" in page
    assert "the SENCO's note</textarea>" in page
    assert "Question 1 of 3" in page
    assert '<form method="post" novalidate id="answer">' in page
    assert senco.send(address, version="1", choice="no", note="both").location == world.home + SECOND + WAY


def test_saving_for_later_leads_to_the_four_steps(world: World) -> None:
    senco = start(world, "senco")
    answer = senco.send(world.home + FIRST + WAY, version="0", choice="yes", later="yes")
    assert answer.location == world.home + "quick-start/"
    assert senco.send(world.home + FIRST, version="1", choice="yes", later="yes").location == world.home


def test_colleagues_and_remarks_do_not_lead_off_the_way(world: World) -> None:
    senco = start(world, "senco")
    address = world.home + FIRST
    with world.app.extensions["vfm_database"].read() as db:
        office = find_account(db, "office@example.org")
        assert office is not None
    assert f'href="{address}/ask{WAY}"' in senco.get(address + WAY).text
    assert f'href="{address}{WAY}"' in senco.get(address + "/ask" + WAY).text
    asked = senco.send(address + "/ask" + WAY, colleague=str(office.id), message="Is it minuted?")
    assert asked.location == address + WAY
    assert f'action="{address}/remark{WAY}"' in senco.get(address + WAY).text
    refusal = senco.send(address + "/remark" + WAY, page=address, message="")
    assert "Question 1 of 3" in refused(refusal)
    assert f'id="answer" action="{address}{WAY}"' in refusal.text
    assert senco.send(address + "/remark" + WAY, page=address, message="Yes").location == address + WAY + "#remarks"
    resolve = re.search(r'action="([^"]+/resolve[^"]*)"', senco.get(address + WAY).text)
    assert resolve
    assert senco.send(resolve.group(1), page=address).location == address + WAY + "#remarks"


def test_last_years_answer_is_started_from_on_the_way(world: World) -> None:
    senco = start(world, "senco")
    given = {"choice": "in-part", "note": "Said in 2025", "evidence": "", "basis": None, "reason": "", "agreed": True}
    with world.app.extensions["vfm_database"].write.begin() as db:
        account = find_account(db, "leadership@example.org")
        assert account is not None
        by = By(account.id, dt.datetime.now(dt.UTC))
        assert save_answer(db, start_review(db, world.school.id, YEAR - 1, by), "toy-figure", 0, by, **given)
    link = re.search(r'href="([^"]+)">Start from last year', words(senco.get(world.home + FIRST + WAY).text))
    assert link
    page = senco.get(link.group(1).replace("&amp;", "&")).text
    assert "Question 1 of 3" in page
    assert "Said in 2025</textarea>" in page


def test_what_is_not_shown_at_once_is_one_click_away(world: World) -> None:
    senco = start(world, "senco")
    quick, full = senco.get(world.home + FIRST + WAY).text, senco.get(world.home + FIRST).text
    for there in (
        "An email or a minute in which the figure stands with its date.", "Statutory guidance says schools should",
        "/papers/toys", "Add a remark", "Where is the evidence?", "How do you know?", "This answer is agreed",
        "If it does not apply, why not?", "One dated figure has been shared", "others have an old one",
        "Nobody at the school can say", "The toy budget is money for toys.", "Ask a colleague",
    ):  # fmt: skip
        assert there in quick, there
        assert there in full, there
    assert quick.index("An email or a minute") < quick.index("</details>") < quick.index('id="answer"')
    assert "Question 1 of 3" not in full


def test_only_who_runs_the_review_walks_and_only_by_questions_of_the_quick_start(world: World) -> None:
    senco = start(world, "senco")
    assert "Question 1 of" not in senco.get(world.home + "funding/toy-duty" + WAY).text
    answer = senco.send(world.home + "funding/toy-duty" + WAY, version="0", choice="yes")
    assert answer.location == world.home + SECOND, "the stage's next"
    with world.app.extensions["vfm_database"].read() as db:
        teacher = find_account(db, "teacher@example.org")
        assert teacher is not None
    senco.send(world.home + FIRST + "/ask", colleague=str(teacher.id), message="Do you know?", hand_over="y")
    visitor = world.signed_in("teacher")
    assert "Question 1 of" not in visitor.get(world.home + FIRST + WAY).text
    answer = visitor.send(world.home + FIRST + WAY, version="0", choice="yes")
    assert answer.location == world.home + "asked"


def test_what_was_typed_on_the_way_stands_there_again_after_the_session_has_run_out(world: World) -> None:
    senco = start(world, "senco")
    address = world.home + FIRST
    with world.app.extensions["vfm_database"].write.begin() as db:
        db.execute(update(SignInRow).values(seen=dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)))
    for where, typed in (
        (WAY, {"version": "0", "choice": "no", "note": "Half typed"}),
        ("/remark" + WAY, {"message": "Who?"}),
    ):
        answer = senco.client.post(address + where, data=typed)
        assert unquote(answer.location.partition("next=")[2]) == address + WAY, "back on the way"
    senco.send("/account/sign-in", email="senco@example.org", password=PASSWORD)
    page = senco.get(address + WAY).text
    assert "Half typed</textarea>" in page
    assert "Who?</textarea>" in page
    assert re.search(r'value="no"\s+checked', page)
    assert '<details class="govuk-details" id="remarks" open' in page, "a remark that was typed is not folded away"
