"""The main job, walked by the SENCO, the business manager, the head and the adviser."""

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import job
from tests.browser.conftest import Enter
from tests.browser.looking import DESK, PHONE, quiet_page, sideways
from tests.browser.site import Site

WAYS = pytest.mark.parametrize(("script", "width"), [(True, DESK), (False, PHONE)], ids=["desk", "phone-no-script"])
EDITED = "Meet in January with the budget statement on the table"


@WAYS
def test_from_an_empty_school_to_a_plan_that_the_adviser_reads(
    site: Site, enter: Enter, tmp_path: Path, script: bool, width: int
) -> None:
    word = "birch" if script else "rowan"
    school = site.new_school(word)
    home = f"/school/{school.slug}/{site.year}/"
    senco, heard = quiet_page(enter(f"senco.{word}", width=width, script=script))
    job.start_review(senco, school.slug)
    job.say_both_budgets(senco)
    job.enter_three(senco)
    asked = job.answer_quick_questions(senco, home)
    assert 10 <= asked <= 15

    office = enter(f"office.{word}", width=width, script=script).new_page()
    job.enter_income(office, home)
    job.enter_role(office, home)

    job.enter_pupil(senco, home)
    job.enter_intervention(senco, home)
    job.answer_one(senco, home, "needs", "records-agree")
    actions = job.write_plan(senco, home)
    assert actions >= asked, "each question answered In part or No calls for an action"
    job.edit_action(senco, home, EDITED)
    assert senco.get_by_role("button", name="Sign off and submit").count() == 0, "leadership submits"

    head = enter(f"head.{word}", width=width, script=script).new_page()
    reference = job.submit_plan(head, home)

    adviser = enter("adviser", width=width, script=script).new_page()
    adviser.goto("/")
    adviser.get_by_role("link", name=school.name).click()
    expect(adviser.locator("article")).to_contain_text(EDITED)
    assert "Siân" not in adviser.content(), "a pupil's name never leaves the school"
    told = _pdf_behind(adviser, tmp_path)
    assert reference in told and EDITED in told and "Siân" not in told
    assert not heard
    if script:
        assert not sideways(adviser)


@pytest.mark.parametrize("who", ["senco", "office", "head"])
def test_each_of_the_three_can_do_every_part_alone(site: Site, enter: Enter, who: str) -> None:
    school = site.new_school(f"alder{who}")
    home = f"/school/{school.slug}/{site.year}/"
    page, heard = quiet_page(enter(f"{who}.alder{who}"))
    job.start_review(page, school.slug)
    job.enter_income(page, home)
    job.enter_role(page, home)
    job.enter_pupil(page, home)
    job.enter_intervention(page, home)
    job.answer_one(page, home, "needs", "records-agree")
    assert job.write_plan(page, home) >= 1
    job.edit_action(page, home, EDITED)
    assert not heard


def _pdf_behind(page: Page, folder: Path) -> str:
    """The words of the PDF that the page's button opens."""
    address = page.get_by_role("button", name="Open the PDF").get_attribute("href")
    answer = page.context.request.get(str(address))
    assert answer.headers["content-type"] == "application/pdf"
    path = folder / "plan.pdf"
    path.write_bytes(answer.body())
    told = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    return " ".join(told.split())
