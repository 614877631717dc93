"""How long the quick start takes a tired SENCO, reckoned from what is on its pages and from what is typed into them.

python benchmarks/quick_start.py            prints a row for each page, the total in minutes, and the five slowest pages
python benchmarks/quick_start.py --clock    stays on every page as long as is reckoned, and prints what a clock says

A fresh mainstream primary school in which everything applies is walked through in Chromium, from signing in to the
draft plan. Nothing is timed without --clock: the machine's own speed does not count. Each page takes

- reading: every word that a person can see in `main` (what is folded away is not seen), at 238 words a minute. That is
  the mean of silent reading of English non-fiction by adults in M. Brysbaert, "How many words do we read per minute? A
  review and meta-analysis of reading rate", Journal of Memory and Language 109 (2019), 104047; most adults lie between
  175 and 300. What stands around `main` (header, links, way back, footer) is read when it is first seen;
- 3 seconds for each field that is filled in or chosen, and 40 words (of 5 characters) a minute for what is typed;
- 5 seconds on a question for the page to load, to decide and to press Save; 3 seconds on any other page to load and to
  press on.

A page that comes again is read again in full. The glance rule: of the second and later questions only the lines that
did not stand on the question before are read (Yes, In part, No, Note and the buttons are known by then). The total is
given with and without it. Not reckoned: an authenticator's code (about ten seconds more for whoever uses one), looking
something up, and being interrupted.
"""

import re
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, expect, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))  # the tests know how to start a site and a browser

from tests.browser.conftest import CHROMIUM, QUIET
from tests.browser.site import Site, serving
from tests.conftest import SECRET
from vfm.app import create_app
from vfm.config import Config
from vfm.costing.calendar import AcademicYear
from vfm.store.accounts import add_authority
from vfm.store.engine import open_database
from vfm.store.upgrading import upgrade
from vfm.web.database import db
from vfm.web.school import today

WORDS_A_MINUTE, SLOW_READER = 238, 175
A_FIELD, A_QUESTION, A_PAGE = 3, 5, 3  # seconds
TYPED_A_SECOND = 40 * 5 / 60  # characters
LIMIT = 15  # minutes
SEEN = """where => {
    const unseen = [...document.querySelectorAll('.govuk-visually-hidden, .govuk-skip-link, option')];
    const main = document.querySelector('main');
    if (where === 'around') { unseen.push(main); }
    const before = unseen.map(one => one.style.display);
    unseen.forEach(one => { one.style.display = 'none'; });
    const text = (where === 'around' ? document.body : main).innerText;
    unseen.forEach((one, place) => { one.style.display = before[place]; });
    return text.split('\\n').map(line => line.trim()).filter(Boolean);
}"""
INTERVENTIONS = (
    ("Phonics catch-up groups", "Teaching assistant", "19.80", "30", "4", "38", "6"),
    ("Speech and language groups", "Higher-level teaching assistant", "24.50", "40", "2", "30", "5"),
    ("Reading recovery", "Teacher", "48", "30", "5", "20", "1"),
)
LABELS = ("Name", "Who gives it?", "Cost of an hour", "Minutes a session", "Sessions a week", "Weeks", "Pupils")
CHOICES = ("In part", "Yes", "No")
NOTES = (  # of twelve words, for the first, fourth, seventh, tenth and thirteenth question
    "The office has the new figure; I was told last year's only.",
    "Costed for the pupils with plans; the group work has no costs.",
    "Matched in January for the census; two pupils were on one list.",
    "Two hours a week are missing since our assistant left in October.",
    "Only the reading groups are tested at the start and the end.",
)


@dataclass
class Seen:
    """One page as it was met: what was read and what was done on it."""

    name: str
    lines: list[str]
    around: int
    question: bool
    glanced: int
    fields: int = 0
    typed: int = 0

    @property
    def words(self) -> int:
        return self.around + words_in(self.lines)

    def seconds(self, *, glance: bool, pace: int = WORDS_A_MINUTE) -> float:
        words = self.words - (self.glanced if glance else 0)
        done = self.fields * A_FIELD + self.typed / TYPED_A_SECOND
        return words * 60 / pace + done + (A_QUESTION if self.question else A_PAGE)


@dataclass
class Walk:
    """The SENCO's way through the pages, remembered."""

    page: Page
    by_the_clock: bool = False
    pages: list[Seen] = field(default_factory=list)
    known: set[str] = field(default_factory=set)

    def look(self, *, question: bool = False) -> None:
        """Reads the page that now stands there."""
        lines, around = self.page.evaluate(SEEN, "main"), self.page.evaluate(SEEN, "around")
        new = [line for line in around if line not in self.known]
        self.known.update(new)
        before = self.pages[-1].lines if self.pages and self.pages[-1].question and question else []
        heading = " ".join(self.page.locator("h1").inner_text().split())
        self.pages.append(Seen(heading, lines, words_in(new), question, known_at_a_glance(lines, before)))

    def fill(self, label: str, typed: str, place: int = 0) -> None:
        self.page.get_by_label(label, exact=True).nth(place).fill(typed)
        self._did(typed)

    def choose(self, label: str) -> None:
        self.page.locator("main form").get_by_label(label, exact=True).check()
        self._did()

    def press(self, words: str) -> None:
        self._go(self.page.locator("main").get_by_role("button", name=words))

    def follow(self, words: str) -> None:
        self._go(self.page.locator("main").get_by_role("link", name=words))

    def stay(self) -> None:
        """As long as a reader would, on the page that stands there."""
        if self.by_the_clock:
            time.sleep(self.pages[-1].seconds(glance=True))

    def _go(self, way: Locator) -> None:
        self.stay()
        with self.page.expect_navigation():
            way.click()

    def _did(self, typed: str = "") -> None:
        self.pages[-1].fields += 1
        self.pages[-1].typed += len(typed)


def words_in(lines: list[str]) -> int:
    """How many words stand in some lines; a sign on its own is none."""
    return sum(any(sign.isalnum() for sign in word) for line in lines for word in line.split())


def known_at_a_glance(lines: list[str], before: list[str]) -> int:
    """How many words are no news after the question before: those of the same lines; of "Question 5 of 15" all but one."""
    same = [line for line in lines if line in before]
    numbers = {re.sub(r"\d+", "#", line): line for line in before}
    counted = [(line, numbers.get(re.sub(r"\d+", "#", line))) for line in lines if line not in before]
    parts = [(line.split(), other.split()) for line, other in counted if other]
    return words_in(same) + sum(a == b for these, those in parts for a, b in zip(these, those, strict=True))


def sign_in(walk: Walk, site: Site, word: str) -> None:
    walk.page.goto("/account/sign-in")
    walk.look()
    walk.fill("Email address", f"senco.{word}@demo.example")
    walk.fill("Password", site.password)
    walk.press("Sign in")
    walk.look()


def enter_three(walk: Walk) -> None:
    for place, typed in enumerate(INTERVENTIONS):
        for label, text in zip(LABELS, typed, strict=True):
            walk.fill(label, text, place)


def answer_questions(walk: Walk) -> int:
    """Every question, a note on each third. Returns how many there were."""
    place = 0
    while walk.page.locator("form#answer").count():
        walk.look(question=True)
        walk.choose(CHOICES[place % len(CHOICES)])
        if place % 3 == 0:
            walk.fill("Note", NOTES[place // 3])
        walk.press("Save and continue")
        place += 1
    return place


def quick_start(walk: Walk) -> None:
    """From the school's page to the plan that has been written."""
    walk.press("Quick start")
    walk.look()
    walk.follow("1. The SEN budget")
    walk.look()
    walk.fill("What the SENCO thinks", "60,000")
    walk.fill("What the office thinks", "94,500")
    walk.press("Save and continue")
    walk.look()
    walk.press("Go on: the three costliest interventions")
    walk.look()
    enter_three(walk)
    walk.press("Save and see what they cost")
    walk.look()
    walk.press("Go on: 15 questions")
    assert answer_questions(walk) == 15
    walk.look()
    walk.press("Write the plan")
    expect(walk.page.locator("main")).to_contain_text("The plan has been written")
    walk.look()
    walk.stay()


@contextmanager
def fresh_site(folder: Path) -> Iterator[Site]:
    """A site on a database of its own that holds one authority and nothing else."""
    url = f"sqlite:///{folder / 'vfm.sqlite'}"
    database = open_database(url)
    upgrade(database)
    database.close()
    app = create_app(Config(database_url=url, secret=SECRET, cheap_hashes=True))
    with app.test_request_context(method="POST"):
        add_authority(db(), "Exampleshire")
        db().commit()
    with serving(app) as site:
        site.year = AcademicYear.holding(today()).start
        yield site
    app.extensions["vfm_database"].close()


def walked(*, by_the_clock: bool) -> tuple[list[Seen], float]:
    """Every page, in the order in which it was met, and the minutes that went by from signing in to the plan."""
    with tempfile.TemporaryDirectory() as folder, fresh_site(Path(folder)) as site, sync_playwright() as playwright:
        site.new_school("oak")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        page = browser.new_context(base_url=site.address, viewport={"width": 1280, "height": 900}).new_page()
        walk = Walk(page, by_the_clock)
        began = time.monotonic()
        sign_in(walk, site, "oak")
        quick_start(walk)
        took = (time.monotonic() - began) / 60
        browser.close()
    return walk.pages, took


def total(pages: list[Seen], *, glance: bool, pace: int = WORDS_A_MINUTE) -> float:
    """Minutes."""
    return sum(page.seconds(glance=glance, pace=pace) for page in pages) / 60


def read_and_filled(pages: list[Seen]) -> float:
    """Minutes for reading every word every time and 3 s a field, with no typing, loading or deciding: the hand's measure."""
    return sum(page.words * 60 / WORDS_A_MINUTE + page.fields * A_FIELD for page in pages) / 60


def main() -> None:
    """Prints the table, the totals and the slowest pages."""
    by_the_clock = "--clock" in sys.argv[1:]
    pages, took = walked(by_the_clock=by_the_clock)
    print(f"{'page':60} words  of these  fields  typed  seconds")
    print(f"{'':60}        glanced")
    for seen in pages:
        row = f"{seen.words:6} {seen.glanced:9} {seen.fields:7} {seen.typed:6} {seen.seconds(glance=True):8.1f}"
        print(f"{seen.name[:60]:60}{row}")
    print(
        f"\nAssumed: {WORDS_A_MINUTE} words a minute (Brysbaert 2019: mean of silent reading, English non-fiction), {A_FIELD} s a field,"
    )
    print(
        f"40 words of 5 characters a minute typed, {A_QUESTION} s a question to load and decide, {A_PAGE} s any other page;"
    )
    print("a line that stood on the question before is known at a glance.\n")
    for words, minutes in (
        (f"to the plan on the screen (limit {LIMIT})", total(pages, glance=True)),
        ("   of these until it is written", total(pages[:-1], glance=True)),
        ("   if every word is read every time", total(pages, glance=False)),
        (f"   for a slow reader, {SLOW_READER} words a minute", total(pages, glance=True, pace=SLOW_READER)),
        ("   every word and 3 s a field alone (by hand once 20.7)", read_and_filled(pages)),
    ):
        print(f"{words:60}{minutes:6.1f} minutes")
    if by_the_clock:
        print(f"{'by the clock, each page kept open as long as reckoned':60}{took:6.1f} minutes")
    print("\nThe five slowest pages")
    for seen in sorted(pages, key=lambda each: -each.seconds(glance=True))[:5]:
        print(f"{seen.seconds(glance=True):6.1f} s  {seen.name[:90]}")


if __name__ == "__main__":
    main()
