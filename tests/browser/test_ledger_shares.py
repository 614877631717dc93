"""The whole job of the SEN shares: a ledger is brought in, its shares are set on one page by keyboard, and the bridge is there."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.job import press, start_review
from tests.browser.site import Site
from tests.browser.test_keyboard import NAME

SHEET = (
    "Code,Description,Actual\nE03,Education support staff,10000\nE03,Midday staff,1000\nE26,Agency supply,500.50\n"
    ",Transport,200\n"
)  # fmt: skip


def _bring_in_a_ledger(page: Page, home: str) -> None:
    page.goto(f"{home}ledger/import/")
    page.locator('input[type="file"]').set_input_files(
        {"name": "ledger.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
    )
    press(page, "Upload and look at it")
    page.get_by_label("Confirmed").check()
    press(page, "Bring it in")
    expect(page.locator("main")).to_contain_text("4 lines have no share yet")


@pytest.mark.parametrize(
    ("word", "script", "width"), [("willow", True, 1280), ("sorrel", False, 320)], ids=["script", "phone-without"]
)
def test_the_shares_of_a_ledger_are_set_on_one_page(
    site: Site, enter: Enter, word: str, script: bool, width: int
) -> None:
    school = site.new_school(word)
    page = enter(f"office.{word}", script=script, width=width).new_page()
    start_review(page, school.slug)
    home = f"/school/{school.slug}/{site.year}/"
    _bring_in_a_ledger(page, home)
    page.get_by_role("link", name="Set the shares of all lines on one page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Which part of each line is for SEN?")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.get_by_label("Share for SEN in %: E03 Education support staff").fill("40")
    page.get_by_label("How it was worked out: E03 Education support staff").fill("Hours on the timetable")
    page.get_by_label("Share for SEN in %: E26 Agency supply").fill("half")
    page.get_by_label("The rest is 0%").check()
    press(page, "Save")
    summary = page.locator(".govuk-error-summary")
    expect(summary.get_by_role("link")).to_have_count(2)
    expect(page.get_by_label("The rest is 0%")).to_be_checked()
    summary.get_by_role("link").first.click()
    wrong = page.get_by_label("Share for SEN in %: E26 Agency supply")
    expect(wrong).to_be_focused()
    expect(wrong).to_have_value("half")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    wrong.fill("")
    press(page, "Save")
    expect(page.locator("main")).to_contain_text("4 lines have been saved. £4,000.00 of £11,700.50 is for SEN")
    page.goto(f"{home}bridge/")
    expect(page.get_by_role("row", name="SEN spend in the ledger")).to_contain_text("£4,000.00")


def test_shares_are_set_without_a_mouse(site: Site, enter: Enter) -> None:
    school = site.new_school("lime")
    page = enter("office.lime").new_page()
    start_review(page, school.slug)
    home = f"/school/{school.slug}/{site.year}/"
    _bring_in_a_ledger(page, home)
    page.goto(f"{home}ledger/shares")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    _tab_to_cell(page, "share-")
    for typed in ("40", "Hours", "0", "Count of posts", "101", "Days"):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    _tab_to_cell(page, "rest")
    page.keyboard.press("Space")
    _tab_to_cell(page, "Save")
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Share for SEN in %: E26 Agency supply")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("10")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("4 lines have been saved. £4,050.05 of £11,700.50 is for SEN")
    expect(page.get_by_label("How it was worked out: Transport")).to_have_value("Not for special or additional needs")


def _tab_to_cell(page: Page, words: str) -> None:
    """Presses Tab until the focus is in what is named: the cells come line by line, the share and then the ground."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if re.match(words, str(page.evaluate(NAME))):
            return
    raise AssertionError(f"{words} cannot be reached by Tab")
