"""One route serves every question: answering, conflicts, colleagues, last year."""

from tests.world import YEAR, Visitor, World


def _head(world: World) -> Visitor:
    head = world.signed_in("leadership")
    head.send(f"/school/{world.school.slug}/start", page=f"/school/{world.school.slug}/")
    return head


def test_an_answer_is_kept_and_leads_to_the_next_question(world: World) -> None:
    head = _head(world)
    page = world.home + "funding/toy-figure"
    answer = head.send(page, version="0", choice="in-part", note="Old figure.\nSee mail", evidence="Shared drive")
    assert answer.location.endswith("/funding/toy-duty")
    shown = head.get(page).text
    assert "Old figure.\nSee mail" in shown
    assert "1 in part, 2 not answered" in head.get(world.home + "funding/").text


def test_not_applicable_needs_a_reason_and_keeps_what_was_typed(world: World) -> None:
    head = _head(world)
    page = world.home + "funding/toy-figure"
    answer = head.send(page, version="0", choice="not-applicable", note="typed before")
    assert answer.status_code == 400
    assert "Say why it does not apply" in answer.text
    assert "typed before" in answer.text
    assert "Error: " in answer.text
    assert head.send(page, version="0", choice="not-applicable", reason="We have no toys").status_code == 302


def test_when_somebody_else_saved_first_both_texts_are_shown(world: World) -> None:
    head = _head(world)
    page = world.home + "funding/toy-figure"
    head.send(page, version="0", choice="yes", note="the head's note")
    office = world.signed_in("office")
    answer = office.send(page, version="0", choice="no", note="the office's note")
    assert answer.status_code == 409
    assert "the head&#39;s note" in answer.text
    assert "the office&#39;s note" in answer.text
    assert office.send(page, version="1", choice="no", note="agreed by both").status_code == 302


def test_a_question_that_does_not_apply_is_not_there_and_comes_back(world: World) -> None:
    head = _head(world)
    page = world.home + "funding/toy-unit"
    head.send(page, version="0", choice="yes", note="kept")
    profile = f"/school/{world.school.slug}/profile"
    values = {
        "name": "Oak & Ash <School>",
        "kind": "mainstream",
        "lowest_age": "4",
        "highest_age": "11",
        "academy": "no",
        "tolerance": "5",
    }
    asked = ("any_ehc_plan", "any_sen_support", "any_top_up", "pupil_premium", "volunteers_or_peers", "first_year")
    values |= dict.fromkeys(asked, "yes")
    head.send(profile, unit_or_resourced_provision="no", **values)
    assert head.get(page).status_code == 404
    assert "2 not answered" in head.get(world.home + "funding/").text
    head.send(profile, unit_or_resourced_provision="yes", **values)
    assert "kept" in head.get(page).text


def test_a_contributor_opens_only_what_they_were_asked(world: World) -> None:
    head = _head(world)
    page = world.home + "funding/toy-figure"
    governor = world.signed_in("governor")
    assert governor.get(page).status_code == 403
    with world.app.extensions["vfm_database"].read() as db:
        from vfm.store.accounts import find_account  # noqa: PLC0415

        account = find_account(db, "governor@example.org")
        assert account is not None
    head.send(page + "/ask", colleague=str(account.id), message="Was this minuted?", hand_over="y")
    assert "Was this minuted?" in governor.get(world.home + "asked").text
    assert governor.get(page).status_code == 200
    assert governor.send(page, version="0", choice="yes", note="Minute 4").status_code == 302
    assert governor.get(world.home + "funding/toy-duty").status_code == 403
    assert "Minute 4" in head.get(page).text


def test_last_years_answer_is_there_to_start_from(world: World) -> None:
    head = _head(world)
    with world.app.extensions["vfm_database"].write.begin() as db:
        import datetime as dt  # noqa: PLC0415

        from vfm.store.accounts import find_account  # noqa: PLC0415
        from vfm.store.audit import By  # noqa: PLC0415
        from vfm.store.reviews import save_answer, start_review  # noqa: PLC0415

        account = find_account(db, "leadership@example.org")
        assert account is not None
        by = By(account.id, dt.datetime.now(dt.UTC))
        last = start_review(db, world.school.id, YEAR - 1, by)
        values = {
            "choice": "in-part",
            "note": "Said in 2025",
            "evidence": "",
            "basis": None,
            "reason": "",
            "agreed": True,
        }
        assert save_answer(db, last, "toy-figure", 0, by, **values)
    page = world.home + "funding/toy-figure"
    assert "Last year: In part" in head.get(page).text
    assert head.get(page + "?start=last-year").text.count("Said in 2025") == 2


def test_a_remark_is_seen_and_dealt_with(world: World) -> None:
    head = _head(world)
    page = world.home + "funding/toy-figure"
    head.send(page + "/remark", page=page, message="Is this the 2026 figure? <b>")
    shown = head.get(page).text
    assert "Is this the 2026 figure? &lt;b&gt;" in shown
    address = shown.split('action="')[2].split('"')[0]
    assert "/resolve" in address
    head.send(address, page=page)
    assert "Dealt with" in head.get(page).text


def test_a_stage_is_completed_when_a_person_says_so(world: World) -> None:
    head = _head(world)
    check = world.home + "funding/check"
    assert "3 of 3 questions have no answer yet" in head.get(check).text
    head.send(world.home + "funding/complete", page=check)
    assert "Completed" in head.get(world.home).text
    head.send(world.home + "funding/reopen", page=check)
    assert "Completed" not in head.get(world.home).text


def test_a_legal_requirement_answered_no_is_said_above_the_score(world: World) -> None:
    head = _head(world)
    head.send(world.home + "funding/toy-duty", version="0", choice="no")
    page = head.get(world.home + "funding/").text
    assert page.index("A legal requirement is not yet met") < page.index("Score")
