"""The office's sheet of forty rows is brought in by mouse: how many times one has to decide, and that it fits a phone."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Enter
from tests.browser.looking import faults_of
from tests.browser.site import Site
from tests.web.school_sheet import office_sheet

SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("width", [1280, 320])
def test_a_sheet_of_forty_rows_is_brought_in_with_two_decisions_and_two_presses(
    site: Site, enter: Enter, tmp_path: Path, width: int
) -> None:
    school = site.new_school(f"birch{width}")
    file = tmp_path / "Provision map.xlsx"
    file.write_bytes(office_sheet())
    page = enter(f"office.birch{width}", width=width, script=width > 1000).new_page()
    page.goto(f"/school/{school.slug}/")
    page.get_by_role("button", name="Start").first.click()
    page.goto(f"/school/{school.slug}/{site.year}/provision-map/import/")
    page.get_by_label("Your sheet, as CSV or Excel").set_input_files(file)
    page.get_by_role("button", name="Upload and look at it").click()
    expect(page.get_by_role("heading", name="questions about the sheet")).to_be_visible()
    assert page.evaluate(SIDEWAYS) <= 0
    assert width == 320 or faults_of(page) == []
    unanswered = page.locator("fieldset:not(:has(:checked))")
    expect(unanswered).to_have_count(2)
    unanswered.filter(has_text="SEN Support").get_by_label("Targeted").check()
    page.get_by_label("It is a typical, published or agreed rate").check()
    page.get_by_role("button", name="Look again").click()
    page.get_by_role("link", name="Change what the columns mean").click()
    expect(page.get_by_role("heading", name="What is in each column?")).to_be_visible()
    assert width == 320 or faults_of(page) == []
    page.go_back()
    expect(page.get_by_role("radio", name="Estimated", exact=True)).to_be_visible()
    assert page.evaluate(SIDEWAYS) <= 0
    page.get_by_role("radio", name="Estimated", exact=True).check()
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_text("The sheet has been brought in: 40 added")).to_be_visible()
    assert not site.failures
