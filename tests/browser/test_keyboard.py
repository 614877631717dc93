"""The answer page, by keyboard alone."""

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
