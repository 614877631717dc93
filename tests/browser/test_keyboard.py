"""The answer page, by keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.site import Site

NAME = """() => { const one = document.activeElement;
    return [one?.name, one?.value, (one?.innerText || '').trim()].filter(Boolean).join(' '); }"""
OUTLINED = """() => { const style = getComputedStyle(document.activeElement);
    return style.outlineStyle !== 'none' || style.boxShadow !== 'none'; }"""


def _tab_to(page: Page, words: str) -> None:
    """Presses Tab until the focus is where it should be; each stop on the way must be seen."""
    for _ in range(60):
        page.keyboard.press("Tab")
        here = str(page.evaluate(NAME))
        assert page.evaluate(OUTLINED) or "choice" in here or "basis" in here or "agreed" in here, f"unseen: {here}"
        if words in here:
            return
    raise AssertionError(f"{words} cannot be reached by Tab")


def test_a_question_is_answered_with_tab_space_and_enter_alone(site: Site, enter: Enter) -> None:
    school = site.new_school("hazel")
    page = enter("senco.hazel").new_page()
    page.goto(f"/school/{school.slug}/")
    _tab_to(page, "Start the review")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Value for money review")
    address = f"/school/{school.slug}/{site.year}/needs/records-agree"
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate(NAME) == "Skip to main content"
    page.keyboard.press("Enter")
    _tab_to(page, "choice")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    _tab_to(page, "note")
    page.keyboard.type("Written without a mouse")
    _tab_to(page, "agreed")
    page.keyboard.press("Space")
    _tab_to(page, "Save and continue")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "records-agree" not in url)
    page.goto(address)
    expect(page.get_by_label("In part", exact=True)).to_be_checked()
    expect(page.get_by_label("Note", exact=True)).to_have_value("Written without a mouse")
    expect(page.get_by_label("This answer is agreed")).to_be_checked()


def test_the_summary_of_errors_leads_into_the_field_by_keyboard(site: Site, enter: Enter) -> None:
    page = enter("head.ashdown").new_page()
    page.goto("/")
    page.goto(page.url + f"{site.year}/income/add")
    page.get_by_label("Name", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("What kind of income is it?")).to_be_focused()


def test_the_summary_of_errors_is_read_first_also_by_who_skipped_to_the_main_content(site: Site, enter: Enter) -> None:
    page = enter("head.ashdown").new_page()
    page.goto("/")
    page.goto(page.url + f"{site.year}/income/add")
    page.get_by_role("link", name="Skip to main content").press("Enter")
    page.wait_for_url("**#main-content")
    page.get_by_label("Name", exact=True).press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_focused()


def _onwards(page: Page, words: str, lands: str) -> None:
    """From the top of a page past everything that stands on every page, to what is named, and on with Enter."""
    page.keyboard.press("Tab")
    assert page.evaluate(NAME) == "Skip to main content"
    page.keyboard.press("Enter")
    _tab_to(page, words)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(re.escape(lands) + r"(#.*)?$"))


def test_the_quick_start_is_walked_to_its_plan_without_a_mouse(site: Site, enter: Enter) -> None:
    school = site.new_school("maple")
    page = enter("senco.maple").new_page()
    page.goto(f"/school/{school.slug}/")
    _onwards(page, "Quick start", "/quick-start/")
    _onwards(page, "1. The SEN budget", "/quick-start/budget")
    _tab_to(page, "senco")
    page.keyboard.type("60,000")
    page.keyboard.press("Tab")
    page.keyboard.type("94,500")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("The gap is £34,500.00")
    _onwards(page, "Go on", "/quick-start/three")
    _tab_to(page, "name_1")
    for typed in ("Reading partners", "Helper", "12", "60", "1", "38", "4"):
        page.keyboard.press("Control+A")
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    _tab_to(page, "Save and see what they cost")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("They cost £456.00 in the year")
    _tab_to(page, "Go on")  # the focus is in the banner that says it is saved, past what stands on every page
    page.keyboard.press("Enter")
    for number in range(1, 16):
        expect(page.locator("main")).to_contain_text(f"Question {number} of 15")
        _tab_to(page, "choice")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        _tab_to(page, "Save and continue")
        page.keyboard.press("Enter")
        page.wait_for_function("number => !document.title.startsWith(`Question ${number} of`)", arg=number)
    _onwards(page, "Write the plan", "/quick-start/plan")
    expect(page.locator("main")).to_contain_text("The plan has been written")
    assert page.locator("li.vfm-action").count() == 5


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_why_a_question_does_not_apply_is_asked_when_somebody_says_so(site: Site, enter: Enter, script: bool) -> None:
    page = enter("head.ashdown", script=script).new_page()
    page.goto("/")
    page.goto(page.url + f"{site.year}/value/options-costed?from=quick")
    why = page.get_by_label("If it does not apply, why not?")
    page.locator("form#answer").get_by_label("Yes", exact=True).check()
    expect(why).to_be_hidden()
    page.keyboard.press("ArrowUp")  # from the first to the last: Not applicable
    expect(why).to_be_visible()
    page.keyboard.press("Tab")
    expect(why).to_be_focused()
