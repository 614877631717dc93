"""What every page must be in a real browser: named, within the phone's width, quiet, and nothing for axe to find."""

from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page

AXE = (Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
PHONE, DESK = 320, 1280
RUN_AXE = "async () => (await axe.run()).violations.map(v => [v.id, v.help, v.nodes.map(n => n.html)])"
OPEN = "() => document.querySelectorAll('details').forEach(one => { one.open = true; })"  # axe passes by what is folded
NAMELESS = """() => [...document.querySelectorAll('fieldset')]
    .filter(set => !set.querySelector('legend')?.textContent.trim()).map(set => set.outerHTML.slice(0, 200))"""
TOO_WIDE = """() => [...document.querySelectorAll('main *')].filter(one => !one.closest('.vfm-scroll *'))
    .filter(one => one.getBoundingClientRect().right > innerWidth + 0.5).map(one => one.outerHTML.slice(0, 120))"""


def quiet_page(context: BrowserContext) -> tuple[Page, list[str]]:
    """A page, and a list of what its console complained about: refused by the policy, failed, not found."""
    page, complaints = context.new_page(), list[str]()

    def heard(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(f"{page.url}: {message.text}")

    page.on("console", heard)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    return page, complaints


def faults_of(page: Page) -> list[str]:
    """What is wrong with a page at both widths. The width is the phone's afterwards."""
    faults = [f"{page.locator('h1').count()} h1"] if page.locator("h1").count() != 1 else []
    faults += [f"a fieldset without words: {html}" for html in page.evaluate(NAMELESS)]
    page.evaluate(OPEN)
    page.evaluate(AXE)
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        faults += [f"axe at {width}: {found}" for found in page.evaluate(RUN_AXE)]
    return faults + sideways(page)


def sideways(page: Page) -> list[str]:
    """What makes a page scroll sideways on the smallest phone."""
    page.set_viewport_size({"width": PHONE, "height": 900})
    width: Any = page.evaluate("document.scrollingElement.scrollWidth")
    return [f"{width} px wide at {PHONE}: {page.evaluate(TOO_WIDE)[:5]}"] if width > PHONE else []
