"""The quick start, as somebody walks it in a quarter of an hour: two budgets, three interventions, questions, a plan."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest

from tests.web.entering import role
from tests.web.forms import RUBBISH, numbers_of, refused, start, words
from tests.world import Visitor, World, find_token
from vfm.store.audit import By
from vfm.store.provision import InterventionRow
from vfm.store.rows import add_row, rows_of
from vfm.store.staff import RateRow, StaffRoleRow
from vfm.web import quick
from vfm.web.database import db
from vfm.web.permissions import me
from vfm.web.three import complete

TEACHER = {
    "name_1": "Reading",
    "role_1": "Teacher",
    "rate_1": "40",
    "minutes_1": "60",
    "a_week_1": "1",
    "pupils_1": "4",
}
ASSISTANT = {"name_2": "Speech", "role_2": "Assistant", "rate_2": "20.38", "minutes_2": "30", "a_week_2": "2"}
AGAIN = {"name_3": "Number", "role_3": "assistant", "minutes_3": "30", "a_week_3": "2"}
EVERY = {
    f"{name}_{n}": value for n in (1, 2, 3) for name, value in (("number", "1"), ("weeks", "38"), ("tier", "targeted"))
}


def _three(world: World, visitor: Visitor) -> str:
    page = world.home + "quick-start/three"
    answer = visitor.send(page, **(EVERY | TEACHER | ASSISTANT | AGAIN))
    assert answer.status_code == 302, answer.text
    assert answer.location == world.home + "quick-start/costs"
    return words(visitor.get(answer.location).text)


def test_the_gap_between_two_budgets_is_the_first_result(world: World) -> None:
    senco = start(world, "senco")
    answer = senco.send(world.home + "quick-start/budget", senco="£81,000", office="96,500.50")
    assert answer.location.endswith("/gap")
    page = words(senco.get(answer.location).text)
    assert "The gap is £15,500.50" in page
    assert "£81,000.00" in page
    assert "£96,500.50" in page


def test_the_same_figure_is_no_gap_and_an_unknown_one_is_not_nought(world: World) -> None:
    senco = start(world, "senco")
    page = world.home + "quick-start/budget"
    senco.send(page, senco="81,000", office="81000.00")
    assert "You both know the same figure" in senco.get(world.home + "quick-start/gap").text
    senco.send(page, senco="", office="81,000")
    shown = senco.get(world.home + "quick-start/gap").text
    assert "One of the two figures is not known" in shown
    assert "£0.00" not in shown
    senco.send(page, senco="", office="")
    assert "Neither figure is known" in senco.get(world.home + "quick-start/gap").text


def test_a_budget_that_is_no_money_is_refused_and_stands_there_still(world: World) -> None:
    senco = start(world, "senco")
    for typed in RUBBISH:
        answer = senco.send(world.home + "quick-start/budget", senco=typed, office="a guess")
        assert "a guess" in refused(answer)


def test_three_interventions_with_typed_rates_are_on_the_map(world: World) -> None:
    senco = start(world, "senco")
    for page in (_three(world, senco), words(senco.get(world.home + "provision-map/").text)):
        assert "£1,520.00" in page, "a teacher, 1 hour a week, 38 weeks, £40 an hour"
        assert page.count("£774.44") >= 2, "38 hours at £20.38, the second time without typing the rate again"
        assert "£3,068.88" in page
        assert page.index("Reading") < page.index("Speech") < page.index("Number")


def test_a_role_that_has_a_rate_keeps_it(world: World) -> None:
    senco = start(world, "senco")
    _three(world, senco)
    more = {"name_1": "Sums", "role_1": "TEACHER", "rate_1": "99", "minutes_1": "60", "a_week_1": "1"}
    senco.send(world.home + "quick-start/three", **(EVERY | more))
    assert words(senco.get(world.home + "provision-map/").text).count("£1,520.00") >= 2
    assert senco.get(world.home + "roles/").text.count("£40.00") >= 1
    assert "£99.00" not in senco.get(world.home + "roles/").text


def test_an_intervention_that_lacks_something_is_refused_whole(world: World) -> None:
    senco = start(world, "senco")
    page = world.home + "quick-start/three"
    refused(senco.send(page))
    shown = refused(senco.send(page, **(EVERY | TEACHER | {"name_2": "Speech", "role_2": "Assistant"})))
    assert "Intervention 2: enter the minutes of one session" in shown
    assert 'value="Reading"' in shown
    assert "Reading" not in senco.get(world.home + "provision-map/").text
    more = refused(senco.send(page, **(EVERY | TEACHER | {"with_sen_1": "5"})))
    assert "The pupils with SEN cannot be more than the pupils in the group" in more


def test_rubbish_in_a_number_of_an_intervention_never_breaks_the_page(world: World) -> None:
    senco = start(world, "senco")
    page = world.home + "quick-start/three"
    for name in [name for name in numbers_of(senco.get(page).text) if name.endswith("_1")]:
        for typed in ("NaN", "1e400", "-5", "<script>", "9" * 30):
            assert ascii(typed)[1:-1] in refused(senco.send(page, **(EVERY | TEACHER | {name: typed}))), name


def test_noughts_and_the_largest_numbers_are_refused_or_kept(world: World) -> None:
    senco = start(world, "senco")
    page = world.home + "quick-start/three"
    for name in [name for name in numbers_of(senco.get(page).text) if name.endswith("_1")]:
        for typed in ("0", "99999999.99", "100001"):
            assert senco.send(page, **(EVERY | TEACHER | {name: typed})).status_code in (302, 400), (name, typed)
            assert senco.get(world.home + "provision-map/").status_code == 200


def test_the_quick_questions_lead_to_the_plan_and_the_plan_is_written(world: World) -> None:
    senco = start(world, "senco")
    page = words(senco.get(world.home + "quick-start/").text)
    assert "toy-figure?from=quick" in page, "the one quick question of the toy bank"
    asked = world.home + "funding/toy-figure"
    answer = senco.send(asked + "?from=quick", page=asked, version="0", choice="no", note="Nobody knows")
    assert answer.location.endswith("/plan/write?from=quick")
    assert "Start: send the figure to everybody who needs it" in senco.get(answer.location).text
    written = senco.send(answer.location)
    assert written.location == world.home + "quick-start/plan"
    assert "Start: send the figure to everybody who needs it" in senco.get(written.location).text
    assert "Start: send the figure to everybody who needs it" in senco.get(world.home + "plan/").text
    assert "1 of 1 answered" in senco.get(world.home + "quick-start/").text


def test_numbers_of_pupils_must_fit_together(world: World) -> None:
    senco = start(world, "senco")
    page = world.home + "quick-start/pupil-numbers"
    refused(senco.send(page, version="0", roll="10", sen_support="8", ehc_plans="3"))
    refused(senco.send(page, version="0", roll="10", sen_support="1", top_ups="2"))
    refused(senco.send(page, version="0", roll="10.5"))
    assert senco.send(page, version="0", roll="280", sen_support="40", ehc_plans="6", top_ups="4").status_code == 302
    stale = senco.send(page, version="0", roll="281", sen_support="40", ehc_plans="6", top_ups="4")
    assert "A colleague changed these numbers" in refused(stale)
    assert 'value="281"' in stale.text
    assert 'value="280"' in senco.get(page).text


def test_after_the_three_interventions_the_quick_start_goes_on(world: World) -> None:
    senco = start(world, "senco")
    led = senco.send(world.home + "quick-start/three", **(EVERY | TEACHER)).location
    assert f'href="{world.home}funding/toy-figure?from=quick"' in senco.get(led).text, "at once to the questions"
    assert f'href="{world.home}quick-start/three"' in senco.get(led).text, "and back to them"
    assert f'href="{led}"' in senco.get(world.home + "quick-start/").text
    assert f'href="{world.home}quick-start/"' not in senco.get(world.home + "provision-map/").text


def test_all_that_is_wrong_is_said_at_once_and_of_which_intervention(world: World) -> None:
    senco = start(world, "senco")
    wrong = {"name_2": "Speech", "role_2": "Assistant", "rate_2": "a lot", "minutes_2": "30 min"}
    shown = refused(senco.send(world.home + "quick-start/three", **(EVERY | TEACHER | wrong)))
    for said in (
        "minutes a session: enter a number",
        "cost of an hour: enter an amount",
        "enter how many sessions a week",
    ):
        assert f"Intervention 2: {said}" in shown
    assert 'value="30 min"' in shown


def test_an_intervention_that_was_begun_without_a_name_is_not_lost(world: World) -> None:
    senco = start(world, "senco")
    shown = refused(senco.send(world.home + "quick-start/three", **(EVERY | TEACHER | {"minutes_2": "45"})))
    assert "Intervention 2: enter its name" in shown
    assert "Intervention 2: say who gives it" in shown
    assert 'value="45"' in shown


def test_a_second_rate_for_the_same_role_is_not_lost_without_a_word(world: World) -> None:
    senco = start(world, "senco")
    page = world.home + "quick-start/three"
    again = {"name_2": "Sums", "role_2": "teacher", "rate_2": "41", "minutes_2": "60", "a_week_2": "1"}
    assert "Intervention 2: an hour of this role costs something else above" in refused(
        senco.send(page, **(EVERY | TEACHER | again))
    )
    assert senco.send(page, **(EVERY | TEACHER | again | {"rate_2": "£40.00"})).status_code == 302


def test_the_same_form_sent_twice_puts_nothing_on_the_map_twice(world: World) -> None:
    senco = start(world, "senco")
    _three(world, senco)
    again = refused(senco.send(world.home + "quick-start/three", **(EVERY | TEACHER | ASSISTANT | AGAIN)))
    assert "Intervention 1: Reading is on your map already" in again
    assert "£3,068.88" in senco.get(world.home + "quick-start/costs").text
    twice = EVERY | TEACHER | ASSISTANT | {"name_1": "Sums", "name_2": "SUMS"}
    assert "Intervention 2: SUMS is on your map already" in refused(
        senco.send(world.home + "quick-start/three", **twice)
    )


def test_a_fault_in_what_is_folded_unfolds_it(world: World) -> None:
    senco = start(world, "senco")
    page = world.home + "quick-start/three"
    folded = '<details class="govuk-details"><summary'
    assert folded in senco.get(page).text
    assert folded not in refused(senco.send(page, **(EVERY | TEACHER | {"number_1": "many"})))
    wrong = {"minutes_1": "many"}
    assert folded in refused(senco.send(page, **(EVERY | TEACHER | wrong)))
    changed = refused(senco.send(page, **(EVERY | TEACHER | wrong | {"tier_1": "universal"})))
    assert folded not in changed, "what was changed there is not folded away under what stood there at first"


def test_the_quick_start_begins_on_the_schools_own_page(world: World) -> None:
    senco = world.signed_in("senco")
    school = f"/school/{world.school.slug}/"
    assert "Quick start: a draft plan in 15 minutes" in senco.get(school).text
    assert senco.send(school + "start", page=school, quick="yes").location == world.home + "quick-start/"
    assert senco.send(school + "start", page=school).location == world.home


def test_the_plan_at_the_end_opens_with_its_first_five(world: World) -> None:
    senco = start(world, "senco")
    assert "Nothing calls for an action yet" in senco.get(world.home + "quick-start/plan").text
    others = [f"{stage}/toy-{stage}" for stage in ("spending", "budget", "needs", "outcomes", "value")]
    for page in ("funding/toy-figure", "funding/toy-duty", *others):
        assert senco.send(world.home + page, version="0", choice="no").status_code == 302
    write = senco.get(world.home + "plan/write?from=quick").text
    assert "call for 8 actions. By priority: 2 high, 1 medium to high, 5 medium." in write
    assert write.index("By priority") < write.index("<details") < write.index("Write the plan\n")
    shown = senco.get(senco.send(world.home + "plan/write?from=quick").location).text
    assert "8 actions, by priority: 2 high, 1 medium to high, 5 medium." in shown
    assert shown.count('class="vfm-action"') == 5
    assert senco.get(world.home + "plan/").text.count('class="vfm-action"') == 8


def _rates(world: World) -> list[tuple[str, str]]:
    with world.app.extensions["vfm_database"].read() as db:
        roles = {row.id: row.name for row in rows_of(db, StaffRoleRow, world.school.id)}
        return [(roles[row.role_id], str(row.per_hour)) for row in rows_of(db, RateRow, world.school.id)]


def test_the_same_form_sent_twice_at_the_same_instant_is_saved_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever finds the form right waits a little for the other, so that without a lock both would write."""
    page, together = world.home + "quick-start/three", threading.Barrier(2)
    role(world, start(world), "Teacher")
    twice = [start(world, who) for who in ("leadership", "senco")]

    def found_right(form: Any, rated: Any, there: Any) -> bool:
        right = complete(form, rated, there)
        with suppress(threading.BrokenBarrierError):
            together.wait(timeout=1)
        return right

    def send(visitor: Visitor, token: str) -> int:
        return int(visitor.client.post(page, data=EVERY | TEACHER | {"csrf_token": token}).status_code)

    tokens = [find_token(visitor.get(page).text) for visitor in twice]
    monkeypatch.setattr(quick, "complete", found_right)
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(send, twice, tokens)) == [302, 400]
    assert len(_rates(world)) == 1
    with world.app.extensions["vfm_database"].read() as db:
        assert [row.name for row in rows_of(db, InterventionRow, world.school.id)] == [TEACHER["name_1"]]


def test_a_rate_that_a_colleague_enters_meanwhile_is_said_and_not_a_fault_of_the_site(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A colleague's rate comes after the form was found right and before it is written."""
    head = start(world)
    role_id = role(world, head, "Teacher")

    def comes_between(form: Any, rated: Any, there: Any) -> bool:
        right = complete(form, rated, there)
        by = By(me().id, dt.datetime.now(dt.UTC))
        values = {"role_id": role_id, "card": "actual", "method": "stated", "per_hour": Decimal(41)}
        add_row(db(), RateRow, world.school.id, by, "rate", **values)
        return right

    monkeypatch.setattr(quick, "complete", comes_between)
    answer = head.send(world.home + "quick-start/three", **(EVERY | TEACHER))
    assert "A colleague entered one of these roles or its rate while you were saving" in refused(answer)
    assert f'value="{TEACHER["name_1"]}"' in answer.text
