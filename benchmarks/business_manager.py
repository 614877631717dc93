"""How long a business manager needs from last year's spreadsheet and ledger to the governors' report, reckoned.

python benchmarks/business_manager.py    prints a row for each page and the total in minutes

Reckoned as benchmarks/quick_start.py does: every word in view is read at 238 words a minute each time a page comes, 3
seconds a field, 40 words a minute typed, 3 seconds for any page to load and to press on. Looking a figure up in other
papers is not reckoned: an hour should leave room for it. In a preview the list of what would be brought in is not read row
by row (the sheet's own cost stands beside ours where the two differ); how many words that leaves out is printed.

A school that is new to the tool: forty rows of a provision map for each of the two academic years that the financial year
touches, fifteen lines of the ledger with their shares, time that is not on the map, lines of the bridge, three lines of
income, and the report at the year's last day.
"""

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))  # the tests know how to start a site and a browser

from benchmarks.quick_start import WORDS_A_MINUTE, Walk, fresh_site, total, words_in
from tests.browser.conftest import CHROMIUM, QUIET
from tests.browser.site import Site
from tests.web.school_sheet import office_sheet

LIMIT = 60  # minutes
LEDGER = """CFR outturn report 2025-26,,,,
CFR,Description,Budget,Actual
E01,Teaching staff,"612,400.00","618,233.41"
E02,Supply teaching staff,"12,000.00","15,640.20"
E03,Education support staff,"214,500.00","221,018.77"
E03,Education support staff - SEN 1:1,"61,000.00","64,212.35"
E05,Administrative and clerical staff,"71,000.00","70,411.09"
E07,Cost of other staff (midday),"22,000.00","21,870.55"
E08,Indirect employee expenses,"4,500.00","5,220.10"
E09,Staff development and training,"6,000.00","5,312.00"
E10,Supply teacher insurance,"7,800.00","7,800.00"
E19,Learning resources (not ICT),"28,000.00","26,944.83"
E19,SEN resources,"2,500.00","2,871.46"
E20,ICT learning resources,"9,500.00","9,120.00"
E26,Agency supply teaching staff,"8,000.00","11,475.00"
E27,Bought-in professional services - curriculum,"14,000.00","13,860.00"
E28a,Bought-in professional services - other,"9,000.00","9,433.50"
I03,SEN funding (top-up),"-31,000.00","-33,250.00"
I05,Pupil premium,"-58,200.00","-58,200.00"
"""
SHARES = {
    "E01 Teaching staff": ("4", "SENCO two days a week, from the timetable"),
    "E03 Education support staff": ("35", "Assistants' timetables, a fortnight in autumn"),
    "E03 Education support staff - SEN 1:1": ("100", "All posts for one pupil"),
    "E19 SEN resources": ("100", "Cost centre SEN"),
    "E27 Bought-in professional services - curriculum": ("60", "Invoices of the therapist and the psychologist"),
}
TIMES = (
    ("SENCO, two days a week", "SENCO time", "Teacher", "494"),
    ("Assistants beside pupils in class", "Paid hours that are not on the map", "Teaching assistant", "3,600"),
    ("Annual reviews", "Reviews and meetings in general", "Teacher", "120"),
)
LINES = (
    ("On-costs that the sheet leaves out", "Difference between rates", "48,400", "Payroll: £20.10 an hour, not £16.50"),
    ("SEN resources", "Spend that was never mapped", "2,871.46", "Cost centre SEN"),
    ("Psychologist's visits", "Spend that was never mapped", "8,316", "Invoices"),
)


@dataclass
class Office(Walk):
    """The same walk, by somebody who does not read the rows of a preview one by one."""

    skipped: int = 0

    def glance(self) -> None:
        self.look()
        rows = self.page.locator("form .govuk-summary-list").all_inner_texts()
        lines = {line.strip() for text in rows for line in text.splitlines()}
        seen = self.pages[-1]
        kept = [line for line in seen.lines if line not in lines]
        self.skipped += words_in(seen.lines) - words_in(kept)
        seen.lines = kept

    def goto(self, address: str) -> None:
        self.page.goto(address)
        self.look()

    def tick(self, label: str, *, last: bool = False) -> None:
        found = self.page.locator("main").get_by_label(label, exact=True)
        (found.last if last else found.first).check()
        self._did()

    def pick(self, label: str, option: str) -> None:
        self.page.get_by_label(label).select_option(label=option)
        self._did()

    def give(self, file: Path) -> None:
        self.page.locator("input[type=file]").set_input_files(file)
        self._did()
        self.press("Upload and look at it")


def bring_in_map(walk: Office, home: str, file: Path) -> None:
    walk.goto(f"{home}provision-map/import/")
    walk.give(file)
    walk.glance()
    open_questions = walk.page.locator("fieldset:not(:has(:checked))")
    for label in ("Targeted", "It is a typical, published or agreed rate"):
        asked = open_questions.filter(has=walk.page.get_by_label(label, exact=True))
        if asked.count():
            asked.first.get_by_label(label, exact=True).check()
            walk._did()
    walk.press("Look again")
    walk.glance()
    walk.tick("Estimated", last=True)
    walk.press("Bring it in")
    expect(walk.page.locator("main")).to_contain_text("40 added")
    walk.look()


def bring_in_ledger(walk: Office, home: str, file: Path) -> None:
    walk.goto(f"{home}ledger/import/")
    walk.give(file)
    walk.glance()
    walk.tick("Confirmed", last=True)
    walk.press("Bring it in")
    walk.look()
    walk.follow("Set the shares of all lines on one page")
    walk.look()
    for name, (share, ground) in SHARES.items():
        walk.fill(f"Share for SEN in %: {name}", share)
        walk.fill(f"How it was worked out: {name}", ground)
    walk.tick("The rest is 0%")
    walk.press("Save")
    walk.look()


def close_bridge(walk: Office, home: str) -> None:
    walk.goto(f"{home}bridge/")
    for name, kind, role, hours in TIMES:
        walk.goto(f"{home}time/add")
        walk.fill("What is it?", name)
        walk.tick(kind)
        walk.pick("Whose time is it?", role)
        walk.fill("Hours in the financial year", hours)
        walk.tick("Hours at work")
        walk.fill("Share of them that is for SEN", "100")
        walk.tick("Estimated", last=True)
        walk.press("Save")
        walk.look()
    for name, what, amount, ground in LINES:
        walk.goto(f"{home}bridge-lines/add")
        walk.fill("What is it?", name)
        walk.tick(what)
        walk.fill("Amount: the part that is SEN", amount)
        walk.fill("How do you know?", ground)
        walk.tick("Estimated", last=True)
        walk.press("Save")
        walk.look()
    walk.goto(f"{home}bridge/")


def bring_in_income(walk: Office, home: str, file: Path, year: int) -> None:
    walk.goto(f"{home}income/import/")
    walk.give(file)
    walk.glance()
    walk.tick(f"The financial year, 1 April {year} to 31 March {year + 1}")
    walk.press("Look again")
    walk.glance()
    walk.tick("Confirmed", last=True)
    walk.press("Bring it in")
    walk.look()
    for name, share in (("SEN funding (top-up)", "100"), ("Pupil premium", "25")):
        walk.follow(name)
        walk.look()
        walk.fill("Share that is for special or additional needs", share)
        walk.press("Save")
        walk.look()
    walk.goto(f"{home}income/add")
    walk.pick("What kind of income is it?", "Notional SEN budget")
    walk.fill("Name", "Notional SEN budget")
    walk.fill("Original amount", "96,400")
    for words, parts in (
        ("First day it is for", ("1", "4", str(year))),
        ("Last day it is for", ("31", "3", str(year + 1))),
    ):
        group = walk.page.get_by_role("group", name=words)
        for label, part in zip(("Day", "Month", "Year"), parts, strict=True):
            group.get_by_label(label).fill(part)
            walk._did(part)
    walk.fill("Share that is for special or additional needs", "100")
    walk.tick("Confirmed")
    walk.press("Save")
    walk.look()


def last_year(walk: Office, site: Site, folder: Path) -> None:
    sheet, ledger = folder / "Provision map 2025-26.xlsx", folder / "CFR outturn 2025-26.csv"
    sheet.write_bytes(office_sheet())
    ledger.write_text(LEDGER, encoding="utf-8")
    walk.goto("/account/sign-in")
    walk.fill("Email address", "office.oak@demo.example")
    walk.fill("Password", site.password)
    walk.press("Sign in")
    walk.look()
    school, year = walk.page.url, site.year - 1
    for each in (year, year - 1):
        walk.goto(f"{school}another?year={each}")
        walk.press("Start the review")
        walk.look()
        bring_in_map(walk, f"{school}{each}/", sheet)
    home = f"{school}{year}/"
    bring_in_ledger(walk, home, ledger)
    close_bridge(walk, home)
    bring_in_income(walk, home, ledger, year)
    walk.goto(f"{home}monitoring/?financial={year}&on-day=31&on-month=3&on-year={year + 1}")
    report(walk.page)


def report(page: Page) -> None:
    """Takes the PDF out, and says what stands on the page at the end."""
    address = page.locator("main a", has_text="PDF").first.get_attribute("href")
    answer = page.context.request.get(str(address))
    assert answer.headers["content-type"] == "application/pdf"
    sentence = page.locator("main").inner_text().split("The budget of the year")[1].split("\n")[0]
    print(f"The report begins: The budget of the year{sentence}")
    print(f"The PDF for governors: {len(answer.body()):,} bytes\n")


def main() -> None:
    """Walks it once and prints the reckoning."""
    with tempfile.TemporaryDirectory() as folder, fresh_site(Path(folder)) as site, sync_playwright() as playwright:
        site.new_school("oak")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        page = browser.new_context(base_url=site.address, viewport={"width": 1280, "height": 900}).new_page()
        walk = Office(page)
        last_year(walk, site, Path(folder))
        browser.close()
    for seen in walk.pages:
        print(f"{seen.name[:60]:60} {seen.words:5} words {seen.fields:3} fields {seen.seconds(glance=False):6.1f} s")
    print(f"\n{len(walk.pages)} pages, {sum(seen.fields for seen in walk.pages)} fields")
    print(
        f"{'every word but the rows of a preview (limit ' + str(LIMIT) + ')':60}{total(walk.pages, glance=False):6.1f} minutes"
    )
    print(f"{'the rows of the previews, were they read each time':60}{walk.skipped / WORDS_A_MINUTE:6.1f} minutes")


if __name__ == "__main__":
    main()
