"""A submitted plan is frozen; leadership alone submits; the authority's own adviser alone reads."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.web.forms import refused, words
from tests.web.planning import DUTY, FIGURE, SIGNED, Planning
from tests.world import YEAR, World


@pytest.fixture
def planning(world: World) -> Planning:
    return Planning(world)


def _plain(page: str) -> str:
    """A page without what differs each time it is fetched."""
    return re.sub(r'nonce="[^"]*"|name="csrf_token"[^>]*>|nonce-[\w-]+', "", page)


def test_a_plan_is_submitted_and_says_what_happens_next(planning: Planning) -> None:
    assert planning.head.get(f"{planning.world.home}submission/1").status_code == 404
    answer = planning.send_off()
    assert answer.location.endswith("/submission/1/done")
    done = words(planning.head.get(answer.location).text)
    assert "Plan submitted" in done
    assert f"{planning.world.school.slug.upper()}-{YEAR}-1" in done
    assert "Exampleshire" in done
    page = planning.version(1)
    assert "A. Head, Head, 1 March 2027" in page
    assert DUTY in page
    assert FIGURE in page


def test_nothing_that_is_changed_afterwards_reaches_a_submitted_version(planning: Planning) -> None:
    planning.send_off()
    address = f"{planning.world.home}submission/1"
    page, pdf = planning.head.get(address).text, planning.head.get(address + ".pdf").data
    planning.answer("toy-figure", "yes", "All have it now")
    planning.edit("toy-duty", text="Quite another action")
    planning.write("answer:toy-figure")
    assert "Quite another action" in planning.head.get(f"{planning.world.home}submission/draft").text
    assert _plain(planning.head.get(address).text) == _plain(page)
    assert planning.head.get(address + ".pdf").data == pdf


def test_the_next_submission_is_version_2_and_version_1_stays(planning: Planning) -> None:
    planning.send_off()
    planning.edit("toy-duty", text="Quite another action")
    assert planning.send_off().location.endswith("/submission/2/done")
    assert "Quite another action" in planning.version(2)
    assert "Quite another action" not in planning.version(1)
    listed = planning.head.get(planning.home).text
    assert listed.index("Version 2") < listed.index("Version 1")


def test_whoever_signs_must_be_named(planning: Planning) -> None:
    shown = refused(planning.send_off(head_name="", head_role="Executive head"))
    assert "Enter the name of who signs" in shown
    assert "Executive head" in shown
    refused(planning.send_off(governor_name="G. Chair"))
    refused(planning.send_off(head_on__month="13"))
    assert planning.head.get(f"{planning.world.home}submission/1").status_code == 404
    day = {"governor_on__day": "2", "governor_on__month": "3", "governor_on__year": "2027"}
    planning.send_off(governor_name="G. Chair", governor_minute="14b", **day)
    assert "G. Chair, Governor, 2 March 2027, minute 14b" in planning.version(1)


def test_a_place_where_a_pupil_might_be_named_must_be_looked_at(planning: Planning) -> None:
    pupil = {"name": "Siân Ŵyn", "year_group": "4", "status": "K"}
    assert planning.head.send(f"{planning.world.home}pupils/add", **pupil).status_code == 302
    assert "No name" in planning.head.get(planning.submit).text
    planning.edit("toy-duty", progress="We began with Sian Wyn in May")
    shown = words(planning.head.get(planning.submit).text)
    assert "Sian Wyn" in shown
    assert "Look at each place" in refused(planning.send_off())
    assert planning.head.get(f"{planning.world.home}submission/1").status_code == 404
    assert planning.send_off(names_read="y").status_code == 302


def test_a_plan_informs_top_up_only_when_the_school_says_so(planning: Planning) -> None:
    planning.send_off()
    planning.send_off(may_inform_top_up="y")
    assert "It is not to be used for decisions about top-up funding" in planning.version(1)
    assert "the authority may use it when it decides about top-up funding" in planning.version(2)


def test_a_senco_reads_the_draft_and_cannot_submit(planning: Planning) -> None:
    senco = planning.world.signed_in("senco")
    assert DUTY in words(senco.get(f"{planning.world.home}submission/draft").text)
    assert "Leadership submits the plan" in senco.get(planning.home).text
    assert senco.get(planning.submit).status_code == 403
    assert senco.send(planning.submit, page=planning.home, **SIGNED).status_code == 403
    assert planning.head.get(f"{planning.world.home}submission/1").status_code == 404


def test_the_adviser_reads_page_and_pdf_and_no_other_adviser_does(planning: Planning, tmp_path: Path) -> None:
    world = planning.world
    adviser, other = world.signed_in("adviser"), world.signed_in("other-adviser")
    home = f"/authority/{world.authority.slug}/"
    address = f"{home}{world.school.slug}/{YEAR}/1"
    assert adviser.get(address).status_code == 404, "nothing has been submitted"
    planning.send_off()
    assert f'href="{address}"' in adviser.get(home).text
    assert DUTY in words(adviser.get(address).text)
    pdf = adviser.get(address + ".pdf")
    assert pdf.content_type == "application/pdf"
    assert "meet the toy duty" in _text(pdf.data, tmp_path)
    for there in (address, address + ".pdf", address[:-1] + "2"):
        assert other.get(there).status_code == 404
    assert adviser.get(address[:-1] + "2").status_code == 404
    assert adviser.get(planning.home).status_code == 404, "the school's own pages stay the school's"
    assert adviser.get(f"{home}{world.stranger.slug}/{YEAR}/1").status_code == 404


def _text(pdf: bytes, folder: Path) -> str:
    file = folder / "plan.pdf"
    file.write_bytes(pdf)
    return " ".join(subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout.split())
