"""Fills the forms of a page with nothing or with rubbish, sends them, and looks at what comes back."""

from playwright.sync_api import Page, Response

from tests.browser.looking import OPEN, faults_of, sideways

LINE = "NaN <script>alert(1)</script> =1+1"
SHORT = "x9"
LONG = "Zażółć <b>£</b> " * 400
EDITABLE = "input:not([type=hidden]):not([type=submit]), textarea, select"
# Fills each field of a form and says what was typed in those that must keep it; a browser never sends what was
# not on the page, but somebody else may. No script may choose a file, so those fields stay empty.
FILL = """(form, [line, short, long]) => {
    const typed = {};
    for (const one of form.querySelectorAll('input:not([type=hidden]):not([type=file]), textarea, select')) {
        if (one.type === 'radio' || one.type === 'checkbox') {
            if (long && one.type === 'radio') { one.value = line; }
            one.checked = Boolean(long);
        } else if (one.tagName === 'SELECT') {
            one.add(new Option('', line ? 'rubbish' : ''));
            one.selectedIndex = one.options.length - 1;
        } else {
            one.value = one.tagName === 'TEXTAREA' ? long.trim() : one.closest('.govuk-date-input') ? short : line;
            if (one.type !== 'password') { typed[one.id] = one.value; }
        }
    }
    return typed;
}"""
FOCUSED = "() => document.activeElement?.id || document.activeElement?.className || ''"
IN_A_FIELD = "() => document.activeElement?.matches('input, textarea, select') && document.activeElement.id"


def forms_with_fields(page: Page) -> int:
    """How many forms of the page somebody can type in; buttons on their own are not counted."""
    return page.locator("main form").filter(has=page.locator(EDITABLE)).count()


def send(page: Page, place: int, *, rubbish: bool) -> tuple[Response, dict[str, str]]:
    """Sends one of the page's forms. Returns the answer at the end of any redirects, and what was typed."""
    page.evaluate(OPEN)
    form = page.locator("main form").filter(has=page.locator(EDITABLE)).nth(place)
    typed: dict[str, str] = form.evaluate(FILL, [LINE, SHORT, LONG] if rubbish else ["", "", ""])
    with page.expect_navigation() as arrived:
        form.locator("button:not([type=button])").first.click()
    assert arrived.value is not None
    return arrived.value, typed


def faults_of_answer(page: Page, answer: Response, typed: dict[str, str]) -> list[str]:
    """What is wrong with the answer to a form that was sent empty or full of rubbish."""
    if answer.status >= 500:
        return [f"{answer.status}"]
    if page.locator(".govuk-error-summary").count() == 0:
        if any(words == LONG.strip() for words in typed.values()):
            return ["6,000 characters were neither kept on the page nor refused"]
        if _is_search(answer):
            return [f"lost: {name}" for name, words in typed.items() if words and _shown(page, name) != words]
        said = answer.request.redirected_from or page.locator(".govuk-notification-banner").count()
        return [] if said else [f"{answer.status}, not refused and not sent on"]
    faults = [] if answer.status == 400 else [f"{answer.status} with errors"]
    if not page.title().startswith("Error: "):
        faults.append(f"title {page.title()}")
    if "govuk-error-summary" not in str(page.evaluate(FOCUSED)):
        faults.append(f"focus in {page.evaluate(FOCUSED)!r} and not in the summary")
    faults += [f"lost: {name}" for name, words in typed.items() if _shown(page, name) != words]
    return faults + _dead_links(page) + (sideways(page) if any(typed.values()) else faults_of(page))


def _is_search(answer: Response) -> bool:
    """Whether the form only asked what to show: then it is answered by the page itself, with what was typed still there."""
    return answer.request.method == "GET" and answer.request.redirected_from is None and answer.status == 200


def _shown(page: Page, name: str) -> str | None:
    field = page.locator(f'[id="{name}"]')
    return field.input_value() if field.count() == 1 else None


def _dead_links(page: Page) -> list[str]:
    """The links of the summary that do not put the focus into the field they are about."""
    dead = []
    for link in page.locator(".govuk-error-summary__list li").all():
        anchor = link.locator("a")
        if anchor.count() == 0:
            dead.append(f"no link: {link.inner_text()}")
            continue
        anchor.click()
        target = page.evaluate(IN_A_FIELD)
        if not target or f"#{target}" != anchor.get_attribute("href"):
            dead.append(f"focus in {page.evaluate(FOCUSED)!r} after {link.inner_text()!r}")
    return dead
