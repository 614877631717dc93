"""What people type goes through page, stored plan and PDF as it was typed, whatever it looks like."""

import html
import json

from tests.web.entering import begin, heard_of, intervention, pupil, put, stated, submit, text_of
from tests.world import World

SCHOOL = "Oak & Ash <School>"
NAME = "Siân Ŵyn <b>"
FORMULA = "=1+1"
SENTENCE = "The panel's £ figure for Łukasz <i>rose</i> & fell; see {{ 7*7 }} &amp; 5 < 6. "
NOTE = (SENTENCE * 100)[:4_989] + " THE END 99"


def _plain(text: str) -> str:
    """Letters alone, so that line ends and hyphens between two pages make no difference."""
    return "".join(text.split())


def test_names_and_notes_are_shown_as_they_were_typed(world: World) -> None:
    head = begin(world)
    pupil(world, head, NAME)
    page = head.get(world.home + "pupils/").text
    assert html.escape(NAME) in page and NAME not in page
    put(head, world.home + "funding/toy-figure", version="0", choice="no", note=NOTE, evidence=FORMULA)
    page = head.get(world.home + "funding/toy-figure").text
    assert NOTE in html.unescape(page)
    assert "<i>rose</i>" not in page
    assert html.escape(SCHOOL) in page and SCHOOL not in page


def test_everything_typed_is_in_the_stored_plan_its_page_and_its_pdf(world: World) -> None:
    assert len(NOTE) == 5_000
    head = begin(world)
    put(head, world.home + "funding/toy-figure", version="0", choice="no", note=NOTE, evidence=FORMULA)
    intervention(world, head, FORMULA + NAME, stated(world, head, "<script>alert(1)</script>", "22"), group_size="3")
    put(head, world.home + "plan/write")
    stored = submit(world, head)
    plan = json.loads(stored.plan)
    (answer,) = (each for stage in plan["stages"] for each in stage["answers"] if each["note"])
    assert (answer["note"], answer["evidence"]) == (NOTE, FORMULA)
    assert plan["school"] == SCHOOL
    page, heard = head.get(world.home + "submission/1").text, heard_of(stored.pdf)
    assert "<script>alert" not in page and "<i>rose" not in page
    for typed in (SCHOOL, NOTE, FORMULA + NAME, "<script>alert(1)</script>", f"Evidence: {FORMULA}"):
        assert _plain(typed) in _plain(html.unescape(page)), typed[:60]
        assert _plain(typed) in _plain(heard), typed[:60]
    drawn = _plain(text_of(stored.pdf))
    assert _plain(SCHOOL) in drawn and _plain(FORMULA + NAME) in drawn and _plain(f"Evidence: {FORMULA}") in drawn
    assert drawn.count(_plain("{{ 7*7 }}")) == NOTE.count("{{ 7*7 }}"), "the note goes on over pages"


def test_a_pupil_named_in_the_plan_is_found_before_it_leaves_the_school(world: World) -> None:
    head = begin(world)
    pupil(world, head, NAME)
    put(head, world.home + "funding/toy-figure", version="0", choice="no", note="Sian Wyn reads well now")
    page = world.home + "submission/submit"
    assert "Sian" in head.get(page).text
    signed = {
        "head_name": "H",
        "head_role": "Head",
        "head_on__day": "3",
        "head_on__month": "11",
        "head_on__year": "2026",
    }
    refused = head.send(page, **signed)
    assert refused.status_code == 400
    assert "where a pupil might be named" in refused.text
    put(head, page, **signed, names_read="y")
