"""The main job, step by step, as people do it: each step is one visit to a page and what was seen there."""

from playwright.sync_api import Page, expect


def press(page: Page, words: str) -> None:
    """Presses a button of the page's own part (sign out stands above it)."""
    page.locator("main").get_by_role("button", name=words, exact=True).click()


def start_review(page: Page, school: str) -> None:
    page.goto(f"/school/{school}/")
    page.get_by_role("button", name="Start the review").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Value for money review")


def say_both_budgets(page: Page) -> None:
    """The quick start's first step: the gap is the first useful result."""
    page.get_by_role("link", name="Quick start").click()
    page.get_by_role("link", name="1. The SEN budget").click()
    page.get_by_label("What the SENCO thinks").fill("60,000")
    page.get_by_label("What the office thinks").fill("£94,500.00")
    press(page, "Save and continue")
    expect(page.get_by_role("heading", level=1)).to_have_text("The gap is £34,500.00")


def enter_three(page: Page) -> None:
    """The quick start's second step: one intervention with a typed rate is enough."""
    page.get_by_role("button", name="Go on: the three costliest interventions").click()
    first = {
        "Name": "Reading partners", "Who gives it?": "Volunteer helper", "Cost of an hour": "12",
        "Minutes a session": "60", "Sessions a week": "1",
    }  # fmt: skip
    for label, typed in first.items():
        page.get_by_label(label, exact=True).first.fill(typed)
    press(page, "Save and see what they cost")
    expect(page.locator("main")).to_contain_text("The interventions are on your provision map")
    expect(page.get_by_role("row", name="Reading partners")).to_contain_text("£456.00")  # 1 h × 38 weeks × £12


def answer_quick_questions(page: Page, home: str, choice: str = "In part") -> int:
    """The quick start's third step: every question, to the plan. Returns how many there were."""
    page.goto(f"{home}quick-start/")
    page.locator("main").get_by_role("link", name="questions").click()
    expect(page.locator("form#answer")).to_be_visible()
    heading = page.get_by_role("heading", level=1)
    answered = 0
    while page.locator("form#answer").count():
        asked = heading.inner_text()
        page.locator("form#answer").get_by_label(choice, exact=True).check()
        page.get_by_label("Note", exact=True).fill(f"What we found, number {answered + 1}.")
        press(page, "Save and continue")
        expect(heading).not_to_have_text(asked)  # without scripts nothing else waits for the next page
        answered += 1
        assert answered < 40, "the quick start goes round in circles"
    expect(heading).to_have_text("Write the plan")
    return answered


def answer_one(page: Page, home: str, stage: str, question: str) -> None:
    """A question of the full review, to the next one."""
    page.goto(f"{home}{stage}/{question}")
    heading = page.get_by_role("heading", level=1).inner_text()
    page.locator("form#answer").get_by_label("No", exact=True).check()
    page.get_by_label("Note", exact=True).fill("Nobody has done this yet.")
    page.get_by_label("Where is the evidence?").fill("Nowhere")
    press(page, "Save and continue")
    expect(page.get_by_role("heading", level=1)).not_to_have_text(heading)


def enter_income(page: Page, home: str) -> None:
    page.goto(f"{home}income/add")
    page.get_by_label("What kind of income is it?").select_option(label="Notional SEN budget")
    page.get_by_label("Name", exact=True).fill("Notional SEN budget")
    page.get_by_label("Original amount").fill("94,500")
    _day(page, "First day it is for", "1", "9", "2026")
    _day(page, "Last day it is for", "31", "8", "2027")
    page.get_by_label("Share that is for special").fill("100")
    page.get_by_label("Confirmed", exact=True).check()
    press(page, "Save")
    expect(page.get_by_role("row", name="Counted in this year")).to_contain_text("£94,500.00")


def enter_role(page: Page, home: str) -> None:
    """A role and its rate: £22 an hour, as in the published example."""
    page.goto(f"{home}roles/add")
    page.get_by_label("Role", exact=True).fill("Higher-level teaching assistant")
    page.get_by_label("No, support staff").check()
    page.get_by_role("group", name="What an hour really costs").get_by_label("A rate an hour that we state").check()
    page.get_by_label("Pounds an hour", exact=True).first.fill("22")
    source = page.get_by_label("It is a typical, published or agreed rate")
    if source.count():  # asked of leadership only
        source.check()
    press(page, "Save")
    expect(page.get_by_role("row", name="Higher-level teaching assistant")).to_contain_text("£22.00")


def enter_pupil(page: Page, home: str) -> None:
    page.goto(f"{home}pupils/add")
    page.locator("main").get_by_role("textbox").first.fill("Siân Ŵyn")
    page.get_by_label("Year group").select_option(label="Year 4")
    page.get_by_role("group", name="SEN status").get_by_role("radio").nth(1).check()
    press(page, "Save")
    expect(page.get_by_role("link", name="Siân Ŵyn", exact=True)).to_be_visible()


def enter_intervention(page: Page, home: str) -> None:
    """1 hour × 15 weeks × £22 = £330, and one pupil who takes part."""
    page.goto(f"{home}provision-map/add")
    page.get_by_label("Name of the intervention").fill("Talk boost")
    page.get_by_label("Targeted: extra support").check()
    page.get_by_label("Who gives it?", exact=True).select_option(label="Higher-level teaching assistant")
    page.get_by_label("Minutes of one session").fill("60")
    page.get_by_label("Sessions a week").fill("1")
    page.get_by_label("For how many weeks?").fill("15")
    press(page, "Save")
    expect(page.get_by_role("heading", level=1)).to_have_text("Talk boost")
    expect(page.locator("main")).to_contain_text("£330.00")
    page.get_by_role("link", name="Choose who takes part").click()
    page.get_by_role("row", name="Siân Ŵyn").get_by_role("checkbox").check()
    press(page, "Save")
    expect(page.get_by_role("row", name="Siân Ŵyn")).to_contain_text("£330.00")


def write_plan(page: Page, home: str) -> int:
    """Returns how many actions the answers and figures called for."""
    page.goto(f"{home}plan/write")
    press(page, "Write the plan")
    expect(page.locator("main")).to_contain_text("The plan has been written")
    return page.locator("li.vfm-action").count()


def edit_action(page: Page, home: str, words: str) -> None:
    page.goto(f"{home}plan/")
    page.locator("li.vfm-action").first.get_by_role("link").first.click()
    page.get_by_label("Action", exact=True).fill(words)
    page.get_by_label("Status").select_option(label="Under way")
    press(page, "Save")
    expect(page.get_by_role("link", name=words, exact=True)).to_be_visible()


def submit_plan(page: Page, home: str) -> str:
    """Signs off and submits. Returns the reference."""
    page.goto(f"{home}plan/")
    page.get_by_role("button", name="Sign off and submit").click()
    page.get_by_label("Role", exact=True).fill("Headteacher")
    press(page, "Submit the plan")
    expect(page.get_by_role("heading", level=1)).to_have_text("Plan submitted")
    return page.locator(".govuk-panel strong").inner_text()


def _day(page: Page, words: str, *parts: str) -> None:
    group = page.get_by_role("group", name=words)
    for label, part in zip(("Day", "Month", "Year"), parts, strict=True):
        group.get_by_label(label).fill(part)
